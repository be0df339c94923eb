"""litsearch's own reading lists are read as they are meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from litsearch.lists.markdown import parse
from litsearch.types import Entry

LISTS = Path(__file__).parents[2] / "config" / "lists"
NAMES = sorted(path.name for path in LISTS.glob("*.md"))


def entries(name: str) -> list[Entry]:
    return parse((LISTS / name).read_text("utf-8"), name)


def test_there_are_lists() -> None:
    assert len(NAMES) >= 4


@pytest.mark.parametrize("name", NAMES)
def test_every_link_is_an_entry_with_its_words_as_title_on_its_line(name: str) -> None:
    written = [
        (number, title, url)
        for number, line in enumerate((LISTS / name).read_text("utf-8").split("\n"), 1)
        for title, url in re.findall(r"\[([^\[\]]+)\]\((\S+?)\)(?=\s|$|,|\.)", line)
    ]
    assert [(e.line, e.title, e.url) for e in entries(name) if e.url] == written


@pytest.mark.parametrize("name", NAMES)
def test_entries_without_a_link_are_titles_in_quotes_italics_or_tables(name: str) -> None:
    lines = (LISTS / name).read_text("utf-8").split("\n")
    for entry in entries(name):
        if entry.url is None:
            assert re.match(
                rf"(?:- [“*]|\| ){re.escape(entry.title)}[”*]? (?:by|\|)", lines[entry.line - 1]
            )


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_a_section_and_nearly_every_one_a_remark(name: str) -> None:
    found = entries(name)
    assert all(e.section for e in found)
    assert sum(not e.remark for e in found) <= 3


def test_what_dora_is_stands_in_a_remark() -> None:
    (dora,) = [e for name in NAMES for e in entries(name) if "DoRA" in e.title]
    for word in ("weight-decomposed low-rank adaptation", "magnitude", "direction"):
        assert word in dora.remark
