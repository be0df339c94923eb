"""Engines to keep a library in while a test lasts, and libraries to keep there."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from answers.shelf import TIDES, Page, make

from litsearch.index.generation import Generation
from litsearch.stores.copying import copy
from litsearch.stores.engine import Batch, Part, Sink
from litsearch.stores.remote import RemoteStore

Place = Callable[[], Sink]  # opens the same place each time


def lance(folder: Path) -> Place:
    from litsearch.stores.lance import Lance

    folder.mkdir(exist_ok=True)
    return lambda: Lance(str(folder / "lance"))


def qdrant(folder: Path) -> Place:
    """The client's own stand-in; a real server where LITSEARCH_TEST_QDRANT names one."""
    from qdrant_client import QdrantClient

    from litsearch.stores.qdrant import Qdrant, connect

    address = os.environ.get("LITSEARCH_TEST_QDRANT")
    if address:
        name = f"test-{uuid.uuid4().hex}"
        return lambda: connect(f"{address.rstrip('/')}/{name}")
    client = QdrantClient(":memory:")
    return lambda: Qdrant(client, "library")


def memory(_: Path) -> Place:
    """The example of docs/extending.md."""
    from test_extending import load

    store: Sink = load("src/litsearch/stores/memory.py").Memory()
    return lambda: store


def qdrant_edge(folder: Path) -> Place:
    from stores.edge import EdgeClient

    from litsearch.stores.qdrant import Qdrant

    client: Any = EdgeClient(folder / "edge")
    return lambda: Qdrant(client, "library")


def optimized(place: Place) -> None:
    """Have an engine in this process do what its server does by itself, if it leaves it undone."""
    optimize = getattr(getattr(place(), "_client", None), "optimize", None)
    if optimize is not None:
        optimize()


PLACES: dict[str, Callable[[Path], Place]] = {
    "lance": lance,
    "memory": memory,
    "qdrant": qdrant,
    "qdrant_edge": qdrant_edge,
}
# The example of docs/extending.md stands for all in the fast tests: the others load big libraries.
ENGINES = [
    pytest.param(name, marks=[] if name == "memory" else pytest.mark.slow)
    for name in sorted(PLACES)
]

BREAD = (
    "Bread needs flour and water.",
    "Yeast makes the dough rise.",
    "An oven bakes it in an hour.",
    "It's said that C++ bakers 'quote' nothing; DROP TABLE passages.",
)
CLOCKS = (
    "A pendulum keeps time by its length.",
    "Springs drive a watch.",
    "Water clocks are older than either.",
    "水时计比钟更古老。",
)


def shelf(folder: Path) -> Generation:
    """Make a library of four works."""
    pages = [
        Page("All about tides", TIDES, authors=("Ada Byron",), url="https://sea.example.org/tides"),
        Page("Bread for beginners", BREAD, url="https://kitchen.example.com/bread"),
        Page("Pendulums and watches", CLOCKS, url="https://time.example.org/a/clocks"),
        Page(
            "The illustrated baker",
            remark="a talk",
            status="entry-only",
            url="https://kitchen.example.com/talk",
        ),
    ]
    return make(folder, pages)


def quiet(stage: str, done: int, total: int, note: str = "") -> None:
    """Show nothing."""


def kept(generation: Generation, place: Place, cache: Path) -> RemoteStore:
    """Copy a generation to a place and open it there."""
    copy(generation, place(), cache, quiet)
    return RemoteStore(place().open(), cache)


class Broken(Exception):
    """What ends a copy."""


class Breaking:
    """A sink that takes so many batches, then is gone."""

    def __init__(self, sink: Sink, batches: int = 10_000) -> None:
        self._sink, self._left, self.put_rows = sink, batches, 0
        self.lists = sink.lists

    def __getattr__(self, name: str) -> object:
        return getattr(self._sink, name)

    def put(self, part: Part, batch: Batch) -> None:
        if not self._left:
            raise Broken
        self._left -= 1
        self.put_rows += len(batch)
        self._sink.put(part, batch)
