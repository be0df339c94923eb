"""Hacker News: a discussion as one page, from the public search API, in reading order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from litsearch.errors import FetchError
from litsearch.fetch.sites import thread_page
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("news.ycombinator.com",)
_ITEM = expression(r"https?://news\.ycombinator\.com/item\?(?:[^#]*&)?id=(?P<id>\d+)(?:[&#].*)?")


def accepts(url: str) -> bool:
    """Return whether this is a story or comment."""
    return _ITEM.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the item and the comments below it as HTML; the site's own page when the API fails.
    Raises FetchError.
    """
    match = _ITEM.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no Hacker News item.")
    page = f"https://news.ycombinator.com/item?id={match['id']}"
    try:
        raw = get(f"https://hn.algolia.com/api/v1/items/{match['id']}")
        item = json.loads(raw.body)
        title = str(item.get("title") or "Comment on Hacker News")
        author = str(item.get("author") or "")
        return thread_page(raw, page, title, author, _posts(item))
    except (FetchError, ValueError, AttributeError, TypeError, RecursionError):
        return get(page)


def _posts(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the posts: the API gives the texts as HTML, and the answers to each as a list."""
    waiting = [item]
    while waiting:
        post = waiting.pop()
        answers = [child for child in post.get("children") or () if isinstance(child, dict)]
        waiting += reversed(answers)
        if post.get("text"):
            yield str(post.get("author") or ""), f"<p>{post['text']}</p>"
