"""One document asked for as a good guest: by the site's rules, only if it has changed, to the end
of its redirects.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import quote, urljoin

import httpcore
import httpx

from litsearch import __version__
from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch import failures
from litsearch.fetch.addresses import checked_url, shown
from litsearch.fetch.body import ACCEPTED_ENCODINGS, read_body
from litsearch.fetch.cache import Cache
from litsearch.fetch.failures import LATER, STAND_IN, AskLater, host_of
from litsearch.fetch.rate_limit import MAX_BYTES as MAX_ROBOTS_BYTES
from litsearch.fetch.rate_limit import Hosts, Robots
from litsearch.fetch.refresh import header_goal, leads_home, page_goal
from litsearch.fetch.transport import Resolve, Transport, deadline
from litsearch.types import RawDocument

T = TypeVar("T")
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain;q=0.9,*/*;q=0.5"


class Clock:
    """The seconds that are left to a document; they run only while a request is under way."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._started = 0.0

    def __enter__(self) -> Clock:
        self._started = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.left -= time.monotonic() - self._started


class Wire:
    """Sends requests as one guest, from any thread. requests: how many were sent."""

    def __init__(
        self, agent: str, settings: FetchConfig, resolve: Resolve = socket.getaddrinfo
    ) -> None:
        self.hosts = Hosts()
        self.requests = 0
        self._counting = threading.Lock()
        self._spacing = settings.spacing
        self._transport = Transport(allow_private=settings.allow_private, resolve=resolve)
        self._client = httpx.Client(
            transport=self._transport,
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED_ENCODINGS},
            timeout=settings.timeout,
            # the transport reads the proxies itself; ~/.netrc is nobody's business
            trust_env=False,
        )

    def ask(
        self,
        url: str,
        headers: dict[str, str],
        read: Callable[[httpx.Response], T],
        clock: Clock,
        delay: float = 0.0,
        said: bytes | None = None,
    ) -> T:
        """Return what `read` makes of the answer; redirects are not followed. Raises FetchError.

        delay: seconds that the site wants after this request, if more than the spacing. said: what
        is posted.
        """
        host = host_of(url)
        with self.hosts.turn(host, max(delay, self._spacing)):
            self._count(1)
            try:
                request = self._client.stream(
                    "GET" if said is None else "POST", url, headers=headers, content=said
                )
                with clock, deadline(clock.left), request as response:
                    self.hosts.answered(host)
                    return read(response)
            except failures.WIRE_ERRORS as error:
                raise self._explained(url, error, late=clock.left <= 0) from error

    def open(self) -> None:
        """Read proxies and certificates from the environment. Raises ConfigError."""
        self._transport.open()

    def close(self) -> None:
        """Stop waiting and close all connections; requests that are under way fail."""
        self.hosts.stop()
        self._client.close()

    def _explained(self, url: str, error: Exception, *, late: bool) -> FetchError:
        """Return the failure in our words; and the host is remembered when it does not answer."""
        proxied = self._transport.is_proxied(httpx.URL(url))
        failure = failures.of_error(url, error, proxied=proxied, late=late)
        if failure.unreachable:
            network = failures.network_fault(error, proxied=proxied)
            self.hosts.out_of_reach(host_of(url), str(failure), network=network)
            self._count(-1)  # it was never sent
        elif isinstance(error, httpcore.TimeoutException) and not late:
            self.hosts.silent(host_of(url), url)
        return failure

    def _count(self, requests: int) -> None:
        with self._counting:
            self.requests += requests


AGENT = "litsearch"
MAX_RETRY_AFTER_S = 60.0  # a longer wait is not waited for but remembered, up to
MAX_REMEMBERED_S = 7 * 86_400.0
ROBOTS_REDIRECTS = 5  # RFC 9309
ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SENT_HOME = "The page is gone: its address leads to the home page of its site."
_LOOK_ELSEWHERE = "Look for its new address, or for a copy at web.archive.org, and change the list."
_NO_PAGE = frozenset({204, 205, 206})


