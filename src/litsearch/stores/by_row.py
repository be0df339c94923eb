"""Ask an engine, whose rows have keys, by the rows of one generation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from litsearch.protocols import RowFilter
from litsearch.stores.engine import RankedRows
from litsearch.stores.keys import ROW

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.stores.engine import Engine, Field, Manifest, Part, Unit
    from litsearch.stores.keys import Stamps
    from litsearch.types import Matrix, Vector

    RowNumbers = NDArray[np.int64]

UNITS: Mapping[Unit, Part] = {"passage": "passages", "source": "sources", "sentence": "sentences"}
PARTS_OF: Mapping[Field, Part] = {"passage": "passages", "source": "sources", "card": "sources"}
SPARE = 1.25  # of rows that went, a quarter at most is not yet taken out


class ByRow:
    """One generation in an engine: rows go in and come out, whatever else the engine keeps."""

    def __init__(self, engine: Engine, stamps: Stamps) -> None:
        self._engine, self._stamps = engine, stamps

    @property
    def manifest(self) -> Manifest:
        """Return what the generation says of itself."""
        return self._engine.edition.manifest

    def nearest(self, unit: Unit, vector: Vector, k: int, where: RowFilter) -> RankedRows:
        """Return the best k passages or sources by inner product, of those that may be found."""
        part, keys = UNITS[unit], self._filter(UNITS[unit], where)
        return self._best(part, k, lambda most: self._engine.nearest(unit, vector, most, keys))

    def best_words(
        self, field: Field, weights: Mapping[str, float], k: int, where: RowFilter
    ) -> RankedRows:
        """Return the best k rows above 0 by the weighted sum of their terms."""
        part, keys = PARTS_OF[field], self._filter(PARTS_OF[field], where)
        return self._best(part, k, lambda most: self._engine.best_words(field, weights, most, keys))

    def _best(self, part: Part, k: int, ask: Callable[[int], RankedRows]) -> RankedRows:
        """Return the best k rows that count; more are asked for where others stand among them."""
        most = k if self._stamps.whole else int(k * SPARE) + 1
        while True:
            scores, keys = ask(most)
            current = self._stamps.known(part, keys)
            if current.sum() >= k or len(keys) < most:
                break
            most *= 2
        scores, rows = scores[current], keys[current] & ROW
        order = np.lexsort((rows, -scores))[:k]
        return RankedRows(scores[order], rows[order])

    def _filter(self, part: Part, where: RowFilter) -> RowFilter:
        """Return the same with keys; the sources of passages are told by their rows."""
        if part == "passages":
            return RowFilter(self._keys(part, where.passages), where.sources, where.by_words)
        return RowFilter(None, self._keys(part, where.sources))

    def _keys(self, part: Part, rows: RowNumbers | None) -> RowNumbers | None:
        return None if rows is None else np.sort(self._stamps.keys(part, rows))

    def products(self, unit: Unit, vector: Vector, rows: RowNumbers) -> Vector:
        """Return the inner product with each of these rows, in their order."""
        return self._engine.products(unit, vector, self._stamps.keys(UNITS[unit], rows))

    def vectors(self, unit: Unit, rows: RowNumbers) -> Matrix:
        """Return the vectors of these rows, in their order, float32."""
        if not len(rows):
            return np.empty((0, self.manifest.facts.dim), np.float32)
        return self._engine.vectors(unit, self._stamps.keys(UNITS[unit], rows))

    def word_scores(self, field: Field, weights: Mapping[str, float], rows: RowNumbers) -> Vector:
        """Return the weighted sum of the terms of each of these rows, in their order."""
        keys = self._stamps.keys(PARTS_OF[field], rows)
        return self._engine.word_scores(field, weights, keys)

    def rows_with_phrase(self, terms: Sequence[str]) -> RowNumbers:
        """Return the rows of the passages that have these terms in this order, sorted."""
        keys = self._engine.with_phrase(terms)
        return np.sort(keys[self._stamps.known("passages", keys)] & ROW)

    def bounds(self, rows: RowNumbers) -> RowNumbers:
        """Return the half-open stretch of sentence rows of each of these passages. Raises
        KeyError.
        """
        return self._engine.bounds(self._keys_of_passages(rows))

    def passages(self, rows: RowNumbers) -> list[bytes]:
        """Return the records of these passages, in their order. Raises KeyError."""
        return self._engine.passages(self._keys_of_passages(rows))

    def _keys_of_passages(self, rows: RowNumbers) -> RowNumbers:
        there = self._stamps.catalog.has_passages(rows)
        if not there.all():
            raise KeyError(int(rows[~there][0]))
        return self._stamps.keys("passages", rows)

    def passage_row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises KeyError."""
        keys = self._engine.named(passage_id)
        for row in (keys[self._stamps.known("passages", keys)] & ROW).tolist():
            return int(row)
        raise KeyError(passage_id)

    def documents(self, rows: RowNumbers) -> list[bytes]:
        """Return the records of the documents of these sources. Raises KeyError."""
        return self._engine.documents(self._stamps.keys("documents", rows))

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()
