"""Read tables of links as CSV or TSV: exports of read-later services, reference managers, spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litsearch.errors import ListError
from litsearch.lists.columns import roles_of
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
from litsearch.lists.records import Record, entry_of
from litsearch.lists.urls import as_url
from litsearch.types import Entry

SUFFIXES = (".csv", ".tsv")
DEFAULT_FOR = SUFFIXES

_VIDEO = re.compile(r"^\"?video id\b", re.IGNORECASE | re.MULTILINE)
_FOLDERS = ("folder", "collection", "exclusive shelf")
_STATES = frozenset(
    "unread archive read to-read currently-reading later new shortlist feed".split()
)
_REMARKS = ("remark",)


@dataclass(frozen=True, slots=True)
class _Table:
    """The names of a table's columns, what they hold, and its rows, each with its line."""

    names: list[str]
    rows: list[tuple[int, list[str]]]


def accepts(text: str) -> bool:
    """Return True when the first line names columns, a title and an address or author too, and the next has them."""
    head, _, rest = text[:4000].lstrip("\ufeff").partition("\n")
    delimiter = _delimiter(head, "")
    names = [squeeze(name).strip("\"'") for name in head.split(delimiter)]
    roles = set(roles_of(names))
    titled = "title" in roles and ("url" in roles or (len(names) > 2 and "authors" in roles))
    below = rest.partition("\n")[0]
    return all(names) and titled and (delimiter in below or not rest.strip())


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a row that has an address or a title. Raises ListError when no column holds either."""
    text = repair(check(text))
    table = _table(text, path)
    if table is None:
        return []
    entries = [_entry(table.names, line, cells, path) for line, cells in table.rows]
    works = [entry for entry in entries if entry is not None]
    highlights = "highlight" in [name.casefold() for name in table.names]
    return _united(works) if highlights else works


def _table(text: str, path: str) -> _Table | None:
    """Return the table of a text; one without a head when its first row holds an address. Raises ListError."""
    video = _VIDEO.search(text[:4000])  # a playlist's own fields may stand above
    skipped = text.count("\n", 0, video.start()) if video else 0
    rows = list(_rows(text[video.start() :] if video else text, path, skipped))
    if not rows:
        return None
    names = [squeeze(name) for name in rows[0][1]]
    roles = roles_of(names)
    linked = any(as_url(name) for name in names)
    if not linked and (video or "url" in roles or "title" in roles):
        return _Table(names, rows[1:])
    if not linked:
        raise ListError(
            "The table has no column of addresses or titles.",
            "Name a column url or title in its first line.",
        )
    return _Table([], rows)


def _rows(text: str, path: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, with the line that each begins on."""
    head = text[:4000].partition("\n")[0]
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


def _delimiter(head: str, path: str) -> str:
    usual = "\t" if path.lower().endswith(".tsv") else ","
    return max(",\t;", key=lambda sign: (head.count(sign), sign == usual))


def _entry(names: Sequence[str], line: int, cells: Sequence[str], path: str) -> Entry | None:
    if not names:
        url = next((cell for cell in cells if as_url(cell)), "")
        words = next((cell for cell in cells if cell.strip() and not as_url(cell)), "")
        return entry_of(Record(line, {"url": url, "title": words}), path)
    pairs = [(name, cell.strip()) for name, cell in zip(names, cells, strict=False) if cell.strip()]
    place = {name.casefold(): cell for name, cell in reversed(pairs)}
    section = _section(place)
    fields = {name: cell for name, cell in pairs if name.casefold() not in _FOLDERS}
    if video := place.get("video id"):
        fields["url"] = f"https://www.youtube.com/watch?v={video}"
    roles = roles_of(names)
    entry = entry_of(Record(line, fields, section), path, _extra(names, roles, cells))
    return entry and _placed(entry, names, roles, cells, place)


def _placed(
    entry: Entry,
    names: Sequence[str],
    roles: Sequence[str],
    cells: Sequence[str],
    place: dict[str, str],
) -> Entry:
    """Return the entry with all columns of remarks, and with what its folder says of its state."""
    remarks = [
        clean_remark(plain_text(cell))
        for role, cell in zip(roles, cells, strict=False)
        if role == "remark"
    ]
    folder = next(
        (
            place[name]
            for name in (*_FOLDERS, "location")
            if place.get(name, "").casefold() in _STATES
        ),
        "",
    )
    read = entry.read if not folder else read_mark(folder)
    return replace(entry, remark=clean_remark(joined(remarks)), read=read)


def _section(place: dict[str, str]) -> tuple[str, ...]:
    folder = next((place[name] for name in _FOLDERS if name in place), "")
    if folder.casefold() in _STATES:
        return ()
    return tuple(clean_title(part) for part in folder.split("/") if part.strip())


def _extra(
    names: Sequence[str], roles: Sequence[str], cells: Sequence[str]
) -> list[tuple[str, str]]:
    columns = zip(names, roles, cells, strict=False)
    return [
        (name, squeeze(cell)[:MAX_REMARK])
        for name, role, cell in columns
        if role == "other" and name and cell.strip()
    ]


def _united(entries: list[Entry]) -> list[Entry]:
    """Return the works of a table that has a row for each highlight: each once, with all that was marked in it."""
    rows: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.title, entry.url), []).append(entry)
    works: list[Entry] = []
    for same in rows.values():
        remark = clean_remark(joined([row.remark for row in same[:20]]))
        works.append(replace(same[0], remark=remark))
    return works
