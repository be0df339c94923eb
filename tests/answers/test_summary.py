"""A summary of one work, several questions in one, and turns that follow others."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.message import questions_in
from litsearch.index.generation import Generation
from litsearch.types import Turn

SENTENCES = (
    "Heather grows slowly on poor soils that other plants avoid.",
    "Its roots share food with a fungus that lives in the soil.",
    "Sheep keep heather short, and fire makes it young again.",
    "Bees make a dark honey of heather in the late summer.",
    "Old heather falls apart in the middle after thirty years.",
    "Gardeners cut heather back in spring before it grows.",
    "Poor soils and light are what heather needs most of all.",
)
PAGES = [
    Page("The life of heather", SENTENCES, url="https://arxiv.org/abs/2301.00001"),
    Page(
        "Grazing on the moor",
        (
            "Moors are grazed by many animals all over the north.",
            "Farmers have long asked how many sheep a moor can feed.",
            "We propose GRAZER, a count of sheep on a moor that foretells heather.",
            "Sheep and heather keep a balance on a moor that is grazed lightly.",
            "A moor that many sheep graze turns into grass within years.",
        ),
    ),
    Page(
        "Bracken",
        ("Bracken is a fern that poisons cattle.", "Bracken spreads by roots under the ground."),
    ),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


@pytest.mark.parametrize(
    "question",
    [
        "Summarize The life of heather",
        "Give me a summary of The life of heather",
        "what does the paper The life of heather say?",
        "tl;dr of The life of heather",
        "What is The life of heather about?",
        "the life of heather",
        "What is the main idea of The life of heather?",
        "what did the authors of The life of heather find?",
        "What is the claim of the paper The life of heather?",
        "https://arxiv.org/abs/2301.00001",
        "summarize arxiv:2301.00001v2",
        "2301.00001",
    ],
)
def test_a_summary_is_of_the_work_in_its_own_order(library: Generation, question: str) -> None:
    answer = ask(library, question)
    assert answer.status == "answered"
    assert {citation.source.title for citation in answer.citations} == {"The life of heather"}
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)
    assert 2 <= len(starts) <= 5


@pytest.mark.parametrize(
    "question", ["Summarize Grazing on the moor", "What is the contribution of the GRAZER paper?"]
)
def test_a_summary_begins_with_what_the_work_itself_says(
    library: Generation, question: str
) -> None:
    """The work may be named by what it introduces."""
    answer = ask(library, question)
    assert answer.sentences[0].text.startswith("We propose GRAZER")


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("What is moss?", ["What is moss?"]),
        ("What is moss? Where does it grow?", ["What is moss?", "Where does it grow?"]),
        ("What is moss and how does it drink?", ["What is moss?", "how does it drink?"]),
        ("How do moss and fern differ?", ["How do moss and fern differ?"]),
        ("What to keep and what to throw away?", ["What to keep and what to throw away?"]),
        ("is ? is", ["is ? is"]),
    ],
)
def test_several_questions_in_one(message: str, questions: list[str]) -> None:
    assert questions_in(message) == questions


def test_each_of_several_questions_has_a_part(library: Generation) -> None:
    answer = ask(library, "What is bracken? How does heather get young again?")
    assert [part.question for part in answer.parts] == [
        "What is bracken?",
        "How does heather get young again?",
    ]
    markers = [n for part in answer.parts for n in part.citations]
    assert markers == [citation.n for citation in answer.citations]


def test_nothing_that_was_shown_is_shown_again(library: Generation) -> None:
    first = ask(library, "What is bracken?")
    turns = [Turn("What is bracken?", first.text)]
    more = ask(library, "tell me more", turns=turns)
    assert not {citation.quote for citation in first.citations} & {c.quote for c in more.citations}


def test_thanks_are_no_follow_up(library: Generation) -> None:
    turns = [Turn("What is bracken?", "Bracken is a fern. [1]")]
    answer = ask(library, "thanks!", turns=turns)
    assert (answer.status, answer.citations, answer.nearest) == ("declined", (), ())
    assert "3 works" in answer.reason
