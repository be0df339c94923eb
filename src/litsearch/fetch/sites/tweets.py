"""Posts on X: their text, from the interface that X has for pages which embed them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html import escape
from urllib.parse import quote

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import RawDocument

HOSTS = ("twitter.com", "x.com")
_POST = re.compile(
    r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(?P<user>\w+|i/web)/status(?:es)?/(?P<id>\d+)(?:[/?#].*)?"
)


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
        said = json.loads(raw.body)
        author, post = escape(str(said["author_name"])), str(said["html"])
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "Put its text into config/files/, named by the source's id or title, or remove the link."
        raise FetchError("X shows the post to people only.", hint, status="blocked") from None
    page = f'<html><head><meta name="author" content="{author}"></head><body><article>{post}</article></body></html>'
    body = page.encode("utf-8", "replace")
    url = f"https://x.com/{match['user']}/status/{match['id']}"
    return replace(
        raw,
        url=url,
        media_type="text/html",
        charset="utf-8",
        body=body,
        sha256=hashlib.sha256(body).hexdigest(),
    )
