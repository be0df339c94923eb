"""The wire under the downloader: httpx over connections that go only to checked addresses and end
at a deadline.

A name is resolved once, all its addresses are checked, and the connection goes to one of those; TLS
and the Host header still use the name. A second answer of a hostile name server is never asked for.
Behind a proxy names are the proxy's to resolve.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from litsearch.errors import ConfigError, FetchError
from litsearch.fetch.addresses import refuse_address

Resolve = Callable[..., list[tuple[Any, ...]]]  # socket.getaddrinfo, or one with its form
_KEEP_ALIVE_S = 15.0
# hosts are bounded by the caller; this only keeps the pool from being the bottleneck
_MAX_CONNECTIONS = 100
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


class NameNotFound(httpcore.ConnectError):
    """A host name that does not resolve; `temporary` when the name server did not answer at all."""

    def __init__(self, host: str, *, temporary: bool) -> None:
        super().__init__(host)
        self.temporary = temporary


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """No read, write or connect of this thread waits past so many seconds from now."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def _within(timeout: float | None, expired: type[httpcore.TimeoutException]) -> float:
    """The part of a timeout, in seconds, that lies before the deadline."""
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise expired("deadline")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, so that a trickle cannot hold a thread."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _within(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _within(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        wait = _within(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, wait))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Opens connections; with `check`, to public addresses only."""

    def __init__(self, resolve: Resolve, *, check: bool) -> None:
        self._resolve, self._check, self._plain = resolve, check, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers. Raises FetchError for a
        private one.
        """
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = NameNotFound(
            host, temporary=False
        )
        options = list(socket_options or ())
        for address in self._addresses(host, port):
            wait = _within(timeout, httpcore.ConnectTimeout)
            try:
                return _Stream(self._plain.connect_tcp(address, port, wait, local_address, options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, every one of them checked: one private address refuses the host."""
        try:
            rows = self._resolve(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameNotFound(host, temporary=error.errno == socket.EAI_AGAIN) from error
        except UnicodeError as error:
            raise NameNotFound(host, temporary=False) from error
        addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
        if self._check:
            for address in addresses:
                refuse_address(ipaddress.ip_address(address.partition("%")[0]), host)
        return addresses


class Transport(httpx.BaseTransport):
    """Sends a request directly, or through the proxy that the environment names for its host."""

    def __init__(self, *, allow_private: bool, resolve: Resolve = socket.getaddrinfo) -> None:
        self._resolve = resolve
        self._tls = _authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
        self._direct = httpcore.ConnectionPool(
            ssl_context=self._tls,
            max_connections=_MAX_CONNECTIONS,
            keepalive_expiry=_KEEP_ALIVE_S,
            network_backend=Backend(resolve, check=not allow_private),
        )
        self._proxies = {scheme: self._proxy(url) for scheme, url in _proxy_urls().items()}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The response, its body still unread. Raises the exceptions of httpcore, and FetchError."""
        response = self._pool(request.url).handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        for pool in (self._direct, *self._proxies.values()):
            pool.close()

    def proxied(self, url: httpx.URL) -> bool:
        """True when a request to this address goes through a proxy."""
        return self._pool(url) is not self._direct

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        pool = self._proxies.get(url.scheme)
        return self._direct if pool is None or proxy_bypass(url.host) else pool

    def _proxy(self, url: str) -> httpcore.HTTPProxy:
        parts = httpx.URL(url if "://" in url else "http://" + url)
        if parts.scheme not in ("http", "https"):
            raise ConfigError(
                f"The proxy {parts.copy_with(userinfo=b'')} is of a kind that is not supported.",
                "Name an http:// or https:// proxy in HTTPS_PROXY, or unset it.",
            )
        return httpcore.HTTPProxy(
            proxy_url=httpcore.URL(
                scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=b"/"
            ),
            proxy_auth=(parts.username, parts.password) if parts.userinfo else None,
            ssl_context=self._tls,
            max_connections=_MAX_CONNECTIONS,
            keepalive_expiry=_KEEP_ALIVE_S,
            network_backend=Backend(self._resolve, check=False),  # the proxy is the owner's choice
        )


class _Body(httpx.SyncByteStream):
    """The body of a response, as it comes off the wire."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


@cache
def _authorities(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Whose certificates are believed, as the environment says. Reading them takes 90 ms, so it is
    done once.
    """
    return httpx.create_ssl_context()


def _proxy_urls() -> dict[str, str]:
    """The proxies that the environment names, by the scheme of what is asked."""
    named = getproxies()
    every = named.get("all", "")
    return {scheme: url for scheme in ("http", "https") if (url := named.get(scheme) or every)}


ACCEPTED_ENCODINGS = "gzip, deflate"  # what is decoded here, with a limit on the output
_STEP = 1 << 20  # bytes of output at a time
_TOO_LARGE_HINT = "Raise fetch.max_megabytes in config/litsearch.toml, or remove the link."


class Truncated(Exception):
    """A body that ended before its time."""


def read_body(response: httpx.Response, limit: int) -> bytes:
    """The decoded body of a streamed response.

    limit: bytes, of the body as sent and as decoded. Raises FetchError above it, and Truncated.
    """
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(limit)
    parts, size = [], 0
    for part in _decoded(_limited(response.iter_raw(), limit), _encoding(response)):
        size += len(part)
        if size > limit:
            raise _too_large(limit)
        parts.append(part)
    return b"".join(parts)


def _encoding(response: httpx.Response) -> str:
    """The coding of the body: gzip, deflate or none."""
    named: str = response.headers.get("content-encoding", "").strip().lower().removeprefix("x-")
    if named in ("", "identity", "gzip", "deflate"):
        return named
    raise FetchError(
        "The page came in a compression that was not asked for.",
        "Remove the link, or try it later.",
    )


def _limited(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        yield from chunks
        return
    decoder, begun = None, False
    for chunk in chunks:
        if decoder is None:
            decoder = _decoder(encoding, chunk)
        while chunk:
            begun = True
            # a further gzip member, or bytes after the end, which browsers ignore too
            if decoder.eof:
                if not chunk.startswith(b"\x1f\x8b"):
                    break
                decoder = _decoder(encoding, chunk)
            try:
                yield decoder.decompress(chunk, _STEP)
            except zlib.error:
                raise FetchError(
                    "The page's compressed bytes are broken.", "Try it later, or remove the link."
                ) from None
            chunk = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    if begun and decoder is not None and not decoder.eof:
        raise Truncated


def _decoder(encoding: str, first: bytes) -> zlib._Decompress:
    """A decoder for gzip, or for deflate with or without (as some servers send it) the zlib header."""
    if encoding == "gzip":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    zlib_header = (
        len(first) >= 2 and first[0] & 0x0F == 8 and int.from_bytes(first[:2], "big") % 31 == 0
    )
    return zlib.decompressobj(zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS)


def _too_large(limit: int) -> FetchError:
    return FetchError(f"The page is larger than {limit / 1_000_000:g} MB.", _TOO_LARGE_HINT)
