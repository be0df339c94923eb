"""Gather the candidates of a query, with the score that each signal gives them.

A signal compares the query with a passage, by meaning or by words, or with the source that the
passage belongs to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from litsearch.protocols import CatalogReader, Matches, RowFilter, Signal, Store, StoreQuery
from litsearch.retrieval.fusion import total, weighted
from litsearch.retrieval.query import Query, kinds_named, title_words
from litsearch.text import content_words, terms_of
from litsearch.types import Filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

BEST_SOURCES = 100  # by their own signals, each of which enters with its best passage ...
# ... as long as they have no more passages than this: scoring them takes 0.5 ms
BEST_SOURCE_PASSAGES = 2_000
FEEDBACK = {"source_dense": 0.7, "source_lexical": 0.3}  # what chooses the best sources
FEEDBACK_SOURCES = 5
FEEDBACK_STEP = 0.4  # of the cosine to their centre; 3 to 5 sources and .2 to .7 were within .005
OF_PASSAGES: tuple[Signal, ...] = ("lexical", "dense")  # the other signals are of sources
# in which signals are reported
ORDER = ("lexical", "source_lexical", "card", "kind", "source_dense", "title", "dense")


@dataclass(frozen=True, slots=True)
class Restriction:
    """Which rows a query may find, and what had to be done to the query for that."""

    where: RowFilter = RowFilter()  # noqa: RUF009 - frozen
    notes: tuple[str, ...] = ()

    @property
    def passages(self) -> NDArray[np.int64] | None:
        """Return the rows of the passages that the filters leave, sorted; None: all."""
        return self.where.passages

    @property
    def sources(self) -> NDArray[np.int64] | None:
        """Return the rows of their sources, sorted; None: all."""
        return self.where.sources

    @property
    def is_empty(self) -> bool:
        """Return True when no passage is left."""
        return self.passages is not None and not len(self.passages)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows of passages, sorted, with the row of each one's source and the scores that each signal
    gives.
    """

    rows: NDArray[np.int64]
    source_rows: NDArray[np.int64]
    scores: Mapping[str, Vector]


NO_CANDIDATES = Candidates(np.empty(0, np.int64), np.empty(0, np.int64), {})


def restriction_of(catalog: CatalogReader, query: Query, filters: Filters) -> Restriction:
    """Return what may be found: filters hold for sources, phrases and excluded words for
    passages."""
    sources = catalog.source_rows(filters)
    rows: NDArray[np.int64] | None = None
    if sources is not None:
        rows = catalog.passage_rows_of(sources)
    notes: list[str] = []

    for phrase in query.phrases:
        matching = _within(rows, catalog.rows_with_phrase(phrase))
        if len(matching):
            rows = matching
        else:
            notes.append(f"No passage says “{phrase}”: its words are searched for one by one.")

    for word in query.without:
        rest = catalog.every_passage if rows is None else rows
        rows = np.setdiff1d(rest, catalog.rows_with_phrase(word), assume_unique=True)

    if rows is None:
        return Restriction(notes=tuple(notes))
    remaining_sources = np.unique(catalog.source_rows_of(rows))
    by_words = bool(query.phrases or query.without)
    return Restriction(RowFilter(rows, remaining_sources, by_words), tuple(notes))


def _within(rows: NDArray[np.int64] | None, others: NDArray[np.int64]) -> NDArray[np.int64]:
    return others if rows is None else np.intersect1d(rows, others, assume_unique=True)


def match(
    store: Store, query: Query, vector: Vector | None, where: RowFilter, *, words: bool
) -> Matches:
    """Match a query in a store; words: whether they are looked up."""
    store_query = StoreQuery(None, vector)
    if words:
        store_query = StoreQuery(query.words, vector, kinds_named(query))
    return store.matches(store_query, where)


