"""Lets a language model word an answer, and keeps only what quotes of the sources support.

The model is taken for a liar: a sentence stands with the verbatim quote that supports it, or not at
all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import product
from operator import itemgetter

from litsearch.answers.agreement import bearing
from litsearch.answers.calibration import NOBODY, FindJudge, Judge
from litsearch.answers.claims import is_beside, leans, says_again, without_further
from litsearch.answers.excerpts import Excerpt
from litsearch.answers.grounding import REASONS, Quote, Refusal, Support, support
from litsearch.answers.question import read_question
from litsearch.answers.reply import Statement, declines, spelled_out, statements
from litsearch.answers.wishes import asked
from litsearch.errors import GenerationError
from litsearch.protocols import Generator
from litsearch.types import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    AnswerStep,
    Citation,
)

LONGEST = 3_000  # characters of a model's text that are read
STEP = 20  # characters that must be new before the text is read again
MOST_STATEMENTS = 5
EXPLAINED = ("how", "why")
RESTART = "\f"  # see protocols.Generator
_ENDS = frozenset(".!?\n]】")  # what a finished statement may end with
_SILENT = "The language model gave no answer."
_DECLINED = "The language model finds no answer in the passages."


def is_quoted(answer: Answer) -> bool:
    """Return True for an answer made of quotes to one question, which a model may word."""
    quotes = {citation.quote for citation in answer.citations}
    texts = {sentence.text for sentence in answer.sentences}
    return answer.status == "answered" and texts <= quotes and not answer.parts


def worded(
    model: Generator, extractive: Answer, excerpts: Sequence[Excerpt], find_judge: FindJudge
) -> Iterator[AnswerStep]:
    """Yield each supported sentence after its citation, as soon as it is checked; then the answer.

    None says that the model is at work. Sentences that copy a source come as they are written;
    those in other words when the model has ended, since it is then free to judge. A model is asked
    only when the extractive answer stands firm. Raises GenerationError.
    """
    if extractive.status != "answered" or not excerpts:
        return
    draft = _Draft(extractive, excerpts, find_judge)
    passages = [excerpt.told_under_title for excerpt in excerpts]
    with closing(model.generate(asked(extractive.question), passages)) as pieces:
        try:
            for statement in draft.listen(pieces):
                yield from draft.take(statement)
        except GenerationError as error:  # what it had written stands if it is supported
            if not draft.count:
                raise
            draft.failure = f"{error} {error.hint}"
    yield from draft.judged()
    yield draft.answer(model)


_Wording = tuple[Statement, Support]


@dataclass(slots=True)
class _Draft:
    """An answer while it is being made. Citations are numbered as they are used, from 1."""

    extractive: Answer
    given: Sequence[Excerpt]
    find_judge: FindJudge
    judge: Judge = NOBODY
    text: str = ""
    count: int = 0  # statements so far
    before: str = ""  # the statement before
    first: str = ""  # the first of all
    failure: str = ""  # what broke the text off
    waiting: list[list[_Wording]] = field(default_factory=list)  # for the model's end
    aside: list[tuple[Statement, Quote, float]] = field(default_factory=list)  # not to open with
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def listen(self, pieces: Iterable[str]) -> Iterator[Statement | None]:
        """Yield the model's statements as soon as they are whole; None after each piece."""
        read = 0
        for piece in pieces:
            yield None
            if piece == RESTART:
                self.text = ""
                self.count = read = 0
                continue
            self.text += piece
            if _ENDS.intersection(piece) and self._has_grown(read):
                read = len(self.text)
                yield from self._new(whole=False)
            if len(self.text) > LONGEST or self.count >= MOST_STATEMENTS:
                return
        yield from self._new(whole=True)

    def _has_grown(self, read: int) -> bool:
        """True when enough is new to read all of the text again."""
        return len(self.text) - read >= STEP + len(self.text) // 20

    def _new(self, *, whole: bool) -> Iterator[Statement]:
        read = statements(self.text[:LONGEST], whole=whole)
        for statement in read[self.count : MOST_STATEMENTS]:
            self.count += 1
            yield statement

    def take(self, statement: Statement | None) -> Iterator[AnswerStep]:
        """Yield the sentence of a statement that copies a source, unless one before it waits; None
        for no statement.
        """
        if statement is None:
            yield None
        elif not declines(statement.text) and not self._repeats(statement):
            yield from self._checked(statement)

    def _checked(self, wording: Statement) -> Iterator[AnswerStep]:
        statement = spelled_out(wording, self.before, self.extractive.question)
        self.before = statement.text
        self.first = self.first or statement.text
        wordings = self._supported(statement)
        if not wordings:
            return
        whole, evidence = wordings[0]
        if evidence.copy and not self.waiting:
            yield from self._keep(whole, evidence.quote, evidence.share)
        else:
            self.waiting.append(wordings)

    def _supported(self, statement: Statement) -> list[_Wording]:
        """Return a statement as it is, then without what it goes on to say, each with its quote
        where there is one: of what stands behind ", which", small models invent most.
        """
        wordings: list[_Wording] = []
        reasons: list[str] = []
        for text in filter(None, (statement.text, without_further(statement.text))):
            wording = replace(statement, text=text)
            evidence = support(wording, self.given, self.extractive.question)
            if isinstance(evidence, Refusal):
                reasons.append(evidence.kind)
            else:
                wordings.append((wording, evidence))
        if not wordings:
            self.dropped[reasons[0]] += 1
        return wordings

    def judged(self) -> Iterator[AnswerStep]:
        """Yield the sentences that waited, those in other words only if the judge is sure."""
        if not all(wordings[0][1].copy for wordings in self.waiting):
            self.judge = yield from self.find_judge()
        for wordings in self.waiting:
            yield None
            shares = ((*wording, self._judgement(wording[1])) for wording in wordings)
            statement, evidence, share = next(filter(itemgetter(2), shares), (*wordings[0], 0.0))
            if share:
                yield from self._keep(statement, evidence.quote, share)
            elif self.judge.probability:
                self.dropped["judge"] += 1
            else:
                self.dropped["unjudged"] += 1

    def _judgement(self, evidence: Support) -> float:
        """The share of a copy; else the judge's probability, if it is high enough. A judge that
        fails is asked no more.
        """
        if evidence.copy:
            return evidence.share
        quote = bearing(evidence.quote.text, evidence.claim)
        try:
            return self.judge.supports(quote, evidence.claim)
        except GenerationError as error:
            self.judge = Judge(note=str(error))
            return 0.0

    def _keep(self, statement: Statement, quote: Quote, share: float) -> Iterator[AnswerStep]:
        unfit = "" if self.sentences else self._unfit_to_open(statement.text)
        late = not self.sentences and self._is_late(statement.text)
        if (late or unfit == "beside") and not self._is_of_the_best(quote):
            self.aside.append((statement, quote, share))
            return
        if unfit:
            self.dropped[unfit] += 1
            return
        if self._says_again(statement.text, quote):
            self.dropped["again"] += 1
        else:
            yield from self._cite(statement, quote, share)

    def _says_again(self, text: str, quote: Quote) -> bool:
        """True when a sentence with the same quote says most of a statement: it stands there."""
        n = self._citation(quote).n
        before = (sentence.text for sentence in self.sentences if n in sentence.citations)
        return any(says_again(text, other) for other in before)

    def _cite(self, statement: Statement, quote: Quote, share: float) -> Iterator[AnswerStep]:
        citation = self._citation(quote)
        if citation not in self.citations:
            self.citations.append(citation)
            yield citation
        sentence = AnswerSentence(statement.text, (citation.n,), min(1.0, share), worded=True)
        self.sentences.append(sentence)
        yield sentence

    def _unfit_to_open(self, text: str) -> str:
        """Name why a sentence should not be the first of an answer; "" when it may be."""
        if leans(text):
            return "leaning"
        question, best = self.extractive.question, self.extractive.sentences[0].text
        kind = read_question(question).kind
        if kind == "comparison":  # a sentence may tell one side
            return ""
        return "beside" if is_beside(text, question, best, number=kind == "number") else ""

    def _is_late(self, text: str) -> bool:
        """True for a further sentence on how or why: what it went on from was refused."""
        return text != self.first and read_question(self.extractive.question).kind in EXPLAINED

    def _is_of_the_best(self, quote: Quote) -> bool:
        """True for a quote that the best of the extractive answer has in it."""
        own, best = self._citation(quote), self.extractive.sentences[0]
        return any(_contains(citation, own) for citation in self._quotes(best))

    def _citation(self, quote: Quote) -> Citation:
        """The citation of a quote: that of the extractive answer where it is a part of one, so that
        nothing stands there twice.
        """
        source, passage = quote.excerpt.source, quote.excerpt.passage
        own = Citation(len(self.citations) + 1, quote.text, quote.start, quote.end, passage, source)
        for citation in self.citations:
            if _contains(citation, own):
                return citation
        for citation in self.extractive.citations:
            if _contains(citation, own):
                return replace(citation, n=own.n)
        return own

    def _repeats(self, statement: Statement) -> bool:
        earlier: list[AnswerSentence | Statement] = [*self.sentences]
        earlier += [wordings[0][0] for wordings in self.waiting]
        return _plain(statement.text) in {_plain(sentence.text) for sentence in earlier}

    def answer(self, model: Generator) -> Answer:
        """Return what stands: the model's sentences, then the quotes that they do not cover."""
        self._tell_aside()
        reason = self._reason()
        if not self.sentences:
            status: AnswerStatus = "weak" if self._declined else self.extractive.status
            return replace(self.extractive, status=status, reason=reason)
        for sentence in self._uncovered():
            self._add(sentence)
        return replace(
            self.extractive,
            sentences=tuple(self.sentences),
            citations=tuple(self.citations),
            generator=model.name,
            parameters=(*self.extractive.parameters, *model.parameters),
            reason=reason,
        )

    @property
    def _declined(self) -> bool:
        """True when the model began so; "Not answered" behind a statement is its end."""
        first, *_ = statements(self.text) or [Statement(self.text, ())]
        return declines(first.text)

    def _tell_aside(self) -> None:
        """Add what is true and should not open the answer: behind the best quote."""
        if self.aside and not self.sentences:
            self._add(self.extractive.sentences[0])
        for statement, quote, share in self.aside:
            list(self._cite(statement, quote, share))

    def _uncovered(self) -> list[AnswerSentence]:
        """The extractive sentences whose quotes stand under no worded one: nothing is hidden."""
        return [sentence for sentence in self.extractive.sentences if not self._covers(sentence)]

    def _covers(self, sentence: AnswerSentence) -> bool:
        """True when the quotes of an extractive sentence are citations of the answer."""
        pairs = product(self.citations, self._quotes(sentence))
        return any(_contains(citation, quote) for citation, quote in pairs)

    def _quotes(self, sentence: AnswerSentence) -> list[Citation]:
        return [quote for quote in self.extractive.citations if quote.n in sentence.citations]

    def _add(self, sentence: AnswerSentence) -> None:
        """Add an extractive sentence with its citations, numbered on."""
        numbers: list[int] = []
        for quote in self._quotes(sentence):
            numbers.append(len(self.citations) + 1)
            self.citations.append(replace(quote, n=numbers[-1]))
        self.sentences.append(replace(sentence, citations=tuple(numbers)))

    def _reason(self) -> str:
        """Say how many sentences of the model were left out, and why."""
        parts = [self.extractive.reason, self.failure]
        if self.dropped:
            parts.append(self._losses())
        elif not self.sentences:
            parts.append(_DECLINED if self._declined else _SILENT)
        if self.dropped["unjudged"]:
            parts.append(self.judge.note)
        return " ".join(filter(None, parts))

    def _losses(self) -> str:
        causes = "; ".join(f"{REASONS[kind]} ({n})" for kind, n in self.dropped.most_common())
        left_out = self.dropped.total()
        noun = "sentence" if left_out == 1 else "sentences"
        return f"{left_out} {noun} of the language model left out: {causes}."


def _contains(outer: Citation, inner: Citation) -> bool:
    """True when one quote has all of another in it."""
    same = outer.passage.source_id == inner.passage.source_id
    return same and outer.start <= inner.start and inner.end <= outer.end


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
