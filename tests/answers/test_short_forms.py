"""Short forms and what they stand for."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.short_forms import spells_out
from litsearch.answers.subjects import short_form_in, subjects_of


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("What does SMR stand for?", "SMR"),
        ("what is SMR short for", "SMR"),
        ("What does the M in SMR stand for?", "SMR"),
        ("what is SMR an abbreviation of?", "SMR"),
        ("What does the mayor stand for?", "mayor"),  # which no text spells out
        ("What is a pump used for?", ""),
    ],
)
def test_what_is_asked_to_be_spelled_out(question: str, short: str) -> None:
    assert short_form_in(question) == short
    if short:
        assert subjects_of(question) == (short,)


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("A small modular reactor (SMR) is built in a factory.", True),
        ("The SMR (small modular reactor) is built in a factory.", True),
        ("SMR stands for small modular reactor.", True),
        ("The SMR (which is the size of a bus) is built in a factory.", False),
        ("An SMR is built in a factory.", False),
    ],
)
def test_texts_that_spell_a_short_form_out(text: str, spelled: bool) -> None:
    assert spells_out(text, "SMR") is spells_out(text, "smr") is spelled


def test_what_a_short_form_stands_for_comes_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    said = (
        "SMR is a technology that many countries hope for.",
        "An SMR can be carried on a lorry, and SMR is the word of the year.",
        "Their report is on the small modular reactor (SMR) and its price.",
    )
    library = make(tmp_path_factory.mktemp("index"), [Page("SMR in practice", said)])
    answer = ask(library, "What does SMR stand for?")
    assert answer.status == "answered"
    assert "small modular reactor (SMR)" in answer.sentences[0].text
