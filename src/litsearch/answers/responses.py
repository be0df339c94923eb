"""The answers to several questions of one message, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litsearch.answers.draft import Draft
from litsearch.types import AnswerPart, AnswerSentence, AnswerStatus, Citation, Hit

QUOTES_OF_A_PART = 2  # where a message asks several questions


@dataclass(frozen=True, slots=True)
class Response:
    """What one question got."""

    question: str
    draft: Draft
    nearest: tuple[Hit, ...] = ()
    parts: tuple[AnswerPart, ...] = ()
    whole: bool = True  # False for what is no question: it is repeated as it came


def together(responses: Sequence[Response]) -> Response:
    """Join the answers to several questions, in their order; one that is declined says so in the
    reason.
    """
    if len(responses) == 1:
        return responses[0]
    joined = _Joined([], [], [], [])
    for response in responses:
        joined.add(response)

    question = " ".join(response.question for response in responses)
    sentences, citations = tuple(joined.sentences), tuple(joined.citations)
    parts = tuple(joined.parts)
    if sentences and any(part.status == "answered" for part in parts):
        return Response(question, Draft(sentences, citations), parts=parts)

    status: AnswerStatus = "weak" if sentences else "declined"
    draft = Draft(sentences, citations, status, " ".join(joined.reasons))
    nearest = next(filter(None, (response.nearest for response in responses)), ())
    return Response(question, draft, nearest, parts)


@dataclass(frozen=True, slots=True)
class _Joined:
    """The answers to several questions, as they are put together."""

    sentences: list[AnswerSentence]
    citations: list[Citation]
    parts: list[AnswerPart]
    reasons: list[str]

    def add(self, response: Response) -> None:
        """Put one answer behind the others, without what these quote already."""
        draft, numbers = response.draft, dict[int, int]()
        for citation in draft.citations:
            if len(numbers) < QUOTES_OF_A_PART:
                self._cite(citation, numbers)
        for sentence in draft.sentences:
            markers = tuple(filter(None, map(numbers.get, sentence.citations)))
            if markers and not self._says(sentence):
                self.sentences.append(replace(sentence, citations=markers))
        markers = tuple(numbers.values())
        self.parts.append(AnswerPart(response.question, draft.status, draft.reason, markers))
        if draft.reason:
            self.reasons.append(f"“{response.question}”: {draft.reason}")

    def _cite(self, citation: Citation, numbers: dict[int, int]) -> None:
        """Give a citation its number: that of an earlier one, if it is the same quote."""
        overlapping = [other for other in self.citations if _overlap(citation, other)]
        if not overlapping:
            numbers[citation.n] = len(self.citations) + 1
            self.citations.append(replace(citation, n=numbers[citation.n]))
        elif overlapping[0].quote == citation.quote:
            numbers[citation.n] = overlapping[0].n

    def _says(self, sentence: AnswerSentence) -> bool:
        return any(sentence.text == other.text for other in self.sentences)


def _overlap(first: Citation, other: Citation) -> bool:
    same = first.source.source_id == other.source.source_id
    return same and first.start < other.end and other.start < first.end
