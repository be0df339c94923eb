"""Whether the evidence is enough: an answer, the closest passages, or a refusal that says truly what is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.answers.draft import listed
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import Evidence
from litsearch.answers.nearness import Scale
from litsearch.answers.question import Question, figures_in
from litsearch.answers.rank import Scored, definition_share
from litsearch.text import keywords, stems
from litsearch.types import AnswerStatus

TOP = 3  # sentences of which the best counts
NEAR = 5  # sentences whose nearness counts
# Where a name is only said in passing, the rest of the question must be said beside it.
LEAST_REST = 0.45
# The nearness of a question: the cosine of the nearest of the best sentences, plus that of its
# source as a whole, in units of the embedder, less what it says in words that the library does not
# know. On 283 development questions it parts held from not held with AUC .97, where the cosine
# alone has .93, and cosine plus shared words .89.
STRANGE = 1.0
LEAST = 1.22  # one in twenty-five of what is held lies below, four fifths of other fields do
SURE = 2.09  # with LEAST_AROUND, else SURE_ALONE
SURE_ALONE = 2.38
LEAST_AROUND = 0.40  # of the question's words said around the best sentences
SURE_WORDED = 1.64  # with MOST_AROUND
MOST_AROUND = 0.85
LEAST_NAMED = 1.16  # where names are said: they tell most, but capitals stand in samples too
SURE_NAMED = 2.16  # where the rest of the question is not said
SURE_EXACT = 2.60  # where a thing is asked for that little is said around
MOST_STRANGE = 1 / 3  # of the weight of the question's words, said nowhere: it is of another field

# Kinds that only a certain thing answers: words around it say whether it is that thing.
_EXACT = ("number", "person", "date", "place", "list", "yes-no")
_YEAR = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September"
    r"|October|November"
    r"|December)\b|\b(?:yesterday|today|last|this) (?:week|month|year)\b"
)
_CAPITALIZED = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of an answer and, unless it is answered, the reason."""

    status: AnswerStatus
    reason: str = ""


def judge(
    question: Question, evidence: Evidence, ranked: Sequence[Scored], scale: Scale
) -> Judgement:
    """Judge by names first, then by nearness, then by whether the kind of thing that is asked for is said."""
    if evidence.missing:
        names = listed(evidence.missing, "or")
        return Judgement("declined", f"No text of the library that could be read mentions {names}.")
    top = ranked[:TOP]
    if not top or (evidence.unread and not any(one.named for one in top)):
        return Judgement("declined", _nothing(question, evidence))
    near = nearness(evidence, ranked, scale)
    sides = bool(question.sides) and bool(evidence.entities) and all(evidence.devoted)
    by_names = evidence.entities and not sides
    judgement = (
        _by_names(evidence, top, near) if by_names else _by_nearness(question, evidence, top, near)
    )
    lacking = _lacking(question, top, near)
    return Judgement("weak", lacking) if judgement.status == "answered" and lacking else judgement


def nearness(evidence: Evidence, ranked: Sequence[Scored], scale: Scale) -> float:
    """Return how near the best sentences and their sources are to the question, in units of the embedder."""
    best = ranked[:NEAR]
    cosine = max(one.candidate.cosine for one in best)
    source = max(one.candidate.source_cosine for one in best)
    return scale.of(cosine, source) - STRANGE * _strangeness(evidence)


def _strangeness(evidence: Evidence) -> float:
    """Return the share of the weight of the question's words that the library says nowhere."""
    total = sum(term.weight for term in evidence.terms)
    return sum(term.weight for term in evidence.terms if not term.known) / total if total else 0.0


