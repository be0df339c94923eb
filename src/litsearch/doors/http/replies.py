"""Replies made before, for requests that are the same: of one generation, and of a bounded size."""

from __future__ import annotations

from collections import OrderedDict

MOST = 32_000_000  # bytes of bodies; about 2,000 pages of ten hits
LARGEST = 500_000  # bytes of one


class Replies:
    """The bodies used last. Not for threads: the event loop alone asks it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._generation, self._size = "", 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, generation: str, request: str) -> bytes | None:
        """The body made for this request, if it is known; those of another generation are forgotten."""
        if generation != self._generation:
            self._generation, self._size = generation, 0
            self._bodies.clear()
        body = self._bodies.get(request)
        if body is not None:
            self._bodies.move_to_end(request)
        return body

    def put(self, generation: str, request: str, body: bytes) -> None:
        """Remember a body, unless another generation has come meanwhile; those used longest ago make room."""
        if generation != self._generation or request in self._bodies or len(body) + len(request) > LARGEST:
            return
        self._bodies[request] = body
        self._size += len(body) + len(request)
        while self._size > self._most:
            gone, dropped = self._bodies.popitem(last=False)
            self._size -= len(dropped) + len(gone)
