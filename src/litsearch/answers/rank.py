"""Scores the candidates by fixed, explained weights.

Weights were set on 283 development questions: 107 of learners, 126 and 50 whose answering
sentence is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from litsearch.answers.cues import LISTED, kind_gain
from litsearch.answers.definitions import definition_share
from litsearch.answers.entities import Entity, says_all
from litsearch.answers.evidence import Evidence, Reader, Term, heading_of
from litsearch.answers.hostile import is_disguised
from litsearch.answers.openings import leans_back
from litsearch.answers.quality import (
    LEANING_BACK,
    LEAST_COMPANY,
    ends,
    is_apparatus,
    is_item,
    is_sample,
    is_transcript,
    quotability,
)
from litsearch.answers.question import EXPLAINED, Question, QuestionKind, figures_in, figures_of_row
from litsearch.answers.sentences import Candidate, entry_of
from litsearch.answers.works import titles_of
from litsearch.languages import FILLERS
from litsearch.patterns import expression

AROUND = 0.40  # the question's words in its passage, the ones beside it, title and headings
# Its other words in the sentence itself, less its names there: what goes on about the subject tells
# more than what names it again. Not for how and why, where a passage is quoted: of 95 explanations
# 4 fewer told the facts. Of 392 development questions the first quote answers 7 more and 2 fewer.
TELLING = 0.10
SOURCED = 0.10  # all names of the question said somewhere in its source
DEVOTED = 0.20  # ... and not only in passing
QUOTABLE = 0.30  # a whole statement rather than a fragment, a question, a caption
FOUND = 0.40  # the score of its passage in the search
FOUND_DEFINED = 0.10  # ... of a definition, which stands where a thing is named first, not most
NUMBER = 0.60  # a number where one is asked for
DEFINED = 0.9  # "X is ..." for "what is X?"
DEFINED_WORKING = 0.4  # ... or for "how does X work?", "what is X used for?"
DEFINED_SIDE = 0.40  # what one side of a comparison is
HEADED = 0.20  # the question's words in the heading right above
EARLY = 0.05  # near the beginning of its source, where a thing is explained first
EARLY_DEFINITION = 0.12
BESIDES = 0.10  # lost likewise under headings of experiments, related work, appendices
RESULT = 0.08  # lost by talk of results, where it is asked what a thing is, how or why
TABLED = 0.50  # a row of a table that says what is asked
SHORT = 0.10  # lost by few words
FEW_WORDS = 8
LIKE_NAME = 0.20  # lost by a sentence or a title that says another version of what is asked for
BOTH = 0.20  # both sides of a comparison in one sentence
LEANING = 0.15  # lost by an opening that leans on a sentence that cannot go along
APPARATUS = 0.30  # lost under references, news, licences
LOOKED_AT = 40  # of the best so far, whose quality is looked at
OPENING_CHARACTERS = 3_000
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

# Numbers that only point or date.
_POINTER = expression(
    r"\[[\d,;\s–-]+\]|\b(?:section|figure|fig\.|table|eq\.|appendix|chapter)\s*[\d.]+"
    r"|\b(?:19|20)\d\d\b",
    re.I,
)
_RESULT = expression(
    r"\b(?:outperforms?|achiev\w+|speed-?ups?|state-of-the-art|our (?:results|experiments"
    r"|evaluation)|perplexity of \d"
    r"|we (?:observe|find|evaluate|compare|demonstrate|empirically|analy[sz]e|validate)"
    r"|easy to implement"
    r"|significant step|tables? \d+|figures? \d+|fig\. \d+|appendix \w)\b|\d×|\d%",
    re.IGNORECASE,
)
_BESIDES = expression(
    r"^\W*(?:appendix\b|[A-H](?:\.\d+)*\.?\s+[A-Z])|related work|broader impact|limitations"
    r"|\bexperiment|\bresults?\b|evaluation|ablation|hyper-?parameters|\bdetails\b|future"
    r"|conclusion",
    re.IGNORECASE,
)
_WANTS_CODE = expression(
    r"\b(?:code|implement\w*|function|snippet|command|install|syntax|script|python|how (?:do"
    r"|can|to) i?)\b",
    re.IGNORECASE,
)
_DEFINED_KINDS = ("definition", "comparison")
_DEFINING_KINDS = ("how", "why", "purpose", "definition", "comparison")
_LONG_WORD = expression(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and the evidence around it."""

    candidate: Candidate
    score: float
    around: float  # share of the question's weight said around it: by neighbours, title, headings
    rest: float  # ... leaving the names aside
    unsaid: tuple[Term, ...]  # what its surroundings do not say
    named: bool  # its surroundings say every name of the question
    sourced: bool  # its source says every name somewhere
    # its source is about the names: it says them in the title, at the beginning, or often
    devoted: bool


