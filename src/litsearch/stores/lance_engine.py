"""Read one generation in LanceDB.

Words are lists of terms as in the local index, read by term; phrases are looked up in the full-text
index; vectors in the vector index or, where there is none, one by one.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from lancedb.query import PhraseQuery

from litsearch.stores.by_row import UNITS as TABLES
from litsearch.stores.engine import FIELDS, Part, RankedRows
from litsearch.stores.keys import BITS
from litsearch.stores.lance_tables import Logged, key_of, quoted, reached, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.protocols import RowFilter
    from litsearch.stores.engine import Field, Unit
    from litsearch.types import Matrix, Vector

FEW = 2_000  # rows that are compared one by one, whatever index there is
# Vectors lie in lists of near ones, which are read at a third of what the table costs: 7 ms instead
# of 21 for 29,000 of 384 numbers. So many lists are read that of 200,000 vectors all are compared;
# under a filter, which may leave what lies in the others, all are read.
LIST = 4_096  # vectors
LISTS, EVERY_LIST = 49, 1 << 20
SUMS = 16  # of words that are kept for the next query
EVERY = 1 << 31  # rows: no limit
# Vectors of sources that a reader has in memory, which saves a search three requests: 150 MB at 384
# numbers. Where there are more, they stay in the table.
IN_MEMORY = 100_000


class LanceEngine:
    """One generation in LanceDB, open for reading."""

    def __init__(self, place: str, db: Any, entry: Logged) -> None:
        self.edition, self._versions = entry.edition, entry.versions
        self._place, self._db = place, db
        self._tables: dict[Part, Any] = {}
        self._places: dict[Part, _Places] = {}
        self._of_sources: _InMemory | None = None
        self._opening, self._reading = threading.Lock(), threading.Lock()
        self._latest: tuple[frozenset[str], Mapping[str, list[dict[str, Any]]]] = frozenset(), {}
        self._list = lru_cache(SUMS)(self._read_lists)

    def _table(self, part: Part) -> Any:
        """Return a table at the version of this generation."""
        with self._opening:
            return self._open(part)

    def _open(self, part: Part) -> Any:
        if part not in self._tables:
            table = self._db.open_table(table_of(part, self.edition.base))
            table.checkout(self._versions[part])
            self._tables[part] = table
        return self._tables[part]

    def _select(
        self, part: Part, condition: str, columns: Sequence[str], most: int = EVERY
    ) -> pa.Table:
        with reached(self._place):
            query = self._table(part).search().where(condition).select(list(columns))
            return query.limit(most).to_arrow()

    def _at(self, part: Part, keys: NDArray[np.int64], columns: Sequence[str]) -> pa.Table:
        """Return these rows in their order. Raises KeyError."""
        distinct, places = np.unique(keys, return_inverse=True)
        with reached(self._place):
            offsets = self._offsets(part, distinct)
            query = self._table(part).take_offsets(offsets.tolist())
            table = query.select(["key", *columns]).to_arrow()
        return table.sort_by("key").take(pa.array(places))

    def _offsets(self, part: Part, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where in a table these rows stand."""
        with self._opening:
            if part not in self._places:
                table = self._open(part)
                column = table.search().select(["key"]).limit(EVERY).to_arrow()["key"]
                self._places[part] = _Places.of(column.to_numpy())
        return self._places[part].find(keys)

    def directory(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return these blocks of the snapshot, in their order. Raises KeyError."""
        records: list[bytes] = self._at("directory", keys, ["record"])["record"].to_pylist()
        return records

    def nearest(self, unit: Unit, vector: Vector, k: int, where: RowFilter) -> RankedRows:
        """Return the best k passages or sources by inner product, of those that may be found."""
        part = TABLES[unit]
        allowed = where.passages if unit == "passage" else where.sources
        vectors = self._in_memory(unit)
        if vectors is not None:
            keys = vectors.places.keys if allowed is None else allowed
            return _best(vectors.products(vector, keys), keys, k)
        if allowed is not None and len(allowed) <= FEW:
            return _best(self.products(unit, vector, allowed), allowed, k)
        with reached(self._place):
            query = self._table(part).search(vector, vector_column_name="vector")
            query = query.distance_type("dot").select(["key", "_distance"]).limit(k)
            query = query.nprobes(LISTS if allowed is None else EVERY_LIST)
            if allowed is not None:
                query = query.where(_condition(unit, where), prefilter=True)
            table = query.to_arrow()
        scores = (1 - table["_distance"].to_numpy()).astype(np.float32)
        return _best(scores, table["key"].to_numpy(), k)

    def products(self, unit: Unit, vector: Vector, keys: NDArray[np.int64]) -> Vector:
        """Return the inner product with each of these rows, in their order."""
        products: Vector = np.einsum("ij,j->i", self.vectors(unit, keys), vector)
        return products

    def vectors(self, unit: Unit, keys: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these rows, in their order, float32."""
        if not len(keys):
            return np.empty((0, self.edition.manifest.facts.dim), np.float32)
        vectors = self._in_memory(unit)
        if vectors is not None:
            return vectors.at(keys)
        return _matrix(self._at(TABLES[unit], keys, ["vector"]))

    def _in_memory(self, unit: Unit) -> _InMemory | None:
        """Return the vectors that are in memory: of sources, unless there are too many."""
        if unit != "source" or self.edition.manifest.counts["sources"] > IN_MEMORY:
            return None
        with self._opening, reached(self._place):
            if self._of_sources is None:
                query = self._open("sources").search().select(["key", "vector"]).limit(EVERY)
                rows = query.to_arrow().sort_by("key")
                self._of_sources = _InMemory(_Places.of(_keys_in(rows)), _matrix(rows))
            return self._of_sources

    def best_words(
        self, field: Field, weights: Mapping[str, float], k: int, where: RowFilter
    ) -> RankedRows:
        """Return the best k rows above 0 by the weighted sum of their terms."""
        rows, scores = self._sums(field, weights)
        allowed = where.passages if field == "passage" else where.sources
        if allowed is not None:
            among = np.isin(rows, allowed)
            rows, scores = rows[among], scores[among]
        return _best(scores, rows, k)

    def word_scores(
        self, field: Field, weights: Mapping[str, float], keys: NDArray[np.int64]
    ) -> Vector:
        """Return the weighted sum of the terms of each of these rows, in their order."""
        matching, sums = self._sums(field, weights)
        scores = np.zeros(len(keys), np.float32)
        if len(matching):
            places = np.minimum(np.searchsorted(matching, keys), len(matching) - 1)
            scores[:] = np.where(matching[places] == keys, sums[places], 0)
        return scores

    def _sums(self, field: Field, weights: Mapping[str, float]) -> tuple[Any, Vector]:
        """Return the rows that hold any of the terms, sorted, and the weighted sum of each."""
        return self._list(field, tuple(sorted(weights.items())))

    def _read_lists(
        self, field: Field, weights: tuple[tuple[str, float], ...]
    ) -> tuple[NDArray[np.int64], Vector]:
        if not weights:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        idf = {key_of(field, term): weight for term, weight in weights}
        lists = self._lists_of([term for term, _ in weights])

        rows, products = [np.empty(0, np.int64)], [np.empty(0, np.float32)]
        for record in (record for key in idf for record in lists.get(key, ())):
            stamp = record["key"] >> BITS << BITS
            rows.append(np.frombuffer(record["rows"], "<u4").astype(np.int64) | stamp)
            by_row = np.frombuffer(record["weights"], "<f4")
            products.append(np.float32(idf[record["term"]]) * by_row)
        distinct, places = np.unique(np.concatenate(rows), return_inverse=True)
        sums = np.bincount(places, np.concatenate(products), len(distinct))
        return distinct, sums.astype(np.float32)

    def _lists_of(self, terms: Sequence[str]) -> Mapping[str, list[dict[str, Any]]]:
        """Return the lists of these terms, of all fields: what one signal asks for, others ask for
        at the same time, and one request takes the time of three.
        """
        with self._reading:
            if not self._latest[0].issuperset(terms):
                keys = [key_of(field, term) for field in FIELDS for term in terms]
                among = ", ".join(f"'{quoted(key)}'" for key in keys)
                columns = ["key", "term", "rows", "weights"]
                lists: dict[str, list[dict[str, Any]]] = {}
                for record in self._select("postings", f"term IN ({among})", columns).to_pylist():
                    lists.setdefault(record["term"], []).append(record)
                self._latest = frozenset(terms), lists
            return self._latest[1]

    def with_phrase(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """Return the keys of the passages that have these terms in this order."""
        if _begins_a_term(terms):
            table = self._select("passages", f"said LIKE '%{quoted(terms[0])}%'", ["key"])
            return _keys_in(table)
        with reached(self._place):
            phrase = PhraseQuery(" ".join(terms), "said")
            query = self._table("passages").search(phrase, query_type="fts")
            table = query.select(["key", "_score"]).limit(EVERY).to_arrow()
        return _keys_in(table)

    def bounds(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2)."""
        table = self._at("passages", keys, ["first", "last"])
        return np.column_stack([table["first"].to_numpy(), table["last"].to_numpy()])

    def passages(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return the records of these passages, in their order. Raises KeyError."""
        records: list[bytes] = self._at("passages", keys, ["record"])["record"].to_pylist()
        return records

    def named(self, passage_id: str) -> NDArray[np.int64]:
        """Return the keys of the passages of this id."""
        table = self._select("passages", f"name = '{quoted(passage_id)}'", ["key"])
        return _keys_in(table)

    def documents(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return the records of the documents of these sources. Raises KeyError."""
        records: list[bytes] = self._at("documents", keys, ["record"])["record"].to_pylist()
        return records

    def close(self) -> None:
        """Let go of the tables."""
        self._tables.clear()


def _matrix(table: pa.Table) -> Matrix:
    numbers: Matrix = table["vector"].combine_chunks().flatten().to_numpy().astype(np.float32)
    return numbers.reshape(len(table), -1)


def _keys_in(table: pa.Table) -> NDArray[np.int64]:
    keys: NDArray[np.int64] = table["key"].to_numpy()
    return keys


@dataclass(frozen=True, slots=True)
class _Places:
    """Where in a table the row of each key stands: 16 bytes a row, 8 where keys are in order."""

    keys: NDArray[np.int64]  # sorted
    order: NDArray[np.int64] | None

    @staticmethod
    def of(keys: NDArray[np.int64]) -> _Places:
        if (np.diff(keys) > 0).all():
            return _Places(keys, None)
        order = np.argsort(keys, kind="stable")
        return _Places(keys[order], order)

    def find(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of each of these keys. Raises KeyError."""
        places = np.searchsorted(self.keys, keys)
        there = places < len(self.keys)
        there[there] = self.keys[places[there]] == keys[there]
        if not there.all():
            raise KeyError(int(keys[~there][0]))
        return places if self.order is None else self.order[places]


@dataclass(frozen=True, slots=True)
class _InMemory:
    """Vectors in memory, sorted by key."""

    places: _Places
    matrix: Matrix

    def at(self, keys: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these keys, in their order. Raises KeyError."""
        if keys is self.places.keys:
            return self.matrix
        vectors: Matrix = self.matrix[self.places.find(keys)]
        return vectors

    def products(self, vector: Vector, keys: NDArray[np.int64]) -> Vector:
        """Return the inner product with each of these, in their order. Raises KeyError."""
        products: Vector = np.einsum("ij,j->i", self.at(keys), vector)
        return products


def _best(scores: Vector, rows: NDArray[np.int64], k: int) -> RankedRows:
    order = np.lexsort((rows, -scores))[:k]
    return RankedRows(scores[order], rows[order])


def _among(column: str, rows: NDArray[np.int64]) -> str:
    """Return the condition for these rows: runs of neighbours as stretches."""
    return f"{column} IN ({', '.join(map(str, rows.tolist()))})"


def _condition(unit: Unit, where: RowFilter) -> str:
    """Return the condition that a passage or source may be found."""
    if unit == "source" or where.sources is None or where.by_words:
        rows = where.passages if unit == "passage" else where.sources
        return _among("key", np.empty(0, np.int64) if rows is None else rows)
    return _among("source", where.sources)


def _begins_a_term(terms: Sequence[str]) -> bool:
    """Return True for a single sign of a script without spaces, which may begin a pair of signs."""
    return len(terms) == 1 and len(terms[0]) == 1 and not terms[0].isascii()
