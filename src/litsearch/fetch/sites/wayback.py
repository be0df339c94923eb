"""The Wayback Machine: the latest copy of a page that is gone, under the copy's address. A fallback
for dead links.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import quote

from litsearch.errors import FetchError
from litsearch.patterns import expression
from litsearch.protocols import Get
from litsearch.types import RawDocument

_COPY = expression(r"https?://web\.archive\.org/web/(?P<time>\d{4,14})/(?P<page>.+)", re.DOTALL)


def accepts(url: str) -> bool:
    """Return whether this is a web address outside the archive."""
    return url.lower().startswith(("http://", "https://")) and not re.match(
        r"https?://(?:web\.)?archive\.org/", url
    )


def fetch(url: str, get: Get) -> RawDocument:
    """Return the copy as the site once sent it. Raises FetchError: dead when there is none, failed
    when it is not said.
    """
    try:
        reply = get(f"https://archive.org/wayback/available?url={quote(url, safe='')}")
    except FetchError as error:
        raise FetchError(
            "The Wayback Machine cannot be asked.", error.hint, transient=error.transient
        ) from error
    try:
        copy = _COPY.fullmatch(json.loads(reply.body)["archived_snapshots"]["closest"]["url"])
    except (ValueError, KeyError, TypeError, RecursionError):
        copy = None
    if copy is None:
        raise FetchError(
            "The Wayback Machine has no copy of the page.", "Remove the link.", status="dead"
        )
    # id_: without the archive's own frame
    raw = get(f"https://web.archive.org/web/{copy['time']}id_/{copy['page']}")
    return replace(raw, url=f"https://web.archive.org/web/{copy['time']}/{copy['page']}")
