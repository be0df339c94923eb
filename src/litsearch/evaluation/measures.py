"""Compute measures: ir_measures for rankings, and how soon a reader meets the sentence that
answers.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from litsearch.patterns import expression
from litsearch.types import Hit, Intent, Results

RANKING = (nDCG @ 10, R @ 5, R @ 10, R @ 100, RR @ 10, Success @ 1, Success @ 5)
_NOT_WORD = expression(r"[\W_]+")

Run = Mapping[str, Mapping[str, float]]  # query id -> document id -> score
Qrels = Mapping[str, Mapping[str, int]]  # query id -> document id -> relevance


def by_query(qrels: Qrels, run: Run) -> dict[str, dict[str, float]]:
    """Return each measure of each judged query, as ir_measures defines them; a query that found
    nothing has zeros.
    """
    table: dict[str, dict[str, float]] = {
        query: dict.fromkeys(map(str, RANKING), 0.0) for query in qrels
    }
    for metric in ir_measures.iter_calc(RANKING, qrels, run):
        table[metric.query_id][str(metric.measure)] = float(metric.value)
    return table


def means(table: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each measure over the queries that have it, in the order of its first
    appearance.
    """
    columns: dict[str, list[float]] = {}
    for row in table.values():
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return {name: round(sum(column) / len(column), 4) for name, column in columns.items()}


def by_source(hits: Sequence[Hit]) -> dict[str, float]:
    """Return source ids with falling scores, each at the rank of its first passage."""
    order = dict.fromkeys(hit.source.source_id for hit in hits)
    return {source_id: 1.0 / rank for rank, source_id in enumerate(order, 1)}


def plain(text: str) -> str:
    """Return letters and digits only, lower case: what a quote is compared by."""
    return _NOT_WORD.sub("", text).lower()


def quote_within(quote: str, hits: Sequence[Hit], words: int | None = None) -> bool:
    """Tell whether the quote lies within one passage, or across two neighbours of one source among
    the hits.

    With `words`, only the first so many words of the hits are read.
    """
    quote = plain(quote)
    stretches: list[_Stretch] = []
    for stretch in _stretches(hits, words):
        if quote in plain(stretch.text):
            return True
        for earlier in stretches:
            if quote in plain(_join(stretch, earlier)):
                return True
        stretches.append(stretch)
    return False


class _Stretch(NamedTuple):
    """A passage of a source, or its beginning."""

    source_id: str
    start: int
    text: str


def _stretches(hits: Sequence[Hit], words: int | None) -> Iterator[_Stretch]:
    """Yield the texts of the hits, up to so many words in all."""
    for hit in hits:
        passage = hit.passage
        if words is None:
            yield _Stretch(passage.source_id, passage.start, passage.text)
            continue

        text = _first_words(passage.text, words)
        yield _Stretch(passage.source_id, passage.start, text)
        words -= len(text.split())
        if words <= 0:
            return


def _first_words(text: str, words: int) -> str:
    end = 0
    for count, match in enumerate(re.finditer(r"\S+", text)):
        if count == words:
            return text[:end]
        end = match.end()
    return text


def _join(stretch: _Stretch, other: _Stretch) -> str:
    """Return the text of two stretches of one source that touch or overlap; "" for any others."""
    first, second = sorted((stretch, other), key=lambda each: each.start)
    end = first.start + len(first.text)
    if first.source_id != second.source_id or second.start > end + 2:
        return ""
    return first.text + second.text[max(0, end - second.start) :]


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
        table = by_query(self.qrels, self.run)
        for query, row in self.extra.items():
            table[query] = {**table.get(query, {}), **row}
        return table

    def by_group(self) -> dict[str, dict[str, float]]:
        """Return the means of each kind of query."""
        tables: dict[str, dict[str, dict[str, float]]] = {}
        for kind in self.groups.values():
            tables[kind] = {}
        for query, row in self.table().items():
            if query in self.groups:
                tables[self.groups[query]][query] = row
        return {kind: means(table) for kind, table in tables.items()}


class Ranked(NamedTuple):
    """What is kept of a search: sources with falling scores, its intent, and the time
    that it took.
    """

    sources: Mapping[str, float]
    intent: Intent
    took_ms: float


def ranked(results: Results, excluded: Container[str] = ()) -> Ranked:
    """Return the sources ranked by their best passage, without those excluded and without the hits.

    A thousand queries with all their hits would be 0.7 GB.
    """
    scores = by_source(results.hits)
    counting = {source: score for source, score in scores.items() if source not in excluded}
    return Ranked(counting, results.intent, results.took_ms)


def outcome(
    qrels: Qrels,
    rankings: Mapping[str, Ranked],
    extra: Mapping[str, Mapping[str, float]] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Outcome:
    """Return the outcome of the searches for these queries, by kind of query: as given, else what
    the search took each for.
    """
    groups = groups or {query: ranking.intent for query, ranking in rankings.items()}
    run = {query: ranking.sources for query, ranking in rankings.items()}
    took_ms = tuple(ranking.took_ms for ranking in rankings.values())
    return Outcome(qrels, run, took_ms, extra or {}, groups or {})


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


def retrieval(result: Outcome) -> dict[str, Any]:
    """Return the means over all queries."""
    return means(result.table())
