"""Posting lists: for each term the rows that hold it, and how often; cut every BLOCK rows.

They hold counts, not weights, so that a new row costs its own terms alone, however many rows there are. A row is
written as its place in its block, in two bytes as its count is; of a term that stands in a row more often, so many.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from litsearch.text import terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 1 << 16
NUMBER = "<u2"  # of rows within their blocks, and of counts
MOST = (1 << 16) - 1
GONE = -1.0  # in the place of the length of a row that is no more

Fields = Iterable[tuple[str, float]]  # texts; in one of weight 2 a term counts as if it stood there twice
Stored = Callable[[str, int], tuple[bytes, bytes] | None]  # the rows and counts of a term in a block, if there are any


class Postings:
    """Gathers what changes in the rows of one table, then gives the lists that change by it."""

    def __init__(self, lengths: bytes = b"") -> None:
        """lengths: of the rows that are there, as lengths() gave them."""
        self._lengths = array("f", np.frombuffer(lengths, "<f4").astype("=f4").tobytes())
        self._new: dict[int, dict[str, tuple[array[int], array[float]]]] = {}  # by block and term
        self._stale: dict[int, dict[str, set[int]]] = {}

    def add(self, fields: Fields) -> None:
        """Append a row."""
        self._lengths.append(0.0)
        self.put(len(self._lengths) - 1, fields)

    def put(self, row: int, fields: Fields) -> None:
        """Say what a row holds, whose former texts, if there were any, are forgotten."""
        counts = _count(fields)
        lists = self._new.setdefault(row // BLOCK, {})
        for term, count in counts.items():
            if term not in lists:
                lists[term] = array("I"), array("f")
            rows, numbers = lists[term]
            rows.append(row)
            numbers.append(count)
        self._lengths[row] = sum(counts.values())

    def forget(self, row: int, fields: Fields) -> None:
        """Take a row out, which held these texts."""
        lists = self._stale.setdefault(row // BLOCK, {})
        for term in _count(fields):
            lists.setdefault(term, set()).add(row)
        self._lengths[row] = GONE

    def lengths(self) -> bytes:
        """The number of terms of every row, as little-endian float32."""
        return np.asarray(self._lengths, "<f4").tobytes()

    def lists(self, stored: Stored = lambda term, block: None) -> Iterator[tuple[str, int, bytes, bytes]]:
        """(term, block, places in the block, counts) of the lists that change; both as NUMBER, by row."""
        for block in sorted({*self._new, *self._stale}):
            new, stale = self._new.get(block, {}), self._stale.get(block, {})
            for term in sorted({*new, *stale}):
                before, gone = stored(term, block) or (b"", b""), stale.get(term, set())
                rows, counts = new.get(term, ((), ()))
                places = np.asarray(rows, np.int64) - block * BLOCK
                yield term, block, *_merged(before, places, counts, {row - block * BLOCK for row in gone})


def _count(fields: Fields) -> dict[str, float]:
    """How often each term stands in a row's texts, by their weights."""
    counts: dict[str, float] = {}
    for text, weight in fields:
        for term, count in Counter(terms(text)).items():
            counts[term] = counts.get(term, 0.0) + count * weight
    return counts


def _merged(
    before: tuple[bytes, bytes], places: NDArray[np.int64], numbers: Sequence[float], gone: set[int]
) -> tuple[bytes, bytes]:
    """The rows and counts of a list without those gone and with the new ones, by row."""
    rows, counts = np.frombuffer(before[0], NUMBER), np.frombuffer(before[1], NUMBER)
    if gone:
        kept = ~np.isin(rows, list(gone))
        rows, counts = rows[kept], counts[kept]
    rows, counts = (
        np.concatenate([rows, places.astype(NUMBER)]),
        np.concatenate([counts, np.minimum(numbers, MOST).astype(NUMBER)]),
    )
    order = np.argsort(rows, kind="stable")
    return rows[order].tobytes(), counts[order].tobytes()
