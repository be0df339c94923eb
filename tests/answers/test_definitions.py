"""How surely a sentence says what a thing is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.definitions import (
    as_entry,
    definition_share,
    introduces,
    share_in,
    tells_what,
)
from litsearch.answers.entities import Entity
from litsearch.answers.short_forms import is_short_form, other_form_of

# The second says what the thing is, or says it better, than the first.
BETTER = [
    ("fern gate", "The fern gate outperforms all others.", "A fern gate is a door of leaves."),
    ("fern gate", "Fern gates are popular.", "Fern gates are doors that close at night."),
    ("fern gate", "We thank the fern gate team.", "This door is known as the fern gate."),
    ("fern gate", "We give an overview of the fern gate.", "We propose the fern gate, a door."),
    ("FGT", "FGT has won twice.", "The Fern Gate Test (FGT), a test of doors, is old."),
    ("fern gate", "The fern gate is an important part.", "The fern gate is a part of a door."),
    (
        "moss quality",
        "Moss qualities matter.",
        "Moss qualities of walls are defined as the wet share.",
    ),
    ("fern gate", "Fern-gate-2 is a door.", "In a garden, the fern gate closes the path."),
    ("fern gate", "- Fern gate: the fern gate", "- Fern gate: close the path at night."),
    (
        "leaf door",
        "The leaf door and the fern gate are two words for one door.",
        "The fern gate (also known as “moss gate” or “leaf door”; Ash 1990) is a door of leaves.",
    ),
    ("fern gating", "Fern gating won a prize.", "Fern gating is to close the path with leaves."),
    ("fern gate", "Fern gates [3] won a prize.", "Fern gates [3] are doors that close at night."),
    (
        "FGT",
        "FGT wins the most.",
        "We join moss and leaves into one simple door for gardens (FGT).",
    ),
    (
        "fern gate",
        "We meet fern gates, where doors are wet.",
        "We meet fern gates, a kind of door.",
    ),
    ("fern rule", "We know the fern rule.", "Under the fern rule, a gate closes at night."),
    (
        "leaf share",
        "We know the leaf share.",
        "The leaf share of a wall is the part that is green.",
    ),
    ("fern gate", "Below we discuss the door known as fern gate.", "We meet a fern gate, a door."),
    (
        "fern gate",
        "Fern gates work well.",
        "The idea of a fern gate is simple: leaves keep deer out.",
    ),
    ("fern gate", "A fern gate can be seen as a gift.", "A fern gate is a door of leaves."),
    (
        "fern gate",
        "A fern gate is related to doors of old gardens.",
        "Fern gates are doors of leaves.",
    ),
    (
        "fern gate",
        "A garden can have no door (i.e. fern gate) or several.",
        "A fern gate is normally an opening in a hedge.",
    ),
]


@pytest.mark.parametrize(("subject", "worse", "better"), BETTER)
def test_a_definition_is_worth_more(subject: str, worse: str, better: str) -> None:
    thing = Entity(subject)
    assert definition_share(worse, thing) < definition_share(better, thing) <= 1


@pytest.mark.parametrize(
    ("line", "headed"),
    [
        ("Fern gate", True),
        ("2.1 Fern gates", True),
        ("Fern gate (door)", True),
        ("**Fern gate**:", True),
        ("Fern gates of old", False),
        ("A fern gate swings.", False),
        ("", False),
    ],
)
def test_a_text_under_its_term_is_an_entry_of_a_glossary(line: str, *, headed: bool) -> None:
    thing, text = Entity("fern gate"), "A door of leaves that closes at night."
    entry = as_entry(line, text, thing)
    assert (definition_share(entry, thing) > 0) is headed
    assert (entry == text) is not headed


def test_a_text_that_says_its_term_needs_no_line_above_it() -> None:
    text = "A fern gate is a door of leaves."
    assert as_entry("Fern gate", text, Entity("fern gate")) == text


def test_the_other_form_of_a_thing_is_the_thing() -> None:
    texts = ["A door.", "Fern gate testing (FGT) came late.", "Fern gate testing (FGX) came later."]
    assert other_form_of("fern gate testing", texts) == "FGT"
    assert other_form_of("FGT", texts) == "Fern gate testing"
    assert other_form_of("MGT", texts) == ""
    thing = Entity("fern gate testing", ("FGT",))
    said = definition_share("FGT is a way to try doors.", thing)
    assert said > definition_share("We use moss and fern gate testing (FGT) every day.", thing)


def test_what_was_told_of_a_thing_is_known() -> None:
    told = ["It is old. We asked much.", "Yes. The fern gate is a door of leaves."]
    assert tells_what(told, Entity("fern gate"))
    assert not tells_what(told[:1], Entity("fern gate"))
    assert not tells_what(told, None)


@given(st.text(max_size=200), st.text(min_size=1, max_size=20))
def test_any_text_has_a_share(text: str, subject: str) -> None:
    assert 0 <= definition_share(text, Entity(subject)) <= 1


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("FGT", "Fern Gate Test", True),
        ("NF4", "4-bit NormalFloat", True),
        ("MoE", "Mixture-of-Experts", True),
        ("FGT", "Moss Gate Test", False),
        ("FGT", "FGT", False),
    ],
)
def test_short_forms(short: str, long: str, expected: bool) -> None:
    assert is_short_form(short, long) is expected


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("We propose the fern gate, which closes at night.", True),
        ("In this work we introduce Fern Gate Testing (FGT).", True),
        ("This essay introduces the term fern gate for what leaves do.", True),
        ("The result, which we call the fern gate, is light.", True),
        ("We use a recently developed part called the fern gate.", False),
        ("The fern gate was proposed by others. We present a door.", False),
    ],
)
def test_authors_say_what_is_their_own(text: str, own: bool) -> None:
    name = Entity("fern gate", ("FGT",))
    assert introduces(text, name) is own


def test_of_a_text_a_definition_that_leans_on_the_sentence_before_counts_half() -> None:
    name = Entity("fern gate")
    leaning = "You know it. That's because a fern gate is a door of leaves."
    assert share_in("A wall. A fern gate is a door of leaves.", name) == 1.0
    assert share_in(leaning, name) == definition_share(leaning[13:], name) / 2
