"""Any server that speaks the OpenAI protocol (llama-server, Ollama, vLLM), streamed over HTTP."""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import httpx

from litsearch.errors import GenerationError, ModelUnavailable, PromptTooLong
from litsearch.models.prompt import fingerprint, instructions, request
from litsearch.protocols import Pieces
from litsearch.types import Parameters

ANSWER = 512  # tokens of an answer; some servers count what a model thinks
SEED = 1
CONNECT, SILENCE, WHOLE = 5.0, 60.0, 180.0  # seconds: to connect, between two pieces, for an answer
MOST_BYTES = 2_000_000  # of one response
_START = "Start the server, or correct base_url under [answer] in config/litsearch.toml."
_KEY = "Put the server's key into LITSEARCH_ANSWER_API_KEY."
_MODEL = "Set model under [answer] to a model that the server has; `litsearch models` names them."


class OpenAI:
    """A model behind base_url, such as http://127.0.0.1:8080/v1. An empty model means the first
    that the server has.
    """

    def __init__(self, base_url: str, model: str = "", key: str | None = None) -> None:
        self.name = f"openai:{model}" if model else "openai"
        self.parameters: Parameters = (
            ("temperature", 0),
            ("seed", SEED),
            ("answer_tokens", ANSWER),
            ("prompt", fingerprint()),
        )
        self._base, self._model = base_url.rstrip("/"), model
        self._client = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(SILENCE, connect=CONNECT),
            trust_env=not _is_local(base_url),  # no proxy stands between a machine and itself
        )

    def generate(self, question: str, quotes: Sequence[str]) -> Pieces:
        """An answer, piece by piece. Raises ModelUnavailable, PromptTooLong."""
        messages = [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": request(question, quotes)},
        ]
        settings = {"temperature": 0, "seed": SEED, "max_tokens": ANSWER, "stream": True}
        try:
            body = {"model": self._model or self.models()[0], "messages": messages, **settings}
            with self._client.stream(
                "POST", f"{self._base}/chat/completions", json=body
            ) as response:
                lines = _lines(response)
                if response.status_code != 200:
                    raise self._refusal(response.status_code, "\n".join(lines))
                yield from _pieces(lines)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise self._unreachable(error) from None

    def models(self) -> list[str]:
        """What the server says it has, never empty. Raises ModelUnavailable."""
        try:
            with self._client.stream("GET", f"{self._base}/models") as response:
                text = "\n".join(_lines(response))
            if response.status_code != 200:
                raise self._refusal(response.status_code, text)
            names = [str(row["id"]) for row in json.loads(text)["data"]]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from None
        except (ValueError, KeyError, TypeError):
            raise ModelUnavailable(
                f"What answers at {self._base} is no model server.", _START
            ) from None
        if not names:
            raise ModelUnavailable(f"The server at {self._base} has no model.", _MODEL)
        return names

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _unreachable(self, error: Exception) -> ModelUnavailable:
        if isinstance(error, httpx.ReadTimeout):
            return ModelUnavailable(
                f"The model server at {self._base} said nothing for {SILENCE:g} s.",
                "Try a smaller model.",
            )
        if isinstance(
            error,
            httpx.ConnectError
            | httpx.ConnectTimeout
            | httpx.InvalidURL
            | httpx.UnsupportedProtocol,
        ):
            return ModelUnavailable(f"No model server answers at {self._base}.", _START)
        return ModelUnavailable(
            f"The model server at {self._base} broke off: {str(error)[:200]}.", "Ask again."
        )

    def _refusal(self, status: int, text: str) -> GenerationError:
        """What a status means; the server's own words are told, as far as they are words."""
        said = _message(text)
        if status in (401, 403):
            return ModelUnavailable(
                f"The model server at {self._base} wants another key ({status}).", _KEY
            )
        if status in (400, 413, 422) and any(
            word in said.lower() for word in ("context", "too long", "too large")
        ):
            return PromptTooLong(
                f"The question and its quotes do not fit the model's context: {said}",
                "Use a longer context.",
            )
        if status == 404:
            return ModelUnavailable(
                f"The server at {self._base} has no such model or address: {said}", _MODEL
            )
        hint = "Ask again later." if status == 429 or status >= 500 else _START
        return ModelUnavailable(
            f"The model server at {self._base} refused ({status}): {said}", hint
        )


def _lines(response: httpx.Response) -> Iterator[str]:
    """The lines of a response; one that is endless or drips is cut off."""
    left, deadline, rest = MOST_BYTES, time.monotonic() + WHOLE, b""
    for chunk in response.iter_bytes():
        left -= len(chunk)
        if left < 0 or time.monotonic() > deadline:
            raise ValueError("the response does not end")
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line.decode("utf-8", "replace").rstrip("\r") for line in whole)
    yield rest.decode("utf-8", "replace")


def _pieces(lines: Iterator[str]) -> Iterator[str]:
    """The text of server-sent events, or of a plain response from a server that does not stream."""
    for line in lines:
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        if not data or (data == line.strip() and not data.startswith("{")):
            continue  # comments, heartbeats, names of events
        event = _json(data)
        if "error" in event:
            raise ModelUnavailable(f"The model server failed: {_message(data)}", "Ask again.")
        if piece := _text(event):
            yield piece


def _text(event: dict[str, Any]) -> str:
    """What an event adds to the text; the last may count tokens and say nothing."""
    with suppress(KeyError, IndexError, TypeError, AttributeError):
        choice = event["choices"][0]
        piece = (choice.get("delta") or choice["message"])["content"]
        return piece if isinstance(piece, str) else ""
    return ""


def _json(data: str) -> dict[str, Any]:
    event = json.loads(data)
    if not isinstance(event, dict):
        raise ValueError("the response is not of this protocol")
    return event


def _message(text: str) -> str:
    """The sentence in an error response."""
    with suppress(ValueError, AttributeError):
        error = json.loads(text).get("error", text)
        text = str(error.get("message", error) if isinstance(error, dict) else error)
    return " ".join(text.split())[:300] or "it gave no reason"


def _is_local(url: str) -> bool:
    host = httpx.URL(url).host if url.startswith(("http://", "https://")) else ""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
