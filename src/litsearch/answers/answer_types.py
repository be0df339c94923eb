"""Whether sentences say the kind of thing that a question asks for: a date, a name, a number, what
a thing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from litsearch.answers.cues import says_date, tells_maker
from litsearch.answers.definitions import definition_share
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import Evidence
from litsearch.answers.question import Question, QuestionKind, figures_in
from litsearch.answers.short_forms import spells_out
from litsearch.answers.subjects import short_form_in
from litsearch.patterns import expression
from litsearch.text import keywords, stems

_BELONGING = expression(
    r"[^\W_]['’]s?\s+\w|\bof (?:the|this|that|these|my|our|your|their|an?)\b", re.I
)
_CAPITALIZED = expression(r"(?<![.!?]\s)(?<![—–:•])(?<!^)\b[A-ZÀ-Þ][\w’'-]+")


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What must be said where a kind of thing is asked for, and the reason when it is not."""

    is_said: Callable[[Question, Evidence, Sequence[str]], bool]
    reason: str


def _says_date(question: Question, evidence: Evidence, texts: Sequence[str]) -> bool:
    return any(says_date(text, question) for text in texts)


def _says_name(question: Question, evidence: Evidence, texts: Sequence[str]) -> bool:
    """Tell whether somebody who is not in the question is named beside what it asks about."""
    lowered = question.text.lower()
    terms = stems(" ".join(keywords(question.text)))
    beside = [text for text in texts if _is_beside(text, terms)]
    names = (name.lower() for text in beside for name in _CAPITALIZED.findall(text))
    return any(name not in lowered for name in names)


def _is_beside(text: str, terms: frozenset[str]) -> bool:
    """Tell whether a text says most of these words; one is enough where it names a maker."""
    shared = len(terms & stems(text))
    return 2 * shared > len(terms) or (shared > 0 and tells_maker(text))


def _says_number(question: Question, evidence: Evidence, texts: Sequence[str]) -> bool:
    return any(not question.figures.issuperset(figures_in(text)) for text in texts)


def says_subject(question: Question, evidence: Evidence, texts: Sequence[str]) -> bool:
    """Tell whether a text says what the subject is, or what it stands for if that is asked."""
    if short_form_in(question.text):
        return says_long_form(question, texts)
    return _says_what_it_is(question, evidence, texts)


def _says_what_it_is(question: Question, evidence: Evidence, texts: Sequence[str]) -> bool:
    """Tell whether a text says what the subject is, in one of its readings, if there is one.

    What is of a thing ("the team's budget") has a value, and no definition.
    """
    if _BELONGING.search(question.subject) and _says(question.subject, texts):
        return True
    things = [Entity(reading) for reading in question.subjects]
    if evidence.thing is not None:
        things.append(evidence.thing)
    shares = (definition_share(text, thing) for thing in things for text in texts)
    return not things or any(share > 0 for share in shares)


def says_long_form(question: Question, texts: Sequence[str]) -> bool:
    """Tell whether a text spells out the short form that a question wants spelled out."""
    short = short_form_in(question.text)
    return bool(short) and any(spells_out(text, short) for text in texts)


def _says(words: str, texts: Sequence[str]) -> bool:
    """Tell whether a text says these words, in this order or not."""
    phrase, terms = Entity(words), stems(" ".join(keywords(words)))
    return any(phrase.found_in(text) or terms <= stems(text) for text in texts)


ANSWER_TYPES: dict[QuestionKind, AnswerType] = {
    "date": AnswerType(_says_date, "The closest passages give no date."),
    "person": AnswerType(_says_name, "The closest passages name nobody."),
    "number": AnswerType(_says_number, "The closest passages give no such number."),
    "definition": AnswerType(says_subject, "The closest passages do not say what “{subject}” is."),
}
