"""Puts the HTTP service together: routes by resource, what stands before them, and the server that
runs it all.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import cast

import uvicorn
from fastapi import FastAPI
from msgspec import structs
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from litsearch import __version__
from litsearch.app.library import Library, LibraryToBe, open_library
from litsearch.config import Config, ServeConfig
from litsearch.errors import ConfigError, IndexMissing
from litsearch.server import notes, ops, overview, pages, problems, search, sources, texts, writes
from litsearch.server.auth import Token, read_tokens
from litsearch.server.connections import CONNECTIONS, Connection
from litsearch.server.jobs import Jobs
from litsearch.server.local import local_socket
from litsearch.server.middleware import LOCAL_HOSTS, Gate, Rules
from litsearch.server.openai import chat, embeddings, models
from litsearch.server.openai import responses as openai_responses
from litsearch.server.openapi import ABOUT, openapi_of
from litsearch.server.ops import Metrics
from litsearch.server.state import State, state_of

BACKLOG = 2048  # connections that wait to be accepted, as uvicorn has it
GRACE = 10  # seconds that answers under way have when the service is told to stop
HEAD_BYTES = 32_768  # of a request


def create_app(
    library: Library,
    hosts: Sequence[str] | None = None,
    *,
    state: State | None = None,
    tokens: Sequence[Token] = (),
) -> FastAPI:
    """Return the service over an open library. hosts: the names by which it may be called; None:
    any.
    """
    state = state or State(library)
    metrics, jobs = Metrics(), Jobs(state.folder)
    tools = _assistant_tools(state)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with tools.state.run() if tools else nullcontext():
            yield
        await jobs.close()
        state.close()

    app = FastAPI(
        title="litsearch",
        version=__version__,
        description=ABOUT,
        root_path=state.settings.root_path,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    problems.add_handlers(app)
    _add_routes(app, state, metrics, jobs)
    if tools:
        app.router.routes.extend(tools.routes)
    rules = Rules(hosts, tokens, state.settings.rate, named_origins(state.settings))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Gate, rules=rules, metrics=metrics)
    app.openapi = lambda: openapi_of(app, secured=bool(tokens))  # type: ignore[method-assign]
    return app


def named_origins(settings: ServeConfig) -> list[str]:
    """Return the origins of other sites whose pages may call, as a list or words of one line."""
    named = settings.origins
    words = named.replace(",", " ").split() if isinstance(named, str) else named
    return [origin.rstrip("/") for origin in words]


def _add_routes(app: FastAPI, state: State, metrics: Metrics, jobs: Jobs) -> None:
    for routes in (
        search.router(state),
        sources.router(state),
        texts.router(state),
        overview.router(state),
        notes.router(state),
        writes.router(state, jobs),
        ops.router(state, metrics, jobs),
        models.router(state),
        chat.router(state),
        openai_responses.router(state),
        embeddings.router(state),
        pages.router(),
    ):
        app.include_router(routes)


def _assistant_tools(state: State) -> Starlette | None:
    """Return the Model Context Protocol, where its library is installed."""
    try:
        from litsearch.server.mcp import over_http
    except ModuleNotFoundError:
        return None
    return over_http(state)


def serve(
    folder: Path,
    config: Config,
    host: str,
    port: int,
    *,
    no_token: bool = False,
    write: bool = False,
) -> None:
    """Serve a library until interrupted; write: links and files may be put in, and are fetched.

    Raises IndexMissing, unless the library is to be written, and ConfigError.
    """
    tokens = read_tokens(folder, config.serve.tokens_file, os.environ)
    is_local = host in LOCAL_HOSTS
    if not (is_local or tokens or no_token):
        raise ConfigError(
            f"Others could reach the service at {host}, and it has no tokens.",
            "Name a tokens_file under [serve] (or set LITSEARCH_TOKENS),"
            " or say --no-token to let anybody in.",
        )
    if write:
        config = structs.replace(
            config, serve=structs.replace(config.serve, write=True, build=True)
        )
    with _library(folder, config) as library:
        library.warm_up()
        hosts = [*LOCAL_HOSTS, host] if is_local else None
        state = state_of(library, config, folder)
        app = create_app(library, hosts, state=state, tokens=tokens)
        ops.log_to_stderr(quiet=port == 0)
        address = f"http://{host}:{port}"
        print(f"litsearch serves {folder} at {address} until Ctrl-C.", file=sys.stderr, flush=True)
        with local_socket(folder) as commands:
            server(app, host, port, commands).run()


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
    """A server that listens for this user's commands as well, on a Unix socket."""

    def __init__(self, config: uvicorn.Config, commands: socket.socket | None = None) -> None:
        super().__init__(config)
        self._commands = commands

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen (uvicorn)."""
        await super().startup(sockets)
        if self._commands is None or self.should_exit:
            return
        loop = asyncio.get_running_loop()
        self.servers.append(await loop.create_unix_server(self._connection, sock=self._commands))

    def _connection(self) -> Connection:
        return Connection(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )


def server(
    app: FastAPI, host: str, port: int, commands: socket.socket | None = None
) -> uvicorn.Server:
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
