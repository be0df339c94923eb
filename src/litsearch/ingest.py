"""Take every source to its document and its verdict: several hosts at once, one request at a time
to each.
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from litsearch.errors import FetchError, SourceError
from litsearch.types import Document, Ingested, RawDocument, Source, Verdict
from litsearch.works.identity import works_of
from litsearch.works.resolve import Found, apply

Resolve = Callable[[Source], Found | str]
Describe = Callable[[str], str]
Fetch = Callable[[str], RawDocument]
Extract = Callable[[RawDocument, str], "Future[Document]"]
StandIn = Callable[[Source], RawDocument | None]
WAITING_A_HOST = 2  # bodies a downloading thread may be ahead of the extraction: bounds the memory
MAX_ALIASES = 4  # further addresses of one source that are tried
_NO_LINK = "The lists give no address for it."
_SPLIT = "To have all of it searched, split the file and name its parts in the list."
_ADD = (
    "Add a link to the entry, or put the file into config/files/,"
    " named by the source's id or title."
)
_ATTACH = "Drop the file onto the page of `litsearch serve --write`, or put it into config/files/."
_REPORT = (
    "Put the page's file into config/files/, named by the source's id or title; report this fault."
)


class _Fetched(NamedTuple):
    source: Source
    result: RawDocument | Verdict
    reason: str = ""  # how the address was found, when no list gives it
    record: str = ""  # what an archive says of the work
    works: tuple[str, ...] = ()  # keys of the addresses that it was found at


class _Extracted(NamedTuple):
    fetched: _Fetched
    fingerprint: str
    future: Future[Document]


def ingest(
    sources: Sequence[Source],
    *,
    fetch: Fetch,
    extract: Extract,
    fingerprints: Mapping[str, str],
    extraction: str,
    hosts: int,
    stand_in: StandIn = lambda source: None,
    resolve: Resolve = lambda source: "",
    describe: Describe = lambda url: "",
) -> Iterator[Ingested]:
    """Fetch and extract all sources; results come in the order in which they are ready.

    fingerprints: those of the documents that are indexed, by source id: an equal one is not
    extracted again. extraction: the version of the extractors. hosts: how many hosts are asked at
    once. stand_in: the owner's own file for a source, if there is one. resolve: the open copy of a
    source without address, or why there is none. describe: the archive's record of the work at an
    address. Leaving the loop early stops the downloads.
    """
    with _Downloads(sources, _Means(fetch, stand_in, resolve, describe), hosts) as downloads:
        left = len(sources)
        while left:
            event = downloads.events.get()
            if isinstance(event, _Extracted):
                done: Ingested | None = _extracted(event)
            else:
                done = _begin(event, downloads, extract, fingerprints, extraction)
            if done is not None:
                left -= 1
                downloads.room.release()
                yield done


def fingerprint(raw: RawDocument, extraction: str, record: str = "") -> str:
    """Return a digest that is equal when the same bytes, from the same address and with the same
    record, went through the same extraction.
    """
    facts = [raw.sha256, raw.url, raw.media_type, str(raw.charset), extraction]
    if record:
        facts.append(record)
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _begin(
    event: _Fetched,
    downloads: _Downloads,
    extract: Extract,
    fingerprints: Mapping[str, str],
    extraction: str,
) -> Ingested | None:
    """Return the result of a source that needs no extraction; else None, and begin to extract."""
    source, raw = event.source, event.result
    if isinstance(raw, Verdict):
        return Ingested(source, raw, None, "", False)
    mark = fingerprint(raw, extraction, event.record)
    if fingerprints.get(source.source_id) == mark:
        return Ingested(source, Verdict("indexed", event.reason), None, mark, True, event.works)
    future = extract(raw, source.source_id)
    event = event._replace(result=Verdict("indexed"))  # the bytes are not kept while they wait
    future.add_done_callback(lambda done: downloads.events.put(_Extracted(event, mark, done)))
    return None


def _extracted(event: _Extracted) -> Ingested:
    """Return the result of an extraction that is done."""
    source, _, reason, record, works = event.fetched
    try:
        document = apply(record, event.future.result())
    except SourceError as error:
        return Ingested(source, error.verdict, None, event.fingerprint, False)
    verdict = Verdict("indexed", reason)
    if document.cut:
        verdict = Verdict("indexed", f"Read to {document.cut} only. {reason}".strip(), _SPLIT)
    return Ingested(source, verdict, document, event.fingerprint, False, works)


class _Means(NamedTuple):
    """By what means a source gets its bytes."""

    fetch: Fetch
    stand_in: StandIn
    resolve: Resolve
    describe: Describe


class _Downloads:
    """Threads that fetch the sources, host by host in turn, and put the results on events."""

    def __init__(self, sources: Sequence[Source], means: _Means, hosts: int) -> None:
        self._means = means
        self.events: queue.SimpleQueue[_Fetched | _Extracted] = queue.SimpleQueue()
        # sources that are begun and not yet handed over
        self.room = threading.Semaphore(hosts * WAITING_A_HOST)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._queues: dict[str, deque[Source]] = {}
        for source in sources:
            self._queues.setdefault(_host(source), deque()).append(source)
        # hosts that have sources and no request under way
        self._ready = queue.SimpleQueue[str | None]()
        self._left = len(self._queues)
        for host in self._queues:
            self._ready.put(host)
        self._threads = [
            threading.Thread(target=self._work, name=f"fetch-{n}", daemon=True)
            for n in range(min(hosts, self._left))
        ]

    def __enter__(self) -> _Downloads:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the threads end after what they are fetching now; daemons, they do not hold up the
        process.
        """
        self._stopped.set()
        for _thread in self._threads:
            self.room.release()
            self._ready.put(None)

    def _work(self) -> None:
        while (host := self._ready.get()) is not None:
            self.room.acquire()
            if self._stopped.is_set():
                return
            waiting = self._queues[host]
            source = waiting.popleft()
            self.events.put(self._result(source))
            if waiting:
                self._ready.put(host)
            else:
                self._finish_host()

    def _finish_host(self) -> None:
        """After the last host, let every thread go."""
        with self._lock:
            self._left -= 1
            if self._left == 0:
                for _ in self._threads:
                    self._ready.put(None)

    def _result(self, source: Source) -> _Fetched:
        """Return the document of a source, or the verdict that it gets for having none."""
        try:
            own = self._means.stand_in(source)
            if own is not None:
                return _Fetched(source, own)
            if source.url is None:
                return self._by_title(source)
            raw = self._any_address(source)
            record = self._means.describe(source.url)
            return _Fetched(source, raw, "", record, works_of(source, raw))
        except FetchError as error:
            status = "entry-only" if error.unreachable else error.status
            return _Fetched(source, Verdict(status, str(error), error.hint))
        # a fault of ours in one source must not cost the others theirs
        except Exception as error:  # noqa: BLE001
            fault = f"{type(error).__name__}: {str(error)[:200]}".rstrip(" .:")
            reason = f"litsearch itself failed at this source ({fault})."
            return _Fetched(source, Verdict("failed", reason, _REPORT))

    def _by_title(self, source: Source) -> _Fetched:
        """Return the open copy of a source that has no address; without one it stays what the lists
        say of it.
        """
        copy = self._means.resolve(source)
        if isinstance(copy, str):
            return _Fetched(source, _unaddressed(source, copy))
        try:
            raw = self._means.fetch(copy.url)
        except FetchError as error:
            return _Fetched(source, Verdict("entry-only", f"{copy.reason} But: {error}", _ADD))

        kind = source.kind if source.kind != "entry" else "paper"
        source = replace(source, url=copy.url, kind=kind)
        record = self._means.describe(copy.url)
        return _Fetched(source, raw, copy.reason, record, works_of(source, raw))

    def _any_address(self, source: Source) -> RawDocument:
        """Return the document at the canonical address, or at a listed one when that is no use."""
        first: FetchError | None = None
        addresses = dict.fromkeys(
            url.partition("#")[0] for url in (source.url or "", *source.aliases)
        )
        for url in list(addresses)[: MAX_ALIASES + 1]:
            try:
                return self._means.fetch(url)
            except FetchError as error:
                first = first or error
                if error.transient or self._stopped.is_set():
                    break
        raise first or FetchError("The source has no address.")


def _unaddressed(source: Source, why: str) -> Verdict:
    """Return the verdict of a source that no list gives an address; why: what registers said."""
    files = (dict(entry.extra).get("file", "") for entry in source.entries)
    if attached := next(filter(None, files), ""):
        name = attached.replace("\\", "/").rpartition("/")[2]
        reason = f"The list attaches the file {name}, which is not here; it gives no address."
        return Verdict("entry-only", reason, _ATTACH)
    return Verdict("entry-only", f"{_NO_LINK} {why}".rstrip(), _ADD)


def _host(source: Source) -> str:
    """Return what queue a source waits in; without an address, that of all those which ask the same
    services.
    """
    try:
        return urlsplit(source.url or "").hostname or (source.source_id if source.url else "")
    except ValueError:
        return source.source_id
