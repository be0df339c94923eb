"""Follows redirects: by status, by a Refresh header, by a <meta> of the page; to no home page."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import httpx

from litsearch.errors import FetchError
from litsearch.fetch.addresses import shown
from litsearch.fetch.failures import STAND_IN
from litsearch.patterns import expression
from litsearch.types import RawDocument

STATUSES = frozenset({301, 302, 303, 307, 308})
MAX_WAIT = 15.0  # seconds; pages that reload themselves wait longer
HEAD = 8_192  # bytes of a page where its <meta> elements stand
MAX_PAGE = 20_000  # bytes: a page with more has something of its own to say
META = expression(
    rb"""<meta\s[^<>]{0,400}http-equiv\s{0,9}=\s{0,9}["']?refresh["']?[^<>]{0,2000}>""", re.I
)
CONTENT = expression(rb"""content\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})')""", re.I)
GOAL = expression(
    r"\s*(\d{1,9}(?:\.\d{0,9})?)\s*[;,]?\s*(?:url\s*=\s*)?[\"']?(.{1,2000}?)[\"']?\s*", re.I
)
COMMENT = expression(rb"<!--.*?-->|<noscript\b.*?</noscript>", re.I | re.S)
DEEP = 2  # parts of a path: a page so deep in a site is no home page by another name
LONG = 16  # characters of a single part that names a page
# other names of the home page itself
START_PAGE = expression(r"(?:home|index|start|main|default|welcome)(?:\.\w{2,5})?$", re.IGNORECASE)
_NUMBER = expression(r"[\d.]+")


_SENT_HOME = "The page is gone: its address leads to the home page of its site."
_LOOK_ELSEWHERE = "Look for its new address, or for a copy at web.archive.org, and change the list."


def follow(
    url: str,
    ask: Callable[[str], RawDocument | str],
    checked: Callable[[str], str],
    most: int,
) -> RawDocument:
    """Return the document at the end of the redirects of an address. Raises FetchError.

    ask: gives the document at an address, or the address that it redirects to. checked: refuses an
    address that may not be asked for. most: redirects that are followed.
    """
    here = url
    for _ in range(most + 1):
        answer = ask(here)
        goal = page_goal(answer) if isinstance(answer, RawDocument) else answer
        ahead = checked(joined(here, goal)) if goal is not None else here
        if isinstance(answer, RawDocument) and ahead in (here, url):
            return answer
        if leads_home(url, ahead):
            raise FetchError(_SENT_HOME, _LOOK_ELSEWHERE, status="dead")
        here = ahead
    raise FetchError(f"{shown(url)} leads from one address to the next without end.", STAND_IN)


def goal_of(url: str, response: httpx.Response) -> str | None:
    """Return where the head of a response redirects to, if it does."""
    location = response.headers.get("location")
    if response.status_code in STATUSES and location:
        return str(location)
    goal = header_goal(response.headers.get("refresh", ""))
    return goal if goal is not None and joined(url, goal) != url else None


def joined(base: str, location: str) -> str:
    """Return the address that a redirect leads to; servers write spaces and letters there that
    belong quoted. Raises FetchError.
    """
    try:
        return urljoin(base, quote(location.strip(), safe="!#$%&'()*+,/:;=?@[]~"))
    except ValueError:
        raise FetchError(f"{shown(base)} leads to an address that is none.", STAND_IN) from None


def header_goal(value: str) -> str | None:
    """Return the address that a Refresh header or a <meta> of the kind leads to at once."""
    match = GOAL.fullmatch(value)
    if not match or not match[2].strip() or float(match[1].strip(".") or 0) > MAX_WAIT:
        return None
    goal = match[2].strip()
    return None if _NUMBER.fullmatch(match[2]) else goal


def page_goal(raw: RawDocument) -> str | None:
    """Return the address that a page without a text of its own leads to by its <meta> refresh."""
    if len(raw.body) > MAX_PAGE or raw.media_type not in ("", "text/html", "application/xhtml+xml"):
        return None
    meta = META.search(COMMENT.sub(b"", raw.body[:HEAD]))
    content = CONTENT.search(meta[0]) if meta else None
    if content is None:
        return None
    value = content[1] or content[2] or b""
    return header_goal(unescape(value.decode("utf-8", "replace")))


def leads_home(address: str, final_address: str) -> bool:
    """Tell whether the address of a page was answered with the home page of its site."""
    try:
        listed, final = urlsplit(address), urlsplit(final_address)
    except ValueError:
        return False
    if _site(listed.hostname) != _site(final.hostname):
        return False
    is_home = not final.path.strip("/") and not final.query
    return is_home and _names_a_page(listed.path)


def _names_a_page(path: str) -> bool:
    """Tell whether a path leads into a site, rather than to its home page by another name."""
    parts = [part for part in path.split("/") if part]
    if not parts or START_PAGE.match(parts[-1]):
        return False
    return len(parts) >= DEEP or len(parts[0]) >= LONG


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")
