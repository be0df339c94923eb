"""Tests of answers/candidates.py: the numbers of the sentences' vectors."""

from __future__ import annotations

import numpy as np

from litsearch.answers.sentence_vectors import _single


def test_every_finite_half_is_the_same_number_in_single_precision() -> None:
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)].reshape(-1, 2)
    assert np.array_equal(_single(finite), finite.astype(np.float32))


def test_no_sentences_are_no_numbers() -> None:
    assert _single(np.empty((0, 8), np.float16)).shape == (0, 8)
