"""Answers as events over a real socket, worded by a model in a process of its own: who leaves, and
what dies.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from answers.test_liars import QUOTES, extractive
from models import generators
from serving import running

from litsearch.answers.excerpts import Excerpt, excerpts
from litsearch.app import answering
from litsearch.app.answering import Answering
from litsearch.app.library import Library
from litsearch.config import Config
from litsearch.models.subprocess_generator import SubprocessGenerator
from litsearch.protocols import Generator
from litsearch.server.app import create_app
from litsearch.types import Answer


class Wording(Answering):
    """The usual way of answering, with the quotes given and the model at hand."""

    def __init__(self, model: SubprocessGenerator) -> None:
        super().__init__(Path(), Config(), lambda text: np.ones(1, np.float32))
        self.model = model

    def _generator(self, name: str) -> Generator:
        return self.model

    def _corpus(self, *_: object) -> None:  # type: ignore[override]
        """Ask nothing of a library."""

    def _excerpts(self, _: object, extractive: Answer, *__: object) -> list[Excerpt]:  # type: ignore[override]
        return excerpts(extractive, ())


def quoted(_: object, question: str, **__: object) -> Answer:
    return replace(extractive(QUOTES[:2]), question=question)


class Worded(Library):
    """A library that is only asked."""

    generation = None  # type: ignore[assignment]

    def __init__(self, model: SubprocessGenerator) -> None:
        self.model = model
        self._wording = Wording(model)

    def _answering(self) -> Answering:
        return self._wording


@pytest.fixture(scope="module")
def library() -> Iterator[Worded]:
    library = Worded(SubprocessGenerator("scripted", generators.scripted, timeout=60))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answering, "answer", quoted)
        yield library
    library.model.close()


@pytest.fixture(scope="module")
def port(library: Worded) -> Iterator[int]:
    server = uvicorn.Server(
        uvicorn.Config(create_app(library), port=0, log_level="error", lifespan="off")
    )
    with running(server) as port:
        yield port


@contextmanager
def asked(port: int, question: str) -> Iterator[http.client.HTTPResponse]:
    body = {"question": question, "generator": "llama_cpp"}
    with posted(port, "/ask", body) as response:
        yield response


@contextmanager
def posted(port: int, path: str, body: dict[str, Any]) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection.request("POST", path, json.dumps(body), headers)
    response = connection.getresponse()
    try:
        yield response
    finally:
        response.close()
        connection.close()


def events_of(response: http.client.HTTPResponse) -> list[tuple[str, dict[str, Any]]]:
    told: list[tuple[str, dict[str, Any]]] = []
    for part in response.read().decode().split("\n\n"):
        if part.startswith("event:"):
            name, data = part.split("\n")
            told.append((name[7:], json.loads(data[6:])))
    return told


def process_of(library: Worded) -> str:
    return "".join(library.model.generate("who", ["a"]))


def test_who_closes_the_connection_stops_the_model_within_a_second(
    library: Worded, port: int
) -> None:
    before = process_of(library)
    for question in ("slowly", "for ever"):
        with asked(port, question) as response:
            assert response.readline() == b"event: sources\n"
            time.sleep(0.3)  # the model is at work
        began = time.monotonic()
        assert process_of(library) == before  # the same process, free again
        assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("path", "body", "event"),
    [
        ("/ask", {"question": "copying", "generator": "llama_cpp"}, b"event: sentence\n"),
        (
            "/v1/chat/completions",
            {"messages": [{"role": "user", "content": "copying"}], "model": "litsearch-llama_cpp"},
            b'"delta": {"content": "Fernadapt trains 40 times fewer weights than Mossnet. [1]"}',
        ),
        (
            "/v1/responses",
            {"input": "copying", "model": "litsearch-llama_cpp"},
            b'"delta": "Fernadapt trains 40 times fewer weights than Mossnet. [1]"',
        ),
    ],
)
def test_a_sentence_is_streamed_once_it_is_verified(
    library: Worded,
    port: int,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: dict[str, Any],
    event: bytes,
) -> None:
    monkeypatch.setattr(Worded, "generators", lambda self: ["llama_cpp"])
    with posted(port, path, body | ({} if path == "/ask" else {"stream": True})) as response:
        for line in response:  # the model never ends by itself
            if event in line:
                break
        else:
            pytest.fail("The sentence did not come.")


@pytest.mark.parametrize(
    ("question", "why"), [("crash", "SIGSEGV"), ("exit", "exit code 3"), ("bug", "KeyError")]
)
def test_a_model_that_dies_is_an_error_event_and_the_answer_stands_without_it(
    port: int, question: str, why: str
) -> None:
    with asked(port, question) as response:
        told = events_of(response)
    assert [name for name, _ in told] == ["sources", "error", "answer"]
    assert why in told[1][1]["detail"]
    assert (told[2][1]["generator"], told[2][1]["status"]) == ("extractive", "answered")
    assert why in told[2][1]["reason"]


def test_a_wait_for_the_calibration_of_a_model_is_told(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with asked(port, "in other words") as response:
        told = events_of(response)
    progress = [data for name, data in told if name == "progress"]
    total = progress[0]["total"]
    assert [data["done"] for data in progress] == list(range(1, total + 1))
    assert {data["total"] for data in progress} == {total}
    assert "too weak to judge" in told[-1][1]["reason"]

    with asked(port, "in other words") as response:
        again = events_of(response)
    assert not [name for name, _ in again if name == "progress"]
