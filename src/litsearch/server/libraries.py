"""Offer several libraries as one service: each below /l/NAME/, with its own settings and tokens.

What is asked without such a path is asked of the first one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse, Response
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from litsearch.patterns import expression
from litsearch.server.openapi import described
from litsearch.server.problems import responses
from litsearch.server.state import json_reply
from litsearch.views import replies

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


def router(names: Sequence[str], current: str) -> APIRouter:
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
