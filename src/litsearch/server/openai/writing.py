"""Write an answer piece by piece, as it is verified, for replies that are streamed or whole."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from litsearch.app import suggestions
from litsearch.server.openai.messages import (
    Message,
    followed_question,
    helper_reply,
    question_of,
    turns_of,
)
from litsearch.server.state import State
from litsearch.server.streaming import AnswerStream
from litsearch.types import Answer, AnswerSentence, Filters
from litsearch.views.json import citation_view
from litsearch.views.spoken import marked, pieces, tail

NO_QUESTION = "There is no question in these messages."
Finish = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text to be appended; the last piece has the answer, if the library was asked."""

    text: str
    answer: Answer | None = None
    finish: Finish = "stop"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a reply ends before its end."""

    words: int | None = None
    stops: tuple[str, ...] = ()


class Writing:
    """A reply that is being written. It must be closed, so that the model stops."""

    def __init__(self, text: str, stream: AnswerStream | None, limits: Limits) -> None:
        self._text, self._stream, self._limits = text, stream, limits

    @classmethod
    async def begin(
        cls,
        state: State,
        messages: Sequence[Message],
        generator: str | None,
        filters: Filters,
        limits: Limits,
    ) -> Writing:
        """Begin to answer the last message. Raises QueryError, ConfigError, HTTPException."""
        helper, question = helper_reply(messages), question_of(messages)
        if near := followed_question(messages):
            helper = await _follow_ups(state, near)
        if helper or not question:
            return cls(helper or NO_QUESTION, None, limits)
        turns = turns_of(messages)
        library = state.library
        steps = library.answering(question, generator=generator, turns=turns, filters=filters)
        return cls("", await AnswerStream.begin(state, steps), limits)

    async def pieces(self) -> AsyncIterator[Piece]:
        """Yield the text as it is verified; at least one piece."""
        if self._stream is None:
            yield Piece(self._text)
            return

        written = ""
        answer: Answer | None = None
        async for step in self._stream:
            if isinstance(step, Answer):
                answer = step
            elif isinstance(step, AnswerSentence):
                text = (" " if written else "") + marked(step)
                if not _fits(written + text, self._limits):
                    break
                written += text
                yield Piece(text)
        if answer is not None:
            for piece in _rest(answer, written, self._limits):
                yield piece

    async def whole(self) -> list[Piece]:
        """Return all pieces."""
        try:
            return [piece async for piece in self.pieces()]
        finally:
            self.close()

    def close(self) -> None:
        """Stop the model, if one is at work."""
        if self._stream is not None:
            self._stream.close()


async def _follow_ups(state: State, near: str) -> str:
    """Return questions that the library answers, near another one, as a front end shows them."""
    questions = await state.asking(lambda: suggestions.questions(state.library, near))
    return json.dumps({"follow_ups": questions}, ensure_ascii=False)


def _rest(answer: Answer, written: str, limits: Limits) -> Iterator[Piece]:
    """Yield what of the answer has not been written yet, then what follows its sentences."""
    text = ""
    finish: Finish = "stop"
    for piece in pieces(answer):
        longer = text + piece
        if not _fits(longer, limits):
            finish = "length"
            break
        text = longer

    # The answer that stands may be another one than the model began.
    begun = text.startswith(written)
    rest = text.removeprefix(written) if begun else f"\n\n{text}"
    if rest:
        yield Piece(rest)
    yield Piece(tail(answer) if finish == "stop" else "", answer, finish)


def _fits(text: str, limits: Limits) -> bool:
    if limits.words is not None and len(text.split()) > limits.words:
        return False
    return not any(stop and stop in text for stop in limits.stops)


def cited(answer: Answer | None) -> dict[str, Any]:
    """Return the citations as POST /ask gives them, and what kind of answer they support."""
    if answer is None:
        return {"citations": [], "status": "declined"}
    return {
        "citations": [citation_view(citation) for citation in answer.citations],
        "status": answer.status,
    }
