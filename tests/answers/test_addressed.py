"""Questions put to a work by its name are answered by that work."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.addressed import works_asked
from litsearch.index.generation import Generation
from litsearch.types import Answer

PAGES = [
    Page(
        "Wallbee: a hive in the wall",
        (
            "We propose Wallbee, a hive that stands in a wall.",
            "The entrance of the hive faces south, because bees fly out in the morning sun.",
            "Honey is taken from a door on the inner side of the wall.",
            "Frames hang across the wall.",
            "A lid of straw keeps them warm.",
            "Moor et al. (2011) found that the entrance of a hive matters little to bees.",
        ),
    ),
    Page(
        "Keeping bees on a roof",
        (
            "On a roof the entrance of a hive faces away from the wind.",
            "The entrance of a Wallbee hive is wider than the entrance of a hive on a roof.",
            "A hive on a roof needs water near its entrance.",
        ),
    ),
    Page("The unread hive", status="failed"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What does the Wallbee paper say about the entrance?", 0),
        ("what did the authors of Wallbee find about honey", 0),
        ("According to Keeping bees on a roof, where is water?", 1),
        ("Where is the water according to “Keeping bees on a roof”?", 1),
        ("How does the Wallbee paper take honey?", 0),
        ("In the Keeping bees on a roof article, why is water needed?", 1),
    ],
)
def test_the_work_that_is_asked(library: Generation, question: str, title: int) -> None:
    works = works_asked(library.catalog, question)
    assert [work.source.title for work in works] == [PAGES[title].title]


@pytest.mark.parametrize(
    "question",
    [
        "How does Wallbee work?",
        "What does the sun say about bees?",
        "According to whom is the entrance narrow?",
        "What does the paper say about the entrance?",
        "What does The unread hive say about honey?",
        "What is the Wallbee paper's main idea?",
    ],
)
def test_other_questions_are_put_to_all_works(library: Generation, question: str) -> None:
    assert works_asked(library.catalog, question) == ()


def _titles(answer: Answer) -> set[str]:
    return {citation.source.title for citation in answer.citations}


@pytest.mark.parametrize("page", PAGES[:2])
def test_only_the_work_that_is_asked_answers(library: Generation, page: Page) -> None:
    answer = ask(library, f"What does {page.title} say about the entrance of a hive?")
    assert _titles(answer) == {page.title}
    both = ask(library, "Where does the entrance of a hive face?")
    assert len(_titles(both)) == 2


def test_a_work_may_be_named_by_its_address(library: Generation) -> None:
    url = "https://example.org/1"
    answer = ask(library, f"What does {url} say about the entrance of a hive?")
    assert _titles(answer) == {PAGES[1].title}


def test_a_work_is_not_quoted_for_what_others_found(library: Generation) -> None:
    answer = ask(library, "What does the Wallbee paper say about the entrance of the hive?")
    assert answer.sentences
    assert not any("Moor et al." in sentence.text for sentence in answer.sentences)


def test_where_the_work_says_nothing_no_other_answers(library: Generation) -> None:
    answer = ask(library, "What does Keeping bees on a roof say about honey?")
    assert _titles(answer) | {hit.source.title for hit in answer.nearest} == {PAGES[1].title}
