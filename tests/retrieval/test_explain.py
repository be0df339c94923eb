"""Explanations say what search did."""

from __future__ import annotations

import pytest
from answers.shelf import Page, embed, make

from litsearch.library.generation import Generation
from litsearch.retrieval.explain import Step, stages, why
from litsearch.retrieval.search import consider, search
from litsearch.types import Filters

PAGES = [
    Page("All about tides", ("The moon pulls the sea twice a day.", "Sailors keep tables of high water.")),
    Page("Bread for beginners", ("Bread needs flour and water.", "Yeast makes the dough rise.")),
    Page("A talk on yeast", status="entry-only"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("library"), PAGES)


def asked(library: Generation, source: str, text: str, k: int = 10, **filters: tuple[str, ...]) -> dict[str, Step]:
    row = library.catalog.find_source(source)[0]
    steps = why(library, embed, row, text, k=k, depth=50, filters=Filters(**filters))  # type: ignore[arg-type]
    return {step.name: step for step in steps}


def test_what_the_stages_added_is_the_score(library: Generation) -> None:
    hits = search(library, embed, "what makes dough rise?", k=3, depth=50).hits
    seen = consider(library, embed, "what makes dough rise?", depth=50, mode="hybrid", filters=None)
    explained = stages(library, seen, hits)
    assert len(explained) == len(hits)
    for hit, one in zip(hits, explained, strict=True):
        assert sum(stage.added for stage in one.values()) == pytest.approx(hit.score, abs=1e-5)
        assert hit.scores.items() <= {name: stage.score for name, stage in one.items()}.items() | {
            ("fused", hit.scores["fused"])
        }
    assert explained[0]["lexical"].rank == 1


def test_a_source_that_is_shown_passes_every_station(library: Generation) -> None:
    steps = asked(library, "Bread for beginners", "what makes dough rise?")
    assert steps["text"].passed
    assert "rank 1 of the hits" in steps["shown"].note
    assert steps["shown"].passed


def test_a_source_falls_out_where_it_does(library: Generation) -> None:
    assert not asked(library, "A talk on yeast", "yeast")["text"].passed
    assert not asked(library, "All about tides", "water", titles=("bread",))["filters"].passed
    assert "candidates" not in asked(library, "All about tides", "water", titles=("bread",))
    assert not asked(library, "All about tides", "what makes dough rise?", k=1)["shown"].passed
