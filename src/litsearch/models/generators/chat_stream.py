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

WHOLE = 180.0  # seconds for a response
MOST_BYTES = 2_000_000  # of one response
RESTART = "\f"  # a piece that says: what came before was no part of the answer

_NAMES = (
    r"(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|analysis|scratchpad"
    r"|(?:START|END)_THINKING|(?:begin|end)_of_thought)"
)
# <think>, <|START_THINKING|>, [THINK], ◁think▷, and the channels of gpt-oss.
_OPENING = re.compile(
    rf"<\|?{_NAMES}\|?>|\[THINK\]|◁think▷"
    r"|<\|channel\|>\s*(?:analysis|commentary)[^<]*<\|message\|>",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"</{_NAMES}>|<\|(?:END_THINKING|end_of_thought)\|>|\[/THINK\]|◁/think▷"
    r"|(?:<\|end\|>)?(?:<\|start\|>assistant)?<\|channel\|>\s*final\s*<\|message\|>",
    re.IGNORECASE,
)
# What may become a mark with the next piece, and the marks that end a turn.
_UNFINISHED = re.compile(
    r"(?:<[^<>]{0,40}|<\|[^<>]{0,40}\|>[^<>]{0,20}|\[/?[A-Z]{0,5}|◁[^▷]{0,8})$"
)
_TURN = re.compile(r"<\|(?:end|return|im_end|eot_id|start|message|channel)\|>|</s>|<end_of_turn>")


def text_of(response: httpx.Response) -> Iterator[str]:
    """Yield the answer in a response, piece by piece, without reasoning.

    Raises ModelUnavailable when the server says that it failed, and ValueError for what is not of
    this protocol or does not end.
    """
    yield from without_reasoning(_contents(response))


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
            opens = mark.re is _OPENING
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


def _contents(response: httpx.Response) -> Iterator[str]:
    """Yield what each event adds; a server that does not stream sends one body."""
    if "json" in response.headers.get("content-type", ""):
        yield _content(_event(body_of(response)))
        return
    for line in _lines(response):
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        if not data or (data == line.strip() and not data.startswith("{")):
            continue  # comments, heartbeats, names of events
        piece = _content(_event(data))
        if piece:
            yield piece


def _event(data: str) -> dict[str, Any]:
    event = json.loads(data)
    if not isinstance(event, dict):
        raise ValueError("the response is not of this protocol")
    if event.get("error"):
        raise ModelUnavailable(f"The model server failed: {message_of(data)}", "Ask again.")
    return event


def _content(event: dict[str, Any]) -> str:
    """Return what an event adds to the answer; the last may count tokens and say nothing."""
    with suppress(KeyError, IndexError, TypeError, AttributeError):
        choice = event["choices"][0]
        message = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
        return _words(message["content"])
    return ""


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
    """Return the sentence in an error response."""
    with suppress(ValueError, AttributeError):
        error = json.loads(text).get("error", text)
        text = str(error.get("message", error) if isinstance(error, dict) else error)
    return " ".join(text.split())[:300] or "it gave no reason"


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
