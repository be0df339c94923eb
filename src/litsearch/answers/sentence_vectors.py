"""The sentences of the sources found first, compared with the question all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from litsearch.index.generation import Generation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

BEFORE = 0.20  # of the sentence before, which sets the scene, against that of the sentence itself
PLACE = 0.30  # the first source found before the tenth
OPENED = 2  # sources found first, whose first sentences are looked at in any case


class SentenceVectors:
    """The sentence vectors of a few sources, and which passage each sentence stands in."""

    def __init__(self, generation: Generation, owners: Sequence[int], query: Vector) -> None:
        catalog = generation.catalog
        self.passages = catalog.passage_rows_of(owners)
        self.bounds = catalog.sentence_rows(self.passages)
        sources = catalog.source_rows_of(self.passages)
        by_owner = np.argsort(owners)  # owners are distinct: one hit a source
        self.places = by_owner[np.searchsorted(owners, sources, sorter=by_owner)]

        self._filled = np.flatnonzero(self.bounds[:, 1] > self.bounds[:, 0])
        firsts, ends = self.bounds[self._filled].T
        self.rows = _joined(firsts, ends)
        self._last = np.searchsorted(firsts, self.rows, side="right") - 1

        self.matrix = _single(generation.sentences[self.rows])
        # Not by BLAS, which leaves a second core spinning for 30 ms.
        products = np.einsum("ij,j->i", self.matrix, query)
        self.cosines = generation.cosines.common(products)
        # The first sentence has none before: it counts for itself.
        follows = np.diff(self.rows, prepend=-1) == 1
        before = np.where(follows, np.roll(self.cosines, 1), self.cosines)
        places = self.places[self._filled[self._last]]
        self.promise = self.cosines + BEFORE * before + PLACE / (1 + places)

    def best(self, promising: int, nearest: int, openings: int) -> list[tuple[int, int]]:
        """Return (place in rows, place in passages) of the most promising and the nearest
        sentences, and of those that open the first few sources.

        Of two passages that share a sentence it is the one where the sentence is not the first.
        """
        first = np.argsort(-self.promise, kind="stable")
        close = np.argsort(-self.cosines, kind="stable")
        opening = self._openings(openings)
        order = np.unique(np.concatenate([first[:promising], close[:nearest], opening]))
        last = self._last[order]
        before = np.maximum(last - 1, 0)
        inside = self.rows[order] < self.bounds[self._filled[before], 1]
        passages = self._filled[np.where(inside, before, last)]
        return list(zip(order.tolist(), passages.tolist(), strict=True))

    def _openings(self, count: int) -> NDArray[np.int64]:
        """Return the places of the first sentences of the sources found first."""
        ranks = self.places[self._filled[self._last]]
        starts = [np.flatnonzero(ranks == rank)[:count] for rank in range(OPENED)]
        return np.concatenate(starts)


def _joined(firsts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return every row from a first one up to its end, none twice, where stretches may overlap.

    Sentence rows of one source are neighbours; those of different sources need not be.
    """
    if not len(firsts):
        return np.empty(0, np.int64)
    breaks = np.flatnonzero(firsts[1:] > ends[:-1]) + 1
    starts, stops = firsts[[0, *breaks]], ends[[*(breaks - 1), -1]]
    return np.concatenate(list(map(np.arange, starts, stops)))


def _single(half: NDArray[np.float16]) -> Matrix:
    """Return the same finite numbers in single precision, by their bits: in a third of the time of
    astype.
    """
    bits = half.view(np.int16).astype(np.int32)
    # The exponent and the fraction to their places; the sign is there already, by extension.
    bits <<= 13
    bits &= np.int32(-0x7000_2000)
    wide: Matrix = bits.view(np.float32)
    wide *= np.float32(2.0**112)  # the difference of the exponents' biases
    return wide
