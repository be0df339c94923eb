"""A signal that a store does not answer for is named; a store that answers for none is away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from answers.shelf import embed
from stores.places import qdrant_edge, quiet, shelf
from stores.wire import Wire, wired

from litsearch.errors import StoreUnavailable
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy
from litsearch.stores.remote import RemoteStore

pytestmark = pytest.mark.slow
WAIT = 60.0  # s: more than any machine needs for what is not held back


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """A library behind a server on loopback, whose answers may be held back or refused."""
    place = qdrant_edge(tmp_path)
    copy(shelf(tmp_path / "index"), place(), tmp_path / "cache", quiet)
    with wired(place) as wire:
        yield wire


def hits(wire: Wire, tmp_path: Path, seconds: float = WAIT) -> tuple[list[str], str]:
    store = RemoteStore(wire.open(), tmp_path / "cache", seconds)
    results = search(store, embed, "water tides", k=10, depth=50)
    return [hit.passage.passage_id for hit in results.hits], results.degraded


def test_a_store_that_answers_leaves_nothing_undone(wire: Wire, tmp_path: Path) -> None:
    found, degraded = hits(wire, tmp_path)
    assert found
    assert degraded == ""


def test_a_late_signal_is_named(wire: Wire, tmp_path: Path) -> None:
    whole, _ = hits(wire, tmp_path)
    wire.held = "dense"
    found, degraded = hits(wire, tmp_path, seconds=3.0)
    assert found
    assert "dense (no answer within 3 s)" in degraded
    assert "lexical" not in degraded.replace("source_", "")
    wire.free()
    assert hits(wire, tmp_path) == (whole, "")


def test_a_part_that_is_away_is_named(wire: Wire, tmp_path: Path) -> None:
    wire.refused = "passage"
    found, degraded = hits(wire, tmp_path)
    assert found
    assert "lexical (" in degraded
    assert "Shard 2 of 3 does not answer" in degraded


def test_a_store_that_answers_for_nothing_is_away(wire: Wire, tmp_path: Path) -> None:
    store = RemoteStore(wire.open(), tmp_path / "cache", WAIT)
    wire.refused = "*"
    with pytest.raises(StoreUnavailable):
        search(store, embed, "water tides", k=10, depth=50)


def test_a_copy_without_threads_left_ends(wire: Wire, tmp_path: Path) -> None:
    """More queries at once than there are threads for their signals are all answered."""
    store = RemoteStore(wire.open(), tmp_path / "cache", WAIT)
    results: list[str] = []

    def ask() -> None:
        results.append(search(store, embed, "water tides", k=10, depth=50).degraded)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [""] * 12
