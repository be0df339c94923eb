"""Weigh the terms of each row of a catalog: the part of BM25 that belongs to the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from litsearch.index.bm25 import BLOCK, K1, NUMBER, B
from litsearch.stores.engine import FIELDS, Postings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.catalog import Catalog
    from litsearch.stores.engine import Field
    from litsearch.types import Vector


class Terms:
    """What each term weighs in each of some rows of one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        rows: Mapping[Field, NDArray[np.int64]],
        means: Mapping[Field, float],
    ) -> None:
        """rows: sorted; means: the length of a row, of the library as its tables were made."""
        self._catalog, self._rows, self._means = catalog, rows, means
        self._lengths = {field: self._read_lengths(field) for field in FIELDS}
        self._block = lru_cache(maxsize=2)(self._read_block)

    def _read_lengths(self, field: Field) -> Vector:
        query = "SELECT lengths FROM lengths WHERE terms = ?"
        return np.frombuffer(self._catalog.query(query, f"{field}_terms")[0][0], "<f4")

    def lists(self) -> Iterator[Postings]:
        """Yield every list that has any of the rows: those of one block that hold a term."""
        for field in FIELDS:
            if not len(self._rows[field]):
                continue
            for (term,) in self._catalog.query(f"SELECT DISTINCT term FROM {field}_terms"):
                query = f"SELECT term, block, rows, counts FROM {field}_terms WHERE term = ?"
                for row in self._catalog.query(query, term):
                    postings = self._list(field, *row)
                    if len(postings.rows):
                        yield postings

    def _list(self, field: Field, term: str, block: int, rows: bytes, counts: bytes) -> Postings:
        places = np.frombuffer(rows, NUMBER).astype(np.int64) + block * BLOCK
        frequencies = np.frombuffer(counts, NUMBER).astype(np.float32)
        among = _among(places, self._rows[field])
        places, frequencies = places[among], frequencies[among]
        weights = term_weights(frequencies, self._lengths[field][places], self._means[field])
        return Postings(field, term, places, weights)

    def of_row(self, field: Field, row: int) -> dict[str, float]:
        """Return what each term weighs in a row."""
        return self._block(field, row // BLOCK).get(row, {})

    def _read_block(self, field: Field, block: int) -> dict[int, dict[str, float]]:
        """Return the same of every row of a block: the lists, turned round."""
        query = f"SELECT term, block, rows, counts FROM {field}_terms WHERE block = ?"
        rows: dict[int, dict[str, float]] = {}
        for row in self._catalog.query(query, block):
            postings = self._list(field, *row)
            pairs = zip(postings.rows.tolist(), postings.weights.tolist(), strict=True)
            for place, weight in pairs:
                rows.setdefault(place, {})[postings.term] = weight
        return rows


def _among(rows: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of the rows are chosen; both are sorted."""
    if not len(rows) or not len(chosen) or rows[-1] < chosen[0]:
        return np.zeros(len(rows), bool)
    places = np.minimum(np.searchsorted(chosen, rows), len(chosen) - 1)
    among: NDArray[np.bool_] = chosen[places] == rows
    return among


def term_weights(counts: Vector, lengths: Vector, mean: float) -> Vector:
    """Return the part of BM25 that belongs to a row: what its terms weigh, before their idf."""
    penalty = np.float32(K1) * (1 - B + B * lengths / mean)
    weights: Vector = (counts / (penalty + counts)).astype(np.float32)
    return weights
