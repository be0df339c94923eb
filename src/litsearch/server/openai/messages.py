"""Read the messages of a conversation: the question, the turns before it, and what a client asks
for itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from litsearch.patterns import expression
from litsearch.server.parameters import MAX_QUERY
from litsearch.server.problems import ApiError
from litsearch.types import Turn
from litsearch.views.spoken import quotes_in

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
