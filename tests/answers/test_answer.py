"""Answers over small libraries: the laws of quotes, and when to keep silent."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from answers.shelf import TIDES, Page, ask, make
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litsearch.answers.answer import RULES
from litsearch.answers.catalogue_question import read_catalogue_question
from litsearch.answers.evidence import Reader, look_up
from litsearch.answers.question import read_question
from litsearch.index.generation import Generation
from litsearch.types import Answer

PAGES = [
    Page(
        "Fernadapt: small matrices for large models",
        (
            "Large models are costly to tune, and many groups cannot afford it.",
            "Fernadapt is a tuning method that freezes the base weights and trains two small matrices.",
            "It needs 12 gigabytes of memory for a model that would otherwise take 90 gigabytes.",
            "We compare with Mossquant 2 on four tasks and find no loss of accuracy.",
        ),
        authors=("Ilse Brandt",),
    ),
    Page(
        "Mossquant 2 in practice",
        (
            "Mossquant 2 rounds the weights to four bits before tuning begins.",
            "Rounding the weights of Mossquant 2 takes eleven minutes on one card.",
            "Nobody expected the Fernadapt community to adopt rounding so quickly.",
        ),
    ),
    Page(
        "A year of gardening",
        (
            "The cedar wave is a slow movement of branches in wind, first described by foresters.",
            "Tomatoes should be planted after the last frost, when the soil is warm.",
            "Will it rain tomorrow in the valley where the tomatoes grow?",
        ),
    ),
    Page(
        "Pebblenet explained",
        (),
        "Pebblenet is a network that stores pebbles in a ring of buckets.",
    ),
    Page("The Quartzformer report", (), "", status="dead"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


def check_laws(library: Generation, given_answer: Answer, most: int) -> None:
    if read_catalogue_question(given_answer.question) is not None:
        return  # it lists works: test_catalogue.py has the laws of those
    assert len(given_answer.sentences) <= most * max(1, len(given_answer.parts))
    assert [c.n for c in given_answer.citations] == list(range(1, len(given_answer.citations) + 1))
    assert len(given_answer.sentences) == len(given_answer.citations)
    spans = sorted((c.source.source_id, c.start, c.end) for c in given_answer.citations)
    # nothing is shown twice
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in itertools.pairwise(spans))
    for sentence, citation in zip(given_answer.sentences, given_answer.citations, strict=True):
        text = library.catalog.document(citation.source.source_id).text
        assert citation.quote == text[citation.start : citation.end] == sentence.text
        assert sentence.citations == (citation.n,)
        assert 0 <= sentence.support <= 1
    assert bool(given_answer.sentences) == (given_answer.status != "declined")
    assert bool(given_answer.reason) == (given_answer.status != "answered")


_WORDS = "what is how many does Fernadapt Mossquant 2 weights tomatoes Pebblenet rain vs differ GPT-9 (GRP) cedar wave ?"


@pytest.mark.parametrize("term", ["Fernadapt", "fernadapt?"])
def test_a_term_alone_gets_what_it_is(library: Generation, term: str) -> None:
    answer = ask(library, term)
    assert answer.sentences[0].text.startswith("Fernadapt is a tuning method")
    assert answer.question == term


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=10), st.integers(1, 4))
def test_quotes_are_verbatim_and_markers_valid(
    library: Generation, words: list[str], most: int
) -> None:
    check_laws(library, ask(library, " ".join(words), max_sentences=most), most)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(min_size=1, max_size=120).filter(
        lambda text: text.strip(" \0\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
    )
)
def test_any_question_is_answered_or_declined(library: Generation, text: str) -> None:
    check_laws(library, ask(library, text), 3)


@pytest.mark.parametrize(
    ("question", "status", "says"),
    [
        ("What is Fernadapt?", "answered", "Fernadapt is a tuning method"),
        ("what is fernadapt?", "answered", "Fernadapt is a tuning method"),
        ("WHAT IS FERNADAPT?", "answered", "Fernadapt is a tuning method"),
        ("What is the cedar wave?", "answered", "slow movement of branches"),
        ("How many bits does Mossquant-2 round the weights to?", "answered", "four bits"),
        ("What is Pebblenet?", "answered", "stores pebbles in a ring"),
        ("What is Claude 3 Opus?", "declined", ""),
        ("what is grovemix?", "declined", ""),
        ("How does Ring Attention store buckets?", "declined", ""),
        ("How many bits does Mossquant 3 round the weights to?", "declined", ""),
        ("How does Fernadapt differ from Grovemix?", "declined", ""),
    ],
)
def test_status_by_evidence(library: Generation, question: str, status: str, says: str) -> None:
    given_answer = ask(library, question)
    assert given_answer.status == status
    assert says in given_answer.text


def test_a_refusal_names_what_is_missing_and_shows_what_is_near(library: Generation) -> None:
    given_answer = ask(library, "How many layers does Grove-XL 3 have?")
    assert "Grove-XL 3" in given_answer.reason
    assert not given_answer.answered
    assert given_answer.nearest


def test_a_page_that_never_came_is_named_as_the_reason(library: Generation) -> None:
    given_answer = ask(library, "How many layers does Quartzformer have?")
    assert given_answer.status == "declined"
    assert "1 entry" in given_answer.reason
    assert "Quartzformer" in given_answer.reason


def test_both_sides_of_a_comparison_are_cited(library: Generation) -> None:
    given_answer = ask(
        library, "How do Fernadapt and Mossquant 2 each treat the weights?", max_sentences=2
    )
    assert {c.source.title for c in given_answer.citations} == {PAGES[0].title, PAGES[1].title}


def test_a_sentence_that_leans_back_brings_the_one_before(library: Generation) -> None:
    given_answer = ask(
        library, "How many gigabytes of memory are needed for the model?", max_sentences=1
    )
    assert given_answer.citations[0].quote.startswith("Fernadapt is a tuning method")
    assert "90 gigabytes." in given_answer.citations[0].quote


def test_questions_are_not_quoted_when_statements_are_there(library: Generation) -> None:
    given_answer = ask(library, "When should tomatoes be planted in the valley?", max_sentences=1)
    assert "after the last frost" in given_answer.text


def test_repeated_pages_are_quoted_once(tmp_path: Path) -> None:
    twins = [
        Page(
            f"Copy {n}",
            ("Lanterns glow because the wick burns oil slowly at night.", "End of text here."),
        )
        for n in (1, 2)
    ]
    quotes = [
        c.quote for c in ask(make(tmp_path, twins), "Why do lanterns glow at night?").citations
    ]
    assert len(quotes) == len(set(quotes))


def test_an_empty_library_declines(tmp_path: Path) -> None:
    bare = make(tmp_path, [Page("Only a title", ())])
    assert ask(bare, "What is a wick?").status == "declined"


def test_the_same_question_on_the_same_generation_gets_the_same_answer(library: Generation) -> None:
    for question in ("What is Fernadapt?", "How much memory does Fernadapt need?", "moss"):
        one, other = (replace(ask(library, question), took_ms=0) for _ in range(2))
        assert one == other
        parameters = dict(one.parameters)
        assert (parameters["sentences"], parameters["depth"]) == (3, 40)
        assert parameters["rules"] == RULES


def test_a_number_that_the_question_names_is_not_the_one_asked_for(library: Generation) -> None:
    given_answer = ask(
        library,
        "How much memory does Fernadapt need where others take 90 gigabytes?",
        max_sentences=1,
    )
    assert "12 gigabytes" in given_answer.text


def test_the_first_statement_of_a_page_under_its_term_says_what_it_is(tmp_path: Path) -> None:
    pages = [
        Page(
            "Words of gardens: 1.4 ha-ha",
            (
                "[French: an exclamation] A sunken wall of stone.",
                "Deer cannot leap over it from below.",
            ),
        ),
        Page("Parks", ("A ha-ha keeps deer out of parks.", "Parks are large gardens.")),
    ]
    library = make(tmp_path, pages)
    answer = ask(library, "What is a ha-ha?")
    assert answer.status == "answered"
    assert answer.citations[0].quote.startswith("[French")


def test_a_compound_of_the_question_that_no_text_says_makes_an_answer_weak(tmp_path: Path) -> None:
    library = make(tmp_path, [Page("Tides", TIDES)])
    assert ask(library, "Why do sailors keep tables of high-water?").status == "answered"
    answer = ask(library, "Why do sailors keep tables of high-moon water?")
    assert (answer.status, answer.reason) == ("weak", "No text of the library says “high-moon”.")


def test_a_refusal_shows_the_work_first_that_the_question_names(tmp_path: Path) -> None:
    pages = [Page(f"Tides of bay {n}", TIDES) for n in range(4)]
    named = Page("The Illustrated Tides", ("Bays have tides, and somebody drew them all in ink.",))
    library = make(tmp_path, [*pages, named])
    refusal = ask(library, "who made the Illustrated Tides?")
    assert refusal.status == "declined"
    assert refusal.nearest[0].source.title == named.title


def test_british_words_are_found_in_american_texts(tmp_path: Path) -> None:
    text = "Neighboring colors blend where the Fernadapt method is used."
    library = make(tmp_path, [Page("Paint", (text, "Paint dries."))])
    parsed = read_question("why does Fernadapt blend neighbouring colours?")
    evidence = look_up(library.catalog, parsed, 2)
    reader = Reader(evidence.terms)
    assert not reader.unsaid(reader.said(text))


def test_a_lead_is_not_quoted_without_what_it_leads_to(tmp_path: Path) -> None:
    """A picture behind a colon is no text."""
    sentences = (
        "A Rillgate opens by a spring that water lifts.",
        *(f"Ducks number {n} sleep on the bank of the canal." for n in range(6)),
        "A Rillgate opens in the two ways of the picture:",
    )
    library = make(tmp_path / "index", [Page("Gates", sentences)])
    answer = ask(library, "What opens a Rillgate?")
    assert answer.sentences
    assert not any(sentence.text.endswith(":") for sentence in answer.sentences)
