"""A small web on loopback with faults: an origin server at 127.0.0.1, and a proxy for
http://any.name/ addresses.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Answer = Callable[["Handler"], None]


@dataclass
class Request:
    """One request as the server saw it."""

    url: str
    host: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass
class Web:
    """What is served: by URL without scheme ("name.example/path"), by path ("/path"), or a list
    used up one by one.
    """

    base: str  # "http://127.0.0.1:PORT"
    pages: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopped: threading.Event = field(default_factory=threading.Event)

    def asked(self, *, robots: bool = False) -> list[str]:
        """The paths (behind a proxy: URLs) that were asked for, in order."""
        return [r.url for r in self.log if robots or not r.url.endswith("/robots.txt")]

    def most_at_once(self) -> dict[str, int]:
        """For each host, the most requests that were under way at one time."""
        peaks: dict[str, int] = {}
        for one in self.log:
            others = [
                r
                for r in self.log
                if r.host == one.host and r.began <= one.began < (r.ended or 1e18)
            ]
            peaks[one.host] = max(peaks.get(one.host, 0), len(others))
        return peaks

    def at(self, path: str) -> str:
        """The address of a path at the origin."""
        return self.base + path

    def answer(self, url: str) -> Answer:
        parts = urlsplit(url)
        target = parts.path + ("?" + parts.query if parts.query else "")
        with self.lock:
            for name in (parts.netloc + target, target):
                steps = self.pages.get(name)
                if isinstance(steps, list):
                    return steps.pop(0) if len(steps) > 1 else steps[0]
                if steps is not None:
                    return steps
        return status(404)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: Web

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        host = urlsplit(self.path).netloc or self.headers.get("Host", "")
        request = Request(
            self.path, host, {k.lower(): v for k, v in self.headers.items()}, time.monotonic()
        )
        with self.web.lock:
            self.web.log.append(request)
        try:
            self.web.answer(self.path)(self)
        except OSError:
            self.close_connection = True
        finally:
            request.ended = time.monotonic()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_CONNECT(self) -> None:
        self.web.log.append(Request(self.path, self.path, {}, time.monotonic(), time.monotonic()))
        self.web.answer("connect://" + self.path)(self)

    def send(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def page(
    body: bytes | str = "<p>text</p>", media_type: str = "text/html; charset=utf-8", **headers: str
) -> Answer:
    """A page; with etag or last_modified, 304 to a conditional request that fits."""
    raw = body.encode() if isinstance(body, str) else body

    def answer(handler: Handler) -> None:
        told = handler.headers
        fits = headers.get("etag") and told.get("If-None-Match") == headers["etag"]
        dated = (
            headers.get("last_modified")
            and told.get("If-Modified-Since") == headers["last_modified"]
        )
        if fits or (dated and "If-None-Match" not in told):
            handler.send(304, b"", content_length="", **headers)
        else:
            handler.send(200, raw, content_type=media_type, **headers)

    return answer


def status(code: int, **headers: str) -> Answer:
    return lambda handler: handler.send(code, b"no", **headers)


def redirect(location: str, code: int = 302) -> Answer:
    return lambda handler: handler.send(code, b"", location=location)


def slow(seconds: float, then: Answer) -> Answer:
    def answer(handler: Handler) -> None:
        handler.web.stopped.wait(seconds)
        then(handler)

    return answer


def together(barrier: threading.Barrier, then: Answer) -> Answer:
    """Answer once all that the barrier waits for are being asked."""

    def answer(handler: Handler) -> None:
        barrier.wait()
        then(handler)

    return answer


def hang(handler: Handler) -> None:
    handler.web.stopped.wait(30)
    handler.close_connection = True


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def truncated(handler: Handler) -> None:
    handler.send(200, b"x" * 100, content_length="1000", content_type="text/html")
    handler.close_connection = True


def trickle(seconds: float) -> Answer:
    """A byte of body every so often, for ever."""

    def answer(handler: Handler) -> None:
        handler.send(200, b"", content_length="100000", content_type="text/html")
        while not handler.web.stopped.wait(seconds):
            handler.wfile.write(b"x")

    return answer


def header_trickle(seconds: float) -> Answer:
    """A header line every so often, for ever."""

    def answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not handler.web.stopped.wait(seconds):
            handler.wfile.write(b"X-More: 1\r\n")

    return answer


def endless(handler: Handler) -> None:
    handler.send(200, b"", content_length="", content_type="text/html", connection="close")
    handler.close_connection = True
    while not handler.web.stopped.is_set():
        handler.wfile.write(b"<p>again</p>" * 5000)


def bomb(megabytes: int) -> Answer:
    return page(gzip.compress(b"\0" * megabytes * 1_000_000), content_encoding="gzip")


def announced(length: int) -> Answer:
    return lambda handler: handler.send(
        200, b"", content_length=str(length), content_type="application/pdf"
    )


class Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up, as those of these tests do."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextlib.contextmanager
def serve() -> Iterator[Web]:
    """A running web; it answers as an origin and as a proxy at once."""
    server = Server(("127.0.0.1", 0), Handler)
    web = Web(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Bound", (Handler,), {"web": web})
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield web
    finally:
        web.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
