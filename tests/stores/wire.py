"""Qdrant's engine behind a server on loopback: what a real client asks crosses a real wire.

Answers may be held back, or refused as a server does that lacks a shard.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from qdrant_client import models
from stores.edge import EdgeClient
from stores.json_server import Request, json_server
from stores.places import Place

from litsearch.stores.engine import Engine
from litsearch.stores.qdrant import connect

ALL = "*"


@dataclass
class Wire:
    """The server, and what is wrong with it: a vector's name, or "*" for everything."""

    client: EdgeClient
    address: str = ""
    held: str = ""
    refused: str = ""
    _free: threading.Event = field(default_factory=threading.Event)

    def open(self) -> Engine:
        return connect(f"{self.address}/library", {}).open()

    def free(self) -> None:
        """Let go of all that is held back."""
        self.held = ""
        self._free.set()

    def answer(self, path: str, body: Any) -> Any:
        """Answer a request; raises Refused."""
        using = (body or {}).get("using", "")
        if self.held and self.held in (using, ALL):
            self._free.wait()
        if self.refused and self.refused in (using, ALL):
            raise Refused
        _, collection, *rest = path.strip("/").split("/")
        if rest == ["exists"]:
            return {"exists": self.client.collection_exists(collection)}
        if rest == ["points"]:
            return self._retrieve(collection, body)
        return (
            self._query(collection, body) if rest[-1] == "query" else self._scroll(collection, body)
        )

    def _retrieve(self, collection: str, body: Any) -> Any:
        payload, vectors = body.get("with_payload", True), body.get("with_vector", False)
        points = self.client.retrieve(collection, body["ids"], payload, vectors)
        return [
            {"id": one.id, "payload": one.payload, "vector": _plain(one.vector)} for one in points
        ]

    def _query(self, collection: str, body: Any) -> Any:
        nearest = body["query"]["nearest"]
        if isinstance(nearest, dict):
            nearest = models.SparseVector(**nearest)
        params = models.SearchParams() if body.get("params") else None
        reply = self.client.query_points(
            collection, nearest, body["using"], body["limit"], _filter(body), params, False
        )
        points = [{"id": one.id, "version": 0, "score": one.score} for one in reply.points]
        return {"points": points}

    def _scroll(self, collection: str, body: Any) -> Any:
        points, following = self.client.scroll(
            collection,
            _filter(body),
            body["limit"],
            body.get("offset"),
            body.get("with_payload", True),
        )
        found = [{"id": one.id, "payload": one.payload} for one in points]
        return {"points": found, "next_page_offset": following}


class Refused(Exception):
    """A shard is away."""


def _filter(body: Any) -> models.Filter | None:
    return models.Filter.model_validate(body["filter"]) if body.get("filter") else None


def _plain(vector: Any) -> Any:
    return {name: list(one) for name, one in (vector or {}).items()}


@contextmanager
def wired(place: Place) -> Iterator[Wire]:
    """Serve what is kept at a place of Qdrant's engine in this process."""
    wire = Wire(place()._client)  # type: ignore[attr-defined]

    def answer(request: Request) -> tuple[int, Any]:
        try:
            result = wire.answer(request.path.partition("?")[0], request.body)
        except Refused:
            return 500, {"status": {"error": "Shard 2 of 3 does not answer"}}
        return 200, {"result": result, "status": "ok", "time": 0.0}

    with json_server(answer) as wire.address:
        try:
            yield wire
        finally:
            wire.free()
