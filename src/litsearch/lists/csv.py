"""Read tables of links as CSV or TSV: exports of services and managers, spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from litsearch.errors import ListError
from litsearch.lists.columns import Role, roles_of
from litsearch.lists.fields import (
    MAX_REMARK,
    check,
    clean_remark,
    clean_title,
    joined,
    plain_text,
    read_mark,
    repair,
    squeeze,
)
from litsearch.lists.phrases import word_set
from litsearch.lists.records import Record, entry_of
from litsearch.lists.urls import as_url
from litsearch.types import Entry

SUFFIXES = (".csv", ".tsv")
DEFAULT_FOR = SUFFIXES

MAX_PREAMBLE = 8  # rows above the names of the columns
_VIDEO = re.compile(r"^\"?video id\b", re.IGNORECASE | re.MULTILINE)
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
    delimiter = _delimiter(head, "")
    names = [squeeze(name).strip("\"'") for name in head.split(delimiter)]
    roles = set(roles_of(names))
    titled = "title" in roles and ("url" in roles or (len(names) > 2 and "authors" in roles))
    below = rest.partition("\n")[0]
    return all(names) and titled and (delimiter in below or not rest.strip())


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a row that has an address or a title.

    Raises ListError when no column holds either.
    """
    text = repair(check(text))
    table = _table(text, path)
    if table is None:
        return []
    entries = [_entry(table.names, line, cells, path) for line, cells in table.rows]
    works = [entry for entry in entries if entry is not None]
    if _are_tasks(table.names) and any(entry.url for entry in works):
        works = [entry for entry in works if entry.url]
    highlights = "highlight" in [name.casefold() for name in table.names]
    return _united(works) if highlights else works


def _are_tasks(names: Sequence[str]) -> bool:
    """Tell whether rows are tasks, which are works where they link a page in their words."""
    roles = set(roles_of(names))
    return bool(names) and roles.isdisjoint(("url", "doi", "authors"))


def _table(text: str, path: str) -> _Table | None:
    """Return the table of a text; one without a head when its first row holds an address.

    None for an empty text. Raises ListError.
    """
    video = _VIDEO.search(text[:4000])  # a playlist's own fields may stand above
    skipped = text.count("\n", 0, video.start()) if video else 0
    rows = list(_rows(text[video.start() :] if video else text, path, skipped))
    if not rows:
        return None
    if not video:
        rows = rows[_head_of(rows) :]
    names = list(map(squeeze, rows[0][1]))
    if any(map(as_url, names)):
        return _Table([], rows)
    if not video and not {"url", "title"} & set(roles_of(names)):
        raise ListError(
            "The table has no column of addresses or titles.",
            "Name a column url or title in its first line.",
        )
    return _Table(names, rows[1:])


def _head_of(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Return which row names the columns: the first, but for what programs say of an export."""
    for i, (_, cells) in enumerate(rows[:MAX_PREAMBLE]):
        if len(cells) > 1 and {"url", "title"} & set(roles_of(list(map(squeeze, cells)))):
            return i
        if any(map(as_url, cells)):
            break
    return 0


def _rows(text: str, path: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with the line that each begins on."""
    head = max(text[:4000].split("\n")[:MAX_PREAMBLE], key=_signs)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head, path))
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
        if any(cell.strip() for cell in cells):
            yield line + skipped, cells


def _signs(line: str) -> int:
    """Return how many signs of a line can divide its cells."""
    return sum(map(line.count, ",\t;"))


def _delimiter(head: str, path: str) -> str:
    usual = "\t" if path.lower().endswith(".tsv") else ","
    return max(",\t;", key=lambda sign: (head.count(sign), sign == usual))


def _entry(names: Sequence[str], line: int, cells: Sequence[str], path: str) -> Entry | None:
    if not names:
        return _entry_without_head(line, cells, path)
    row = _row(names, cells)
    fields = {name: cell for name, cell in row.pairs if name.casefold() not in _FOLDERS}
    if video := row.value("video id"):
        fields["url"] = f"https://www.youtube.com/watch?v={video}"
    entry = entry_of(Record(line, fields, row.section), path, row.further)
    if entry is None:
        return None
    read = read_mark(row.state) if row.state else entry.read
    return replace(entry, remark=clean_remark(joined(row.remarks)), read=read)


def _entry_without_head(line: int, cells: Sequence[str], path: str) -> Entry | None:
    url = next(filter(as_url, cells), "")
    words = next((cell for cell in cells if cell.strip() and not as_url(cell)), "")
    return entry_of(Record(line, {"url": url, "title": words}), path)


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row under the names of their columns."""

    pairs: Sequence[tuple[str, str]]  # of the columns that say anything
    roles: Sequence[Role]  # of these
    places: Mapping[str, str]  # the same by name, in lower case

    def value(self, *names: str) -> str:
        """Return the cell of the first of these columns that says anything; "" for none."""
        return next((self.places[name] for name in names if name in self.places), "")

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
        return tuple(clean_title(part) for part in folder.split("/") if part.strip())

    @property
    def remarks(self) -> list[str]:
        """The cells of all columns of remarks."""
        columns = zip(self.roles, self.pairs, strict=True)
        return [clean_remark(plain_text(cell)) for role, (_, cell) in columns if role == "remark"]

    @property
    def further(self) -> list[tuple[str, str]]:
        """The columns that hold none of an entry's fields."""
        columns = [
            pair for role, pair in zip(self.roles, self.pairs, strict=True) if role == "other"
        ]
        return [(name, squeeze(cell)[:MAX_REMARK]) for name, cell in columns if name]


def _row(names: Sequence[str], cells: Sequence[str]) -> _Row:
    """Return a row without its empty cells; of two columns of one name the first counts."""
    columns = zip(names, roles_of(names), map(str.strip, cells), strict=False)
    told = [(name, role, cell) for name, role, cell in columns if cell]
    places = {name.casefold(): cell for name, _, cell in reversed(told)}
    return _Row([(name, cell) for name, _, cell in told], [role for _, role, _ in told], places)


def _united(entries: list[Entry]) -> list[Entry]:
    """Return the works of a table with a row for each highlight: each once, with all of them."""
    rows: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.title, entry.url), []).append(entry)
    works: list[Entry] = []
    for same in rows.values():
        remark = clean_remark(joined([row.remark for row in same[:20]]))
        works.append(replace(same[0], remark=remark))
    return works
