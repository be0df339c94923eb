"""Explain why a hit ranks where it does, and where a source that was expected dropped out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.protocols import CatalogReader, Signal, Store
from litsearch.retrieval.candidates import OF_PASSAGES
from litsearch.retrieval.fusion import SIGNALS
from litsearch.retrieval.query import Query, read_query
from litsearch.retrieval.rerank import DEFINITION
from litsearch.retrieval.search import Ranking, merge_filters, top_places
from litsearch.types import CatalogSource, Filters, Hit

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stage:
    """A signal's score of a passage, its rank among the candidates, and its share of the sum."""

    score: float
    rank: int
    added: float


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a source on its way to the hits, and whether it got past it."""

    name: str
    passed: bool
    note: str


def stages(store: Store, ranking: Ranking, hits: Sequence[Hit]) -> list[dict[str, Stage]]:
    """Return for each hit of a ranking what every signal, and the reranker, added to its score."""
    rows = [store.catalog.passage_row(hit.passage.passage_id) for hit in hits]
    scores = [hit.scores["reranked"] for hit in hits if "reranked" in hit.scores]
    scores.sort(reverse=True)

    explained = []
    for hit, place in zip(
        hits, np.searchsorted(ranking.candidates.rows, rows).tolist(), strict=True
    ):
        stages = _stages(ranking, place)
        score = hit.scores.get("reranked")
        if score is not None:
            added = hit.score - hit.scores["fused"]
            stages["reranked"] = Stage(score, scores.index(score) + 1, added)
        explained.append(stages)
    return explained


def _stages(ranking: Ranking, place: int) -> dict[str, Stage]:
    stages = {}
    for name, part in ranking.contributions.items():
        score = float(ranking.candidates.scores[name][place])
        stages[name] = Stage(score, _rank(ranking, name, score), float(part[place]))
    return stages


def _rank(ranking: Ranking, name: str, score: float) -> int:
    """Return the rank of a score by one signal: among the candidates or, by a signal of sources,
    among their sources.
    """
    above = ranking.candidates.scores[name] > score
    if name in OF_PASSAGES or name == DEFINITION:
        return int(above.sum()) + 1
    return len(np.unique(ranking.candidates.source_rows[above])) + 1


def why(
    store: Store,
    ranking: Ranking,
    source: CatalogSource,
    *,
    k: int,
    filters: Filters | None = None,
) -> list[Step]:
    """Return the stations of a source in a ranking, up to the one where it drops out.

    filters: those of the ranking.
    """
    row = store.catalog.rows()[source.source_id]
    steps = [_read(ranking.query), _fetched(source)]
    if ranking.restriction.passages is None:
        steps.append(Step("filters", True, "nothing is filtered"))
    else:
        merged = merge_filters(ranking.query.filters, filters or Filters())
        steps.append(_filtered(store.catalog, ranking, merged, row))
    return [*steps, *_ranked(store, ranking, row, k)] if steps[-1].passed else steps


TAKEN_FOR = {
    "navigational": "a title or topic",
    "topic": "a topic or description",
    "question": "a question",
    "claim": "a statement",
}


def _read(query: Query) -> Step:
    """Say how the query was read."""
    words = read_query(query.asked, language=query.language).words
    missing = [word for word in words if word not in query.words]
    replacements = [word for word in query.words if word not in words]
    note = f"taken for {TAKEN_FOR[query.intent]}"
    note += f"; looked up: {', '.join(query.words)}"
    if missing:
        note += f"; no source has {_quoted(missing)}, so {_quoted(replacements)} instead"
    elif replacements:
        note += f"; {_quoted(replacements)} besides, which titles or authors have"
    return Step("query", True, note)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _fetched(source: CatalogSource) -> Step:
    verdict = source.verdict
    if verdict.status == "indexed":
        return Step("text", True, f"its text is in the index. {verdict.reason}".strip())
    note = f"{verdict.status}: only what the lists say of it can be found."
    for more in filter(None, (verdict.reason, verdict.remedy)):
        note += f" {more}"
    return Step("text", False, note)


def _filtered(catalog: CatalogReader, ranking: Ranking, filters: Filters, row: int) -> Step:
    rows = catalog.passage_rows_of([row])
    remaining = len(_remaining(ranking, rows))
    if remaining:
        return Step(
            "filters", True, f"{remaining} of its {_count(len(rows), 'passage')} may be shown"
        )

    failing = _failing_filter(catalog, filters, row)
    if failing:
        return Step("filters", False, f"the filter “{failing}” does not hold for it")

    for phrase in ranking.query.phrases:
        holding = catalog.rows_with_phrase(phrase)
        if len(holding) and not len(np.intersect1d(rows, holding)):
            return Step("filters", False, f"none of its passages has the phrase “{phrase}”")
    note = "all filters, phrases and exclusions together leave none of its passages"
    return Step("filters", False, note)


def _remaining(ranking: Ranking, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of the rows of passages that may be found."""
    permitted = ranking.restriction.passages
    return rows if permitted is None else np.intersect1d(rows, permitted)


