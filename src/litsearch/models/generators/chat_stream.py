"""Reads what a server of the OpenAI protocol sends: events, lines of JSON or one body, content as
text or as parts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx

from litsearch.errors import ModelUnavailable
from litsearch.models.generators.reasoning import RESTART, without_reasoning

WHOLE = 180.0  # seconds for a response
MOST_BYTES = 2_000_000  # of one response

# Why a server says that a model stopped, where it wrote nothing.
_CAUSES = {
    "length": "it was cut off by its length, in its reasoning perhaps",
    "content_filter": "the server's filter held it back",
    "tool_calls": "it called a tool instead",
    "function_call": "it called a tool instead",
    "error": "the server failed",
}
_REFUSED = "it refused to"
_OTHER = "Use a model that answers without reasoning and tools, or ask again."
_DONE = ("[DONE]", "DONE", '"[DONE]"')
_STRANGE = "the response is not of this protocol"


def text_of(response: httpx.Response) -> Iterator[str]:
    """Yield the answer in a response, piece by piece, without reasoning.

    Raises ModelUnavailable when the server says that it failed or why it wrote nothing, and
    ValueError for what is not of this protocol or does not end.
    """
    reply = _Reply()
    silent = True
    for piece in without_reasoning(reply.contents(response)):
        silent = piece == RESTART or (silent and not piece.strip())
        yield piece
    if silent and reply.cause:
        raise ModelUnavailable(f"The language model wrote no answer: {reply.cause}.", _OTHER)


def body_of(response: httpx.Response) -> str:
    """Return the whole text of a response. Raises ValueError when it does not end."""
    return b"".join(_bounded(response)).decode("utf-8-sig", "replace")


@dataclass(slots=True)
class _Reply:
    """A reply while it is read: why it ended, and whether it comes in parts."""

    cause: str = ""
    in_parts: bool = False

    def contents(self, response: httpx.Response) -> Iterator[str]:
        """Yield what each event adds to the answer."""
        for event in _events(response):
            choice = _choice(event)
            self.cause = _CAUSES.get(str(choice.get("finish_reason")), self.cause)
            yield self._content(choice)

    def _content(self, choice: dict[str, Any]) -> str:
        """Return what a choice adds; some servers send the whole message again at the end."""
        if "delta" in choice:
            self.in_parts, message = True, choice["delta"]
        elif self.in_parts:
            return ""
        else:
            message = choice.get("message") or {"content": choice.get("text")}
        if not isinstance(message, dict):
            return ""
        if isinstance(message.get("refusal"), str):
            self.cause = _REFUSED
        return _words(message.get("content"))


def _events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """Yield the events of a response. Raises ValueError where nothing in it is of the protocol."""
    is_stream = False
    for name, data in _messages(_lines(response)):
        is_stream = is_stream or data in _DONE or data.startswith("{")
        if data in _DONE:
            return
        if name == "error":
            raise _failure(data)
        if data.startswith("{"):  # else a heartbeat
            yield _event(data)
    if not is_stream:
        raise ValueError("the response is not of this protocol")


def _messages(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the data of each event, whatever its media type says: of events, of lines
    of JSON, or of one body over several lines.
    """
    name, begun = "", list[str]()
    for line in lines:
        kind, value = _field(line)
        if kind == "body":
            yield name, value if _is_whole(value) else "\n".join([value, *lines])
        elif kind == "error":  # of llama-server, before it sent errors as events
            yield kind, value
        elif kind == "event":
            name = value
        elif kind == "data":
            begun.append(value)
        if _ends(kind, begun):
            yield name, "\n".join(begun)
            begun.clear()
    if begun:
        yield name, "\n".join(begun)


def _ends(kind: str, begun: Sequence[str]) -> bool:
    """Tell whether an event ends with a line; some servers leave out the empty one behind it."""
    return bool(begun) and (not kind or (len(begun) == 1 and _is_whole(begun[0])))


def _field(line: str) -> tuple[str, str]:
    """Return the name and the value of a line; "" for an empty one."""
    bare = line.strip()
    if bare.startswith("{"):
        return "body", bare
    name, colon, value = bare.partition(":")
    return name.strip() or colon, value.strip()


def _is_whole(data: str) -> bool:
    """Tell whether data needs no further line."""
    if data in _DONE:
        return True
    with suppress(ValueError):
        json.loads(data)
        return True
    return False


def _event(data: str) -> dict[str, Any]:
    """Return an event. Raises ModelUnavailable for one that says that the server failed."""
    event: dict[str, Any] = json.loads(data)
    failed = event.get("error") or _choice(event).get("error")
    if failed or ("choices" not in event and _sentence(event)):
        raise _failure(json.dumps(_choice(event)) if not event.get("error") and failed else data)
    return event


def _failure(data: str) -> ModelUnavailable:
    return ModelUnavailable(f"The model server failed: {message_of(data)}", "Ask again.")


def _choice(event: dict[str, Any]) -> dict[str, Any]:
    """Return the first choice without what is not said; the last event may count tokens alone."""
    with suppress(KeyError, IndexError, TypeError, AttributeError):
        choice = event["choices"][0]
        return {name: value for name, value in choice.items() if value is not None}
    return {}


def _words(content: object) -> str:
    """Return the text of a content, which may be a list of parts, some of them reasoning."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        is_text = content.get("type", "text") in ("text", "output_text")
        return _words(content.get("text", content.get("value"))) if is_text else ""
    if isinstance(content, list):
        return "".join(map(_words, content))
    return ""


def message_of(text: str) -> str:
    """Return the sentence in an error response, which servers put in different places."""
    with suppress(ValueError):
        text = _sentence(json.loads(text)) or text
    sentence = " ".join(text.split())[:300] or "it gave no reason"
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _sentence(problem: object) -> str:
    if isinstance(problem, list):
        return _sentence(problem[0]) if problem else ""
    if isinstance(problem, dict):
        places = ("error", "errors", "message", "detail", "msg")
        sentence = next(filter(None, (_sentence(problem.get(place)) for place in places)), "")
        minded = problem.get("param") or problem.get("loc")  # which parameter, beside the sentence
        return f"{sentence} ({minded})" if minded and str(minded) not in sentence else sentence
    return problem if isinstance(problem, str) else ""


def _lines(response: httpx.Response) -> Iterator[str]:
    """Yield the lines of a response, which any of the three line ends may divide."""
    rest, first = b"", True
    for chunk in _bounded(response):
        *whole, rest = (rest + chunk).splitlines(keepends=True) or [b""]
        if rest.endswith(b"\n"):
            whole, rest = [*whole, rest], b""
        for line in whole:
            yield line.decode("utf-8-sig" if first else "utf-8", "replace").rstrip("\r\n")
            first = False
    yield rest.decode("utf-8-sig" if first else "utf-8", "replace").rstrip("\r")


def _bounded(response: httpx.Response) -> Iterator[bytes]:
    """Yield the bytes of a response; one that is endless or drips is cut off with a ValueError."""
    left, deadline = MOST_BYTES, time.monotonic() + WHOLE
    for chunk in response.iter_bytes():
        left -= len(chunk)
        if left < 0 or time.monotonic() > deadline:
            raise ValueError("the response does not end")
        yield chunk
