"""A server on loopback that answers as Qdrant does, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


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

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"null")
            recorder.asked.append((self.command, self.path, body))
            recorder.keys.add(self.headers.get("api-key"))
            reply = {
                "result": recorder.answer(self.command, self.path, body),
                "status": "ok",
                "time": 0.0,
            }
            data = json.dumps(reply).encode()
            self.send_response(recorder.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    recorder.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
