"""Why a hit stands where it stands, and where a source that was expected fell out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.protocols import Holdings, Leg, Store
from litsearch.retrieval.candidates import OF_PASSAGES
from litsearch.retrieval.fusion import LEGS
from litsearch.retrieval.query import Query, read_query
from litsearch.retrieval.search import Considered, EmbedQuery, both, consider, shown
from litsearch.types import CatalogSource, Filters, Hit, Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stage:
    """What one leg thought of a passage among the candidates: its score, its rank, and what that
    added.
    """

    score: float
    rank: int
    added: float


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a source on its way to the hits."""

    name: str
    passed: bool
    note: str


def stages(store: Store, seen: Considered, hits: Sequence[Hit]) -> list[dict[str, Stage]]:
    """For each of the hits that came of what was seen, what every leg and the reranker thought of
    it.
    """
    rows = [store.catalog.passage_row(hit.passage.passage_id) for hit in hits]
    reread = [hit.scores["reranked"] for hit in hits if "reranked" in hit.scores]
    reread.sort(reverse=True)

    explained = []
    for hit, place in zip(hits, np.searchsorted(seen.candidates.rows, rows).tolist(), strict=True):
        stages = _stages(seen, place)
        score = hit.scores.get("reranked")
        if score is not None:
            added = hit.score - hit.scores["fused"]
            stages["reranked"] = Stage(score, reread.index(score) + 1, added)
        explained.append(stages)
    return explained


def _stages(seen: Considered, place: int) -> dict[str, Stage]:
    stages = {}
    for name, part in seen.parts.items():
        score = float(seen.candidates.scores[name][place])
        stages[name] = Stage(score, _rank(seen, name, score), float(part[place]))
    return stages


def _rank(seen: Considered, name: str, score: float) -> int:
    """Return the rank of a score in a leg: among the candidates, or among their sources for what a
    source gets as a whole.
    """
    above = seen.candidates.scores[name] > score
    if name in OF_PASSAGES:
        return int(above.sum()) + 1
    return len(np.unique(seen.candidates.source_rows[above])) + 1


def why(
    store: Store,
    embed_query: EmbedQuery,
    source: CatalogSource,
    text: str,
    *,
    k: int,
    depth: int,
    mode: Mode = "hybrid",
    filters: Filters | None = None,
) -> list[Step]:
    """Return the stations of a source for a query, up to the one where it falls out.

    Raises QueryError.
    """
    seen = consider(store, embed_query, text, depth=depth, mode=mode, filters=filters)
    row = store.catalog.rows()[source.source_id]
    steps = [_read(text, seen.query), _fetched(source)]
    if seen.within.passages is None:
        steps.append(Step("filters", True, "nothing is filtered"))
    else:
        wanted = both(seen.query.filters, filters or Filters())
        steps.append(_filtered(store.catalog, seen, wanted, row))
    return [*steps, *_ranked(store, seen, row, k)] if steps[-1].passed else steps


TAKEN_FOR = {
    "navigational": "a title or topic",
    "topic": "a topic or description",
    "question": "a question",
    "claim": "a statement",
}


def _read(text: str, query: Query) -> Step:
    """Return what the query was taken for."""
    typed = read_query(text, language=query.language).words
    gone = [word for word in typed if word not in query.words]
    new = [word for word in query.words if word not in typed]
    note = f"taken for {TAKEN_FOR[query.intent]}"
    note += f"; looked up: {', '.join(query.words)}"
    if gone:
        note += f"; no source has {_quoted(gone)}, so {_quoted(new)} instead"
    elif new:
        note += f"; {_quoted(new)} besides, which titles or authors have"
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


