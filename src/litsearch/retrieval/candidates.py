"""Gather the candidates of a query, and the score that each leg gives them.

A leg compares the query with one thing: a passage by meaning or by words, or the source that the
passage belongs to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.retrieval.fusion import total, weighted
from litsearch.retrieval.query import Query, kinds_named, title_words
from litsearch.text import content_words, terms_of
from litsearch.types import Filters, Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

BEST_SOURCES = 100  # by their own legs, each of which enters with its best passage ...
BEST_SOURCE_PASSAGES = (
    2_000  # ... as long as they have no more passages than this: scoring them takes 0.5 ms
)
FEEDBACK = {"source_dense": 0.7, "source_lexical": 0.3}  # what chooses the best sources
FEEDBACK_SOURCES = 5
FEEDBACK_STEP = 0.4  # of the cosine to their centre; 3 to 5 sources and .2 to .7 were within .005
SAMPLE_STEP = 16  # one score of so many tells about where the best begin


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rows of passages and of sources that the filters leave, sorted; None: all."""

    passages: NDArray[np.int64] | None = None
    sources: NDArray[np.int64] | None = None
    notes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Return True when no passage is left."""
        return self.passages is not None and not len(self.passages)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of passages, sorted, the row of the source of each, and the scores that each leg gives
    them.
    """

    rows: NDArray[np.int64]
    source_rows: NDArray[np.int64]
    scores: Mapping[str, Vector]


NO_CANDIDATES = Candidates(np.empty(0, np.int64), np.empty(0, np.int64), {})


def allowed(catalog: Catalog, query: Query, filters: Filters) -> Allowed:
    """Return what may be found: filters hold for sources, phrases and excluded words for
    passages."""
    sources = catalog.source_rows(filters)
    rows = None if sources is None else catalog.passage_rows_of(sources)
    notes: list[str] = []
    for phrase in query.phrases:
        left = _within(rows, catalog.holding(phrase))
        if len(left):
            rows = left
        else:
            notes.append(f"No passage says “{phrase}”: its words are searched for one by one.")
    for word in query.without:
        every = catalog.every_passage if rows is None else rows
        rows = np.setdiff1d(every, catalog.holding(word), assume_unique=True)
    if rows is None:
        return Allowed(notes=tuple(notes))
    return Allowed(rows, np.unique(catalog.source_rows_of(rows)), tuple(notes))


def _within(rows: NDArray[np.int64] | None, others: NDArray[np.int64]) -> NDArray[np.int64]:
    return others if rows is None else np.intersect1d(rows, others, assume_unique=True)


def gather(
    generation: Generation,
    embed_query: Callable[[str], Vector],
    query: Query,
    mode: Mode,
    depth: int,
    within: Allowed,
) -> Candidates:
    """Return the best passages of each leg, and the best passages of the best sources, with all
    their scores.
    """
    passage_scores, source_scores = (
        _lexical_scores(generation.catalog, query) if mode != "dense" else ({}, {})
    )
    query_vector = embed_query(query.text) if mode != "lexical" else None
    found = []
    if "lexical" in passage_scores:
        found.append(best_rows(passage_scores["lexical"], depth, within.passages))
    if query_vector is not None:
        # Not "@": for this little, BLAS would start a second thread, which then spins for 30 ms.
        source_scores["source_dense"] = np.einsum("ij,j->i", generation.sources, query_vector)
        found.append(generation.nearest(query_vector, depth, within.passages)[1])
    found.append(_of_best_sources(generation, query_vector, passage_scores, source_scores, within))
    rows = np.unique(np.concatenate(found))
    source_rows = generation.catalog.source_rows_of(rows)
    scores = {leg: every[rows] for leg, every in passage_scores.items()}
    scores |= {leg: every[source_rows] for leg, every in source_scores.items()}
    if "card" in scores and query.intent == "navigational":
        scores["title"] = _title_scores(generation.catalog, query, source_rows, scores["card"])
    if query_vector is not None:
        scores["dense"] = generation.vectors.scores(query_vector, rows)
    return Candidates(rows, source_rows, scores)


def with_feedback(candidates: Candidates, source_vectors: Matrix) -> Candidates:
    """Return the candidates, those sources above others that are like the best ones by the legs of
    sources.

    The query goes a step towards the centre of the best (Rocchio 1971, over vectors as in Li et al.
    2021). On 81 topics over 1,400 short descriptions nDCG@10 .539 becomes .554 (p < .05), put as
    requests .538 becomes .556; on another 82 it changes nothing for names, +.012 for requests.
    """
    rows, firsts, places = np.unique(candidates.source_rows, return_index=True, return_inverse=True)
    scores = candidates.scores
    legs = {leg: scores[leg][firsts] for leg in FEEDBACK if leg in scores}
    fused = total(weighted(legs, FEEDBACK), len(rows))
    best = np.argsort(-fused, kind="stable")[:FEEDBACK_SOURCES]
    vectors = np.asarray(source_vectors[rows], np.float32)
    centre = fused[best] @ vectors[best]
    centre /= max(float(np.linalg.norm(centre)), 1e-9)
    like_the_best = np.einsum("ij,j->i", vectors, centre)[places]
    nearer = scores["source_dense"] + np.float32(FEEDBACK_STEP) * like_the_best
    return replace(candidates, scores={**scores, "source_dense": nearer})


