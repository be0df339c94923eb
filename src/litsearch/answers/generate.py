"""Lets a language model word an answer, and keeps only what quotes of the sources support.

The model is taken for a liar: a sentence stands with the verbatim quote that supports it, or not at
all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Generator as Steps
from contextlib import closing
from dataclasses import dataclass, field, replace

from litsearch.answers.grounding import (
    REASONS,
    Excerpt,
    Quote,
    Refusal,
    Support,
    excerpt_of_citation,
    excerpt_of_hit,
    support,
)
from litsearch.answers.reply import Statement, declines, statements
from litsearch.errors import GenerationError
from litsearch.protocols import Generator
from litsearch.types import (
    Answer,
    AnswerSentence,
    AnswerStatus,
    AnswerStep,
    Citation,
    Hit,
    Wait,
)

READ = 12  # excerpts offered to a model; it reads as many as it has time for
LONGEST = 3_000  # characters of a model's text that are read
STEP = 20  # characters that must be new before the text is read again
MOST_STATEMENTS = 5
RESTART = "\f"  # see protocols.Generator
_ENDS = frozenset(".!?\n]】")  # what a finished statement may end with
_SILENT = "The language model gave no answer."
_DECLINED = "The language model finds no answer in the passages."


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether a quote says all of a claim, from a calibrated threshold on."""

    probability: Callable[[str, str], float] | None = None
    threshold: float = 1.0
    note: str = ""  # why there is no judge

    def supports(self, quote: str, claim: str) -> float:
        """Return the probability if it reaches the threshold, else 0. Raises GenerationError."""
        if self.probability is None:
            return 0.0
        probability = self.probability(quote, claim)
        return probability if probability >= self.threshold else 0.0


NOBODY = Judge()
FindJudge = Callable[[], Steps[Wait, None, Judge]]  # tells how far a calibration has come


def excerpts(extractive: Answer, hits: Sequence[Hit]) -> list[Excerpt]:
    """Return what a model may read: where the extractive answer stands, then the best passages."""
    cited = [excerpt_of_citation(citation) for citation in extractive.citations]
    readable = [hit for hit in hits if hit.passage.role in ("text", "table")]
    chosen: list[Excerpt] = []
    for excerpt in [*cited, *map(excerpt_of_hit, readable)]:
        if excerpt.sentences and not any(excerpt.overlaps(other) for other in chosen):
            chosen.append(excerpt)
    sources = {citation.passage.source_id for citation in extractive.citations}
    return [
        replace(excerpt, cited=excerpt.passage.source_id in sources) for excerpt in chosen[:READ]
    ]


def is_quoted(answer: Answer) -> bool:
    """Return True for an answer made of quotes to one question, which a model may word."""
    quotes = {citation.quote for citation in answer.citations}
    quoted = all(sentence.text in quotes for sentence in answer.sentences)
    return answer.status == "answered" and quoted and not answer.parts


def worded(
    model: Generator, extractive: Answer, given: Sequence[Excerpt], find_judge: FindJudge
) -> Iterator[AnswerStep]:
    """Yield each supported sentence after its citation, as soon as it is checked; then the answer.

    None says that the model is at work. Sentences that copy a source come as they are written;
    those in other words when the model has ended, since it is then free to judge. A model is asked
    only when the extractive answer stands firm. Raises GenerationError.
    """
    if extractive.status != "answered" or not given:
        return
    draft = _Draft(extractive, given, find_judge)
    with closing(model.generate(extractive.question, [one.reading for one in given])) as pieces:
        for statement in draft.listen(pieces):
            yield from draft.take(statement) if statement is not None else [None]
    yield from draft.judged()
    yield draft.answer(model)


