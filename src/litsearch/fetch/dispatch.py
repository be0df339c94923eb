"""Which fetcher gets an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from litsearch.errors import FetchError
from litsearch.protocols import Fetcher, Get
from litsearch.types import RawDocument

FAILURES = 3  # of a fallback on end, after which it is not tried again by this route


class Rest(Protocol):
    """What lets addresses rest (Downloader.rest)."""

    def __call__(self, urls: Iterable[str], because: str = "") -> None:
        """Ask for none of these again for a while, the longer the more often they, or `because`,
        failed.
        """
        ...


def no_rest(urls: Iterable[str], because: str = "") -> None:
    """Every address is asked for whenever it is wanted."""


def route(
    get: Get, fetchers: Sequence[Fetcher], fallbacks: Sequence[Fetcher] = (), rest: Rest = no_rest
) -> Callable[[str], RawDocument]:
    """A function that fetches an address by the first fetcher that accepts it.

    fallbacks: tried in order for an address that is dead. rest: told which addresses need not be
    asked soon again: those that are missing where another gave the text (an edition that a paper
    does not have), and those of fallbacks. Raises FetchError: the first fetcher's.
    """

    instead = _Instead(get, fallbacks, rest)

    def fetch(url: str) -> RawDocument:
        for fetcher in fetchers:
            if fetcher.accepts(url):
                asked = _Asked(get)
                try:
                    raw = fetcher.fetch(url, asked)
                except FetchError as error:
                    if error.status != "dead":
                        raise
                    return instead(url, error)
                rest(asked.missed)
                return raw
        raise FetchError(
            f"{url[:200]} is not of a kind that can be fetched.",
            "Correct the link, or remove it.",
            status="unsupported",
        )

    return fetch


class _Asked:
    """A download that remembers what it was asked for, and what was not there."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self.urls: list[str] = []
        self.missed: list[str] = []

    def __call__(self, url: str) -> RawDocument:
        self.urls.append(url)
        try:
            return self._get(url)
        except FetchError as error:
            if not error.transient:
                self.missed.append(url)
            raise


class _Instead:
    """What fallbacks have of addresses that are dead. One that fails by itself several times on end
    is left alone.
    """

    def __init__(self, get: Get, fallbacks: Sequence[Fetcher], rest: Rest) -> None:
        self._get, self._fallbacks, self._rest = get, fallbacks, rest
        self._failures = [0] * len(fallbacks)  # since the last answer

    def __call__(self, url: str, error: FetchError) -> RawDocument:
        """The document that a fallback has; else raises the error."""
        for place, fallback in enumerate(self._fallbacks):
            if self._failures[place] < FAILURES and fallback.accepts(url):
                asked = _Asked(self._get)
                try:
                    raw = fallback.fetch(url, asked)
                except FetchError as failure:
                    self._failures[place] = (
                        0 if failure.status == "dead" else self._failures[place] + 1
                    )
                    continue
                finally:
                    self._rest(asked.urls, because=url)
                self._failures[place] = 0
                return raw
        raise error


def first_of(get: Get, urls: Iterable[str]) -> RawDocument:
    """The first of the addresses that exists. Raises FetchError: the first failure that another
    build may mend.

    An address that is out of reach may be one that was never asked for, so the others, which may be
    kept, are tried.
    """
    missing: FetchError | None = None
    for url in urls:
        try:
            return get(url)
        except FetchError as error:
            if error.status != "dead" and not error.unreachable:
                raise
            if missing is None or (error.unreachable and not missing.unreachable):
                missing = error
    raise missing or FetchError("There was no address to ask.")
