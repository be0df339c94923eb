"""Measures: ir_measures for rankings, and how soon a reader meets the sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from litsearch.types import Hit, Results

RANKING = (nDCG @ 10, R @ 5, R @ 10, R @ 100, RR @ 10, Success @ 1, Success @ 5)
_NOT_WORD = re.compile(r"[\W_]+")

Run = Mapping[str, Mapping[str, float]]  # query id -> document id -> score
Qrels = Mapping[str, Mapping[str, int]]  # query id -> document id -> relevance


def by_query(qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Return each measure of each judged query, as ir_measures defines them; a query that found
    nothing has zeros.
    """
    table: dict[str, dict[str, float]] = {
        query: dict.fromkeys(map(str, RANKING), 0.0) for query in qrels
    }
    for found in ir_measures.iter_calc(RANKING, qrels, run):
        table[found.query_id][str(found.measure)] = float(found.value)
    return table


def means(table: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each measure over the queries that have it, in the order of its first
    appearance.
    """
    names = dict.fromkeys(name for row in table.values() for name in row)
    columns = {name: [row[name] for row in table.values() if name in row] for name in names}
    return {name: round(sum(column) / len(column), 4) for name, column in columns.items()}


def by_source(hits: Sequence[Hit]) -> dict[str, float]:
    """Return source ids with falling scores, each at the rank of its first passage."""
    order = dict.fromkeys(hit.source.source_id for hit in hits)
    return {source_id: 1.0 / rank for rank, source_id in enumerate(order, 1)}


def plain(text: str) -> str:
    """Return letters and digits only, lower case: what a quote is compared by."""
    return _NOT_WORD.sub("", text).lower()


def quote_within(quote: str, hits: Sequence[Hit], words: int | None = None) -> bool:
    """Return True when the quote lies within one passage, or across two neighbours of one source
    among the hits.

    With `words`, only the first so many words of the hits are read.
    """
    wanted = plain(quote)
    read: list[tuple[str, int, int, str]] = []  # source, start, end, text
    left = words
    for hit in hits:
        text = hit.passage.text
        if left is not None:
            text = _first_words(text, left)
            left -= len(text.split())
        begin = hit.passage.start
        read.append((hit.passage.source_id, begin, begin + len(text), text))
        if wanted in plain(text) or any(
            wanted in plain(_joined(read[-1], other)) for other in read[:-1]
        ):
            return True
        if left is not None and left <= 0:
            return False
    return False


def _first_words(text: str, words: int) -> str:
    end = 0
    for count, match in enumerate(re.finditer(r"\S+", text)):
        if count == words:
            return text[:end]
        end = match.end()
    return text


def _joined(one: tuple[str, int, int, str], other: tuple[str, int, int, str]) -> str:
    """Return the text of two stretches of one source that touch or overlap; "" for any others."""
    (source, _, end, text), (source_b, start_b, _, text_b) = sorted(
        (one, other), key=lambda x: x[1]
    )
    if source != source_b or start_b > end + 2:
        return ""
    return text + text_b[max(0, end - start_b) :]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Judgments, the run, and the time that each search took, in milliseconds."""

    qrels: Qrels
    run: Run
    took_ms: tuple[float, ...]
    # further measures, by query
    extra: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    # the kind of each query, when there are several
    groups: Mapping[str, str] = field(default_factory=dict)

    def table(self) -> dict[str, dict[str, float]]:
        """Return every measure of every query."""
        ranked = by_query(self.qrels, self.run)
        queries = dict.fromkeys([*ranked, *self.extra])
        return {query: {**ranked.get(query, {}), **self.extra.get(query, {})} for query in queries}

    def by_group(self) -> dict[str, dict[str, float]]:
        """Return the means of each kind of query."""
        table = self.table()
        kinds = dict.fromkeys(self.groups.values())
        return {
            kind: means(
                {query: row for query, row in table.items() if self.groups.get(query) == kind}
            )
            for kind in kinds
        }


class Ranked(NamedTuple):
    """What is kept of a search: sources with falling scores, and the time that it took. Its hits
    are let go.
    """

    sources: Mapping[str, float]
    took_ms: float


def ranked(results: Results) -> Ranked:
    """Sources ranked by their best passage. A thousand queries with all their hits would be 0.7 GB."""
    return Ranked(by_source(results.hits), results.took_ms)


def outcome(
    qrels: Qrels,
    found: Mapping[str, Ranked],
    extra: Mapping[str, Mapping[str, float]] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Outcome:
    """Return the outcome of the searches for these queries."""
    run = {query: one.sources for query, one in found.items()}
    return Outcome(
        qrels, run, tuple(one.took_ms for one in found.values()), extra or {}, groups or {}
    )


def latency(took_ms: tuple[float, ...]) -> dict[str, float | None]:
    """Return median, 95th and 99th percentile, in milliseconds."""
    if not took_ms:
        return {"search": None}
    median, high, highest = np.percentile(took_ms, (50, 95, 99))
    return {
        "search": round(float(median), 1),
        "search_p95": round(float(high), 1),
        "search_p99": round(float(highest), 1),
    }


def retrieval(found: Outcome) -> dict[str, Any]:
    """Return the means over all queries."""
    return means(found.table())
