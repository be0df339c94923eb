"""The HTTP service: routes by resource, what stands before them, the page, and the server that runs it all."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from litsearch import __version__
from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.doors.http import chat, finding, holdings, logs, page, problems, schemas, upkeep, writing
from litsearch.doors.http.connections import CONNECTIONS, Connection
from litsearch.doors.http.desk import API_VERSION, Desk, made_for
from litsearch.doors.http.gate import LOCAL_HOSTS, Gate, Rules
from litsearch.doors.http.jobs import Jobs
from litsearch.doors.http.metrics import Metrics
from litsearch.doors.http.tokens import Token, read_tokens
from litsearch.doors.listener import listening
from litsearch.errors import ConfigError

ABOUT = f"""\
Searches and asks a library of reading lists. Errors are RFC 9457 problems (`application/problem+json`). GETs carry an
ETag of the index's generation. This is version {API_VERSION} of the interface (header `API-Version`): within it, fields
are added and never taken away. The paths under /v1 are those of the OpenAI protocol.
"""
GRACE = 10  # seconds that answers under way have when the service is told to stop


def create_app(
    library: Library, hosts: Sequence[str] | None = None, *, desk: Desk | None = None, tokens: Sequence[Token] = ()
) -> FastAPI:
    """The service over an open library. `hosts`: the names by which it may be called; None: any."""
    at = desk or Desk(library)
    metrics, jobs = Metrics(), Jobs(at.folder)

    tools = _tools(at)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        async with tools.state.run() if tools else nullcontext():
            yield
        await jobs.close()
        at.close()

    app = FastAPI(
        title="litsearch",
        version=__version__,
        description=ABOUT,
        root_path=at.settings.root_path,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    problems.add_handlers(app)
    for routes in (
        finding.router(at),
        holdings.router(at),
        writing.router(at, jobs),
        upkeep.router(at, metrics, jobs),
        chat.router(at),
        page.router(),
    ):
        app.include_router(routes)
    if tools:
        app.router.routes.extend(tools.routes)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Gate, rules=Rules(hosts, tokens, at.settings.rate), metrics=metrics)
    app.openapi = lambda: _described(app, secured=bool(tokens))  # type: ignore[method-assign]
    return app


def _tools(desk: Desk) -> Starlette | None:
    """The Model Context Protocol, where its library is installed."""
    try:
        from litsearch.doors.mcp import over_http
    except ModuleNotFoundError:
        return None
    return over_http(desk)


def _described(app: FastAPI, *, secured: bool) -> dict[str, Any]:
    """OpenAPI with the shape of problems, and with tokens where they are asked for."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, servers=app.servers
        )
        parts = described.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = schemas.Problem.model_json_schema()
        if secured:
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            described["security"] = [{"token": []}]
        app.openapi_schema = described
    return app.openapi_schema


def serve(folder: Path, config: Config, host: str, port: int, *, no_token: bool = False) -> None:
    """Serve a library until interrupted. Raises IndexMissing and ConfigError before anything is opened."""
    tokens = read_tokens(folder, config.serve.tokens_file, os.environ)
    local = host in LOCAL_HOSTS
    if not (local or tokens or no_token):
        raise ConfigError(
            f"Others could reach the service at {host}, and it has no tokens.",
            "Name a tokens_file under [serve] (or set LITSEARCH_TOKENS), or say --no-token to let anybody in.",
        )
    with open_library(folder, config) as library:
        library.warm_up()
        names = [*LOCAL_HOSTS, host] if local else None
        app = create_app(library, names, desk=made_for(library, config, folder), tokens=tokens)
        logs.set_up(quiet=port == 0)
        print(f"litsearch serves {folder} at http://{host}:{port} until Ctrl-C.", file=sys.stderr, flush=True)
        with listening(folder, config, library):
            server(app, host, port).run()


def server(app: FastAPI, host: str, port: int) -> uvicorn.Server:
    """What listens for the app."""
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
        h11_max_incomplete_event_size=32_768,
    )
    return uvicorn.Server(settings)
