"""Whether the evidence is enough: an answer, the closest passages, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.answers.answer_types import ANSWER_TYPES, says_long_form, says_subject
from litsearch.answers.cues import tells_maker
from litsearch.answers.definitions import definition_share
from litsearch.answers.draft import listed
from litsearch.answers.entities import Entity, says_all
from litsearch.answers.evidence import Evidence
from litsearch.answers.question import Question
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import entry_of
from litsearch.languages import ENGLISH, language_of
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
SURE_EXACT = 2.80  # where a thing is asked for that little is said around
SURE_PASSING = 2.40  # where names are said in passing: below, the answer is declined
SURELY = 0.5  # of a definition, from which it tells more than nearness
LEAST_SOURCE = 0.0  # of the cosine of the best source, in the same units
LEAST_UNIT = 1e-3  # of an embedder that tells nothing apart
WORDED_ABROAD = 0.6  # of the words of a question that is not in English, as far as known
SURE_STRANGE = 4.0  # so near that a strange word is another word for the same
MOST_STRANGE = 1 / 3  # of the weight of the question's words, said nowhere: it is of another field

# Kinds that only a certain thing answers: words around it say whether it is that thing.
_EXACT = ("number", "person", "date", "place", "list", "yes-no")
_EVENTS = ("person", "date", "place")  # what happened must be said, however near the names are


@dataclass(frozen=True, slots=True)
class Scale:
    """Cosines of a library's embedder: of any two sentences, and the most of unrelated ones."""

    zero: float  # the median of random pairs
    unit: float  # from there to what 99 of 100 random pairs stay below

    def of(self, *cosines: float) -> float:
        """Return the sum of cosines in units: 0 for unrelated texts, 1 where few of them come."""
        return sum((cosine - self.zero) / self.unit for cosine in cosines)


