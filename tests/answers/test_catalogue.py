"""Questions on the library itself: how they are read, and what the catalog answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.catalogue_question import read_catalogue_question
from litsearch.answers.works import byline, dateline, find_works
from litsearch.index.generation import Generation

PAGES = [
    Page(
        "Fernadapt: small matrices for large models",
        ("Fernadapt is a tuning method.",),
        authors=("Ilse Brandt",),
    ),
    Page(
        "Mossquant 2 in practice",
        ("Mossquant 2 rounds the weights to four bits.",),
        url="https://arxiv.org/abs/2306.01234",
    ),
    Page("A year of gardening", ("Tomatoes are planted after the last frost.",)),
    Page("The Quartzformer report", (), "", status="dead"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("How many papers are there?", "count"),
        ("which are from 2017?", "list"),
        ("Who wrote Fernadapt?", "author"),
        ("When was Mossquant 2 in practice published?", "date"),
        ("what is unread on LoRA?", "list"),
        ("newest on RLHF", "list"),
        ("Which works by Ilse Brandt are in the list?", "list"),
        ("what did Ilse Brandt write?", "list"),
        ("which papers has Ilse Brandt published?", "list"),
        ("do you have the moss paper?", "held"),
        ("which topics are there?", "facets"),
        ("What is in this library?", "overview"),
        ("Which sources could not be read?", "unreadable"),
        ("On which line is the moss paper?", "line"),
        ("how many lists are there?", "facets"),
        ("what is the oldest work in my list?", "list"),
        ("Who invented Fernadapt and when?", "author"),
        ("Which paper introduced Fernadapt?", "author"),
        ("When was Fernadapt first proposed?", "date"),
        ("What should I read first to understand Fernadapt?", "list"),
        ("Where should I start with quantization?", "list"),
        ("what can I read to learn about moss?", "list"),
        ("Who wrote about quantization?", "list"),
        ("how many papers did Ilse Brandt write?", "count"),
        ("Who is Ilse Brandt?", "list"),
    ],
)
def test_what_is_wanted_of_the_catalog(question: str, want: str) -> None:
    asked = read_catalogue_question(question)
    assert asked is not None
    assert asked.want == want


@pytest.mark.parametrize(
    ("question", "author", "years"),
    [
        ("what did ilse brandt write?", "ilse brandt", ()),
        ("do you have anything from brandt?", "brandt", ()),
        ("show me articles by ilse brandt from 2021", "ilse brandt", (2021,)),
        ("Works by Ilse Brandt from 2021", "Ilse Brandt", (2021,)),
    ],
)
def test_an_author_is_named_in_small_letters_too(
    question: str, author: str, years: tuple[int, ...]
) -> None:
    asked = read_catalogue_question(question)
    assert asked is not None
    assert (asked.want, asked.filters.authors, asked.filters.years) == ("list", (author,), years)


@pytest.mark.parametrize(
    "question", ["what did they write?", "which papers are from last year", "what has she written"]
)
def test_pronouns_and_times_are_no_authors(question: str) -> None:
    asked = read_catalogue_question(question)
    assert asked is None or not asked.filters.authors


def test_a_part_of_a_title_is_no_work_that_is_asked_about(library: Generation) -> None:
    answer = ask(library, "when was matrices for large models released?")
    assert "Fernadapt" not in answer.reason


def test_a_work_of_which_nobody_says_who_wrote_it(library: Generation) -> None:
    answer = ask(library, "who wrote Mossquant 2 in practice?")
    assert answer.status == "declined"
    assert "who wrote “Mossquant 2 in practice”" in answer.reason


@pytest.mark.parametrize(
    "question",
    [
        "How many layers does BERT have?",
        "What is attention?",
        "Why do papers cite each other?",
        "Which papers cite Vaswani?",
        "How does the latest Mamba differ from LoRA?",
        "What happened in 2017?",
        "What does a compiler write?",
        "what did Brandt write about moss?",
        "the library",
        "papers",
    ],
)
def test_what_texts_say_is_no_question_on_the_library(question: str) -> None:
    assert read_catalogue_question(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "Where should I start with moss if I know nothing?",
        "what should I read about moss as a complete beginner?",
        "papers on moss for beginners",
    ],
)
def test_who_asks_is_no_part_of_a_topic(question: str) -> None:
    asked = read_catalogue_question(question)
    assert asked is not None
    assert asked.topic == "moss"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("How many works are there?", "4 works"),
        ("Who wrote Fernadapt?", "Ilse Brandt"),
        ("When was Mossquant 2 in practice published?", "2023-06"),
        ("When did Moss Labs release Mossquant 2 in practice?", "2023-06"),
        ("What do you have by Ilse Brandt?", "1 of 4 works is by Ilse Brandt"),
        ("what did Ilse Brandt write?", "1 of 4 works is by Ilse Brandt"),
        ("how many works has Ilse Brandt written?", "1 of 4 works is by Ilse Brandt"),
        ("Who is Ilse Brandt?", "1 of 4 works is by Ilse Brandt"),
        ("Is A year of gardening in the library?", "line 3"),
        ("Which works could not be read?", "Quartzformer"),
        ("Do you have anything about tomatoes?", "A year of gardening"),
        ("newest works in the library", "2023-06"),
    ],
)
def test_answers_cite_list_lines(library: Generation, question: str, says: str) -> None:
    answer = ask(library, question)
    assert answer.status == "answered"
    assert says in answer.text
    for citation in answer.citations:
        text = library.catalog.document(citation.source.source_id).text
        assert text[citation.start : citation.end] == citation.quote
        assert citation.source.entries


@pytest.mark.parametrize(
    "question", ["which works are from 1999?", "Do you have anything about whales?"]
)
def test_what_is_not_there_is_said(library: Generation, question: str) -> None:
    answer = ask(library, question)
    assert answer.status == "declined"
    assert answer.reason


@pytest.mark.parametrize(
    "phrase",
    [
        "Fernadapt",
        "the fern adapt paper",
        "fernadapt: small matrices for large models",
    ],
)
def test_a_work_is_found_by_its_title_or_its_short_name(library: Generation, phrase: str) -> None:
    (work,) = find_works(library.catalog, phrase)
    assert work.source.title == PAGES[0].title


@pytest.mark.parametrize(
    ("text", "names", "date"),
    [
        ("On Moss\n\nIlse Brandt\n\nMarch 3, 2019\n\nMoss is old.", "Ilse Brandt", "March 3, 2019"),
        ("On Moss\nBy Bo Li and Ann Vance\nAbstract\nWe study moss.", "By Bo Li and Ann Vance", ""),
        ("On Moss\n\nMoss is what we study, and it has no author here.", "", ""),
        ("On Moss\nDiscussions: Garden News (65 points, 4 comments)\nMoss is old.", "", ""),
    ],
)
def test_bylines_and_dates_of_openings(text: str, names: str, date: str) -> None:
    text = text.replace("\\\n", "\n")
    place, day = byline(text, ["On Moss"]), dateline(text)
    assert (text[place.start : place.end] if place else "").startswith(names)
    assert bool(place) == bool(names)
    assert (text[day.start : day.end] if day else "") == date


def test_who_writes_about_a_thing_did_not_invent_it(tmp_path: Path) -> None:
    explained = Page("Stillpump", ("Stillpump is explained here.",), authors=("Ilse Brandt",))
    library = make(tmp_path, [explained])
    told = ask(library, "Who invented Stillpump?")
    assert not any("is by" in sentence.text for sentence in told.sentences)
    assert "is by Ilse Brandt" in ask(library, "Who wrote Stillpump?").sentences[0].text


def test_a_long_line_is_quoted_to_the_end_of_a_word(tmp_path: Path) -> None:
    line = " ".join(["The pump fills the upper pond at night when the wind is free"] * 4)
    library = make(tmp_path, [Page("Of ponds", (line,), authors=("Bo Marek",))])
    quote = ask(library, "Who wrote Of ponds?").citations[0].quote
    assert line.startswith(f"{quote} ")


@pytest.mark.parametrize("question", ["When was Rillgate proposed?", "Who made Rillgate and when?"])
def test_the_work_that_introduces_a_thing_dates_it(tmp_path: Path, question: str) -> None:
    work = Page(
        "Letting water through by turns",
        ("We propose Rillgate, a gate that lets water through by turns.",),
        url="https://arxiv.org/abs/2306.01234",
        authors=("Ilse Brandt",),
    )
    answer = ask(make(tmp_path, [work]), question)
    assert "2023" in answer.sentences[0].text
    assert answer.citations[0].source.title == work.title


def test_papers_are_works_of_that_kind_where_there_are_any(library: Generation) -> None:
    asked = read_catalogue_question("which papers are from 2023?")
    assert asked is not None
    assert asked.filters.kinds == ("paper",)
    said = ask(library, "how many papers by Ilse Brandt are there?")
    assert said.sentences[0].text.startswith("1 of 4 works")  # listed as articles, all of them


def test_a_work_is_cited_by_a_statement_of_its_own(tmp_path: Path) -> None:
    page = Page(
        "Reedworth",
        (
            "[Updated last week: two figures more.]",
            "The Marsh Society grants permission to reproduce the tables of this report.",
            "Tall reeds keep the bank from being washed away in every season of the year.",
        ),
        authors=("Ilse Brandt",),
    )
    answer = ask(make(tmp_path, [page]), "Who wrote Reedworth?")
    assert "Ilse Brandt" in answer.text
    assert answer.citations[0].quote == page.sentences[2]
