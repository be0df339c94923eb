"""Picked sentences into an answer: whole quotes, numbered citations, an order that reads well."""

from __future__ import annotations

from collections.abc import Sequence

from litsearch.answers.candidates import Candidate
from litsearch.answers.select import Scored
from litsearch.answers.shape import leans_back, well_formed
from litsearch.types import AnswerSentence, Citation, Offsets

LONGEST_QUOTE = 600  # characters, with the sentences beside it
MOST_ITEMS = 3  # sentences that follow a colon
BEST = 2.0  # the score of a sentence that could not be better


def compose(picked: Sequence[Scored]) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """One sentence and one citation for each picked sentence; best source first, each source in its own order."""
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    ordered = _in_reading_order(picked)
    for one in ordered:
        candidate = one.candidate
        others = [o.candidate for o in ordered if o is not one and o.candidate.source_row == candidate.source_row]
        start, end = _widened(candidate, [Offsets(other.start, other.end) for other in others])
        n = len(citations) + 1
        quote = candidate.window.cut(start, end)
        citations.append(Citation(n, quote, start, end, candidate.passage, candidate.source))
        sentences.append(AnswerSentence(quote, (n,), max(0.0, min(1.0, one.score / BEST))))
    return tuple(sentences), tuple(citations)


def _in_reading_order(picked: Sequence[Scored]) -> list[Scored]:
    first: dict[int, int] = {}
    for place, one in enumerate(picked):
        first.setdefault(one.candidate.source_row, place)
    return sorted(picked, key=lambda one: (first[one.candidate.source_row], one.candidate.start))


def _widened(candidate: Candidate, others: Sequence[Offsets]) -> Offsets:
    """The sentence, with the one before when it leans on it, and with what follows when it ends in a colon."""
    start, end = candidate.start, candidate.end
    before = candidate.window.before(start)
    if leans_back(candidate.text) and before and before not in others and end - before.start <= LONGEST_QUOTE:
        start = before.start if well_formed(candidate.window.cut(*before)) > 0 else start
    if candidate.text.rstrip().endswith(":"):
        for _ in range(MOST_ITEMS):
            after = candidate.window.after(end)
            if after is None or after in others or after.end - start > LONGEST_QUOTE:
                break
            end = after.end
    return Offsets(start, end)
