"""Answers as server-sent events, over a library that says what the test wants."""

from __future__ import annotations

import json
import time
from collections.abc import Generator
from typing import Any

import pytest
from answers.test_liars import QUOTES, extractive
from fastapi.testclient import TestClient

from litsearch.errors import IndexCorrupt, QueryError
from litsearch.server import search
from litsearch.server.app import create_app
from litsearch.types import Answer, AnswerSentence

STREAM = {"Accept": "text/event-stream"}


class Said:
    """A library that answers in these steps."""

    def __init__(self, *steps: Answer | AnswerSentence | Exception | float) -> None:
        self._steps = steps
        self.closed = False

    def answering(
        self, question: str, **_: object
    ) -> Generator[Answer | AnswerSentence, None, None]:
        try:
            for step in self._steps:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, float):
                    time.sleep(step)
                else:
                    yield step
        finally:
            self.closed = True


def ask(library: Said) -> tuple[int, list[tuple[str, Any]], str]:
    client = TestClient(create_app(library))  # type: ignore[arg-type]
    response = client.post("/ask", json={"question": "what?"}, headers=STREAM)
    parts = [part.split("\n") for part in response.text.split("\n\n") if part.startswith("event:")]
    return response.status_code, [(e[7:], json.loads(d[6:])) for e, d in parts], response.text


def test_sources_then_sentences_then_the_answer() -> None:
    given = extractive(QUOTES[:2])
    library = Said(given, AnswerSentence("Fernadapt is small.", (1,), 0.9), given)
    status, told, _ = ask(library)
    assert status == 200
    assert [name for name, _ in told] == ["sources", "sentence", "answer"]
    assert told[0][1]["citations"][1]["quote"] == QUOTES[1]
    sentence = {"text": "Fernadapt is small.", "citations": [1], "support": 0.9}
    assert told[1][1] | sentence == told[1][1]
    assert told[2][1]["status"] == "answered"
    assert library.closed


def test_an_extractive_answer_is_its_own_sources() -> None:
    _, told, _ = ask(Said(extractive(QUOTES[:1])))
    assert [name for name, _ in told] == ["sources", "answer"]
    assert told[0][1] == told[1][1]


def test_an_error_is_an_event_and_not_a_cut_line() -> None:
    _, told, _ = ask(Said(extractive(QUOTES[:1]), IndexCorrupt("half is gone", "build again")))
    assert told[-1] == (
        "error",
        {"title": "IndexCorrupt", "detail": "half is gone", "hint": "build again"},
    )


def test_what_nobody_thought_of_is_an_event_too() -> None:
    _, told, _ = ask(Said(extractive(QUOTES[:1]), ZeroDivisionError("a secret")))
    assert told[-1] == (
        "error",
        {"title": "ZeroDivisionError", "detail": "The answer broke off.", "hint": "Ask again."},
    )


def test_what_cannot_be_asked_is_refused_with_a_status() -> None:
    assert ask(Said(QueryError("too long")))[0] == 422


def test_silence_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "HEARTBEAT", 0.05)
    given = extractive(QUOTES[:1])
    _, told, text = ask(Said(given, 0.3, given))
    assert ": still at work" in text
    assert [name for name, _ in told] == ["sources", "answer"]
