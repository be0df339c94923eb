"""The web page: the files of doors/web/, read once, from this process and no other place."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from importlib import resources

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from litsearch.doors.http.gate import POLICY

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# What must be there before anything is painted. Modules are not of it.
_NEEDED = re.compile(r'<link rel="(?P<style>style)sheet" href="web/([^"]+)">|<script src="web/([^"]+)"></script>')


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
            return Response(self.packed, headers=self.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
        return Response(self.body, headers=self.headers)


def router() -> APIRouter:
    """The page at /, the description of the interface at /docs, and their files below /web/."""
    routes = APIRouter(include_in_schema=False)
    folder = resources.files("litsearch.doors") / "web"
    texts = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(tuple(_TYPES))}
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
    """A page with its style and first script in it, by their hashes in its policy: one request to the first paint."""
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
