"""Why a hit stands where it stands, and where a source that was expected fell out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from litsearch.library.generation import Generation
from litsearch.retrieval.search import PER_SOURCE, Considered, EmbedQuery, consider, spread
from litsearch.types import CatalogSource, Filters, Hit, Mode


@dataclass(frozen=True, slots=True)
class Stage:
    """What one leg thought of a passage among the candidates: its score, its rank, and what that added."""

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
    """For each of the hits that came of what was seen, what every leg and the reranker thought of it."""
    rows = [generation.catalog.passage(hit.passage.passage_id)[0] for hit in hits]
    reread = sorted((hit.scores["reranked"] for hit in hits if "reranked" in hit.scores), reverse=True)
    found = [_stages(seen, place) for place in np.searchsorted(seen.legs.rows, rows).tolist()]
    for hit, one in zip(hits, found, strict=True):
        if (score := hit.scores.get("reranked")) is not None:
            one["reranked"] = Stage(score, reread.index(score) + 1, hit.score - hit.scores["fused"])
    return found


def _stages(seen: Considered, place: int) -> dict[str, Stage]:
    found = {}
    for name, part in seen.parts.items():
        score = float(seen.legs.scores[name][place])
        found[name] = Stage(score, _rank(seen, name, score), float(part[place]))
    return found


def _rank(seen: Considered, name: str, score: float) -> int:
    """The rank of a score in a leg: among the candidates, or among their sources for what a source gets as a whole."""
    above = seen.legs.scores[name] > score
    return int(above.sum() if name in ("dense", "lexical") else len(np.unique(seen.legs.owners[above]))) + 1


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
    """The stations of a source for a query, up to the one where it falls out. Raises QueryError."""
    seen = consider(generation, embed_query, text, depth=depth, mode=mode, filters=filters)
    row = next(
        i for i, one in enumerate(generation.catalog.sources()) if one.source.source_id == source.source.source_id
    )
    steps = [_fetched(source), _filtered(generation, seen, row)]
    if steps[-1].passed:
        steps += _ranked(generation, seen, row, k)
    return steps


def _fetched(source: CatalogSource) -> Step:
    verdict = source.verdict
    if verdict.status == "indexed":
        return Step("text", True, "its text is in the index")
    note = " ".join(
        part for part in (f"{verdict.status}: only what the lists say of it can be found.", verdict.reason) if part
    )
    return Step("text", False, f"{note} {verdict.remedy}".strip())


def _filtered(generation: Generation, seen: Considered, row: int) -> Step:
    rows = generation.catalog.passage_rows_of([row])
    if seen.within.passages is None:
        return Step("filters", True, "nothing is filtered")
    left = len(np.intersect1d(rows, seen.within.passages))
    return Step("filters", left > 0, f"{left} of its {len(rows)} passages pass the filters, phrases and exclusions")


def _ranked(generation: Generation, seen: Considered, row: int, k: int) -> list[Step]:
    mine = np.flatnonzero(seen.legs.owners == row)
    total = len(seen.legs.rows)
    if not len(mine):
        return [Step("candidates", False, f"none of its passages is among the {total} candidates")]
    steps = [Step("candidates", True, f"{len(mine)} of its passages are among the {total} candidates")]
    for name in seen.parts:
        leg = seen.legs.scores[name]
        best = float(leg[mine].max())
        note = f"rank {_rank(seen, name, best)}, score {best:.3f}" if best > 0 else "says nothing for it"
        steps.append(Step(name, True, note))  # no leg alone keeps a candidate out
    place = np.isin(seen.order, mine)
    first = int(np.flatnonzero(place)[0])
    better = len(set(seen.legs.owners[seen.order[:first]].tolist()))
    steps.append(Step("fused", True, f"its best passage has rank {first + 1}, {better} other sources are before it"))
    shown = np.isin(spread(seen.order, seen.legs.owners, total), mine)
    rank = int(np.flatnonzero(shown)[0]) + 1
    note = f"rank {rank} of the hits, at most {PER_SOURCE} of one source before the others; {k} are shown"
    return [*steps, Step("shown", rank <= k, note)]
