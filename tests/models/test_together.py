"""Texts of several threads are embedded together, each as if it were alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from litsearch.models.onnx import MOST, Together

if TYPE_CHECKING:
    from litsearch.types import Matrix


class Slow:
    """Embeds a text as its length; while the gate is shut, a batch takes for ever."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gate, self.begun = threading.Event(), threading.Event()

    def __call__(self, texts: Sequence[str]) -> Matrix:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.gate.wait(20)
        if "bad" in texts:
            raise ValueError("a bad text")
        return np.array([[len(text)] for text in texts], np.float32)


def test_who_comes_alone_does_not_wait() -> None:
    slow = Slow()
    slow.gate.set()
    together = Together(slow)
    assert [float(together("a" * n)[0]) for n in (1, 2, 3)] == [1, 2, 3]
    assert slow.batches == [["a"], ["aa"], ["aaa"]]


def test_who_waits_goes_with_the_others_of_the_next_batch() -> None:
    slow, texts = Slow(), ["x" * n for n in range(2, MOST + 12)]
    together = Together(slow)
    with ThreadPoolExecutor(len(texts) + 1) as pool:
        first = pool.submit(together, "x")
        assert slow.begun.wait(20)
        others = [pool.submit(together, text) for text in texts]
        while len(together._waiting) < len(texts):
            threading.Event().wait(0.01)
        slow.gate.set()
        assert float(first.result(20)[0]) == 1
        assert [float(one.result(20)[0]) for one in others] == [len(text) for text in texts]
    assert [len(batch) for batch in slow.batches] == [1, MOST, len(texts) - MOST]


def test_a_failure_is_that_of_its_batch_alone() -> None:
    slow = Slow()
    slow.gate.set()
    together = Together(slow)
    with pytest.raises(ValueError, match="a bad text"):
        together("bad")
    assert float(together("good")[0]) == 4
