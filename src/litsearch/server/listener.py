"""The other end of `running`: lets commands of the same user ask the library that this service has
open.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litsearch import __version__
from litsearch.errors import LitsearchError
from litsearch.server.local import (
    Greeting,
    Question,
    Reply,
    Search,
    address,
    digest,
    received,
    send,
)

if TYPE_CHECKING:
    from litsearch.app.library import Library
    from litsearch.config import Config

REQUEST_SECONDS = 5.0  # for a request to arrive, and for a reply to be taken
AT_ONCE = 4  # requests; who comes then works alone
_LOG = logging.getLogger("litsearch.serve")


@contextlib.contextmanager
def listening(folder: Path, config: Config, library: Library) -> Iterator[None]:
    """Answer other processes meanwhile: where the system has such sockets, and no other service has
    this library.
    """
    try:
        listener = _Listener(address(folder, make=True), library, digest(config))
    except (OSError, AttributeError):
        yield
        return
    thread = threading.Thread(target=listener.serve_forever, name="listener", daemon=True)
    thread.start()
    try:
        yield
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Listener(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, path: Path, library: Library, settings: bytes) -> None:
        """Raises OSError, also when another process listens there."""
        self.library, self.settings = library, settings
        self.free = threading.BoundedSemaphore(AT_ONCE)
        self._path = path
        _clear(path)
        super().__init__(str(path), _Handler)

    def server_close(self) -> None:
        """Leave nothing behind."""
        super().server_close()
        self._path.unlink(missing_ok=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """Our own mistake: the command works alone, and the log tells."""
        _LOG.exception("a command could not be answered")


class _Handler(socketserver.BaseRequestHandler):
    server: _Listener

    def handle(self) -> None:
        """One request and its reply."""
        if not self.server.free.acquire(blocking=False):
            return
        try:
            self.request.settimeout(REQUEST_SECONDS)
            send(self.request, msgspec.msgpack.encode(self._greeting()))
            wanted = msgspec.msgpack.decode(received(self.request), type=Search | Question)
            send(self.request, msgspec.msgpack.encode(self._reply(wanted)))
        except (OSError, EOFError, msgspec.MsgspecError):
            return  # who leaves, or sends nonsense, is told nothing
        finally:
            self.server.free.release()

    def _greeting(self) -> Greeting:
        return Greeting(__version__, self.server.settings, self.server.library.generation.id)

    def _reply(self, wanted: Search | Question) -> Reply:
        try:
            if isinstance(wanted, Search):
                return Reply(results=wanted.of(self.server.library))
            return Reply(answer=wanted.of(self.server.library))
        except LitsearchError as error:
            return Reply(error=(type(error).__name__, str(error), error.hint))


def _clear(path: Path) -> None:
    """Remove what a service left behind that was killed. Raises OSError when one listens."""
    with socket.socket(socket.AF_UNIX) as other:
        try:
            other.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            path.unlink(missing_ok=True)
        else:
            raise OSError("Another service of this library listens already.")
