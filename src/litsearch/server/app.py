"""Put the HTTP service together: routes by resource, what stands before them, one library or more.

What is asked without the path of a library is asked of the first one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import RedirectResponse, Response
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from litsearch import __version__
from litsearch.app.library import Library
from litsearch.config import ServeConfig
from litsearch.patterns import expression
from litsearch.server import ops, overview, pages, problems, saved, search, sources, texts, writes
from litsearch.server.auth import Token
from litsearch.server.jobs import Jobs
from litsearch.server.middleware import Gate, Rules
from litsearch.server.openai import chat, models
from litsearch.server.openai import responses as openai_responses
from litsearch.server.openapi import ABOUT, described, openapi_of
from litsearch.server.ops import Metrics
from litsearch.server.problems import responses
from litsearch.server.state import State, json_reply
from litsearch.views import replies


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
        root_path=state.settings.root_path + (below(name) if names else ""),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(problems.check_characters)],
    )
    problems.add_handlers(app)
    _add_routes(app, state, metrics, jobs)
    app.include_router(libraries_router(names, name))
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
        texts.figures_router(state),
        overview.router(state),
        saved.notes_router(state),
        saved.vault_router(state),
        saved.conversations_router(state),
        saved.answers_router(state),
        overview.changes_router(state),
        writes.router(state, jobs),
        ops.router(state, metrics, jobs),
        models.router(state),
        chat.router(state),
        openai_responses.router(state),
        models.embeddings_router(state),
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


BELOW = "/l/"
_NO_NAME = expression(r"[^\w]+")


def names_of(folders: Sequence[Path]) -> list[str]:
    """Return a name for each library, after its folder: "my-reading", "my-reading-2"."""
    names: list[str] = []
    for folder in folders:
        stem = _NO_NAME.sub("-", folder.resolve().name.lower()).strip("-") or "library"
        name, n = stem, 1
        while name in names:
            n += 1
            name = f"{stem}-{n}"
        names.append(name)
    return names


def below(name: str) -> str:
    """Return the path of a library within the service."""
    return f"{BELOW}{name}"


def libraries_router(names: Sequence[str], current: str) -> APIRouter:
    """Return the route that names the libraries of this service."""
    routes = APIRouter(tags=["service"])
    rows: list[replies.LibraryPlace] = [
        {"name": name, "path": f"{below(name)}/", "current": name == current} for name in names
    ]

    @routes.get(
        "/libraries",
        summary="The libraries that this service offers",
        responses=described(replies.Libraries) | responses(),
    )
    async def get_libraries() -> Response:
        """Return their names and paths; a service of one library has none to choose from."""
        return json_reply({"libraries": rows})

    return routes


class Libraries:
    """Passes a request on to the library that its path names (ASGI)."""

    def __init__(self, apps: Mapping[str, FastAPI]) -> None:
        self._apps = apps
        self._first = next(iter(apps))
        self._alive = Starlette(lifespan=self._lifespan)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or take part in the life of the server (ASGI)."""
        if scope["type"] == "lifespan":
            await self._alive(scope, receive, send)
            return
        path: str = scope["path"]
        name, rest = _split(path)
        if path in ("/", BELOW) or (name in self._apps and not rest):
            await RedirectResponse(self._place(path, name))(scope, receive, send)
        elif name in self._apps:
            place = {"path": rest, "raw_path": rest.encode()}
            await self._apps[name]({**scope, **place}, receive, send)
        else:  # a name that there is not is told by the first one, behind its checks
            await self._apps[self._first](scope, receive, send)

    def _place(self, path: str, name: str) -> str:
        """Return the page of a library, seen from a path above it."""
        return {"/": f".{BELOW}{self._first}/", BELOW: f"{self._first}/"}.get(path, f"{name}/")

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as lives:
            for app in self._apps.values():
                await lives.enter_async_context(app.router.lifespan_context(app))
            yield


def _split(path: str) -> tuple[str, str]:
    """Return the library that a path names, "" for none, and the path within it."""
    if not path.startswith(BELOW):
        return "", path
    name, slash, rest = path.removeprefix(BELOW).partition("/")
    return name, slash + rest
