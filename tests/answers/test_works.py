"""Which works are meant by names: those of others for them, and those that they introduce."""

from __future__ import annotations

import pytest
from answers.shelf import Page, ask, make

from litsearch.answers.entities import Entity
from litsearch.answers.works import find_introducing, works_known_as
from litsearch.index.generation import Generation

PAGES = [
    Page(
        "Counting leaves by night",
        (
            "Leaves are counted with a lamp in the dark garden.",
            "The counts are halved because lamps attract moths that hide leaves.",
        ),
        authors=("Ada Oller",),
        url="https://arxiv.org/abs/1901.00001",
    ),
    Page(
        "A history of gardens",
        ("Leafnet (Oller et al., 2019) was the first counter.", "Gardens came before it."),
    ),
    Page(
        "Quiet pumps for ponds",
        ("We propose Stillpump, a pump that makes no noise.", "It moves water slowly."),
        authors=("Bo Marek",),
        url="https://arxiv.org/abs/2105.00002",
    ),
    Page("Pond notes", ("We use Stillpump in every pond.", "The Mossbot2 robot cleans it.")),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("index"), PAGES)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Leafnet (Oller et al., 2019) was first.", {0}),
        ("Leafnet [Oller and Marek 2019] was first.", {0}),
        ("Leafnet\nTitle: Counting leaves by night\nYear: 2019", {0}),
        ("Leafnet is told of in “Counting leaves by night”.", {0}),
        ("Leafnet (Oller et al., 2007) was first.", set()),
        ("Leafnet came before Oller (2019).", set()),
    ],
)
def test_a_work_is_known_by_what_others_call_it(
    library: Generation, text: str, rows: set[int]
) -> None:
    assert works_known_as(library.catalog, Entity("Leafnet"), [text]) == rows


def test_it_answers_under_that_name(library: Generation) -> None:
    found = ask(library, "Why does Leafnet halve the counts?")
    assert found.status != "declined"
    assert "moths" in found.sentences[0].text


def test_who_proposed_a_thing_is_who_says_so(library: Generation) -> None:
    assert [work.row for work in find_introducing(library.catalog, Entity("Stillpump"))] == [2]
    assert "Bo Marek" in ask(library, "Who invented Stillpump?").sentences[0].text


def test_a_refusal_names_the_version_that_is_held(library: Generation) -> None:
    found = ask(library, "How does Mossbot clean ponds?")
    assert found.status == "declined"
    assert "only Mossbot2" in found.reason


def test_two_attributes_of_a_work_are_both_told(library: Generation) -> None:
    found = ask(library, "Who wrote Quiet pumps for ponds and when was it published?")
    said = " ".join(sentence.text for sentence in found.sentences)
    assert "Bo Marek" in said
    assert "2021-05" in said