class Guest:
    """Asks sites for documents, each once and as they wish. Raises FetchError. Writes nothing but
    robots.txt files.

    robots: the addresses that answered with a robots.txt, or with there being none.
    """

    def __init__(
        self, cache: Cache, settings: FetchConfig, resolve: Resolve = socket.getaddrinfo
    ) -> None:
        self._cache, self._settings = cache, settings
        agent = f"{AGENT}/{__version__}" + (f" (+{settings.contact})" if settings.contact else "")
        self.wire = Wire(agent, settings, resolve)
        self.robots: list[str] = []
        self._rules = Robots(AGENT, self._load_robots)
        self._limit = int(settings.max_megabytes * 1_000_000)

    def checked(self, url: str) -> str:
        """Return the address as it may be asked for."""
        return checked_url(url, allow_private=self._settings.allow_private)

    def document(self, url: str, clock: Clock) -> RawDocument:
        """Return the document at the end of the redirects; the kept one when it has not changed."""
        here = url
        for _ in range(self._settings.max_redirects + 1):
            answer = self._ask(here, clock)
            goal = page_goal(answer) if isinstance(answer, RawDocument) else answer
            ahead = self.checked(_join(here, goal)) if goal is not None else here
            if isinstance(answer, RawDocument) and ahead in (here, url):
                return answer
            if leads_home(url, ahead):
                raise FetchError(_SENT_HOME, _LOOK_ELSEWHERE, status="dead")
            here = ahead
        raise FetchError(f"{shown(url)} leads from one address to the next without end.", STAND_IN)

    def service(self, url: str, spacing: float, said: bytes | None = None) -> bytes:
        """Return what a service answers to a program, at an address for programs; robots.txt, for
        pages, is not asked for.

        spacing: seconds that it wants between two requests. said: JSON to post.
        """
        clock = Clock(self._settings.timeout)
        delay = spacing if self._settings.spacing else 0.0
        headers = {} if said is None else {"Content-Type": "application/json"}
        answer = self.wire.ask(
            url, headers, lambda response: self._read(url, response, None), clock, delay, said
        )
        if isinstance(answer, str):
            raise FetchError(f"{host_of(url)} has moved its service.", LATER, status="dead")
        return answer.body

    def _ask(self, url: str, clock: Clock) -> RawDocument | str:
        """Return the document at an address, or the address that it redirects to."""
        if not self._rules.allows(url):
            raise FetchError(
                f"{host_of(url)} asks programs not to read {shown(url)}.",
                STAND_IN,
                status="blocked",
            )
        delay = self._rules.delay(url) if self._settings.spacing else 0.0
        kept = self._cache.raw(self._cache.find(url))
        # it was a redirect, whose goal has its own validators
        if kept is not None and kept.url != url:
            kept = None
        return self.wire.ask(
            url, _validators(kept), lambda answer: self._read(url, answer, kept), clock, delay
        )

    def _read(
        self, url: str, response: httpx.Response, kept: RawDocument | None
    ) -> RawDocument | str:
        """Return the document that a response holds, or the address that it redirects to."""
        status, headers = response.status_code, response.headers
        if status == 304 and kept is not None:
            return replace(kept, fetched_at=datetime.now(UTC))
        if status in _REDIRECTS and headers.get("location"):
            return str(headers["location"])
        goal = header_goal(headers.get("refresh", ""))
        if goal is not None and _join(url, goal) != url:
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
        wait = (
            failures.retry_after(response.headers.get("retry-after")) if failure.transient else None
        )
        if wait is None:
            return failure
        if wait <= MAX_RETRY_AFTER_S:
            self.wire.hosts.postpone(host_of(url), wait)
            return failure
        return AskLater(url, time.time() + min(wait, MAX_REMEMBERED_S))

    def _load_robots(self, url: str) -> str:
        """Return the text of a robots.txt, asked for once a day; "" (everything is allowed) when
        there is none to be had.
        """
        kept = self._cache.raw(self._cache.find(url))
        if (
            kept is not None
            and kept.fetched_at
            and datetime.now(UTC) - kept.fetched_at < ROBOTS_KEPT
        ):
            return kept.body.decode("utf-8", "replace")
        here, clock = url, Clock(self._settings.timeout)
        # out of reach, too large, private: what the page itself answers decides
        with suppress(FetchError):
            for _ in range(ROBOTS_REDIRECTS + 1):
                status, text = self.wire.ask(here, {}, _read_robots, clock)
                self.robots.append(here)
                if status not in _REDIRECTS:
                    if status < 500:
                        self._keep_robots(url, text)
                    return text
                here = self.checked(_join(here, text))
        return ""

    def _keep_robots(self, url: str, text: str) -> None:
        body = text.encode()
        digest = hashlib.sha256(body).hexdigest()
        self._cache.store(
            url, RawDocument(url, "text/plain", body, digest, "utf-8", fetched_at=datetime.now(UTC))
        )


def _read_robots(response: httpx.Response) -> tuple[int, str]:
    """Return the status, and the rules or the address that it redirects to."""
    status = response.status_code
    # read in any case: it keeps the connection
    text = read_body(response, MAX_ROBOTS_BYTES).decode("utf-8", "replace")
    if status in _REDIRECTS:
        return status, response.headers.get("location", "")
    return status, text if status == 200 else ""


def _validators(kept: RawDocument | None) -> dict[str, str]:
    """Return the headers that ask only for what has changed."""
    if kept is None:
        return {}
    named = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in named.items() if value}


def _content_type(header: str) -> tuple[str, str | None]:
    """Return the media type and the charset that a Content-Type declares."""
    media_type, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.strip().lower(), value.strip().strip("\"'").lower() or None
    return media_type.strip().lower(), None


def _join(base: str, location: str) -> str:
    """Return the address that a redirect leads to; servers write spaces and letters there that
    belong quoted.
    """
    try:
        return urljoin(base, quote(location.strip(), safe="!#$%&'()*+,/:;=?@[]~"))
    except ValueError:
        raise FetchError(f"{shown(base)} leads to an address that is none.", STAND_IN) from None
