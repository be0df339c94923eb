"""Wrong tokens are slowed and counted; a right one never waits."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from litsearch.config import ServeConfig
from litsearch.server import auth
from litsearch.server.app import create_app
from litsearch.server.auth import Guesses, home_of, read_tokens
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.state import State

TOKEN = "t" * 20


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "FIRST_DELAY", 0.02)
    monkeypatch.setattr(auth, "LONGEST_DELAY", 0.1)


def client(**settings: Any) -> TestClient:
    tokens = read_tokens(Path(), "", {"LITSEARCH_TOKENS": f"me read {TOKEN}"})
    generation = SimpleNamespace(id="g1", vectors=[], manifest=SimpleNamespace(counts={}))
    library: Any = SimpleNamespace(generation=generation, reranks=False)
    state = State(library, None, ServeConfig(rate=0.0, **settings))
    app = create_app(library, LOCAL_HOSTS, state=state, tokens=tokens)
    return TestClient(app, raise_server_exceptions=False)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.usefixtures("quick")
def test_each_wrong_token_of_an_address_takes_longer() -> None:
    guesses = Guesses()

    async def guess(count: int, address: str) -> float:
        began = time.monotonic()
        for _ in range(count):
            assert await guesses.wait(address)
        return time.monotonic() - began

    async def both() -> tuple[float, float]:
        return await guess(5, "a"), await guess(1, "b")

    slow, other = asyncio.run(both())
    assert slow >= 0.02 + 0.04 + 0.08 + 0.1 + 0.1
    assert other < 0.1
    assert (guesses.count("a"), guesses.count("b"), guesses.count("c")) == (5, 1, 0)
    assert guesses.total == 6


@pytest.mark.usefixtures("quick")
def test_many_at_once_wait_one_after_the_other_and_the_rest_is_refused() -> None:
    guesses = Guesses()

    async def many() -> list[bool]:
        return await asyncio.gather(*(guesses.wait("a") for _ in range(20)))

    began = time.monotonic()
    waited = asyncio.run(many())
    assert waited.count(True) == auth.QUEUE
    assert time.monotonic() - began >= 0.1 * (auth.QUEUE - 4)


@pytest.mark.usefixtures("quick")
def test_wrong_tokens_are_counted_and_a_right_one_passes_at_once() -> None:
    to = client()
    for n in range(4):
        assert to.get("/metrics", headers=bearer(f"wrong-token-{n:08}")).status_code == 401
    began = time.monotonic()
    metrics = to.get("/metrics", headers=bearer(TOKEN))
    assert time.monotonic() - began < 0.5
    assert "litsearch_wrong_tokens_total 4.0" in metrics.text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("", "testclient", False),
    ],
)
def test_all_addresses_of_a_home_are_counted_together(one: str, other: str, same: bool) -> None:
    assert (home_of(one) == home_of(other)) == same


def test_without_a_token_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "FIRST_DELAY", 60.0)
    monkeypatch.setattr(auth, "LONGEST_DELAY", 60.0)
    to = client()
    began = time.monotonic()
    for _ in range(20):
        assert to.get("/metrics").status_code == 401
    assert time.monotonic() - began < 60


def test_what_is_known_of_addresses_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "ADDRESSES", 10)
    monkeypatch.setattr(auth, "FIRST_DELAY", 0.0)
    guesses = Guesses()

    async def many() -> None:
        for n in range(50):
            await guesses.wait(str(n))

    asyncio.run(many())
    assert len(guesses._records) == 10
