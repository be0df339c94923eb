"""Answers as messages of a chat: quotes stand as quotations, works in a list, and all is told."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.index.generation import Generation
from litsearch.views.answers import spoken

PAGES = [
    Page("Fernadapt", ("Fernadapt is a method that trains two small matrices.",)),
    Page("Of tides", ("The tide turns twice a day at the harbour, and rests between.",)),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


def test_quotes_are_quotations_and_part_from_each_other(library: Generation) -> None:
    text, _, sources = spoken(ask(library, "What is Fernadapt?")).partition("\n\n[1]")
    assert text == "“Fernadapt is a method that trains two small matrices.” [1]"
    assert sources.startswith(" [Fernadapt](")


def test_works_of_the_catalog_stand_in_a_list(library: Generation) -> None:
    text = spoken(ask(library, "how many works are there?")).partition("\n\n[1]")[0]
    intro, *works = text.splitlines()
    assert intro.startswith("The library holds 2 works")
    assert works == ["- Fernadapt [1]", "- Of tides [2]"]


def test_a_question_that_is_not_answered_beside_one_that_is_has_its_reason(
    library: Generation,
) -> None:
    question = "What is Fernadapt? And what does Quartzformer cost?"
    text = spoken(ask(library, question))
    assert text.startswith("“Fernadapt is a method")
    assert "“And what does Quartzformer cost?”: " in text or "“what does Quartzformer" in text