def scale_of(random_quantiles: Sequence[float]) -> Scale:
    """Return the scale of the cosines of random pairs, by quantiles from the lowest to .99.

    The middle one must be the median.
    """
    zero, rare = random_quantiles[len(random_quantiles) // 2], random_quantiles[-1]
    return Scale(zero, max(rare - zero, LEAST_UNIT))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of an answer and, unless it is answered, the reason."""

    status: AnswerStatus
    reason: str = ""


ANSWERED = Judgement("answered")
CLOSEST = Judgement("weak", "Nothing answers this for certain; these are the closest passages.")
NOTHING_NEAR = Judgement("declined", "No passage of the library comes near the question.")


def judge(
    question: Question, evidence: Evidence, ranked: Sequence[Scored], scale: Scale
) -> Judgement:
    """Judge by names, then by nearness, then by whether the kind of thing asked for is said."""
    top = ranked[:TOP]
    if evidence.missing:
        return _unmentioned("declined", evidence.missing)
    if not top or (evidence.unread and not any(sentence.named for sentence in top)):
        return _unread(question, evidence)

    if _is_spelled_out(question, top):
        return ANSWERED
    near = nearness(evidence, ranked, scale)
    judgement = _on_subject(question, evidence, top, near)
    if judgement not in (ANSWERED, CLOSEST):
        return judgement

    far = _source_nearness(ranked, scale) < LEAST_SOURCE and not _is_worded(question, top)
    return _of_kind(question, evidence, top, near, closest=far or judgement == CLOSEST)


def _is_spelled_out(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether one of the best sentences says what the short form asked about stands for."""
    return says_long_form(question, [sentence.candidate.text for sentence in top])


def _is_worded(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether words speak for an answer, where no certain thing is asked for."""
    return question.kind not in _EXACT and any(s.around >= MOST_AROUND for s in top)


def _of_kind(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float, *, closest: bool
) -> Judgement:
    """Judge sentences on the subject by whether they say the kind of thing that is asked for.

    closest: they are near rather than certain, which a definition makes good.
    """
    if _defines(question, evidence, top):
        return ANSWERED
    if closest:
        return CLOSEST
    return _unmet(question, evidence, top, near) or ANSWERED


def _on_subject(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float
) -> Judgement:
    """Judge whether the best sentences are about what is asked: by names, or else by nearness."""
    if evidence.entities and not _compares_devoted(question, evidence):
        return _by_names(evidence, top, near)
    return _of_another_field(question, evidence, top, near) or _by_nearness(
        question, evidence, top, near
    )


def nearness(evidence: Evidence, ranked: Sequence[Scored], scale: Scale) -> float:
    """Return how near the best sentences and their sources are, in units of the embedder."""
    cosine = max(sentence.candidate.cosine for sentence in ranked[:NEAR])
    return scale.of(cosine) + _source_nearness(ranked, scale) - STRANGE * _strangeness(evidence)


def _source_nearness(ranked: Sequence[Scored], scale: Scale) -> float:
    return scale.of(max(sentence.candidate.source_cosine for sentence in ranked[:NEAR]))


def _strangeness(evidence: Evidence) -> float:
    """Return the share of the weight of the question's words that the library says nowhere."""
    total = sum(term.weight for term in evidence.terms)
    strange = sum(term.weight for term in evidence.terms if not term.known)
    return strange / total if total else 0.0


def _compares_devoted(question: Question, evidence: Evidence) -> bool:
    """Tell whether sources are devoted to all sides of a comparison, if not the same ones."""
    return bool(question.sides) and all(evidence.devoted)


def _of_another_field(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float
) -> Judgement | None:
    """Judge a question that nothing comes near, or whose words the library does not know; None for
    others.
    """
    if near < LEAST and not evidence.titled and not _is_defined(evidence.thing, top, SURELY):
        return CLOSEST if _is_worded_abroad(question, evidence, top) else NOTHING_NEAR
    is_familiar = _strangeness(evidence) <= MOST_STRANGE
    if evidence.entities or is_familiar or near >= SURE_STRANGE:
        return None
    worded = near >= SURE_WORDED or _is_worded_abroad(question, evidence, top)
    return CLOSEST if worded else NOTHING_NEAR


def _by_nearness(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float
) -> Judgement:
    """Judge by whether the best sentences are near enough, or say what is asked for."""
    if evidence.uncredited:
        return _unmentioned("weak", evidence.uncredited)
    if evidence.strange:
        reason = f"No text of the library says “{question.subject}” in these words."
        return Judgement("weak", reason)
    is_told = _is_defined(evidence.thing, top) or _is_compared(question, top)
    return ANSWERED if is_told or _is_sure(top, near) else CLOSEST


def _is_worded_abroad(question: Question, evidence: Evidence, top: Sequence[Scored]) -> bool:
    """Tell whether words alone speak for an answer in a language that the embedder may not know."""
    if language_of(question.text) in (None, ENGLISH):
        return False
    familiarity = 1 - _strangeness(evidence)
    return any(sentence.around >= WORDED_ABROAD * familiarity > 0 for sentence in top)


def _is_sure(top: Sequence[Scored], near: float) -> bool:
    """Tell whether sentences are near enough: the nearer, the fewer words they need to share."""
    around = max(sentence.around for sentence in top)
    steps = ((SURE_ALONE, 0.0), (SURE, LEAST_AROUND), (SURE_WORDED, MOST_AROUND))
    return any(near >= least and around >= words for least, words in steps)


def _is_defined(thing: Entity | None, top: Sequence[Scored], least: float = 0.0) -> bool:
    """Tell whether one of the best sentences says what the subject is."""
    if thing is None:
        return False
    entries = (entry_of(sentence.candidate, thing) for sentence in top)
    return any(definition_share(entry, thing) > least for entry in entries)


def _is_compared(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether one of the best sentences speaks of all sides of a comparison."""
    if not question.sides:
        return False
    return any(says_all(sentence.candidate.text, question.sides) for sentence in top)


def _by_names(evidence: Evidence, top: Sequence[Scored], near: float) -> Judgement:
    """Judge by the sources of the names: one devoted to them answers; one that says them in
    passing must say the rest of the question beside them.
    """
    names = listed(evidence.entities, "and")
    if not any(sentence.sourced for sentence in top):
        reason = f"The passages nearest to the question are of sources that do not mention {names}."
        return Judgement("declined", reason)

    best = max(top, key=lambda sentence: (sentence.devoted, sentence.named, sentence.rest))
    worded = best.rest >= LEAST_REST
    if best.devoted and (worded or not best.unsaid):
        return ANSWERED
    if near < LEAST_NAMED:
        reason = f"The library mentions {names}, and says nothing near the question."
        return Judgement("declined", reason)
    if best.devoted:
        return ANSWERED if near >= SURE_NAMED else CLOSEST
    return _in_passing(names, near, is_named=best.named and worded)


def _in_passing(names: str, near: float, *, is_named: bool) -> Judgement:
    """Judge by nearness what is said of names that no source near the question is devoted to."""
    if is_named:
        return ANSWERED if near >= SURE else CLOSEST
    if near >= SURE_PASSING:
        return CLOSEST
    return Judgement("declined", f"The library mentions {names} only in passing.")


def _unmet(
    question: Question, evidence: Evidence, top: Sequence[Scored], near: float
) -> Judgement | None:
    """Return what the best sentences lack of the kind of thing asked for; None for nothing."""
    if evidence.unsaid:
        return Judgement("weak", f"No text of the library says {listed(evidence.unsaid, 'or')}.")
    answer_type = ANSWER_TYPES.get(question.kind)
    texts = [_said(sentence, evidence) for sentence in top]
    if answer_type is not None and not answer_type.is_said(question, evidence, texts):
        return Judgement("weak", answer_type.reason.format(subject=question.subject))
    unsure = near < SURE_EXACT or question.kind in (*_EVENTS, "yes-no")
    if question.kind in _EXACT and unsure and _relation_unsaid(question, top):
        return CLOSEST
    return None


def _defines(question: Question, evidence: Evidence, top: Sequence[Scored]) -> bool:
    """Tell whether the best sentence says what a definition was asked of."""
    best = [_said(top[0], evidence)]
    return question.kind == "definition" and says_subject(question, evidence, best)


def _said(sentence: Scored, evidence: Evidence) -> str:
    """Return what a sentence says, under the subject where it is its entry in a glossary."""
    thing = evidence.thing
    return entry_of(sentence.candidate, thing) if thing else sentence.candidate.text


def _relation_unsaid(question: Question, top: Sequence[Scored]) -> bool:
    """Tell whether little is said of what is asked besides the names: "born" of "X was born"."""
    if not question.words or not question.entities:
        return False
    if question.kind == "person" and any(tells_maker(s.candidate.text) for s in top):
        return False  # created, trained, built: one verb stands for another
    telling = [sentence for sentence in top if sentence.rest >= LEAST_REST]
    if question.kind in _EVENTS:
        return not any(sentence.named for sentence in telling)
    return not telling


def _unmentioned(status: AnswerStatus, names: Sequence[str]) -> Judgement:
    reason = f"No text of the library that could be read mentions {listed(names, 'or')}."
    return Judgement(status, reason)


def _unread(question: Question, evidence: Evidence) -> Judgement:
    """Say that the pages of the entries that say the names never came; or that nothing is near."""
    if not evidence.unread:
        return NOTHING_NEAR
    entries = sum(len(source.entries) for source in evidence.unread)
    names = listed(question.entities, "and")
    if entries == 1:
        return Judgement("declined", f"1 entry names {names}; its page could not be read.")
    pages = {1: "no page", 2: "neither page"}.get(len(evidence.unread), "none of the pages")
    return Judgement("declined", f"{entries} entries name {names}; {pages} could be read.")
