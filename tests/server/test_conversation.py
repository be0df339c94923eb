"""A conversation through POST /ask with turns and through /v1/chat/completions: the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import Shelf
from fastapi.testclient import TestClient

from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.server.app import create_app
from litsearch.server.middleware import LOCAL_HOSTS

pytestmark = pytest.mark.slow

TALK = ("what is DoRA?", "tell me more", "who is its CEO?", "the second one", "why?")
View = dict[str, Any]


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> Iterator[TestClient]:
    with open_library(shelf.folder, load_config(shelf.folder)) as library:
        yield TestClient(create_app(library, LOCAL_HOSTS), raise_server_exceptions=False)


def by_turns(client: TestClient) -> list[View]:
    """Ask with the turns before, as the page does."""
    turns: list[View] = []
    views: list[View] = []
    for question in TALK:
        view: View = client.post("/ask", json={"question": question, "turns": turns}).json()
        quotes = [citation["quote"] for citation in view["citations"]]
        turns.append({"question": question, "answer": view["answer"], "quotes": quotes})
        views.append(view)
    return views


def by_messages(client: TestClient) -> list[View]:
    """Chat as with a language model."""
    messages: list[View] = []
    views: list[View] = []
    for question in TALK:
        messages.append({"role": "user", "content": question})
        view: View = client.post("/v1/chat/completions", json={"messages": messages}).json()
        content = view["choices"][0]["message"]["content"]
        messages.append({"role": "assistant", "content": content})
        views.append(view)
    return views


@pytest.mark.parametrize("talk", [by_turns, by_messages])
def test_each_turn_adds_what_was_not_shown_or_is_declined(
    client: TestClient, talk: Callable[[TestClient], list[View]]
) -> None:
    views = talk(client)
    assert (views[0]["status"], views[2]["status"]) == ("answered", "declined")
    assert views[0]["citations"]
    assert views[1]["citations"]
    quotes = [citation["quote"] for view in views for citation in view["citations"]]
    assert len(set(quotes)) == len(quotes)


def test_both_doors_quote_the_same(client: TestClient) -> None:
    pairs = zip(by_turns(client), by_messages(client), strict=True)
    for one, other in pairs:
        assert one["citations"] == other["citations"]
