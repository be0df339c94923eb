"""Reorder the best candidates: definitions first, copies and junk behind, or by a cross-encoder.

Whether a passage defines something is for a tool to tell that `search` is given.

A text that several sources share, or that one source repeats, waits until other texts have had
their turn; so do pleas to subscribe or to cite, tables of contents, and bare links.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.errors import QueryError
from litsearch.patterns import expression
from litsearch.protocols import CatalogReader
from litsearch.retrieval.candidates import Candidates
from litsearch.types import Hit, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

BATCH = 16  # passages at once, at most: what a batch takes is only known when it is done
CAUTION = 1.25  # the next batch may be of longer passages than those before it
_BUDGET = expression(r"(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s)?")
MOST_SECONDS = 600.0

Score = Callable[[str, Sequence[str]], "Vector"]


@dataclass(frozen=True, slots=True)
class Reranking:
    """A reranker, how many candidates it reads at most, and how many seconds a search may take with
    it.
    """

    score: Score
    candidates: int
    seconds: float


def budget(text: str) -> float:
    """Read a time as seconds: "300ms", "1.5s"; a bare number counts milliseconds.

    Raises QueryError.
    """
    match = _BUDGET.fullmatch(text.strip())
    seconds = float(match[1]) / (1 if match[2] == "s" else 1000) if match else 0.0
    if not 0 < seconds <= MOST_SECONDS:
        raise QueryError(
            f"{text[:40]!r} is no time budget.", 'Write milliseconds or seconds: "300ms", "1.5s".'
        )
    return seconds


def scores_within(
    score: Score,
    query: str,
    passages: Sequence[str],
    deadline: float,
    clock: Callable[[], float] = time.perf_counter,
) -> Vector:
    """Return the scores of as many of the first passages as fit before the deadline (of the clock),
    shape (read,).

    The first is read to learn what one takes; then no batch is begun that would probably end too
    late.
    """
    batches: list[Vector] = [np.empty(0, np.float32)]
    count, start, size = 0, clock(), 1
    while count < len(passages) and clock() < deadline:
        batches.append(score(query, passages[count : count + size]))
        count += len(batches[-1])
        now = clock()
        size = min(BATCH, int((deadline - now) / max(CAUTION * (now - start) / count, 1e-6)))
        if size < 1:
            break
    return np.concatenate(batches)


def rerank(
    reranking: Reranking, query: str, hits: Sequence[Hit], start: float
) -> tuple[list[Hit], str]:
    """Return the hits in their new order, and a sentence on what the budget left undone, or "".

    Hits that the model read stand above those that it did not, and so do their scores. start: when
    the search began, by perf_counter.
    """
    texts = [f"{hit.source.title}\n{hit.passage.text}" for hit in hits[: reranking.candidates]]
    scores = scores_within(reranking.score, query, texts, start + reranking.seconds).tolist()

    rest = hits[len(scores) :]
    floor = max((hit.score for hit in rest), default=0.0)
    by_score = sorted(zip(hits, scores, strict=False), key=lambda pair: -pair[1])

    ranked: list[Hit] = []
    for hit, score in by_score:
        hit_scores = {**hit.scores, "reranked": score}
        ranked.append(replace(hit, rank=len(ranked) + 1, score=floor + score, scores=hit_scores))
    for hit in rest:
        ranked.append(replace(hit, rank=len(ranked) + 1))
    return ranked, _shortfall(len(by_score), len(texts), reranking.seconds)


def _shortfall(count: int, total: int, seconds: float) -> str:
    if count >= total:
        return ""
    budget_ms = f"{seconds * 1000:.0f} ms"
    return (
        f"The reranker read {count or 'none'} of {total} passages in {budget_ms};"
        " the others stand below."
    )


# How surely a text says what the thing is that a query asks for, 0..1.
DefinitionShare = Callable[[str], float]
DEFINITION = "definition"
# Of the weights of all other signals together. Of 31 questions "what is X?" to articles, a passage
# with the facts asked for came first for 16 without this, for 20, 23 and 25 with .16, .22 and .32
# of them (RR@10 .64 became .76, .82, .85; p .004, .001, .001); of 15 kept apart for 10, and for 11,
# 10 and 11 (.75 became .84, .81, .84). To read 50 passages finds no more.
# A sentence that leans on another counts half: of 46 questions the facts came first for 36, not 35.
DEFINITION_WEIGHT = 0.27
DEFINITIONS_READ = 20


def with_definitions(
    candidates: Candidates, catalog: CatalogReader, order: NDArray[np.int64], share: DefinitionShare
) -> Candidates:
    """Return the candidates with how surely each of the best ones defines what is asked for.

    order: places of candidates, best first.
    """
    best = np.sort(order[:DEFINITIONS_READ])
    scores = np.zeros(len(candidates.rows), np.float32)
    passages = catalog.passages(candidates.rows[best])
    scores[best] = [share(passage.text) for passage, _ in passages]
    return replace(candidates, scores={**candidates.scores, DEFINITION: scores})


# Of 2,518 hits for 256 questions and titles 65 were alike at 0.8, 60 of them within one source;
# that they wait changes no sentence found. Of topics over 6,312 abstracts, where mirrors are both
# right, one copy alone loses nDCG@10 .0009 (p .02), two .0001.
SIMILAR = 0.8  # of the words of two passages in common (Jaccard 1912)
COPIES = 2  # sources that show the same text; a third waits, as does a second time in one source
COMPARED = 30  # hits that are compared with each other, in 0.5 ms; further ones are as they come


def distinct(passages: Sequence[Passage]) -> list[bool]:
    """Return for each passage, best first, False when it is one copy too many of a text."""
    earlier: list[tuple[str, frozenset[str]]] = []
    firsts: list[bool] = []
    for passage in passages:
        words = frozenset(passage.text.casefold().split())
        copied: list[str] = []
        if len(firsts) < COMPARED:
            copied = [
                source
                for source, earlier_words in earlier
                if _near_duplicates(words, earlier_words)
            ]

        firsts.append(passage.source_id not in copied and len(copied) < COPIES)
        if firsts[-1]:
            earlier.append((passage.source_id, words))
    return firsts


def _near_duplicates(words: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(words), len(other)) < SIMILAR * max(len(words), len(other)):
        return False
    common = len(words & other)
    return common >= SIMILAR * (len(words) + len(other) - common)


PLEA_WORDS = 60  # a longer passage says something besides
FEW_WORDS = 8  # beside the addresses of a passage that is only links
LEADERS = 2  # rows of dots before a page number
TOC_LINES = 4
TOC_SHARE = 0.7  # of the lines of a table of contents that look like its entries
_PLEA = expression(
    r"\b(?:subscribe|newsletter|sign up|follow (?:me|us) on|share this|click here|cookies?"
    r"|all rights reserved"
    r"|leave a (?:comment|reply)|buy me a coffee|patreon|thanks for reading|join (?:our"
    r"|the) (?:list|discord|community)"
    r"|giv(?:e|ing) (?:us |it |this \w+ )?a star|star (?:us|(?:this|our|the) (?:repo\w*|project))"
    r"|please (?:cite|star)|consider citing|cite (?:our|this) (?:paper|work|repo\w*)"
    r"|abonnieren|abonnez-vous|suscríbe\w*|订阅|登録する)\b",
    re.IGNORECASE,
)
_ADDRESS = expression(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S+")
_LEADER = expression(r"(?:\.{4,}|(?:\. ){4,})\s*\d{1,4}\b")
_CONTENTS_ENTRY = expression(
    r"\s*(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*)?\.?\s*[^\W\d][^\d]{2,80}[\s.]\d{1,4}\s*"
)


def is_junk(passage: Passage) -> bool:
    """Return True for a passage that should not stand before others that match."""
    text = passage.text
    return _is_plea(text) or _is_table_of_contents(text) or _is_only_links(text)


def _is_plea(text: str) -> bool:
    count = len(text.split())
    least = 2 if count > 25 else 1
    return count <= PLEA_WORDS and len({match.lower() for match in _PLEA.findall(text)}) >= least


def _is_table_of_contents(text: str) -> bool:
    if len(_LEADER.findall(text)) >= LEADERS:
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    entries = sum(_CONTENTS_ENTRY.fullmatch(line) is not None for line in lines)
    return len(lines) >= TOC_LINES and entries >= TOC_SHARE * len(lines)


def _is_only_links(text: str) -> bool:
    if "/" not in text and "www." not in text.lower():
        return False
    return bool(_ADDRESS.search(text)) and len(_ADDRESS.sub(" ", text).split()) < FEW_WORDS
