"""Read tables of works: a row is a work with what its columns say of it and link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse
from operator import attrgetter

from litsearch.lists import urls
from litsearch.lists.authors.names import authors_in
from litsearch.lists.columns import VENUE_HEADING, Role, is_timetable, role_of, roles_of
from litsearch.lists.fields import (
    MAX_REMARK,
    clean_remark,
    clean_title,
    date_year,
    joined,
    read_mark,
    squeeze,
)
from litsearch.lists.markdown.blocks import Block
from litsearch.lists.markdown.bylines import byline
from litsearch.lists.markdown.citations import Claim
from litsearch.lists.markdown.drafts import Draft, drafts_of
from litsearch.lists.markdown.inline import BREAK, Line, text_of
from litsearch.lists.markdown.lead_words import is_label
from litsearch.lists.markdown.spans import Piece
from litsearch.lists.markdown.titles import claim
from litsearch.lists.markdown.unlinked import with_numbers_linked
from litsearch.lists.phrases import BESIDE, NO_WORK, TEXTS
from litsearch.patterns import expression

_RULE = expression(r"^[\s:=|*_.–—-]*$")
MAX_YEAR = 6  # characters
_PICTURE = attrgetter("picture")
_LICENCE = expression(r"licen[cs]e", re.IGNORECASE)
_LETTER = expression(r"[^\W\d_]")
_WORD = expression(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, and what their columns hold."""

    cells: Sequence[Line]
    names: Sequence[str]  # headings of the columns
    roles: Sequence[Role]
    links: Sequence[list[Draft]]  # of each cell
    title_at: int  # the column of the title

    @property
    def title_cell(self) -> Line:
        """The cell of the title."""
        return self.cells[self.title_at]


def row_drafts(block: Block) -> Iterator[list[Draft]]:
    """Yield the drafts of each row of a table that names a work, the work itself first."""
    for row in rows_of(block):
        drafts = _drafts_of_row(row)
        if drafts:
            yield drafts


def rows_of(block: Block) -> Iterator[Row]:
    """Yield the rows of a table that say anything, its head left out."""
    head, rows = _head_of(block)
    names = list(map(_words_of, head))
    roles = roles_of(names)
    for cells in rows:
        if cells is head or _says_nothing(cells):
            continue
        if not _is_linked(cells):
            cells = with_numbers_linked(cells, prose=False)
        links = list(map(drafts_of, cells))
        yield Row(cells, names, roles, links, _title_column(cells, roles, links))


def _head_of(block: Block) -> tuple[list[Line], list[list[Line]]]:
    """Return a table's head and its rows; a head that links works is a row, and the head empty."""
    head, *rows = block.rows
    if rows and not any(map(_words_of, head)) and not _is_linked(rows[0]):
        head = rows[0]
    if not _is_linked(head):
        return head, rows
    empty = list(map(Line, map(attrgetter("number"), head)))
    return empty, [head, *rows]


def _words_of(cell: Line) -> str:
    return squeeze(cell.text)


def _says_nothing(cells: Sequence[Line]) -> bool:
    return all(map(_RULE.match, map(attrgetter("text"), cells)))


def _is_linked(cells: Sequence[Line]) -> bool:
    return any(map(attrgetter("is_linked"), cells))


def _title_column(
    cells: Sequence[Line], roles: Sequence[Role], links: Sequence[list[Draft]]
) -> int:
    """Return the column of a row that holds its title."""
    titles: list[int] = []
    for i, role in enumerate(roles[: len(cells)]):
        if role == "title":
            titles.append(i)
    if not titles:
        return _column_of_words(cells, links)
    if len(titles) > 1 and " " in _words_of(cells[titles[0]]) and not cells[titles[0]].is_linked:
        return titles[0]  # "Title" and "Paper": the other column only links
    for suits in (_links_title, _words_of):
        for i in titles:
            if suits(cells[i]):
                return i
    return titles[0]


