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
OPENED = 2  # sources found first, whose first sentences are looked at in any case:


class Pool:
    """The sentence vectors of a few sources, and which passage each sentence stands in."""

    def __init__(self, generation: Generation, owners: Sequence[int], query: Vector) -> None:
        catalog = generation.catalog
        self.passages = catalog.passage_rows_of(owners)
        self.bounds = catalog.sentence_rows(self.passages)
        by_owner = np.argsort(owners)  # owners are distinct: one hit a source
        places = by_owner[
            np.searchsorted(owners, catalog.source_rows_of(self.passages), sorter=by_owner)
        ]
        self.places = places
        self._filled = np.flatnonzero(self.bounds[:, 1] > self.bounds[:, 0])
        firsts, ends = self.bounds[self._filled].T
        # Sentence rows of one source are neighbours; those of different sources need not be.
        breaks = np.flatnonzero(firsts[1:] > ends[:-1]) + 1
        stretches = (
            zip(firsts[[0, *breaks]], ends[[*(breaks - 1), -1]], strict=True) if len(firsts) else ()
        )
        self.rows = np.concatenate(
            [np.empty(0, np.int64), *(np.arange(a, b) for a, b in stretches)]
        )
        self.matrix = _single(generation.sentences[self.rows])
        self.cosines = np.einsum(
            "ij,j->i", self.matrix, query
        )  # BLAS leaves a second core spinning for 30 ms
        follows = (
            np.diff(self.rows, prepend=-1) == 1
        )  # the first sentence has none before: it counts for itself
        before = np.where(follows, np.roll(self.cosines, 1), self.cosines)
        self._last = np.searchsorted(firsts, self.rows, side="right") - 1
        self.promise = (
            self.cosines + BEFORE * before + PLACE / (1 + places[self._filled[self._last]])
        )

    def best(self, promising: int, nearest: int, openings: int) -> list[tuple[int, int]]:
        """Return (place in rows, place in passages) of the most promising and the nearest
        sentences,
        and of those that open the first few sources.

        Of two passages that share a sentence it is the one where the sentence is not the first.
        """
        first, close = (
            np.argsort(-scores, kind="stable") for scores in (self.promise, self.cosines)
        )
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


def _single(half: NDArray[np.float16]) -> Matrix:
    """Return the same finite numbers in single precision, by their bits: in a third of the time of
    astype.
    """
    bits = half.view(np.int16).astype(np.int32)
    bits <<= (
        13  # the exponent and the fraction to their places; the sign is there already, by extension
    )
    bits &= np.int32(-0x7000_2000)
    wide: Matrix = bits.view(np.float32)
    wide *= np.float32(2.0**112)  # the difference of the exponents' biases
    return wide