def gather(
    store: Store, matches: Matches, query: Query, depth: int, where: RowFilter
) -> Candidates:
    """Return the best passages of each signal, and the best passages of the best sources, with all
    their scores.
    """
    best = [matches.best(signal, depth) for signal in OF_PASSAGES if signal in matches.signals]
    best.append(_of_best_sources(store.catalog, matches, where))

    rows = np.unique(np.concatenate(best))
    source_rows = store.catalog.source_rows_of(rows)

    scores: dict[str, Vector] = {}
    for signal in matches.signals:
        scores[signal] = matches.scores(signal, rows if signal in OF_PASSAGES else source_rows)
    if "card" in scores and query.intent == "navigational":
        scores["title"] = _title_scores(store.catalog, query, source_rows, scores["card"])
    return Candidates(
        rows, source_rows, {signal: scores[signal] for signal in ORDER if signal in scores}
    )


def with_feedback(candidates: Candidates, store: Store) -> Candidates:
    """Return the candidates after pseudo-relevance feedback: sources like the best ones gain.

    The query goes a step towards the centre of the best (Rocchio 1971, over vectors as in Li et al.
    2021). On 81 topics over 1,400 short descriptions nDCG@10 .539 becomes .554 (p < .05), put as
    requests .538 becomes .556; on another 82 it changes nothing for names, +.012 for requests.
    """
    rows, firsts, places = np.unique(candidates.source_rows, return_index=True, return_inverse=True)
    scores = candidates.scores
    signals = {signal: scores[signal][firsts] for signal in FEEDBACK if signal in scores}
    fused = total(weighted(signals, FEEDBACK), len(rows))
    nearest = np.argsort(-fused, kind="stable")[:FEEDBACK_SOURCES]

    vectors: Matrix = store.source_vectors(rows)
    centre = fused[nearest] @ vectors[nearest]
    centre /= max(float(np.linalg.norm(centre)), 1e-9)

    like_the_best = np.einsum("ij,j->i", vectors, centre)[places]
    shifted = scores["source_dense"] + np.float32(FEEDBACK_STEP) * like_the_best
    return replace(candidates, scores={**scores, "source_dense": shifted})


def _title_scores(
    catalog: CatalogReader, query: Query, source_rows: NDArray[np.int64], cards: Vector
) -> Vector:
    """Return what the query and the nearest title of each candidate's source have in common; 1:
    they say the same.

    Only sources are compared whose card, which has the titles too, holds any of the words.
    """
    query_terms = title_terms(" ".join(title_words(query)))
    on_card = cards > 0
    rows, places = np.unique(source_rows[on_card], return_inverse=True)

    nearest = np.zeros(len(rows), np.float32)
    for place, row in enumerate(rows.tolist()):
        terms = map(title_terms, catalog.titles[row])
        nearest[place] = max(_cosine(query_terms, others) for others in terms)

    scores = np.zeros(len(source_rows), np.float32)
    scores[on_card] = nearest[places]
    return scores


def _cosine(terms: frozenset[str], other_terms: frozenset[str]) -> float:
    """Return the cosine of two sets (Ochiai 1957)."""
    return len(terms & other_terms) / math.sqrt(max(len(terms) * len(other_terms), 1))


@lru_cache(maxsize=100_000)
def title_terms(title: str) -> frozenset[str]:
    """Return the terms of the content words of a title."""
    return frozenset(term for word in content_words(title) for term in terms_of(word))


def _of_best_sources(
    catalog: CatalogReader, matches: Matches, where: RowFilter
) -> NDArray[np.int64]:
    """Return the best passage of each of the best sources, so that what names a source finds it."""
    sources = matches.best_sources(BEST_SOURCES)
    sizes = np.cumsum(catalog.passage_counts(sources))
    affordable = int(np.searchsorted(sizes, BEST_SOURCE_PASSAGES))
    rows = catalog.passage_rows_of(sources[: max(1, affordable)].tolist())
    if where.passages is not None:
        rows = np.intersect1d(rows, where.passages, assume_unique=True)

    scores = matches.scores("dense" if "dense" in matches.signals else "lexical", rows)
    ordered = np.lexsort((rows, -scores))
    _, firsts = np.unique(catalog.source_rows_of(rows)[ordered], return_index=True)
    best: NDArray[np.int64] = rows[ordered[firsts]]
    return best
