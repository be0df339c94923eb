"""Read lists of books that only name title and author: "The Long Wade - Ann Lee"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from operator import contains

from litsearch.lists.authors.names import persons_in
from litsearch.lists.fields import clean_title, squeeze, year_in
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.citations import NUMBER, Claim, authors_by_end, names_ahead
from litsearch.lists.markdown.inline import Line
from litsearch.lists.markdown.venues import YEAR
from litsearch.patterns import expression

MAX_WORDS = 18  # of a line that names a book
MIN_BOOKS = 3  # lines that make a list of books, half of all lines without a link
_DONE = expression(r"^\s*[xX]\s+(?=[A-Z\d“\"])")  # as todo.txt ticks
_REMARK = expression(r"\s+[-–—]\s+[a-z(].*$")  # " - loved it!"
_DATED = expression(rf"\s*\((?:([^()\d]{{2,60}}), )?({YEAR})\)\s*$")
_DASHED = expression(r"^(.{2,120}?)\s+[-–—]\s+(.{2,120})$")
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
    text = _REMARK.sub("", _DONE.sub("", NUMBER.sub("", squeeze(text))))
    bare = _DATED.sub("", text)
    year = year_in(text[len(bare) :], anywhere=True)
    dated = _DATED.search(text)
    if dated is not None and dated[1]:
        title, authors = bare, persons_in(dated[1])
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
