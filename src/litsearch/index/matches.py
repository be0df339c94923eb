"""Compute what a query matches in a generation on this machine: every signal's scores,
as arrays.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.bm25 import Unit
    from litsearch.index.generation import Generation
    from litsearch.protocols import RowFilter, Signal, StoreQuery
    from litsearch.types import Vector

# of the postings that a signal by words reads
UNITS: dict[Signal, Unit] = {"lexical": "passage", "source_lexical": "source", "card": "card"}
SAMPLE_STEP = 16  # one score of so many tells about where the best begin


class LocalMatches:
    """One query over one generation; scores are computed when first asked for, and kept."""

    def __init__(self, generation: Generation, query: StoreQuery, where: RowFilter) -> None:
        self._generation, self._catalog = generation, generation.catalog
        self._wanted, self._where = query, where
        self._every: dict[Signal, Vector] = {}

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """Return the signals that there are for this query."""
        return signals_of(self._wanted)

    @property
    def missed(self) -> Mapping[Signal, str]:
        """Return nothing: this machine answers, or raises."""
        return {}

    def best(self, signal: Signal, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k passages by one of their signals, of those that may be
        found.
        """
        if signal == "dense":
            return self._generation.nearest(self._vector, k, self._where.passages)[1]
        return best_rows(self._scores(signal), k, self._where.passages)

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k sources by the sum of their signals, each stretched to its
        greatest.
        """
        total = np.zeros(self._catalog.sizes["sources"], np.float32)
        for signal in self.signals:
            if signal not in ("dense", "lexical"):
                scores = self._scores(signal)
                total += scores / max(float(scores.max(initial=0.0)), 1e-9)
        return best_rows(total, k, self._where.sources)

    def scores(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        """Return the score by a signal of each of these rows, of passages or of sources."""
        if signal == "dense":
            return self._generation.vectors.scores(self._vector, rows)
        return self._scores(signal)[rows]

    def better(self, signal: Signal, score: float) -> int:
        """Return how many of the passages that may be found have a better score."""
        passages = self._catalog.every_passage
        rows = passages if self._where.passages is None else self._where.passages
        return int((self.scores(signal, rows) > score).sum())

    def _scores(self, signal: Signal) -> Vector:
        """Return the scores of every row, of passages or of sources."""
        if signal not in self._every:
            self._every[signal] = self._compute(signal)
        return self._every[signal]

    def _compute(self, signal: Signal) -> Vector:
        if signal == "kind":
            return self._kinds()
        if signal == "source_dense":
            return self._source_cosines()
        unit = UNITS[signal]
        return self._catalog.lexicon.scores(unit, self._wanted.words or ())

    def _kinds(self) -> Vector:
        kinds = self._wanted.kinds
        return np.array([kind in kinds for kind in self._catalog.kinds], np.float32)

    def _source_cosines(self) -> Vector:
        # Not "@": for this little, BLAS would start a second thread, which then spins for 30 ms.
        cosines: Vector = np.einsum("ij,j->i", self._generation.sources, self._vector)
        return cosines

    @property
    def _vector(self) -> Vector:
        if self._wanted.vector is None:
            raise ValueError("Nothing is looked up by meaning without a vector.")
        return self._wanted.vector


def signals_of(query: StoreQuery) -> tuple[Signal, ...]:
    """Return the signals that there are for a query: by words, by meaning, or both."""
    signals: list[Signal] = []
    if query.words is not None:
        signals += ("lexical", "source_lexical", "card")
        signals += ("kind",) if query.kinds else ()
    if query.vector is not None:
        signals += ("source_dense", "dense")
    return tuple(signals)


def best_rows(
    scores: Vector, k: int, allowed: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return the rows of the k best scores above 0, best first and equals by row; of the allowed
    rows only.
    """
    rows = _promising(scores, k) if allowed is None else allowed[scores[allowed] > 0]
    if len(rows) > k:
        least = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= least]
    best: NDArray[np.int64] = rows[np.lexsort((rows, -scores[rows]))][:k]
    return best


def _promising(scores: Vector, k: int) -> NDArray[np.int64]:
    """Return rows with scores above 0, the best k among them: those above what a sample says, when
    it says enough.

    Of 1,000,000 scores, a third of them above 0, the best 100 take 1.2 ms instead of 5.7.
    """
    sample = scores[::SAMPLE_STEP]
    place = len(sample) - 2 * k // SAMPLE_STEP - SAMPLE_STEP
    if place > 0:
        least = np.partition(sample, place)[place]
        rows = np.flatnonzero(scores >= least)
        if least > 0 and len(rows) >= k:
            return rows
    return np.flatnonzero(scores > 0)
