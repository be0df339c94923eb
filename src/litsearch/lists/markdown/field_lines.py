"""Read lines whose fields commas, full stops or strokes divide: "Title, A. Lee, Fog 2020"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from litsearch.lists.columns import role_of
from litsearch.lists.fields import (
    clean_remark,
    clean_title,
    date_year,
    may_hold_year,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    named,
    several_authors,
)
from litsearch.lists.markdown.venues import VENUE_YEAR, YEAR
from litsearch.lists.names import (
    SEGMENTS,
    SHORT_NAMES,
    authors_in,
    has_initials,
    is_person,
    persons_in,
    short_names,
    take_persons,
)
from litsearch.patterns import expression

MAX_SEVERAL = 6  # words of the names before "et al."
_TITLE_YEAR = expression(
    rf"^(.{{3,200}}?)\s*[(\[](?:[A-Z][\w.&/+ -]{{1,30}}[ '’])?({YEAR})[)\]],\s+(.{{3,200}})$"
)
_END_OF_TITLE = expression(r"(?<=\w)[,.،]\s+(?=[^\Wa-z])")
_SENTENCE_STOP = expression(r"(?<=\w\w)\.\s+")
_VENUE_END = expression(rf",\s*(?:[^,]{{2,60}}?,?\s*)?({YEAR})\W{{0,3}}$")
_ASIDE = expression(r"\s*(?:\([^()\d]{2,40}\)|\[[^\[\]\d]{2,40}\]:?)[.,:]?$")  # "(best paper)"
_SHORT_FIRST = expression(rf"^({SHORT_NAMES})\.\s+[^\d]{{2,60}}({YEAR})\W*$")
_STROKE = expression(r"\s+[|｜]\s+")
_DATE = expression(r"[\d./年月日 -]+")
_CASED = expression("[A-Za-zА-Яа-я]")
_HAN = expression(r"[\u4e00-\u9fff]{2,4}")
_FAMILY = expression(r"[A-Z][\w'’-]+")
_GIVEN = expression(r"[A-Z][\w.'’-]*")


def line_of_fields(text: str) -> Claim:
    """Return what "Title, A. Lee, B. Ray, ICML 2020" or "Ann Lee, Title, Press, 2001" says."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|")
    for form in _forms(text):
        found = form(text)
        if found is not None:
            return found
    return NOTHING


def _forms(text: str) -> Sequence[Callable[[str], Claim | None]]:
    """Return the forms that a line can have, by what it holds."""
    if " | " in text:
        return (_by_strokes,)
    if may_hold_year(text) or " al" in text:
        return (_titled, _title_first, _sentences, _names_first)
    return (_title_and_names,)


def _titled(text: str) -> Claim | None:
    """Read "Title (2011), A. Lee et al."."""
    match = _TITLE_YEAR.match(text)
    if match is None:
        return None
    behind = named(f", {match[3]}")
    if behind is None or not behind.authors:
        return None
    return Claim(clean_title(match[1]), behind.rest, behind.authors, int(match[2]))


def _by_strokes(text: str) -> Claim | None:
    """Read "2022 | Title | Ann Lee, Bob Ray | Venue"; None where no part is of names."""
    parts = list(map(clean_title, _STROKE.split(text)))
    if len(parts) < 3:
        return None
    told = list(filter(_says_more_than_date, parts))
    year = date_year(text)
    read = persons_in if year is None else _names_only
    authors = next(filter(None, map(read, told[1:])), ())
    if not authors or role_of(told[0].partition(":")[0]) != "other":  # "Date: …": a byline
        return None
    return Claim(told[0], "", authors, year)


def _says_more_than_date(part: str) -> bool:
    return not _DATE.fullmatch(part) and role_of(part) == "other"


