"""A build through the networks that people sit in: proxies of every kind, a company's certificates, no network at all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cli.hostile import Environment, surroundings
from cli.networks import (
    HOSTS,
    Authority,
    Server,
    authority,
    http_proxy,
    origin,
    serving,
    socks_proxy,
)

pytestmark = pytest.mark.slow
ADDRESS = f"https://{HOSTS[0]}/kept"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("company"))


@pytest.fixture(scope="module")
def pages(company: Authority) -> Iterator[Server]:
    with serving(origin(company)) as server:
        yield server


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    (folder / "config" / "lists").mkdir(parents=True)
    (folder / "config" / "lists" / "one.md").write_text(
        f"- [What the archive keeps]({ADDRESS})\n", "utf-8"
    )
    (folder / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\ntimeout = 5\n", "utf-8"
    )
    return folder


def build(library: Path, *more: str, **variables: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "litsearch", "--library", str(library), "build", *more]
    done = subprocess.run(
        line,
        capture_output=True,
        text=True,
        env=surroundings(Environment(variables)),
        timeout=100,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "Make room on the disk" not in done.stdout + done.stderr
    return done


def verdict(library: Path) -> dict[str, Any]:
    line = [sys.executable, "-m", "litsearch", "--library", str(library), "sources", "--json"]
    (row,) = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)
    return dict(row)


@contextmanager
def proxy(kind: str, pages: Server, company: Authority) -> Iterator[tuple[str, Server]]:
    """The address of a proxy of this kind."""
    talk = socks_proxy(pages.port) if kind.startswith("socks") else http_proxy(pages.port)
    if kind == "https":
        talk = http_proxy(pages.port, company)
    with serving(talk) as server:
        yield f"{kind}://127.0.0.1:{server.port}", server


@pytest.mark.parametrize("kind", ["http", "https", "socks5", "socks5h", "socks"])
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
def test_a_page_comes_through_a_proxy(
    library: Path, pages: Server, company: Authority, kind: str, variable: str
) -> None:
    with proxy(kind, pages, company) as (address, server):
        done = build(library, **{variable: address, "SSL_CERT_FILE": str(company.certificate)})
    assert done.returncode == 0, done.stderr
    assert verdict(library)["status"] == "indexed", verdict(library)
    assert set(server.asked) == {f"{HOSTS[0]}:443"}  # the name is the proxy's to look up


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_company_signs_for_the_pages(
    library: Path, pages: Server, company: Authority, variable: str
) -> None:
    with proxy("http", pages, company) as (address, _):
        done = build(library, https_proxy=address, **{variable: str(company.certificate)})
    assert done.returncode == 0, done.stderr
    assert verdict(library)["status"] == "indexed", verdict(library)


def test_an_authority_that_nobody_named_is_not_believed(
    library: Path, pages: Server, company: Authority
) -> None:
    with proxy("http", pages, company) as (address, _):
        build(library, https_proxy=address)
    row = verdict(library)
    assert row["status"] != "indexed"
    assert "certificate" in row["reason"]
    assert "SSL_CERT_FILE" in row["remedy"] + row["reason"]


@pytest.mark.parametrize(
    "variable", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]
)
@pytest.mark.parametrize("value", ["/nonexistent.pem", "/etc/passwd", "/dev/null"])
def test_certificates_that_cannot_be_read_are_named(
    library: Path, variable: str, value: str
) -> None:
    done = build(library, https_proxy="http://127.0.0.1:9", **{variable: value})
    if done.returncode == 0:  # SSL_CERT_DIR is read when a certificate is looked for
        assert variable == "SSL_CERT_DIR"
        return
    assert done.returncode == 2
    assert variable in done.stderr
    assert value in done.stderr
    assert build(library, "--offline", **{variable: value}).returncode == 0  # which needs none


@pytest.mark.parametrize(
    "value", ["http://[::1", "nonsense://127.0.0.1:1", "http://127.0.0.1:port", "::::", "http://"]
)
def test_a_proxy_that_is_none_is_named(library: Path, value: str) -> None:
    done = build(library, HTTPS_PROXY=value)
    assert done.returncode == 2, done.stderr
    assert "proxy" in done.stderr
    assert "HTTPS_PROXY" in done.stderr  # its value may hold a password
    assert build(library, "--offline", HTTPS_PROXY=value).returncode == 0


def test_a_password_in_a_proxy_is_not_shown(library: Path) -> None:
    done = build(library, HTTPS_PROXY="nonsense://me:secret@127.0.0.1:1")
    assert done.returncode == 2
    assert "secret" not in done.stderr


@pytest.mark.parametrize(
    "excepted",
    ["[::1]", "::1", "[::1]:443", "fd00::/8,::1", "*,[::1", "[", ",,", "::1/128, reading.example"],
)
def test_hosts_that_go_without_the_proxy(library: Path, excepted: str) -> None:
    (library / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\ntimeout = 5\nallow_private = true\n", "utf-8"
    )
    (library / "config" / "lists" / "one.md").write_text(
        "- [Inside](https://[::1]:9/page)\n", "utf-8"
    )
    with serving(http_proxy(9)) as server:
        done = build(library, HTTPS_PROXY=f"http://127.0.0.1:{server.port}", NO_PROXY=excepted)
    assert done.returncode == 0, done.stderr
    direct = excepted not in ("[::1]:443", "[", ",,")  # the page is at port 9
    assert bool(server.asked) != direct


@pytest.mark.parametrize(
    "variables",
    [
        {"SSL_CERT_FILE": "/nonexistent.pem"},
        {"ALL_PROXY": "socks5://127.0.0.1:9"},
        {"ALL_PROXY": "nonsense://x"},
        {"HTTPS_PROXY": "http://[::1"},
        {"NO_PROXY": "[::1", "HTTPS_PROXY": "https://127.0.0.1:9"},
        {"REQUESTS_CA_BUNDLE": "/nonexistent"},
    ],
)
def test_without_network_nothing_of_it_is_looked_at(
    library: Path, variables: dict[str, str]
) -> None:
    done = build(library, "--offline", **variables)
    assert done.returncode == 0, done.stderr
    assert verdict(library)["status"] == "entry-only"


@pytest.mark.parametrize("proxy_address", ["socks5://127.0.0.1:9", "nonsense://x", "http://[::1"])
def test_a_model_server_behind_a_proxy_that_does_not_work(
    library: Path, proxy_address: str
) -> None:
    build(library, "--offline")
    variables = {
        "ALL_PROXY": proxy_address,
        "LITSEARCH_ANSWER_GENERATOR": "openai",
        "LITSEARCH_ANSWER_BASE_URL": "https://api.reading.example/v1",
    }
    line = [
        sys.executable,
        "-m",
        "litsearch",
        "--library",
        str(library),
        "ask",
        "what does the archive keep?",
    ]
    environ = surroundings(Environment(variables))
    done = subprocess.run(
        line, capture_output=True, text=True, env=environ, timeout=100, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
