"""Search: a query in, hits out. The same code serves people, answers and evaluation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.languages import ENGLISH, language_of
from litsearch.protocols import Holdings, Matches, Store
from litsearch.retrieval import fusion
from litsearch.retrieval.candidates import (
    NO_CANDIDATES,
    Allowed,
    Candidates,
    allowed,
    ask,
    gather,
    with_feedback,
)
from litsearch.retrieval.demotion import distinct, is_junk
from litsearch.retrieval.query import Query, read_query
from litsearch.retrieval.rerank import Reranking, reread
from litsearch.retrieval.spelling import corrected
from litsearch.types import Filters, Hit, Intent, Mode, Passage, Results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

EmbedQuery = Callable[[str], "Vector"]
# Passages of one source, before those of others have had their turn. The sentence sought is within
# 1,000 words read for
# 157 of 222 development questions with 6, for 162 with 8, 167 with 12, and 168 with 16, 20, 30 or
# no cap at all.
PER_SOURCE = 16


@dataclass(frozen=True, slots=True)
class Considered:
    """Everything that one query looked at.

    Places count the candidates, in the order of their rows.
    """

    query: Query
    within: Allowed
    matches: Matches
    candidates: Candidates
    parts: Mapping[str, Vector]  # what each leg adds to the score of each candidate
    fused: Vector
    order: NDArray[np.int64]  # places, best first, before the cap

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was done to the query that its author may not expect."""
        return self.query.notes + self.within.notes


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
) -> Results:
    """Return the best k passages, best first. Raises QueryError when the query is empty."""
    began = time.perf_counter()
    seen = consider(
        store, embed_query, text, depth=depth, mode=mode, filters=filters, intent=intent
    )
    wanted = max(k, reranking.candidates) if reranking else k
    hits, degraded = _hits(store, seen, *shown(store.catalog, seen, wanted)), ""
    if reranking:
        hits, degraded = reread(reranking, seen.query.text, hits, began)
    took_ms = (time.perf_counter() - began) * 1000
    return Results(
        query=seen.query.asked,
        mode=mode,
        generation=store.id,
        hits=tuple(hits[:k]),
        took_ms=took_ms,
        degraded=degraded,
        notes=seen.notes,
        intent=seen.query.intent,
    )


def consider(
    store: Store,
    embed_query: EmbedQuery,
    text: str,
    *,
    depth: int,
    mode: Mode,
    filters: Filters | None,
    intent: Intent | None = None,
) -> Considered:
    """Look at the candidates for a query and order them. Raises QueryError."""
    catalog = store.catalog
    query = _read(catalog, text, intent)

    within = allowed(catalog, query, both(query.filters, filters or Filters()))
    vector = embed_query(query.text) if mode != "lexical" and not within.nothing else None
    matches = ask(store, query, vector, within.where, words=mode != "dense")
    candidates = NO_CANDIDATES
    if not within.nothing:
        candidates = gather(store, matches, query, depth, within.where)

    counts = store.counts
    short_sources = fusion.has_short_sources(counts["passages"], counts["sources"])
    if short_sources and "source_dense" in candidates.scores and _is_topic(query, catalog):
        candidates = with_feedback(candidates, store)

    weights = fusion.weights(query, mode, short_sources=short_sources)
    parts = fusion.weighted(candidates.scores, weights)
    fused = fusion.total(parts, len(candidates.rows))
    return Considered(query, within, matches, candidates, parts, fused, fusion.order(fused))


def _read(catalog: Holdings, text: str, intent: Intent | None) -> Query:
    """Read a query; one that is a title of the library is navigational, unless told otherwise."""
    query = read_query(text, intent=intent, language=_language(text, catalog.languages))
    if intent is None and query.intent != "navigational" and catalog.has_title(query.asked):
        query = replace(query, intent="navigational")
    return corrected(query, catalog)


def _is_topic(query: Query, catalog: Holdings) -> bool:
    """Return True for what many sources may be about: a topic, or a few words that are no title."""
    if query.intent == "navigational":
        return not catalog.has_title(query.asked)
    return query.intent == "topic"


def _language(text: str, languages: Sequence[str]) -> str:
    """Return the language of a query: as its words say, else the one that most of the library is
    in.
    """
    return language_of(text, (*languages, ENGLISH)) or languages[0]


def both(one: Filters, other: Filters) -> Filters:
    """Return the filters of the query and those given beside it; values of one field mean any of
    them.
    """
    values: dict[str, Any] = {"unread": one.unread or other.unread}
    for field in fields(Filters):
        if field.name != "unread":
            values[field.name] = getattr(one, field.name) + getattr(other, field.name)
    return Filters(**values)


def _hits(
    store: Store, seen: Considered, places: NDArray[np.int64], passages: Sequence[Passage]
) -> list[Hit]:
    source_rows = seen.candidates.source_rows[places].tolist()
    sources = store.catalog.sources_at(source_rows)

    hits: list[Hit] = []
    for place, passage, row in zip(places.tolist(), passages, source_rows, strict=True):
        score, scores = float(seen.fused[place]), _scores(seen, place)
        hits.append(Hit(len(hits) + 1, score, passage, sources[row], scores))
    return hits


def shown(catalog: Holdings, seen: Considered, k: int) -> tuple[NDArray[np.int64], list[Passage]]:
    """Return the places of the k hits, best first, and their passages.

    Copies, junk and what is too much of one source stand behind the rest.
    """
    count, passages = k, list[Passage]()
    while True:
        places = spread(seen.order, seen.candidates.source_rows, count)
        rows = seen.candidates.rows[places[len(passages) :]]
        passages += [passage for passage, _ in catalog.passages(rows)]

        waits = _waiting(passages)
        leading = waits.count(False)
        if leading >= k or len(places) < count:
            break
        count += k - leading  # what waits leaves room for others

    chosen = sorted(range(len(places)), key=waits.__getitem__)[:k]
    return places[chosen], [passages[place] for place in chosen]


def _waiting(passages: Sequence[Passage]) -> list[bool]:
    """Return for each passage, best first, whether it stands behind the others: a copy, or junk."""
    pairs = zip(passages, distinct(passages), strict=True)
    return [is_junk(passage) or not new for passage, new in pairs]


def spread(order: NDArray[np.int64], source_rows: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Return the best k places, at most PER_SOURCE of one source while others wait."""
    taken: dict[int, int] = {}
    first: list[int] = []
    later: list[int] = []
    for place, source_row in zip(order.tolist(), source_rows[order].tolist(), strict=True):
        taken[source_row] = taken.get(source_row, 0) + 1
        (first if taken[source_row] <= PER_SOURCE else later).append(place)
        if len(first) >= k:
            break
    return np.array((first + later)[:k], np.int64)


def _scores(seen: Considered, place: int) -> dict[str, float]:
    """Return the fused score, and that of each leg that found anything."""
    scores = {"fused": float(seen.fused[place])}
    for leg, every in seen.candidates.scores.items():
        if leg in seen.parts and every[place] != 0:
            scores[leg] = float(every[place])
    return scores
