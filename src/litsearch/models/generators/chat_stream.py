"""Reads what a server of the OpenAI protocol sends: events or one body, content as text or as
parts, without the reasoning that many models write before their answer.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import httpx

from litsearch.errors import ModelUnavailable
from litsearch.patterns import expression

WHOLE = 180.0  # seconds for a response
MOST_BYTES = 2_000_000  # of one response
RESTART = "\f"  # a piece that says: what came before was no part of the answer

_NAMES = (
    r"(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad"
    r"|(?:START|END)_THINKING|(?:begin|end)_of_thought)"
)
# <think>, <|START_THINKING|>, [THINK], ◁think▷, and the channels of gpt-oss.
_OPENING = expression(
    rf"<\|?{_NAMES}\|?>|\[THINK\]|◁think▷"
    r"|<\|channel\|>\s*(?:analysis|commentary)[^<]*<\|message\|>",
    re.IGNORECASE,
)
# "assistantfinal" is what is left of gpt-oss's channels where a server leaves out their marks.
_CLOSING = expression(
    rf"</{_NAMES}>|assistantfinal(?=\W|[A-Z])"
    r"|<\|(?:END_THINKING|end_of_thought)\|>|\[/THINK\]|◁/think▷"
    r"|(?:<\|end\|>)?(?:<\|start\|>assistant)?<\|channel\|>\s*final\s*<\|message\|>",
    re.IGNORECASE,
)
# Why a server says that a model stopped, where it wrote nothing.
_CAUSES = {
    "length": "it was cut off by its length, in its reasoning perhaps",
    "content_filter": "the server's filter held it back",
    "tool_calls": "it called a tool instead",
    "function_call": "it called a tool instead",
}
_OTHER = "Use a model that answers without reasoning and tools, or ask again."
# What may become a mark with the next piece, and the marks that end a turn.
_UNFINISHED = expression(
    r"(?:<[^<>]{0,40}|<\|[^<>]{0,40}\|>[^<>]{0,20}|\[/?[A-Z]{0,5}|◁[^▷]{0,8}"
    r"|assistant(?:final|\w{0,4}))$"
)
_TURN = expression(r"<\|(?:end|return|im_end|eot_id|start|message|channel)\|>|</s>|<end_of_turn>")


def text_of(response: httpx.Response) -> Iterator[str]:
    """Yield the answer in a response, piece by piece, without reasoning.

    Raises ModelUnavailable when the server says that it failed or why it wrote nothing, and
    ValueError for what is not of this protocol or does not end.
    """
    last: dict[str, Any] = {}

    def contents() -> Iterator[str]:
        for event in _events(response):
            last.update(_choice(event))
            yield _content(event)

    silent = True
    for piece in without_reasoning(contents()):
        silent = piece == RESTART or (silent and not piece.strip())
        yield piece
    cause = _CAUSES.get(str(last.get("finish_reason")))
    if silent and cause:
        raise ModelUnavailable(f"The language model wrote no answer: {cause}.", _OTHER)


def body_of(response: httpx.Response) -> str:
    """Return the whole text of a response. Raises ValueError when it does not end."""
    return b"".join(_bounded(response)).decode("utf-8", "replace")


def without_reasoning(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text outside of reasoning; RESTART when all before it turns out to be reasoning.

    Some servers leave out the mark that opens reasoning, since it stands in their prompt.
    """
    text, thinking = "", False
    for piece in pieces:
        text += piece
        while mark := _first_mark(text):
            opens = mark.re.pattern == _OPENING.pattern
            before, text = text[: mark.start()], text[mark.end() :]
            if opens and not thinking:
                yield from _clean(before)
            elif not opens and not thinking:
                yield RESTART
            thinking = opens

        unfinished = _UNFINISHED.search(text)
        settled = unfinished.start() if unfinished else len(text)
        if not thinking:
            yield from _clean(text[:settled])
        text = text[settled:]
    if not thinking:
        yield from _clean(text)


def _first_mark(text: str) -> re.Match[str] | None:
    """The first mark that opens or closes reasoning; some closing marks look like opening ones."""
    marks = [mark for mark in (_CLOSING.search(text), _OPENING.search(text)) if mark]
    return min(marks, key=lambda mark: mark.start(), default=None)


def _clean(text: str) -> Iterator[str]:
    bare = _TURN.sub("", text)
    if bare:
        yield bare


def _events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """Yield the events of a response; a server that does not stream sends one body."""
    if "json" in response.headers.get("content-type", ""):
        yield _event(body_of(response))
        return
    lines = _lines(response)
    for line in lines:
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        if data == "{":  # a body over several lines that does not say its kind
            yield _event("\n".join([data, *lines]))
        elif data and (data != line.strip() or data.startswith("{")):
            yield _event(data)  # else a comment, a heartbeat, the name of an event


def _event(data: str) -> dict[str, Any]:
    event = json.loads(data)
    if not isinstance(event, dict):
        raise ValueError("the response is not of this protocol")
    if event.get("error") or event.get("object") == "error":
        raise ModelUnavailable(f"The model server failed: {message_of(data)}", "Ask again.")
    return event


def _choice(event: dict[str, Any]) -> dict[str, Any]:
    """Return the first choice without what is not said; the last event may count tokens alone."""
    with suppress(KeyError, IndexError, TypeError, AttributeError):
        choice = event["choices"][0]
        return {name: value for name, value in choice.items() if value is not None}
    return {}


def _content(event: dict[str, Any]) -> str:
    """Return what an event adds to the answer."""
    choice = _choice(event)
    message = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
    return _words(message.get("content")) if isinstance(message, dict) else ""


def _words(content: object) -> str:
    """Return the text of a content, which may be a list of parts, some of them reasoning."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        told = content.get("type", "text") in ("text", "output_text")
        return _words(content.get("text", content.get("value"))) if told else ""
    if isinstance(content, list):
        return "".join(map(_words, content))
    return ""


def message_of(text: str) -> str:
    """Return the sentence in an error response, which servers put in different places."""
    with suppress(ValueError):
        text = _sentence(json.loads(text)) or text
    return " ".join(text.split())[:300] or "it gave no reason"


def _sentence(problem: object) -> str:
    if isinstance(problem, list):
        return _sentence(problem[0]) if problem else ""
    if isinstance(problem, dict):
        places = ("error", "message", "detail", "msg")
        sentence = next(filter(None, (_sentence(problem.get(place)) for place in places)), "")
        minded = problem.get("param") or problem.get("loc")  # which parameter, beside the sentence
        return f"{sentence} ({minded})" if minded and str(minded) not in sentence else sentence
    return problem if isinstance(problem, str) else ""


def _lines(response: httpx.Response) -> Iterator[str]:
    rest = b""
    for chunk in _bounded(response):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip("\r")
    yield rest.decode("utf-8", "replace")


def _bounded(response: httpx.Response) -> Iterator[bytes]:
    """Yield the bytes of a response; one that is endless or drips is cut off with a ValueError."""
    left, deadline = MOST_BYTES, time.monotonic() + WHOLE
    for chunk in response.iter_bytes():
        left -= len(chunk)
        if left < 0 or time.monotonic() > deadline:
            raise ValueError("the response does not end")
        yield chunk
