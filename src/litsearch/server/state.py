"""Hold what every route works with: the open library, bounded threads, and a cache of replies."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.app.library import Library
from litsearch.config import Config, ServeConfig
from litsearch.server.local import state_tag

T = TypeVar("T")
API_VERSION = "1"
CORES = os.cpu_count() or 2
READERS = 8  # more than cores, so that the queries of several are embedded together
MOST_REPLIES = 32_000_000  # bytes of bodies; about 2,000 pages of ten hits
LARGEST_REPLY = 500_000  # bytes of one


class Workers:
    """A bounded number of threads with a bounded queue: under overload 503 at once or soon, never
    later.
    """

    def __init__(
        self, name: str, threads: int, waiting: int, patience: float, limit: float
    ) -> None:
        """Start no thread yet.

        waiting: requests that may wait for a thread. patience: seconds that they wait. limit:
        seconds that the work itself may take; a thread cannot be stopped, so that its place stays
        taken until it ends.
        """
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most, self._patience, self._limit = threads + waiting, patience, limit
        self.busy = 0
        self.refused = 0

    async def __call__(self, work: Callable[[], T]) -> T:
        """Return what the work returns. Raises HTTPException 503."""
        if self.busy >= self._most:
            raise self._refusal("The service is busy.")
        self.busy += 1
        job = self._pool.submit(work)
        waiter = asyncio.wrap_future(job)
        waiter.add_done_callback(self._done)

        await asyncio.wait({waiter}, timeout=self._patience)
        if not waiter.done() and job.cancel():
            raise self._refusal("The service is busy.")
        await asyncio.wait({waiter}, timeout=self._limit)
        if not waiter.done():
            raise self._refusal(f"The answer took longer than {self._limit:.0f} s.")
        return waiter.result()

    def close(self) -> None:
        """Take no more work, and wait for what is being done."""
        self._pool.shutdown(cancel_futures=True)

    def _done(self, waiter: asyncio.Future[T]) -> None:
        self.busy -= 1
        if not waiter.cancelled():
            waiter.exception()  # of work that nobody waits for any more

    def _refusal(self, reason: str) -> HTTPException:
        self.refused += 1
        return HTTPException(503, reason, {"Retry-After": "1"})


class Replies:
    """Remembers the bodies used last, of one generation. Not for threads: the event loop alone asks
    it.
    """

    def __init__(self, most: int = MOST_REPLIES) -> None:
        self._most = most
        self._generation, self._size = "", 0
        self._bodies: OrderedDict[str, bytes] = OrderedDict()

    def get(self, generation: str, request: str) -> bytes | None:
        """Return the body made for this request, if it is known; those of another generation are
        forgotten.
        """
        if generation != self._generation:
            self._generation, self._size = generation, 0
            self._bodies.clear()
        body = self._bodies.get(request)
        if body is not None:
            self._bodies.move_to_end(request)
        return body

    def put(self, generation: str, request: str, body: bytes) -> None:
        """Remember a body, unless another generation has come meanwhile; those used longest ago
        make room.
        """
        size = len(body) + len(request)
        if generation != self._generation or request in self._bodies or size > LARGEST_REPLY:
            return
        self._bodies[request] = body
        self._size += size
        while self._size > self._most:
            oldest, old_body = self._bodies.popitem(last=False)
            self._size -= len(old_body) + len(oldest)


@dataclass
class Streams:
    """How many answers are being streamed."""

    busy: int = 0


def _reading() -> Workers:
    return Workers("read", max(READERS, CORES), waiting=100, patience=2.0, limit=30.0)


def _asking() -> Workers:
    return Workers("ask", 4, waiting=32, patience=10.0, limit=300.0)


def _seal() -> str:
    return secrets.token_hex(4)


@dataclass(frozen=True)
class State:
    """What every module of routes is handed."""

    library: Library
    folder: Path | None = None  # of the library; None: nothing can be built or written
    settings: ServeConfig = field(default_factory=lambda: ServeConfig(rate=0.0))
    reading: Workers = field(default_factory=_reading)
    asking: Workers = field(default_factory=_asking)
    replies: Replies = field(default_factory=Replies)
    streams: Streams = field(default_factory=Streams)
    config: Config = field(default_factory=Config)
    seal: str = field(default_factory=_seal)  # settings and code are those of this process

    @property
    def tag(self) -> str:
        """Return what is equal for equal programs, settings and generations."""
        return state_tag(self.config, self.library.generation.id)

    @property
    def created(self) -> int:
        """Return when the generation was made, in seconds since 1970."""
        created: str = self.library.generation.manifest.created
        return int(datetime.fromisoformat(created).timestamp())

    async def get(self, request: Request, make: Callable[[], object], key: str = "") -> Response:
        """Return what make returns as JSON; 304 when the client has that of this generation. key:
        see `body`.
        """
        tag = f'W/"{self.library.generation.id}-{self.seal}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body, whole = await self._made(make, key)
        headers = headers if whole else {"Cache-Control": "no-store"}
        return Response(body, media_type="application/json", headers=headers)

    async def body(self, make: Callable[[], object], key: str = "") -> bytes:
        """Return what make returns as JSON, made once for all requests of the same key."""
        return (await self._made(make, key))[0]

    async def _made(self, make: Callable[[], object], key: str) -> tuple[bytes, bool]:
        """Return the same, and whether all of it could be done, so that it may be kept."""
        generation = self.library.generation.id
        reply = self.replies.get(generation, key) if key else None
        if reply is not None:
            return reply, True
        body, whole = await self.reading(lambda: _encoded(make()))
        if key and whole and generation == self.library.generation.id:
            self.replies.put(generation, key, body)
        return body, whole

    def close(self) -> None:
        """End the threads."""
        self.reading.close()
        self.asking.close()


def _encoded(reply: object) -> tuple[bytes, bool]:
    whole = not (isinstance(reply, dict) and reply.get("degraded"))
    return msgspec.json.encode(reply), whole


def state_of(library: Library, config: Config, folder: Path) -> State:
    """Return the state for a library folder, by its settings."""
    return State(library, folder, config.serve, config=config)


def check_same_library(request: Request, state: State) -> None:
    """Raise HTTPException 412 when the caller means another program, settings or generation."""
    tag = request.headers.get("if-match")
    if tag is not None and tag not in ("*", state.tag):
        raise HTTPException(412, "The library is not the one that was meant.")


def json_reply(view: object, status: int = 200, **headers: str) -> Response:
    """Return a reply past FastAPI's own encoder, which takes longer than the search."""
    body = msgspec.json.encode(view)
    return Response(body, status, headers=headers, media_type="application/json")
