"""A server on loopback that answers as Qdrant does, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from stores.json_server import Request, json_server


@dataclass
class Recorder:
    """What was asked, and how it is answered."""

    address: str = ""
    asked: list[tuple[str, str, Any]] = field(default_factory=list)  # method, path, body
    keys: set[str | None] = field(default_factory=set)
    results: dict[str, Any] = field(default_factory=dict)  # by the end of "METHOD path"
    points: dict[int, Any] = field(default_factory=dict)  # payloads, by id
    status: int = 200

    def answer(self, method: str, path: str, body: Any) -> Any:
        """Answer a request; points are kept, and retrieved by their ids."""
        if isinstance(body, dict) and "ids" in body:
            ids = [one for one in body["ids"] if one in self.points]
            return [{"id": one, "payload": self.points[one]} for one in ids]
        if method == "PUT" and isinstance(body, dict) and "points" in body:
            self.points |= {point["id"]: point["payload"] for point in body["points"]}
        for end, result in self.results.items():
            if f"{method} {path.partition('?')[0]}".endswith(end):
                return result
        return True


@contextmanager
def recording() -> Iterator[Recorder]:
    recorder = Recorder()

    def answer(request: Request) -> tuple[int, Any]:
        recorder.asked.append((request.method, request.path, request.body))
        recorder.keys.add(request.key)
        result = recorder.answer(request.method, request.path, request.body)
        return recorder.status, {"result": result, "status": "ok", "time": 0.0}

    with json_server(answer) as recorder.address:
        yield recorder
