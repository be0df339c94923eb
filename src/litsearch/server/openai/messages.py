"""Read the messages of a conversation, and write the answer piece by piece, as it is verified."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from litsearch.app import suggestions
from litsearch.patterns import expression
from litsearch.server.openapi import MAX_QUERY
from litsearch.server.problems import ApiError
from litsearch.server.search import AnswerStream
from litsearch.server.state import State
from litsearch.types import Answer, AnswerSentence, Filters, Turn
from litsearch.views.answers import marked, pieces, quotes_in, tail
from litsearch.views.json import citation_view

MAX_TURNS = 10
MAX_ANSWER = 6000  # characters of an earlier answer
TITLE_WORDS = 6

# Chat front ends ask the model to name, tag and continue a chat: that is no question to a library.
_VERBS = "generate|create|provide|write|suggest|come up with|give|summari[sz]e|reflect"
_TALK = r"\b(?:chat|conversation|dialog\w*|messages?)\b"
_TASK = expression(
    r"^\s*(?:#{1,4} *Task:|(?:You are\b.{0,300}?[.\n]\s*)?(?:Your task is to |Please )?"
    rf"(?:{_VERBS})\b.{{0,160}}?(?:"
    rf"\b(?:title|tags|follow[- ]?up)\b.{{0,160}}{_TALK}|{_TALK}.{{0,120}}\btitle\b"
    r"|\bfitting emoji\b))",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = {
    "text": expression(r"autocompletion", re.IGNORECASE),
    "emoji": expression(r"\bfitting emoji\b", re.IGNORECASE),
    "follow_ups": expression(r"follow[-_ ]?ups?", re.IGNORECASE),
    "title": expression(r"\btitle\b", re.IGNORECASE),
    "tags": expression(r"\btags\b", re.IGNORECASE),
    "queries": expression(r"\bquer(?:y|ies)\b", re.IGNORECASE),
}
# The field that a front end asks for, and where its task ends and the chat begins.
_FIELD = expression(r"[\"'](title|tags|follow_ups|queries|text)[\"']\s*:")
_CHAT = expression(r"<chat_history>|^#+ *Chat History", re.IGNORECASE | re.MULTILINE)
EMOJI = "\N{OPEN BOOK}"
_SAID = expression(r"^\s*(?:USER|Human):\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_REFERENCE = expression(r"^\[\d+\] .*$", re.MULTILINE)

# What would change the reply, with the values that are as good as none.
UNSUPPORTED: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "tool_choice": ("auto", "none"),
    "function_call": ("auto", "none"),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "audio": (),
    "logit_bias": ({},),
    "prediction": (),
    "web_search_options": (),
    "store": (False,),
    "previous_response_id": (),
    "conversation": (),
    "background": (False,),
    "prompt": (),
}


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: Literal["text", "input_text", "output_text", "refusal"]
    text: str = ""


class Message(BaseModel):
    """A message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """Return its words."""
        if isinstance(self.content, list):
            return " ".join(part.text for part in self.content)
        return self.content or ""


def refuse_unsupported(extra: Mapping[str, Any]) -> None:
    """Raise ApiError for a parameter that would change the reply and cannot be honoured."""
    for name, harmless in UNSUPPORTED.items():
        value = extra.get(name)
        if value is not None and value not in harmless:
            detail = f"The parameter {name!r} is not supported with this value."
            raise ApiError(400, detail, param=name, code="unsupported_parameter")


def question_of(messages: Sequence[Message]) -> str:
    """Return what the user said last, as far as a question may be long; "" for nothing."""
    for message in reversed(messages):
        if message.role == "user":
            return " ".join(message.text.replace("\0", " ").split())[:MAX_QUERY]
    return ""


def turns_of(messages: Sequence[Message]) -> list[Turn]:
    """Return the questions before the last one with what was answered to them, oldest first."""
    turns: list[Turn] = []
    for message in messages:
        text = message.text
        if message.role == "user":
            turns.append(Turn(" ".join(text.split())[:MAX_QUERY]))
        elif message.role == "assistant" and turns and text:
            # The titles under an answer are no part of what was said.
            answer = _REFERENCE.sub("", text).strip()[:MAX_ANSWER]
            turns[-1] = Turn(turns[-1].question, answer, quotes_in(text))
    return [turn for turn in turns[:-1] if turn.question][-MAX_TURNS:]


def word_count(messages: Iterable[Message]) -> int:
    """Return how many words the messages have."""
    return sum(len(message.text.split()) for message in messages)


def helper_reply(messages: Sequence[Message]) -> str:
    """Return the reply to a front end that wants a title, tags or queries; "" for a question of the
    user.
    """
    text = messages[-1].text if messages else ""
    if not _TASK.search(text):
        return ""
    kind = _kind(text)
    if kind == "title":
        title = _title(messages)
        return json.dumps({"title": title}, ensure_ascii=False) if "json" in text.lower() else title
    if kind == "emoji":
        return EMOJI
    nothing: str | list[str] = "" if kind == "text" else []
    return json.dumps({kind: nothing}) if kind else "{}"


def followed_question(messages: Sequence[Message]) -> str:
    """Return the last question of the chat that a front end wants follow-ups to; "" when it wants
    none.
    """
    text = messages[-1].text if messages else ""
    if not _TASK.search(text) or _kind(text) != "follow_ups":
        return ""
    questions = _SAID.findall(text)
    return questions[-1].strip()[:MAX_QUERY] if questions else ""


def _kind(text: str) -> str:
    """Return what a task asks for: by the field of its JSON, else by its first words."""
    task = _CHAT.split(text, maxsplit=1)[0]
    if match := _FIELD.search(task):
        return match[1]
    return next((name for name, pattern in _KINDS.items() if pattern.search(task[:400])), "")


def _title(messages: Sequence[Message]) -> str:
    """Return the first words of the chat that is to be named."""
    match = _SAID.search(messages[-1].text)
    first = next((message.text for message in messages[:-1] if message.role == "user"), "")
    words = (match[1] if match else first or "Reading lists").split()
    return " ".join(words[:TITLE_WORDS]).rstrip("?.!,:;")


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
