"""Heads of requests as strangers write them: 4xx or a closed connection, never 500, never a hang."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import running

from litsearch.config import ServeConfig
from litsearch.errors import IndexMissing
from litsearch.server.app import create_app
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.service import server
from litsearch.server.state import State
from litsearch.types import Results

JSON = b"Content-Type: application/json\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /search HTTP/1.1\r\nHost: localhost\r\n" + JSON


class Shelf:
    """A library that finds nothing, and that can be taken away."""

    reranks = False
    gone = False

    @property
    def generation(self) -> Any:
        if self.gone:
            raise IndexMissing("The index is gone.", "Run `litsearch build`.")
        manifest = SimpleNamespace(counts={}, created="2026-01-01T00:00:00+00:00")
        return SimpleNamespace(id="g1", vectors=[], manifest=manifest)

    def search(self, query: str, **_: Any) -> Results:
        query.encode()
        return Results(query, "hybrid", self.generation.id, (), 0.1)


def app(library: Shelf, **chosen: Any) -> Any:
    state = State(library, None, ServeConfig(**({"rate": 0.0} | chosen)))  # type: ignore[arg-type]
    return create_app(library, LOCAL_HOSTS, state=state)  # type: ignore[arg-type]


AS_JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A client of a service that may write into a folder."""
    chosen = ServeConfig(rate=0.0, write=True, history=True)
    folder = tmp_path_factory.mktemp("writing")
    state = State(Shelf(), folder, chosen)  # type: ignore[arg-type]
    served = create_app(state.library, LOCAL_HOSTS, state=state)
    return TestClient(served, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(server(app(Shelf()), "127.0.0.1", 0)) as port:
        yield port


def reply_to(port: int, data: bytes) -> bytes:
    """Everything that comes back until the service closes, or is silent for a while."""
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.settimeout(1)
        client.sendall(data)
        reply = b""
        try:
            while piece := client.recv(65536):
                reply += piece
                client.settimeout(0.2)
        except (TimeoutError, ConnectionError):
            pass
        return reply


def statuses(reply: bytes) -> list[int]:
    lines = [line for line in reply.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    return [int(line.split()[1]) for line in lines]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (GET + b"Origin: http://[\r\n", 403),
        (GET + b"Origin: \xff\xfe\r\n", 403),
        (GET + b"Origin: null\r\n", 403),
        (GET + b"Origin: http://localhost\r\nOrigin: https://evil.example\r\n", 403),
        (GET + b"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: image\r\n", 403),
        (GET + b"Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        (GET + b"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: iframe\r\n", 403),
        (GET + b"Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document\r\n", 200),
        (GET + b"Sec-Fetch-Site: same-origin\r\nSec-Fetch-Dest: empty\r\n", 200),
        (GET + b"Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n", 200),
        (b"GET /healthz HTTP/1.1\r\nHost: [::1\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: a b\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost:\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", 400),
        (b"GET /healthz HTTP/1.1\r\n", 400),
        (b"GET http://[/ HTTP/1.1\r\nHost: localhost\r\n", 404),
        (b"GET /%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\n", 404),
        (b"GET /search?q=%ff HTTP/1.1\r\nHost: localhost\r\n", 200),
        (POST + b"Content-Length: x\r\n", 400),
        (POST + b"Content-Length: -1\r\n", 400),
        (POST + b"Content-Length: 1\r\nContent-Length: 2\r\n", 400),
        (POST + b"Content-Length: 0\r\nContent-Encoding: gzip\r\n", 415),
        (POST + b"Transfer-Encoding: gzip\r\n", 400),
        (b"NONSENSE\r\n", 400),
    ],
)
def test_what_is_malformed_is_refused(port: int, head: bytes, expected: int) -> None:
    reply = reply_to(port, head + b"\r\n")
    assert statuses(reply)[:1] == [expected], reply[:300]
    if expected != 200:
        body = json.loads(reply.partition(b"\r\n\r\n")[2].partition(b"HTTP/1.1")[0])
        assert body["status"] == expected


def test_two_lengths_close_the_connection(port: int) -> None:
    body = b"0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    reply = reply_to(port, head + body)
    assert statuses(reply) == [400]
    assert b"connection: close" in reply.lower()


@pytest.mark.parametrize(
    "body",
    [
        b'{"q": "\\ud800"}',
        b'{"q": "x", "k": 1e400}',
        b'{"q": "x", "year": [99999999999999999999]}',
        b"[" * 60_000,
        b'{"q": ' + b'{"a":' * 20_000,
        b"\xff\xfe\x00",
        b'{"q": "x"}\x00',
        b'"\xc3\x28"',
    ],
)
def test_bodies_that_are_no_request(port: int, body: bytes) -> None:
    head = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
    status = statuses(reply_to(port, head + body))
    assert status
    assert 400 <= status[0] < 500 or status == [200], (body[:40], status)


HALF = "a\\ud800b"
HALVES = {
    "/search": '{"q": "%s"}',
    "/ask": '{"question": "x", "turns": [{"question": "%s"}]}',
    "/v1/chat/completions": '{"messages": [{"role": "user", "content": "what is %s?"}]}',
    "/v1/responses": '{"input": "what is %s?"}',
    "/v1/embeddings": '{"input": ["%s"]}',
    "/notes": '{"source": "x", "start": 0, "end": 1, "quote": "%s"}',
    "/vault": '{"title": "%s", "text": "x"}',
    "/entries": '{"url": "https://a.example/", "remark": "%s"}',
}


@pytest.mark.parametrize("path", HALVES)
def test_half_a_character_is_refused_wherever_it_stands(writing: TestClient, path: str) -> None:
    for half in (HALF, "\\uDC00"):
        reply = writing.post(path, content=HALVES[path] % half, headers=AS_JSON)
        assert reply.status_code in (400, 422), reply.text
    whole = writing.post(path, content=HALVES[path] % "\\ud83d\\udcd6", headers=AS_JSON)
    assert "half a character" not in whole.text


@pytest.mark.parametrize(
    "answer", ['{"a": "\\ud800"}', '{"\\udfff": 1}', '{"a": [{"b": "\\\\\\ud900"}]}']
)
def test_a_conversation_with_half_a_character_is_refused(writing: TestClient, answer: str) -> None:
    turns = '{"turns": [{"question": "q", "answer": %s}]}'
    assert (
        writing.put("/conversations/x", content=turns % answer, headers=AS_JSON).status_code == 422
    )
    kept = writing.put("/conversations/x", content=turns % '{"a": "\\\\ud800"}', headers=AS_JSON)
    assert kept.status_code == 200
    assert writing.get("/conversations").json()["conversations"][0]["id"] == "x"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([b"Host", b"Origin", b"Content-Length", b"Transfer-Encoding",
                             b"Accept", b"If-None-Match", b"Authorization", b"X-Request-ID"]),
            st.binary(max_size=40).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b"")),
        ),
        max_size=6,
    ),
    st.binary(max_size=30),
)  # fmt: skip
def test_any_head_is_answered_or_closed(
    port: int, headers: list[tuple[bytes, bytes]], path: bytes
) -> None:
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    target = path.replace(b" ", b"").replace(b"\r", b"").replace(b"\n", b"")
    head = b"GET /" + target + b" HTTP/1.1\r\nConnection: close\r\n" + lines + b"\r\n"
    assert all(status < 500 for status in statuses(reply_to(port, head)))


