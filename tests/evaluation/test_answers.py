"""The measures of answers, by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from litsearch.answers.verbatim import supported
from litsearch.evaluation import answers
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

TEXT = "Owls hunt at night. A barn owl weighs 470 grams when grown. It hears mice under snow."


def citation(n: int, quote: str) -> Citation:
    start = TEXT.index(quote)
    passage = Passage("p1", "s1", TEXT, 0, len(TEXT))
    source = Source("s1", "https://owls.example/", "article", (Entry("a.md", 1, "Owls"),))
    return Citation(
        n,
        quote,
        start,
        start + len(quote),
        passage,
        CatalogSource.of(source, Verdict("indexed"), "Owls"),
    )


def answer(*sentences: AnswerSentence, status: str = "answered") -> Answer:
    quotes = ("Owls hunt at night.", "A barn owl weighs 470 grams when grown.")
    citations = tuple(citation(n, quote) for n, quote in enumerate(quotes, 1))
    return Answer(
        "how heavy?", status, sentences, citations if sentences else (), "stub", "g1", 1.0
    )  # type: ignore[arg-type]


GOOD = AnswerSentence("A barn owl weighs 470 grams when grown.", (2,), 1.0)
WRONG = AnswerSentence("A barn owl weighs 740 grams when grown.", (2,), 1.0)
TWICE = AnswerSentence("Owls hunt at night.", (1, 2), 1.0)


@pytest.mark.parametrize(
    ("sentences", "recall", "precision"),
    [((GOOD,), 1.0, 1.0), ((WRONG,), 0.0, 0.0), ((GOOD, WRONG), 0.5, 0.5), ((TWICE,), 1.0, 0.5)],
)
def test_citation_scores(
    sentences: tuple[AnswerSentence, ...], recall: float, precision: float
) -> None:
    assert answers.citation_scores(answer(*sentences), supported) == {
        "citation_recall": recall,
        "citation_precision": precision,
    }


def test_a_refusal_has_no_citation_scores() -> None:
    assert answers.citation_scores(answer(status="declined"), supported) == {}


def test_verbatim_means_at_the_offsets() -> None:
    right = citation(1, "Owls hunt at night.")
    assert answers.verbatim([right, replace(right, start=1)], lambda _: TEXT) == [True, False]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("470", True),
        ("47", False),
        ("70", False),
        ("470 GRAMS", True),
        ("lost|470", True),
        ("", False),
    ],
)
def test_a_fact_is_said_in_whole_words(fact: str, said: bool) -> None:
    assert answers.says(fact, answer(GOOD)) is said


def test_a_gold_quote_counts_when_one_holds_the_other() -> None:
    assert answers.cites("a barn owl, weighs 470", answer(GOOD))
    assert not answers.cites("It hears mice under snow", answer(GOOD))


def test_a_quote_is_found_by_its_digest_alone() -> None:
    letters = "abarnowlweighs470grams"
    digest = hashlib.sha256(letters.encode()).hexdigest()
    assert answers.recovered(digest, len(letters), ["nothing here", TEXT]) == letters
    assert answers.recovered(digest, len(letters), ["nothing here"]) == ""


def test_declining() -> None:
    refused, said = answer(status="declined"), answer(GOOD)
    found = answers.declining(
        {"a": True, "b": False, "c": False}, {"a": refused, "b": refused, "c": said}
    )
    assert found == {"declining_recall": 0.5, "declining_precision": 0.5}


def test_the_first_sentence_comes_no_later_than_the_whole() -> None:
    def steps() -> Iterator[Answer | AnswerSentence]:
        yield answer(GOOD)
        yield GOOD
        yield answer(GOOD)

    one = answers.timed(steps())
    assert 0 < one.first_ms <= one.whole_ms
    assert set(answers.waits([one])) == {"ask_first", "ask_first_p95", "ask_whole", "ask_whole_p95"}
