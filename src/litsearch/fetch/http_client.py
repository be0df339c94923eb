"""Sends requests: one at a time to a host, ended at a deadline, failures told in our words."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import httpcore
import httpx

from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch import failures
from litsearch.fetch.body import ACCEPTED_ENCODINGS
from litsearch.fetch.failures import host_of
from litsearch.fetch.rate_limit import RateLimiter
from litsearch.fetch.transport import Resolve, Transport, Wire, deadline

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


class HttpClient:
    """Sends requests under one name, from any thread. requests: how many were sent."""

    def __init__(
        self,
        agent: str,
        settings: FetchConfig,
        resolve: Resolve = socket.getaddrinfo,
        wire: Wire | None = None,
    ) -> None:
        self.limiter = RateLimiter()
        self.requests = 0
        self._counting = threading.Lock()
        self._spacing = settings.spacing
        private = settings.allow_private
        self._wire = wire or Transport(allow_private=private, resolve=resolve)
        self._client = httpx.Client(
            transport=self._wire,
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED_ENCODINGS},
            timeout=settings.timeout,
            # the wire reads the proxies itself; ~/.netrc is nobody's business
            trust_env=False,
        )

    def ask(
        self,
        url: str,
        headers: dict[str, str],
        read: Callable[[httpx.Response], T],
        clock: Clock,
        delay: float = 0.0,
        content: bytes | None = None,
    ) -> T:
        """Return what `read` makes of the answer; redirects are not followed. Raises FetchError.

        delay: seconds that the site wants after this request, if more than the spacing. content:
        what is posted.
        """
        host = host_of(url)
        with self.limiter.turn(host, max(delay, self._spacing)):
            self._count(1)
            try:
                method = "GET" if content is None else "POST"
                request = self._client.stream(method, url, headers=headers, content=content)
                with clock, deadline(clock.left), request as response:
                    self.limiter.answered(host)
                    return read(response)
            except failures.WIRE_ERRORS as error:
                raise self._explained(url, error, late=clock.left <= 0) from error

    def open(self) -> None:
        """Read proxies and certificates from the environment. Raises ConfigError."""
        self._wire.open()

    def close(self) -> None:
        """Stop waiting and close all connections; requests that are under way fail."""
        self.limiter.stop()
        self._client.close()

    def _explained(self, url: str, error: Exception, *, late: bool) -> FetchError:
        """Return the failure in our words; and the host is remembered when it does not answer."""
        proxied = self._wire.is_proxied(httpx.URL(url))
        failure = failures.of_error(url, error, proxied=proxied, late=late)
        if failure.unreachable:
            network = failures.network_fault(error, proxied=proxied)
            self.limiter.out_of_reach(host_of(url), str(failure), network=network)
            self._count(-1)  # it was never sent
        elif isinstance(error, httpcore.TimeoutException) and not late:
            self.limiter.silent(host_of(url), url)
        return failure

    def _count(self, requests: int) -> None:
        with self._counting:
            self.requests += requests
