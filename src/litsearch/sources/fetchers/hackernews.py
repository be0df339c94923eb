"""Hacker News: a discussion as one page, from the public search API, in reading order."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import RawDocument

MAX_COMMENTS = 1000
_ITEM = re.compile(r"https?://news\.ycombinator\.com/item\?(?:[^#]*&)?id=(?P<id>\d+)(?:[&#].*)?")


def accepts(url: str) -> bool:
    """True for a story or comment."""
    return _ITEM.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """The item and the comments below it as HTML; the site's own page when the API fails. Raises FetchError."""
    match = _ITEM.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no Hacker News item.")
    page = f"https://news.ycombinator.com/item?id={match['id']}"
    try:
        raw = get(f"https://hn.algolia.com/api/v1/items/{match['id']}")
        item = json.loads(raw.body)
        body = "".join(_html(item)).encode("utf-8", "replace")
    except (FetchError, ValueError, AttributeError, TypeError, RecursionError):
        return get(page)
    return replace(
        raw, url=page, media_type="text/html", charset="utf-8", body=body, sha256=hashlib.sha256(body).hexdigest()
    )


def _html(item: dict[str, Any]) -> Iterator[str]:
    """The page: the API gives the texts as HTML, and the answers to each as a list."""
    title = escape(str(item.get("title") or "Comment on Hacker News"))
    author = escape(str(item.get("author") or ""))
    yield f'<html><head><title>{title}</title><meta name="author" content="{author}"></head>'
    yield f"<body><article><h1>{title}</h1>"
    waiting, count = [item], 0
    while waiting and count < MAX_COMMENTS:
        one = waiting.pop()
        waiting.extend(reversed([child for child in one.get("children") or () if isinstance(child, dict)]))
        if one.get("text"):
            count += 1
            yield f"<section><p><b>{escape(str(one.get('author') or ''))}</b></p><p>{one['text']}</p></section>"
    yield "</article></body></html>"
