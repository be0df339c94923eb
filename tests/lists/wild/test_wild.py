"""Entries of lists as they are found in the wild, against what a person reads in them."""

from __future__ import annotations

from collections import Counter

import pytest
from lists.wild.notes import NOTES, Gold
from lists.wild.styles import STYLES

from litsearch.lists import markdown, org
from litsearch.types import Entry

LISTS = {**NOTES, **STYLES}


def parse(text: str, path: str) -> list[Entry]:
    return (org if org.accepts(text) else markdown).parse(text, path)


def named(entries: list[Entry]) -> list[tuple[int, str, str | None]]:
    return [(e.line, e.title, e.url) for e in entries]


def wrong_fields(entries: list[Entry], gold: list[Gold]) -> list[str]:
    """What differs in the fields that the gold tells, for the entries that are in both."""
    found = {(e.line, e.url): e for e in entries}
    return [
        f"{line}: {field} is {getattr(found[line, url], field)!r}, not {value!r}"
        for line, _, url, fields in gold
        if (line, url) in found
        for field, value in fields.items()
        if getattr(found[line, url], field) != value
    ]


@pytest.mark.parametrize("name", LISTS)
def test_the_works_that_the_owner_names(name: str) -> None:
    text, gold = LISTS[name]
    entries = parse(text, "list.md")
    assert named(entries) == [(line, title, url) for line, title, url, _ in gold]
    assert wrong_fields(entries, gold) == []


def test_precision_and_recall_over_all_lists() -> None:
    found: Counter[tuple[str, int, str | None]] = Counter()
    wanted: Counter[tuple[str, int, str | None]] = Counter()
    for name, (text, gold) in LISTS.items():
        found.update((name, e.line, e.url or e.title) for e in parse(text, "list.md"))
        wanted.update((name, line, url or title) for line, title, url, _ in gold)
    right = (found & wanted).total()
    assert right / found.total() >= 0.98
    assert right / wanted.total() >= 0.97
