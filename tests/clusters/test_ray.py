"""A build on a cluster of Ray: who is let in, and what is lost on the way."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import grpc
import numpy as np
import pytest
from clusters import losses
from ray import exceptions

from litsearch.app.factories import load_vectors
from litsearch.clusters import ray as adapter
from litsearch.clusters.ray import RayCluster, connect
from litsearch.errors import ClusterUnavailable, ConfigError, ExtractError, WorkLost
from litsearch.index.generation import Generation, open_current

pytestmark = pytest.mark.slow  # to import Ray takes a second, in each process of the tests
SOURCES = 200
TOKEN = "the-token"


@pytest.fixture(autouse=True)
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("RAY_AUTH_TOKEN_PATH", "RAY_USE_TLS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", TOKEN)
    monkeypatch.setenv("HOME", str(tmp_path))


class Door(grpc.GenericRpcHandler):  # type: ignore[misc]
    """Answers any question of who has the token; token "": of everybody."""

    def __init__(self, token: str) -> None:
        self._token = token

    def service(self, call: Any) -> Any:
        metadata = dict(call.invocation_metadata)

        def answer(question: bytes, context: grpc.ServicerContext) -> bytes:
            if self._token and metadata.get("authorization") != f"Bearer {self._token}":
                context.abort(grpc.StatusCode.UNAUTHENTICATED, "who are you?")
            return b""

        return grpc.unary_unary_rpc_method_handler(answer)


@contextmanager
def door(token: str) -> Iterator[str]:
    """Yield the address of a head as far as it is seen before one is let in."""
    server = grpc.server(ThreadPoolExecutor(2), handlers=[Door(token)])
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


def test_a_cluster_that_lets_anybody_in_is_refused() -> None:
    with door("") as head, pytest.raises(ConfigError, match="lets anybody in") as told:
        connect(head)
    assert "RAY_AUTH_MODE=token" in told.value.hint


def test_a_token_that_is_refused_is_told() -> None:
    with door("another-token") as head, pytest.raises(ConfigError, match="refuses the token"):
        connect(head)


def test_a_head_that_is_away_is_told() -> None:
    with pytest.raises(ClusterUnavailable, match=r"No Ray answers at 127\.0\.0\.1:1\.") as told:
        connect("127.0.0.1:1")
    assert "[build]" in told.value.hint


def test_without_a_token_nobody_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RAY_AUTH_TOKEN")
    with pytest.raises(ConfigError, match="no token"):
        connect("127.0.0.1:1")
    monkeypatch.setenv("RAY_AUTH_TOKEN_PATH", str(tmp_path / "nothing"))
    with pytest.raises(ConfigError, match="nothing"):
        connect("127.0.0.1:1")
    (tmp_path / "nothing").write_text(f"{TOKEN}\n", "utf-8")
    with door(TOKEN) as head:
        adapter._knock(head, adapter._token())
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    with pytest.raises(ConfigError, match="turns off"):
        connect("127.0.0.1:1")


@pytest.mark.parametrize("failures", [2, 3])
def test_a_head_that_is_slow_is_asked_again(monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    slow = RuntimeError("Initialization failure: Starting Ray client server failed. See a log.")
    init = mock.Mock(side_effect=[*[slow] * failures, None])
    monkeypatch.setattr(adapter.ray, "init", init)
    monkeypatch.setattr(adapter, "RayCluster", str)
    monkeypatch.setattr(adapter, "BUSY", (0.01, 0.01))
    with door(TOKEN) as head:
        if failures == 2:
            assert connect(head) == head
        else:
            with pytest.raises(ClusterUnavailable, match="client server failed"):
                connect(head)
    assert init.call_count == 3


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (RuntimeError("Version mismatch: 2.1\n and 2.2"), ConfigError, "another version"),
        (ConnectionError("timed out"), ClusterUnavailable, "timed out"),
        (RuntimeError("odd"), ClusterUnavailable, "odd"),
    ],
)
def test_why_there_is_no_connection_is_told(
    error: Exception, kind: type[Exception], words: str
) -> None:
    failure = adapter._not_connected("head:1", error)
    assert isinstance(failure, kind)
    assert words in str(failure)


class _Reference:
    """What a call gives: results to come, one a time that it is begun."""

    def __init__(self, *outcomes: object) -> None:
        self._outcomes = list(outcomes)

    def __call__(self) -> _Reference:
        return self

    def future(self) -> Future[Any]:
        future: Future[Any] = Future()
        outcome = self._outcomes.pop(0)
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
        return future


@pytest.fixture
def machines() -> RayCluster:
    """A cluster without a connection."""
    cluster = RayCluster.__new__(RayCluster)
    cluster._head = "head:1"
    return cluster


LOST = exceptions.WorkerCrashedError()


def test_what_was_lost_is_begun_anew_so_often(machines: RayCluster) -> None:
    assert machines._future(_Reference(LOST, LOST, 3), (0.0, 0.0)).result(10) == 3
    with pytest.raises(WorkLost, match="head:1"):
        machines._future(_Reference(LOST, LOST, LOST), (0.0, 0.0)).result(10)


def test_errors_come_in_our_words(machines: RayCluster) -> None:
    ours = ExtractError("The document is empty.")
    assert machines._failure(ours) is ours
    assert isinstance(machines._failure(ConnectionError()), ClusterUnavailable)
    assert isinstance(machines._failure(ModuleNotFoundError("No module x")), ConfigError)
    assert "KeyError" in str(machines._failure(RuntimeError("trace\nKeyError: 3")))


def _contents(generation: Generation) -> tuple[Any, ...]:
    sources = generation.catalog.sources()
    return sources, [generation.catalog.passages_of(source.source_id) for source in sources]


@pytest.mark.timeout(3600)
def test_a_lost_worker_and_a_lost_node_change_nothing(tmp_path: Path) -> None:
    """One test, since its builds take minutes, and each of the suite's processes would run them."""
    outcome = _outcome(tmp_path)
    _holds_the_same(outcome)
    _is_as_polite(outcome)
    _lets_nobody_else_in(outcome)