def _filtered(catalog: Holdings, seen: Considered, filters: Filters, row: int) -> Step:
    rows = catalog.passage_rows_of([row])
    left = len(_left(seen, rows))
    if left:
        return Step("filters", True, f"{left} of its {_count(len(rows), 'passage')} may be shown")

    failing = _failing_filter(catalog, filters, row)
    if failing:
        return Step("filters", False, f"the filter “{failing}” does not hold for it")

    for phrase in seen.query.phrases:
        holding = catalog.holding(phrase)
        if len(holding) and not len(np.intersect1d(rows, holding)):
            return Step("filters", False, f"none of its passages has the phrase “{phrase}”")
    note = "all filters, phrases and exclusions together leave none of its passages"
    return Step("filters", False, note)


def _left(seen: Considered, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of the rows of passages that may be found."""
    allowed = seen.within.passages
    return rows if allowed is None else np.intersect1d(rows, allowed)


def _failing_filter(catalog: Holdings, filters: Filters, row: int) -> str:
    """Return the first filter that keeps a source out by itself, as it was asked; "" for none."""
    for field in fields(filters):
        value = getattr(filters, field.name)
        alone = replace(Filters(), **{field.name: value})
        if value and row not in (catalog.source_rows(alone) or ()):
            return "unread" if value is True else f"{field.name}: {', '.join(map(str, value))}"
    return ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranked(store: Store, seen: Considered, row: int, k: int) -> list[Step]:
    mine = np.flatnonzero(seen.candidates.source_rows == row)
    if not len(mine):
        return [_not_among(store.catalog, seen, row)]

    total = len(seen.candidates.rows)
    hits, _ = shown(store.catalog, seen, total)
    rank = int(np.flatnonzero(np.isin(hits, mine))[0]) + 1
    best, last = int(hits[rank - 1]), int(hits[min(k, total) - 1])

    note = f"{len(mine)} of its passages are among the {total:,} candidates"
    steps = [Step("candidates", True, note)]
    for name, part in seen.parts.items():  # no leg alone keeps a candidate out
        note = f"{LEGS[name]}: {_part(seen, name, best)}"
        if rank > k:
            note += f" (hit {k}: {float(part[last]):.3f})"
        steps.append(Step(name, True, note))

    before = len(set(seen.candidates.source_rows[hits[: rank - 1]].tolist()))
    note = f"its best passage is hit {rank} with {float(seen.fused[best]):.3f}"
    note += f", after {_count(before, 'other source')}"
    if rank > k:
        note += f"; {k} are shown, the last with {float(seen.fused[last]):.3f}"
        note += f". See more with -k {rank}"
    return [*steps, Step("shown", rank <= k, note)]


def _part(seen: Considered, name: str, place: int) -> str:
    """Return what a leg adds to a candidate, in words."""
    score, added = float(seen.candidates.scores[name][place]), float(seen.parts[name][place])
    if score <= 0:
        return "adds nothing"
    return f"rank {_rank(seen, name, score)}, score {score:.3f}, adds {added:.3f}"


def _not_among(catalog: Holdings, seen: Considered, row: int) -> Step:
    """Return how far the best passage of a source is from the candidates."""
    rows = _left(seen, catalog.passage_rows_of([row]))
    allowed = seen.within.passages
    total = len(catalog.every_passage if allowed is None else allowed)

    places = []
    if "lexical" in seen.parts:
        place = _place(seen, "lexical", rows, 0.0)
        places.append(f"by words {place:,}th" if place else "without a word of the query")
    if "dense" in seen.parts:
        places.append(f"by meaning {_place(seen, 'dense', rows, -1.0):,}th")

    note = f"none of its passages is among the {len(seen.candidates.rows):,} candidates"
    note += f"; its best is {', '.join(places)} of {_count(total, 'passage')}"
    return Step("candidates", False, note)


def _place(seen: Considered, leg: Leg, rows: NDArray[np.int64], least: float) -> int:
    """Return the rank of the best of these passages by a leg; 0 when it says nothing of them."""
    best = float(seen.matches.scores(leg, rows).max(initial=least))
    return seen.matches.better(leg, best) + 1 if best else 0
