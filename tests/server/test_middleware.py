"""Who gets in: tokens, hosts, origins, rates and sizes; what happens under overload; and what stays
secret.
"""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException

from litsearch.config import Config, ServeConfig
from litsearch.errors import ConfigError, QueryError
from litsearch.server import app as api
from litsearch.server import middleware, ops, search, service
from litsearch.server.auth import holder, read_tokens
from litsearch.server.middleware import LOCAL_HOSTS
from litsearch.server.state import State, Workers
from litsearch.types import Results

READ, BUILD = "r" * 20, "b" * 20
LINES = f"reader read {READ};\n# a remark\nbuilder build,read {BUILD}\n"


class Shelf:
    """A library that finds nothing, in as long as it is told to."""

    generation = SimpleNamespace(
        id="g1", vectors=[], manifest=SimpleNamespace(counts={"sources": 3})
    )
    reranks = False

    def __init__(self, takes: float = 0.0) -> None:
        self._takes = takes
        self.now = self.most = 0

    def search(self, query: str, **_: Any) -> Results:
        self.now += 1
        self.most = max(self.most, self.now)
        time.sleep(self._takes)
        self.now -= 1
        if query == "bug":
            raise ZeroDivisionError(READ)
        if query == "wrong":
            raise QueryError("not like this", "like that")
        return Results(query, "hybrid", "g1", (), 0.1)


def client(
    library: Shelf | None = None,
    environ: str = "",
    state: dict[str, Any] | None = None,
    **settings: Any,
) -> Any:
    tokens = read_tokens(Path(), "", {"LITSEARCH_TOKENS": environ})
    at = State(library or Shelf(), None, ServeConfig(**({"rate": 0.0} | settings)), **(state or {}))  # type: ignore[arg-type]
    app = api.create_app(at.library, LOCAL_HOSTS, state=at, tokens=tokens)
    return TestClient(app, raise_server_exceptions=False)


@cache
def plain() -> Any:
    """The client of a service as it is without settings, made once: that takes a while."""
    return client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_tokens_and_their_scopes() -> None:
    to = client(environ=LINES, build=True)
    refused = to.get("/search", params={"q": "x"})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert to.get("/search", params={"q": "x"}, headers=bearer("wrong" * 5)).status_code == 401
    assert to.get("/search", params={"q": "x"}, headers=bearer(READ)).status_code == 200
    assert to.post("/build").status_code == 401
    assert to.post("/build", headers=bearer(READ)).status_code == 403
    assert to.post("/build", headers=bearer(BUILD)).status_code == 409  # this service has no folder
    for path in ("/healthz", "/readyz"):
        assert to.get(path).status_code == 200
    assert to.get("/metrics").status_code == 401


def test_building_needs_the_setting_and_a_token_also_on_loopback() -> None:
    assert plain().post("/build").status_code == 403
    assert client(build=True).post("/build").status_code == 403
    assert client(environ=LINES).post("/build", headers=bearer(BUILD)).status_code == 403


def test_writing_needs_the_setting_and_a_token_where_there_are_tokens(tmp_path: Path) -> None:
    change = {"list": "config/lists/a.md", "line": 1, "title": "x", "read": True}
    assert plain().patch("/sources/x", json=change).status_code == 403
    tokens = read_tokens(Path(), "", {"LITSEARCH_TOKENS": LINES})
    at = State(Shelf(), tmp_path, ServeConfig(rate=0.0, write=True))  # type: ignore[arg-type]
    to = TestClient(api.create_app(at.library, LOCAL_HOSTS, state=at, tokens=tokens))
    assert to.patch("/sources/x", json=change).status_code == 401
    assert to.patch("/sources/x", json=change, headers=bearer(READ)).status_code == 403


