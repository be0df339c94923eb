"""Ask sites for documents as they wish: by robots.txt, only what has changed, with Retry-After."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
from protego import Protego

from litsearch import __version__
from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch import failures, redirects
from litsearch.fetch.addresses import checked_url, shown
from litsearch.fetch.cache import Cache
from litsearch.fetch.failures import LATER, STAND_IN, AskLater, host_of
from litsearch.fetch.http_client import Clock, HttpClient, read_body
from litsearch.fetch.transport import Resolve, Wire
from litsearch.types import RawDocument

AGENT = "litsearch"
MAX_RETRY_AFTER_S = 60.0  # a longer wait is not waited for but remembered, up to
MAX_REMEMBERED_S = 7 * 86_400.0
_NO_PAGE = frozenset({204, 205, 206})


class PoliteClient:
    """Asks sites for documents, each once and as they wish. Raises FetchError. Writes nothing but
    robots.txt files.
    """

    def __init__(
        self,
        cache: Cache,
        settings: FetchConfig,
        resolve: Resolve = socket.getaddrinfo,
        wire: Wire | None = None,
    ) -> None:
        self._cache, self._settings = cache, settings
        contact = f" (+{settings.contact})" if settings.contact else ""
        self.http = HttpClient(f"{AGENT}/{__version__}{contact}", settings, resolve, wire)
        files = RobotsFiles(self.http, cache, self.checked, settings.timeout)
        self._rules = Robots(AGENT, files)
        self._limit = int(settings.max_megabytes * 1_000_000)

    def checked(self, url: str) -> str:
        """Return the address as it may be asked for."""
        return checked_url(url, allow_private=self._settings.allow_private)

    def document(self, url: str, clock: Clock) -> RawDocument:
        """Return the document at the end of the redirects; the kept one when it has not changed."""
        most = self._settings.max_redirects
        return redirects.follow(url, lambda here: self._ask(here, clock), self.checked, most)

    def service(self, url: str, spacing: float, content: bytes | None = None) -> bytes:
        """Return what a service answers to a program, at an address for programs; robots.txt, for
        pages, is not asked for.

        spacing: seconds that it wants between two requests. content: JSON to post.
        """
        clock = Clock(self._settings.timeout)
        delay = spacing if self._settings.spacing else 0.0
        headers = {} if content is None else {"Content-Type": "application/json"}

        def read(response: httpx.Response) -> RawDocument | str:
            return self._read(url, response, None)

        answer = self.http.ask(url, headers, read, clock, delay, content)
        if isinstance(answer, str):
            raise FetchError(f"{host_of(url)} has moved its service.", LATER, status="dead")
        return answer.body

    def _ask(self, url: str, clock: Clock) -> RawDocument | str:
        """Return the document at an address, or the address that it redirects to."""
        if not self._rules.allows(url):
            message = f"{host_of(url)} asks programs not to read {shown(url)}."
            raise FetchError(message, STAND_IN, status="blocked")
        delay = self._rules.delay(url) if self._settings.spacing else 0.0

        cached = self._cache.raw(self._cache.find(url))
        if cached is not None and cached.url != url:
            cached = None  # it was a redirect, whose goal has its own validators

        def read(response: httpx.Response) -> RawDocument | str:
            return self._read(url, response, cached)

        return self.http.ask(url, _validators(cached), read, clock, delay)

    def _read(
        self, url: str, response: httpx.Response, cached: RawDocument | None
    ) -> RawDocument | str:
        """Return the document that a response holds, or the address that it redirects to."""
        status, headers = response.status_code, response.headers
        if status == 304 and cached is not None:
            return replace(cached, fetched_at=datetime.now(UTC))
        goal = redirects.goal_of(url, response)
        if goal is not None:
            return goal
        if not 200 <= status < 300 or status in _NO_PAGE:
            raise self._refused(url, response)

        body = read_body(response, self._limit)
        media_type, charset = _content_type(headers.get("content-type", ""))
        return RawDocument(
            url=url,
            media_type=media_type,
            body=body,
            sha256=hashlib.sha256(body).hexdigest(),
            charset=charset,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            fetched_at=datetime.now(UTC),
        )

    def _refused(self, url: str, response: httpx.Response) -> FetchError:
        """Return the failure of a response; its Retry-After is obeyed by waiting, or by remembering
        it.
        """
        failure = failures.of_status(url, response.status_code)
        if not failure.transient:
            return failure
        wait = failures.retry_after(response.headers.get("retry-after"))
        if wait is None:
            return failure
        if wait <= MAX_RETRY_AFTER_S:
            self.http.limiter.postpone(host_of(url), wait)
            return failure
        return AskLater(url, time.time() + min(wait, MAX_REMEMBERED_S))


def _validators(cached: RawDocument | None) -> dict[str, str]:
    """Return the headers that ask only for what has changed."""
    if cached is None:
        return {}
    headers = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
    return {name: value for name, value in headers.items() if value}


def _content_type(header: str) -> tuple[str, str | None]:
    """Return the media type and the charset that a Content-Type declares."""
    media_type, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), value.strip().strip("\"'").lower() or None
    return media_type.strip().lower(), None


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
            status, text = self._http.ask(here, {}, _read_rules, clock)
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


def _read_rules(response: httpx.Response) -> tuple[int, str]:
    """Return the status, and the rules or the address that it redirects to."""
    status = response.status_code
    # read in any case: it keeps the connection
    text = read_body(response, MAX_BYTES).decode("utf-8", "replace")
    if status in redirects.STATUSES:
        return status, response.headers.get("location", "")
    return status, text if status == 200 else ""
