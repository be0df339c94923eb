"""Read tables of works: a row is a work with what its columns say of it and link."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse
from operator import attrgetter

from litsearch.lists.columns import Role, role_of, roles_of
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
from litsearch.lists.markdown.citations import byline
from litsearch.lists.markdown.drafts import Draft, drafts_of
from litsearch.lists.markdown.inline import BREAK, Line, Piece, text_of
from litsearch.lists.markdown.titles import claim, is_label
from litsearch.lists.markdown.unlinked import with_numbers_linked
from litsearch.lists.names import authors_in
from litsearch.lists.phrases import NO_WORK

_RULE = re.compile(r"^[\s:=|*_.–—-]*$")
_VENUE = re.compile(
    r"venue|conference|journal|published in|会议|会議|期刊|学会|журнал|revue|revista|zeitschrift"
    r"|المجلة",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"licen[cs]e", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2}")


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
    names = [squeeze(cell.text) for cell in head]
    roles = roles_of(names)
    for written in rows:
        if written is head or all(_RULE.match(cell.text) for cell in written):
            continue
        cells = written if _is_linked(written) else with_numbers_linked(written, prose=False)
        links = [drafts_of(cell) for cell in cells]
        yield Row(cells, names, roles, links, _title_column(cells, roles, links))


def _head_of(block: Block) -> tuple[list[Line], list[list[Line]]]:
    """Return a table's head and its rows; a head that links works is a row, and the head empty."""
    head, *rows = block.rows
    if rows and not any(squeeze(cell.text) for cell in head) and not _is_linked(rows[0]):
        head = rows[0]
    if not _is_linked(head):
        return head, rows
    return [Line(cell.number) for cell in head], [head, *rows]


def _is_linked(cells: Sequence[Line]) -> bool:
    return any(cell.is_linked for cell in cells)


def _title_column(
    cells: Sequence[Line], roles: Sequence[Role], links: Sequence[list[Draft]]
) -> int:
    """Return the column of a row that holds its title."""
    titles = [i for i, role in enumerate(roles[: len(cells)]) if role == "title"]
    if titles:
        linked = [i for i in titles if _links_title(cells[i])]
        candidates = [i for i in linked or titles if cells[i].text.strip()]
        return next(iter(candidates), titles[0])
    return _column_of_words(cells, links)


def _column_of_words(cells: Sequence[Line], links: Sequence[list[Draft]]) -> int:
    """Return the first column that links a titled work, else the first that holds a word."""
    named = [i for i, drafts in enumerate(links) if _names_work(drafts)]
    worded = [i for i, cell in enumerate(cells) if _WORD.search(cell.text)]
    return next(iter(named or worded), 0)


def _links_title(cell: Line) -> bool:
    return any(piece.href and not is_label(piece.text) for piece in cell.pieces)


def _names_work(drafts: Sequence[Draft]) -> bool:
    return any(draft.title and not draft.bare for draft in drafts)


# The works of a row.


def _drafts_of_row(row: Row) -> list[Draft]:
    shown = _without_pictures(row.links)
    drafts = shown[row.title_at]
    told = drafts[0].title if drafts else ""
    head = claim(_lines_of(row.title_cell)[0])
    title = told or head.title
    for i, others in enumerate(shown):
        if i != row.title_at and not _LICENCE.match(row.names[i]):
            _take_column(others, i, row, drafts, title)

    if not drafts and _is_unlinked_work(row, title):
        drafts = [Draft(row.title_cell.number)]
    if drafts:
        if not told:
            drafts[0].authors, drafts[0].year = head.authors, head.year
        _describe(drafts[0], title, row)
    return drafts


def _without_pictures(links: Sequence[list[Draft]]) -> list[list[Draft]]:
    """Return the links of each cell without pictures, unless a row links nothing else."""
    if all(draft.picture for draft in chain(*links)):
        return [list(drafts) for drafts in links]
    return [list(filterfalse(attrgetter("picture"), drafts)) for drafts in links]


def _is_unlinked_work(row: Row, title: str) -> bool:
    """Tell whether the title of a row without links is that of a work: no holiday, no exam."""
    if not title or role_of(row.names[row.title_at]) != "title":
        return False
    return not NO_WORK.fullmatch(title)


def _name_of(row: Row) -> str:
    """Return the words of the column of names, for a row whose column of titles only links."""
    for name, cell in zip(row.names, row.cells, strict=False):
        if role_of(name) == "name":
            return clean_title(cell.text)
    return ""


def _take_column(
    others: Sequence[Draft], i: int, row: Row, drafts: list[Draft], title: str
) -> None:
    """Add the links of another column to a row's drafts.

    They are the row's work, when that has no link yet, pages of it, or works of their own.
    """
    for draft in others:
        if title and (not draft.title or not drafts or row.roles[i] == "url"):
            draft.label = _label(draft, row.names[i], len(others))
            draft.title, draft.of = ("", drafts[0]) if drafts else (title, None)
        drafts.append(draft)


