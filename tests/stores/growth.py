"""Measure stores on a generated library: copying, searching, and one work added.

    scripts/run stores [PASSAGES [lance | qdrant]…]

The library is one of `scripts/growth`. Times are those of the processor, of searches as a multiple
of the local index's in the same run. Qdrant's engine runs in this process; LanceDB is in a folder.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from index.growth import PAGE, Large, add, queries, timed
from stores.places import Place, lance, optimized, qdrant_edge, quiet

from litsearch.app.factories import load_vectors
from litsearch.index.generation import Generation, open_current
from litsearch.protocols import RowFilter, StoreQuery
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy
from litsearch.stores.engine import Batch, Part, Sink
from litsearch.stores.remote import RemoteStore

SHARES = (1.0, 0.1, 0.01)  # of all passages, that a filter leaves
SHOWN = 10
CACHES = ("writer", "reader")
ENGINES = {"lance": lance, "qdrant": qdrant_edge}


class Counting:
    """A sink that counts what it is given."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self.lists, self.rows = sink, sink.lists, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._sink, name)

    def put(self, part: Part, batch: Batch) -> None:
        """Count further rows, and hand them on."""
        self.rows += len(batch)
        self._sink.put(part, batch)


def measure(world: Large, generation: Generation, name: str, place: Place, folder: Path) -> None:
    """Copy a generation of the library to a place, and ask it."""
    passages, sink = generation.counts["passages"], Counting(place())
    worked, _ = work(lambda: copy(generation, sink, folder / "writer", quiet))
    print(f"{name}: {worked / passages * 1e3:.2f} ms and {size(folder) / passages:,.0f} bytes")
    graphs, _ = work(lambda: optimized(place))
    print(f"{name}: {graphs:.0f} s of work for what a server does afterwards")
    print(f"{name}: {sink.rows:,} rows put for {passages:,} passages")

    store = RemoteStore(place().open(), folder / "reader")
    store.warm_up()
    compare(world, generation, store, name)
    for share in SHARES:
        found, ms = recall(generation, store, share)
        print(f"{name}: recall of ten among {share:.0%}: {found:.3f}, {ms:.1f} ms", flush=True)


def amend(world: Large, generation: Generation, name: str, place: Place, folder: Path) -> None:
    """Copy what one work more changes, and open it as a reader does that follows."""
    before, sink = size(folder), Counting(place())
    worked, took = work(lambda: copy(generation, sink, folder / "writer", quiet))
    grown = size(folder) - before
    print(f"{name}: one work added: {worked:.1f} s of work, {took:.1f} s, {grown / 1e6:.1f} MB")
    print(f"{name}: {sink.rows:,} rows put")
    store, took = RemoteStore(place().open(), folder / "reader"), 0.0
    worked, took = work(store.warm_up)
    print(f"{name}: made ready in {worked:.2f} s of work, {took:.2f} s")
    opened = place()
    before, *_, now = opened.generations()
    for generation_id in (before, now):
        worked, took = work(partial(opened.use, generation_id))
        print(f"{name}: live after {worked * 1e3:.0f} ms of work, {took * 1e3:.0f} ms")
    compare(world, generation, store, name)


def compare(world: Large, generation: Generation, store: RemoteStore, name: str) -> None:
    """Print what searches cost and find, against the local index."""
    embed = world.embedder.embed_query
    hits: dict[str, list[list[str]]] = {"local": [], name: []}
    spent = dict.fromkeys(hits, 0.0)
    for query in queries():
        for key, place in (("local", generation), (name, store)):
            began = time.process_time()
            results = search(place, embed, query, k=SHOWN, depth=200)
            spent[key] += time.process_time() - began
            hits[key].append([hit.passage.passage_id for hit in results.hits])
    pairs = list(zip(hits["local"], hits[name], strict=True))
    first = np.mean([mine[:1] == theirs[:1] for mine, theirs in pairs])
    same = np.mean([len({*mine} & {*theirs}) / max(len(mine), 1) for mine, theirs in pairs])
    ms = [spent[key] / len(pairs) * 1e3 for key in ("local", name)]
    print(f"{name}: a search {ms[1]:.1f} ms, local {ms[0]:.1f} ms: {ms[1] / ms[0]:.1f} times")
    print(f"{name}: first hit the same {first:.3f}, of ten {same:.3f}", flush=True)


def recall(generation: Generation, store: RemoteStore, share: float) -> tuple[float, float]:
    """Return how many of the ten nearest passages are found under a filter of whole sources, and
    the milliseconds of work that one such request takes.
    """
    rng = np.random.default_rng(5)
    sources = np.array(sorted(generation.catalog.rows().values()))
    parts, spent = [], 0.0
    for _ in range(20):
        where = RowFilter()
        chosen = np.sort(rng.choice(sources, max(1, int(len(sources) * share)), replace=False))
        rows = generation.catalog.passage_rows_of(chosen.tolist())
        if share < 1:
            where = RowFilter(rows, chosen)
        vector = generation.sources[int(rng.choice(chosen))]
        began = time.process_time()
        matches = store.matches(StoreQuery(None, vector), where).best("dense", SHOWN)
        spent += time.process_time() - began
        scores = generation.vectors.scores(vector, rows)
        truth = rows[np.lexsort((rows, -scores))[:SHOWN]]
        parts.append(len({*matches.tolist()} & {*truth.tolist()}) / len(truth))
    return float(np.mean(parts)), spent / len(parts) * 1e3


def live(world: Large) -> Generation:
    """Open the library as it is now."""
    return open_current(world.home / "index", load_vectors)


def work(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that a call works, and that it takes."""
    worked, began = time.process_time(), time.perf_counter()
    call()
    return time.process_time() - worked, time.perf_counter() - began


def size(folder: Path) -> int:
    """Return the bytes of all files of an engine, without what writers and readers keep."""
    places = [place for place in folder.iterdir() if place.name not in CACHES]
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files)


def main(passages: int, names: Sequence[str]) -> None:
    """Measure a library of so many passages in these engines."""
    with tempfile.TemporaryDirectory() as home:
        world = Large.of(passages // PAGE, Path(home) / "library")
        generations = []  # both before an engine is opened, whose threads no fork survives
        for change in ("built", "one work added"):
            if generations:
                add(world)
            _, worked, _ = timed(world)
            print(f"local: {change} in {worked:.1f} s of work", flush=True)
            generations.append(live(world))
        for name in names:
            make, folder = ENGINES[name], Path(home) / name
            folder.mkdir()
            place = make(folder)
            measure(world, generations[0], name, place, folder)
            amend(world, generations[1], name, place, folder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, sys.argv[2:] or list(ENGINES))
