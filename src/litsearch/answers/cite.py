"""Links that open a source at the cited words: a text fragment for pages, a page number for PDF, a time for videos."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urldefrag

from litsearch.types import CatalogSource

TRANSCRIPT = "application/x-transcript+json"
EDGE_WORDS = 6  # words at each end of a long quote; whole quotes make links that break at the first odd space


def deep_link(source: CatalogSource, text: str, page: int | None = None, heading: Sequence[str] = ()) -> str:
    """The address of a source, pointing at a text of it where the medium allows; "" for a source without one.

    heading: the path of headings above the text, whose last one is the time when the source is spoken.
    Text fragments as in the WICG draft "URL Fragment Text Directives".
    """
    address = source.document_url or source.source.url or ""
    if source.media_type == "application/pdf":
        return f"{urldefrag(address).url}#page={page}" if page else address
    address = urldefrag(source.source.url or address).url
    if source.media_type == TRANSCRIPT and address.startswith(("http://", "https://")):
        seconds = _seconds(heading[-1] if heading else "")
        return f"{address}{'&' if '?' in address else '?'}t={seconds}s" if seconds else address
    if not source.document_url or not address.startswith(("http://", "https://")):
        return address
    return f"{address}#:~:text={_directive(text)}"


def _seconds(clock: str) -> int:
    """The seconds of a time as transcripts have it, "1:02:03" or "2:03"; 0 for other text."""
    match = re.fullmatch(r"(?:(\d{1,4}):)?(\d{1,2}):(\d\d)", clock)
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0


def _directive(text: str) -> str:
    """textStart, or textStart,textEnd; each end lies within one block of the page."""
    blocks = [block.split() for block in text.splitlines() if block.strip()]
    if not blocks:
        return ""
    first, last = blocks[0], blocks[-1]
    if len(blocks) == 1 and len(first) <= 2 * EDGE_WORDS:
        return _escaped(first)
    return f"{_escaped(first[:EDGE_WORDS])},{_escaped(last[-EDGE_WORDS:])}"


def _escaped(words: list[str]) -> str:
    """Percent-encoded; a dash, a comma or an ampersand would be read as syntax."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