@dataclass(slots=True)
class _Draft:
    """An answer while it is being made. Citations are numbered as they are used, from 1."""

    extractive: Answer
    given: Sequence[Excerpt]
    find_judge: FindJudge
    judge: Judge = NOBODY
    text: str = ""
    count: int = 0  # statements so far
    waiting: list[tuple[Statement, Support]] = field(default_factory=list)  # for the model's end
    sentences: list[AnswerSentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def listen(self, pieces: Iterable[str]) -> Iterator[Statement | None]:
        """Yield the model's statements as soon as they are whole; None after each piece."""
        read = 0
        for piece in pieces:
            yield None
            self.text = "" if piece == RESTART else self.text + piece
            if piece == RESTART:
                self.count = read = 0
            elif _ENDS.intersection(piece) and self._has_grown(read):
                read = len(self.text)
                yield from self._new(whole=False)
            if len(self.text) > LONGEST or self.count >= MOST_STATEMENTS:
                return
        yield from self._new(whole=True)

    def _has_grown(self, read: int) -> bool:
        """True when enough is new to read all of the text again."""
        return len(self.text) - read >= STEP + len(self.text) // 20

    def _new(self, *, whole: bool) -> Iterator[Statement]:
        found = statements(self.text[:LONGEST], whole=whole)
        for statement in found[self.count : MOST_STATEMENTS]:
            self.count += 1
            yield statement

    def take(self, statement: Statement) -> Iterator[AnswerStep]:
        """Yield the sentence of a statement that copies a source, unless one before it waits."""
        if declines(statement.text):
            return
        found = support(statement, self.given, self.extractive.question)
        if isinstance(found, Refusal):
            self.dropped[found.kind] += 1
        elif self._repeats(statement):
            return
        elif found.copy and not self.waiting:
            yield from self._keep(statement, found.quote, found.share)
        else:
            self.waiting.append((statement, found))

    def judged(self) -> Iterator[AnswerStep]:
        """Yield the sentences that waited, those in other words only if the judge is sure."""
        if any(not found.copy for _, found in self.waiting):
            self.judge = yield from self.find_judge()
        for statement, found in self.waiting:
            yield None
            share = found.share if found.copy else self._judgement(found)
            if share:
                yield from self._keep(statement, found.quote, share)
            else:
                self.dropped["judge" if self.judge.probability else "unjudged"] += 1

    def _judgement(self, found: Support) -> float:
        """The judge's probability, if it is high enough; a judge that fails is asked no more."""
        try:
            return self.judge.supports(found.quote.text, found.claim)
        except GenerationError as error:
            self.judge = Judge(note=str(error))
            return 0.0

    def _keep(self, statement: Statement, quote: Quote, share: float) -> Iterator[AnswerStep]:
        citation = self._citation(quote)
        if citation not in self.citations:
            self.citations.append(citation)
            yield citation
        sentence = AnswerSentence(statement.text, (citation.n,), min(1.0, share), worded=True)
        self.sentences.append(sentence)
        yield sentence

    def _citation(self, quote: Quote) -> Citation:
        source, passage = quote.excerpt.source, quote.excerpt.passage
        for citation in self.citations:
            same = citation.passage.source_id == passage.source_id
            if same and (citation.start, citation.end) == (quote.start, quote.end):
                return citation
        number = len(self.citations) + 1
        return Citation(number, quote.text, quote.start, quote.end, passage, source)

    def _repeats(self, statement: Statement) -> bool:
        earlier = [sentence.text for sentence in self.sentences]
        earlier += [waiting.text for waiting, _ in self.waiting]
        return any(_plain(statement.text) == _plain(text) for text in earlier)

    def answer(self, model: Generator) -> Answer:
        """Return what stands: the model's sentences, then the quotes that they do not cover."""
        reason = self._reason()
        if not self.sentences:
            doubted = declines(self.text)
            status: AnswerStatus = "weak" if doubted else self.extractive.status
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

    def _uncovered(self) -> list[AnswerSentence]:
        """The extractive sentences that no worded one covers: the best always, the others while
        the answer is no longer than it would be without a model.
        """
        covered = list(self.citations)
        length = len(self.sentences)
        rest: list[AnswerSentence] = []
        for place, sentence in enumerate(self.extractive.sentences):
            quotes = self._quotes(sentence)
            if any(_overlap(quote, other) for quote in quotes for other in covered):
                continue
            if place == 0 or length + len(rest) < len(self.extractive.sentences):
                rest.append(sentence)
        return rest

    def _quotes(self, sentence: AnswerSentence) -> list[Citation]:
        return [one for one in self.extractive.citations if one.n in sentence.citations]

    def _add(self, sentence: AnswerSentence) -> None:
        """Add an extractive sentence with its citations, numbered on."""
        first = len(self.citations) + 1
        added = [replace(one, n=first + i) for i, one in enumerate(self._quotes(sentence))]
        self.citations += added
        self.sentences.append(replace(sentence, citations=tuple(one.n for one in added)))

    def _reason(self) -> str:
        """Say how many sentences of the model were left out, and why."""
        parts = [self.extractive.reason] if self.extractive.reason else []
        left_out = sum(self.dropped.values())
        if left_out:
            causes = "; ".join(f"{REASONS[kind]} ({n})" for kind, n in self.dropped.most_common())
            noun = "sentence" if left_out == 1 else "sentences"
            parts.append(f"{left_out} {noun} of the language model left out: {causes}.")
        elif not self.sentences:
            parts.append(_DECLINED if declines(self.text) else _SILENT)
        if self.dropped["unjudged"] and self.judge.note:
            parts.append(self.judge.note)
        return " ".join(parts)


def _overlap(one: Citation, other: Citation) -> bool:
    same = one.passage.source_id == other.passage.source_id
    return same and one.start < other.end and other.start < one.end


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
