"""Links that open a source at the cited words: a text fragment for pages, a page number for PDF."""

from __future__ import annotations

from urllib.parse import quote, urldefrag

from litsearch.types import CatalogSource

EDGE_WORDS = 6  # words at each end of a long quote; whole quotes make links that break at the first odd space


def deep_link(source: CatalogSource, text: str, page: int | None = None) -> str:
    """The address of a source, pointing at a text of it where the medium allows; "" for a source without one.

    Text fragments as in the WICG draft "URL Fragment Text Directives".
    """
    address = source.document_url or source.source.url or ""
    if source.media_type == "application/pdf":
        return f"{urldefrag(address).url}#page={page}" if page else address
    address = urldefrag(source.source.url or address).url
    if not source.document_url or not address.startswith(("http://", "https://")):
        return address
    return f"{address}#:~:text={_directive(text)}"


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
