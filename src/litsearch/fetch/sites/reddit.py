"""Reddit: a thread as one page, from the JSON that Reddit has of every thread, as far as it lets
programs read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from litsearch.errors import FetchError
from litsearch.fetch.sites import thread_page
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("reddit.com", "redd.it")
_THREAD = expression(
    r"https?://(?:(?:www|old|new|np|i|m|amp|sh)\.)?reddit\.com/(?:(?:r|user)/[\w-]+/)?"
    r"comments/(?P<id>\w+)(?:/(?:[^/?#.]*)(?:/(?P<comment>\w+))?)?/?(?:\.json)?/?(?:[?#].*)?"
    r"|https?://(?:www\.)?redd\.it/(?P<short>\w+)/?(?:[?#].*)?"
)
_HINT = (
    "Save the page or its text in a browser, and put it into config/files/,"
    " named by the source's id or title."
)


def accepts(url: str) -> bool:
    """Return whether this is a thread, or a comment in one."""
    return _THREAD.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the opening post and the comments as HTML. Raises FetchError: blocked where Reddit
    wants no programs.
    """
    match = _THREAD.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no thread of Reddit.")
    thread = match["id"] or match["short"]
    path = f"comments/{thread}" + (f"/_/{match['comment']}" if match["comment"] else "")
    try:
        raw = get(f"https://www.reddit.com/{path}.json?raw_json=1&limit=500")
    except FetchError as error:
        if error.status == "blocked":
            raise FetchError(
                f"Reddit lets no programs read the thread. {error}", _HINT, status="blocked"
            ) from None
        raise
    try:
        opening, below = json.loads(raw.body)
        post = opening["data"]["children"][0]["data"]
        title, author = str(post.get("title") or ""), str(post.get("author") or "")
        return thread_page(
            raw, f"https://www.reddit.com/{path}", title, author, _posts(post, below["data"])
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise FetchError(
            "Reddit answers programs with something else than the thread.", _HINT, status="blocked"
        ) from None


def _posts(post: dict[str, Any], below: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the opening post, then the comments, each before its answers."""
    if post.get("selftext_html"):
        yield str(post.get("author") or ""), str(post["selftext_html"])
    waiting = _children(below)
    while waiting:
        comment = waiting.pop()
        waiting += _children(_mapping(comment.get("replies")).get("data"))
        if comment.get("body_html"):
            yield str(comment.get("author") or ""), str(comment["body_html"])


def _children(listing: object) -> list[dict[str, Any]]:
    """Return the comments of a listing, last first; "more" of them are numbers only."""
    children = _mapping(listing).get("children") or ()
    comments = [_mapping(_mapping(child).get("data")) for child in children]
    return comments[::-1]


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
