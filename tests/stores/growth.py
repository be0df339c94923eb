"""Measure stores on a generated library: copying, searching, and one work added.

    scripts/run stores [PASSAGES [lance | qdrant]…] [--keep FOLDER]

The library is one of `scripts/growth`: its vectors are drawn, no model makes them. Times are those
of the processor, of searches as a multiple of the local index's in the same run. Qdrant's engine
runs in this process; LanceDB is in a folder. With --keep all of it stays in a folder, and the
library that an earlier run made there is not made again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from index.growth import PAGE, Drawn, Large, add, queries, timed
from stores.places import Place, lance, optimized, qdrant_edge

from litsearch.app.factories import embedder_facts, load_vectors
from litsearch.config import Config
from litsearch.index.current import generation_ids
from litsearch.index.generation import Generation, open_generation
from litsearch.protocols import RowFilter, StoreQuery
from litsearch.retrieval.search import search
from litsearch.stores.copying import copy
from litsearch.stores.engine import Batch, Part, Sink
from litsearch.stores.remote import RemoteStore

SHARES = (1.0, 0.1, 0.01)  # of all passages, that a filter leaves
SHOWN = 10
BUILDS = ("built", "one work added")
CACHES = ("writer", "reader")
ENGINES = {"lance": lance, "qdrant": qdrant_edge}


TOLD_S = 20.0  # between two lines of progress
Embed = Callable[[str], np.ndarray]


class Told:
    """Progress, a line now and then."""

    def __init__(self) -> None:
        self._at = time.monotonic()

    def __call__(self, stage: str, done: int, total: int, note: str = "") -> None:
        if time.monotonic() - self._at > TOLD_S:
            self._at = time.monotonic()
            print(f"{stage}: {done:,} of {total:,}", file=sys.stderr, flush=True)


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


def measure(embed: Embed, generation: Generation, name: str, place: Place, folder: Path) -> None:
    """Copy a generation of the library to a place, and ask it."""
    passages, sink = generation.counts["passages"], Counting(place())
    worked, _ = work(lambda: copy(generation, sink, folder / "writer", Told()))
    print(f"{name}: {worked / passages * 1e3:.2f} ms and {size(folder) / passages:,.0f} bytes")
    graphs, _ = work(lambda: optimized(place))
    print(f"{name}: {graphs:.0f} s of work for what a server does afterwards")
    print(f"{name}: {sink.rows:,} rows put for {passages:,} passages")

    store = RemoteStore(place().open(), folder / "reader")
    store.warm_up()
    compare(embed, generation, store, name)
    for share in SHARES:
        found, ms, here = recall(generation, store, share)
        times = f"{ms:.1f} ms, local {here:.1f} ms"
        print(f"{name}: recall of ten among {share:.0%}: {found:.3f}, {times}", flush=True)


def amend(embed: Embed, generation: Generation, name: str, place: Place, folder: Path) -> None:
    """Copy what one work more changes, and open it as a reader does that follows."""
    before, sink = size(folder), Counting(place())
    worked, took = work(lambda: copy(generation, sink, folder / "writer", Told()))
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
    compare(embed, generation, store, name)


def compare(embed: Embed, generation: Generation, store: RemoteStore, name: str) -> None:
    """Print what searches cost and find, against the local index."""
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


def recall(generation: Generation, store: RemoteStore, share: float) -> tuple[float, float, float]:
    """Return how many of the ten nearest passages are found under a filter of whole sources, and
    the milliseconds of work that one such request takes, there and here.
    """
    rng = np.random.default_rng(5)
    sources = np.array(sorted(generation.catalog.rows().values()))
    parts, spent, here = [], 0.0, 0.0
    for _ in range(20):
        where = RowFilter()
        chosen = np.sort(rng.choice(sources, max(1, int(len(sources) * share)), replace=False))
        rows = generation.catalog.passage_rows_of(chosen.tolist())
        if share < 1:
            where = RowFilter(rows, chosen)
        query = StoreQuery(None, generation.sources[int(rng.choice(chosen))])
        here += work(lambda: generation.matches(query, where).best("dense", SHOWN))[0]  # noqa: B023
        began = time.process_time()
        matches = store.matches(query, where).best("dense", SHOWN)
        spent += time.process_time() - began
        scores = generation.vectors.scores(query.vector, rows)
        truth = rows[np.lexsort((rows, -scores))[:SHOWN]]
        parts.append(len({*matches.tolist()} & {*truth.tolist()}) / len(truth))
    return float(np.mean(parts)), spent / len(parts) * 1e3, here / len(parts) * 1e3


def grown(home: Path, passages: int) -> list[Generation]:
    """Return a library of so many passages as it was built, and with one work more."""
    index = home / "index"
    if len(generation_ids(index)) < len(BUILDS):
        shutil.rmtree(home, ignore_errors=True)
        world = Large.of(passages // PAGE, home)
        for build in BUILDS:
            if build != BUILDS[0]:
                add(world)
            _, worked, _ = timed(world)
            print(f"local: {build} in {worked:.1f} s of work", flush=True)
    return [open_generation(index, name, load_vectors) for name in generation_ids(index)]


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


def main(passages: int, names: Sequence[str], home: Path) -> None:
    """Measure a library of so many passages in these engines."""
    before, after = grown(home / "library", passages)  # no fork survives the threads of an engine
    embed = Drawn(embedder_facts(Config())[1]).embed_query
    for name in names:
        folder = home / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        place = ENGINES[name](folder)
        measure(embed, before, name, place, folder)
        amend(embed, after, name, place, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=int, nargs="?", default=100_000)
    parser.add_argument("engines", nargs="*", choices=[[], *ENGINES], default=[])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder_of_now:
        main(
            options.passages, options.engines or list(ENGINES), options.keep or Path(folder_of_now)
        )
