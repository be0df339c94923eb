"""Connections that go only to addresses that were checked, and end at a deadline; below httpx.

A name is resolved once, all its addresses are checked, and the connection goes to one of those; TLS
and the Host header still use the name. A second answer of a hostile name server is never asked for.
Behind a proxy, names are the proxy's to resolve.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx
from socksio import ProtocolError

from litsearch.fetch.addresses import refuse_address
from litsearch.fetch.environment import SOCKS, bypasses_proxy, proxy_for, tls_context

Resolve = Callable[..., list[tuple[Any, ...]]]  # socket.getaddrinfo, or one with its form
_KEEP_ALIVE_S = 15.0
_MAX_CONNECTIONS = 100  # more than hosts are asked at once, so that the pool bounds nothing
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))


class NameNotFound(httpcore.ConnectError):
    """A host name that does not resolve; `temporary` when the name server did not answer at all."""

    def __init__(self, host: str, *, temporary: bool = False) -> None:
        super().__init__(host)
        self.temporary = temporary  # a copy gets it with the other attributes


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End every read, write and connect of this thread so many seconds from now."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float:
    """Return how long this thread may still wait."""
    return _deadline.get() - time.monotonic()


def _within_deadline(timeout: float | None, expired: type[httpcore.TimeoutException]) -> float:
    """Return the part of a timeout, in seconds, that lies before the deadline."""
    left = seconds_left()
    if left <= 0:
        raise expired("deadline")
    return left if timeout is None else min(timeout, left)


class DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, so that no trickle holds a thread."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most so many bytes."""
        return self._stream.read(max_bytes, _within_deadline(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, _within_deadline(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the same connection, from here on secured."""
        wait = _within_deadline(timeout, httpcore.ConnectTimeout)
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, wait))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection below knows of itself."""
        return self._stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Opens connections; with `public_only`, to public addresses only."""

    def __init__(self, resolve: Resolve, *, public_only: bool) -> None:
        self._resolve, self._public_only = resolve, public_only
        self._sockets = httpcore.SyncBackend()
        self._newest = threading.local()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers. Raises FetchError for a private
        one.
        """
        failure: httpcore.ConnectError | httpcore.ConnectTimeout
        failure = NameNotFound(host, temporary=False)
        options = list(socket_options or ())

        for address in self._addresses(host, port):
            wait = _within_deadline(timeout, httpcore.ConnectTimeout)
            try:
                stream = self._sockets.connect_tcp(address, port, wait, local_address, options)
                self._newest.stream = stream
                return DeadlineStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    @contextmanager
    def closed_on_failure(self) -> Iterator[None]:
        """Close the connection that this thread opens meanwhile, if an exception follows."""
        self._newest.stream = None
        try:
            yield
        except BaseException:
            if self._newest.stream is not None:
                self._newest.stream.close()
            raise

    def _addresses(self, host: str, port: int) -> list[str]:
        """Resolve a host and check every address: one that is private refuses the host."""
        try:
            rows = self._resolve(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameNotFound(host, temporary=error.errno == socket.EAI_AGAIN) from error
        except UnicodeError as error:
            raise NameNotFound(host, temporary=False) from error

        addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
        if self._public_only:
            for address in addresses:
                refuse_address(ipaddress.ip_address(address.partition("%")[0]), host)
        return addresses


class Wire(httpx.BaseTransport):
    """How requests get to the sites: from this machine, or from another."""

    @abstractmethod
    def open(self) -> None:
        """Make ready for the first request. Raises ConfigError."""

    @abstractmethod
    def is_proxied(self, url: httpx.URL) -> bool:
        """Return whether a request to this address goes through a proxy."""


class Transport(Wire):
    """Sends a request directly, or through the proxy that the environment names for its scheme and
    host.
    """

    def __init__(self, *, allow_private: bool, resolve: Resolve = socket.getaddrinfo) -> None:
        self._to_sites = Backend(resolve, public_only=not allow_private)
        self._to_proxies = Backend(resolve, public_only=False)  # a proxy is the owner's choice
        # "direct", and by scheme those of proxies
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def open(self) -> None:
        """Read proxies and certificate authorities from the environment, at the latest for the
        first request.

        Raises ConfigError for a variable that cannot be used.
        """
        with self._lock:
            if not self._pools:
                self._pools = self._make_pools()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the response, its body still unread. Raises the exceptions of httpcore, and
        FetchError.
        """
        url = request.url
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        core_request = httpcore.Request(
            method=request.method,
            url=target,
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        response = self._send(self._pool(url), core_request)
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()

    def is_proxied(self, url: httpx.URL) -> bool:
        """Return whether a request to this address goes through a proxy."""
        return self._pool(url) is not self._pools["direct"]

    def _send(self, pool: httpcore.ConnectionPool, request: httpcore.Request) -> httpcore.Response:
        if not isinstance(pool, httpcore.SOCKSProxy):
            return pool.handle_request(request)
        try:
            with self._to_proxies.closed_on_failure():  # httpcore leaves it open
                return pool.handle_request(request)
        except (ProtocolError, AssertionError) as error:
            raise httpcore.ProxyError("no SOCKS5 proxy answers there") from error

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        self.open()
        proxied = url.scheme in self._pools and not bypasses_proxy(url.host, _port(url))
        return self._pools[url.scheme if proxied else "direct"]

    def _make_pools(self) -> dict[str, httpcore.ConnectionPool]:
        options: dict[str, Any] = {
            "ssl_context": tls_context(),
            "max_connections": _MAX_CONNECTIONS,
            "keepalive_expiry": _KEEP_ALIVE_S,
        }
        pools = {"direct": httpcore.ConnectionPool(network_backend=self._to_sites, **options)}
        options["network_backend"] = self._to_proxies
        for scheme in ("http", "https"):
            proxy = proxy_for(scheme)
            if proxy is not None:
                pools[scheme] = _proxy_pool(proxy, options)
        return pools


class _Body(httpx.SyncByteStream):
    """The body of a response, as it comes off the wire."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _proxy_pool(proxy: httpx.URL, options: dict[str, Any]) -> httpcore.ConnectionPool:
    kind = httpcore.SOCKSProxy if proxy.scheme in SOCKS else httpcore.HTTPProxy
    address = httpcore.URL(
        scheme=proxy.raw_scheme, host=proxy.raw_host, port=proxy.port, target=b"/"
    )
    login = (proxy.username, proxy.password) if proxy.userinfo else None
    return kind(proxy_url=address, proxy_auth=login, **options)


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
