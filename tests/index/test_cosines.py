"""What is near and what is far is measured, for any embedder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litsearch.index.cosines import DEFAULT, LEAST, QUANTILES, cosine_scale

DIM = 16


def texts(sources: int, each: int, seed: int = 0) -> np.ndarray:
    """Sentences around one centre a source, unit vectors, shape (sources * each, DIM)."""
    rng = np.random.default_rng(seed)
    centres = np.repeat(rng.normal(size=(sources, DIM)), each, axis=0)
    made = centres + 0.5 * rng.normal(size=centres.shape)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float16)


def ranges(sources: int, each: int) -> list[tuple[int, int]]:
    return [(place * each, (place + 1) * each) for place in range(sources)]


def test_neighbours_are_nearer_than_random_pairs() -> None:
    scale = cosine_scale(texts(20, 10), ranges(20, 10))
    assert len(scale.random_quantiles) == len(scale.neighbour_quantiles) == len(QUANTILES)
    assert list(scale.random_quantiles) == sorted(scale.random_quantiles)
    assert scale.at(0) == pytest.approx(0, abs=0.1)
    assert scale.at(1) > 0.6
    assert scale.at(0) < scale.at(0.5) < scale.at(1)


def test_a_library_too_small_to_be_measured_has_the_scale_of_the_default() -> None:
    assert cosine_scale(np.empty((0, DIM), np.float16), []) == DEFAULT
    assert cosine_scale(texts(2, LEAST // 4), ranges(2, LEAST // 4)) == DEFAULT


@given(st.permutations(range(12)))
@settings(max_examples=20)
def test_rows_do_not_matter(order: list[int]) -> None:
    """A library that was amended numbers its rows otherwise than one that was built at once."""
    each, made = 12, texts(12, 12)
    moved = np.concatenate([made[each * place : each * (place + 1)] for place in order])
    where = [(each * order.index(place), each * (order.index(place) + 1)) for place in range(12)]
    assert cosine_scale(moved, where) == cosine_scale(made, ranges(12, each))


def test_shifted_cosines_shift_the_scale_as_they_shift_everything() -> None:
    """An embedder whose cosines are .5 + .5 c: each share lies at the cosine it lay at, shifted."""
    made = texts(20, 10)
    shifted = np.concatenate([made, np.ones((len(made), DIM)) / np.sqrt(DIM)], axis=1) / np.sqrt(2)
    plain, other = cosine_scale(made, ranges(20, 10)), cosine_scale(shifted, ranges(20, 10))
    for share in (0, 0.5, 1, 1.4):
        assert other.at(share) == pytest.approx(0.5 + 0.5 * plain.at(share), abs=2e-3)
