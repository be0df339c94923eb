"""Scores the candidates by fixed, explained weights and picks the sentences that an answer quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from litsearch.answers.entities import Name
from litsearch.answers.evidence import Evidence, Reader, Term, heading_of
from litsearch.answers.question import Question, figures_in
from litsearch.answers.sentences import Candidate
from litsearch.text import stems


@dataclass(frozen=True, slots=True)
class _Sign:
    """A pattern, tried only where one of its cues stands: that takes a tenth of the time."""

    pattern: re.Pattern[str]
    cues: tuple[str, ...]  # lower case; what the pattern finds holds one of them

    def stands_in(self, text: str, low: str) -> bool:
        return any(cue in low for cue in self.cues) and self.pattern.search(text) is not None


_WORDS = re.compile(r"[^\W\d_]{2,}")
_CODE = _Sign(
    re.compile(
        r"[{}<>]|==|=>|->|\w\(\)|\b(?:def|import|return|self)\b|^\s*[#$>]{1,3}\s?\w|`{3}|\\[a-z]{3,}"
    ),
    (*"{}<>#$\\", "==", "()", "```", "def", "import", "return", "self"),
)
_REFERENCE = _Sign(
    re.compile(
        r"arXiv(?: preprint|:\d)|\bet al\.,? (?:19|20)\d\d[a-z]?\.|\bIn Proceedings\b|\bpp\. \d|\bdoi\b"
        r"|^\[\d+\]\s+[A-Z]",
        re.I,
    ),
    ("arxiv", "et al.", "in proceedings", "pp. ", "doi", "["),
)
_LINK = re.compile(r"https?://|\]\(|\bwww\.")
_CAPTION = re.compile(r"^(?:fig(?:ure|\.)|table|algorithm|listing|appendix)\s*\d*\s*[:.|]", re.I)
_DEPENDENT = re.compile(
    r"^(?:[-*•–]\s*)?(?:it|its|this|that|these|those|they|their|them|such|he|she|his|her|here|there|then|thus|hence|so|but"
    r"|and|or|however|therefore|instead|also|both|another|similarly|in this|in that|in these|in such|for this|for these"
    r"|as a result|the former|the latter|the same|by doing|to do|consequently|moreover|furthermore|additionally"
    r"|specifically)\b",
    re.I,
)
_ASIDE = _Sign(
    re.compile(
        r"\b(?:please (?:cite|consider|see|refer)|if you (?:find|use|like|enjoy|want)|thanks? (?:to|for)|give us"
        r"|in my opinion|I (?:am|think|hope|will|would|was|have|had)|I['’](?:m|ll|ve|d)|we (?:will|would like|hope)"
        r"|subscribe|newsletter|click)\b",
        re.I,
    ),
    (
        "please",
        "if you",
        "thank",
        "give us",
        "in my",
        "i ",
        "i'",
        "i’",
        "we ",
        "subscribe",
        "newsletter",
        "click",
    ),
)
# News of the day, which answers hardly any question about the thing itself.
_NEWS = _Sign(
    re.compile(
        r"^\W*\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\W|\b(?:is|are) now (?:supported|available|live|part of|open)"
        r"|\b(?:is|are|been) (?:just )?(?:released|accepted|selected|featured)\b|!!|[\U0001f300-\U0001faff]\ufe0f?.*!",
        re.I,
    ),
    (".", "/", "-", " now ", "released", "accepted", "selected", "featured", "!"),
)
# Sentences that lead on to what is said elsewhere.
_POINTER = _Sign(
    re.compile(
        r"\blet['’]s\b|\bbefore we (?:dive|go|get|move|start)|\bin (?:this|the (?:next|following)) (?:section|post"
        r"|chapter|article|notebook|tutorial|video)\b|\b(?:described|discussed|explained|detailed|see|shown) "
        r"(?:in (?:more )?details? )?(?:below|above|later|next)\b|\bhere (?:is|are|['’]s) (?:a|an|my|our|some|the)\b",
        re.I,
    ),
    ("let", "before we", "in this", "in the", "below", "above", "later", "next", "here"),
)
_PLEA = _Sign(
    re.compile(
        r"\bplease (?:cite|consider|star|subscribe)|\bconsider (?:citing|starring|subscribing)",
        re.I,
    ),
    ("please", "consider"),
)
_END = re.compile(r"[.!?…:;][\"'”’)\]*_]*(?:\s*\[\d+\])*$|[。！？]$")
FEWEST_WORDS = 5
MOST_CHARACTERS = 700
CAPTION = 0.2
_LESSER = ((_ASIDE, 0.5), (_NEWS, 0.3), (_POINTER, 0.5), (_CODE, 0.6))  # of the score of others


def well_formed(text: str) -> float:
    """0 for what must not be quoted (code, links, references, captions, headings), up to 1 for a
    whole statement.
    """
    words = _WORDS.findall(text)
    if len(words) < FEWEST_WORDS or len(text) > MOST_CHARACTERS:
        return 0.0
    low = text.lower()
    if _REFERENCE.stands_in(text, low) or _PLEA.stands_in(text, low) or _links(text, low) > 1:
        return 0.0
    if sum(map(str.isalpha, text)) < 0.55 * len(text.replace(" ", "")):
        return 0.2
    score = 1.0
    if text.rstrip().endswith("?"):
        score = 0.3
    if _CAPTION.match(text):
        score = min(score, CAPTION)
    for sign, share in _LESSER:
        score *= share if sign.stands_in(text, low) else 1.0
    if not _END.search(text.rstrip()):
        score *= 0.7
    first = next((char for char in text if char.isalnum()), "")
    if first.islower():
        score *= 0.8
    return score


def _links(text: str, low: str) -> int:
    return len(_LINK.findall(text)) if "http" in low or "](" in low or "www." in low else 0


def leans_back(text: str) -> bool:
    """True for a sentence whose first words point to the one before it."""
    return _DEPENDENT.match(text) is not None


AROUND = 0.40  # the question's words in its passage, the ones beside it, title and headings
SOURCED = 0.10  # all names of the question said somewhere in its source
DEVOTED = 0.20  # ... and not only in passing
SHAPE = 0.30  # a whole statement rather than a fragment, a question, a caption
FOUND = 0.40  # the score of its passage in the search
NUMBER = 0.30  # a number where one is asked for
DEFINED = 0.60  # "X is ..." for "what is X?"
FURTHER = 0.7  # of the best score: a sentence below that share of it does not go along
LOOKED_AT = 40  # of the best so far, whose shape is looked at
ROLES = {
    "text": 1.0,
    "footnote": 0.7,
    "caption": 0.5,
    "table": 0.5,
    "code": 0.3,
    "title": 0.0,
    "byline": 0.0,
    "references": 0.0,
    "boilerplate": 0.0,
}
TWIN = 0.92  # cosine from which two sentences say the same
TWIN_WORDS = 0.7  # share of words from which they do

# Numbers that only point or date.
_POINTED_NUMBER = re.compile(
    r"\[[\d,;\s–-]+\]|\b(?:section|figure|fig\.|table|eq\.|appendix|chapter)\s*[\d.]+|\b(?:19|20)\d\d\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and the evidence around it."""

    candidate: Candidate
    score: float
    # share of the question's weight said in its surroundings: neighbours, title, headings
    around: float
    rest: float  # ... leaving the names aside
    unsaid: tuple[Term, ...]  # what its surroundings do not say
    named: bool  # its surroundings say every name of the question
    sourced: bool  # its source says every name somewhere
    # its source is about the names: it says them in the title, at the beginning, or often
    devoted: bool


