"""What robots.txt allows, RFC 9309: loaded once a day, and how long a site wants one to wait."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
from protego import Protego

from litsearch.errors import FetchError
from litsearch.fetch import redirects
from litsearch.fetch.body import read_body
from litsearch.fetch.cache import Cache
from litsearch.fetch.http_client import Clock, HttpClient
from litsearch.types import RawDocument

MAX_REDIRECTS = 5  # RFC 9309
KEPT_FOR = timedelta(hours=24)  # RFC 9309
MAX_BYTES = 512 * 1024  # RFC 9309: a crawler reads at least 500 KiB
# characters of rules kept parsed, which takes some thirty times as many bytes; the oldest go
MAX_KEPT = 4_000_000
MAX_CRAWL_DELAY_S = 10.0  # a site that asks for more gets this: a list names few pages of one site


class Robots:
    """The rules of the sites met in this run. load: gives the text of a robots.txt, "" when there
    is none.
    """

    def __init__(self, agent: str, load: Callable[[str], str]) -> None:
        self._agent, self._load = agent, load
        self._rules: dict[str, tuple[Protego, int]] = {}  # with the length of its text
        self._size = 0
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """Return whether the site lets this agent ask for the address."""
        return bool(self._of(url).can_fetch(url, self._agent))

    def delay(self, url: str) -> float:
        """Return the seconds that the site wants between two requests, bounded."""
        return min(float(self._of(url).crawl_delay(self._agent) or 0.0), MAX_CRAWL_DELAY_S)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:  # a second thread waits for the first one's answer
            if site in self._rules:
                return self._rules[site][0]
            return self._added(site, self._load(f"{site}/robots.txt"))

    def _added(self, site: str, text: str) -> Protego:
        """Return the rules of a site, parsed and kept; the oldest ones go when there are too many,
        and may be loaded again.
        """
        rules = Protego.parse(text)
        with self._lock:
            self._rules[site] = rules, len(text)
            self._size += len(text)
            self._drop_oldest(site)
        return rules

    def _drop_oldest(self, newest: str) -> None:
        """Let rules go, but the newest and those of no text, until the rest is small enough."""
        for site, (_, size) in list(self._rules.items()):
            if self._size <= MAX_KEPT:
                return
            if size and site != newest:
                del self._rules[site]
                self._size -= size


class RobotsFiles:
    """Loads robots.txt files, each asked for once a day.

    checked: refuses an address that may not be asked for. timeout: seconds for a file.
    """

    def __init__(
        self, http: HttpClient, cache: Cache, checked: Callable[[str], str], timeout: float
    ) -> None:
        self._http, self._cache, self._checked, self._timeout = http, cache, checked, timeout

    def __call__(self, url: str) -> str:
        """Return the text of a robots.txt; "" (everything is allowed) when none is to be had."""
        cached = self._cache.raw(self._cache.find(url))
        if cached is not None and _is_of_today(cached):
            return cached.body.decode("utf-8", "replace")
        # out of reach, too large, private: what the page itself answers decides
        with suppress(FetchError):
            return self._loaded(url)
        return ""

    def _loaded(self, url: str) -> str:
        """Return the text at the end of the redirects, and keep it unless the site failed."""
        here, clock = url, Clock(self._timeout)
        for _ in range(MAX_REDIRECTS + 1):
            status, text = self._http.ask(here, {}, _read, clock)
            if status in redirects.STATUSES:
                here = self._checked(redirects.joined(here, text))
                continue
            if status < 500:
                self._store(url, text.encode())
            return text
        return ""

    def _store(self, url: str, body: bytes) -> None:
        digest, now = hashlib.sha256(body).hexdigest(), datetime.now(UTC)
        raw = RawDocument(url, "text/plain", body, digest, "utf-8", fetched_at=now)
        self._cache.store(url, raw)


def _is_of_today(cached: RawDocument) -> bool:
    return cached.fetched_at is not None and datetime.now(UTC) - cached.fetched_at < KEPT_FOR


def _read(response: httpx.Response) -> tuple[int, str]:
    """Return the status, and the rules or the address that it redirects to."""
    status = response.status_code
    # read in any case: it keeps the connection
    text = read_body(response, MAX_BYTES).decode("utf-8", "replace")
    if status in redirects.STATUSES:
        return status, response.headers.get("location", "")
    return status, text if status == 200 else ""
