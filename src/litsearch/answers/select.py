"""Scores the candidates by fixed, explained weights and picks the sentences that an answer quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from litsearch.answers.candidates import Candidate
from litsearch.answers.evidence import Evidence, Reader, Term, heading_of
from litsearch.answers.names import Name
from litsearch.answers.question import Question, figures_in
from litsearch.answers.shape import well_formed
from litsearch.text import stems

AROUND = 0.40  # the question's words in its passage, the ones beside it, title and headings
SOURCED = 0.10  # all names of the question said somewhere in its source
DEVOTED = 0.20  # ... and not only in passing
SHAPE = 0.30  # a whole statement rather than a fragment, a question, a caption
FOUND = 0.40  # the score of its passage in the search
NUMBER = 0.30  # a number where one is asked for
DEFINED = 0.60  # "X is ..." for "what is X?"
FURTHER = 0.7  # of the best score: a sentence below that share of it does not go along
LOOKED_AT = 40  # of the best so far, whose shape is looked at
ROLES = {"text": 1.0, "table": 0.5, "code": 0.3, "references": 0.0}
TWIN = 0.92  # cosine from which two sentences say the same
TWIN_WORDS = 0.7  # share of words from which they do

# Numbers that only point or date.
_POINTED_NUMBER = re.compile(
    r"\[[\d,;\s–-]+\]|\b(?:section|figure|fig\.|table|eq\.|appendix|chapter)\s*[\d.]+|\b(?:19|20)\d\d\b", re.I
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and the evidence around it."""

    candidate: Candidate
    score: float
    around: float  # share of the question's weight said in its surroundings: neighbours, title, headings
    rest: float  # ... leaving the names aside
    unsaid: tuple[Term, ...]  # what its surroundings do not say
    named: bool  # its surroundings say every name of the question
    sourced: bool  # its source says every name somewhere
    devoted: bool  # its source is about the names: it says them in the title, at the beginning, or often


def rank(candidates: Sequence[Candidate], question: Question, evidence: Evidence) -> list[Scored]:
    """The candidates that can be quoted, best first."""
    reader = Reader(evidence.terms)
    subject = Name(question.subject) if question.subject else None
    scored = sorted(
        (_scored(one, question, evidence, reader, subject) for one in candidates), key=lambda one: -one.score
    )
    shapes = [(one, well_formed(one.candidate.text) * ROLES[one.candidate.passage.role]) for one in scored[:LOOKED_AT]]
    shaped = [replace(one, score=one.score + SHAPE * shape) for one, shape in shapes if shape > 0]
    return sorted(shaped, key=lambda one: -one.score)


def _scored(one: Candidate, question: Question, evidence: Evidence, reader: Reader, subject: Name | None) -> Scored:
    near = reader.said(heading_of(one.passage, one.source), one.passage.text, *one.around)
    around = reader.share(near)
    score = one.promise + AROUND * around + FOUND * one.found
    if question.wants_number and not question.figures.issuperset(figures_in(_POINTED_NUMBER.sub("", one.text))):
        score += NUMBER
    if subject:
        score += DEFINED * _defines(one.text, subject)
    unsaid = reader.unsaid(near)
    named = all(term.name is None for term in unsaid)
    sourced = named or all(one.source_row in rows for rows in evidence.holders)
    devoted = all(one.source_row in rows for rows in evidence.devoted)
    score += SOURCED * sourced + DEVOTED * devoted if evidence.names else 0.0
    return Scored(one, score, around, reader.rest(near), unsaid, named, sourced, devoted)


def _defines(text: str, subject: Name) -> bool:
    """True when the sentence opens with the subject and says what it is or does, not what became of it."""
    head = subject.pattern.search(text[: OPENING + len(subject.text)])
    return head is not None and bool(_IS.match(text[head.end() :]))


OPENING = 25  # characters that may stand before the subject
_IS = re.compile(
    r"(?:\s*\([^)]{1,60}\))?,?\s*(?:[-–—:]\s|(?:is|are|was|were)\s+(?:essentially |basically |simply |just )?"
    r"(?:an?|the|one|any|when|how|defined|designed|to)\b"
    r"|(?:refers?|means?|describes?|denotes?|stands|consists?|works|decomposes?|involves?|combines?|allows?|enables?"
    r"|aims?|represents?|can be (?:described|defined|seen|viewed|understood|thought of))\b)",
    re.IGNORECASE,
)


def pick(ranked: Sequence[Scored], question: Question, count: int) -> list[Scored]:
    """The best sentences that do not repeat each other; one for each name first where sides are compared."""
    sides = _sides(ranked, question) if question.wants_sides else []
    near = [one for one in ranked if one.score >= FURTHER * ranked[0].score]
    picked: list[Scored] = []
    for one in [*sides, *near]:
        if len(picked) == count:
            break
        if not any(_repeats(one, other) for other in picked):
            picked.append(one)
    return picked


def _sides(ranked: Sequence[Scored], question: Question) -> list[Scored]:
    """The best sentence on each name, best first: from a source whose title says the name, else one that says it."""
    best = [next(_on(ranked, name), None) for name in question.names]
    return sorted((one for one in best if one), key=lambda one: -one.score)


def _on(ranked: Sequence[Scored], name: Name) -> Iterator[Scored]:
    yield from (one for one in ranked if name.found_in(one.candidate.source.title))
    yield from (one for one in ranked if name.found_in(one.candidate.text))


def _repeats(one: Scored, other: Scored) -> bool:
    a, b = one.candidate, other.candidate
    if a.source_row == b.source_row and a.start < b.end and b.start < a.end:
        return True
    if a.vector is not None and b.vector is not None and float(np.dot(a.vector, b.vector)) > TWIN:
        return True
    words_a, words_b = stems(a.text), stems(b.text)
    return len(words_a & words_b) > TWIN_WORDS * min(len(words_a), len(words_b))
