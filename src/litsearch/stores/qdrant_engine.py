"""Read one generation in Qdrant: dot products of vectors and of weighted terms, under filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from qdrant_client import models

from litsearch.stores.by_row import PARTS_OF, UNITS
from litsearch.stores.engine import Part, RankedRows
from litsearch.stores.qdrant_points import DENSE, collection_of, reached, said, sparse

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from qdrant_client import QdrantClient

    from litsearch.protocols import RowFilter
    from litsearch.stores.engine import Edition, Field, Unit
    from litsearch.types import Matrix, Vector

PAGE = 1_000  # points at once
# Candidates that a search of a graph keeps beyond the hits asked for. Of 30,000 vectors the nearest
# 200 are found by .893 without, .993 with them; it takes a millisecond more.
SPARE = 600


class QdrantEngine:
    """One generation in Qdrant, open for reading."""

    def __init__(self, client: QdrantClient, name: str, edition: Edition) -> None:
        self.edition = edition
        self._client, self._name = client, name

    def directory(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return these blocks of the snapshot, in their order. Raises KeyError."""
        points = self._at("directory", keys, with_payload=["record"])
        return [bytes.fromhex(point.payload["record"]) for point in points]

    def nearest(self, unit: Unit, vector: Vector, k: int, where: RowFilter) -> RankedRows:
        """Return the best k passages or sources by inner product, of those that may be found.

        Under a filter every vector that passes is compared: graphs lose hits where a filter takes
        whole pages out.
        """
        part = UNITS[unit]
        return self._best(part, vector.tolist(), DENSE, k, _condition(part, where))

    def products(self, unit: Unit, vector: Vector, keys: NDArray[np.int64]) -> Vector:
        """Return the inner product with each of these rows, in their order."""
        return self._scores(UNITS[unit], vector.tolist(), DENSE, keys)

    def vectors(self, unit: Unit, keys: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these rows, in their order, float32."""
        matrix = np.empty((len(keys), self.edition.manifest.facts.dim), np.float32)
        for place, point in enumerate(self._at(UNITS[unit], keys, with_vectors=[DENSE])):
            matrix[place] = point.vector[DENSE]
        return matrix

    def best_words(
        self, field: Field, weights: Mapping[str, float], k: int, where: RowFilter
    ) -> RankedRows:
        """Return the best k rows above 0 by the weighted sum of their terms."""
        if not weights:
            return RankedRows(np.empty(0, np.float32), np.empty(0, np.int64))
        part = PARTS_OF[field]
        return self._best(part, sparse(weights), field, k, _condition(part, where))

    def word_scores(
        self, field: Field, weights: Mapping[str, float], keys: NDArray[np.int64]
    ) -> Vector:
        """Return the weighted sum of the terms of each of these rows, in their order."""
        if not weights:
            return np.zeros(len(keys), np.float32)
        return self._scores(PARTS_OF[field], sparse(weights), field, keys)

    def _best(
        self, part: Part, query: Any, using: str, k: int, condition: models.Filter | None
    ) -> RankedRows:
        points = self._query(part, query, using, k, condition)
        rows = np.array([point.id for point in points], np.int64)
        scores = np.array([point.score for point in points], np.float32)
        order = np.lexsort((rows, -scores))
        return RankedRows(scores[order], rows[order])

    def _scores(self, part: Part, query: Any, using: str, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each row; 0 for those that the engine does not name."""
        if not len(rows):
            return np.empty(0, np.float32)
        ids, places = np.unique(rows, return_inverse=True)
        condition = models.Filter(must=[models.HasIdCondition(has_id=ids.tolist())])
        points = self._query(part, query, using, len(ids), condition)
        scores = np.zeros(len(ids), np.float32)
        scores[np.searchsorted(ids, [point.id for point in points])] = [
            point.score for point in points
        ]
        by_row: Vector = scores[places]
        return by_row

    def _query(
        self, part: Part, query: Any, using: str, k: int, condition: models.Filter | None
    ) -> list[Any]:
        if condition is None:
            params = models.SearchParams(hnsw_ef=k + SPARE)
        else:
            params = models.SearchParams(exact=True)
        with reached(self._name):
            answer = self._client.query_points(
                self._collection(part),
                query=query,
                using=using,
                limit=k,
                query_filter=condition,
                search_params=params,
                with_payload=False,
            )
        return list(answer.points)

    def with_phrase(self, terms: Sequence[str]) -> NDArray[np.int64]:
        """Return the keys of the passages that have these terms in this order."""
        is_sign = len(terms) == 1 and len(terms[0]) == 1 and not terms[0].isascii()
        if is_sign:
            match: Any = models.MatchValue(value=terms[0])
        else:
            match = models.MatchPhrase(phrase=said(terms))
        key = "signs" if is_sign else "said"
        condition = models.Filter(must=[models.FieldCondition(key=key, match=match)])
        points = self._scroll("passages", condition, False)
        return np.array([point.id for point in points], np.int64)

    def bounds(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2)."""
        points = self._at("passages", keys, with_payload=["first", "last"])
        bounds = [(point.payload["first"], point.payload["last"]) for point in points]
        return np.array(bounds, np.int64).reshape(-1, 2)

    def passages(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return the records of these passages, in their order. Raises KeyError."""
        points = self._at("passages", keys, with_payload=["record"])
        return [point.payload["record"].encode() for point in points]

    def named(self, passage_id: str) -> NDArray[np.int64]:
        """Return the keys of the passages of this id."""
        condition = models.FieldCondition(key="name", match=models.MatchValue(value=passage_id))
        points = self._scroll("passages", models.Filter(must=[condition]), False)
        return np.array([point.id for point in points], np.int64)

    def documents(self, keys: NDArray[np.int64]) -> list[bytes]:
        """Return the records of the documents of these sources. Raises KeyError."""
        points = self._at("documents", keys, with_payload=["record"])
        return [point.payload["record"].encode() for point in points]

    def _at(self, part: Part, rows: NDArray[np.int64], **options: Any) -> list[Any]:
        """Return the points of these rows, in their order. Raises KeyError."""
        distinct = np.unique(rows).tolist()
        points: dict[int, Any] = {}
        for start in range(0, len(distinct), PAGE):
            with reached(self._name):
                records = self._client.retrieve(
                    self._collection(part),
                    distinct[start : start + PAGE],
                    with_payload=options.get("with_payload", False),
                    with_vectors=options.get("with_vectors", False),
                )
            points.update((point.id, point) for point in records)
        return [points[row] for row in rows.tolist()]

    def _scroll(self, part: Part, condition: models.Filter | None, payload: Any) -> Iterator[Any]:
        """Yield every point that passes, without its vectors."""
        following: Any = None
        while True:
            with reached(self._name):
                points, following = self._client.scroll(
                    self._collection(part),
                    scroll_filter=condition,
                    limit=PAGE,
                    offset=following,
                    with_payload=payload,
                )
            yield from points
            if following is None:
                return

    def _collection(self, part: Part) -> str:
        return collection_of(self._name, part, self.edition.base)

    def close(self) -> None:
        """Keep the client, which other generations use."""


def _condition(part: Part, where: RowFilter) -> models.Filter | None:
    """Return the filter for what may be found; None: everything."""
    if where.passages is None and where.sources is None:
        return None
    if part == "passages" and where.sources is not None and not where.by_words:
        sources = models.MatchAny(any=where.sources.tolist())
        return models.Filter(must=[models.FieldCondition(key="source", match=sources)])
    rows = where.passages if part == "passages" else where.sources
    ids = [] if rows is None else rows.tolist()
    return models.Filter(must=[models.HasIdCondition(has_id=ids)])
