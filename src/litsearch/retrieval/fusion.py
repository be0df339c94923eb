"""Weigh the signals by the query's intent and by the documents, and add their scores.

Every weight was chosen on development queries; docs/retrieval.md has what was tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from litsearch.retrieval.query import TITLE_WORDS, Query
from litsearch.types import Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

# What each signal compares with the query.
SIGNALS = {
    "dense": "meaning of the passage",
    "lexical": "words of the passage",
    "source_dense": "meaning of title and opening",
    "source_lexical": "words of the whole source",
    "card": "words of titles, authors, notes and opening",
    "kind": "the kind asked for",
    "title": "words shared with the title",
    "definition": "saying what is asked for",
    "reranked": "the reranker",
}
# 176 questions: right source first 145, among the first five 166, sentence within 1,000 words 131;
# with equal weights of the passage's two signals and .2 of the source's BM25 alone 132, 157, 129.
QUESTION = {"dense": 0.65, "lexical": 0.4, "source_lexical": 0.4, "source_dense": 0.4}
# 115 titles, authors, venues and topics: first 107; without the titles' signal, with .2 of the kind
# and nothing of how texts begin in the card 99. More of the card gains one more there and loses two
# of 14 questions put in a few words. The vector of a long source's opening is no help: without it
# 214 known items have RR@10 .895, with .4 of it .875.
NAVIGATIONAL = {
    "dense": 0.4,
    "lexical": 0.2,
    "source_lexical": 0.5,
    "card": 0.2,
    "kind": 0.4,
    "title": 0.2,
}
# Where a source is a single passage, its passage says nothing that the source does not say, and
# only chooses the passage that is shown.
SINGLE_PASSAGE = {"dense": 0.02, "lexical": 0.02, "source_dense": 0.7, "source_lexical": 0.3}
# Descriptions of many words want the source as a whole, too.
SHORT_TEXT = {"dense": 0.5, "lexical": 0.3, "source_lexical": 0.4, "source_dense": 0.7}
SHORT_SOURCE = 8.0  # passages of a source, on average: the library holds abstracts and notes
# From one passage a source to so many, the signals of passages come in. With 1.0 (691 documents,
# 852 queries) all of them cost nDCG@10 .01, with 1.8 (4,146 and 1,014) they change nothing, with
# 4.7 (933 and 560) they gain .05.
WHOLE_SHARE = 5.0
TOPIC_SHARE = 0.5  # of that, for topics, which passages of short descriptions cost .004
TEXT_WORDS = 10  # content words; a longer query is a text, which a source resembles as a whole


def has_short_sources(passages_per_source: float) -> bool:
    """Return True for a library of abstracts and notes."""
    return passages_per_source <= SHORT_SOURCE


def weights(query: Query, mode: Mode, *, passages_per_source: float) -> dict[str, float]:
    """Return the weight of each signal that the mode has."""
    if has_short_sources(passages_per_source):
        weights_of_intent = _short(query, passages_per_source)
    else:
        weights_of_intent = _long(query)
    if mode == "hybrid":
        return dict(weights_of_intent)
    return {
        signal: weight
        for signal, weight in weights_of_intent.items()
        if ("dense" in signal) == (mode == "dense")
    }


def _short(query: Query, passages_per_source: float) -> dict[str, float]:
    """Return weights between those of single passages and those of longer sources."""
    longer = SHORT_TEXT if len(query.words) > TEXT_WORDS else QUESTION
    share = min(1.0, max(0.0, (passages_per_source - 1) / (WHOLE_SHARE - 1)))
    if query.intent in ("navigational", "topic"):
        share *= TOPIC_SHARE
    rest = (1 - share) / sum(SINGLE_PASSAGE.values())
    share /= sum(longer.values())
    return {signal: rest * SINGLE_PASSAGE[signal] + share * longer[signal] for signal in longer}


def _long(query: Query) -> dict[str, float]:
    brief = query.intent in ("navigational", "topic") and len(query.words) <= TITLE_WORDS
    return NAVIGATIONAL if brief else QUESTION


def min_max(scores: Vector) -> Vector:
    """Return scores stretched to 0..1; all alike become 0."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / ((high - low) or 1.0)


def weighted(scores: Mapping[str, Vector], weight: Mapping[str, float]) -> dict[str, Vector]:
    """Return what each signal adds to the score of each candidate: its scores, stretched and
    weighed.

    On 176 development questions the right source was first for 144, with reciprocal rank fusion of
    the same signals for 137, with z-scores for 143; among the first five for 166, 165, 165.
    """
    return {
        signal: np.float32(weight[signal]) * min_max(values)
        for signal, values in scores.items()
        if weight.get(signal)
    }


def total(parts: Mapping[str, Vector], count: int) -> Vector:
    """Return the sum of what the signals add to each of so many candidates, in any order."""
    scores = np.zeros(count, np.float64)
    for signal in sorted(parts):
        scores += parts[signal]
    return scores.astype(np.float32)


def order(scores: Vector) -> NDArray[np.int64]:
    """Return the places of the candidates, best first, equals in their own order."""
    return np.lexsort((np.arange(len(scores)), -scores)).astype(np.int64)
