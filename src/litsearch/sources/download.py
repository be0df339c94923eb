"""The polite download: cached and conditional, spaced, one at a time to a host, limited in size, time and redirects."""

from __future__ import annotations

import hashlib
import random
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urljoin

import httpx

from litsearch import __version__
from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.sources import failures
from litsearch.sources.addresses import checked_url, shown
from litsearch.sources.body import read_body
from litsearch.sources.cache import GONE, Cache, Fetched
from litsearch.sources.failures import LATER, STAND_IN, host_of
from litsearch.sources.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from litsearch.sources.robots import Robots
from litsearch.sources.transport import Resolve
from litsearch.sources.wire import Clock, Wire
from litsearch.types import RawDocument, Verdict

AGENT = "litsearch"
MAX_RETRY_AFTER_S = 60.0  # a longer wait is not waited for but remembered, up to
MAX_REMEMBERED_S = 7 * 86_400.0
ASK_AGAIN_S = (0, 3_600, 21_600, 86_400, 259_200, 604_800)  # after so many builds in which an address failed
REST_S = (259_200, 604_800, 1_209_600, 2_592_000)  # the same for an address that another one stood in for
BACKOFF_S = 1.0  # before the second try, up to halved by chance; doubles from try to try
MAX_BACKOFF_S = 30.0
ROBOTS_REDIRECTS = 5  # RFC 9309
ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_PAGE = frozenset({204, 205, 206})


class Downloader:
    """GET as a good guest, through a cache. Raises FetchError, whose sentence and hint become a verdict.

    stale: the addresses that were answered with an earlier copy because the site failed, with the reason.
    """

    def __init__(
        self, cache: Cache, settings: FetchConfig, *, offline: bool = False, resolve: Resolve = socket.getaddrinfo
    ) -> None:
        self._cache, self._settings, self._offline = cache, settings, offline
        agent = f"{AGENT}/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")
        self._wire = Wire(agent, settings, resolve)
        self._robots = Robots(AGENT, self._load_robots)
        self._limit = int(settings.max_megabytes * 1_000_000)
        self._robots_asked: list[str] = []
        self.stale: dict[str, str] = {}

    def __enter__(self) -> Downloader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop waiting and close all connections; downloads that are under way fail."""
        self._wire.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, robots.txt and redirects included."""
        return self._wire.requests

    @property
    def robots_requests(self) -> int:
        """How many of the requests were answered with a robots.txt, or with there being none."""
        return len(self._robots_asked)

    @property
    def unreachable(self) -> tuple[str, ...]:
        """The hosts that could not be reached at all."""
        return self._wire.hosts.unreachable

    def __call__(self, url: str) -> RawDocument:
        """The bytes at an address: the cached ones when they have not changed, or when the site fails now."""
        url = self._checked(url)
        known = self._cache.find(url)
        if self._offline:
            return self._from_cache(url, known)
        try:
            if known is not None and known.next_try > time.time():
                return self._rested(url, known)
            return self._with_retries(url)
        except FetchError as error:
            if error.unreachable:
                _raise_if_gone(url, known)
            kept = self._cache.raw(known) if error.transient or error.status == "blocked" else None
            if kept is None:
                raise
            self.stale[url] = str(error)
            return kept

    def rest(self, urls: Iterable[str], because: str = "") -> None:
        """Ask none of these addresses again for a while: their text is had from elsewhere, or is not to be had.

        The while grows with the failures: each address's own, or those of the one `because` of which it was asked.
        """
        for url in urls:
            with suppress(FetchError):
                url = self._checked(url)
                known = self._cache.find(self._checked(because) if because else url)
                step = min(max(known.failures, 1), len(REST_S)) - 1 if known else 0
                self._cache.rest(url, time.time() + REST_S[step])

    def ask(self, url: str, spacing: float) -> bytes:
        """What a service answers to a program, at an address that it documents for programs. Raises FetchError.

        Neither kept nor tried again, and robots.txt, which is for pages, is not asked. spacing: seconds it wants.
        """
        url = self._checked(url)
        if self._offline:
            raise FetchError("Services are not asked offline.", unreachable=True)
        clock = Clock(self._settings.timeout)
        delay = spacing if self._settings.spacing else 0.0
        answer = self._wire.get(url, {}, lambda response: self._read(url, response, None), clock, delay)
        if isinstance(answer, str):
            raise FetchError(f"{host_of(url)} has moved its service.", LATER, status="dead")
        return answer.body

    def _rested(self, url: str, known: Fetched) -> RawDocument:
        """The document of an address that is not to be asked now; raises what it failed with."""
        kept = None if known.failures else self._cache.raw(known)
        if kept is None:
            raise _AskLater(url, known.next_try, known.verdict)
        return kept

    def _from_cache(self, url: str, known: Fetched | None) -> RawDocument:
        _raise_if_gone(url, known)
        raw = self._cache.raw(known)
        if raw is None:
            hint = "Run litsearch build without --offline."
            raise FetchError(f"{shown(url)} has not been downloaded yet.", hint, unreachable=True)
        return raw

    def _with_retries(self, url: str) -> RawDocument:
        """As many tries as the settings allow, for transient failures only."""
        clock = Clock(self._settings.total_timeout)
        for attempt in range(self._settings.retries + 1):
            try:
                return self._follow(url, clock)
            except FetchError as error:
                last = attempt == self._settings.retries or clock.left <= 0
                if last or not error.transient or error.unreachable:
                    self._note(url, error)
                    raise
            backoff = min(BACKOFF_S * 2**attempt, MAX_BACKOFF_S)
            self._wire.hosts.wait(random.uniform(backoff / 2, backoff))  # noqa: S311
        raise AssertionError("the last try returns or raises")

    def _note(self, url: str, error: FetchError) -> None:
        """Remember a failure of the site (not of the network), and ask again after a wait that grows."""
        if error.unreachable:
            return
        known = self._cache.find(url)
        failures = known.failures if known is not None and known.sha256 is None else 0  # else a copy serves meanwhile
        wait = ASK_AGAIN_S[min(failures, len(ASK_AGAIN_S) - 1)]
        next_try = error.next_try if isinstance(error, _AskLater) else time.time() + wait if wait else 0.0
        self._cache.failed(url, error.verdict, next_try)

    def _follow(self, url: str, clock: Clock) -> RawDocument:
        """The document at the end of the redirects."""
        here = url
        for _ in range(self._settings.max_redirects + 1):
            answer = self._ask(here, clock)
            if isinstance(answer, RawDocument):
                self._cache.store(url, answer)
                return answer
            here = self._checked(_join(here, answer))
        raise FetchError(f"{shown(url)} leads from one address to the next without end.", STAND_IN)

    def _ask(self, url: str, clock: Clock) -> RawDocument | str:
        """The document at an address, or the address that it redirects to."""
        if not self._robots.allows(url):
            raise FetchError(f"{host_of(url)} asks programs not to read {shown(url)}.", STAND_IN, status="blocked")
        delay = self._robots.delay(url) if self._settings.spacing else 0.0
        kept = self._cache.raw(self._cache.find(url))
        if kept is not None and kept.url != url:  # it was a redirect, whose goal has its own validators
            kept = None
        return self._wire.get(url, _validators(kept), lambda answer: self._read(url, answer, kept), clock, delay)

    def _read(self, url: str, response: httpx.Response, kept: RawDocument | None) -> RawDocument | str:
        """The document that a response holds, or the address that it redirects to."""
        status, headers = response.status_code, response.headers
        if status == 304 and kept is not None:
            return replace(kept, fetched_at=datetime.now(UTC))
        if status in _REDIRECTS and headers.get("location"):
            return str(headers["location"])
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
        """The failure of a response; its Retry-After is obeyed by waiting, or by remembering it."""
        failure = failures.of_status(url, response.status_code)
        wait = failures.retry_after(response.headers.get("retry-after")) if failure.transient else None
        if wait is None:
            return failure
        if wait <= MAX_RETRY_AFTER_S:
            self._wire.hosts.postpone(host_of(url), wait)
            return failure
        return _AskLater(url, time.time() + min(wait, MAX_REMEMBERED_S))

    def _load_robots(self, url: str) -> str:
        """The text of a robots.txt, asked for once a day; "" (everything is allowed) when there is none to be had."""
        kept = self._cache.raw(self._cache.find(url))
        if kept is not None and kept.fetched_at and datetime.now(UTC) - kept.fetched_at < ROBOTS_KEPT:
            return kept.body.decode("utf-8", "replace")
        here, clock = url, Clock(self._settings.timeout)
        with suppress(FetchError):  # out of reach, too large, private: what the page itself answers decides
            for _ in range(ROBOTS_REDIRECTS + 1):
                status, text = self._wire.get(here, {}, _read_robots, clock)
                self._robots_asked.append(here)
                if status not in _REDIRECTS:
                    if status < 500:
                        self._keep_robots(url, text)
                    return text
                here = self._checked(_join(here, text))
        return ""

    def _keep_robots(self, url: str, text: str) -> None:
        body = text.encode()
        digest = hashlib.sha256(body).hexdigest()
        self._cache.store(url, RawDocument(url, "text/plain", body, digest, "utf-8", fetched_at=datetime.now(UTC)))

    def _checked(self, url: str) -> str:
        return checked_url(url, allow_private=self._settings.allow_private)


