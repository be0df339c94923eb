"""The walker of search: a query in, hits out. The same code serves people, answers and evaluation."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.retrieval import fusion
from litsearch.retrieval.candidates import NOTHING, Allowed, Legs, allowed, look
from litsearch.retrieval.fusion import finding, shares
from litsearch.retrieval.near_duplicates import distinct
from litsearch.retrieval.query import Query, near_word, read_query, worth_correcting
from litsearch.retrieval.rerank import Reranking, reread
from litsearch.types import Filters, Hit, Mode, Passage, Results

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

EmbedQuery = Callable[[str], "Vector"]
# Passages of one source, before those of others have had their turn. The sentence sought is within
# 1,000 words read for 157 of 222 development questions with 6, for 162 with 8, 167 with 12, and 168
# with 16, 20, 30 or no cap at all.
PER_SOURCE = 16


@dataclass(frozen=True, slots=True)
class Considered:
    """Everything that one query looked at. Places count the candidates, in the order of their rows."""

    query: Query
    within: Allowed
    legs: Legs
    parts: Mapping[str, Vector]  # what each leg adds to the score of each candidate
    fused: Vector
    order: NDArray[np.int64]  # places, best first, before the cap


def search(
    generation: Generation,
    embed_query: EmbedQuery,
    text: str,
    *,
    k: int,
    depth: int,
    mode: Mode = "hybrid",
    filters: Filters | None = None,
    reranking: Reranking | None = None,
) -> Results:
    """The best k passages, best first. Raises QueryError when the query is empty or too long."""
    began = time.perf_counter()
    seen = consider(generation, embed_query, text, depth=depth, mode=mode, filters=filters)
    wanted = max(k, reranking.candidates) if reranking else k
    hits, degraded = _hits(generation, seen, *shown(generation.catalog, seen, wanted)), ""
    if reranking:
        hits, degraded = reread(reranking, seen.query.text, hits, began)
    took = (time.perf_counter() - began) * 1000
    return Results(seen.query.asked, mode, generation.id, tuple(hits[:k]), took, degraded)


def consider(
    generation: Generation,
    embed_query: EmbedQuery,
    text: str,
    *,
    depth: int,
    mode: Mode,
    filters: Filters | None,
) -> Considered:
    """Look at the candidates for a query and order them. Raises QueryError."""
    query = spelled(read_query(text), generation.catalog)
    within = allowed(generation, query, both(query.filters, filters or Filters()))
    legs = NOTHING if within.nothing else look(generation, embed_query, query, mode, depth, within)
    counts = generation.manifest.counts
    parts = fusion.fuse(
        legs.scores, shares(query, mode, counts["passages"] / max(counts["sources"], 1))
    )
    fused = fusion.total(parts, len(legs.rows))
    return Considered(query, within, legs, parts, fused, fusion.order(fused))


def both(one: Filters, other: Filters) -> Filters:
    """The filters of the query and those given beside it; values of one field mean any of them."""
    return Filters(
        lists=one.lists + other.lists,
        topics=one.topics + other.topics,
        kinds=one.kinds + other.kinds,
        unread=one.unread or other.unread,
        sections=one.sections + other.sections,
        authors=one.authors + other.authors,
        years=one.years + other.years,
        sites=one.sites + other.sites,
        titles=one.titles + other.titles,
        languages=one.languages + other.languages,
        sources=one.sources + other.sources,
    )


def spelled(query: Query, catalog: Catalog) -> Query:
    """The query with words that stand nowhere in the library corrected, when a title or an author
    has them nearly so.

    In a title or topic a word that a single source has, perhaps with the same slip, is looked up
    beside its correction. Of 10 titles with slips all come first, where 7 did.
    """
    rare = 1 if finding(query) else 0
    held = {word: catalog.lexicon.holders(word) for word in query.words if worth_correcting(word)}
    unsure = [word for word, count in held.items() if count <= rare]
    known = catalog.title_words if unsure else frozenset()
    near = {
        word: other
        for word in unsure
        if word.casefold() not in known and (other := near_word(word, known))
    }
    if not near:
        return query
    wrong = {word: other for word, other in near.items() if not held[word]}
    text = re.sub(r"[^\W_]+", lambda match: wrong.get(match.group(), match.group()), query.text)
    kept = [word for word in query.words if word not in wrong]
    return replace(query, text=text, words=(*kept, *near.values()))


def _hits(
    generation: Generation, seen: Considered, places: NDArray[np.int64], passages: Sequence[Passage]
) -> list[Hit]:
    owners = seen.legs.owners[places].tolist()
    sources = generation.catalog.sources_at(owners)
    return [
        Hit(rank, float(seen.fused[place]), passage, sources[owner], _stages(seen, place))
        for rank, (place, passage, owner) in enumerate(
            zip(places.tolist(), passages, owners, strict=True), 1
        )
    ]


def shown(catalog: Catalog, seen: Considered, k: int) -> tuple[NDArray[np.int64], list[Passage]]:
    """The places of the k hits, best first, and their passages: what there is too much of stands
    behind the rest.
    """
    count, passages = k, list[Passage]()
    while True:
        places = spread(seen.order, seen.legs.owners, count)
        passages += [
            passage for passage, _ in catalog.passages(seen.legs.rows[places[len(passages) :]])
        ]
        first = distinct(passages)
        if sum(first) >= k or len(places) < count:
            break
        count += k - sum(first)  # copies leave room for others
    chosen = sorted(range(len(places)), key=lambda i: not first[i])[:k]
    return places[chosen], [passages[i] for i in chosen]


def spread(order: NDArray[np.int64], owners: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """The best k, of which at most PER_SOURCE of one source while others wait; the rest fills what
    is left.
    """
    taken: dict[int, int] = {}
    first: list[int] = []
    later: list[int] = []
    for place, owner in zip(order.tolist(), owners[order].tolist(), strict=True):
        taken[owner] = taken.get(owner, 0) + 1
        (first if taken[owner] <= PER_SOURCE else later).append(place)
        if len(first) >= k:
            break
    return np.array((first + later)[:k], np.int64)


def _stages(seen: Considered, place: int) -> dict[str, float]:
    """The score of each leg, but for those that found nothing."""
    found = {
        name: float(leg[place]) for name, leg in seen.legs.scores.items() if name in seen.parts
    }
    return {"fused": float(seen.fused[place])} | {
        name: score for name, score in found.items() if score != 0
    }
