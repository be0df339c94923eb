"""What goes out comes in again: exports are read by litsearch's own list formats, and harm no other
program.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.lists import bibtex, markdown, netscape, opml
from litsearch.lists import json as json_list
from litsearch.types import CatalogSource, Entry, Kind, Source, Verdict
from litsearch.views import formats

READERS: dict[str, Callable[[str, str], list[Entry]]] = {
    "bibtex": bibtex.parse,
    "csl-json": json_list.parse,
    "opml": opml.parse,
    "netscape": netscape.parse,
    "md": markdown.parse,
}


def row(
    title: str,
    url: str | None,
    authors: tuple[str, ...] = (),
    year: int | None = None,
    kind: Kind = "paper",
) -> CatalogSource:
    entry = Entry("config/lists/a.md", 3, title, url, remark="worth it", read=True)
    return CatalogSource.of(
        Source(f"id{abs(hash(url))}", url, kind, (entry,)), Verdict("indexed"), title, authors, year
    )


ROWS = [
    row(
        "A closer look at DoRA",
        "https://dora.example/closer-look",
        ("Ada Example", "Ben Sample"),
        2024,
    ),
    row(
        "Costs & caches: 100% of it",
        "https://cache.example/kv?a=1&b=2",
        ("Cleo Example",),
        2023,
        "article",
    ),
    row("Costs again", "https://cache.example/again", ("Cleo Example",), 2023, "code"),
]


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_goes_out_comes_in_again(name: str) -> None:
    entries = READERS[name](formats.sources(ROWS, name), "x")
    assert [(one.title, one.url) for one in entries] == [(one.title, one.url) for one in ROWS]
    if name in ("bibtex", "csl-json", "md"):
        assert [one.authors for one in entries] == [one.authors for one in ROWS]
        assert [one.year for one in entries] == [one.year for one in ROWS]
        assert {one.remark for one in entries} == {"worth it"}


@pytest.mark.parametrize("name", ["bibtex", "csl-json"])
def test_the_venue_and_the_day_of_the_visit_come_back(name: str) -> None:
    (first, *_) = ROWS
    extra = (("venue", "Fog & Mist"), ("urldate", "2023-10-03"))
    told = replace(first, entries=(replace(first.entries[0], extra=extra),))
    (entry,) = READERS[name](formats.sources([told], name), "x")
    assert dict(entry.extra)["venue"] == "Fog & Mist"
    assert name != "bibtex" or entry.extra == extra


@given(st.text(min_size=1, max_size=40))
def test_no_title_breaks_a_format(title: str) -> None:
    rows = [row(title, "https://a.example/one"), row("Second", "https://b.example/two")]
    for name in ("csl-json", "opml", "netscape", "bibtex"):
        assert "https://b.example/two" in {
            one.url for one in READERS[name](formats.sources(rows, name), "x")
        }, name
    assert len(list(csv.DictReader(io.StringIO(formats.sources(rows, "csv"))))) == 2
    assert len(json.loads(formats.sources(rows, "json"))) == 2
    assert [json.loads(line)["title"] for line in formats.sources(rows, "jsonl").split("\n")] == [
        title,
        "Second",
    ]


def test_keys_of_bibtex_differ_and_formulas_of_spreadsheets_are_text() -> None:
    keys = [
        line.split("{")[1]
        for line in formats.sources(ROWS, "bibtex").splitlines()
        if line.startswith("@")
    ]
    assert len(set(keys)) == 3
    table = formats.sources([row('=HYPERLINK("http://evil.example")', None)], "csv")
    assert next(csv.DictReader(io.StringIO(table)))["title"].startswith("'=")


def test_ids_are_lines() -> None:
    assert formats.sources(ROWS, "ids").split("\n") == [one.source_id for one in ROWS]


ENTRY = Entry(
    "list.md",
    3,
    "On Moss",
    "https://arxiv.org/abs/1901.00001",
    ("Plants", "Mosses"),
    "soft, green",
    "for the walk",
    ("Ann Lee", "Bob Ray"),
    2019,
    False,
)


@pytest.mark.parametrize("name", sorted(READERS))
def test_what_lists_say_goes_out_and_comes_in_again(name: str) -> None:
    source = Source("0" * 16, ENTRY.url, "paper", (ENTRY,))
    rows = [CatalogSource.of(source, Verdict("indexed"), ENTRY.title, ENTRY.authors, ENTRY.year)]
    (entry,) = READERS[name](formats.sources(rows, name), "x")
    assert (entry.title, entry.url, entry.remark) == (ENTRY.title, ENTRY.url, ENTRY.remark)
    assert entry.topic == ENTRY.topic
    if name != "csl-json":
        assert entry.section == ENTRY.section
    if name != "opml":
        assert entry.read is False
    if name in ("bibtex", "csl-json", "md"):
        assert (entry.authors, entry.year) == (ENTRY.authors, ENTRY.year)


def test_bibtex_tells_the_number_and_year_of_a_preprint() -> None:
    table = formats.sources([row("Preprint", "https://arxiv.org/abs/1901.00001")], "bibtex")
    for line in ("eprint = {1901.00001}", "archiveprefix = {arXiv}", "year = {2019}"):
        assert line in table
