"""Questions of headings: as one writes them, and as the text below has their words."""

from __future__ import annotations

import pytest

from litsearch.app.headings import RunningText, questions

TEXT = RunningText(
    [
        "The pressure of a tide pool falls when water leaves it. One finds a tide pool on rocks, and"
        " an urchin in every tide pool.",
        "Nobody in Brittany knows what urchins eat, but the urchins of Brittany grow by osmosis.",
        "Through osmosis water moves, and they said that osmosis is slow. See the DNA of it.",
    ]
)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("What Do Urchins Eat?", "What do urchins eat?"),
        ("4.2 Why does water leave the pool?", "Why does water leave the pool?"),
        ("B.4 Why does water leave the pool?", "Why does water leave the pool?"),
        ("HOW DO THE URCHINS OF BRITTANY GROW ?", "How do the urchins of Brittany grow?"),
        ("How Does Water Move Through DNA?", "How does water move through DNA?"),
        ("Tide Pool", "What is a tide pool?"),
        ("Osmosis and Pressure", "What are osmosis and pressure?"),
        ("Tide pools", "What are tide pools?"),
        ("DNA", "What is DNA?"),
    ],
)
def test_a_heading_becomes_a_question(heading: str, question: str) -> None:
    assert questions([heading], TEXT) == [question]


@pytest.mark.parametrize(
    "heading", ["Introduction", "What do we eat?", "Grazing of the sea", "Why?"]
)
def test_what_says_nothing_of_its_subject_is_not_asked(heading: str) -> None:
    assert questions([heading], TEXT) == []


def test_a_term_without_mentions_has_no_article() -> None:
    assert questions(["Moon phase"], TEXT) == ["What is moon phase?"]
