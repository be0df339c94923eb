"""Redirects that are no status: a Refresh header, a <meta> of a page, and a dead link sent home."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from litsearch.types import RawDocument

MAX_WAIT = 15.0  # seconds; pages that reload themselves wait longer
HEAD = 8_192  # bytes of a page where its <meta> elements stand
MAX_PAGE = 20_000  # bytes: a page with more has something of its own to say
META = re.compile(
    rb"""<meta\s[^<>]{0,400}http-equiv\s{0,9}=\s{0,9}["']?refresh["']?[^<>]{0,2000}>""", re.I
)
CONTENT = re.compile(rb"""content\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})')""", re.I)
GOAL = re.compile(
    r"\s*(\d{1,9}(?:\.\d{0,9})?)\s*[;,]?\s*(?:url\s*=\s*)?[\"']?(.{1,2000}?)[\"']?\s*", re.I
)
COMMENT = re.compile(rb"<!--.*?-->|<noscript\b.*?</noscript>", re.I | re.S)
DEEP = 2  # parts of a path: a page so deep in a site is no home page by another name
LONG = 16  # characters of a single part that names a page


def header_goal(value: str) -> str | None:
    """Return the address that a Refresh header or a <meta> of the kind leads to at once."""
    match = GOAL.fullmatch(value)
    if not match or not match[2].strip() or float(match[1].strip(".") or 0) > MAX_WAIT:
        return None
    return None if re.fullmatch(r"[\d.]+", match[2]) else match[2].strip()


def page_goal(raw: RawDocument) -> str | None:
    """Return the address that a page without a text of its own leads to by its <meta> refresh."""
    if len(raw.body) > MAX_PAGE or raw.media_type not in ("", "text/html", "application/xhtml+xml"):
        return None
    found = META.search(COMMENT.sub(b"", raw.body[:HEAD]))
    content = CONTENT.search(found[0]) if found else None
    if content is None:
        return None
    return header_goal(unescape((content[1] or content[2] or b"").decode("utf-8", "replace")))


# These are other names of the home page itself.
START_PAGE = re.compile(r"(?:home|index|start|main|default|welcome)(?:\.\w{2,5})?$", re.IGNORECASE)


def leads_home(asked: str, answered: str) -> bool:
    """Return True when the address of a page was answered with the home page of its site."""
    try:
        wanted, got = urlsplit(asked), urlsplit(answered)
    except ValueError:
        return False
    if _site(wanted.hostname) != _site(got.hostname) or got.query:
        return False
    parts = [part for part in wanted.path.split("/") if part]
    deep = len(parts) >= DEEP or any(len(part) >= LONG for part in parts)
    is_start = bool(parts) and START_PAGE.match(parts[-1]) is not None
    return deep and not is_start and got.path.strip("/") == ""


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")
