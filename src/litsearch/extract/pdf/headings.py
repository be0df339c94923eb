"""Which lines of a PDF are headings, and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.extract.blocks import letters
from litsearch.extract.pdf.lines import Line
from litsearch.patterns import expression

SENTENCE_END = expression(r"""[.!?:;。！？；：؟۔।]["'”’)\]」』）]*\d{0,3}$""")
CAPTION = expression(
    r"(?:figure|fig\.|table|algorithm|listing|exhibit)\s*\d+(?:\.\d+)?\s*(?:[:.|—-]|$)", re.I
)
NUMBERED = expression(
    r"(?:(?P<roman>[IVX]{1,5})\."
    r"|(?P<arabic>\d{1,2})(?P<dots>(?:\.\d{1,2}){0,3})\.?"
    r"|(?P<letter>[A-Z])(?P<letter_dots>(?:\.\d{1,2}){0,3})\.?"
    r"|(?:Appendix|Chapter|Part)\s+\w{1,4}\W?)\s+(?=\S)"
)
NAMED = expression(
    r"(?:abstract|(?:\d+\.?\s+)?introduction|references|bibliography|acknowledge?ments?|appendix|"
    r"appendices|conclusions?|discussion|limitations|related work|contents|broader impacts?|"
    r"ethics statement|author contributions)\W*",
    re.I,
)
REFERENCES = expression(
    r"(?:[\dIVX]+\.?\s+)?(?:references|bibliography|works cited|literature cited)\W*", re.I
)
CONTENTS = expression(r"(?:table of )?contents\W*", re.I)
WORDS = expression(r"[^\W\d_]{3}")
LARGER = 0.06  # of the body's size
MUCH_LARGER = 0.12
FULL_SIZE = 0.95  # of the body's size: a numbered heading in smaller print is none
MAX_HEADING = 120  # characters
MAX_TITLE = 500  # characters of a heading that the outline names
SHORTEST = 4  # characters of a heading that the outline names
FEW_WORDS = 10
FEW_LINES = 3
DEEP = 2  # dots in its number: such a heading needs no other sign
OFTEN = 3  # a line that stands out as often is a label


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a document that may be a heading."""

    text: str
    lines: Sequence[Line]
    opens_prose: bool  # below it stands a paragraph or another heading, not a figure's labels


@dataclass(slots=True)
class _Place:
    """Where in the document the reading is."""

    titled: bool = False  # the title has been read
    begun: bool = False  # the abstract or the first section has begun
    contents: bool = False  # in the table of contents
    references: bool = False
    section: int = 0  # number of the last section


def levels(
    candidates: Sequence[Candidate], body: float, outline: dict[str, int]
) -> list[int | None]:
    """Return the level of each candidate from 1; None for those that are no headings.

    body: the size of the text. outline: letters of a bookmark's title, without case -> its level.
    """
    texts = [candidate.text for candidate in candidates]
    often = Counter(map(_key, texts))
    roman = sum(map(_is_roman, texts)) >= OFTEN
    place = _Place(begun=not any(map(_begins, texts)))

    levels: list[int | None] = []
    for candidate in candidates:
        level = _outlined_level(candidate.text, outline)
        if level is None:
            level = _level(candidate, body, roman=roman)
            is_label = often[_key(candidate.text)] >= OFTEN
            if level and _is_refuted(candidate, place, often=is_label):
                level = None
        if level:
            _move(place, candidate.text)
        levels.append(level)
    return levels


def _outlined_level(text: str, outline: dict[str, int]) -> int | None:
    """Return the level of the bookmark that names a heading, with or without its number."""
    if len(text) < SHORTEST:
        return None
    return outline.get(_key(text)) or outline.get(_key(NUMBERED.sub("", text, count=1)))


def _level(candidate: Candidate, body: float, *, roman: bool) -> int | None:
    """Return the level by name, number, size and weight."""
    text = candidate.text
    if len(text) > MAX_HEADING or CAPTION.match(text) or not WORDS.search(text):
        return None
    if NAMED.fullmatch(text):
        return 1
    return _numbered_level(candidate, body, roman=roman) or _printed_level(candidate, body)


def _numbered_level(candidate: Candidate, body: float, *, roman: bool) -> int | None:
    """Return the level of a heading with a number, when its print stands out or the number does.

    roman: the document numbers its sections I, II, III, so that A, B, C stand below them.
    """
    text, first = candidate.text, candidate.lines[0]
    match = NUMBERED.match(text)
    if match is None or first.size < FULL_SIZE * body:
        return None
    larger = first.size > body * (1 + LARGER)
    if SENTENCE_END.search(text) and not larger:
        return None
    if roman and match["letter"] and len(text.split()) <= FEW_WORDS:
        return 2
    dots = _dots(match)
    return 1 + dots if larger or _is_strong(candidate, dots) else None


def _is_strong(candidate: Candidate, dots: int) -> bool:
    """Tell a heading in bold or capitals, or one on a line of its own with a deep number."""
    if candidate.lines[0].bold or candidate.text.isupper():
        return True
    return dots >= DEEP and len(candidate.lines) == 1


def _dots(match: re.Match[str]) -> int:
    """Count the dots of a number, which tell how deep its heading is."""
    dots = match["dots"] or match["letter_dots"] or ""
    return dots.count(".")


def _printed_level(candidate: Candidate, body: float) -> int | None:
    """Return the level of a heading that only its print tells."""
    text, first = candidate.text, candidate.lines[0]
    if SENTENCE_END.search(text) or not text[:1].isupper():
        return None
    if first.size >= (1 + MUCH_LARGER) * body and len(candidate.lines) <= FEW_LINES:
        return 1
    short = len(candidate.lines) == 1 and len(text.split()) <= FEW_WORDS
    return 3 if first.bold and short and first.size >= body else None


def _is_refuted(candidate: Candidate, place: _Place, *, often: bool) -> bool:
    """Tell authors, labels of figures, numbered items, entries of contents and of references."""
    text = candidate.text
    is_label = not place.begun or often or not candidate.opens_prose
    if is_label and place.titled and _is_plain(text):
        return True
    if place.contents and re.search(r"\d$", text):
        return True
    if place.references and re.search(r"[^\W\d_]\. \w", text):
        return True
    return _counts_back(text, place.section)


def _counts_back(text: str, section: int) -> bool:
    """Tell a number below that of the last section."""
    match = NUMBERED.match(text)
    number = match["arabic"] if match else None
    return number is not None and int(number) < section


def _is_plain(text: str) -> bool:
    """Tell a heading with neither a number nor a name that papers share."""
    return not NUMBERED.match(text) and not NAMED.fullmatch(text)


def _move(place: _Place, text: str) -> None:
    """Note that a heading was read."""
    match = NUMBERED.match(text)
    place.titled = True
    place.begun = place.begun or _begins(text)
    place.contents = CONTENTS.fullmatch(text) is not None
    place.references = REFERENCES.fullmatch(text) is not None
    if match and match["arabic"]:
        place.section = int(match["arabic"])
    elif match and match["letter"]:
        place.section = 0  # appendices may number their own sections


def _begins(text: str) -> bool:
    """Tell the abstract or the first section."""
    if NAMED.fullmatch(text):
        return True
    match = NUMBERED.match(text)
    first = match is not None and (match["arabic"] == "1" or match["roman"] == "I")
    return first and len(text) <= MAX_HEADING


def _is_roman(text: str) -> bool:
    match = NUMBERED.match(text)
    return match is not None and match["roman"] is not None


def _key(text: str) -> str:
    """Return what is compared of a heading; "" for a text that is too long to be one."""
    return letters(text).casefold() if len(text) <= MAX_TITLE else ""
