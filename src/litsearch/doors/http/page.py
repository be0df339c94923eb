"""The web page: the files of doors/web/, read once, from this process and no other place."""

from __future__ import annotations

import hashlib
from importlib import resources

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def router() -> APIRouter:
    """The page at /, the description of the interface at /docs, and their files below /web/."""
    routes = APIRouter(include_in_schema=False)
    folder = resources.files("litsearch.doors") / "web"
    files = {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(tuple(_TYPES))}
    tags = {name: f'"{hashlib.sha256(body).hexdigest()[:16]}"' for name, body in files.items()}

    def file(request: Request, name: str) -> Response:
        if name not in files:
            raise HTTPException(404, "The page has no such file.")
        kept = {"ETag": tags[name], "Cache-Control": "no-cache"}
        if tags[name] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=kept)
        return Response(files[name], media_type=_TYPES[name[name.rindex(".") :]], headers=kept)

    @routes.get("/")
    async def get_page(request: Request) -> Response:
        return file(request, "index.html")

    @routes.get("/docs")
    async def get_docs(request: Request) -> Response:
        return file(request, "docs.html")

    @routes.get("/web/{name}")
    async def get_file(request: Request, name: str) -> Response:
        return file(request, name)

    return routes