def _failing_filter(catalog: CatalogReader, filters: Filters, row: int) -> str:
    """Return the first filter that keeps a source out by itself, as it was asked; "" for none."""
    for field in fields(filters):
        value = getattr(filters, field.name)
        single = replace(Filters(), **{field.name: value})
        if value and row not in (catalog.source_rows(single) or ()):
            return "unread" if value is True else f"{field.name}: {', '.join(map(str, value))}"
    return ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranked(store: Store, ranking: Ranking, row: int, k: int) -> list[Step]:
    places = np.flatnonzero(ranking.candidates.source_rows == row)
    if not len(places):
        return [_not_among(store.catalog, ranking, row)]

    total = len(ranking.candidates.rows)
    hits, _ = top_places(store.catalog, ranking, total)
    rank = int(np.flatnonzero(np.isin(hits, places))[0]) + 1
    best, last = int(hits[rank - 1]), int(hits[min(k, total) - 1])

    note = f"{len(places)} of its passages are among the {total:,} candidates"
    steps = [Step("candidates", True, note)]
    for name, part in ranking.contributions.items():  # no signal alone keeps a candidate out
        note = f"{SIGNALS[name]}: {_part(ranking, name, best)}"
        if rank > k:
            note += f" (hit {k}: {float(part[last]):.3f})"
        steps.append(Step(name, True, note))

    before = len(set(ranking.candidates.source_rows[hits[: rank - 1]].tolist()))
    note = f"its best passage is hit {rank} with {float(ranking.fused[best]):.3f}"
    note += f", after {_count(before, 'other source')}"
    if rank > k:
        note += f"; {k} are shown, the last with {float(ranking.fused[last]):.3f}"
        note += f". See more with -k {rank}"
    return [*steps, Step("shown", rank <= k, note)]


def _part(ranking: Ranking, name: str, place: int) -> str:
    """Return what a signal adds to a candidate, in words."""
    score, added = (
        float(ranking.candidates.scores[name][place]),
        float(ranking.contributions[name][place]),
    )
    if score <= 0:
        return "adds nothing"
    return f"rank {_rank(ranking, name, score)}, score {score:.3f}, adds {added:.3f}"


def _not_among(catalog: CatalogReader, ranking: Ranking, row: int) -> Step:
    """Return how far the best passage of a source is from the candidates."""
    rows = _remaining(ranking, catalog.passage_rows_of([row]))
    permitted = ranking.restriction.passages
    total = len(catalog.every_passage if permitted is None else permitted)

    places = []
    if "lexical" in ranking.contributions:
        place = _place(ranking, "lexical", rows, 0.0)
        places.append(f"by words {place:,}th" if place else "without a word of the query")
    if "dense" in ranking.contributions:
        places.append(f"by meaning {_place(ranking, 'dense', rows, -1.0):,}th")

    note = f"none of its passages is among the {len(ranking.candidates.rows):,} candidates"
    note += f"; its best is {', '.join(places)} of {_count(total, 'passage')}"
    return Step("candidates", False, note)


def _place(ranking: Ranking, signal: Signal, rows: NDArray[np.int64], least: float) -> int:
    """Return the rank of the best of these passages by a signal; 0 when it says nothing of them."""
    best = float(ranking.matches.scores(signal, rows).max(initial=least))
    return ranking.matches.better(signal, best) + 1 if best else 0
