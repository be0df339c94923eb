"""Answers worded by a model that may lie."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from answers.shelf import Page, ask, make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litsearch.answers.generate import LONGEST, generate, verified
from litsearch.errors import ModelUnavailable
from litsearch.protocols import Pieces
from litsearch.types import Answer, Parameters

PAGES = [
    Page(
        "Fernadapt in brief",
        (
            "Fernadapt is a tuning method that freezes the base weights and trains two small matrices.",
            "The Fernadapt matrices hold 40 times fewer parameters than the base weights.",
            "Gardeners water ferns in the morning because the leaves dry slowly in shade.",
        ),
    )
]


@dataclass
class Model:
    """Says what it was told to say, a few letters at a time."""

    says: str
    name: str = "stub"
    parameters: Parameters = (("temperature", 0),)
    step: int = 7
    asked: int = 0
    said: int = 0

    def generate(self, question: str, quotes: Sequence[str]) -> Pieces:
        self.asked += 1
        for at in range(0, len(self.says), self.step):
            self.said = at + self.step
            yield self.says[at : at + self.step]

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def extractive(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    given_answer = ask(make(tmp_path_factory.mktemp("index"), PAGES), "What is Fernadapt?")
    assert given_answer.status == "answered"
    return given_answer


def test_a_supported_sentence_stands_and_a_lie_falls(extractive: Answer) -> None:
    n = next(c.n for c in extractive.citations if "freezes" in c.quote)
    model = Model(
        f"Fernadapt is a tuning method that freezes the base weights [{n}]. DoMA-L won 99 prizes [{n}]. It costs 7."
    )
    worded = generate(model, extractive)
    assert [s.text for s in worded.sentences] == [
        "Fernadapt is a tuning method that freezes the base weights."
    ]
    assert worded.generator == "stub"
    assert [c.n for c in worded.citations] == [1]
    assert worded.sentences[0].citations == (1,)


def test_a_sentence_without_marker_is_dropped(extractive: Answer) -> None:
    assert (
        generate(
            Model("Fernadapt is a tuning method that freezes the base weights."), extractive
        ).sentences
        == extractive.sentences
    )


def test_the_extractive_answer_stands_when_nothing_is_left(extractive: Answer) -> None:
    worded = generate(Model("Fernadapt was made by Napoleon [1]. See also [9]."), extractive)
    assert worded.generator == "extractive"
    assert {s.text for s in worded.sentences} <= {s.text for s in extractive.sentences}


def test_a_refusal_asks_nothing_of_the_model(tmp_path: Path) -> None:
    declined = ask(make(tmp_path, PAGES), "What is GPT-9?")
    model = Model("GPT-9 is great [1].")
    assert generate(model, declined) is declined
    assert model.asked == 0


def test_a_model_that_fails_is_heard(extractive: Answer) -> None:
    class Broken(Model):
        def generate(self, question: str, quotes: Sequence[str]) -> Pieces:
            yield "Fernadapt "
            raise ModelUnavailable("no model")

    with pytest.raises(ModelUnavailable):
        generate(Broken(""), extractive)


def test_an_answer_says_what_it_was_made_with(extractive: Answer) -> None:
    n = next(c.n for c in extractive.citations if "freezes" in c.quote)
    model = Model(f"Fernadapt is a tuning method that freezes the base weights [{n}].")
    worded, again = generate(model, extractive), generate(model, extractive)
    assert worded.parameters == (*extractive.parameters, ("temperature", 0))
    assert replace(worded, took_ms=0) == replace(again, took_ms=0)
    lied = generate(Model("DoMA-L won 99 prizes [1]."), extractive)
    assert (lied.generator, lied.parameters) == ("extractive", extractive.parameters)


def test_a_sentence_is_shown_as_soon_as_the_next_begins(extractive: Answer) -> None:
    n = next(c.n for c in extractive.citations if "freezes" in c.quote)
    model = Model(
        f"Fernadapt is a tuning method that freezes the base weights [{n}]. "
        + "And so on it goes. " * 20
    )
    first = next(step for step in verified(model, extractive) if step)
    assert first.text == "Fernadapt is a tuning method that freezes the base weights."
    assert model.said < 100


def test_a_marker_may_stand_before_or_after_the_full_stop(extractive: Answer) -> None:
    n = next(c.n for c in extractive.citations if "freezes" in c.quote)
    for end in (
        f" [{n}].",
        f". [{n}]",
        f" [{n}]",
        f".[{n}]",
        f" [{n}]. Next",
        f". [{n}] Next",
        f" [{n}] Next one",
    ):
        for step in (1, 5, 500):
            said = Model(
                f"Fernadapt is a tuning method that freezes the base weights{end}", step=step
            )
            shown = generate(said, extractive).sentences
            assert [s.text.rstrip(".") for s in shown] == [
                "Fernadapt is a tuning method that freezes the base weights"
            ]


def test_a_lie_gives_way_to_the_quote_that_it_cites(extractive: Answer) -> None:
    a = next(c.n for c in extractive.citations if "freezes" in c.quote)
    b = next(c.n for c in extractive.citations if "40 times" in c.quote)
    lie = f"Fernadapt matrices hold 50 times fewer parameters than the base weights [{b}]."
    worded = generate(
        Model(f"{lie} Fernadapt is a tuning method that freezes the base weights [{a}]."),
        extractive,
    )
    assert [s.text for s in worded.sentences] == [
        extractive.sentences[b - 1].text,
        "Fernadapt is a tuning method that freezes the base weights.",
    ]
    assert [s.citations for s in worded.sentences] == [(1,), (2,)]
    assert "40 times" in worded.citations[0].quote


def test_a_copied_sentence_is_the_models_choice(extractive: Answer) -> None:
    sure = replace(
        extractive, sentences=tuple(replace(s, support=1.0) for s in extractive.sentences)
    )
    worded = generate(Model(f"{sure.sentences[1].text} [2]"), sure)
    assert [s.text for s in worded.sentences] == [sure.sentences[1].text]
    assert worded.generator == "stub"


def test_a_weak_answer_stays_in_the_words_of_its_sources(extractive: Answer) -> None:
    weak = replace(extractive, status="weak", reason="thin")
    model = Model("Fernadapt is a tuning method that freezes the base weights [1].")
    assert generate(model, weak).sentences == weak.sentences
    assert model.asked == 0


def test_a_model_that_never_stops_is_stopped(extractive: Answer) -> None:
    model = Model("fern " * 1_000_000, step=50)
    assert generate(model, extractive).sentences == extractive.sentences
    assert model.said < 2 * LONGEST


_PIECES = [
    "Fernadapt is a tuning method that freezes the base weights",
    "Napoleon",
    "40 times",
    ". ",
    " [1]",
    " [2]",
    " [0]",
    " [17]",
    "[1, 2]",
    "\n",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_markers_are_always_those_of_citations(extractive: Answer, text: str) -> None:
    worded = generate(Model(text), extractive)
    numbers = [c.n for c in worded.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert worded.sentences
    for sentence in worded.sentences:
        assert sentence.citations
        assert set(sentence.citations) <= set(numbers)
    assert not re.search(r"\[(?:0|17)\]", worded.text)
