"""Run the service: open the libraries, and listen for browsers, programs and commands."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, cast

import h11
import uvicorn
from fastapi import FastAPI
from msgspec import structs
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.errors import ConfigError, IndexMissing
from litsearch.server import ops
from litsearch.server.app import Libraries, create_app, names_of
from litsearch.server.auth import Token, read_tokens
from litsearch.server.local import local_socket
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.state import state_of

GRACE = 10  # seconds that answers under way have when the service is told to stop
HEAD_BYTES = 32_768  # of a request

Offered = tuple[Path, Config]
# where this user's commands come in, and for which library
Commands = tuple[socket.socket, ASGIApp]


def serve(
    libraries: Sequence[Offered],
    host: str,
    port: int,
    *,
    no_token: bool = False,
    write: bool = False,
) -> None:
    """Serve libraries until interrupted; write: links and files may be put in, and are fetched.

    Raises IndexMissing, unless the library is to be written, and ConfigError.
    """
    tokens = [_tokens(folder, config, host, no_token=no_token) for folder, config in libraries]
    names = names_of([folder for folder, _ in libraries])
    with ExitStack() as stack:
        apps: dict[str, FastAPI] = {}
        commands: list[Commands] = []
        for name, (folder, config), own in zip(names, libraries, tokens, strict=True):
            place = names if len(names) > 1 else ()
            app = _open_app(stack, folder, _settings(config, write), own, host, name, place)
            apps[name] = app
            if (listener := stack.enter_context(local_socket(folder))) is not None:
                commands.append((listener, app))

        ops.log_to_stderr(quiet=port == 0)
        folders = " and ".join(str(folder) for folder, _ in libraries)
        print(
            f"litsearch serves {folders} at http://{host}:{port} until Ctrl-C.",
            file=sys.stderr,
            flush=True,
        )
        whole = Libraries(apps) if len(apps) > 1 else apps[names[0]]
        server(whole, host, port, commands).run()


def _tokens(folder: Path, config: Config, host: str, *, no_token: bool) -> list[Token]:
    """Return the tokens of a library. Raises ConfigError when others could come in without one."""
    tokens = read_tokens(folder, config.serve.tokens_file, os.environ)
    if not (host in LOCAL_HOSTS or tokens or no_token):
        raise ConfigError(
            f"Others could reach {folder} at {host}, and it has no tokens.",
            "Name a tokens_file under [serve] (or set LITSEARCH_TOKENS),"
            " or say --no-token to let anybody in.",
        )
    return tokens


def _settings(config: Config, write: bool) -> Config:
    if not write:
        return config
    return structs.replace(config, serve=structs.replace(config.serve, write=True, build=True))


def _open_app(
    stack: ExitStack,
    folder: Path,
    config: Config,
    tokens: Sequence[Token],
    host: str,
    name: str,
    names: Sequence[str],
) -> FastAPI:
    """Return the app of a library that stays open as long as the stack; names: of all libraries,
    when there are several.
    """
    library = stack.enter_context(_library(folder, config))
    library.warm_up()
    hosts = [*LOCAL_HOSTS, host] if host in LOCAL_HOSTS else None
    state = state_of(library, config, folder)
    return create_app(library, hosts, state=state, tokens=tokens, names=names, name=name)


class LibraryToBe:
    """A library without an index yet: it opens by itself once the first build is done.

    Until then whatever is asked of it raises IndexMissing.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        self._folder, self._config = folder, config
        self._opening = threading.Lock()
        self._library: Library | None = None

    def __enter__(self) -> LibraryToBe:
        return self

    def __exit__(self, *_: object) -> None:
        if self._library is not None:
            self._library.close()

    def __getattr__(self, name: str) -> Any:
        with self._opening:
            if self._library is None:
                self._library = Library(self._folder, self._config)
        return getattr(self._library, name)

    def warm_up(self) -> None:
        """Load nothing: there is nothing to ask."""


def _library(folder: Path, config: Config) -> Library:
    """Open the library; one without an index, when it can be filled here, opens later by itself."""
    try:
        return open_library(folder, config)
    except IndexMissing:
        if not config.serve.write:
            raise
        (folder / "config" / "lists").mkdir(parents=True, exist_ok=True)
        (folder / "index").mkdir(exist_ok=True)
        return cast(Library, LibraryToBe(folder, config))


class Service(uvicorn.Server):
    """A server that also listens for this user's commands, on one Unix socket a library."""

    def __init__(self, config: uvicorn.Config, commands: Sequence[Commands] = ()) -> None:
        super().__init__(config)
        self._commands = commands

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen (uvicorn); it has started when it listens for commands too."""
        await super().startup(sockets)
        if self.should_exit:
            return
        self.started = False
        loop = asyncio.get_running_loop()
        for listener, app in self._commands:
            listening = loop.create_unix_server(partial(self._connection, app), sock=listener)
            self.servers.append(await listening)
        self.started = True

    def _connection(self, app: ASGIApp) -> Connection:
        connection = Connection(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        connection.app = app
        return connection


def server(app: ASGIApp, host: str, port: int, commands: Sequence[Commands] = ()) -> uvicorn.Server:
    """Return what listens for the app."""
    settings = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    return Service(settings, commands)


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