def _label(draft: Draft, head: str, links: int) -> str:
    """Return what a further page is called: the head of its column where that says more.

    links: how many its cell has.
    """
    label = draft.label or draft.title or head
    is_vague = role_of(label) == "url" and len(label) < 8 and links <= 1
    return head if head and (is_vague or not _LETTER.search(label)) else label


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
    for pieces in _lines_of(row.title_cell)[1:]:
        below = byline(text_of(pieces))
        work.authors, work.year = work.authors or below.authors, work.year or below.year
    remarks = [work.remark]
    for i, cell in enumerate(row.cells):
        text = squeeze(cell.text)
        role, name = row.roles[i], row.names[i]
        if i == row.title_at or (_RULE.match(text) and role != "read"):
            continue
        if role == "remark":
            remarks.append(clean_remark(text))
        elif role == "other":
            _put_further(work, name, cell, text)
        else:
            _put(work, role, text)
    work.remark = clean_remark(joined(remarks))


def _put_further(work: Draft, name: str, cell: Line, text: str) -> None:
    """Keep the words of a column that holds none of an entry's fields."""
    if not work.year and _VENUE.search(name):
        work.year = date_year(text)
    if name and text and not cell.is_linked:
        work.extra = (*work.extra, (name, text[:MAX_REMARK]))


def _put(work: Draft, role: Role, text: str) -> None:
    """Put the words of a column into the field of its role."""
    if not text:
        return
    if role == "topic":
        work.topic = work.topic or clean_title(text)
    elif role == "authors":
        work.authors = work.authors or authors_in(text) or (clean_title(text),)
    elif role == "year":
        work.year = date_year(text) or work.year
    elif role == "read":
        work.read = read_mark(text)


# Lists and paragraphs whose lines are the fields of one work: "Title: ...", "Authors: ...".

_KEYED = re.compile(
    r"^\W*([^\W\d_][^\W\d_ /;-]{0,20}?(?: [^\W\d_/;-]{1,20}){0,2})\W{0,3}"
    r"[:：]\W{0,3}?(?:\s|(?=http)|(?<=：)|(?<=[^\x00-\x7f]:))\s*(.*)$",
    re.DOTALL,
)
MIN_FIELDS = 3
MIN_PAGES = 2  # lines that only link, below a title
_NAMING: frozenset[Role] = frozenset(["title", "url"])
_TELLING: frozenset[Role] = frozenset(["authors", "year", "remark", "topic", "read"])


@dataclass(frozen=True, slots=True)
class Field:
    """A line that names what it holds: "Year: 2019"."""

    role: Role
    value: str
    line: Line


def fields_of(block: Block) -> list[Field]:
    """Return the fields of a list or paragraph that describes one work; [] for any other."""
    lines = block.lines or _first_lines(block.children)
    fields = list(filter(None, map(_field, lines))) if len(lines) >= MIN_PAGES else []
    if len(fields) == len(lines) and _link_one_work(fields):
        return fields
    if not _describe_work([field.role for field in fields]):
        return []
    numbers = {field.line.number for field in fields}
    further = [line for line in lines if line.number not in numbers]
    return [] if len(fields) <= len(further) or _is_linked(further) else fields


def _first_lines(items: Sequence[Block]) -> list[Line]:
    return [item.lines[0] for item in items if item.lines]


def _link_one_work(fields: Sequence[Field]) -> bool:
    """Tell whether all fields link pages of one work without naming them: "Paper: https://…"."""
    linked = [field for field in fields if field.line.is_linked]
    if len(linked) < 1 or len(fields) < MIN_PAGES or any(field.role == "title" for field in fields):
        return False
    return all(field.role == "url" for field in linked)


def _describe_work(roles: Sequence[Role]) -> bool:
    """Tell whether fields of these roles describe one work."""
    if len(set(roles)) < MIN_FIELDS or roles.count("title") > 1:
        return False
    return not (_NAMING.isdisjoint(roles) or _TELLING.isdisjoint(roles))


def _field(line: Line) -> Field | None:
    match = _KEYED.match(squeeze(line.text)) if ":" in line.text else None
    role = role_of(match[1]) if match else "other"
    if match is None or role == "other":
        return None
    is_link = line.is_linked and (is_label(match[2]) or "://" in match[2])  # "Paper: https://..."
    return Field("url" if is_link else role, match[2], line)


def record_drafts(fields: Sequence[Field], heading: str) -> list[Draft]:
    """Return the work of such fields, named by its title or else the heading, and its pages."""
    value = {field.role: field.value for field in reversed(fields)}
    drafts: list[Draft] = []
    for field in fields:
        drafts += drafts_of(field.line)
    work, *others = drafts or [Draft(fields[0].line.number)]
    for other in others:
        other.title, other.of = "", work
    named = claim([Piece(value.get("title") or heading)])
    work.title, work.of = named.title or clean_title(value.get("title") or heading), None
    work.remark, work.topic = clean_remark(value.get("remark", "")), value.get("topic", "")
    work.authors = authors_in(value.get("authors", ""))
    work.year = date_year(value.get("year", "")) or named.year
    work.read = read_mark(value.get("read", ""))
    return [work, *others]
