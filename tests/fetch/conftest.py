"""A loopback web, a cache and downloaders for the tests of this room."""

from __future__ import annotations

import contextlib

import fakeweb
import pytest

from litsearch.config import FetchConfig
from litsearch.fetch import download
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def web():
    with fakeweb.serve() as web:
        yield web


@pytest.fixture
def proxied(web, monkeypatch):
    """The same web as a proxy: every http:// name leads to it."""
    monkeypatch.setenv("http_proxy", web.base)
    monkeypatch.setenv("https_proxy", web.base)
    return web


@pytest.fixture
def cache(tmp_path):
    with contextlib.closing(Cache(tmp_path / "cache")) as cache:
        yield cache


@pytest.fixture
def downloader(cache, monkeypatch):
    """Makes downloaders with settings; loopback is allowed and waits are short."""
    monkeypatch.setattr(download, "BACKOFF_S", 0.02)
    with contextlib.ExitStack() as stack:

        def make(*, offline=False, **settings):
            settings = {
                "spacing": 0.0,
                "timeout": 5.0,
                "total_timeout": 10.0,
                "allow_private": True,
                **settings,
            }
            more = {"resolve": settings.pop("resolve")} if "resolve" in settings else {}
            return stack.enter_context(
                Downloader(cache, FetchConfig(**settings), offline=offline, **more)
            )

        yield make
