"""Read lines whose fields signs divide: "Title, A. Lee, Fog 2020", "The Long Wade - Ann Lee"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from operator import contains

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.names import authors_in, has_initials, persons_in
from litsearch.lists.columns import role_of
from litsearch.lists.fields import clean_title, date_year, may_hold_year, squeeze, year_in
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.bylines import named
from litsearch.lists.markdown.citations import (
    NOTHING,
    NUMBER,
    Claim,
    authors_by_end,
    has_person,
    names_ahead,
)
from litsearch.lists.markdown.imprints import YEAR
from litsearch.lists.markdown.inline import Line
from litsearch.patterns import expression

MAX_TITLE = 250  # characters
_END_OF_TITLE = expression(r"(?<=[\w)])(?<!\b[A-Z])[,.،]\s+(?=[^\Wa-z])|(?<=[?!])\s+(?=[^\Wa-z])")
_ASIDE = expression(r"\s*(?:\([^()\d]{2,40}\)|\[[^\[\]\d]{2,40}\]:?)[.,:]?$")  # "(best paper)"
_DATED = expression(  # "Title (2011), "
    r"\s*[(\[](?:[A-Z][\w.&/+ -]{1,30}[ '’])?((?:19|20)\d\d)[)\]]$"
)
_STROKE = expression(r"\s+[|｜·•]\s+")
_DATE = expression(r"[\d./年月日 -]+")
_HAN = expression(r"[\u4e00-\u9fff]{2,4}")


def line_of_fields(text: str) -> Claim:
    """Return what "Title, A. Lee, B. Ray, ICML 2020" or "2020 | Title | Ann Lee" says."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|[(")
    citation = _by_strokes(text) if _STROKE.search(text) else _title_first(text)
    return citation or NOTHING


def _by_strokes(text: str) -> Claim | None:
    """Read "2022 | Title | Ann Lee, Bob Ray | Venue"; None where no part is of names."""
    parts = list(map(clean_title, _STROKE.split(text)))
    if len(parts) < 3:
        return None
    fields = list(filter(_says_more_than_date, parts))
    year = date_year(text)
    read = persons_in if year is None else _names_only
    authors = next(filter(None, map(read, fields[1:])), ())
    if not authors or role_of(fields[0].partition(":")[0]) != "other":  # "Date: …": a byline
        return None
    return Claim(fields[0], "", authors, year)


def _says_more_than_date(part: str) -> bool:
    return not _DATE.fullmatch(part) and role_of(part) == "other"


def _names_only(text: str) -> tuple[str, ...]:
    """Return the persons of a text; Chinese names are one word of two to four signs."""
    names = authors_in(text)
    if names and all(map(_HAN.fullmatch, names)):
        return names
    return persons_in(text)


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year", "Title. Names. Venue year" and "Title (2011), names"."""
    text = _ASIDE.sub("", text)
    if not may_hold_year(text) and "." not in text and " al" not in text:
        return None
    citations = list(_claims(text))
    whole = [claim for claim in citations if " " in claim.authors[0]]
    return next(iter(whole or citations), None)


def _claims(text: str) -> Iterator[Claim]:
    """Yield what the signs of a text make of it, each taken for the end of the title."""
    for stop in _END_OF_TITLE.finditer(text[:MAX_TITLE]):
        title, rest = text[: stop.start()], text[stop.end() :]
        if " " in "".join(all_authors(title)[:1]) and title.lower() != title.upper():
            return  # they stand first
        behind = named(f", {rest}")
        if behind is None or not behind.authors:
            continue
        dated = _DATED.search(title)
        year = int(dated[1]) if dated else behind.year
        if year is not None or _are_sure(behind, rest):
            title = title[: dated.start()] if dated else title
            yield Claim(clean_title(title), behind.rest, behind.authors, year)


def _are_sure(behind: Claim, rest: str) -> bool:
    """Tell whether names end a line without a year, or have initials."""
    if has_initials(behind.authors) or " al" in rest:
        return True
    return len(behind.authors) > 1 and not behind.rest and has_person(behind.authors)


# Lists of books.


MAX_WORDS = 18  # of a line that names a book
MIN_BOOKS = 3  # lines that make a list of books, half of all lines without a link
_DONE = expression(r"^\s*[xX]\s+(?=[A-Z\d“\"])")  # as todo.txt ticks
_REMARK = expression(r"\s+[-–—]\s+[a-z(].*$")  # " - loved it!"
_YEAR_BEHIND = expression(
    rf"\s*\((?:([^()\d]{{2,60}}), )?({YEAR})\)\s*$|\s*\(([^()\d]{{4,60}})\)\s*$|,\s({YEAR})$"
)
_DASHED = expression(r"^(.{2,120}?)\s+[-–—/]\s+(.{2,120})$")
_COLON = expression(r"^([^:]{3,40}):\s+(.{2,120})$")


def is_shelf(blocks: Iterable[Block]) -> bool:
    """Tell whether most lines without a link name a title and a person."""
    books = lines = 0
    for line in _lines(blocks):
        if line.is_linked or not 1 < line.text.count(" ") < MAX_WORDS:
            continue
        lines += 1
        books += book(line.text) is not None
    return books >= MIN_BOOKS and books * 2 >= lines


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        if block.kind != "heading":
            yield from block.lines
        yield from _lines(block.children)


def book(text: str) -> Claim | None:
    """Return the title and the author of a line that says no more; None for any other line."""
    text = _REMARK.sub("", _DONE.sub("", NUMBER.sub("", squeeze(text).rstrip(" ★☆⭐"))))
    bare = _YEAR_BEHIND.sub("", text)
    year = year_in(text[len(bare) :], anywhere=True)
    dated = _YEAR_BEHIND.search(text)
    names = dated[1] or dated[3] if dated is not None else ""
    if names:
        title, authors = bare, persons_in(names)
    else:
        title, authors = _title_and_authors(bare)
    title = clean_title(title)
    if not title or not authors or not all(map(contains, authors, repeat(" "))):
        return None
    return Claim(title, "", authors, year)


def _title_and_authors(text: str) -> tuple[str, tuple[str, ...]]:
    title, authors = authors_by_end(text)
    if authors:
        return title, authors
    return _divided(text)


def _divided(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors on both sides of a dash, or behind a name and a colon."""
    dashed = _DASHED.match(text)
    if dashed:
        ahead = persons_in(dashed[1])
        if "," in dashed[1]:
            ahead = names_ahead(dashed[1]).authors
        behind = persons_in(dashed[2])
        if behind and ("," not in dashed[1] or not ahead):
            return dashed[1], behind
        return dashed[2], ahead
    colon = _COLON.match(text)
    if colon is None:
        return text, ()
    return colon[2], persons_in(colon[1])


def is_done(text: str) -> bool:
    """Tell whether a line is ticked as todo.txt does it: "x The Dry Year"."""
    return _DONE.match(text) is not None
