"""The best rows of an index that gives any of equals: best first, and equals by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

    Found = tuple[Vector, NDArray[np.int64]]


def ranked(k: int, best: Callable[[int], Found], at_least: Callable[[np.float32], Found]) -> Found:
    """(scores, rows) of the best k. best(k): any best k, best first; at_least(score): all of that score or a better."""
    # One more than asked for shows whether the last place is shared.
    scores, rows = best(k + 1)
    if len(scores) > k and scores[k] == scores[k - 1]:
        scores, rows = at_least(scores[k])
    order = np.lexsort((rows, -scores))[:k]
    return scores[order], rows[order]


def bits(rows: NDArray[np.int64], size: int) -> NDArray[np.uint8]:
    """A bit for each of so many rows, set for these, as FAISS reads them."""
    mask = np.zeros(size, bool)
    mask[rows] = True
    return np.packbits(mask, bitorder="little")