def _outcome(folder: Path) -> Any:
    """Return what came of the builds of losses.py."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"]).returncode:
        pytest.skip(
            "There are no networks of one's own here, outside of which Ray must not listen."
        )
    command = losses.isolated("clusters.losses", str(SOURCES), str(folder))
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | paths
    )
    return json.loads(done.stdout) | {"folder": folder}


def _holds_the_same(outcome: Any) -> None:
    assert outcome["interrupted"]["code"] == 130
    assert outcome["cluster"]["code"] == 0, outcome["cluster"]["err"]
    assert outcome["cluster"]["lost_at"] < SOURCES
    here, there = (
        open_current(outcome["folder"] / name / "index", load_vectors)
        for name in ("local", "cluster")
    )
    assert here.counts["sources"] == SOURCES
    assert _contents(there) == _contents(here)
    assert np.array_equal(there.sentences, here.sentences)
    assert np.array_equal(there.sources, here.sources)
    for name in ("total", "indexed", "failed"):
        assert outcome["cluster"]["report"]["sources"][name] == (0 if name == "failed" else SOURCES)


def _is_as_polite(outcome: Any) -> None:
    assert outcome["at_once"] == 1
    again = outcome["asked_again"] - outcome["local"]["report"]["requests"]
    assert again <= 16, "more than were under way when machines were lost, and at Ctrl-C"


def _lets_nobody_else_in(outcome: Any) -> None:
    assert outcome["wrong"]["code"] == 2
    assert "refuses the token" in outcome["wrong"]["err"]
    assert set(outcome["listening"]) <= {"0100007F"}
    for build in ("wrong", "interrupted", "cluster"):
        assert "Traceback" not in outcome[build]["err"]
