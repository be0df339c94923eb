"""Connections over real sockets: clients that never finish what they send, and clients that are too
many.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from serving import running

from litsearch.config import ServeConfig
from litsearch.server import app as api
from litsearch.server import service
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.state import State

SOON = 0.5
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(service, "ARRIVAL_SECONDS", SOON)
    monkeypatch.setattr(service, "TAKEN_SECONDS", 2 * SOON)
    monkeypatch.setattr(service, "MOST", 20)
    library: Any = SimpleNamespace(generation=SimpleNamespace(id="g1"))
    app = api.create_app(library, LOCAL_HOSTS, state=State(library, None, ServeConfig(rate=0.0)))
    server = service.server(app, "127.0.0.1", 0)
    with running(server) as port:
        yield port


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        yield client


def seconds_until_cut(client: socket.socket, piece: bytes) -> float:
    """How long the service listens to a client that sends a piece now and then."""
    began = time.monotonic()
    while time.monotonic() - began < 20:
        try:
            client.send(piece)
            client.settimeout(0.05)
            if not client.recv(1000):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b""),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n", b"x: y\r\n"),
        (REQUEST + b"GET /", b"a"),
        # refused at once
        (b"POST /search HTTP/1.1\r\nHost: other\r\ncontent-length: 90000\r\n\r\n", b"a"),
    ],
    ids=["nothing", "headers", "second request", "body"],
)
def test_a_request_that_never_ends_is_cut_off(port: int, start: bytes, piece: bytes) -> None:
    with connected(port) as client:
        client.sendall(start)
        assert seconds_until_cut(client, piece) < SOON + 5


def test_a_client_that_is_slow_but_not_too_slow_is_served(port: int) -> None:
    with connected(port) as client:
        for _ in range(2):  # on one connection, together longer than one request may take
            for part in (REQUEST[:10], REQUEST[10:30], REQUEST[30:]):
                client.sendall(part)
                time.sleep(SOON / 4)
            reply = HTTPResponse(client)
            reply.begin()
            assert (reply.status, json.loads(reply.read())["status"]) == (200, "ok")


def test_connections_are_bounded_and_come_free_again(port: int) -> None:
    with ExitStack() as opened:
        held = [opened.enter_context(connected(port)) for _ in range(service.MOST)]
        time.sleep(SOON / 5)
        with connected(port) as one_more:
            assert seconds_until_cut(one_more, b"") < SOON
        assert all(seconds_until_cut(client, b"") < SOON + 5 for client in held)
    assert httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).status_code == 200


LARGE = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
MANY = 200  # replies: more than what the systems at both ends keep for a client that does not read


def asked_much(port: int) -> tuple[socket.socket, bytes]:
    """A connection that asks for more than it is given room for, and the first bytes of the first
    reply.
    """
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(LARGE * MANY)
    return client, client.recv(1000)


def test_a_client_that_never_takes_its_reply_is_cut_off(port: int) -> None:
    client, first = asked_much(port)
    with client:
        assert first.startswith(b"HTTP/1.1 200")
        looking = select.poll()
        looking.register(client, 0)  # errors alone
        began = time.monotonic()
        assert looking.poll(20_000), "the connection is still held"
        assert SOON < time.monotonic() - began < SOON + 7


def test_a_client_that_takes_its_reply_slowly_gets_it_whole(port: int) -> None:
    client, got = asked_much(port)
    with client:
        size = len(httpx.get(f"http://127.0.0.1:{port}/openapi.json", trust_env=False).text)
        wanted, seen, began = MANY * size, len(got), time.monotonic()
        while seen < wanted:
            time.sleep(SOON / 20)
            piece = client.recv(wanted // 100)
            assert piece
            seen += len(piece)
        assert time.monotonic() - began > 4 * SOON
