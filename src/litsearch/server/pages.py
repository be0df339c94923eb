"""Send the web page: the files of server/web/, read once, from this process and from
nowhere else.
"""

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

from litsearch.patterns import expression
from litsearch.server.middleware import POLICY

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
# What must be there before anything is painted. Modules are not of it.
_NEEDED = expression(
    r'<link rel="(?P<style>style)sheet" href="web/([^"]+)">|<script src="web/([^"]+)"></script>'
)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent: its bytes, the same packed, and its headers."""

    body: bytes
    packed: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, name: str, text: str, policy: str = POLICY) -> _File:
        """Return a file with its tag, compressed once."""
        body = text.encode()
        tag = hashlib.sha256(body).hexdigest()[:16]
        headers = {
            "ETag": f'W/"{tag}"',
            "Cache-Control": "no-cache",
            "Content-Type": MEDIA_TYPES[name[name.rindex(".") :]],
            "Content-Security-Policy": policy,
        }
        return cls(body, gzip.compress(body, mtime=0), headers)

    def reply(self, request: Request) -> Response:
        """Return the file, or that it is the one which the client has."""
        if self.headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=self.headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            gzip_headers = self.headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            return Response(self.packed, headers=gzip_headers)
        return Response(self.body, headers=self.headers)


def router() -> APIRouter:
    """Return the page at /, the interface described at /docs, and their files below /web/."""
    routes = APIRouter(include_in_schema=False)
    texts = _texts()
    files = {name: _File.of(name, text) for name, text in texts.items()}
    index, docs = _complete("index.html", texts), _complete("docs.html", texts)

    @routes.get("/")
    async def get_page(request: Request) -> Response:
        """Return the page."""
        return index.reply(request)

    @routes.get("/docs")
    async def get_docs(request: Request) -> Response:
        """Return the description of the interface."""
        return docs.reply(request)

    @routes.get("/web/{name}")
    async def get_file(request: Request, name: str) -> Response:
        """Return a file of the page."""
        if name not in files:
            raise HTTPException(404, "The page has no such file.")
        return files[name].reply(request)

    return routes


def _texts() -> dict[str, str]:
    """Return the files of the page, by name."""
    texts = {}
    for file in (resources.files("litsearch.server") / "web").iterdir():
        if file.name.endswith(tuple(MEDIA_TYPES)):
            texts[file.name] = file.read_text("utf-8")
    return texts


def _complete(name: str, texts: dict[str, str]) -> _File:
    """Return a page with its style and first script in it, by their hashes in its policy.

    So there is one request to the first paint.
    """
    policy = POLICY

    def put_in(match: re.Match[str]) -> str:
        """Return the text in place of the link to it, and allow it by its digest."""
        nonlocal policy
        tag = match["style"] or "script"
        text = "\n" + texts[match[2] or match[3]]
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        policy = policy.replace(f"{tag}-src 'self'", f"{tag}-src 'self' 'sha256-{digest}'")
        return f"<{tag}>{text}</{tag}>"

    text = _NEEDED.sub(put_in, texts[name])
    return _File.of(name, text, policy)
