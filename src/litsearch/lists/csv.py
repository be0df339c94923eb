"""Tables of links as CSV or TSV: exports of Pocket, Instapaper, Raindrop, Readwise, Zotero, and any
like them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from litsearch.errors import ListError
from litsearch.lists.fields import (
    MAX_REMARK,
    Role,
    authors_in,
    check,
    clean_remark,
    clean_title,
    doi_url,
    joined,
    read_mark,
    repair,
    roles_of,
    squeeze,
    year_in,
)
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".csv", ".tsv")

_FOLDERS = ("folder", "collection", "exclusive shelf")
_STATES = (
    "unread",
    "archive",
    "read",
    "to-read",
    "currently-reading",
    "later",
    "new",
    "shortlist",
    "feed",
)  # folders that say what has been read


def looks_like(text: str) -> bool:
    """True for a text whose first line names columns, a title and an address or author too, and
    whose next has them.
    """
    head, _, rest = text[:4000].lstrip("\ufeff").partition("\n")
    delimiter = max(",\t;", key=head.count)
    names = [squeeze(name).strip("\"'") for name in head.split(delimiter)]
    roles = set(roles_of(names))
    named = all(names) and (
        {"url", "title"} <= roles or (len(names) > 2 and {"authors", "title"} <= roles)
    )
    return named and (delimiter in rest.partition("\n")[0] or not rest.strip())


def parse(text: str, path: str) -> list[Entry]:
    """One entry a row that has an address or a title. Raises ListError when no column holds either."""
    text = repair(check(text))
    rows = _rows(text, path)
    first = next(rows, None)
    if first is None:
        return []
    names = [squeeze(name) for name in first[1]]
    roles = roles_of(names)
    headed = ("url" in roles or "title" in roles) and not any(as_url(name) for name in names)
    if not headed:
        if not any(as_url(cell) for cell in first[1]):
            raise ListError(
                "The table has no column of addresses or titles.",
                "Name a column url or title in its first line.",
            )
        names, roles = [""] * len(names), ["other"] * len(names)
    found = [] if headed else [_entry(first[0], first[1], names, roles, path)]
    found += [_entry(line, cells, names, roles, path) for line, cells in rows]
    entries = [entry for entry in found if entry is not None]
    return _united(entries) if "highlight" in map(str.casefold, names) else entries


def _united(entries: list[Entry]) -> list[Entry]:
    """The works of a table that has a row for each highlight: each once, with all that was marked
    in it.
    """
    rows: dict[tuple[str, str | None], list[Entry]] = {}
    for entry in entries:
        rows.setdefault((entry.title, entry.url), []).append(entry)
    remarks = (clean_remark(joined([row.remark for row in same[:20]])) for same in rows.values())
    return [
        replace(same[0], remark=remark) for same, remark in zip(rows.values(), remarks, strict=True)
    ]


def _topic(tags: str) -> str:
    """Tags with commas between them: "a|b", and a JSON list, '["a","b"]'."""
    listed = re.sub(r"[\[\]\"]", "", tags) if tags.startswith("[") else tags
    return ", ".join(filter(None, map(squeeze, re.split(r"[|,]", listed))))


def _people(names: str) -> tuple[str, ...]:
    """The names of an author column; "Lee, Ann" is one person."""
    turned = re.fullmatch(r"\s*([^\s,;]+),\s*([^\s,;]+)\s*", names)
    return (f"{turned[2]} {turned[1]}",) if turned else authors_in(names) or (squeeze(names),)


def _rows(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with the line that each begins on."""
    head = text[:4000].partition("\n")[0]
    delimiter = max(
        ",\t;", key=lambda c: (head.count(c), c == ("\t" if path.lower().endswith(".tsv") else ","))
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
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
            yield line, cells


def _entry(
    line: int, cells: list[str], names: Sequence[str], roles: Sequence[Role], path: str
) -> Entry | None:
    by_role: dict[Role, list[str]] = {}
    for role, cell in zip(roles, cells, strict=False):
        by_role.setdefault(role, []).append(cell.strip())
    addresses = by_role.get("url") or (cells if set(roles) == {"other"} else [])
    url = next(
        (u for to_url in (as_url, doi_url) for cell in addresses if (u := to_url(cell))), None
    )
    words = next((t for t in by_role.get("title", []) if t), "")
    if set(roles) == {"other"}:
        words = next((c for c in cells if c.strip() and not as_url(c)), "")
    title = title_or_name("" if as_url(words) else words, url)
    if not title:
        return None
    folder = next(
        (c.strip() for n, c in zip(names, cells, strict=False) if n.casefold() in _FOLDERS), ""
    )
    place = next(
        (
            c
            for n, c in zip(names, cells, strict=False)
            if n.casefold() == "location" and c in _STATES
        ),
        "",
    )
    tags = [
        c
        for n, c in zip(names, cells, strict=False)
        if n.casefold() not in _FOLDERS and c in by_role.get("topic", [])
    ]
    section = tuple(
        clean_title(p) for p in folder.split("/") if p.strip() and folder.casefold() not in _STATES
    )
    return Entry(
        list=path,
        line=line,
        title=title,
        url=url,
        section=section,
        topic=_topic(next((t for t in tags if t), "")) or (section[-1] if section else ""),
        remark=clean_remark(joined([clean_remark(r) for r in by_role.get("remark", [])])),
        authors=next((_people(a) for a in by_role.get("authors", []) if a), ()),
        year=next((y for c in by_role.get("year", []) if (y := year_in(c, anywhere=True))), None),
        read=read_mark(next((c for c in (place, *by_role.get("read", []), folder) if c), "")),
        extra=tuple(
            (name, squeeze(cell)[:MAX_REMARK])
            for name, role, cell in zip(names, roles, cells, strict=False)
            if role == "other" and name and cell.strip()
        ),
    )
