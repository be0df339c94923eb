"""Which of the ranked sentences are worth quoting: none twice, and one for each compared side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

import numpy as np

from litsearch.answers.entities import Entity
from litsearch.answers.question import Question
from litsearch.answers.rank import Scored
from litsearch.patterns import expression
from litsearch.text import stems

FURTHER = 0.7  # of the best score: a sentence below that share of it does not go along
TWIN = 0.92  # cosine from which two sentences say the same
TWIN_WORDS = 0.7  # share of words from which they do
NEAR_NAME = 30  # characters from a compared name to the word that sets it against another
_CONTRAST = expression(
    r"\b(?:differ\w*|unlike|similar\w*|whereas|while|instead|rather than|in contrast"
    r"|contrary|compared (?:to|with)|\w+er than|(?:more|less|fewer)\b.{1,80}\bthan"
    r"|on the other hand|but|extension of|surpass\w*|outperform\w*|versus|dominates|better"
    r"|worse)\b",
    re.IGNORECASE,
)


def pick(ranked: Sequence[Scored], question: Question) -> Iterator[Scored]:
    """Yield the sentences worth quoting, best first: one for each side first where sides are
    compared.
    """
    near = [sentence for sentence in ranked if sentence.score >= FURTHER * ranked[0].score]
    picked: list[tuple[Scored, Set[str]]] = []
    for sentence in [*_sides(ranked, question), *near]:
        words = stems(sentence.candidate.text)
        if not any(_repeats(sentence, words, *other) for other in picked):
            picked.append((sentence, words))
            yield sentence


def _sides(ranked: Sequence[Scored], question: Question) -> list[Scored]:
    """Return the best sentence that sets the compared sides against each other, then those on each.

    Empty where nothing is compared; the sentences on the sides are in the order of their scores.
    """
    sides = question.sides
    if not sides:
        return []
    distinct: dict[int, Scored] = {}
    for side in sides:
        sentence = next(_on(ranked, side), None)
        if sentence is not None:
            distinct[id(sentence)] = sentence
    best = sorted(distinct.values(), key=lambda sentence: -sentence.score)

    together = next((s for s in ranked if contrasts(s.candidate.text, sides)), None)
    if together and together.score >= FURTHER * ranked[0].score:
        best.insert(0, together)
    return best


def contrasts(text: str, sides: Sequence[Entity]) -> bool:
    """Tell whether a text names all sides and sets them against each other, near their names."""
    places = [side.pattern.search(text) for side in sides]
    spans = [place.span() for place in places if place]
    if len(spans) < len(sides):
        words = stems(" ".join(side.text for side in sides))
        return bool(spans) and words <= stems(text) and _CONTRAST.search(text) is not None
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return _CONTRAST.search(text[max(0, first - NEAR_NAME) : last + NEAR_NAME]) is not None


def _on(ranked: Sequence[Scored], side: Entity) -> Iterator[Scored]:
    """Yield the sentences on one side: from a source with it in the title, else that say it."""
    saying = [sentence for sentence in ranked if side.found_in(sentence.candidate.text)]
    titled = [sentence for sentence in ranked if side.found_in(sentence.candidate.source.title)]
    for sentence in saying:
        if side.found_in(sentence.candidate.source.title):
            yield sentence
    yield from saying
    yield from titled


def _repeats(sentence: Scored, words: Set[str], other: Scored, other_words: Set[str]) -> bool:
    """Tell whether two sentences overlap or say the same, by their vectors or their words."""
    a, b = sentence.candidate, other.candidate
    if a.source_row == b.source_row and a.start < b.end and b.start < a.end:
        return True
    if a.vector is not None and b.vector is not None and float(np.dot(a.vector, b.vector)) > TWIN:
        return True
    return len(words & other_words) > TWIN_WORDS * min(len(words), len(other_words))
