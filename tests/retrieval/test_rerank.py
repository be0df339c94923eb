"""Reranking within a time budget: laws, with a model that is as slow as the test says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from answers.shelf import Page, embed, make
from hypothesis import given
from hypothesis import strategies as st

from litsearch.errors import QueryError
from litsearch.index.generation import Generation
from litsearch.retrieval.rerank import Reranking, budget, scores_within
from litsearch.retrieval.search import search

if TYPE_CHECKING:
    from litsearch.types import Vector

FACTS = tuple(f"Tide number {n} rises at {n} o'clock and the harbour sees it." for n in range(30))


class Slow:
    """Scores by the last number in a text; each passage takes so many seconds of a clock that only
    this moves.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.now, self.seconds, self.batches = 0.0, seconds, list[int]()

    def clock(self) -> float:
        return self.now

    def score(self, _: str, passages: Sequence[str]) -> Vector:
        self.batches.append(len(passages))
        self.now += self.seconds * len(passages)
        return np.array([len(text) % 7 / 7 for text in passages], np.float32)


@given(st.integers(0, 60), st.floats(0.001, 1), st.floats(0.001, 20))
def test_as_many_are_read_as_fit(count: int, each: float, limit: float) -> None:
    model = Slow(each)
    scores = scores_within(model.score, "q", ["x"] * count, limit, model.clock)
    assert len(scores) <= count
    assert model.now <= max(limit, each) + 1e-6, "only the first may take longer than there is"
    if len(scores) < count:
        assert model.now + 1.3 * each >= limit, "time was left for another"


def test_nothing_is_read_when_the_time_is_gone() -> None:
    model = Slow(1)
    assert len(scores_within(model.score, "q", ["x"], 0.0, model.clock)) == 0


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return make(
        tmp_path_factory.mktemp("library"), [Page("Tides", FACTS), Page("Harbours", FACTS[::2])]
    )


def test_what_was_read_comes_first_and_scores_fall(library: Generation) -> None:
    plain = search(library, embed, "tide harbour", k=40, depth=50)
    places = {f"{hit.source.title}\n{hit.passage.text}": hit.rank for hit in plain.hits}
    again = Reranking(
        lambda _, texts: np.array([places[text] / 40 for text in texts], np.float32), 10, 60
    )
    found = search(library, embed, "tide harbour", k=40, depth=50, reranking=again)
    assert [hit.passage for hit in found.hits[:10]] == [hit.passage for hit in plain.hits[:10]][
        ::-1
    ]
    assert [hit.passage for hit in found.hits[10:]] == [hit.passage for hit in plain.hits[10:]]
    assert [hit.rank for hit in found.hits] == list(range(1, len(found.hits) + 1))
    scores = [hit.score for hit in found.hits]
    assert scores[:10] == sorted(scores[:10], reverse=True)
    assert scores[9] > max(scores[10:])
    assert ["reranked" in hit.scores for hit in found.hits[:11]] == [True] * 10 + [False]
    assert found.degraded == ""
    best = search(library, embed, "tide harbour", k=1, depth=50, reranking=again)
    assert best.hits[0].passage == found.hits[0].passage, "more are read than are shown"


def test_what_was_cut_is_said(library: Generation) -> None:
    none = search(
        library, embed, "tide", k=5, depth=50, reranking=Reranking(Slow().score, 20, 1e-9)
    )
    assert none.degraded.startswith("The reranker read none of 20 passages")
    assert none.hits == search(library, embed, "tide", k=5, depth=50).hits


@pytest.mark.parametrize(
    ("text", "seconds"), [("300ms", 0.3), ("1.5s", 1.5), (" 250 ", 0.25), ("2 s", 2)]
)
def test_budgets(text: str, seconds: float) -> None:
    assert budget(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "soon", "-1s", "0ms", "1h", "1e9s", "9" * 400, "700s"])
def test_no_budgets(text: str) -> None:
    with pytest.raises(QueryError):
        budget(text)


@pytest.mark.slow
def test_a_real_cross_encoder_by_folder_keeps_to_the_budget(
    library: Generation, tmp_path: Path
) -> None:
    from models.test_cross_encoders import named, save

    from litsearch.app.factories import reranker

    model = reranker(named(save(tmp_path / "thin")))
    whole = search(
        library, embed, "tide", k=30, depth=50, reranking=Reranking(model.scores, 30, 300)
    )
    assert whole.degraded == ""
    assert all("reranked" in hit.scores for hit in whole.hits)
    cut = search(
        library, embed, "tide", k=30, depth=50, reranking=Reranking(model.scores, 30, 0.0001)
    )
    assert "of 30 passages" in cut.degraded
    assert sum("reranked" in hit.scores for hit in cut.hits) < 30
