"""Lists as people put them on the web: which links are works, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lists.wild.web import APART, SEEN, Row

from litsearch.app.lists import read_list
from litsearch.types import Entry

LISTS = {**SEEN, **APART}
# Shares of what the lists tell that is read rightly. APART at first sight: links 40 of 40 and five
# too many, titles 23 of 38, authors 10 of 21, years 13 of 23.
FLOORS = {"title": 0.93, "authors": 0.9, "year": 0.95}


def read(name: str, folder: Path) -> dict[str, Entry]:
    (folder / name).write_text(LISTS[name][0], "utf-8")
    return {key(entry.title, entry.url): entry for entry in read_list(folder / name, folder)}


def key(title: str, url: str | None) -> str:
    return url or bare(title).lower()


def bare(title: str) -> str:
    return title.strip(' .“”"«»')


def wanted(name: str) -> Iterator[tuple[str, Row]]:
    for row in LISTS[name][1]:
        yield key(row[0], row[1]), row


@pytest.mark.parametrize("name", LISTS)
def test_every_work_is_found(name: str, tmp_path: Path) -> None:
    entries = read(name, tmp_path)
    assert {place for place, row in wanted(name) if not row[2].get("optional")} <= entries.keys()


def test_little_else_is_found(tmp_path: Path) -> None:
    further = []
    for name in LISTS:
        named = {place for place, _ in wanted(name)}
        further += [place for place in read(name, tmp_path) if place not in named]
    assert len(further) <= 1


@pytest.mark.parametrize("field", FLOORS)
def test_titles_authors_and_years(field: str, tmp_path: Path) -> None:
    right = told = 0
    for name in LISTS:
        entries = read(name, tmp_path)
        for place, (title, _, fields) in wanted(name):
            value = title if field == "title" else fields.get(field)
            if (
                value is None
                or place not in entries
                or (field == "title" and "any_title" in fields)
            ):
                continue
            found = getattr(entries[place], field)
            told += 1
            right += (bare(found) if field == "title" else found) == value
    assert told > 50
    assert right / told >= FLOORS[field]
