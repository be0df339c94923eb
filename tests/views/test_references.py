"""Answers for other programs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from litsearch.cli.arguments import CITES
from litsearch.types import (
    Answer,
    AnswerSentence,
    CatalogSource,
    Citation,
    Entry,
    Passage,
    Source,
    Verdict,
)
from litsearch.views.answers import FORMATS, key_of, references

TEXT = "Owls & mice: 50% of {all} owls\nhunt at night."


def a_row(name: str = "s1", authors: tuple[str, ...] = ("Ada Müller",)) -> CatalogSource:
    source = Source(name, "https://owls.example/a", "paper", (Entry("a.md", 1, "The owls"),))
    return CatalogSource.of(
        source, Verdict("indexed"), "The 100% [true] story_of {owls}", authors, 2021
    )


def an_answer(row: CatalogSource) -> Answer:
    citation = Citation(1, TEXT, 0, len(TEXT), Passage("p", "s1", TEXT, 0, len(TEXT), page=3), row)
    return Answer(
        "?", "answered", (AnswerSentence(TEXT, (1,), 1.0),), (citation,), "extractive", "g", 1.0
    )


def test_the_command_line_knows_every_format() -> None:
    assert CITES == FORMATS


def test_a_key_tells_author_and_year_and_is_unique_to_its_source() -> None:
    assert key_of(a_row()).startswith("muller2021100-")
    assert (
        key_of(a_row("s2"))
        != key_of(a_row())
        == key_of(replace(a_row(), verdict=Verdict("failed")))
    )


def test_markdown_has_a_footnote_for_each_marker() -> None:
    text = references(an_answer(a_row()), "markdown")
    assert text.startswith("Owls & mice: 50% of {all} owls hunt at night.[^1]\n")
    assert (
        "[^1]: [The 100% \\[true\\] story_of {owls}](<https://owls.example/a>), p. 3: “Owls" in text
    )


def test_bibtex_is_escaped() -> None:
    text = references(an_answer(a_row()), "bibtex")
    assert f"@article{{{key_of(a_row())}," in text
    assert r"title = {{The 100\% [true] story\_of \{owls\}}}" in text


def test_csl_json_and_pandoc_name_the_same_key() -> None:
    (item,) = json.loads(references(an_answer(a_row()), "csl-json"))
    assert item["id"] == key_of(a_row()) and item["issued"] == {"date-parts": [[2021]]}  # noqa: PT018
    text = references(an_answer(a_row()), "pandoc")
    assert f"[@{item['id']}, p. 3]" in text
    assert json.loads(text.split("---\n")[1].rstrip("-")) == {"references": [item]}


@pytest.mark.parametrize("form", FORMATS)
def test_a_refusal_can_be_cited_too(form: str) -> None:
    refused = replace(
        an_answer(a_row()), status="declined", sentences=(), citations=(), reason="Nothing."
    )
    assert isinstance(references(refused, form), str)


@pytest.mark.parametrize("form", FORMATS)
def test_a_source_without_authors_or_year(form: str) -> None:
    assert references(an_answer(replace(a_row(authors=("",)), year=None)), form)
