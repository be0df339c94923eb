"""What sites make their documents with: the first edition there is, a text, a discussion."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from itertools import islice

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import RawDocument

MAX_POSTS = 1000


def first_of(get: Get, urls: Iterable[str]) -> RawDocument:
    """Return the first document that exists, of editions of a paper, or names of a README.

    An address that is out of reach may be one that was never asked for, so the others, which may be
    in the cache, are tried. Raises FetchError: the first failure that another build may mend.
    """
    missing: FetchError | None = None
    for url in urls:
        try:
            return get(url)
        except FetchError as error:
            if error.status != "dead" and not error.unreachable:
                raise
            if missing is None or (error.unreachable and not missing.unreachable):
                missing = error
    raise missing or FetchError("There was no address to ask.")


def document_of(raw: RawDocument, url: str, media_type: str, text: str) -> RawDocument:
    """Return the document of a text that was made from what an interface said.

    raw: what came from the interface; it gives the times.
    """
    body = text.encode("utf-8", "replace")
    digest = hashlib.sha256(body).hexdigest()
    return replace(raw, url=url, media_type=media_type, charset="utf-8", body=body, sha256=digest)


def thread_page(
    raw: RawDocument, url: str, title: str, author: str, posts: Iterable[tuple[str, str]]
) -> RawDocument:
    """Return the document of a discussion; posts: (author, HTML), the first is its opening."""
    parts = [
        f"<html><head><title>{escape(title)}</title>",
        f'<meta name="author" content="{escape(author)}"></head>',
        f"<body><article><h1>{escape(title)}</h1>",
    ]
    for name, text in islice(posts, MAX_POSTS):
        parts.append(f"<section><p><b>{escape(name)}</b></p><div>{text}</div></section>")
    parts.append("</article></body></html>")
    return document_of(raw, url, "text/html", "".join(parts))
