"""Requests that other machines send: each host's by one of them, so that it is asked by one.

Turns, robots.txt, redirects and the cache stay where the build runs; what goes to the other machine
is one request, and what comes back is its answer.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import httpcore
import httpx

from litsearch.errors import FetchError, WorkLost
from litsearch.fetch.failures import WIRE_ERRORS
from litsearch.fetch.transport import Transport, Wire, deadline, seconds_left

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and how long it may take."""

    method: str
    url: str
    headers: Headers
    content: bytes
    timeout: Mapping[str, float | None]
    seconds: float


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a request."""

    status: int = 0
    headers: Headers = ()
    body: bytes = b""  # as it was sent, of a page only
    error: Exception | None = None  # of the wire, or the refusal of a private address
    proxied: bool = False


class Relay:
    """Sends requests for a build that runs elsewhere."""

    def __init__(self, allow_private: bool, max_bytes: int) -> None:
        """max_bytes: of one body. Raises ConfigError, as Transport.open() does."""
        self._wire, self._max_bytes = Transport(allow_private=allow_private), max_bytes
        self._wire.open()

    def __call__(self, question: Asked) -> Answered:
        """Return the answer to a request, or why there is none."""
        request = httpx.Request(
            question.method,
            question.url,
            headers=list(question.headers),
            content=question.content,
            extensions={"timeout": dict(question.timeout)},
        )
        try:
            with deadline(question.seconds):
                return self._answer(request)
        except (FetchError, *WIRE_ERRORS) as error:
            return Answered(error=error, proxied=self._wire.is_proxied(request.url))

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def _answer(self, request: httpx.Request) -> Answered:
        response = self._wire.handle_request(request)
        try:
            body = self._body(response)
        finally:
            response.close()
        return Answered(response.status_code, tuple(response.headers.raw), body)

    def _body(self, response: httpx.Response) -> bytes:
        """Return the bytes of a page; of one that is too large as many as show that it is."""
        declared = response.headers.get("content-length", "")
        too_large = declared.isdigit() and int(declared) > self._max_bytes
        if too_large or not 200 <= response.status_code < 300:
            return b""
        chunks, size = [], 0
        for chunk in response.iter_raw():
            chunks.append(chunk)
            size += len(chunk)
            if size > self._max_bytes:
                break
        return b"".join(chunks)


class RelayedWire(Wire):
    """Has every request sent by a relay, those to one host always by the same."""

    def __init__(self, relays: Sequence[Callable[[Asked], Answered]]) -> None:
        self._relays = relays
        self._proxied: dict[str, bool] = {}  # by host, as its last failure told

    def open(self) -> None:
        """Leave proxies and certificates to the relays."""

    def is_proxied(self, url: httpx.URL) -> bool:
        """Return whether the request to this host that failed last went through a proxy."""
        return self._proxied.get(url.host, False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response. Raises what the relay met, and ClusterUnavailable."""
        host = request.url.host
        relay = self._relays[zlib.crc32(host.encode()) % len(self._relays)]
        try:
            answered = relay(_asked(request))
        except WorkLost as error:
            raise httpcore.ReadError(str(error)) from error
        if answered.error is not None:
            self._proxied[host] = answered.proxied
            raise answered.error
        stream = httpx.ByteStream(answered.body)
        return httpx.Response(answered.status, headers=list(answered.headers), stream=stream)


def _asked(request: httpx.Request) -> Asked:
    return Asked(
        method=request.method,
        url=str(request.url),
        headers=tuple(request.headers.raw),
        content=request.read(),
        timeout=request.extensions.get("timeout", {}),
        seconds=seconds_left(),
    )
