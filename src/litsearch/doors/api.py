"""The HTTP service: GET and POST /search, POST /ask, GET /sources, GET /healthz, and the OpenAPI page at /docs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec
import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from litsearch import __version__
from litsearch.config import Config
from litsearch.doors import events, views
from litsearch.errors import (
    GenerationError,
    IndexCorrupt,
    IndexMismatch,
    IndexMissing,
    LitsearchError,
    MissingExtraError,
    QueryError,
)
from litsearch.types import Filters, Kind, Mode, Status
from litsearch.wiring.reading import Library, open_library

STATUS: dict[type[LitsearchError], int] = {
    QueryError: 422,
    IndexMissing: 503,
    IndexMismatch: 503,
    IndexCorrupt: 503,
    GenerationError: 503,
    MissingExtraError: 501,
}
MAX_BODY = 100_000  # bytes
MAX_K = 1000
LOCAL_HOSTS = ["127.0.0.1", "localhost", "::1", "testserver"]


class SearchRequest(BaseModel):
    """The names of GET /search, as JSON."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    q: str = Field(examples=["what is DoRA?"])
    k: int | None = Field(None, ge=1, le=MAX_K)
    mode: Mode = "hybrid"
    list_: str | list[str] | None = Field(None, alias="list")
    topic: str | list[str] | None = None
    kind: Kind | list[Kind] | None = None
    section: str | list[str] | None = None
    author: str | list[str] | None = None
    year: int | list[int] | None = None
    site: str | list[str] | None = None
    unread: bool = False


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(examples=["what is DoRA?"])
    k: int | None = Field(None, ge=1, le=MAX_K)
    generator: str | None = Field(None, pattern="^(extractive|llama_cpp|openai)$")


def create_app(library: Library, hosts: list[str] | None = None) -> FastAPI:
    """The service over an open library. `hosts`: the names by which it may be called; None: any."""

    app = FastAPI(title="litsearch", version=__version__, description="Searches and asks a library of reading lists.")
    app.add_exception_handler(LitsearchError, _problem_of_error)
    app.add_exception_handler(RequestValidationError, _problem_of_request)
    app.add_exception_handler(HTTPException, _problem_of_http)
    app.add_middleware(_BodyLimit)
    if hosts is not None:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
    _add_routes(app, library)
    return app


def _add_routes(app: FastAPI, library: Library) -> None:
    @app.get("/search", summary="Find passages")
    def get_search(
        q: str,
        k: Annotated[int | None, Query(ge=1, le=MAX_K)] = None,
        mode: Mode = "hybrid",
        list_: Annotated[list[str] | None, Query(alias="list")] = None,
        topic: Annotated[list[str] | None, Query()] = None,
        kind: Annotated[list[Kind] | None, Query()] = None,
        section: Annotated[list[str] | None, Query()] = None,
        author: Annotated[list[str] | None, Query()] = None,
        year: Annotated[list[int] | None, Query()] = None,
        site: Annotated[list[str] | None, Query()] = None,
        unread: bool = False,
    ) -> Response:
        filters = _filters(list_, topic, kind, section, author, year, site, unread=unread)
        return _json(views.results_view(library.search(q, k=k, mode=mode, filters=filters)))

    @app.post("/search", summary="Find passages")
    def post_search(body: SearchRequest) -> Response:
        asked = (body.list_, body.topic, body.kind, body.section, body.author, body.year, body.site)
        filters = _filters(*asked, unread=body.unread)
        return _json(views.results_view(library.search(body.q, k=body.k, mode=body.mode, filters=filters)))

    @app.post("/ask", summary="Answer a question, with citations; as events when text/event-stream is accepted")
    def post_ask(body: AskRequest, request: Request) -> Response:
        if "text/event-stream" not in request.headers.get("accept", ""):
            return _json(views.answer_view(library.ask(body.question, k=body.k, generator=body.generator)))
        steps = library.answering(body.question, k=body.k, generator=body.generator)
        first = next(steps)  # what cannot be asked is refused with a status, before the stream begins
        kept = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(events.stream(first, steps), media_type="text/event-stream", headers=kept)

    @app.get("/sources", summary="Every source with its verdict")
    def get_sources(status: Status | None = None) -> Response:
        return _json([views.verdict_view(row) for row in library.catalog.sources(status)])

    @app.get("/healthz", summary="Whether the service can answer")
    def get_health() -> dict[str, Any]:
        return {"status": "ok", "generation": library.generation.id, "version": __version__}


class _BodyLimit:
    """Refuses bodies over MAX_BODY, declared or not, before they are gathered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = MAX_BODY

        async def limited() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"The body of a request may have {MAX_BODY:,} bytes.")
            return message

        await self._app(scope, limited, send)


def serve(folder: Path, config: Config, host: str, port: int) -> None:
    """Serve a library until interrupted. Raises IndexMissing before anything is opened."""
    with open_library(folder, config) as library:
        library.warm_up()
        local = host in LOCAL_HOSTS
        app = create_app(library, [*LOCAL_HOSTS, host] if local else None)
        uvicorn.run(app, host=host, port=port, log_level="warning" if port == 0 else "info")


def _filters(*asked: Any, unread: bool) -> Filters:
    """Filters from lists, topics, kinds, sections, authors, years and sites, each one value, several or None."""
    names = ("lists", "topics", "kinds", "sections", "authors", "years", "sites")
    several = [() if value is None else tuple(value) if isinstance(value, list) else (value,) for value in asked]
    return Filters(**dict(zip(names, several, strict=True)), unread=unread)


def _json(view: object) -> Response:
    # FastAPI's own way through its encoder takes longer than the search.
    return Response(msgspec.json.encode(view), media_type="application/json")


def _problem(status: int, title: str, detail: str, **more: object) -> JSONResponse:
    """RFC 9457 problem details."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, media_type="application/problem+json")


async def _problem_of_error(_: Request, error: Exception) -> JSONResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return _problem(status, type(error).__name__, str(error), hint=getattr(error, "hint", ""))


async def _problem_of_request(_: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    named = "; ".join(f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}" for fault in faults)
    return _problem(422, "RequestError", f"The request cannot be understood: {named}.")


async def _problem_of_http(_: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(status, "HTTPError", str(getattr(error, "detail", error)))
