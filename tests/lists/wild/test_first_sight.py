"""Lists written with what they name before any was read: shares of links and fields read rightly.

A file holds several: "=== name", the list, "--- gold", then a line a work: title | address |
authors | year. "-": the work has no address, "?": any; "?" before a title: it may be left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from litsearch.app.lists import read_list
from litsearch.types import Entry

# First sight, three sets open and four apart: recall .75 .95 .97 and .91 1.0 .85 .96; precision
# .69 .80 .84 and .77 .69 .69 .79; titles .80 .88 .91 and .85 .89 .91 .91; authors .46 .69 .85 and
# .40 .54 .75 .67; years .65 .74 .95 and .86 .91 .88 .82.
# The usual lists of real life: three sets open, .96 .93 .96 recall, .86 .89 .94 precision, titles
# .85 .90 .88, authors .78 .71 .91, years .87 1.0 1.0; the one apart .89, .93, .92, .84, .97.
FLOORS = {
    "first_sight.txt": {
        "recall": 0.99, "precision": 0.98, "title": 0.95, "authors": 0.95, "year": 0.98
    },
    "first_sight_apart.txt": {
        "recall": 0.98, "precision": 0.88, "title": 0.96, "authors": 0.80, "year": 0.94
    },
    "usual.txt": {
        "recall": 0.99, "precision": 0.97, "title": 0.98, "authors": 0.97, "year": 0.99
    },
    "usual_apart.txt": {
        "recall": 0.92, "precision": 0.96, "title": 0.91, "authors": 0.80, "year": 0.97
    },
    "usual_exports.txt": {
        "recall": 0.99, "precision": 0.99, "title": 0.96, "authors": 0.99, "year": 0.99
    },
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    title: str
    url: str
    authors: tuple[str, ...]
    year: int | None
    optional: bool


def lists_of(file: str) -> dict[str, tuple[str, list[Work]]]:
    lists = {}
    for part in (Path(__file__).parent / file).read_text("utf-8").split("=== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, gold = rest.partition("--- gold\n")
        lists[name] = text, [work_of(line) for line in gold.splitlines() if line.strip()]
    return lists


def work_of(line: str) -> Work:
    title, url, authors, year = [*map(str.strip, line.split("|")), "", ""][:4]
    names = tuple(map(plain_name, filter(None, map(str.strip, authors.split(";")))))
    return Work(title.lstrip("?"), url, names, int(year or 0) or None, title.startswith("?"))


def plain_name(name: str) -> str:
    family, comma, given_name = name.partition(", ")
    return (f"{given_name} {family}" if comma else name).replace(".", "")


def bare(title: str) -> str:
    return " ".join(title.strip(' .“”"«»').split())


def entry_of(work: Work, entries: list[Entry]) -> Entry | None:
    if work.url not in ("-", "?"):
        return next((entry for entry in entries if entry.url == work.url), None)
    title = bare(work.title).lower()
    return next((entry for entry in entries if bare(entry.title).lower() == title), None)


def count(entries: list[Entry], works: list[Work], right: Counter[str], told: Counter[str]) -> None:
    matched = [(work, entry_of(work, entries)) for work in works]
    named = {id(entry) for _, entry in matched if entry is not None}
    told["precision"] += sum(id(entry) not in named for entry in entries)
    for work, entry in matched:
        if work.optional:
            continue
        told["recall"] += 1
        if entry is None:
            continue
        names = tuple(map(plain_name, entry.authors))
        fields = {
            "recall": True,
            "precision": True,
            "title": bare(entry.title) == bare(work.title),
            "authors": names == work.authors if work.authors else None,
            "year": entry.year == work.year if work.year else None,
        }
        for field, is_right in fields.items():
            told[field] += is_right is not None and field != "recall"
            right[field] += bool(is_right)


@pytest.mark.parametrize("file", FLOORS)
def test_shares_of_lists_at_first_sight(file: str, tmp_path: Path) -> None:
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for name, (text, works) in lists_of(file).items():
        (tmp_path / name).write_text(text, "utf-8")
        count(read_list(tmp_path / name, tmp_path), works, right, told)
    shares = {field: right[field] / told[field] for field in FLOORS[file]}
    assert {field: share for field, share in shares.items() if share < FLOORS[file][field]} == {}
