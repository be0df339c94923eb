"""The HTTP service: routes by resource, what stands before them, the page, and the server that runs
it all.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from litsearch import __version__
from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.errors import ConfigError
from litsearch.server import openai, ops, problems, schemas, search, sources, writes
from litsearch.server.auth import Token, read_tokens
from litsearch.server.connections import CONNECTIONS, Connection
from litsearch.server.listener import listening
from litsearch.server.middleware import LOCAL_HOSTS, POLICY, Gate, Rules
from litsearch.server.ops import Metrics
from litsearch.server.state import API_VERSION, Desk, made_for
from litsearch.server.writes import Jobs

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# What must be there before anything is painted. Modules are not of it.
_NEEDED = re.compile(
    r'<link rel="(?P<style>style)sheet" href="web/([^"]+)">|<script src="web/([^"]+)"></script>'
)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent: its bytes, the same packed, and what is said of it."""

    body: bytes
    packed: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, name: str, text: str, policy: str = POLICY) -> _File:
        body = text.encode()
        kept = {"ETag": f'W/"{hashlib.sha256(body).hexdigest()[:16]}"', "Cache-Control": "no-cache"}
        kind = {"Content-Type": _TYPES[name[name.rindex(".") :]], "Content-Security-Policy": policy}
        return cls(body, gzip.compress(body, mtime=0), kept | kind)

    def reply(self, request: Request) -> Response:
        """The file, or that it is the one which the client has."""
        if self.headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(
                self.packed,
                headers=self.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
            )
        return Response(self.body, headers=self.headers)


def router() -> APIRouter:
    """The page at /, the description of the interface at /docs, and their files below /web/."""
    routes = APIRouter(include_in_schema=False)
    folder = resources.files("litsearch.server") / "web"
    texts = {
        one.name: one.read_text("utf-8")
        for one in folder.iterdir()
        if one.name.endswith(tuple(_TYPES))
    }
    files = {name: _File.of(name, text) for name, text in texts.items()}
    pages = {name: _whole(name, texts) for name in texts if name.endswith(".html")}

    @routes.get("/")
    async def get_page(request: Request) -> Response:
        """The page."""
        return pages["index.html"].reply(request)

    @routes.get("/docs")
    async def get_docs(request: Request) -> Response:
        """The description of the interface."""
        return pages["docs.html"].reply(request)

    @routes.get("/web/{name}")
    async def get_file(request: Request, name: str) -> Response:
        """A file of the page."""
        if name not in files:
            raise HTTPException(404, "The page has no such file.")
        return files[name].reply(request)

    return routes


def _whole(name: str, texts: dict[str, str]) -> _File:
    """A page with its style and first script in it, by their hashes in its policy: one request to
    the first paint.
    """
    hashes: dict[str, str] = {}

    def put_in(found: re.Match[str]) -> str:
        tag = found["style"] or "script"
        text = "\n" + texts[found[2] or found[3]]
        hashes[tag] = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        return f"<{tag}>{text}</{tag}>"

    text = _NEEDED.sub(put_in, texts[name])
    policy = POLICY
    for tag, value in hashes.items():
        policy = policy.replace(f"{tag}-src 'self'", f"{tag}-src 'self' 'sha256-{value}'")
    return _File.of(name, text, policy)


ABOUT = f"""\
Searches and asks a library of reading lists. Errors are RFC 9457 problems (`application/problem+json`). GETs carry an
ETag of the index's generation. This is version {API_VERSION} of the interface (header `API-Version`): within it, fields
are added and never taken away. The paths under /v1 are those of the OpenAI protocol.
"""
GRACE = 10  # seconds that answers under way have when the service is told to stop


def create_app(
    library: Library,
    hosts: Sequence[str] | None = None,
    *,
    desk: Desk | None = None,
    tokens: Sequence[Token] = (),
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
        search.router(at),
        sources.router(at),
        writes.router(at, jobs),
        ops.router(at, metrics, jobs),
        openai.router(at),
        router(),
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
        from litsearch.server.mcp import over_http
    except ModuleNotFoundError:
        return None
    return over_http(desk)


def _described(app: FastAPI, *, secured: bool) -> dict[str, Any]:
    """OpenAPI with the shape of problems, and with tokens where they are asked for."""
    if app.openapi_schema is None:
        described = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            servers=app.servers,
        )
        parts = described.setdefault("components", {})
        parts.setdefault("schemas", {})["Problem"] = schemas.Problem.model_json_schema()
        if secured:
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            described["security"] = [{"token": []}]
        app.openapi_schema = described
    return app.openapi_schema


def serve(folder: Path, config: Config, host: str, port: int, *, no_token: bool = False) -> None:
    """Serve a library until interrupted. Raises IndexMissing and ConfigError before anything is
    opened.
    """
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
        ops.set_up(quiet=port == 0)
        print(
            f"litsearch serves {folder} at http://{host}:{port} until Ctrl-C.",
            file=sys.stderr,
            flush=True,
        )
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
