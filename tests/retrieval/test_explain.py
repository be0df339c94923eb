"""Explanations say what search did."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers.shelf import Page, embed, make

from litsearch.index.generation import Generation
from litsearch.retrieval.explain import Step, stages, why
from litsearch.retrieval.search import rank_candidates, search
from litsearch.types import Filters, Mode

PAGES = [
    Page(
        "All about tides",
        ("The moon pulls the sea twice a day.", "Sailors keep tables of high water."),
    ),
    Page("Bread for beginners", ("Bread needs flour and water.", "Yeast makes the dough rise.")),
    Page("A talk on yeast", status="entry-only"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(tmp_path_factory.mktemp("library"), PAGES)


def asked(
    library: Generation,
    source: str,
    text: str,
    k: int = 10,
    depth: int = 50,
    mode: Mode = "hybrid",
    **filters: tuple[str, ...],
) -> dict[str, Step]:
    chosen = Filters(**filters)  # type: ignore[arg-type]
    ranking = rank_candidates(library, embed, text, depth=depth, mode=mode, filters=chosen)
    row = library.catalog.find_source(source)[0]
    return {step.name: step for step in why(library, ranking, row, k=k, filters=chosen)}


def test_what_the_stages_added_is_the_score(library: Generation) -> None:
    hits = search(library, embed, "what makes dough rise?", k=3, depth=50).hits
    ranking = rank_candidates(
        library, embed, "what makes dough rise?", depth=50, mode="hybrid", filters=None
    )
    explained = stages(library, ranking, hits)
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
    assert "hit 1 with" in steps["shown"].note
    assert steps["shown"].passed


def test_a_source_falls_out_where_it_does(library: Generation) -> None:
    assert not asked(library, "A talk on yeast", "yeast")["text"].passed
    assert "entry-only" in asked(library, "A talk on yeast", "yeast")["text"].note
    assert not asked(library, "All about tides", "water", titles=("bread",))["filters"].passed
    assert "candidates" not in asked(library, "All about tides", "water", titles=("bread",))
    top_places = asked(library, "All about tides", "what makes dough rise?", k=1)["shown"]
    assert not top_places.passed
    assert "1 are shown" in top_places.note
    assert "See more with -k" in top_places.note


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("water kind:video", "the filter “kinds: video” does not hold"),
        ("water title:bread is:unread", "the filter “titles: bread” does not hold"),
        ('"makes the dough"', "none of its passages has the phrase “makes the dough”"),
        ("water -water -moon", "leave none of its passages"),
    ],
)
def test_what_leaves_a_source_out_is_named(library: Generation, text: str, said: str) -> None:
    step = asked(library, "All about tides", text)["filters"]
    assert not step.passed
    assert said in step.note


def test_the_query_is_told_as_it_was_taken(library: Generation) -> None:
    assert (
        "title or topic; looked up: tides"
        in asked(library, "All about tides", "the tides")["query"].note
    )
    slipped = asked(library, "All about tides", "what are beginers?")["query"].note
    assert "question" in slipped
    assert "no source has “beginers”, so “beginners” instead" in slipped


def test_how_far_a_source_is_from_the_candidates_is_told(tmp_path: Path) -> None:
    pages = [
        Page(f"Bread {n}", tuple(f"Bread number {n} has {m} loaves." for m in range(3)))
        for n in range(130)
    ]
    library = make(tmp_path, [*pages, Page("Springs", ("A spring drives a watch.",))])
    step = asked(library, "Springs", "bread", k=5, depth=5)["candidates"]
    assert not step.passed
    assert "its best is without a word of the query, by meaning" in step.note
    words = asked(library, "Springs", "bread", k=5, depth=5, mode="lexical")["candidates"]
    assert "by meaning" not in words.note


def test_a_source_one_signal_knows_is_told_which(library: Generation) -> None:
    lexical = asked(library, "bread", "flour", k=3, depth=9, mode="lexical")
    dense = asked(library, "bread", "flour", k=3, depth=9, mode="dense")
    assert "dense" not in lexical
    assert "lexical" in lexical
    assert "dense" in dense
    assert "lexical" not in dense