def _column_of_words(cells: Sequence[Line], links: Sequence[list[Draft]]) -> int:
    """Return the first column that links a titled work, else the first that holds a word."""
    for i, drafts in enumerate(links):
        if _names_work(drafts):
            return i
    for i, cell in enumerate(cells):
        if _WORD.search(cell.text):
            return i
    return 0


def _links_title(cell: Line) -> bool:
    for piece in cell.pieces:
        if piece.href and not is_label(piece.text) and cell.text.strip():
            return True
    return False


def _names_work(drafts: Sequence[Draft]) -> bool:
    for draft in drafts:
        if draft.title and not draft.bare:
            return True
    return False


# The works of a row.


def _drafts_of_row(row: Row) -> list[Draft]:
    shown = _without_pictures(row.links)
    drafts = shown[row.title_at]
    head = _head_of_row(row, drafts)
    for i, others in enumerate(shown) if _may_be_title(head.title) else ():
        if i != row.title_at and not _is_passed_over(i, row, shown):
            _take_column(others, i, row, drafts, head.title)

    if not drafts and _is_unlinked_work(row, head):
        drafts = [Draft(row.title_cell.number)]
    if drafts:
        drafts[0].authors = drafts[0].authors or head.authors
        drafts[0].year = drafts[0].year or head.year
        _describe(drafts[0], head.title, row)
    return drafts


def _is_passed_over(i: int, row: Row, links: Sequence[list[Draft]]) -> bool:
    """Tell whether a column links no works: licences, and journals where another has the text."""
    if _LICENCE.match(row.names[i]) or (row.roles[i] == "authors" and links[row.title_at]):
        return True
    if not VENUE_HEADING.fullmatch(row.names[i]) or any(draft.year for draft in links[i]):
        return False
    others = chain(*links[:i], *links[i + 1 :])
    return any(draft.label_words & TEXTS for draft in others)


def _head_of_row(row: Row, drafts: Sequence[Draft]) -> Claim:
    """Return what the title's cell says: the words of its link, else all its words."""
    if drafts and drafts[0].title:
        return Claim(drafts[0].title)
    if drafts and drafts[0].bare and len(drafts) == 1:
        return Claim(_name_of(row))
    return claim(_lines_of(row.title_cell)[0])


def _without_pictures(links: Sequence[list[Draft]]) -> list[list[Draft]]:
    """Return the links of each cell without pictures, unless a row links nothing else."""
    if all(map(_PICTURE, chain(*links))):
        return list(map(list, links))
    return [list(filterfalse(_PICTURE, drafts)) for drafts in links]


def _is_unlinked_work(row: Row, head: Claim) -> bool:
    """Tell whether the title of a row without links is that of a work: no holiday, no exam."""
    is_told = role_of(row.names[row.title_at]) == "title" or head.is_dated or _has_authors(row)
    if not head.title or not is_told or not _may_be_title(head.title):
        return False
    return " " in head.title or _says_more(row)


def _may_be_title(words: str) -> bool:
    return not NO_WORK.fullmatch(words)


def _has_authors(row: Row) -> bool:
    """Tell whether a row names persons under a heading of authors."""
    for role, cell in zip(row.roles, row.cells, strict=False):
        if role == "authors" and _WORD.search(cell.text):
            return row.roles[row.title_at] == "title"
    return False


def _says_more(row: Row) -> bool:
    """Tell whether a row says more than a date and one word, "cancelled", which is no title."""
    if not any(role_of(name) in ("year", "other") for name in row.names[: row.title_at]):
        return True
    return any(_LETTER.search(cell.text) for cell in row.cells[row.title_at + 1 :])


def _name_of(row: Row) -> str:
    """Return the words of the column of names, for a row whose column of titles only links.

    Where no column is named so, it is the first, if that links nothing.
    """
    for i, cell in enumerate(row.cells[: len(row.names)]):
        if role_of(row.names[i]) == "name" and i != row.title_at:
            return clean_title(cell.text)
    first = row.cells[0]
    return "" if row.title_at == 0 or first.is_linked else clean_title(first.text)


