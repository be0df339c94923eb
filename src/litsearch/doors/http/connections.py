"""Connections of a bounded number, and none that is held by a request that never ends."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS = 500  # that are answered; the next ones get a 503 ...
MOST = 800  # ... and from here on none is taken: many systems let a process have 1,024 files
ARRIVAL_SECONDS = 30.0  # for a request to arrive, headers and body


class Connection(H11Protocol):
    """uvicorn's protocol, which by itself waits for a request as long as a byte comes now and then."""

    _cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """asyncio: a client has come."""
        super().connection_made(transport)
        if len(self.connections) > MOST:
            transport.abort()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """asyncio: the client sent something."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the client has gone."""
        super().connection_lost(exc)
        self._unwatch()

    def _watch(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._unwatch()
        elif self._cut is None:
            self._cut = self.loop.call_later(ARRIVAL_SECONDS, self.transport.abort)

    def _unwatch(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None
