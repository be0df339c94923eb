"""Sites that need more than a plain GET, one module each: which fetches an address, and by what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from typing import Protocol
from urllib.parse import urlsplit

from litsearch.errors import FetchError
from litsearch.protocols import Fetcher, Get
from litsearch.types import RawDocument

MAX_FAILURES = 3  # in a row, after which a fallback is left alone for the rest of the run


class Rest(Protocol):
    """Puts off the next requests for addresses (Downloader.rest)."""

    def __call__(self, urls: Iterable[str], because: str = "") -> None:
        """Ask for none of these for a while, which grows with their failures, or those of
        `because`.
        """
        ...


def no_rest(urls: Iterable[str], because: str = "") -> None:
    """Put off nothing."""


class Dispatcher:
    """Fetches an address by the first fetcher that accepts it.

    A fetcher with HOSTS is asked for addresses of these hosts, and of hosts below them, only.
    fallbacks: tried in order for an address that is dead. rest: told which addresses need not be
    asked for again soon: those that are missing where another gave the text (an edition that a
    paper does not have), and those of fallbacks.
    """

    def __init__(
        self,
        get: Get,
        fetchers: Sequence[Fetcher],
        fallbacks: Sequence[Fetcher] = (),
        rest: Rest = no_rest,
    ) -> None:
        self._get, self._rest = get, rest
        self._fetchers = fetchers
        self._fallbacks = [Fallback(fetcher) for fetcher in fallbacks]

    def __call__(self, url: str) -> RawDocument:
        """Return the document at an address. Raises FetchError: the fetcher's, not a fallback's."""
        fetcher = self._fetcher_of(url)
        get = RecordingGet(self._get)
        try:
            document = fetcher.fetch(url, get)
        except FetchError as error:
            if error.status != "dead":
                raise
            copy = self._from_fallback(url)
            if copy is None:
                raise
            return copy
        self._rest(get.missing)
        return document

    def _fetcher_of(self, url: str) -> Fetcher:
        hosts = set(_domains(url))
        for fetcher in self._fetchers:
            of_site = getattr(fetcher, "HOSTS", ())
            if (not of_site or not hosts.isdisjoint(of_site)) and fetcher.accepts(url):
                return fetcher
        raise FetchError(
            f"{url[:200]} is not of a kind that can be fetched.",
            "Correct the link, or remove it.",
            status="unsupported",
        )

    def _from_fallback(self, url: str) -> RawDocument | None:
        for fallback in self._fallbacks:
            if fallback.failures < MAX_FAILURES and fallback.fetcher.accepts(url):
                get = RecordingGet(self._get)
                document = fallback.fetch(url, get)
                self._rest(get.requested, because=url)
                if document is not None:
                    return document
        return None


class Fallback:
    """A fetcher for dead addresses, with its failures since it last gave an answer."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self.failures = 0

    def fetch(self, url: str, get: Get) -> RawDocument | None:
        """Return its copy of a document, or None; that it knows of none is an answer too."""
        try:
            document = self.fetcher.fetch(url, get)
        except FetchError as error:
            self.failures = 0 if error.status == "dead" else self.failures + 1
            return None
        self.failures = 0
        return document


class RecordingGet:
    """A download that records the addresses that it is asked for, and those that were missing."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self.requested: list[str] = []
        self.missing: list[str] = []

    def __call__(self, url: str) -> RawDocument:
        """Return the document at an address. Raises FetchError."""
        self.requested.append(url)
        try:
            return self._get(url)
        except FetchError as error:
            if not error.transient:
                self.missing.append(url)
            raise


def _domains(url: str) -> Iterator[str]:
    """Yield the host of an address, and every domain that it lies in."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        host = ""
    while host:
        yield host
        host = host.partition(".")[2]


MAX_POSTS = 1000


def first_of(get: Get, urls: Iterable[str]) -> RawDocument:
    """Return the first document that exists, of editions of a paper, or names of a README.

    An address that is out of reach may be one that was never asked for, so the others, which may be
    in the cache, are tried. Raises FetchError: the first failure that another build may mend.
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


def document_of(raw: RawDocument, url: str, media_type: str, text: str) -> RawDocument:
    """Return the document of a text that was made from what an interface said.

    raw: what came from the interface; it gives the times.
    """
    body = text.encode("utf-8", "replace")
    digest = hashlib.sha256(body).hexdigest()
    return replace(raw, url=url, media_type=media_type, charset="utf-8", body=body, sha256=digest)


def thread_page(
    raw: RawDocument, url: str, title: str, author: str, posts: Iterable[tuple[str, str]]
) -> RawDocument:
    """Return the document of a discussion; posts: (author, HTML), the first is its opening."""
    parts = [
        f"<html><head><title>{escape(title)}</title>",
        f'<meta name="author" content="{escape(author)}"></head>',
        f"<body><article><h1>{escape(title)}</h1>",
    ]
    for name, text in islice(posts, MAX_POSTS):
        parts.append(f"<section><p><b>{escape(name)}</b></p><div>{text}</div></section>")
    parts.append("</article></body></html>")
    return document_of(raw, url, "text/html", "".join(parts))
