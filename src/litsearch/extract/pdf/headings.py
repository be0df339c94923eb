"""Which lines of a PDF are headings, and how deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.extract.blocks import letters
from litsearch.extract.pdf.lines import Line

SENTENCE_END = re.compile(r"""[.!?:;。！？；：؟۔।]["'”’)\]」』）]*\d{0,3}$""")
CAPTION = re.compile(
    r"(?:figure|fig\.|table|algorithm|listing|exhibit)\s*\d+(?:\.\d+)?\s*(?:[:.|—-]|$)", re.I
)
NUMBERED = re.compile(
    r"(?:(?P<roman>[IVX]{1,5})\.|(?P<arabic>\d{1,2})(?P<dots>(?:\.\d{1,2}){0,3})\.?|(?P<letter>[A-Z])(?P<letter_dots>(?:\.\d{1,2}){0,3})\.?|"
    r"(?:Appendix|Chapter|Part)\s+\w{1,4}\W?)\s+(?=\S)"
)
NAMED = re.compile(
    r"(?:abstract|(?:\d+\.?\s+)?introduction|references|bibliography|acknowledge?ments?|appendix|appendices|conclusions?|"
    r"discussion|limitations|related work|contents|broader impacts?|ethics statement|author contributions)\W*",
    re.I,
)
REFERENCES = re.compile(
    r"(?:[\dIVX]+\.?\s+)?(?:references|bibliography|works cited|literature cited)\W*", re.I
)
CONTENTS = re.compile(r"(?:table of )?contents\W*", re.I)
WORDS = re.compile(r"[^\W\d_]{3}")
LARGER = 0.06  # of the body's size
MAX_HEADING = 120  # characters
MAX_TITLE = 500  # characters of a heading that the outline names
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
    """The level of each candidate from 1; None for those that are no headings.

    body: the size of the text. outline: letters of a bookmark's title, without case -> its level.
    """
    keys = [_key(candidate.text) for candidate in candidates]
    seen = Counter(keys)
    roman = sum(1 for candidate in candidates if _is_roman(candidate.text)) >= OFTEN
    named = any(_begins(candidate.text) for candidate in candidates)
    place = _Place(begun=not named)
    found = []
    for candidate, key in zip(candidates, keys, strict=True):
        level = outline.get(key) or outline.get(_key(NUMBERED.sub("", candidate.text, count=1)))
        if level is None or len(candidate.text) < 4:
            level = _level(candidate, body, roman=roman)
            if level and _is_refuted(candidate, place, often=seen[key] >= OFTEN):
                level = None
        if level:
            _move(place, candidate.text)
        found.append(level)
    return found


def _level(candidate: Candidate, body: float, *, roman: bool) -> int | None:
    """The level by number, name, size and weight."""
    text, first = candidate.text, candidate.lines[0]
    if len(text) > MAX_HEADING or CAPTION.match(text) or not WORDS.search(text):
        return None
    larger = first.size > body * (1 + LARGER)
    ends = SENTENCE_END.search(text) is not None
    if NAMED.fullmatch(text):
        return 1
    match = NUMBERED.match(text)
    if match and first.size >= 0.95 * body and not (ends and not larger):
        dots = (match["dots"] or match["letter_dots"] or "").count(".")
        in_roman = roman and bool(match["letter"]) and len(text.split()) <= 10
        if (
            larger
            or first.bold
            or text.isupper()
            or (dots >= DEEP and len(candidate.lines) == 1)
            or in_roman
        ):
            return 2 if in_roman and not match["roman"] else 1 + dots
    if ends or not text[:1].isupper():
        return None
    if first.size >= 1.12 * body and len(candidate.lines) <= 3:
        return 1
    return (
        3
        if first.bold
        and len(candidate.lines) == 1
        and len(text.split()) <= 10
        and first.size >= body
        else None
    )


def _is_refuted(candidate: Candidate, place: _Place, *, often: bool) -> bool:
    """True for authors, labels of figures, numbered items, entries of contents and of references."""
    match = NUMBERED.match(candidate.text)
    plain = not match and not NAMED.fullmatch(candidate.text)
    if plain and place.titled and (not place.begun or often or not candidate.opens_prose):
        return True
    if place.contents and re.search(r"\d$", candidate.text):
        return True
    if place.references and re.search(r"[^\W\d_]\. \w", candidate.text):
        return True
    return bool(match and match["arabic"] and int(match["arabic"]) < place.section)


def _move(place: _Place, text: str) -> None:
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
    match = NUMBERED.match(text)
    first = match is not None and (match["arabic"] == "1" or match["roman"] == "I")
    return NAMED.fullmatch(text) is not None or (first and len(text) <= MAX_HEADING)


def _is_roman(text: str) -> bool:
    match = NUMBERED.match(text)
    return match is not None and match["roman"] is not None


def _key(text: str) -> str:
    """What is compared of a heading; "" for a text that is too long to be one."""
    return letters(text).casefold() if len(text) <= MAX_TITLE else ""
