"""What a set of judged queries found: the one shape that every kind of evaluation gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from litsearch.evaluation.measures import Qrels, Run, by_query, by_source, means
from litsearch.types import Results


@dataclass(frozen=True, slots=True)
class Outcome:
    """Judgments, the run, and the time that each search took, in milliseconds."""

    qrels: Qrels
    run: Run
    took_ms: tuple[float, ...]
    extra: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # further measures, by query
    groups: Mapping[str, str] = field(default_factory=dict)  # the kind of each query, when there are several

    def table(self) -> dict[str, dict[str, float]]:
        """Every measure of every query."""
        ranked = by_query(self.qrels, self.run)
        queries = dict.fromkeys([*ranked, *self.extra])
        return {query: {**ranked.get(query, {}), **self.extra.get(query, {})} for query in queries}

    def by_group(self) -> dict[str, dict[str, float]]:
        """The means of each kind of query."""
        table = self.table()
        kinds = dict.fromkeys(self.groups.values())
        return {
            kind: means({query: row for query, row in table.items() if self.groups.get(query) == kind})
            for kind in kinds
        }


class Ranked(NamedTuple):
    """What is kept of a search: sources with falling scores, and the time that it took. Its hits are let go."""

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
    """The outcome of the searches for these queries."""
    run = {query: one.sources for query, one in found.items()}
    return Outcome(qrels, run, tuple(one.took_ms for one in found.values()), extra or {}, groups or {})


def latency(took_ms: tuple[float, ...]) -> dict[str, float | None]:
    """Median, 95th and 99th percentile, in milliseconds."""
    if not took_ms:
        return {"search": None}
    median, high, highest = np.percentile(took_ms, (50, 95, 99))
    return {
        "search": round(float(median), 1),
        "search_p95": round(float(high), 1),
        "search_p99": round(float(highest), 1),
    }


def retrieval(found: Outcome) -> dict[str, Any]:
    """The means over all queries."""
    return means(found.table())
