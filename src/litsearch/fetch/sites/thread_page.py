"""A discussion as one page: its title, and its posts in reading order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from litsearch.types import RawDocument

MAX_POSTS = 1000


def thread_page(
    raw: RawDocument, url: str, title: str, author: str, posts: Iterable[tuple[str, str]]
) -> RawDocument:
    """Return the document of a discussion, made from what an interface said. posts: (author, HTML);
    the first is its opening.

    raw: what came from the interface; it gives the times.
    """
    parts = [
        f'<html><head><title>{escape(title)}</title><meta name="author" content="{escape(author)}"></head>'
    ]
    parts.append(f"<body><article><h1>{escape(title)}</h1>")
    for n, (name, text) in enumerate(posts):
        if n == MAX_POSTS:
            break
        parts.append(f"<section><p><b>{escape(name)}</b></p><div>{text}</div></section>")
    body = "".join([*parts, "</article></body></html>"]).encode("utf-8", "replace")
    digest = hashlib.sha256(body).hexdigest()
    return replace(raw, url=url, media_type="text/html", charset="utf-8", body=body, sha256=digest)