def _take_column(
    others: Sequence[Draft], i: int, row: Row, drafts: list[Draft], title: str
) -> None:
    """Add the links of another column to a row's drafts.

    They are the row's work, when that has no link yet, pages of it, or works of their own.
    """
    for draft in filterfalse(_is_homework, others) if drafts else others:
        is_beside = row.roles[i] == "url" or _is_beside(draft, title)
        if title and (not draft.title or not drafts or is_beside):
            draft.label = _label(draft, row.names[i], len(others))
            draft.title, draft.of = "", next(iter(drafts), None)
            if draft.of is None:
                draft.title = title
        drafts.append(draft)


def _is_beside(draft: Draft, title: str) -> bool:
    """Tell whether a link names no work of its own: slides, or one word beside a longer title."""
    if not draft.label_words.isdisjoint(BESIDE):
        return True
    return " " in title and " " not in draft.title


def _is_homework(draft: Draft) -> bool:
    """Tell whether a link leads to a file of the class that is no document, beside a work."""
    return urls.is_file(draft.url or "") and not urls.is_document(draft.url or "")


def _label(draft: Draft, head: str, links: int) -> str:
    """Return what a further page is called: the head of its column where that says more.

    links: how many its cell has.
    """
    label = draft.label or draft.title or head
    is_vague = role_of(label) == "url" and len(label) < 8 and links <= 1
    if head and (is_vague or not _LETTER.search(label)):
        return head
    return label


def _lines_of(cell: Line) -> list[list[Piece]]:
    """Return the pieces of each line of a cell; one line at least."""
    lines: list[list[Piece]] = [[]]
    for piece in cell.pieces:
        if piece is BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    return list(filter(text_of, lines)) or [[]]


def _describe(work: Draft, title: str, row: Row) -> None:
    """Give a row's work its title, and put the other columns where they belong."""
    work.title = work.title or title or _name_of(row)
    _take_names_below(work, row.title_cell)
    remarks = [work.remark]
    for i, cell in enumerate(row.cells):
        role = row.roles[i]
        words = squeeze(cell.text)
        if i == row.title_at or _is_passed(words, role, row):
            continue
        if role == "remark":
            remarks.append(clean_remark(cell.text))
        else:
            _put(work, role, row.names[i], cell)
    work.remark = clean_remark(joined(remarks))


def _is_passed(words: str, role: Role, row: Row) -> bool:
    """Tell whether a cell holds a rule, or the date of a meeting."""
    if role == "year" and len(words) > MAX_YEAR and is_timetable(row.names):
        return True
    return role != "read" and _RULE.match(words) is not None


def _take_names_below(work: Draft, cell: Line) -> None:
    """Take the authors that further lines of the title's cell name."""
    for pieces in _lines_of(cell)[1:]:
        below = byline(text_of(pieces))
        work.authors, work.year = work.authors or below.authors, work.year or below.year


def _put_further(work: Draft, name: str, cell: Line, text: str) -> None:
    """Keep the words of a column that holds none of an entry's fields."""
    if not work.year and VENUE_HEADING.search(name):
        work.year = date_year(text)
    if name and text and not cell.is_linked:
        work.extra = (*work.extra, (name, text[:MAX_REMARK]))


def _put(work: Draft, role: Role, name: str, cell: Line) -> None:
    """Put the words of a column into the field of its role."""
    text = squeeze(cell.text)
    if role == "other":
        _put_further(work, name, cell, text)
    elif text:
        _put_words(work, role, text)


def _year_of(text: str, year: int | None) -> int | None:
    """Return the year of a cell; a whole date beside a known year is when the work is read."""
    if year is not None and len(text) > MAX_YEAR:
        return year
    return date_year(text) or year


def _put_words(work: Draft, role: Role, text: str) -> None:
    if role == "topic":
        work.topic = work.topic or clean_title(text)
    elif role == "authors":
        work.authors = work.authors or authors_in(text) or (clean_title(text),)
    elif role == "year":
        work.year = _year_of(text, work.year)
    elif role == "read":
        work.read = read_mark(text)
