"""Replies are made once for requests that are the same, within a generation and a size."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from litsearch.config import ServeConfig
from litsearch.server import app
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.state import LARGEST_REPLY, Replies, State
from litsearch.types import Results


class Shelf:
    """A library that counts its searches, and can get a new generation before or while it searches."""

    def __init__(self) -> None:
        self.generation, self.reranks = SimpleNamespace(id="g1"), False
        self.searches, self.meanwhile = 0, ""

    def search(self, query: str, **_: Any) -> Results:
        self.searches += 1
        if self.meanwhile:
            self.generation = SimpleNamespace(id=self.meanwhile)
        return Results(query, "hybrid", self.generation.id, (), float(self.searches))


def client(library: Any) -> TestClient:
    return TestClient(
        app.create_app(library, LOCAL_HOSTS, state=State(library, None, ServeConfig(rate=0.0))),
        raise_server_exceptions=False,
    )


def test_the_same_request_is_searched_once_a_generation() -> None:
    shelf = Shelf()
    to = client(shelf)
    first = to.get("/search", params={"q": "tides", "kind": "paper"})
    assert to.get("/search", params={"q": "tides", "kind": "paper"}).content == first.content
    assert to.post("/search", json={"q": "tides", "kind": ["paper"]}).content == first.content
    assert shelf.searches == 1
    for other in ({"q": "tides"}, {"q": "Tides", "kind": "paper"}, {"q": "tides", "kind": "paper", "k": "3"},
                  {"q": "tides", "kind": "paper", "mode": "dense"}, {"q": "tides", "unread": "true"}):  # fmt: skip
        before = shelf.searches
        assert to.get("/search", params=other).status_code == 200
        assert shelf.searches == before + 1
    shelf.generation = SimpleNamespace(id="g2")
    assert to.get("/search", params={"q": "tides", "kind": "paper"}).json()["generation"] == "g2"


def test_what_another_generation_found_meanwhile_is_not_remembered() -> None:
    shelf = Shelf()
    to = client(shelf)
    shelf.meanwhile = "g2"
    to.get("/search", params={"q": "tides"})
    shelf.meanwhile = ""
    to.get("/search", params={"q": "tides"})
    to.get("/search", params={"q": "tides"})
    assert shelf.searches == 2


def test_what_depends_on_time_is_made_anew() -> None:
    shelf = Shelf()
    to = client(shelf)
    for _ in range(2):
        to.get("/search", params={"q": "tides", "budget": "300ms"})
    shelf.reranks = True
    for _ in range(2):
        to.get("/search", params={"q": "tides"})
    assert shelf.searches == 4


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 40))))
def test_the_size_is_bounded_and_the_latest_stay(asked: list[tuple[str, int]]) -> None:
    replies, used = Replies(most=100), []
    for name, size in asked:
        body = replies.get("g", name)
        if body is None:
            body = b"x" * size
            replies.put("g", name, body)
        used = [one for one in used if one[0] != name] + [(name, body)]
        kept = dict(replies._bodies)
        assert sum(len(key) + len(value) for key, value in kept.items()) == replies._size <= 100
        assert list(kept.items()) == used[len(used) - len(kept) :]


def test_a_large_body_drives_nothing_out() -> None:
    replies = Replies()
    assert replies.get("g", "small") is None
    replies.put("g", "small", b"x")
    replies.put("g", "large", b"x" * LARGEST_REPLY)
    assert (replies.get("g", "small"), replies.get("g", "large")) == (b"x", None)
