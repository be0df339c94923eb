"""Connections of a bounded number, and none that is held by a request that never ends or a reply
that nobody takes.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS = 500  # that are answered; the next ones get a 503 ...
MOST = 800  # ... and from here on none is taken: many systems let a process have 1,024 files
ARRIVAL_SECONDS = 30.0  # for a request to arrive, headers and body
TAKEN_SECONDS = 30.0  # in which a client must take some of its reply
_AT_ONCE = struct.pack("ii", 1, 0)


class Connection(H11Protocol):
    """uvicorn's protocol, which by itself waits as long as a byte comes now and then, and for ever
    to be read.
    """

    _cut: asyncio.TimerHandle | None = None
    _left: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """asyncio: a client has come."""
        super().connection_made(transport)
        # told of every byte that waits: below the limit none would be missed
        transport.set_write_buffer_limits(0)
        if len(self.connections) > MOST:
            transport.abort()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """asyncio: the client sent something."""
        super().data_received(data)
        self._watch()

    def pause_writing(self) -> None:
        """asyncio: the system takes no more for this client now."""
        super().pause_writing()
        self._expect_taken()

    def resume_writing(self) -> None:
        """asyncio: all is on its way."""
        super().resume_writing()
        self._unexpect()

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the client has gone."""
        super().connection_lost(exc)
        self._unwatch()
        self._unexpect()

    def _watch(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._unwatch()
        elif self._cut is None:
            self._cut = self.loop.call_later(ARRIVAL_SECONDS, self.transport.abort)

    def _unwatch(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None

    def _expect_taken(self) -> None:
        waiting = self.transport.get_write_buffer_size()

        def look() -> None:
            if self.transport.get_write_buffer_size() >= waiting:
                # Reset, so that the system does not go on offering what it has taken.
                self.transport.get_extra_info("socket").setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE
                )
                self.transport.abort()
            else:
                self._expect_taken()

        self._left = self.loop.call_later(TAKEN_SECONDS, look)

    def _unexpect(self) -> None:
        if self._left is not None:
            self._left.cancel()
            self._left = None