def rank(candidates: Sequence[Candidate], question: Question, evidence: Evidence) -> list[Scored]:
    """Return the candidates that can be quoted, best first."""
    reader = Reader(evidence.terms)
    subject = evidence.thing
    code = _WANTS_CODE.search(question.text) is not None
    scored = []
    for candidate in candidates:
        if _is_statement(candidate) and (code or candidate.passage.role != "code"):
            scored.append(_scored(candidate, question, evidence, reader, subject))

    best = sorted(scored, key=_loss)[:LOOKED_AT]
    quotable = filter(None, map(_with_quality, best))
    return sorted(quotable, key=_loss)


def _loss(sentence: Scored) -> float:
    return -sentence.score


def _is_statement(candidate: Candidate) -> bool:
    """Tell whether a candidate is the source's own statement: no sample, no transcript, no title or
    heading.
    """
    if is_sample(candidate.passage.heading) or is_transcript(candidate.passage.text):
        return False
    if is_disguised(candidate.passage.text):
        return False
    above = [*titles_of(candidate.source), *candidate.passage.heading]
    return _bare(candidate.text) not in map(_bare, above)


def _bare(text: str) -> str:
    return text.strip(" .").lower()


def _with_quality(sentence: Scored) -> Scored | None:
    """Add what the looks of a candidate are worth; None when it must not be quoted."""
    candidate = sentence.candidate
    if candidate.head >= 0:
        return replace(sentence, score=sentence.score + QUOTABLE + TABLED * sentence.around)
    quality = quotability(candidate.text) * ROLES[candidate.passage.role]
    if quality <= 0:
        return None
    lost = APPARATUS if is_apparatus(candidate.passage.heading) else 0.0
    if leans_back(candidate.text) and not _can_lean(candidate):
        lost += LEANING
    if len(candidate.text.split()) < FEW_WORDS:
        lost += SHORT
    return replace(sentence, score=sentence.score + QUOTABLE * quality - lost)


def _can_lean(candidate: Candidate) -> bool:
    """Tell whether the sentences before are there to lean on, and the first stands by itself."""
    start = candidate.start
    for _ in range(LEANING_BACK):
        before = candidate.window.before(start)
        text = candidate.window.cut(*before) if before else ""
        if before is None or quotability(text) < LEAST_COMPANY or not ends(text):
            return False
        if not leans_back(text):
            return True
        start = before.start
    return False


def _scored(
    candidate: Candidate,
    question: Question,
    evidence: Evidence,
    reader: Reader,
    subject: Entity | None,
) -> Scored:
    near = reader.said(heading_of(candidate.passage, candidate.source), *candidate.around)
    around = reader.share(near)
    unsaid = reader.unsaid(near)
    has_names = all(term.entity is None for term in unsaid)
    sourced = has_names or all(candidate.source_row in rows for rows in evidence.holders)
    devoted = all(candidate.source_row in rows for rows in evidence.devoted)
    weight = FOUND_DEFINED if question.kind in _DEFINED_KINDS else FOUND
    score = candidate.promise + AROUND * around + weight * candidate.found
    if question.kind not in EXPLAINED:
        score += _telling(candidate.text, reader)
    if evidence.entities:
        score += SOURCED * sourced + DEVOTED * devoted
    score += _wanted(candidate, question, subject) - _like_names(candidate, evidence.entities)
    return Scored(candidate, score, around, reader.rest(near), unsaid, has_names, sourced, devoted)


