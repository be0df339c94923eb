"""Tell where sentences begin and end, in running text of any language; no text changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from litsearch.patterns import expression
from litsearch.text import is_filler, is_stopword
from litsearch.types import Offsets

# A stop, perhaps closing quotes or brackets, then white space, then what may open a sentence; or a
# blank line.
_OPENING = r"""["'“‘«(\[¿¡$\\*_`•–-]{0,3}[A-ZÀ-ÞΑ-ΩА-Я0-9$\\א-ת\u0620-\u064a\u0904-\u0939]"""
_BOUNDARY = expression(
    rf"""(?:[.!?…؟۔।]|(?<=[.!?])["'”’»)\]]{{1,3}})(?:\s+(?={_OPENING})|(?=[一-龥ぁ-ヿ]))"""
    # from where white space begins: tried from each place in it, a long one takes its square
    r"""|[。！？][”’」』）]{0,2}\s*|(?<!\s)\s*\n[ \t]*\n\s*"""
)
_TAIL = 24  # characters before a stop that tell what it ends
_NEVER_LAST = expression(
    r"(?:\b(?:e\.g|i\.e|cf|vs|resp|approx|ca|nos|vol|pp|p|ch|sec|sect|figs?|eqs?|eqn|tab|thm|def"
    r"|app|refs?|dr|mr|mrs|ms|prof|st|w\.r\.t|viz|incl)|(?:^|\n)\s*\(?(?:\d{1,3}|[ivx]{1,4}))\.$",
    re.IGNORECASE,
)
_SELDOM_LAST = expression(
    r"\b(?:etc|al|no|jr|sr|inc|ltd|co|corp|dept|univ|est|eds?|rev|a\.k\.a|max|min"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[a-z](?:\.[a-z])*)\.$",
    re.IGNORECASE,
)
_LONE_LETTER = expression(r"\b([^\W\d_]+)\s+[A-Z]\.$")
_OPENER = expression(r"[\"'“‘(\[]?(?:([A-Z][a-z]+)\b(?!\.)|[AI]\s+[a-z])")


def sentences(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Yield the sentences of text[start:end], without the white space around them."""
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        stop = match.start() + len(match.group().rstrip())
        blank_line = match.group().count("\n") > 1
        if blank_line or _ends_sentence(
            text[max(begin, stop - _TAIL) : stop], text[match.end() : end][:_TAIL]
        ):
            yield from _trimmed(text, begin, stop)
            begin = match.end()
    yield from _trimmed(text, begin, end)


def lines(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Yield the lines of text[start:end] that are not blank: the units of code and tables."""
    begin = start
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        if text[begin:stop].strip():
            yield Offsets(begin, stop)
        begin = stop + 1


def _ends_sentence(before: str, after: str) -> bool:
    """Return False when the stop between the two belongs to an abbreviation, an initial or the
    number of a list.
    """
    if not before.endswith("."):
        return True
    if _NEVER_LAST.search(before):
        return False
    return not _SELDOM_LAST.search(before) or _opens_sentence(after) or _is_label(before)


def _opens_sentence(after: str) -> bool:
    """Return True for text that begins with a word that opens sentences and is no name: The,
    However, It.
    """
    match = _OPENER.match(after)
    return match is not None and (match[1] is None or is_filler(match[1]))


def _is_label(before: str) -> bool:
    """Return True when a lone letter labels the noun before it: vitamin C, plan B; not "by J." or
    "John F.".
    """
    match = _LONE_LETTER.search(before)
    return match is not None and match[1].islower() and not is_stopword(match[1])


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Offsets(start, end)
