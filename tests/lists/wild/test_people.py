"""Lists of people and programs: every work is found, nothing else is, and each field says what the list says.

title, address, fields: what a reader finds. any_title: words of a sentence, where any title will do;
any_url: one of several addresses; optional: a reader may take it for a work or not; says: words of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lists.shapes import checked, checked_apart, further
from lists.wild import (
    fresh,
    people,
    readers,
    second_look,
    strangers,
    strangers_apart,
    third_look,
    unseen,
)

from litsearch.app.lists import read_list
from litsearch.types import Entry

LISTS: dict[str, tuple[str, list[people.Row]]] = {
    **people.LISTS,
    **readers.LISTS,
    **further.LISTS,
    **second_look.LISTS,
    **fresh.LISTS,
    **unseen.LISTS,
    **third_look.LISTS,
    **checked.LISTS,
    **checked_apart.LISTS,
    **strangers.LISTS,
    **strangers_apart.LISTS,
}
# what only one who knows the persons and journals can tell: "Lampson-Reed. [Title]", "J. Wind 4"
KNOWN_FAULTS = {
    "course-table.md": 1,
    "arxiv-listing.txt": 1,
    "notes.org": 2,
    "links-2021.md": 1,
    "reading-group.md": 1,
    "openreview.txt": 1,
    "law.md": 1,
}
# of strangers' lists, not read yet: Notion's rows with a column of addresses, names behind Eastern
# quotes, "Ames (J.) et Poe (A.)", a JSON's object of links, a note's own files
KNOWN_FAULTS |= {
    "awesome-causal-tools.md": 1,
    "cs284-schedule.md": 1,
    "links.txt": 1,
    "distsys-list.md": 2,
    "lecturas.md": 1,
    "輪講.md": 7,
    "publications.html": 1,
    "reading.org": 3,
    "literatur.txt": 1,
    "Reading DB 4f2a.md": 5,
    "bibliographie.md": 1,
    "必读书单.txt": 4,
    "논문목록.md": 4,
    "library.json": 3,
}


def read(name: str, folder: Path) -> list[Entry]:
    text = LISTS[name][0].encode(further.ENCODINGS.get(name, "utf-8"))
    (folder / name).write_bytes(text)
    return read_list(folder / name, folder)


def bare(title: str) -> str:
    return title.strip(' .“”"«»')


def is_of(entry: Entry, row: people.Row) -> bool:
    title, url, fields = row
    if entry.url == url and (url or bare(entry.title) == bare(title)):
        return True
    return "any_url" in fields and bare(entry.title) == bare(title)


def says(entry: Entry, name: str, value: Any) -> bool:
    if name == "says":
        return value.lower() in entry.remark.lower()
    if name == "venue":
        return value in entry.remark or value in dict(entry.extra).values()
    return bool(getattr(entry, name) == value)


def faults(entries: list[Entry], gold: list[people.Row]) -> Iterator[str]:
    rest = list(entries)
    for row in gold:
        title, url, fields = row
        entry = next((entry for entry in rest if is_of(entry, row)), None)
        if entry is None:
            if "optional" not in fields:
                yield f"missing: {title} {url}"
            continue
        rest.remove(entry)
        if "any_title" not in fields and bare(entry.title) != bare(title):
            yield f"title {entry.title!r}, not {title!r}"
        for name, value in fields.items():
            if not name.startswith(("any", "opt")) and not says(entry, name, value):
                yield f"{title or url}: {name} is not {value!r} in {entry}"
    yield from (f"no work: {entry.title} {entry.url}" for entry in rest)


@pytest.mark.parametrize("name", LISTS)
def test_every_work_of_a_list_is_read_as_its_owner_does(name: str, tmp_path: Path) -> None:
    found = list(faults(read(name, tmp_path), LISTS[name][1]))
    assert found[KNOWN_FAULTS.get(name, 0) :] == []