def rank(candidates: Sequence[Candidate], question: Question, evidence: Evidence) -> list[Scored]:
    """The candidates that can be quoted, best first."""
    reader = Reader(evidence.terms)
    subject = Name(question.subject) if question.subject else None
    scored = sorted(
        (_scored(one, question, evidence, reader, subject) for one in candidates),
        key=lambda one: -one.score,
    )
    shapes = [
        (one, well_formed(one.candidate.text) * ROLES[one.candidate.passage.role])
        for one in scored[:LOOKED_AT]
    ]
    shaped = [replace(one, score=one.score + SHAPE * shape) for one, shape in shapes if shape > 0]
    return sorted(shaped, key=lambda one: -one.score)


def _scored(
    one: Candidate, question: Question, evidence: Evidence, reader: Reader, subject: Name | None
) -> Scored:
    near = reader.said(heading_of(one.passage, one.source), one.passage.text, *one.around)
    around = reader.share(near)
    score = one.promise + AROUND * around + FOUND * one.found
    if question.wants_number and not question.figures.issuperset(
        figures_in(_POINTED_NUMBER.sub("", one.text))
    ):
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
    """True when the sentence opens with the subject and says what it is or does, not what became of
    it.
    """
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
    """The best sentences that do not repeat each other; one for each name first where sides are
    compared.
    """
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
    """The best sentence on each name, best first: from a source whose title says the name, else one
    that says it.
    """
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
