"""What one search asks an engine for: each thing once."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from answers.shelf import Page, embed, make
from stores.places import kept, lance, memory, shelf

from litsearch.protocols import RowFilter, StoreQuery
from litsearch.retrieval.search import search
from litsearch.stores import lance as writing
from litsearch.stores import lance_engine as reading
from litsearch.stores.matches import Known
from litsearch.stores.remote import RemoteStore

ASKED = ("nearest", "products", "best_words", "word_scores", "passages")


def asked(store: RemoteStore, query: str, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the requests of a search, by method and by what is asked for."""
    counts: Counter[str] = Counter()

    def counted(name: str) -> Any:
        method = getattr(engine, name)

        def call(*arguments: Any) -> Any:
            counts[" ".join([name, *(word for word in arguments if isinstance(word, str))])] += 1
            return method(*arguments)

        return call

    engine = store.catalog.engine
    for name in ASKED:
        monkeypatch.setattr(engine, name, counted(name))
    search(store, embed, query, k=3, depth=4)
    return counts


def test_no_score_is_asked_for_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept(shelf(tmp_path / "index"), memory(tmp_path), tmp_path / "cache")
    counts = asked(store, "high water of the moon and the dough", monkeypatch)
    assert max(counts.values()) == 1, counts
    assert counts["products passage"] == 1
    # every source that holds a word was among the best by words, so that all others have 0
    assert not {"products source", "word_scores source", "word_scores card"} & counts.keys()


def test_scores_that_are_known_are_told_from_others() -> None:
    known = Known()
    rows = np.array([7, 3, 3, 9])
    assert known.unknown(rows).tolist() == [3, 7, 9]
    assert known.of(rows).tolist() == [0, 0, 0, 0]
    known.add(np.array([9, 3]), np.array([0.5, 0.25], np.float32))
    known.add(np.array([3, 1]), np.array([8.0, 1.0], np.float32))
    assert known.of(rows).tolist() == [0, 0.25, 0.25, 0.5]
    assert known.unknown(rows).tolist() == [7]
    known.all_others_are_0 = True
    assert known.unknown(rows).tolist() == []


@pytest.mark.slow
def test_lists_of_near_vectors_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "FEW", 20)
    monkeypatch.setattr(writing, "LIST", 16)
    monkeypatch.setattr(reading, "FEW", 5)
    pages = [
        Page(f"Page {n}", tuple(f"Word{n} and more of word{n} as number {m}." for m in range(9)))
        for n in range(40)
    ]
    local = make(tmp_path / "index", pages)
    store = kept(local, lance(tmp_path), tmp_path / "cache")
    table = store.catalog.engine._engine._table("passages")
    assert "vector_idx" in [index.name for index in table.list_indices()]

    left = np.arange(3, 40, 4)
    rows = local.catalog.passage_rows_of(left.tolist())
    for where in (RowFilter(), RowFilter(rows, left), RowFilter(rows, left, by_words=True)):
        wanted = StoreQuery(None, embed("word7 number 3"))
        mine, theirs = (place.matches(wanted, where) for place in (local, store))
        np.testing.assert_allclose(
            theirs.scores("dense", theirs.best("dense", 20)),
            mine.scores("dense", mine.best("dense", 20)),
            atol=2e-3,
        )


@pytest.mark.slow
def test_a_whole_copy_leaves_nothing_to_be_put_together_by_an_amendment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litsearch.stores.parts.BATCH", 1)
    store = kept(shelf(tmp_path / "index"), lance(tmp_path), tmp_path / "cache")
    table = store.catalog.engine._engine._table("passages")
    assert table.stats()["fragment_stats"]["num_fragments"] == 1

    folder = tmp_path / "lance" / f"passages-{store.id}.lance" / "data"
    for _ in range(5):  # a version that is younger than the clock tells is left to the next time
        if len(list(folder.iterdir())) > 1:
            time.sleep(1)
            writing.Lance(str(tmp_path / "lance"))._put_together(store.id)
    assert len(list(folder.iterdir())) == 1, "what was put together is gone"
