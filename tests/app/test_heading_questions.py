"""Questions of headings: as one asks them, and as the text below has their words."""

from __future__ import annotations

import pytest

from litsearch.app.suggestions import RunningText, questions_of_headings

TEXT = RunningText(
    [
        "A tide pool is a hollow that the sea leaves full of water. One finds a tide pool on rocks, "
        "and an urchin in every tide pool. Tide pools are hollows that dry in summer.",
        "Nobody in Brittany knows what urchins eat, but the urchins of Brittany grow by osmosis.",
        "DNA is a molecule that holds what a cell inherits. We count it by the Secchi Method, and "
        "the Secchi Method is a way to lower a disc until it is gone.",
        "Beach grooming is a practice that removes wrack. By night they do beach grooming.",
        "The new jetty is a pier that we paid for. We walk on the new jetty, and fish at it.",
        "Wave height rises, and wave height falls.",
    ]
)


def asked(heading: str) -> list[str]:
    return [candidate.question for candidate in questions_of_headings([heading], TEXT)]


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("What Do Urchins Eat?", "What do urchins eat?"),
        ("4.2 Why does water leave the pool?", "Why does water leave the pool?"),
        ("B.4 Why does water leave the pool?", "Why does water leave the pool?"),
        ("HOW DO THE URCHINS OF BRITTANY GROW ?", "How do the urchins of Brittany grow?"),
        ("How Does Water Move Through DNA?", "How does water move through DNA?"),
        ("How to Count Urchins?", "How to count urchins?"),
        ("Tide Pool", "What is a tide pool?"),
        ("TIDE POOL", "What is a tide pool?"),
        ("Tide pools", "What are tide pools?"),
        ("Beach Grooming", "What is beach grooming?"),
        ("DNA", "What is DNA?"),
    ],
)
def test_a_heading_becomes_a_question(heading: str, question: str) -> None:
    assert asked(heading) == [question]


@pytest.mark.parametrize("heading", ["Introduction", "Grazing of the sea", "Why?", "TIDES"])
def test_what_says_nothing_of_its_subject_is_not_asked(heading: str) -> None:
    assert asked(heading) == []


@pytest.mark.parametrize(
    "heading",
    [
        "What do we eat?",
        "What about urchins?",
        "Why urchins in Brittany?",
        "Do urchins really eat kelp?",
        "How good is the pool of Brittany?",
        "Okay, what about the urchins?",
        "What is it made of?",
        "What matters more: the rock or the water?",
    ],
)
def test_what_leans_on_its_page_or_asks_for_a_judgement_is_not_asked(heading: str) -> None:
    assert asked(heading) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Wave height",  # nothing says what it is
        "Tide pool and osmosis",
        "Pools as nurseries",
        "Tide pool vs beach grooming",
        "The new jetty",
        "New jetty",  # of this place alone
        "C DNA",  # an appendix
    ],
)
def test_a_term_is_asked_for_when_the_text_defines_it(heading: str) -> None:
    assert asked(heading) == []


def test_a_name_keeps_its_capitals() -> None:
    text = RunningText(["We call this a Secchi Disc. Lower a Secchi Disc until it is gone."])
    [candidate] = questions_of_headings(["Secchi Disc"], text)
    assert candidate.question == "What is a Secchi Disc?"
