"""A SOCKS5 proxy on loopback (RFC 1928, RFC 1929), which leads every name to one address."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer

_NO_LOGIN, _LOGIN, _REFUSED = 0, 2, 255


@dataclass
class Socks:
    """The proxy: where it listens, what it leads to, the login that it wants, and the names it was asked for."""

    port: int
    target: tuple[str, int]
    login: tuple[bytes, bytes] | None
    asked: list[str] = field(default_factory=list)


class _Handler(StreamRequestHandler):
    proxy: Socks

    def handle(self) -> None:
        with contextlib.suppress(OSError, IndexError):
            if self._greeted():
                self._connect()

    def _greeted(self) -> bool:
        count = self.rfile.read(2)[1]
        offered = self.rfile.read(count)
        wanted = _LOGIN if self.proxy.login else _NO_LOGIN
        if wanted not in offered:
            self.wfile.write(bytes([5, _REFUSED]))
            return False
        self.wfile.write(bytes([5, wanted]))
        return self.proxy.login is None or self._logged_in()

    def _logged_in(self) -> bool:
        self.rfile.read(1)
        name = self.rfile.read(self.rfile.read(1)[0])
        password = self.rfile.read(self.rfile.read(1)[0])
        right = (name, password) == self.proxy.login
        self.wfile.write(bytes([1, 0 if right else 1]))
        return right

    def _connect(self) -> None:
        kind = self.rfile.read(4)[3]
        if kind == 3:
            host = self.rfile.read(self.rfile.read(1)[0]).decode()
        else:
            family = socket.AF_INET6 if kind == 4 else socket.AF_INET
            host = socket.inet_ntop(family, self.rfile.read(16 if kind == 4 else 4))
        port = int.from_bytes(self.rfile.read(2))
        self.proxy.asked.append(f"{host}:{port}")
        with socket.create_connection(self.proxy.target) as origin:
            self.wfile.write(bytes([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
            back = threading.Thread(target=_relay, args=(origin, self.connection), daemon=True)
            back.start()
            _relay(self.connection, origin)
            back.join(5)


def _relay(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while block := source.recv(65_536):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def serve(target: tuple[str, int], login: tuple[bytes, bytes] | None = None) -> Iterator[Socks]:
    """Run the proxy while this lasts."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        handler.proxy = Socks(server.server_address[1], target, login)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield handler.proxy
        finally:
            server.shutdown()
