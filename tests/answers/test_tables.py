"""Rows of tables as answers."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.question import read_question
from litsearch.answers.tables import BACK, _is_filled, _table
from litsearch.index.generation import Generation
from litsearch.types import Passage

HEAD = "Gate | Width (cm) | Weight (kg) | Built"
ROWS = (
    "Fern gate | 90 | 14 | 1911",
    "Moss gate | 120 | 35 | 1934",
    "Ivy gate | 75 | 11 | 1950",
    "Ivy gate | 80 | 12 | 1951",
    "Ivy gate | 85 | 13 | 1952",
)
GATES = Page(
    "Gates of old gardens",
    (
        "Gates of old gardens were made of oak and iron by smiths of the valley.",
        "A gate closes a garden at night and keeps the deer away from the beds.",
        "The moss gate stands beside the pond and is painted every spring.",
    ),
    table=(HEAD, *ROWS),
)
WALLS = Page("Walls", ("Walls are built of stone and last for ever in the valley of gardens.",))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), [GATES, WALLS])


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("What is the width of the fern gate?", 0),
        ("What is the weight of the moss gate?", 1),
        ("When was the moss gate built, the gate of old gardens?", 1),
    ],
)
def test_a_row_answers_under_the_names_of_its_columns(
    library: Generation, question: str, row: int
) -> None:
    first = ask(library, question).citations[0]
    assert first.quote == "\n".join((HEAD, *ROWS[: row + 1]))
    text = library.catalog.document(first.source.source_id).text
    assert text[first.start : first.end] == first.quote


def test_rows_that_say_the_same_tell_nothing(library: Generation) -> None:
    quotes = [
        citation.quote for citation in ask(library, "What is the width of the ivy gate?").citations
    ]
    assert not any(quote.endswith(ROWS[2]) for quote in quotes)


def test_a_question_for_no_figure_gets_no_row(library: Generation) -> None:
    quotes = [citation.quote for citation in ask(library, "What is a moss gate?").citations]
    assert not any(quote.endswith(ROWS[1]) for quote in quotes)


def test_a_long_table_gives_the_row_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    many = tuple(
        f"Gate of the {place} path | {place} | {place + 40} | 1900" for place in range(1, 30)
    )
    page = Page(GATES.title, GATES.sentences, table=(HEAD, *many, ROWS[0]))
    library = make(tmp_path_factory.mktemp("long"), [page, WALLS])
    assert ask(library, "What is the width of the fern gate?").citations[0].quote == ROWS[0]


def test_a_table_whose_columns_stand_too_far_away_is_left_alone() -> None:
    near, end = {}, 0
    for row in range(BACK + 2):
        text = f"Ivy gate {row} | {row}\n"
        near[row] = (Passage(f"p{row}", "s", text, end, end + len(text), role="table"), 0)
        end += len(text)
    assert _table(BACK + 1, near, {}) is None


@pytest.mark.parametrize(
    ("row", "filled"),
    [
        ("Fern gate | 90 | 14", True),
        ("Fern gate 90 14", True),
        ("1.12 Width of gates | ", False),
        ("Gate width 90-cm 120-cm", False),
        ("Gate width in 1911", False),
    ],
)
def test_a_row_has_a_figure_and_more_than_one_cell(row: str, *, filled: bool) -> None:
    question = read_question("What was the width of the fern gate in 1911?")
    assert _is_filled(row, question) is filled
