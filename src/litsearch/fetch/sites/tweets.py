"""Posts on X: their text, from the interface that X has for pages which embed them."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import quote

from litsearch.errors import FetchError
from litsearch.fetch.sites import document_of
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("twitter.com", "x.com")
_POST = expression(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<user>\w+|i/web)/status(?:es)?/"
    r"(?P<id>\d+)(?:[/?#].*)?"
)


_HINT = "Put its text into config/files/, named by the source's id or title, or remove the link."


def accepts(url: str) -> bool:
    """Return whether this is a single post."""
    return _POST.fullmatch(url) is not None


def fetch(url: str, get: Get) -> RawDocument:
    """Return the post as HTML (of a thread, this post only). Raises FetchError."""
    match = _POST.fullmatch(url)
    if match is None:
        raise FetchError(f"{url} is no post.")
    address = f"https://twitter.com/{match['user']}/status/{match['id']}"
    raw = get(
        f"https://publish.twitter.com/oembed?url={quote(address, safe='')}&omit_script=1&dnt=1"
    )
    try:
        post = json.loads(raw.body)
        author, text = escape(str(post["author_name"])), str(post["html"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FetchError("X shows the post to people only.", _HINT, status="blocked") from None
    page = (
        f'<html><head><meta name="author" content="{author}"></head>'
        f"<body><article>{text}</article></body></html>"
    )
    url = f"https://x.com/{match['user']}/status/{match['id']}"
    return document_of(raw, url, "text/html", page)
