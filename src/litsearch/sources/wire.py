"""One request: its turn at the host, its deadline, its count, and its failure in our words."""

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
from litsearch.sources import failures
from litsearch.sources.body import ACCEPTED_ENCODINGS
from litsearch.sources.failures import host_of
from litsearch.sources.politeness import Hosts
from litsearch.sources.transport import Resolve, Transport, deadline

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

    def __init__(self, agent: str, settings: FetchConfig, resolve: Resolve = socket.getaddrinfo) -> None:
        self.hosts = Hosts()
        self.requests = 0
        self._counting = threading.Lock()
        self._spacing = settings.spacing
        self._transport = Transport(allow_private=settings.allow_private, resolve=resolve)
        self._client = httpx.Client(
            transport=self._transport,
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED_ENCODINGS},
            timeout=settings.timeout,
            trust_env=False,  # the transport reads the proxies itself; ~/.netrc is nobody's business
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
        """What `read` makes of the answer; redirects are not followed. Raises FetchError.

        delay: seconds that the site wants after this request, if more than the spacing. said: what is posted.
        """
        host = host_of(url)
        with self.hosts.turn(host, max(delay, self._spacing)):
            self._count(1)
            try:
                request = self._client.stream("GET" if said is None else "POST", url, headers=headers, content=said)
                with clock, deadline(clock.left), request as response:
                    self.hosts.answered(host)
                    return read(response)
            except failures.WIRE_ERRORS as error:
                raise self._explained(url, error, late=clock.left <= 0) from error

    def close(self) -> None:
        """Stop waiting and close all connections; requests that are under way fail."""
        self.hosts.stop()
        self._client.close()

    def _explained(self, url: str, error: Exception, *, late: bool) -> FetchError:
        """The failure in our words; and the host is remembered when it does not answer."""
        proxied = self._transport.proxied(httpx.URL(url))
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
