"""Read tables of links as CSV or TSV: exports of services and managers, spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import filterfalse
from operator import attrgetter

from litsearch.errors import ListError
from litsearch.lists.authors.lists import all_authors
from litsearch.lists.columns import Role, roles_of
from litsearch.lists.fields import (
    MAX_REMARK,
    check,
    clean_remark,
    clean_title,
    date_year,
    joined,
    plain_text,
    read_mark,
    repair,
    squeeze,
)
from litsearch.lists.phrases import word_set
from litsearch.lists.records import Record, entry_of
from litsearch.lists.urls import as_url
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".csv", ".tsv")
DEFAULT_FOR = SUFFIXES

MAX_PREAMBLE = 8  # rows above the names of the columns
MAX_HIGHLIGHTS = 20  # of a work that go into its remark
_DELIMITERS = ",\t;|"
_VIDEO = expression(r"^\"?video id\b", re.IGNORECASE | re.MULTILINE)
_FOLDERS = ("folder", "collection", "exclusive shelf", "list name", "folders filed")
_STATES = word_set("unread archive read to-read currently-reading later new shortlist feed")


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of a table's columns, what they hold, and its rows, each with its line."""

    names: list[str]
    rows: list[tuple[int, list[str]]]


def accepts(text: str) -> bool:
    """Return True when the first line names columns, those of works, and the next has as many."""
    head, _, rest = text[:4000].lstrip("\ufeff").partition("\n")
    delimiter = _delimiter([head], "")
    names = list(map(_bare_name, head.split(delimiter)))
    roles = set(roles_of(names))
    titled = "title" in roles and ("url" in roles or (len(names) > 2 and "authors" in roles))
    below = rest.partition("\n")[0]
    return all(names) and titled and (delimiter in below or not rest.strip())


def _bare_name(name: str) -> str:
    return squeeze(name).strip("\"'")


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a row that has an address or a title.

    Raises ListError when no column holds either.
    """
    text = repair(check(text))
    table = _table(text, path)
    if table is None:
        return []
    works: list[Entry] = []
    for line, cells in table.rows:
        works += filter(None, [_entry(table.names, line, cells, path)])
    linked = list(filter(attrgetter("url"), works))
    if linked and _are_tasks(table.names):
        return linked
    if "highlight" in map(str.casefold, table.names):
        return _united(works)
    return works


def _are_tasks(names: Sequence[str]) -> bool:
    """Tell whether rows are tasks, which are works where they link a page in their words."""
    roles = set(roles_of(names))
    return bool(names) and roles.isdisjoint(("url", "doi", "authors"))


def _table(text: str, path: str) -> _Table | None:
    """Return the table of a text; one without a head when its first row holds an address.

    None for an empty text. Raises ListError.
    """
    video = _VIDEO.search(text[:4000])  # a playlist's own fields may stand above
    if video is not None:
        above = text.count("\n", 0, video.start())
        rows = list(_rows(text[video.start() :], path, above))
        return _Table(list(map(squeeze, rows[0][1])), rows[1:])

    rows = list(_rows(text, path))
    if not rows:
        return None
    rows = rows[_head_of(rows) :]
    names = list(map(squeeze, rows[0][1]))
    if any(map(as_url, names)):
        return _Table([], rows)
    if not _name_works(names):
        raise ListError(
            "The table has no column of addresses or titles.",
            "Name a column url or title in its first line.",
        )
    return _Table(names, rows[1:])


def _name_works(names: Sequence[str]) -> bool:
    """Tell whether one of the names of columns is that of addresses or titles."""
    return not {"url", "title"}.isdisjoint(roles_of(names))


def _head_of(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Return which row names the columns: the first, but for what programs say of an export."""
    for i, (_, cells) in enumerate(rows[:MAX_PREAMBLE]):
        if len(cells) > 1 and _name_works(list(map(squeeze, cells))):
            return i
        if any(map(as_url, cells)):
            break
    return 0


