"""Bound connections: their number, and how long requests and replies may be on their way."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

import h11
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS = 500  # that are answered; the next ones get a 503 ...
MOST = 800  # ... and from here on none is taken: many systems let a process have 1,024 files
ARRIVAL_SECONDS = 30.0  # for the head of a request to arrive
TAKEN_SECONDS = 30.0  # in which a client must take some of its reply
_AT_ONCE = struct.pack("ii", 1, 0)


class Connection(H11Protocol):
    """Cuts off clients that uvicorn would wait for as long as a byte comes now and then."""

    _arrival: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to watch a client (asyncio)."""
        super().connection_made(transport)
        # Told of every byte that waits: below the limit none would be missed.
        transport.set_write_buffer_limits(0)
        if len(self.connections) > MOST:
            transport.abort()
        if _is_local(transport):
            self.app = as_local(self.app)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Read what the client sent (asyncio)."""
        super().data_received(data)
        self._watch()

    def pause_writing(self) -> None:
        """Note that the system takes no more for this client now (asyncio)."""
        super().pause_writing()
        self._expect_taken()

    def resume_writing(self) -> None:
        """Note that all is on its way (asyncio)."""
        super().resume_writing()
        self._stop_expecting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client (asyncio)."""
        super().connection_lost(exc)
        self._stop_watching()
        self._stop_expecting()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP with a problem, and close; after a reply has begun, close."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.abort()
            return
        if self.cycle is not None:  # what the route goes on to send has nobody to go to
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        body = json.dumps(
            {"type": "about:blank", "title": "HTTPError", "status": 400, "detail": msg}
        ).encode()
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        response = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (response, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event))
        self.transport.close()

    def _watch(self) -> None:
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._stop_watching()
        elif self._arrival is None:
            self._arrival = self.loop.call_later(ARRIVAL_SECONDS, self.transport.abort)

    def _stop_watching(self) -> None:
        if self._arrival is not None:
            self._arrival.cancel()
            self._arrival = None

    def _expect_taken(self) -> None:
        waiting = self.transport.get_write_buffer_size()

        def look() -> None:
            """Close a connection that has taken nothing since, or look again later."""
            if self.transport.get_write_buffer_size() >= waiting:
                # Reset, so that the system does not go on offering what it has taken.
                client = self.transport.get_extra_info("socket")
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                self.transport.abort()
            else:
                self._expect_taken()

        self._taking = self.loop.call_later(TAKEN_SECONDS, look)

    def _stop_expecting(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None


def _is_local(transport: Any) -> bool:
    """Tell whether this is a client on the Unix socket, whose folder only this user may enter."""
    client = transport.get_extra_info("socket")
    return client is not None and client.family == getattr(socket, "AF_UNIX", None)


def as_local(app: ASGIApp) -> ASGIApp:
    """Mark the requests of this user's own commands, which need no token."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "local": True}, receive, send)

    return marked
