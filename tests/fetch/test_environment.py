"""Which proxy a request goes through, and whom it passes by; through real proxies on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
from urllib.parse import urlsplit

import pytest
import socks_server
from fakeweb import page
from hypothesis import given
from hypothesis import strategies as st

from litsearch.errors import ConfigError, FetchError
from litsearch.fetch.environment import bypasses_proxy, proxy_for

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("no_proxy", "host", "port", "excepted"),
    [
        ("::1", "::1", None, True),
        ("[::1]", "::1", 8080, True),
        ("[::1]:8080", "::1", 8080, True),
        ("[::1]:8080", "::1", 9090, False),
        ("0:0:0:0:0:0:0:1", "::1", None, True),
        ("fd00::/8", "fd12::7", None, True),
        ("[fd00::]/8", "fd12::7", None, True),
        ("fd00::/8", "fe12::7", None, False),
        ("10.0.0.0/8", "10.200.3.4", None, True),
        ("10.0.0.0/8", "11.200.3.4", None, False),
        ("10.1.2.3", "10.1.2.3", 443, True),
        ("10.1.2.3", "10.1.2.30", 443, False),
        ("example.com", "example.com", None, True),
        ("example.com", "www.example.com", None, True),
        ("example.com", "notexample.com", None, False),
        (".example.com", "www.example.com", None, True),
        ("*.example.com", "a.b.example.com", None, True),
        ("EXAMPLE.com.", "Example.COM", None, True),
        ("example.com:8080", "example.com", 8080, True),
        ("example.com:8080", "example.com", 443, False),
        ("one.example, ,two.example", "two.example", None, True),
        ("one.example two.example", "two.example", None, True),
        ("*", "anything.example", None, True),
        ("", "anything.example", None, False),
        ("[", "anything.example", None, False),
        ("10.0.0.0/99", "10.0.0.1", None, False),
    ],
)
@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_whom_no_proxy_excepts(
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    no_proxy: str,
    host: str,
    port: int | None,
    excepted: bool,
) -> None:
    monkeypatch.setenv(name, no_proxy)
    assert bypasses_proxy(host, port) == excepted


@given(
    st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"])),
    st.ip_addresses(),
)
def test_any_text_may_stand_in_no_proxy(text: str, address: object) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", text)
        assert bypasses_proxy(str(address), 80) in (True, False)
        patch.setenv("no_proxy", f"{text},{address}")
        assert bypasses_proxy(str(address), 80)


@pytest.mark.parametrize(
    ("name", "value", "proxy"),
    [
        ("https_proxy", "proxy.example:3128", "http://proxy.example:3128"),
        ("HTTPS_PROXY", "https://proxy.example", "https://proxy.example"),
        ("all_proxy", "socks5h://[::1]:1080", "socks5h://[::1]:1080"),
        ("ALL_PROXY", "socks://10.0.0.1:1080/", "socks5://10.0.0.1:1080/"),
        ("https_proxy", " ", ""),
    ],
)
def test_the_proxy_that_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, proxy: str
) -> None:
    monkeypatch.setenv(name, value)
    assert str(proxy_for("https") or "") == proxy


@pytest.mark.parametrize(
    "value",
    ["socks4://10.0.0.1", "ftp://10.0.0.1", "http://", "http://[::1", "http://a:99999", "ü\x01"],
)
def test_what_is_no_proxy_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", value)
    with pytest.raises(ConfigError, match="ALL_PROXY") as caught:
        proxy_for("https")
    assert "unset" in caught.value.hint


def test_a_login_is_not_repeated_in_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks4://me:hunter2@proxy.example")
    with pytest.raises(ConfigError) as caught:
        proxy_for("https")
    assert "hunter2" not in f"{caught.value} {caught.value.hint}"


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_a_page_comes_through_a_socks_proxy_that_resolves_its_name(
    web, downloader, monkeypatch, scheme
):
    web.pages["/"] = page("through the proxy")
    with socks_server.serve(("127.0.0.1", urlsplit(web.base).port)) as proxy:
        monkeypatch.setenv("all_proxy", f"{scheme}://127.0.0.1:{proxy.port}")
        assert (
            downloader(allow_private=False)("http://inside.example/").body == b"through the proxy"
        )
    assert set(proxy.asked) == {"inside.example:80"}


def test_a_socks_proxy_with_a_login(web, downloader, monkeypatch):
    web.pages["/"] = page("through the proxy")
    with socks_server.serve(("127.0.0.1", urlsplit(web.base).port), (b"me", b"pass word")) as proxy:
        monkeypatch.setenv("all_proxy", f"socks5://me:pass%20word@127.0.0.1:{proxy.port}")
        assert (
            downloader(allow_private=False)("http://inside.example/").body == b"through the proxy"
        )


def test_a_socks_proxy_that_wants_a_login_is_said_to(web, downloader, monkeypatch):
    with socks_server.serve(("127.0.0.1", 9), (b"me", b"secret")) as proxy:
        monkeypatch.setenv("all_proxy", f"socks5://127.0.0.1:{proxy.port}")
        with pytest.raises(FetchError, match="proxy") as caught:
            downloader(allow_private=False)("http://inside.example/")
    assert caught.value.hint


def test_what_speaks_no_socks_is_no_socks_proxy(downloader, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_answer_as_http, args=(listener,), daemon=True).start()
        monkeypatch.setenv("all_proxy", f"socks5://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(FetchError, match="proxy") as caught:
            downloader(allow_private=False, retries=0)("http://inside.example/")
    assert "litsearch itself" not in str(caught.value)


def _answer_as_http(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection = listener.accept()[0]
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_socks_proxy_that_is_not_there(downloader, monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(FetchError, match="The proxy cannot be reached") as caught:
        downloader(allow_private=False)("http://inside.example/")
    assert caught.value.unreachable


def test_an_excepted_host_is_asked_directly(web, downloader, monkeypatch):
    web.pages["/"] = page("direct")
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.0/8")
    assert downloader()(web.at("/")).body == b"direct"
