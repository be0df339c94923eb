"""The polite download: what is kept or asked for, how often and when again."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterable
from contextlib import suppress

from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch.addresses import shown
from litsearch.fetch.cache import GONE, Cache, Fetched
from litsearch.fetch.client import PoliteClient
from litsearch.fetch.failures import STAND_IN, AskLater
from litsearch.fetch.http_client import Clock
from litsearch.fetch.transport import Resolve, Wire
from litsearch.types import RawDocument

# after so many builds in which an address failed
ASK_AGAIN_S = (0, 3_600, 21_600, 86_400, 259_200, 604_800)
# the same for an address that another one stood in for
REST_S = (259_200, 604_800, 1_209_600, 2_592_000)
BACKOFF_S = 1.0  # before the second try, up to halved by chance; doubles from try to try
MAX_BACKOFF_S = 30.0


class Downloader:
    """GET as a good guest, through a cache. Raises FetchError, whose sentence and hint become a
    verdict.

    Making one raises ConfigError when a proxy or certificate variable of the environment cannot be
    used.

    since: Unix time when a build began that was interrupted: what was fetched after it is not asked
    for again. wire: how requests are sent, if not from here. stale: the addresses that were
    answered with an earlier copy because the site failed, with the reason.
    """

    def __init__(
        self,
        cache: Cache,
        settings: FetchConfig,
        *,
        offline: bool = False,
        since: float | None = None,
        resolve: Resolve = socket.getaddrinfo,
        wire: Wire | None = None,
    ) -> None:
        self._cache, self._settings, self._offline, self._since = cache, settings, offline, since
        self._client = PoliteClient(cache, settings, resolve, wire)
        if not offline:
            self._client.http.open()
        self.stale: dict[str, str] = {}

    def __enter__(self) -> Downloader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop waiting and close all connections; downloads that are under way fail."""
        self._client.http.close()

    @property
    def requests(self) -> int:
        """Return how many requests were sent, robots.txt and redirects included."""
        return self._client.http.requests

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Return the hosts that could not be reached at all."""
        return self._client.http.limiter.unreachable

    def __call__(self, url: str) -> RawDocument:
        """Return the bytes at an address: those in the cache when they have not changed, or the
        site fails.
        """
        url = self._checked(url)
        record = self._cache.find(url)
        if self._offline:
            return self._from_cache(url, record)
        try:
            return self._when_due(url, record)
        except FetchError as error:
            if error.unreachable:
                _raise_if_gone(url, record)
            copy = None
            if error.transient or error.status == "blocked":
                copy = self._cache.raw(record)
            if copy is None:
                raise
            self.stale[url] = str(error)
            return copy

    def _when_due(self, url: str, record: Fetched | None) -> RawDocument:
        """Ask for a document, unless the address rests, or this build (interrupted) has asked for
        it before.
        """
        if record is not None and record.next_try > time.time():
            return self._rested(url, record)
        if self._is_of_this_build(record):
            document = self._cache.raw(record)
            if document is not None:
                return document
        return self._with_retries(url)

    def rest(self, urls: Iterable[str], because: str = "") -> None:
        """Ask none of these addresses again for a while: their text is had from elsewhere, or is
        not to be had.

        The while grows with the failures: each address's own, or those of the one `because` of
        which it was asked.
        """
        for url in urls:
            with suppress(FetchError):
                url = self._checked(url)
                record = self._cache.find(self._checked(because) if because else url)
                step = min(max(record.failures, 1), len(REST_S)) - 1 if record else 0
                self._cache.rest(url, time.time() + REST_S[step])

    def ask(self, url: str, spacing: float, content: bytes | None = None) -> bytes:
        """Return what a service answers to a program; it is neither kept nor asked for again.

        Raises FetchError.
        """
        url = self._checked(url)
        if self._offline:
            raise FetchError("Services are not asked offline.", unreachable=True)
        return self._client.service(url, spacing, content)

    def _is_of_this_build(self, record: Fetched | None) -> bool:
        """Return whether this is a document that came since the build began that this one goes on
        with.
        """
        if self._since is None or record is None or record.fetched_at is None or record.failures:
            return False
        return record.fetched_at.timestamp() >= self._since

    def _rested(self, url: str, record: Fetched) -> RawDocument:
        """Return the document of an address that is not to be asked now; raises what it failed
        with.
        """
        document = None if record.failures else self._cache.raw(record)
        if document is None:
            raise AskLater(url, record.next_try, record.verdict)
        return document

    def _from_cache(self, url: str, record: Fetched | None) -> RawDocument:
        _raise_if_gone(url, record)
        raw = self._cache.raw(record)
        if raw is None:
            hint = "Run litsearch build without --offline."
            raise FetchError(f"{shown(url)} has not been downloaded yet.", hint, unreachable=True)
        return raw

    def _with_retries(self, url: str) -> RawDocument:
        """Try as often as the settings allow, for transient failures only."""
        clock = Clock(self._settings.total_timeout)
        for attempt in range(self._settings.retries + 1):
            try:
                raw = self._client.document(url, clock)
                self._cache.store(url, raw)
                return raw
            except FetchError as error:
                last = attempt == self._settings.retries or clock.left <= 0
                if last or not error.transient or error.unreachable:
                    self._note(url, error)
                    raise
            backoff = min(BACKOFF_S * 2**attempt, MAX_BACKOFF_S)
            self._client.http.limiter.wait(random.uniform(backoff / 2, backoff))  # noqa: S311
        raise AssertionError("the last try returns or raises")

    def _note(self, url: str, error: FetchError) -> None:
        """Remember a failure of the site (not of the network), and ask again after a wait that
        grows.
        """
        if error.unreachable:
            return
        record = self._cache.find(url)
        # else a copy serves meanwhile
        failures = record.failures if record is not None and record.sha256 is None else 0
        wait = ASK_AGAIN_S[min(failures, len(ASK_AGAIN_S) - 1)]
        next_try = time.time() + wait if wait else 0.0
        if isinstance(error, AskLater):
            next_try = error.next_try
        self._cache.failed(url, error.verdict, next_try)

    def _checked(self, url: str) -> str:
        return self._client.checked(url)


def _raise_if_gone(url: str, record: Fetched | None) -> None:
    """Without network, a page that was gone is still gone: so a fetcher goes on to the next
    address, as it did then.
    """
    if record is not None and record.status == GONE:
        raise FetchError(
            f"{shown(url)} was not there when it was last asked for.", STAND_IN, status="dead"
        )
