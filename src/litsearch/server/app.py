"""Put the HTTP service together: routes by resource, what stands before them, and the server that
runs it all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext

from fastapi import Depends, FastAPI
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware

from litsearch import __version__
from litsearch.app.library import Library
from litsearch.config import ServeConfig
from litsearch.server import (
    answers,
    changes,
    conversations,
    figures,
    libraries,
    notes,
    ops,
    overview,
    pages,
    problems,
    search,
    sources,
    texts,
    vault,
    writes,
)
from litsearch.server.auth import Token
from litsearch.server.jobs import Jobs
from litsearch.server.middleware import Gate, Rules
from litsearch.server.openai import chat, embeddings, models
from litsearch.server.openai import responses as openai_responses
from litsearch.server.openapi import ABOUT, openapi_of
from litsearch.server.ops import Metrics
from litsearch.server.state import State


def create_app(
    library: Library,
    hosts: Sequence[str] | None = None,
    *,
    state: State | None = None,
    tokens: Sequence[Token] = (),
    name: str = "",
    names: Sequence[str] = (),
) -> FastAPI:
    """Return the service over an open library.

    hosts: the names by which it may be called; None: any. name, names: of this library, and of all
    that one can go to from here.
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
        root_path=state.settings.root_path + (libraries.below(name) if names else ""),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(problems.check_characters)],
    )
    problems.add_handlers(app)
    _add_routes(app, state, metrics, jobs)
    app.include_router(libraries.router(names, name))
    if tools:
        app.router.routes.extend(tools.routes)
    rules = Rules(hosts, tokens, state.settings.rate, named_origins(state.settings))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(Gate, rules=rules, metrics=metrics)
    app.openapi = lambda: openapi_of(app, secured=bool(tokens))  # type: ignore[method-assign]
    return app


def named_origins(settings: ServeConfig) -> list[str]:
    """Return the origins of other sites whose pages may call, as a list or words of one line."""
    origins = settings.origins
    words = origins.replace(",", " ").split() if isinstance(origins, str) else origins
    return [origin.rstrip("/") for origin in words]


def _add_routes(app: FastAPI, state: State, metrics: Metrics, jobs: Jobs) -> None:
    for routes in (
        search.router(state),
        sources.router(state),
        texts.router(state),
        figures.router(state),
        overview.router(state),
        notes.router(state),
        vault.router(state),
        conversations.router(state),
        answers.router(state),
        changes.router(state),
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