def _by_nearness(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float
) -> Judgement:
    if near < LEAST or (not evidence.entities and _strangeness(evidence) > MOST_STRANGE):
        return Judgement("declined", "No passage of the library comes near the question.")
    if evidence.uncredited:
        names = listed(evidence.uncredited, "or")
        return Judgement("weak", f"No text of the library that could be read mentions {names}.")
    if evidence.strange:
        return Judgement(
            "weak", f"No text of the library says “{question.subject}” in these words."
        )
    around = max(one.around for one in top)
    said = near >= SURE_ALONE or (near >= SURE and around >= LEAST_AROUND)
    worded = near >= SURE_WORDED and around >= MOST_AROUND
    sure = said or worded or _defined(question, top)
    return Judgement("answered") if sure else Judgement("weak", CLOSEST)


def _defined(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether one of the best sentences says what the subject is."""
    if not question.subject:
        return False
    subject = Entity(question.subject)
    return any(definition_share(one.candidate.text, subject) > 0 for one in top)


CLOSEST = "Nothing answers this for certain; these are the closest passages."


def _by_names(evidence: Evidence, top: Sequence[Scored], near: float) -> Judgement:
    """A source devoted to the names answers; names in passing need the rest of the question beside them."""
    names = listed(evidence.entities, "and")
    if not any(one.sourced for one in top):
        return Judgement("declined", f"No source near the question mentions {names}.")
    best = max(top, key=lambda one: (one.devoted, one.named, one.rest))
    said = best.rest >= LEAST_REST or not best.unsaid
    if near < LEAST_NAMED and not (best.devoted and said):
        reason = f"The library mentions {names}, and says nothing near the question."
        return Judgement("declined", reason)
    if best.devoted:
        return Judgement("answered") if said or near >= SURE_NAMED else Judgement("weak", CLOSEST)
    if best.named and best.rest >= LEAST_REST:
        return Judgement("answered") if near >= SURE else Judgement("weak", CLOSEST)
    return Judgement("declined", f"The library mentions {names} only in passing.")


def _lacking(question: Question, top: Sequence[Scored], near: float) -> str:
    """Say which kind of thing is asked for and not said by the best sentences; "" when nothing lacks."""
    texts = [one.candidate.text for one in top]
    if question.kind == "date" and not any(_YEAR.search(text) for text in texts):
        return "The closest passages give no date."
    if question.kind == "person" and not _names_somebody(question, top):
        return "The closest passages name nobody."
    if question.kind == "number" and not any(_tells_number(question, text) for text in texts):
        return "The closest passages give no such number."
    if question.kind in _EXACT and near < SURE_EXACT and _relation_unsaid(question, top):
        return CLOSEST
    if question.kind == "definition" and question.subject:
        wanted = stems(" ".join(keywords(question.subject)))
        said = any(wanted <= stems(text) for text in texts) or _says(question.subject, texts)
        return "" if said else f"The closest passages do not say what “{question.subject}” is."
    return ""


def _says(subject: str, texts: Sequence[str]) -> bool:
    entity = Entity(subject)
    return any(entity.found_in(text) for text in texts)


def _names_somebody(question: Question, top: Sequence[Scored]) -> bool:
    asked = question.text.lower()
    names = (name for one in top for name in _CAPITALIZED.findall(one.candidate.text))
    return any(name.lower() not in asked for name in names)


def _tells_number(question: Question, text: str) -> bool:
    return not question.figures.issuperset(figures_in(text))


def _relation_unsaid(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether little of what is asked besides the names is said: "born" of "when was X born?"."""
    asked = bool(question.words) and bool(question.entities)
    return asked and all(one.rest < LEAST_REST for one in top)


def _nothing(question: Question, evidence: Evidence) -> str:
    """Say why there is no sentence: the pages that the lists name never came, or nothing is near."""
    if not evidence.unread:
        return "No passage of the library comes near the question."
    entries = sum(len(source.source.entries) for source in evidence.unread)
    names = listed(question.entities, "and")
    if entries == 1:
        return f"1 entry names {names}; its page could not be read."
    pages = {1: "no page", 2: "neither page"}.get(len(evidence.unread), "none of the pages")
    return f"{entries} entries name {names}; {pages} could be read."