def _rows(text: str, path: str, above: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with the line that each begins on.

    above: lines of the file before the text.
    """
    lines = text[:4000].split("\n")[:MAX_PREAMBLE]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines, path))
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ListError(
                f"Line {line} of the table cannot be read: {error}.", "Check its quotation marks."
            ) from None
        if any(map(str.strip, cells)):
            yield line + above, cells


def _delimiter(lines: Sequence[str], path: str) -> str:
    """Return what divides cells: the sign by which a line names columns, else the commonest."""
    usual = "\t" if path.lower().endswith(".tsv") else ","
    for line in lines:
        signs = sorted(_DELIMITERS, key=line.count, reverse=True)
        names = list(map(squeeze, line.replace('"', "").split(signs[0])))
        if len(names) > 1 and _name_works(names):
            return str(signs[0])
    delimiters: tuple[str, ...] = (usual, *_DELIMITERS)
    return max(delimiters, key=lines[0].count)


def _entry(names: Sequence[str], line: int, cells: Sequence[str], path: str) -> Entry | None:
    if not names:
        return _entry_without_head(line, cells, path)
    if len(cells) > len(names):
        cells = fitted(roles_of(names), cells)
    row = _row(names, cells)
    record = Record(line, row.fields, row.section)
    entry = entry_of(record, path, row.further)
    if entry is None:
        return None
    remark = clean_remark(joined(row.remarks))
    state = read_mark(row.state)
    return replace(entry, remark=remark, read=entry.read if state is None else state)


def _entry_without_head(line: int, cells: Sequence[str], path: str) -> Entry | None:
    url = next(filter(as_url, cells), "")
    words = next(filter(str.strip, filterfalse(as_url, cells)), "")
    return entry_of(Record(line, {"url": url, "title": words}), path)


@dataclass(slots=True)
class _Row:
    """The cells of a row that say anything, under the names of their columns."""

    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)  # by name in lower case
    remarks: list[str] = field(default_factory=list)
    further: list[tuple[str, str]] = field(default_factory=list)  # none of an entry's fields

    def value(self, *names: str) -> str:
        """Return the cell of the first of these columns that says anything; "" for none."""
        return next(filter(None, map(self.places.get, names)), "")

    @property
    def state(self) -> str:
        """The folder that tells whether a work was read; "" for other folders."""
        for name in (*_FOLDERS, "location"):
            if self.value(name).casefold() in _STATES:
                return self.value(name)
        return ""

    @property
    def section(self) -> tuple[str, ...]:
        """The names of the folder and of those that hold it."""
        folder = self.value(*_FOLDERS)
        if folder.casefold() in _STATES:
            return ()
        return tuple(map(clean_title, filter(str.strip, folder.split("/"))))


def _row(names: Sequence[str], cells: Sequence[str]) -> _Row:
    """Return a row without its empty cells; of two columns of one name the first counts."""
    row = _Row()
    for name, role, cell in zip(names, roles_of(names), map(str.strip, cells), strict=False):
        if not cell:
            continue
        row.places.setdefault(name.casefold(), cell)
        if name.casefold() not in _FOLDERS:
            row.fields[name] = cell
        if role == "remark":
            row.remarks.append(clean_remark(plain_text(cell)))
        elif role == "other" and name:
            row.further.append((name, squeeze(cell)[:MAX_REMARK]))
    if video := row.value("video id"):
        row.fields["url"] = f"https://www.youtube.com/watch?v={video}"
    return row


def _united(entries: list[Entry]) -> list[Entry]:
    """Return the works of a table with a row for each highlight: each once, with all of them."""
    rows: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.title, entry.url), []).append(entry)
    works: list[Entry] = []
    for same in rows.values():
        remark = clean_remark(joined(list(map(attrgetter("remark"), same[:MAX_HIGHLIGHTS]))))
        works.append(replace(same[0], remark=remark))
    return works


# Rows whose words hold the sign between cells.


MAX_SURPLUS = 12  # cells more than columns; a row with more is left as it is
_ONE_CELL: Sequence[Role] = ("url", "doi", "year", "read", "file")


def fitted(roles: Sequence[Role], cells: Sequence[str]) -> Sequence[str]:
    """Return a row with as many cells as there are columns, some of several cells.

    Addresses and years must come to stand in their columns; a column of authors takes all cells
    that are authors. The row as it is where no cells can be put together so.
    """
    if len(cells) - len(roles) > MAX_SURPLUS:
        return cells

    @cache
    def row(column: int, start: int) -> tuple[str, ...] | None:
        """Return the cells of the columns from this one on, or None when they do not fit."""
        if column == len(roles):
            return () if start == len(cells) else None
        most = len(cells) - start - (len(roles) - column) + 1
        for width in _widths(roles[column], most):
            parts = cells[start : start + width]
            rest = row(column + 1, start + width) if _fit(roles[column], parts) else None
            if rest is not None:
                return ("; ".join(map(str.strip, parts)), *rest)
        return None

    return row(0, 0) or cells


def _widths(role: Role, most: int) -> Iterable[int]:
    """Return how many cells a column may have, the likeliest first."""
    if role in _ONE_CELL:
        return range(1, min(most, 1) + 1)
    return range(most, 0, -1) if role == "authors" else range(1, most + 1)


def _fit(role: Role, parts: Sequence[str]) -> bool:
    """Tell whether cells can be one of a column."""
    text = parts[0].strip()
    if role == "url":
        return not text or as_url(text) is not None
    if role == "year":
        return not text or date_year(text) is not None
    if role == "authors" and len(parts) > 1:
        return all(map(_is_inverted, parts))
    return not any(map(as_url, map(str.strip, parts)))


def _is_inverted(part: str) -> bool:
    return "," in part and bool(all_authors(part))