def _lexical_scores(catalog: Catalog, query: Query) -> tuple[dict[str, Vector], dict[str, Vector]]:
    """Return the scores by words of every passage and of every source, by leg."""
    lexicon = catalog.lexicon
    sources = {
        "source_lexical": lexicon.scores("source", query.words),
        "card": lexicon.scores("card", query.words),
    }
    if kinds := kinds_named(query):
        sources["kind"] = np.array([kind in kinds for kind in catalog.kinds], np.float32)
    return {"lexical": lexicon.scores("passage", query.words)}, sources


def _title_scores(
    catalog: Catalog, query: Query, source_rows: NDArray[np.int64], cards: Vector
) -> Vector:
    """Return what the query and the nearest title of each candidate's source have in common; 1:
    they say the same.

    Only sources are compared whose card, which has the titles too, holds any of the words.
    """
    wanted = title_terms(" ".join(title_words(query)))
    scores = np.zeros(len(source_rows), np.float32)
    rows, places = np.unique(source_rows[cards > 0], return_inverse=True)
    nearest = [
        max(_cosine(wanted, title_terms(title)) for title in catalog.titles[row])
        for row in rows.tolist()
    ]
    scores[cards > 0] = np.array(nearest, np.float32)[places]
    return scores


def _cosine(terms: frozenset[str], others: frozenset[str]) -> float:
    """Return the cosine of two sets (Ochiai 1957)."""
    return len(terms & others) / math.sqrt(max(len(terms) * len(others), 1))


@lru_cache(maxsize=100_000)
def title_terms(title: str) -> frozenset[str]:
    """Return the terms of the content words of a title."""
    return frozenset(term for word in content_words(title) for term in terms_of(word))


def _of_best_sources(
    generation: Generation,
    query_vector: Vector | None,
    passage_scores: Mapping[str, Vector],
    source_scores: Mapping[str, Vector],
    within: Allowed,
) -> NDArray[np.int64]:
    """Return the best passage of each of the best sources, so that what names a source can find it."""
    catalog, sources = generation.catalog, _best_sources(source_scores, within)
    affordable = np.searchsorted(np.cumsum(catalog.passage_counts(sources)), BEST_SOURCE_PASSAGES)
    rows = catalog.passage_rows_of(sources[: max(1, int(affordable))])
    if within.passages is not None:
        rows = np.intersect1d(rows, within.passages, assume_unique=True)
    scores = (
        passage_scores["lexical"][rows]
        if query_vector is None
        else generation.vectors.scores(query_vector, rows)
    )
    ordered = np.lexsort((rows, -scores))
    _, firsts = np.unique(catalog.source_rows_of(rows)[ordered], return_index=True)
    best: NDArray[np.int64] = rows[ordered[firsts]]
    return best


def _best_sources(source_scores: Mapping[str, Vector], within: Allowed) -> NDArray[np.int64]:
    """Return the best sources by the sum of their own legs, each stretched to its greatest."""
    legs = list(source_scores.values())
    total = np.zeros(len(legs[0]), np.float32)
    for leg in legs:
        total += leg / max(float(leg.max(initial=0.0)), 1e-9)
    return best_rows(total, BEST_SOURCES, within.sources)


def best_rows(
    scores: Vector, k: int, allowed: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return the rows of the k best scores above 0, best first and equals by row; of the allowed
    rows only.
    """
    rows = _promising(scores, k) if allowed is None else allowed[scores[allowed] > 0]
    if len(rows) > k:
        least = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
        rows = rows[scores[rows] >= least]
    best: NDArray[np.int64] = rows[np.lexsort((rows, -scores[rows]))][:k]
    return best


def _promising(scores: Vector, k: int) -> NDArray[np.int64]:
    """Return rows with scores above 0, the best k among them: those above what a sample says, when
    it says enough.

    Of 1,000,000 scores, a third of them above 0, the best 100 take 1.2 ms instead of 5.7.
    """
    sample = scores[::SAMPLE_STEP]
    place = len(sample) - 2 * k // SAMPLE_STEP - SAMPLE_STEP
    least = np.partition(sample, place)[place] if place > 0 else np.float32(0)
    rows = np.flatnonzero(scores >= least) if least > 0 else np.empty(0, np.int64)
    return rows if len(rows) >= k else np.flatnonzero(scores > 0)