@pytest.mark.parametrize(
    "line", ["name read", f"name write {READ}", "name read short", f"a read {READ} more"]
)
def test_wrong_tokens_are_refused_and_not_shown(line: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_tokens(Path(), "", {"LITSEARCH_TOKENS": line})
    assert READ not in str(caught.value) + caught.value.hint


def test_tokens_are_kept_as_digests(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text(f"one read {READ}\n")
    tokens = read_tokens(tmp_path, "tokens", {})
    assert READ not in repr(tokens)
    assert holder(tokens, f"bearer {READ}") == tokens[0]
    assert holder(tokens, READ) is holder(tokens, f"Basic {READ}") is None
    with pytest.raises(ConfigError):
        read_tokens(tmp_path, "nothing", {})


def test_another_address_demands_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LITSEARCH_TOKENS", raising=False)
    with pytest.raises(ConfigError, match="no tokens"):
        service.serve([(tmp_path, Config())], "0.0.0.0", 0)


def test_hosts_and_origins() -> None:
    to = client()
    for host, status in [
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("[::1]:8765", 200),
        ("LOCALHOST", 200),
    ]:
        assert to.get("/healthz", headers={"host": host}).status_code == status, host
    for origin, status in [("http://evil.example", 403), ("null", 403), ("http://testserver", 200)]:
        reply = to.get("/healthz", headers={"origin": origin})
        assert reply.status_code == status, origin
        assert not [name for name in reply.headers if name.startswith("access-control")]


def test_the_page_is_one_file_that_a_client_keeps() -> None:
    to = client()
    for path in ("/", "/docs", "/web/app.js"):
        reply = to.get(path, headers={"accept-encoding": "gzip"})
        plain = to.get(path, headers={"accept-encoding": "identity"})
        assert (reply.headers["content-encoding"], "content-encoding" in plain.headers) == (
            "gzip",
            False,
        )
        assert reply.text == plain.text
        again = to.get(path, headers={"if-none-match": reply.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "'sha256-" in reply.headers["content-security-policy"] or path.startswith("/web/")
    assert "<style>" in to.get("/").text
    assert to.get("/web/nothing.js").status_code == 404


def test_every_reply_has_the_headers_and_a_name() -> None:
    to = client()
    for path in ("/", "/healthz", "/search?q=x", "/nothing", "/search"):
        reply = to.get(path, headers={"x-request-id": "abc-1"})
        assert "script-src 'self'" in reply.headers["content-security-policy"]
        assert "unsafe" not in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert (reply.headers["x-request-id"], reply.headers["api-version"]) == ("abc-1", "1")
    assert (
        to.get("/healthz", headers={"x-request-id": "bad id\t"}).headers["x-request-id"]
        != "bad id\t"
    )


def test_an_unchanged_generation_is_not_sent_again() -> None:
    to = client()
    first = to.get("/search", params={"q": "x"})
    again = to.get("/search", params={"q": "x"}, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    Shelf.generation.id = "g2"
    try:
        assert (
            to.get("/search?q=x", headers={"if-none-match": first.headers["etag"]}).status_code
            == 200
        )
    finally:
        Shelf.generation.id = "g1"


def test_large_replies_are_packed() -> None:
    reply = plain().get("/openapi.json", headers={"accept-encoding": "gzip"})
    assert reply.headers["content-encoding"] == "gzip"


def test_a_hasty_caller_is_told_when_to_come_again() -> None:
    to = client(environ=LINES, rate=1.0)
    statuses = [to.get("/healthz", headers=bearer(READ)) for _ in range(5)]
    assert [reply.status_code for reply in statuses] == [200, 200, 200, 429, 429]
    assert int(statuses[-1].headers["retry-after"]) >= 1
    assert to.get("/healthz", headers=bearer(BUILD)).status_code == 200


def test_a_bug_is_a_problem_that_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    reply = plain().get("/search", params={"q": "bug"})
    assert (reply.status_code, reply.headers["content-type"]) == (500, "application/problem+json")
    assert READ not in reply.text
    assert plain().get("/search", params={"q": "wrong"}).json()["hint"] == "like that"


def test_long_addresses_are_refused() -> None:
    assert plain().get("/search", params={"q": "x" * 20_000}).status_code == 414


def test_overload_is_refused_soon_and_work_stays_bounded() -> None:
    library = Shelf(takes=0.2)
    to = client(library, state={"reading": Workers("few", 2, waiting=4, patience=0.5, limit=5.0)})
    with to, ThreadPoolExecutor(40) as many:
        began = time.monotonic()
        replies = list(many.map(lambda n: to.get("/search", params={"q": str(n)}), range(40)))
        assert time.monotonic() - began < 5
    statuses = {reply.status_code for reply in replies}
    assert statuses == {200, 503}
    assert all(reply.headers["retry-after"] for reply in replies if reply.status_code == 503)
    assert library.most <= 2


def test_work_that_takes_too_long_is_given_up() -> None:
    to = client(
        Shelf(takes=1.0), state={"reading": Workers("one", 1, waiting=1, patience=0.1, limit=0.2)}
    )
    assert to.get("/search", params={"q": "x"}).status_code == 503


def test_streams_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MAX_STREAMS", 0)
    library = SimpleNamespace(answering=lambda *_, **__: iter(()))
    to = client(library)  # type: ignore[arg-type]
    assert (
        to.post("/ask", json={"question": "x"}, headers={"accept": "text/event-stream"}).status_code
        == 503
    )


def test_the_log_is_structured_and_keeps_secrets(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "litsearch.serve"):
        client(environ=LINES).get("/search", params={"q": "private words"}, headers=bearer(READ))
    fields = caplog.records[-1].fields  # type: ignore[attr-defined]
    assert (fields["route"], fields["status"], fields["caller"]) == ("/search", 200, "reader")
    assert "private" not in str(fields)
    assert READ not in str(fields)
    line = ops.LogLines(plain=False).format(caplog.records[-1])
    assert '"route": "/search"' in line
    assert READ not in ops.redacted(f'{{"Authorization": "Bearer {READ}", "token": "{READ}"}}')


def test_metrics_count_by_route() -> None:
    to = client()
    to.get("/search", params={"q": "x"})
    to.get("/nowhere/at/all")
    text = to.get("/metrics").text
    assert 'litsearch_requests_total{method="GET",route="/search",status="200"} 1.0' in text
    assert 'route="other",status="404"' in text
    assert 'litsearch_library{what="sources"} 3.0' in text


def test_a_body_that_trickles_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 0.05)

    async def trickle() -> dict[str, Any]:
        await asyncio.sleep(0.03)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def gather() -> None:
        body = middleware._Body(trickle, "/ask")
        for _ in range(10):
            await body()

    with pytest.raises(HTTPException, match="in time"):
        asyncio.run(gather())


def test_every_route_and_what_it_takes_is_described() -> None:
    described = plain().get("/openapi.json").json()
    routes = [
        (path, method, route)
        for path, many in described["paths"].items()
        for method, route in many.items()
    ]
    assert len(routes) >= 17
    for path, method, route in routes:
        assert all((route["summary"], route["description"])), (method, path)
        for taken in route.get("parameters", []):
            assert taken.get("description") or taken["schema"].get("description"), (
                method,
                path,
                taken["name"],
            )
        for status, reply in route["responses"].items():
            assert all("schema" in kind for kind in reply["content"].values()), (
                method,
                path,
                status,
            )