def _telling(text: str, reader: Reader) -> float:
    """Return what a sentence gains by the question's other words, less its names said again."""
    places = reader.said(text)
    return TELLING * (reader.rest(places) - reader.names_share(places))


def _like_names(candidate: Candidate, names: Sequence[Entity]) -> float:
    """Return what a candidate loses by speaking of a thing of like name."""
    loss = 0.0
    for text in (candidate.text, candidate.source.title):
        if any(name.is_versioned_in(text) for name in names):
            loss += LIKE_NAME
    return loss


def _wanted(candidate: Candidate, question: Question, subject: Entity | None) -> float:
    """Return what a sentence gains by saying the kind of thing that is asked for."""
    text = candidate.text
    gain = kind_gain(text, question)
    if question.kind == "list" and _leads_to_items(candidate):
        gain += LISTED
    if question.wants_number and _says_figure(candidate, question):
        gain += NUMBER
    if subject is not None:
        weight = DEFINED_WORKING if question.kind in ("how", "number") else DEFINED
        share = definition_share(entry_of(candidate, subject), subject)
        gain += weight * share * _independence(candidate)
    if question.kind in _DEFINING_KINDS:
        gain += _explaining(candidate, question.kind)
    gain += _comparing(text, question.sides)
    return gain + HEADED * _heading_match(candidate.passage.heading, question.text)


def _leads_to_items(candidate: Candidate) -> bool:
    """Tell whether the sentence behind a candidate is the first item of a list."""
    after = candidate.window.after(candidate.end)
    lists = after is not None and is_item(candidate.window.cut(*after))
    return lists and not is_item(candidate.text)


def _independence(candidate: Candidate) -> float:
    """Return 1 for a sentence that stands alone, less for one that leans on another."""
    if not leans_back(candidate.text):
        return 1.0
    return 0.5 if _can_lean(candidate) else 0.2


def _comparing(text: str, sides: Sequence[Entity]) -> float:
    """Return what a sentence gains by naming both sides, or by saying what a side is."""
    if len(sides) < 2:
        return 0.0
    gain = DEFINED_SIDE * max(definition_share(text, side) for side in sides)
    return gain + BOTH if says_all(text, sides) else gain


def _says_figure(candidate: Candidate, question: Question) -> bool:
    """Tell whether a sentence says a number that neither points nor stands in the question."""
    read = figures_of_row if candidate.passage.role == "table" else figures_in
    return not question.figures.issuperset(read(_POINTER.sub("", candidate.text)))


def _explaining(candidate: Candidate, kind: QuestionKind) -> float:
    """Return what a sentence gains by its place, less what it loses by telling of results."""
    early = EARLY_DEFINITION if kind == "definition" else EARLY
    gain = early if candidate.start < OPENING_CHARACTERS else 0.0
    if any(map(_BESIDES.search, candidate.passage.heading)):
        gain -= BESIDES
    return gain - RESULT if _RESULT.search(candidate.text) else gain


def _heading_match(heading: Sequence[str], question: str) -> float:
    """Return how much of the heading right above the question says, 0..1 (Ochiai 1957)."""
    if not heading:
        return 0.0
    heading_words, question_words = _beginnings(heading[-1]), _beginnings(question)
    shared = heading_words & question_words
    if (
        not shared
        or len(shared) < min(2, len(question_words))
        or (len(shared) == 1 and len(heading_words) > 1)
    ):
        return 0.0
    return float(len(shared) / (len(heading_words) * len(question_words)) ** 0.5)


@lru_cache(maxsize=20_000)
def _beginnings(text: str) -> frozenset[str]:
    """Return the first six letters of each content word: enough to compare headings by."""
    words = set(map(str.lower, _LONG_WORD.findall(text)))
    return frozenset(word[:6] for word in words - FILLERS)
