"""Where sentences begin and end, in running text. Offsets only; the text is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litsearch.types import Offsets

# A stop, perhaps closing quotes, brackets or a reference mark, then white space, then what may open a sentence.
_BOUNDARY = re.compile(
    r"""(?:[.!?…]|(?<=[.!?])["'”’)\]]{1,3}|[。！？])(?:\s+(?=["'“‘(\[¿¡$\\*_`•–-]{0,3}[A-ZÀ-ÞΑ-ΩА-Я0-9$\\])|(?=[一-龥ぁ-ヿ]))"""
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|al|resp|approx|ca|no|nos|vol|pp|p|ch|sec|sect|fig|figs|eq|eqs|eqn|tab|thm|def|app|ref|refs"
    r"|dr|mr|mrs|ms|prof|st|jr|sr|inc|ltd|co|corp|dept|univ|est|ed|eds|rev|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|w\.r\.t|a\.k\.a|viz|incl|max|min)|\b[A-Z](?:\.[A-Z])*|(?:^|\n)\s*\(?(?:\d{1,3}|[ivx]{1,4}))\.$",
    re.IGNORECASE,
)


def sentences(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The sentences of text[start:end], without the white space around them."""
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        stop = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if _abbreviates(text[max(begin, stop - 12) : stop]):
            continue
        yield from _trimmed(text, begin, stop)
        begin = match.end()
    yield from _trimmed(text, begin, end)


def lines(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The lines of text[start:end] that are not blank: the units of code and tables."""
    begin = start
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        if text[begin:stop].strip():
            yield Offsets(begin, stop)
        begin = stop + 1


def _abbreviates(tail: str) -> bool:
    """True when the stop at the end of tail belongs to an abbreviation, an initial or a list number."""
    return tail.endswith(".") and bool(_ABBREVIATION.search(tail))


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Offsets(start, end)