def test_an_index_that_is_gone_is_told() -> None:
    library = Shelf()
    to = TestClient(app(library), raise_server_exceptions=False)
    assert to.get("/readyz").status_code == 200
    assert to.get("/search", params={"q": "x"}).status_code == 200
    library.gone = True
    for path in ("/readyz", "/search?q=x"):
        reply = to.get(path)
        assert reply.status_code == 503
        assert reply.json()["title"] == "IndexMissing"
    assert to.get("/healthz").status_code == 200


def test_pages_of_named_origins_may_call_and_no_others() -> None:
    asking = {"Access-Control-Request-Method": "POST", "Origin": "app://obsidian.md"}
    asking["Access-Control-Request-Headers"] = "authorization,content-type,x-stainless-os"
    closed = TestClient(app(Shelf()), raise_server_exceptions=False)
    assert closed.options("/v1/chat/completions", headers=asking).status_code == 403
    for origins in ("app://obsidian.md, https://a.example", ("app://obsidian.md",)):
        to = TestClient(app(Shelf(), origins=origins), raise_server_exceptions=False)
        preflight = to.options("/v1/chat/completions", headers=asking)
        assert preflight.status_code == 204
        assert preflight.headers["access-control-allow-origin"] == "app://obsidian.md"
        allowed = preflight.headers["access-control-allow-headers"].lower()
        assert {"authorization", "content-type", "x-stainless-os"} <= set(allowed.split(", "))
        reply = to.get("/search?q=x", headers={"Origin": "app://obsidian.md"})
        assert reply.headers["access-control-allow-origin"] == "app://obsidian.md"
        assert "Origin" in reply.headers["vary"]
        assert to.get("/search?q=x", headers={"Origin": "https://b.example"}).status_code == 403
        assert "access-control-allow-origin" not in to.get("/search?q=x").headers


def test_a_slow_head_keeps_no_other_waiting(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(GET)
        began = time.monotonic()
        assert statuses(reply_to(port, GET + b"Connection: close\r\n\r\n")) == [200]
        assert time.monotonic() - began < 1


@pytest.mark.parametrize("name", ["a" * 400, "a\0b", "../tokens", "/etc/passwd", "a/" * 99])
def test_no_list_is_found_by_a_name_that_no_list_has(tmp_path: Path, name: str) -> None:
    (tmp_path / "config" / "lists").mkdir(parents=True)
    state = State(Shelf(), tmp_path, ServeConfig(rate=0.0, write=True))  # type: ignore[arg-type]
    to = TestClient(create_app(state.library, LOCAL_HOSTS, state=state))
    reply = to.post("/entries", json={"url": "https://a.example", "list": name})
    assert reply.status_code == 409
    assert "no Markdown list" in reply.json()["detail"]


def test_the_folder_is_no_part_of_a_path(tmp_path: Path) -> None:
    state = State(Shelf(), tmp_path, ServeConfig(rate=0.0, write=True))  # type: ignore[arg-type]
    to = TestClient(create_app(state.library, LOCAL_HOSTS, state=state))
    for name in ("..%2f..%2fconfig%2flitsearch.toml", "tokens", "x.toml", ".hidden", "a.exe"):
        reply = to.put(f"/files/{name}", content=b"x")
        assert reply.status_code in (404, 409), (name, reply.text)
    assert not list(tmp_path.rglob("*.toml"))
