"""Rerank the best candidates with a cross-encoder: as many as a time budget allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.errors import QueryError
from litsearch.patterns import expression
from litsearch.types import Hit

if TYPE_CHECKING:
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
