"""Scores of several legs into one: pure functions over arrays with one number a candidate."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from litsearch.retrieval.query import Query
from litsearch.types import Kind, Mode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector


def min_max(scores: Vector) -> Vector:
    """Scores stretched to 0..1; all alike become 0."""
    if not len(scores):
        return scores
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / ((high - low) or 1.0)


def fuse(legs: Mapping[str, Vector], shares: Mapping[str, float]) -> dict[str, Vector]:
    """What each leg adds to the score of each candidate: its share of its stretched scores.

    On 176 development questions the right source was first for 144, with reciprocal rank fusion of
    the same legs for 137, with z-scores for 143; among the first five for 166, 165, 165.
    """
    return {
        name: np.float32(shares[name]) * min_max(scores)
        for name, scores in legs.items()
        if shares.get(name)
    }


def total(parts: Mapping[str, Vector], count: int) -> Vector:
    """The sum of what the legs add, for each of so many candidates; the order of the legs does not
    matter.
    """
    scores = np.zeros(count, np.float64)
    for name in sorted(parts):
        scores += parts[name]
    return scores.astype(np.float32)


def order(scores: Vector) -> NDArray[np.int64]:
    """Places of the candidates, best first, equals in their own order."""
    return np.lexsort((np.arange(len(scores)), -scores)).astype(np.int64)


# What each leg compares with the query: those of a passage, and those of its source.
LEGS = {
    "dense": "meaning of the passage",
    "lexical": "words of the passage",
    "source_dense": "meaning of title and opening",
    "source_lexical": "words of the whole source",
    "card": "words of titles, authors, notes and opening",
    "kind": "the kind asked for",
    "title": "words shared with the title",
    "reranked": "the reranker",
}
# 176 questions: right source first 145, among the first five 166, sentence within 1,000 words 131;
# with equal shares of the passage's two legs and .2 of the source's BM25 alone 132, 157, 129.
ASKING = {"dense": 0.65, "lexical": 0.4, "source_lexical": 0.4, "source_dense": 0.4}
# 115 titles, authors, venues and topics: first 107; without the titles' share, with .2 of the kind
# and nothing of how texts begin in the card 99. More of the card gains one more there and loses two
# of 14 questions put in a few words. The vector of a long source's opening is no help: without it
# 214 known items have RR@10 .895, with .4 of it .875.
FINDING = {
    "dense": 0.4,
    "lexical": 0.2,
    "source_lexical": 0.5,
    "card": 0.2,
    "kind": 0.4,
    "title": 0.2,
}
# Where sources are abstracts: nDCG@10 of 131 topics .414, with FINDING .404, with .7 of the cosine
# and .3 of the BM25 of whole documents .409. Claims (837) and questions (155) keep ASKING: .458 and
# .650, where those two have .427, .610.
FINDING_SHORT = {"dense": 0.2, "lexical": 0.1, "source_lexical": 0.6, "source_dense": 0.6}
SHORT = 8  # passages of a source, on average
# telling words; a longer query describes what a passage says, even when it asks nothing
FINDING_WORDS = 5

_KIND_WORDS: dict[Kind, str] = {
    "paper": "paper papers preprint arxiv",
    "video": "video videos talk talks lecture lectures youtube",
    "code": "code repo repos repository repositories github library",
    "article": "post posts blog article articles essay",
    "post": "post posts blog article articles essay tweet tweets thread threads",
    "book": "book books",
    "course": "course courses",
}
_KINDS_WORDS = frozenset(word for words in _KIND_WORDS.values() for word in words.split())
_ASKS = re.compile(
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have)\b",
    re.IGNORECASE,
)


def finding(query: Query) -> bool:
    """True for a title, a name or a topic, as far as the query itself tells; False for questions
    and descriptions.
    """
    asks = query.text.endswith("?") or _ASKS.match(query.text) is not None
    return not asks and len(query.words) <= FINDING_WORDS


def kinds_named(query: Query) -> frozenset[Kind]:
    """The kinds of source that a title or topic asks for: "the LoRA paper", "karpathy gpt video"."""
    words = {word.casefold() for word in query.words} if finding(query) else set()
    return frozenset(kind for kind, names in _KIND_WORDS.items() if words & set(names.split()))


def naming(query: Query) -> tuple[str, ...]:
    """The words of a title or topic without those that name a kind of source, if others are left."""
    others = tuple(word for word in query.words if word.casefold() not in _KINDS_WORDS)
    return others or query.words


def shares(query: Query, mode: Mode, passages_per_source: float) -> dict[str, float]:
    """The share of each leg that the mode has."""
    wanted = ASKING
    if finding(query):
        wanted = FINDING_SHORT if passages_per_source <= SHORT else FINDING
    if mode == "hybrid":
        return dict(wanted)
    return {leg: share for leg, share in wanted.items() if ("dense" in leg) == (mode == "dense")}
