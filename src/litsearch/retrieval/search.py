"""Search: a query in, hits out; the same for people, for answers and for evaluation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.languages import ENGLISH, language_of
from litsearch.protocols import CatalogReader, Matches, Store
from litsearch.retrieval import fusion
from litsearch.retrieval.candidates import (
    NO_CANDIDATES,
    Candidates,
    Restriction,
    gather,
    match,
    restriction_of,
    with_feedback,
)
from litsearch.retrieval.query import Query, read_query, without_fillers
from litsearch.retrieval.rerank import (
    DEFINITION,
    DEFINITION_WEIGHT,
    DefinitionShare,
    Reranking,
    distinct,
    is_junk,
    rerank,
    with_definitions,
)
from litsearch.retrieval.spelling import corrected
from litsearch.types import Filters, Hit, Intent, Mode, Passage, Results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

EmbedQuery = Callable[[str], "Vector"]
# Passages of one source, before those of others have had their turn. The sentence sought is within
# 1,000 words read for 157 of 222 development questions with 6, for 162 with 8, 167 with 12, and 168
# with 16, 20, 30 or no cap at all.
PER_SOURCE = 16


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of one query in their order, and all that led to it.

    A place is the position of a candidate in the order of rows.
    """

    query: Query
    restriction: Restriction
    matches: Matches
    candidates: Candidates
    contributions: Mapping[str, Vector]  # what each signal adds to the score of each candidate
    fused: Vector
    order: NDArray[np.int64]  # places, best first, before the cap

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was done to the query that its author may not expect, a sentence each."""
        return self.query.notes + self.restriction.notes


def search(
    store: Store,
    embed_query: EmbedQuery,
    text: str,
    *,
    k: int,
    depth: int,
    mode: Mode = "hybrid",
    filters: Filters | None = None,
    intent: Intent | None = None,
    reranking: Reranking | None = None,
    definition_share: DefinitionShare | None = None,
) -> Results:
    """Return the best k passages, best first. Raises QueryError when the query is empty.

    definition_share: for a query that asks what a thing is.
    """
    start = time.perf_counter()
    ranking = rank_candidates(
        store,
        embed_query,
        text,
        depth=depth,
        mode=mode,
        filters=filters,
        intent=intent,
        definition_share=definition_share,
    )
    count = max(k, reranking.candidates) if reranking else k
    hits, degraded = _hits(store, ranking, *top_places(store.catalog, ranking, count)), ""
    if reranking:
        hits, degraded = rerank(reranking, ranking.query.text, hits, start)
    degraded = " ".join(filter(None, (_missing(ranking.matches), degraded)))
    took_ms = (time.perf_counter() - start) * 1000
    return Results(
        query=ranking.query.asked,
        mode=mode,
        generation=store.id,
        hits=tuple(hits[:k]),
        took_ms=took_ms,
        degraded=degraded,
        notes=ranking.notes,
        intent=ranking.query.intent,
    )


def _missing(matches: Matches) -> str:
    """Say which signals the store did not answer for; "" when it did for all."""
    reasons = [f"{signal} ({reason})" for signal, reason in matches.missed.items()]
    if not reasons:
        return ""
    return f"The store did not answer for all signals; without {', '.join(reasons)}."


def rank_candidates(
    store: Store,
    embed_query: EmbedQuery,
    text: str,
    *,
    depth: int,
    mode: Mode,
    filters: Filters | None,
    intent: Intent | None = None,
    definition_share: DefinitionShare | None = None,
) -> Ranking:
    """Gather the candidates for a query and order them by their fused scores. Raises QueryError."""
    catalog = store.catalog
    counts = store.counts
    length = counts["passages"] / max(counts["sources"], 1)
    is_short = fusion.has_short_sources(length)
    query = _interpret(catalog, text, intent)
    if is_short:
        query = without_fillers(query)

    restriction = restriction_of(catalog, query, merge_filters(query.filters, filters or Filters()))
    vector = embed_query(query.text) if mode != "lexical" and not restriction.is_empty else None
    matches = match(store, query, vector, restriction.where, words=mode != "dense")
    candidates = NO_CANDIDATES
    if not restriction.is_empty:
        candidates = gather(store, matches, query, depth, restriction.where)

    if is_short and "source_dense" in candidates.scores and _is_topic(query, catalog):
        candidates = with_feedback(candidates, store)

    weights = fusion.weights(query, mode, passages_per_source=length)
    contributions = fusion.weighted(candidates.scores, weights)
    fused = fusion.total(contributions, len(candidates.rows))
    ranking = Ranking(
        query, restriction, matches, candidates, contributions, fused, fusion.order(fused)
    )
    return _with_definitions(
        ranking, catalog, definition_share, DEFINITION_WEIGHT * sum(weights.values())
    )


def _with_definitions(
    ranking: Ranking, catalog: CatalogReader, share: DefinitionShare | None, weight: float
) -> Ranking:
    """Return the ranking in which those of the best that say what is asked for come forward.

    Nothing is to be defined where share is None, or where the query is a title.
    """
    if share is None or catalog.has_title(ranking.query.asked):
        return ranking
    candidates = with_definitions(ranking.candidates, catalog, ranking.order, share)
    added = np.float32(weight) * candidates.scores[DEFINITION]
    fused = ranking.fused + added
    return replace(
        ranking,
        candidates=candidates,
        contributions={**ranking.contributions, DEFINITION: added},
        fused=fused,
        order=fusion.order(fused),
    )


def _interpret(catalog: CatalogReader, text: str, intent: Intent | None) -> Query:
    """Read a query; one that is a title of the library is navigational, unless told otherwise."""
    query = read_query(text, intent=intent, language=_language(text, catalog.languages))
    if intent is None and query.intent != "navigational" and catalog.has_title(query.asked):
        query = replace(query, intent="navigational")
    return corrected(query, catalog)


def _is_topic(query: Query, catalog: CatalogReader) -> bool:
    """Return True for what many sources may be about: a topic, or a few words that are no title."""
    if query.intent == "navigational":
        return not catalog.has_title(query.asked)
    return query.intent == "topic"


def _language(text: str, languages: Sequence[str]) -> str:
    """Return the language of a query: as its words say, else the one that most of the library is
    in.
    """
    return language_of(text, (*languages, ENGLISH)) or languages[0]


def merge_filters(first: Filters, second: Filters) -> Filters:
    """Return two sets of filters as one; several values of a field mean any of them."""
    values: dict[str, Any] = {"unread": first.unread or second.unread}
    for field in fields(Filters):
        if field.name != "unread":
            values[field.name] = getattr(first, field.name) + getattr(second, field.name)
    return Filters(**values)


def _hits(
    store: Store, ranking: Ranking, places: NDArray[np.int64], passages: Sequence[Passage]
) -> list[Hit]:
    source_rows = ranking.candidates.source_rows[places].tolist()
    sources = store.catalog.sources_at(source_rows)

    hits: list[Hit] = []
    for place, passage, row in zip(places.tolist(), passages, source_rows, strict=True):
        score, scores = float(ranking.fused[place]), _scores(ranking, place)
        hits.append(Hit(len(hits) + 1, score, passage, sources[row], scores))
    return hits


def top_places(
    catalog: CatalogReader, ranking: Ranking, k: int
) -> tuple[NDArray[np.int64], list[Passage]]:
    """Return the places of the best k hits, best first, and their passages.

    Near-duplicates, junk and too many passages of one source stand behind the rest.
    """
    count, passages = k, list[Passage]()
    while True:
        places = spread(ranking.order, ranking.candidates.source_rows, count)
        rows = ranking.candidates.rows[places[len(passages) :]]
        passages += [passage for passage, _ in catalog.passages(rows)]

        demoted = _demotions(passages)
        leading = demoted.count(False)
        if leading >= k or len(places) < count:
            break
        count += k - leading  # others take the places of the demoted

    order = sorted(range(len(places)), key=demoted.__getitem__)[:k]
    return places[order], [passages[place] for place in order]


def _demotions(passages: Sequence[Passage]) -> list[bool]:
    """Return for each passage, best first, whether it stands behind the others: a copy, or junk."""
    pairs = zip(passages, distinct(passages), strict=True)
    return [is_junk(passage) or not new for passage, new in pairs]


def spread(order: NDArray[np.int64], source_rows: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Return the best k places, at most PER_SOURCE of one source while others wait."""
    counts: dict[int, int] = {}
    first: list[int] = []
    overflow: list[int] = []
    for place, source_row in zip(order.tolist(), source_rows[order].tolist(), strict=True):
        counts[source_row] = counts.get(source_row, 0) + 1
        (first if counts[source_row] <= PER_SOURCE else overflow).append(place)
        if len(first) >= k:
            break
    return np.array((first + overflow)[:k], np.int64)


def _scores(ranking: Ranking, place: int) -> dict[str, float]:
    """Return the fused score, and that of each signal that found anything."""
    scores = {"fused": float(ranking.fused[place])}
    for signal, values in ranking.candidates.scores.items():
        if signal in ranking.contributions and values[place] != 0:
            scores[signal] = float(values[place])
    return scores
