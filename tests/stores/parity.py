"""Ask copies of a library in engines its questions and known items, and compare with its index.

    scripts/run parity LIBRARY QUESTIONS [lance | qdrant_edge]…

QUESTIONS is a file of JSON lines, as `litsearch eval` reads them; the known items are those of
`litsearch eval --self`. A search's cost is the processor time of all threads, as a multiple of what
the index takes for the same query just before or after, the vector of the query not counted.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from stores.places import PLACES, kept, optimized

from litsearch.app.evaluation import known_item_measures
from litsearch.app.library import Library
from litsearch.config import Config, load_config
from litsearch.evaluation.collections import KnownItem, known_items
from litsearch.evaluation.questions import Question, read_questions
from litsearch.index.generation import Generation
from litsearch.retrieval.search import search
from litsearch.stores.remote import RemoteStore
from litsearch.types import Filters, Mode

SHOWN = 10
DEPTH = 200
WAYS: Mapping[str, tuple[Mode, Filters]] = {
    "hybrid": ("hybrid", Filters()),
    "by words": ("lexical", Filters()),
    "by meaning": ("dense", Filters()),
    "papers": ("hybrid", Filters(kinds=("paper",))),
}


class Fixed:
    """A place that has one generation, opened already."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def live(self) -> str:
        return str(self._store.id)

    def open(self) -> Any:
        return self._store


@contextmanager
def library_over(folder: Path, config: Config, store: Any) -> Iterator[Library]:
    """Open a library that reads one generation, wherever it is."""
    library = Library(folder, config)
    library._location, library._generation = Fixed(store), store
    library.warm_up()
    yield library


def costs(
    texts: Sequence[str], local: Generation, store: RemoteStore, embed: Callable[[str], Any]
) -> None:
    """Print what searches cost and find, by mode and filter."""
    for way, (mode, filters) in WAYS.items():
        spent: dict[str, list[float]] = {"local": [], "store": []}
        same, first = [], []
        for number, text in enumerate(["warm up", *texts]):
            hits: dict[str, list[str]] = {}
            places: list[tuple[str, Any]] = [("local", local), ("store", store)]
            for name, place in places[:: 1 if number % 2 else -1]:
                embed(text)
                began = time.process_time()
                results = search(
                    place, embed, text, k=SHOWN, depth=DEPTH, mode=mode, filters=filters
                )
                spent[name].append(time.process_time() - began)
                hits[name] = [hit.passage.passage_id for hit in results.hits]
            first.append(hits["local"][:1] == hits["store"][:1])
            same.append(overlap(hits["local"], hits["store"]))
        mine, theirs = (float(np.mean(spent[name][1:])) * 1e3 for name in ("local", "store"))
        print(
            f"  {way}: {theirs:.2f} ms, here {mine:.2f} ms: {theirs / mine:.2f} times;"
            f" first hit the same {np.mean(first):.3f}, of ten {np.mean(same):.3f}",
            flush=True,
        )


def overlap(mine: Sequence[str], theirs: Sequence[str]) -> float:
    """Return the share of ten hits that both have."""
    return len({*mine} & {*theirs}) / max(len(mine), len(theirs), 1)


def known(library: Library, items: Mapping[str, KnownItem]) -> float:
    """Return the mean reciprocal rank of known items."""
    _, report = known_item_measures(library, items, "hybrid")
    return float(report["retrieval"]["RR@10"])


def answers(library: Library, questions: Sequence[Question]) -> list[tuple[str, str]]:
    """Return the status and the words of every answer."""
    replies = [library.ask(question.question) for question in questions]
    return [(reply.status, reply.text) for reply in replies]


def main(folder: Path, file: Path, names: Sequence[str]) -> None:
    """Compare the copies in these engines with the index."""
    config, questions = load_config(folder), read_questions(file)
    with Library(folder, config) as local:
        local.warm_up()
        generation, texts = local.generation, [question.question for question in questions]
        catalog = generation.catalog
        items = known_items((row, catalog.document(row.source_id)) for row in catalog.sources())
        print(f"{len(texts)} questions, {len(items)} known items, {generation.counts}", flush=True)
        truth, replies = known(local, items), answers(local, questions)
        for name in names:
            with tempfile.TemporaryDirectory() as home:
                place = PLACES[name](Path(home))
                store = kept(generation, place, Path(home) / "cache")
                optimized(place)
                print(f"{name}:")
                costs(
                    [*texts, *(item.text for item in items.values())],
                    generation,
                    store,
                    local.embed,
                )
                with library_over(folder, config, store) as other:
                    compare(other, items, questions, truth, replies)


def compare(
    other: Library,
    items: Mapping[str, KnownItem],
    questions: Sequence[Question],
    truth: float,
    replies: Sequence[tuple[str, str]],
) -> None:
    """Print what known items and questions find in a copy, against the index."""
    rank, theirs = known(other, items), answers(other, questions)
    pairs = list(zip(replies, theirs, strict=True))
    status = np.mean([mine[0] == reply[0] for mine, reply in pairs])
    same = np.mean([mine == reply for mine, reply in pairs])
    print(f"  known items: RR@10 {rank:.4f}, here {truth:.4f}")
    print(f"  answers: of the same kind {status:.3f}, word by word {same:.3f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or ["lance", "qdrant_edge"])
