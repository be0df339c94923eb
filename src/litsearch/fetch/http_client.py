"""Send requests: one at a time to a host, ended at a deadline, their bodies no larger than allowed.

Failures are told in our words, and a host that does not answer is asked no more.
"""

from __future__ import annotations

import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import httpcore
import httpx

from litsearch.config import FetchConfig
from litsearch.errors import FetchError
from litsearch.fetch import failures
from litsearch.fetch.failures import Truncated, host_of
from litsearch.fetch.transport import Resolve, Transport, Wire, deadline

# timeouts in a row (of different pages, if the host answers at all) after which it is left alone
SILENCES = 3
DOWN_HOSTS = 3  # distinct hosts out of reach, none reached: then it is the network, not the hosts
_NETWORK_HINT = "Check the network, then run litsearch build again."


@dataclass(slots=True)
class _Host:
    """The state of one host."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # monotonic seconds
    answers: bool = False
    # addresses that timed out since the last answer
    silent: list[str] = field(default_factory=list)
    given_up: str = ""  # why


class RateLimiter:
    """Gives turns at each host met in this run, and knows which hosts are out of reach."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._reached = False
        self._unreached: set[str] = set()

    @contextmanager
    def turn(self, name: str, spacing: float) -> Iterator[None]:
        """Wait for the right to send one request to a host. Raises FetchError when the host was
        given up.

        spacing: seconds from the end of this request to the start of the next one.
        """
        host = self._host(name)
        self._refuse(host)
        with host.lock:
            self._refuse(host)  # it may have been given up while this thread waited
            self.wait(host.free_at - time.monotonic())
            try:
                yield
            finally:
                host.free_at = max(host.free_at, time.monotonic() + spacing)

    def postpone(self, name: str, seconds: float) -> None:
        """Send nothing to the host for so long: it said so."""
        host = self._host(name)
        host.free_at = max(host.free_at, time.monotonic() + seconds)

    def answered(self, name: str) -> None:
        """Note that the host answered, whatever it said."""
        host = self._host(name)
        host.answers = self._reached = True
        host.silent.clear()

    def silent(self, name: str, url: str) -> None:
        """Note that the host let a request time out. One bad page does not condemn a host that
        answers others.
        """
        host = self._host(name)
        if not (host.answers and url in host.silent):
            host.silent.append(url)
        if len(host.silent) >= SILENCES:
            host.given_up = (
                f"{name} let {SILENCES} requests in a row time out and is left alone for this run."
            )

    def out_of_reach(self, name: str, reason: str, *, network: bool) -> None:
        """Note that the host cannot be reached at all; `network`: it may be the network's fault."""
        self._host(name).given_up = reason
        if network:
            with self._lock:
                self._unreached.add(name)

    @property
    def network_down(self) -> bool:
        """Return whether several hosts were out of reach and none was reached."""
        return not self._reached and len(self._unreached) >= DOWN_HOSTS

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Return the hosts that were given up, sorted."""
        with self._lock:
            given_up = [name for name, host in self._hosts.items() if host.given_up]
        return tuple(sorted(given_up))

    def wait(self, seconds: float) -> None:
        """Sleep, unless the run is stopped: then raise FetchError."""
        if self._stopped.is_set() or (seconds > 0 and self._stopped.wait(seconds)):
            raise FetchError(
                "The download was stopped.", "Run litsearch build again.", transient=True
            )

    def stop(self) -> None:
        """End all waiting."""
        self._stopped.set()

    def _refuse(self, host: _Host) -> None:
        if host.given_up:
            raise FetchError(host.given_up, _NETWORK_HINT, transient=True, unreachable=True)
        if self.network_down:
            raise FetchError(
                "The network cannot be reached; nothing more was asked for.",
                _NETWORK_HINT,
                transient=True,
                unreachable=True,
            )

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())


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


ACCEPTED_ENCODINGS = "gzip, deflate"  # what is decoded here, with a limit on the output
MAX_ENCODINGS = 3  # one on the other
_OTHER_CODINGS = frozenset("br zstd compress dcb dcz exi bzip2 lzma xz lz4 pack200-gzip".split())
_GZIP = b"\x1f\x8b"
_STEP = 1 << 20  # bytes of output at a time
_TOO_LARGE_HINT = "Raise fetch.max_megabytes in config/litsearch.toml, or remove the link."


def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the decoded body of a streamed response.

    limit: bytes, of the body as sent and as decoded. Raises FetchError above it, and Truncated.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    chunks = _limited(response.iter_raw(), limit)
    for encoding in _encodings(response):
        chunks = _limited(_decoded(chunks, encoding), limit)
    return b"".join(chunks)


def _encodings(response: httpx.Response) -> list[str]:
    """Return the codings of the body that are undone here, the one put on last first.

    Browsers take a name that is no coding, such as "utf-8" or "none", for nothing. Raises
    FetchError for codings that were not asked for, and for more than MAX_ENCODINGS.
    """
    names = response.headers.get("content-encoding", "").lower().split(",")
    codings = [name.strip().removeprefix("x-") for name in names]
    if not _OTHER_CODINGS.isdisjoint(codings):
        raise FetchError(
            "The page came in a compression that was not asked for.",
            "Remove the link, or try it later.",
        )
    undone = [coding for coding in reversed(codings) if coding in ("gzip", "deflate")]
    if len(undone) > MAX_ENCODINGS:
        raise FetchError(
            f"The page is compressed {len(undone)} times over.", "Remove the link, or try it later."
        )
    return undone


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the decoded bytes, a step at a time. Raises Truncated and FetchError."""
    decoder = None
    for chunk in filter(None, chunks):
        decoder = decoder or _decoder(encoding, chunk)
        while chunk:
            if decoder.eof:
                if not chunk.startswith(_GZIP):
                    break  # bytes after the end, which browsers ignore too
                decoder = _decoder(encoding, chunk)  # a further gzip member
            yield _decompressed(decoder, chunk)
            chunk = decoder.unused_data if decoder.eof else decoder.unconsumed_tail

    if decoder is not None and not decoder.eof:
        raise Truncated


def _decompressed(decoder: zlib._Decompress, chunk: bytes) -> bytes:
    try:
        return decoder.decompress(chunk, _STEP)
    except zlib.error:
        hint = "Try it later, or remove the link."
        raise FetchError("The page's compressed bytes are broken.", hint) from None


def _decoder(encoding: str, first: bytes) -> zlib._Decompress:
    """Return a decoder for gzip, or for deflate with or without (as some servers send it) the zlib
    header.
    """
    if encoding == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    zlib_header = (
        len(first) >= 2 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    )
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)


def _too_large(limit: int) -> FetchError:
    return FetchError(f"The page is larger than {limit / 1_000_000:g} MB.", _TOO_LARGE_HINT)
