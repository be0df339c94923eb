"""Why a hit stands where it stands, and where a source that was expected fell out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.retrieval.fusion import LEGS
from litsearch.retrieval.query import Query, read_query
from litsearch.retrieval.search import Considered, EmbedQuery, both, consider, shown
from litsearch.types import CatalogSource, Filters, Hit, Mode


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


def stages(generation: Generation, seen: Considered, hits: Sequence[Hit]) -> list[dict[str, Stage]]:
    """For each of the hits that came of what was seen, what every leg and the reranker thought of
    it.
    """
    rows = [generation.catalog.passage(hit.passage.passage_id)[0] for hit in hits]
    reread = sorted(
        (hit.scores["reranked"] for hit in hits if "reranked" in hit.scores), reverse=True
    )
    found = [_stages(seen, place) for place in np.searchsorted(seen.candidates.rows, rows).tolist()]
    for hit, one in zip(hits, found, strict=True):
        if (score := hit.scores.get("reranked")) is not None:
            one["reranked"] = Stage(score, reread.index(score) + 1, hit.score - hit.scores["fused"])
    return found


def _stages(seen: Considered, place: int) -> dict[str, Stage]:
    found = {}
    for name, part in seen.parts.items():
        score = float(seen.candidates.scores[name][place])
        found[name] = Stage(score, _rank(seen, name, score), float(part[place]))
    return found


def _rank(seen: Considered, name: str, score: float) -> int:
    """Return the rank of a score in a leg: among the candidates, or among their sources for what a
    source gets as a whole.
    """
    above = seen.candidates.scores[name] > score
    return (
        int(
            above.sum()
            if name in ("dense", "lexical")
            else len(np.unique(seen.candidates.source_rows[above]))
        )
        + 1
    )


def why(
    generation: Generation,
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
    seen = consider(generation, embed_query, text, depth=depth, mode=mode, filters=filters)
    row = generation.catalog.rows()[source.source_id]
    steps = [_read(text, seen.query), _fetched(source)]
    if seen.within.passages is None:
        return [
            *steps,
            Step("filters", True, "nothing is filtered"),
            *_ranked(generation, embed_query, seen, row, k),
        ]
    wanted = both(seen.query.filters, filters or Filters())
    steps.append(_filtered(generation.catalog, seen, wanted, row))
    return [*steps, *_ranked(generation, embed_query, seen, row, k)] if steps[-1].passed else steps


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
        return Step(
            "text",
            True,
            " ".join(part for part in ("its text is in the index.", verdict.reason) if part),
        )
    note = " ".join(
        part
        for part in (
            f"{verdict.status}: only what the lists say of it can be found.",
            verdict.reason,
        )
        if part
    )
    return Step("text", False, f"{note} {verdict.remedy}".strip())


def _filtered(catalog: Catalog, seen: Considered, filters: Filters, row: int) -> Step:
    rows = catalog.passage_rows_of([row])
    left = len(
        np.intersect1d(rows, seen.within.passages if seen.within.passages is not None else rows)
    )
    if left:
        return Step("filters", True, f"{left} of its {_count(len(rows), 'passage')} may be shown")
    for name, value in ((one.name, getattr(filters, one.name)) for one in fields(filters)):
        if value and row not in (catalog.source_rows(replace(Filters(), **{name: value})) or ()):
            asked = "unread" if value is True else f"{name}: {', '.join(map(str, value))}"
            return Step("filters", False, f"the filter “{asked}” does not hold for it")
    for phrase in seen.query.phrases:
        if len(catalog.holding(phrase)) and not len(np.intersect1d(rows, catalog.holding(phrase))):
            return Step("filters", False, f"none of its passages has the phrase “{phrase}”")
    return Step(
        "filters", False, "all filters, phrases and exclusions together leave none of its passages"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _ranked(
    generation: Generation, embed_query: EmbedQuery, seen: Considered, row: int, k: int
) -> list[Step]:
    mine = np.flatnonzero(seen.candidates.source_rows == row)
    if not len(mine):
        return [_not_among(generation, embed_query, seen, row)]
    total = len(seen.candidates.rows)
    hits, _ = shown(generation.catalog, seen, total)
    rank = int(np.flatnonzero(np.isin(hits, mine))[0]) + 1
    best, last = int(hits[rank - 1]), int(hits[min(k, total) - 1])
    steps = [
        Step("candidates", True, f"{len(mine)} of its passages are among the {total:,} candidates")
    ]
    for name, part in seen.parts.items():  # no leg alone keeps a candidate out
        score, added = float(seen.candidates.scores[name][best]), float(part[best])
        said = (
            f"rank {_rank(seen, name, score)}, score {score:.3f}, adds {added:.3f}"
            if score > 0
            else "adds nothing"
        )
        than = f" (hit {k}: {float(part[last]):.3f})" if rank > k else ""
        steps.append(Step(name, True, f"{LEGS[name]}: {said}{than}"))
    before = len(set(seen.candidates.source_rows[hits[: rank - 1]].tolist()))
    note = f"its best passage is hit {rank} with {float(seen.fused[best]):.3f}, after {_count(before, 'other source')}"
    if rank > k:
        note += (
            f"; {k} are shown, the last with {float(seen.fused[last]):.3f}. See more with -k {rank}"
        )
    return [*steps, Step("shown", rank <= k, note)]


def _not_among(generation: Generation, embed_query: EmbedQuery, seen: Considered, row: int) -> Step:
    """Return how far the best passage of a source is from the candidates."""
    catalog, legs = generation.catalog, []
    rows = catalog.passage_rows_of([row]) if seen.within.passages is None else seen.within.passages
    rows = np.intersect1d(rows, catalog.passage_rows_of([row]))
    every = catalog.every_passage if seen.within.passages is None else seen.within.passages
    if "lexical" in seen.parts:
        scores = catalog.lexicon.scores("passage", seen.query.words)
        best = float(scores[rows].max(initial=0.0))
        place = (
            f"by words {int((scores[every] > best).sum()) + 1:,}th"
            if best
            else "without a word of the query"
        )
        legs.append(place)
    if "dense" in seen.parts:
        scores = generation.vectors.scores(embed_query(seen.query.text), every)
        best = float(scores[np.isin(every, rows)].max(initial=-1.0))
        legs.append(f"by meaning {int((scores > best).sum()) + 1:,}th")
    note = f"none of its passages is among the {len(seen.candidates.rows):,} candidates; its best is {', '.join(legs)} "
    return Step("candidates", False, f"{note}of {_count(len(every), 'passage')}")
