"""Picked sentences into an answer: whole quotes, numbered citations, an order that reads well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from litsearch.answers.candidates import Window
from litsearch.answers.select import Scored
from litsearch.answers.shape import leans_back, well_formed
from litsearch.types import AnswerSentence, Citation, Offsets

LONGEST_QUOTE = 600  # characters, with the sentences beside it
MOST_ITEMS = 3  # sentences that follow a colon; what ends in a comma or a semicolon is only part of one
COMPANY = 0.9  # of the score of a picked sentence: one beside it that comes so near goes along
BEST = 2.0  # the score of a sentence that could not be better


def compose(
    picked: Sequence[Scored], ranked: Sequence[Scored] = ()
) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    """One sentence and one citation for each picked sentence; best source first, each source in its own order.

    ranked: all candidates; those that stand beside a picked one and come near it go along.
    """
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    ordered = _in_reading_order(picked)
    quoted = {_place(one) for one in ordered}
    for one in ordered:
        candidate = one.candidate
        near = {_place(other) for other in ranked if other.score >= COMPANY * one.score}
        start, end = _widened(one, near - quoted, quoted)
        row = candidate.source_row
        quoted |= {(row, *unit) for unit in candidate.window.sentences if start <= unit.start and unit.end <= end}
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


_Place = tuple[int, int, int]  # row of the source, start, end


def _place(one: Scored) -> _Place:
    return one.candidate.source_row, one.candidate.start, one.candidate.end


def _widened(one: Scored, near: Set[_Place], quoted: Set[_Place]) -> Offsets:
    """The sentence with the one before when it leans on it or that is near, and with what follows when it is near.

    What follows a colon goes along in any case.
    """
    candidate, window = one.candidate, one.candidate.window
    start, end, row = candidate.start, candidate.end, candidate.source_row
    before = window.before(start)
    if before and (row, *before) not in quoted and end - before.start <= LONGEST_QUOTE:
        leans = leans_back(candidate.text) and well_formed(window.cut(*before)) > 0
        start = before.start if leans or (row, *before) in near else start
    listing = candidate.text.rstrip().endswith(":")
    for after in _following(window, end, MOST_ITEMS if listing else 1):
        if (row, *after) in quoted or after.end - start > LONGEST_QUOTE or not (listing or (row, *after) in near):
            break
        end = after.end
    return Offsets(start, end)


def _following(window: Window, end: int, most: int) -> Iterator[Offsets]:
    """The sentences from here on; a list of parts is one, up to the part that ends it."""
    parts = False
    while most > 0 and (after := window.after(end)):
        yield after
        end = after.end
        part = window.cut(*after).rstrip().endswith((",", ";"))
        most -= 0 if part else most if parts else 1
        parts |= part