def _names_only(text: str) -> tuple[str, ...]:
    """Return the persons of a text; Chinese names are one word of two to four signs."""
    names = authors_in(text)
    if names and all(map(_HAN.fullmatch, names)):
        return names
    return persons_in(text)


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year" and "Title. Names. Venue year".

    The names have initials, or are two and more.
    """
    text = _ASIDE.sub("", text)
    for stop in _END_OF_TITLE.finditer(text[:250]):
        title, rest = text[: stop.start()], text[stop.end() :]
        authors, _ = several_authors(rest)
        if authors and len(" ".join(authors).split()) <= MAX_SEVERAL:
            return Claim(clean_title(title), "", authors, year_in(rest, anywhere=True))
        if is_person(title):
            return None
        found = _names_and_venue(rest)
        if found is not None:
            return Claim(clean_title(title), "", found.authors, found.year)
    return None


def _title_and_names(text: str) -> Claim | None:
    """Read "A Title. Ann Lee, Bob Ray", two persons at least and nothing else."""
    title, stop, names = text.rstrip(" .").rpartition(". ")
    authors = tuple(_all_persons(names))
    if not stop or len(authors) < 2:
        return None
    return Claim(clean_title(title), authors=authors)


def _names_and_venue(text: str) -> Claim | None:
    """Read "A. Lee, B. Ray, ICML 2020" and "Lee A, Ray B. Fog 2018"."""
    short = _SHORT_FIRST.match(text)
    if short:
        return Claim(authors=short_names(short[1]), year=int(short[2]))
    parts = list(filter(str.strip, SEGMENTS.split(text)))
    names = take_persons(parts)
    venue = VENUE_YEAR.match(", ".join(parts[len(names) :]).strip(" .*"))
    is_placed = len(parts) - len(names) > 1  # a press or journal, and the year
    is_sure = is_placed or len(names) > 1 or has_initials(names)
    is_sure = is_sure or not any(map(_CASED.search, names))
    if not names or venue is None or not is_sure:
        return None
    return Claim(authors=tuple(names), year=int(venue[1]))


def _sentences(text: str) -> Claim | None:
    """Read "Ann Lee, Bob Ray. Title. Venue 2019"."""
    sentences = _SENTENCE_STOP.split(_ASIDE.sub("", text).rstrip("."))
    if len(sentences) < 3:
        return None
    parts = SEGMENTS.split(sentences[0])
    names = take_persons(parts)
    venue = ". ".join(sentences[2:])
    year = year_in(venue, anywhere=True)
    if not names or len(names) < len(parts) or year is None:
        return None
    rest = "" if VENUE_YEAR.match(sentences[-1]) else venue
    return Claim(clean_title(sentences[1]), clean_remark(rest), tuple(names), year)


def _names_first(text: str) -> Claim | None:
    """Read "Ann Lee and Bob Ray, Title, Venue, Year" and "Lee et al., Title, Venue Year"."""
    text = _ASIDE.sub("", text)
    ending = _VENUE_END.search(text)
    if ending is None:
        return None
    authors, title = several_authors(text[: ending.start()])
    if not authors:
        first, *parts = map(str.strip, re.split(r",\s+", text[: ending.start()]))
        authors, title = _names_and_title(first, parts)
    title = clean_title(title.strip(" ,."))
    if not authors or not title:
        return None
    return Claim(title, "", authors, int(ending[1]))


def _names_and_title(first: str, parts: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the names and the title of the parts between the commas of a line."""
    if len(parts) == 2 and _FAMILY.fullmatch(first) and _GIVEN.fullmatch(parts[0]):
        return (f"{parts[0]} {first}",), parts[1]  # "Lee, Ann, Title"
    names: list[str] = []
    rest = [first, *parts]
    while len(rest) > 1 and (persons := _all_persons(rest[0])):
        names += persons
        rest = rest[1:]
    is_sure = len(names) > 1 or has_initials(names) or len(rest) == 1
    if not names or not is_sure:
        return (), ""
    return tuple(names), ", ".join(rest)


def _all_persons(text: str) -> list[str]:
    """Return the persons of "Ann Lee and Bob Ray"; none when a part is no person."""
    parts = SEGMENTS.split(text)
    names = take_persons(parts)
    return names if len(names) == len(parts) else []
