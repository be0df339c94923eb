"""Addresses that lead to the very words of a source: text fragments, pages, moments of a video."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from litsearch.patterns import expression
from litsearch.types import CatalogSource, Passage

# words at each end of a long quote; whole quotes make links that break at the first odd space
EDGE_WORDS = 6
BESIDE = 3  # words before and after, where the quote's own stand elsewhere too
# what Markdown and LaTeX write and a page does not show
_MARKUP = expression(r"[*`_$\\|<>\[\]#^~]")
_CLOCK = expression(r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)")


def deep_link(
    source: CatalogSource,
    text: str,
    passage: Passage | None = None,
    beside: tuple[str, str] = ("", ""),
) -> str:
    """Return the address of a source, pointing at a text of it where the medium allows, or "".

    beside: the words before and after, when the text alone would point somewhere else (see
    `surroundings`). Text fragments as in the WICG draft "URL Fragment Text Directives".
    """
    address = source.document_url or source.url or ""
    if source.media_type == "application/pdf":
        return _at_page(address, passage)
    address = urldefrag(source.url or address).url
    if not source.document_url or not address.startswith(("http://", "https://")):
        return address
    if source.kind == "video":
        return _at_time(address, passage)
    directive = _directive(text, beside)
    return f"{address}#:~:text={directive}" if directive else address


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the words before and after a stretch of a text, when its first words are not unique.

    Each within its block. A browser looks for letters, whatever their case: so does this.
    """
    opening = " ".join(text[start:end].split()[:EDGE_WORDS])
    if len(re.findall(r"\s+".join(map(re.escape, opening.split())), text, re.IGNORECASE)) < 2:
        return "", ""
    before, after = text[:start].rsplit("\n", 1)[-1].split(), text[end:].split("\n", 1)[0].split()
    return " ".join(before[-BESIDE:]), " ".join(after[:BESIDE])


def _at_page(address: str, passage: Passage | None) -> str:
    if passage is None or not passage.page:
        return address
    return f"{urldefrag(address).url}#page={passage.page}"


def _at_time(address: str, passage: Passage | None) -> str:
    """Return a video from the second that its transcript gives as the heading."""
    clock = _CLOCK.fullmatch(passage.heading[-1]) if passage and passage.heading else None
    if clock is None:
        return address
    hours, minutes, seconds = (int(part or 0) for part in clock.groups())
    parts = urlsplit(address)
    pairs = [pair for pair in parts.query.split("&") if pair and not pair.startswith("t=")]
    return urlunsplit(
        parts._replace(query="&".join([*pairs, f"t={hours * 3600 + minutes * 60 + seconds}s"]))
    )


def _directive(text: str, beside: tuple[str, str]) -> str:
    """Return [prefix-,]textStart[,textEnd][,-suffix], each within one block and without markup."""
    runs: list[list[str]] = []
    for line in text.splitlines():
        runs += _plain_runs(line.split())
    if not runs:
        return ""
    if len(runs) > 1:  # the words beside stand beside other words
        return _ends(list(filter(_is_long, runs)) or runs)

    parts = [_ends(runs)]
    before, after = map(_beside, beside)
    if before:
        parts.insert(0, f"{before}-")
    if after:
        parts.append(f"-{after}")
    return ",".join(parts)


def _is_long(run: list[str]) -> bool:
    return len(run) >= EDGE_WORDS // 2


def _ends(runs: list[list[str]]) -> str:
    """Return a short run whole, else the first words and the last."""
    first, last = runs[0], runs[-1]
    if len(runs) == 1 and len(first) <= 2 * EDGE_WORDS:
        return _escaped(first)
    return f"{_escaped(first[:EDGE_WORDS])},{_escaped(last[-EDGE_WORDS:])}"


def _beside(words: str) -> str:
    """Return the words beside a quote, escaped; "" when they hold markup."""
    if _MARKUP.search(words):
        return ""
    return _escaped(words.split())


def _plain_runs(words: list[str]) -> list[list[str]]:
    """Return neighbouring words without markup."""
    runs: list[list[str]] = [[]]
    for word in words:
        if _MARKUP.search(word):
            runs.append([])
        else:
            runs[-1].append(word)
    return list(filter(None, runs))


def _escaped(words: list[str]) -> str:
    """Return words percent-encoded; a dash, a comma or an ampersand would be read as syntax."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