class _AskLater(FetchError):
    """Not to be asked before a time that is too far off to wait for: the site said so, or it failed too often."""

    def __init__(self, url: str, next_try: float, last: Verdict | None = None) -> None:
        when = datetime.fromtimestamp(next_try, UTC).strftime("%Y-%m-%d %H:%M UTC")
        if last is None or when in last.reason:
            super().__init__(f"{host_of(url)} wants no request before {when}.", LATER, status="blocked")
        else:
            reason = f"{last.reason} It is asked again after {when}."
            super().__init__(reason, last.remedy, status=last.status, transient=last.status != "dead")
        self.next_try = next_try


def _raise_if_gone(url: str, known: Fetched | None) -> None:
    """Without network, a page that was gone is still gone: so a fetcher goes on to the next address, as it did then."""
    if known is not None and known.status == GONE:
        raise FetchError(f"{shown(url)} was not there when it was last asked for.", STAND_IN, status="dead")


def _read_robots(response: httpx.Response) -> tuple[int, str]:
    """The status, and the rules or the address that it redirects to."""
    status = response.status_code
    text = read_body(response, MAX_ROBOTS_BYTES).decode("utf-8", "replace")  # read in any case: it keeps the connection
    if status in _REDIRECTS:
        return status, response.headers.get("location", "")
    return status, text if status == 200 else ""


def _validators(kept: RawDocument | None) -> dict[str, str]:
    """The headers that ask only for what has changed."""
    if kept is None:
        return {}
    named = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in named.items() if value}


def _content_type(header: str) -> tuple[str, str | None]:
    """The media type and the charset that a Content-Type declares."""
    media_type, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), value.strip().strip("\"'").lower() or None
    return media_type.strip().lower(), None


def _join(base: str, location: str) -> str:
    """The address that a redirect leads to; servers write spaces and letters there that belong quoted."""
    try:
        return urljoin(base, quote(location.strip(), safe="!#$%&'()*+,/:;=?@[]~"))
    except ValueError:
        raise FetchError(f"{shown(base)} leads to an address that is none.", STAND_IN) from None
