"""Whether the evidence is enough: an answer, the closest passages, or a refusal that names what is
missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.answers.evidence import Evidence
from litsearch.answers.question import Question
from litsearch.answers.rank import Scored
from litsearch.types import AnswerStatus

TOP = 3  # sentences of which the best counts
# Where a name is only said in passing, the rest of the question must be said beside it.
LEAST_REST = 0.45
LEAST_COSINE = 0.40
SURE_COSINE = 0.50
# Without names: meaning plus half the words said around, of the sentence where that is most. Of our
# questions those of other fields mostly came below 0.55, those that the library answers above it,
# but for one in thirty.
WORDS_SHARE = 0.5
LEAST_NEAR = 0.55
STRANGE = 1 / 3  # of the weight of the question's words, said nowhere: it is of another field
THIN_NEAR = 0.70


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of an answer and, unless it is answered, the reason."""

    status: AnswerStatus
    reason: str = ""


def judge(question: Question, evidence: Evidence, ranked: Sequence[Scored]) -> Judgement:
    """Names first, then the words around the best sentences."""
    if evidence.missing:
        return Judgement(
            "declined", f"The library does not mention {_listed(evidence.missing, 'or')}."
        )
    top = ranked[:TOP]
    if not top or (evidence.unread and not any(one.named for one in top)):
        return Judgement("declined", _nothing(question, evidence))
    sides = question.wants_sides and all(evidence.devoted)
    if evidence.names and not sides:
        return _by_names(evidence, top)
    near = max(ranked, key=_nearness)
    least = THIN_NEAR if evidence.uncredited else LEAST_NEAR
    if _nearness(near) < least or (not evidence.names and _strangeness(evidence) > STRANGE):
        return Judgement("declined", _unsaid(near))
    if evidence.uncredited:
        return Judgement(
            "weak", f"The library does not mention {_listed(evidence.uncredited, 'or')}."
        )
    if evidence.strange:
        return Judgement(
            "weak", f"The library does not mention “{question.subject}” in these words."
        )
    return (
        Judgement("answered") if _nearness(near) >= THIN_NEAR else Judgement("weak", _unsaid(near))
    )


def _nearness(one: Scored) -> float:
    return one.candidate.cosine + WORDS_SHARE * one.around


def _strangeness(evidence: Evidence) -> float:
    """The share of the weight of the question's words that the library says nowhere."""
    total = sum(term.weight for term in evidence.terms)
    return sum(term.weight for term in evidence.terms if not term.known) / total if total else 0.0


def _by_names(evidence: Evidence, top: Sequence[Scored]) -> Judgement:
    """A source devoted to the names answers; names in passing need the rest of the question beside
    them.
    """
    if not any(one.sourced for one in top):
        return Judgement(
            "declined", f"No source on the question mentions {_listed(evidence.names, 'and')}."
        )
    near = max(top, key=lambda one: (one.devoted, one.named, one.rest))
    cosine = max(one.candidate.cosine for one in top)
    if near.devoted:
        thin = bool(near.unsaid) and near.rest < LEAST_REST and cosine < SURE_COSINE
        return Judgement("weak", _unsaid(near)) if thin else Judgement("answered")
    if near.named and near.rest >= LEAST_REST and cosine >= LEAST_COSINE:
        return Judgement("answered")
    return Judgement("declined", _passing(evidence))


def _passing(evidence: Evidence) -> str:
    return (
        f"{_listed(evidence.names, 'and')} is only mentioned in passing."
        if len(evidence.names) == 1
        else (f"No passage says enough of {_listed(evidence.names, 'and')}.")
    )


def _nothing(question: Question, evidence: Evidence) -> str:
    """Why there is no sentence: the pages that the lists name never came, or nothing is near."""
    if not evidence.unread:
        return "Nothing in the library comes near the question."
    entries = sum(len(source.source.entries) for source in evidence.unread)
    names = _listed(question.names, "and")
    if entries == 1:
        return f"1 entry names {names}; its page could not be read."
    pages = {1: "no page", 2: "neither page"}.get(len(evidence.unread), "none of the pages")
    return f"{entries} entries name {names}; {pages} could be read."


def _unsaid(best: Scored) -> str:
    """Which words of the question the closest passage does not say, the rarest first."""
    words = [f"“{term.text}”" for term in sorted(best.unsaid, key=lambda term: -term.weight)]
    if not words:
        return "The closest passages say little about it."
    return f"The closest passages do not mention {_listed(words[:3], 'or')}."


def _listed(things: Sequence[object], last: str) -> str:
    words = [str(thing) for thing in things]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
