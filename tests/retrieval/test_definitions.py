"""The passage that says what a thing is comes first, when a query asks that."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers.shelf import Page, embed, make

from litsearch.app.queries import definition_share_for
from litsearch.index.generation import Generation
from litsearch.retrieval.explain import stages
from litsearch.retrieval.rerank import DEFINITION
from litsearch.retrieval.search import rank_candidates, search
from litsearch.types import Hit, Mode

QUERY = "what is a fathom?"
DEFINES = "A fathom is a measure of six feet, by which depth is told."
POINTS = "What is a fathom: see the code of the fathom tables."
PAGES = [
    Page("Old measures", (POINTS, "Cloth is sold by the ell.", "Rods are long.", DEFINES, "Yes.")),
    Page("Soundings", ("Lead lines rot in water.", "Sailors sing.", "A code of flags is used.")),
    Page("What is a league?", ("League tables of leagues.", "A league is three miles.")),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("library"), PAGES)


def first(library: Generation, query: str, mode: Mode = "hybrid") -> Hit:
    share = definition_share_for(query, mode)
    hits = search(library, embed, query, k=5, depth=50, mode=mode, definition_share=share).hits
    return hits[0]


@pytest.mark.parametrize("query", [QUERY, "What's a fathom", "define fathom"])
def test_what_defines_comes_first(library: Generation, query: str) -> None:
    hit = first(library, query)
    assert DEFINES in hit.passage.text
    assert hit.scores[DEFINITION] > 0.5


def test_without_a_definition_the_order_is_as_it_was(library: Generation) -> None:
    plain = search(library, embed, QUERY, k=5, depth=50).hits
    assert POINTS in plain[0].passage.text
    assert first(library, QUERY, mode="dense").passage.text == plain[0].passage.text


def test_what_it_added_is_explained(library: Generation) -> None:
    share = definition_share_for(QUERY)
    ranking = rank_candidates(
        library, embed, QUERY, depth=50, mode="hybrid", filters=None, definition_share=share
    )
    hits = search(library, embed, QUERY, k=3, depth=50, definition_share=share).hits
    explained = stages(library, ranking, hits)
    assert explained[0][DEFINITION].rank == 1
    for hit, stage_of in zip(hits, explained, strict=True):
        assert sum(stage.added for stage in stage_of.values()) == pytest.approx(hit.score, abs=1e-5)


def test_a_title_that_asks_is_a_title(library: Generation) -> None:
    assert DEFINITION not in first(library, "What is a league?").scores


@pytest.mark.parametrize("query", ["fathom", "how deep is it?", "what does it cost to sail?", "?"])
def test_other_queries_want_no_definition(query: str) -> None:
    assert definition_share_for(query) is None


def test_a_library_without_passages_that_pass(tmp_path: Path) -> None:
    library = make(tmp_path, [Page("Nothing", status="entry-only")])
    share = definition_share_for(QUERY)
    assert len(search(library, embed, QUERY, k=5, depth=50, definition_share=share).hits) <= 1
