"""What each stage of search is worth, and what it costs: usage scripts/ablation LIBRARY
[--questions FILE].

Prints a Markdown table. The queries are those of `litsearch eval --self`, made from the library
itself, or those of a file of questions, as `litsearch eval --questions` reads it. Each line leaves
one stage out and compares with the whole: right source first (RR@10), its quote within 300 words
read, if the questions have quotes. Intervals are 95 %, paired by query. The cost is processor time
of this stage in the run of the whole, the mean of a search; the vectors of the queries are made
before and timed apart. The library of tests/answers/questions.jsonl:
    grep -o 'http[^"]*' tests/answers/questions.jsonl | sort -u | sed 's/^/- /' >
    LIBRARY/config/lists/asked.md
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from litsearch.app.library import Library, open_library
from litsearch.config import load_config
from litsearch.evaluation.answers import recovered
from litsearch.evaluation.collections import known_items
from litsearch.evaluation.measures import by_query, by_source, quote_within
from litsearch.evaluation.questions import read_questions
from litsearch.evaluation.runs import compare
from litsearch.index.bm25 import Lexicon
from litsearch.index.generation import Generation
from litsearch.retrieval import candidates, fusion, search
from litsearch.retrieval import fusion as shares
from litsearch.retrieval.query import read_query
from litsearch.retrieval.spelling import corrected
from litsearch.works.identity import key_of

STAGES = {
    "dense": "cosine of passages",
    "lexical": "BM25 of passages",
    "source_dense": "cosine of sources",
    "source_lexical": "BM25 of sources",
    "card": "BM25 of what names a source",
    "kind": "kinds named (paper, video ...)",
    "title": "words shared with a title",
    "card+title": "both of what names a source",
    "spelling": "slips forgiven",
    "ways": "finding apart from asking",
    "cap": "the cap a source",
    "scores": "scores: ranks (RRF) instead",
}
# known items by a word or two of the title, and who, what or where
NAMING = ("author-", "kind-", "opening-")
QUOTE, NAMED = "Quote@300w", "RR@10 of those named by author, kind, opening"
WAYS = ("ASKING", "FINDING", "FINDING_SHORT")


class Asked(NamedTuple):
    """A query, the sources that are right, and the quote sought, if any."""

    text: str
    right: dict[str, int]
    quote: str


def queries(library: Library, path: Path | None) -> dict[str, Asked]:
    """Return the queries by id."""
    catalog = library.catalog
    rows = catalog.sources()
    if path is None:
        items = known_items((row, catalog.document(row.source_id)) for row in rows)
        return {name: Asked(item.text, {item.source_id: 1}, "") for name, item in items.items()}
    ids = {key_of(url): row.source_id for row in rows for url in (row.url, *row.aliases) if url}
    found = {}
    for one in read_questions(path):
        if one.answerable and one.relevant_urls:
            right = [ids.get(key_of(url), "") for url in one.relevant_urls]
            quote = one.gold_quote or ""
            if one.quote_sha256:
                texts = (catalog.document(name).text for name in right if name)
                quote = recovered(one.quote_sha256, one.quote_letters, texts)
            found[one.id] = Asked(one.question, dict.fromkeys(right, 1), quote)
    return found


@contextmanager
def without(stage: str) -> Iterator[None]:
    """Search with a stage left out."""
    with ExitStack() as stack:
        if left := [signal for signal in stage.split("+") if signal in shares.SIGNALS]:
            for way in WAYS:
                stack.enter_context(patch.dict(getattr(shares, way), dict.fromkeys(left, 0.0)))
        elif stage == "spelling":
            stack.enter_context(patch.object(search, "corrected", lambda query, _: query))
        elif stage == "ways":
            stack.enter_context(patch.object(shares, "finding", lambda _: False))
        elif stage == "cap":
            stack.enter_context(patch.object(search, "PER_SOURCE", 1_000_000))
        elif stage == "scores":
            stack.enter_context(patch.object(fusion, "min_max", reciprocal_ranks))
        yield


def reciprocal_ranks(scores: np.ndarray) -> np.ndarray:
    """Reciprocal rank fusion (k = 60) in the place of stretched scores."""
    ranks = np.searchsorted(np.sort(-scores), -scores) + 1
    return (1 / (60 + ranks)).astype(np.float32)


@contextmanager
def timed(library: Library) -> Iterator[dict[str, float]]:
    """Processor seconds of the stages, while this lasts."""
    spent: dict[str, float] = defaultdict(float)
    units = {"passage": "lexical", "source": "source_lexical", "card": "card"}
    vectors = type(library.generation.vectors)
    with ExitStack() as stack:

        def watch(home: Any, name: str, stage: Callable[..., str]) -> None:
            real = getattr(home, name)

            def watched(*args: Any, **keys: Any) -> Any:
                began = time.thread_time()
                try:
                    return real(*args, **keys)
                finally:
                    spent[stage(*args)] += time.thread_time() - began

            stack.enter_context(patch.object(home, name, watched))

        watch(Lexicon, "scores", lambda _, unit, *rest: units[unit])
        watch(Generation, "nearest", lambda *_: "dense")
        watch(vectors, "scores", lambda *_: "dense")
        watch(np, "einsum", lambda *_: "source_dense")
        watch(candidates, "_title_scores", lambda *_: "title")
        watch(candidates, "kinds_named", lambda *_: "kind")
        watch(search, "corrected", lambda *_: "spelling")
        watch(search, "spread", lambda *_: "cap")
        watch(fusion, "fuse", lambda *_: "scores")
        yield spent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("library", type=Path)
    parser.add_argument("--questions", type=Path)
    args = parser.parse_args()
    with open_library(args.library, load_config(args.library)) as library:
        asked = queries(library, args.questions)
        began, embed = time.thread_time(), cache(library._embed_query)
        for one in asked.values():
            embed(corrected(read_query(one.text), library.catalog).text)
        embedding = (time.thread_time() - began) / len(asked) * 1000

        def run(stage: str) -> dict[str, dict[str, float]]:
            table, ranked = {}, {}
            with without(stage):
                for name, one in asked.items():
                    hits = search.search(library.generation, embed, one.text, k=100, depth=200).hits
                    ranked[name] = by_source(hits)
                    table[name] = (
                        {QUOTE: float(quote_within(one.quote, hits, 300))} if one.quote else {}
                    )
            rows = by_query({name: one.right for name, one in asked.items()}, ranked)
            named = {name: {NAMED: rows[name]["RR@10"]} for name in rows if name.startswith(NAMING)}
            return {name: rows[name] | table[name] | named.get(name, {}) for name in rows}

        run("")
        began = time.thread_time()
        with timed(library) as spent:
            whole = run("")
        took = (time.thread_time() - began) / len(asked) * 1000
        show(
            asked,
            whole,
            run,
            {name: seconds / len(asked) * 1000 for name, seconds in spent.items()},
            embedding,
            took,
        )


def show(
    asked: dict[str, Asked],
    whole: dict[str, dict[str, float]],
    run: Callable[[str], dict[str, dict[str, float]]],
    cost: dict[str, float],
    embedding: float,
    took: float,
) -> None:
    """Yield the table: the whole, then a line a stage."""
    kinds = [kind for kind in ("RR@10", NAMED, QUOTE) if any(kind in row for row in whole.values())]
    means = [statistics.mean(row[kind] for row in whole.values() if kind in row) for kind in kinds]
    print(
        f"{len(asked)} queries; {took:.1f} ms a search, and {embedding:.1f} ms for the vector of its query\n"
    )
    print(f"| left out | {' | '.join(f'{kind} | p' for kind in kinds)} | ms |")
    print("|---|" + "---|---|" * len(kinds) + "---|")
    print(f"| nothing | {' | '.join(f'{mean:.3f} | ' for mean in means)} |  |")
    for stage, about in STAGES.items():
        differences = compare(run(stage), whole)
        cells = [
            f"{one['difference']:+.3f} ({one['low']:+.3f} to {one['high']:+.3f}) | {one['p']:.3f}"
            for one in (differences[kind] for kind in kinds)
        ]
        spent = (
            f"{sum(cost.get(signal, 0.0) for signal in stage.split('+')):.2f}"
            if stage != "ways"
            else ""
        )
        print(f"| {about} | {' | '.join(cells)} | {spent} |", flush=True)


if __name__ == "__main__":
    main()
