"""What a person reads of an answer: each quote once, every part told, a refusal without passages."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.cli import results
from litsearch.index.generation import Generation

QUOTE = "Fernadapt is a tuning method that trains two small matrices."
PAGES = [
    Page("Fernadapt: small matrices", (QUOTE,), authors=("Ilse Brandt",)),
    Page("A year of gardening", ("Tomatoes are planted after the last frost, in warm soil.",)),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


def shown(
    library: Generation, question: str, capsys: pytest.CaptureFixture[str]
) -> tuple[str, str]:
    """Return what is printed of the answer, its lines joined, and what is said beside it."""
    results.answer(ask(library, question))
    printed = capsys.readouterr()
    return " ".join(printed.out.split()), printed.err


def test_a_quote_is_printed_once_before_its_source(
    library: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = shown(library, "What is Fernadapt?", capsys)
    assert out.count(QUOTE) == 1
    assert out.startswith(f"[1] “{QUOTE}” Fernadapt: small matrices Ilse Brandt")


def test_what_was_read_otherwise_than_typed_is_said(
    library: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = shown(library, "waht is Fernadapt?", capsys)
    assert said == "Read as “what is Fernadapt?”.\n"


def test_each_of_several_questions_is_told_what_it_got(
    library: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = shown(library, "What is Fernadapt? And what does Quartzformer cost?", capsys)
    first, _, second = out.partition("hat does Quartzformer cost?")
    assert first.startswith("What is Fernadapt? [1] “Fernadapt is a tuning method")
    assert "Quartzformer" in second


def test_a_refusal_names_at_most_three_works_and_no_passages(
    library: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = shown(library, "What does Quartzformer say of tuning?", capsys)
    assert out.startswith("No answer in this library.")
    assert not any(text in out for page in PAGES for text in page.sentences)


def test_works_of_the_catalog_stand_a_line_each(
    library: Generation, capsys: pytest.CaptureFixture[str]
) -> None:
    results.answer(ask(library, "how many works are there?"))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The library holds 2 works")
    assert "A year of gardening [2]" in lines
    assert QUOTE not in "".join(lines)
