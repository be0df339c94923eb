"""Qdrant's engine itself, in this process: shards on the disk behind what a client is asked."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import qdrant_edge as edge
from qdrant_client import models

DATATYPES = {
    models.Datatype.FLOAT16: edge.VectorStorageDatatype.Float16,
    models.Datatype.FLOAT32: edge.VectorStorageDatatype.Float32,
}
SCHEMAS = {
    models.PayloadSchemaType.INTEGER: edge.PayloadSchemaType.Integer,
    models.PayloadSchemaType.KEYWORD: edge.PayloadSchemaType.Keyword,
}


class EdgeClient:
    """As much of QdrantClient as the adapter uses; a collection is one shard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shards: dict[str, Any] = {}
        self._lock = threading.Lock()  # a shard takes one request at a time

    def collection_exists(self, name: str) -> bool:
        return name in self._shards

    def get_collections(self) -> Any:
        return SimpleNamespace(collections=[SimpleNamespace(name=name) for name in self._shards])

    def create_collection(
        self, name: str, vectors_config: Any = None, sparse_vectors_config: Any = None, **_: Any
    ) -> None:
        vectors = {}
        for key, params in (vectors_config or {}).items():
            kind = DATATYPES[params.datatype]
            options = {"datatype": kind, "hnsw_config": _graph(params.hnsw_config)}
            vectors[key] = edge.EdgeVectorParams(params.size, edge.Distance.Dot, **options)
        sparse = {key: edge.EdgeSparseVectorParams() for key in sparse_vectors_config or {}}
        if not vectors:  # a shard has at least one, which points may lack
            vectors["none"] = edge.EdgeVectorParams(1, edge.Distance.Dot)
        config = edge.EdgeConfig(vectors=vectors, sparse_vectors=sparse)
        place = self._folder / name
        place.mkdir(parents=True)
        self._shards[name] = edge.EdgeShard.create(str(place), config)

    def create_payload_index(self, name: str, key: str, kind: Any) -> None:
        if isinstance(kind, models.TextIndexParams):
            schema: Any = edge.TextIndexParams(
                tokenizer=edge.TokenizerType.Whitespace,
                lowercase=kind.lowercase,
                phrase_matching=kind.phrase_matching,
            )
        else:
            schema = SCHEMAS[kind]
        self._shards[name].update(edge.UpdateOperation.create_field_index(key, schema))

    def upsert(
        self,
        name: str,
        points: list[models.PointStruct],
        wait: bool,
        ordering: Any = None,
        update_mode: Any = None,
    ) -> None:
        made = []
        for point in points:
            vectors: dict[str, Any] = {}
            for key, vector in point.vector.items():
                if isinstance(vector, models.SparseVector):
                    vector = edge.SparseVector(vector.indices, vector.values)
                vectors[key] = vector
            made.append(edge.Point(point.id, vectors, point.payload))
        mode = {"update_mode": edge.UpdateMode.InsertOnly} if update_mode else {}
        with self._lock:
            self._shards[name].update(edge.UpdateOperation.upsert_points(made, **mode))

    def count(self, name: str, count_filter: Any, exact: bool) -> Any:
        request = edge.CountRequest(exact=exact, filter=_filter(count_filter))
        return SimpleNamespace(count=self._shards[name].count(request))

    def query_points(
        self,
        name: str,
        query: Any,
        using: str,
        limit: int,
        query_filter: Any,
        search_params: Any,
        with_payload: Any,
    ) -> Any:
        if isinstance(query, models.SparseVector):
            query = edge.SparseVector(query.indices, query.values)
        request = edge.QueryRequest(
            limit,
            query=edge.Query.Nearest(query, using),
            filter=_filter(query_filter),
            with_payload=with_payload,
            params=edge.SearchParams(search_params.hnsw_ef, bool(search_params.exact)),
        )
        with self._lock:
            return SimpleNamespace(points=self._shards[name].query(request))

    def retrieve(
        self, name: str, ids: list[int], with_payload: Any, with_vectors: Any = False
    ) -> Any:
        with self._lock:
            return self._shards[name].retrieve(ids, with_payload, with_vectors)

    def scroll(
        self, name: str, scroll_filter: Any, limit: int, offset: Any, with_payload: Any
    ) -> Any:
        request = edge.ScrollRequest(
            offset=offset, limit=limit, filter=_filter(scroll_filter), with_payload=with_payload
        )
        with self._lock:
            return self._shards[name].scroll(request)

    def delete(self, name: str, points_selector: models.FilterSelector, wait: bool) -> None:
        chosen = _filter(points_selector.filter)
        with self._lock:
            self._shards[name].update(edge.UpdateOperation.delete_points_by_filter(chosen))

    def optimize(self) -> None:
        """Do what a server does by itself: make graphs of many vectors."""
        with self._lock:
            for shard in self._shards.values():
                shard.optimize()

    def delete_collection(self, name: str) -> None:
        self._shards.pop(name).close()


def _graph(diff: models.HnswConfigDiff | None) -> Any:
    """Return what says that no graph is made, where the collection says so."""
    return None if diff is None else edge.HnswIndexConfig(diff.m, 100, 10_000)


def _filter(condition: models.Filter | None) -> Any:
    if condition is None:
        return None
    return edge.Filter(must=[_condition(one) for one in condition.must])


def _condition(one: Any) -> Any:
    if isinstance(one, models.HasIdCondition):
        return edge.HasIdCondition(set(one.has_id))
    match = one.match
    if isinstance(match, models.MatchAny):
        return edge.FieldCondition(one.key, match=edge.MatchAny(match.any))
    if isinstance(match, models.MatchPhrase):
        return edge.FieldCondition(one.key, match=edge.MatchPhrase(match.phrase))
    return edge.FieldCondition(one.key, match=edge.MatchValue(match.value))
