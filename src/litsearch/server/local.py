"""Asks a service that has the library open already, by its own HTTP routes over a Unix socket.

A command then opens nothing itself. The socket is found by the index that it belongs to, in a
folder that nobody else may enter. Whatever goes wrong with it, or differs (the program's version,
the settings, the live generation), and the command works by itself as ever.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from litsearch import __version__, errors
from litsearch.index.current import current_id
from litsearch.types import Answer, Filters, Intent, Mode, Results
from litsearch.views.records import FILTERS

if TYPE_CHECKING:
    from litsearch.app.library import Library
    from litsearch.config import Config
    from litsearch.protocols import Progress

T = TypeVar("T")
ALIVE_SECONDS = 0.5  # a service that is stopped, or too busy, does not say that it lives
REPLY_SECONDS = 300.0  # a language model is slow
MOST_BYTES = 1 << 26  # of a reply
RECORDS = "application/msgpack"  # the records themselves, of which the JSON is a view


class Search(msgspec.Struct, frozen=True):
    """The arguments of Library.search."""

    query: str
    k: int | None
    mode: Mode
    filters: Filters
    budget: str | None
    intent: Intent | None = None

    def of(self, library: Library) -> Results:
        """Return what an open library finds. Raises QueryError, ConfigError."""
        return library.search(
            self.query,
            k=self.k,
            mode=self.mode,
            filters=self.filters,
            budget=self.budget,
            intent=self.intent,
        )


class Question(msgspec.Struct, frozen=True):
    """The arguments of Library.ask."""

    question: str
    k: int | None
    generator: str | None
    filters: Filters = Filters()

    def of(self, library: Library, progress: Progress | None = None) -> Answer:
        """Return what an open library answers. Raises QueryError, MissingExtraError."""
        return library.ask(
            self.question,
            k=self.k,
            generator=self.generator,
            filters=self.filters,
            progress=progress,
        )


def search(folder: Path, config: Config, wanted: Search) -> Results | None:
    """Return what a running service finds; None when there is none that could tell. Raises what
    Library.search does.
    """
    body = {"q": wanted.query, "k": wanted.k, "mode": wanted.mode, "budget": wanted.budget}
    return _asked(folder, config, "/search", body, wanted.filters, Results)


def ask(folder: Path, config: Config, wanted: Question) -> Answer | None:
    """Return what a running service answers; None when there is none that could. Raises what
    Library.ask does.
    """
    body = {"question": wanted.question, "k": wanted.k, "generator": wanted.generator}
    return _asked(folder, config, "/ask", body, wanted.filters, Answer)


def _asked(
    folder: Path, config: Config, path: str, body: dict[str, Any], filters: Filters, kind: type[T]
) -> T | None:
    content = msgspec.json.encode(body | filter_fields(filters))
    try:
        service = Service(address(folder), state_tag(config, current_id(folder / "index")))
        if not service.is_alike():
            return None
        status, reply = service.request("POST", path, content, REPLY_SECONDS)
        if status == 200:
            return msgspec.msgpack.decode(reply, type=kind)
        problem = msgspec.json.decode(reply, type=_Problem)
    except (OSError, AttributeError, ValueError):
        return None  # AttributeError: a system without such sockets
    error = getattr(errors, problem.title, None)
    if not (isinstance(error, type) and issubclass(error, errors.LitsearchError)):
        return None  # HTTP refuses it, where the library might not
    raise error(problem.detail, problem.hint)


class _Problem(msgspec.Struct):
    """What of a problem tells which error it was."""

    title: str
    detail: str = ""
    hint: str = ""


def filter_fields(filters: Filters) -> dict[str, Any]:
    """Return filters by the names that HTTP knows them by."""
    fields = {
        name: list(getattr(filters, field))
        for name, field in FILTERS.items()
        if getattr(filters, field)
    }
    return fields | ({"unread": True} if filters.unread else {})


def state_tag(config: Config, generation: str | None) -> str:
    """Return what is equal for equal programs, settings and generations."""
    digest = hashlib.sha256(msgspec.json.encode(config)).hexdigest()[:32]
    return f'"{__version__}-{digest}-{generation}"'


class Service(msgspec.Struct, frozen=True):
    """A service that listens on a Unix socket, asked by HTTP/1.0, whose replies end with the
    connection.

    http.client takes longer to import than the whole exchange.
    """

    socket: Path
    tag: str  # of the program, settings and generation that are meant

    def is_alike(self) -> bool:
        """Tell whether it lives, and as the command itself would be. Raises OSError, ValueError."""
        return self.request("GET", "/healthz", b"", ALIVE_SECONDS)[0] == 200

    def request(self, method: str, path: str, content: bytes, timeout: float) -> tuple[int, bytes]:
        """Return the status and body of a reply. Raises OSError, ValueError."""
        head = [
            f"{method} {path} HTTP/1.0",
            "Host: localhost",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            f"Accept: {RECORDS}",
            f"If-Match: {self.tag}",
            "",
            "",
        ]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ALIVE_SECONDS)
            connection.connect(str(self.socket))
            connection.sendall("\r\n".join(head).encode() + content)
            connection.settimeout(timeout)
            reply = _to_the_end(connection)
        top, _, body = reply.partition(b"\r\n\r\n")
        return int(top.split(maxsplit=2)[1]), body


def _to_the_end(connection: socket.socket) -> bytes:
    reply = bytearray()
    while piece := connection.recv(1 << 16):
        reply += piece
        if len(reply) > MOST_BYTES:
            raise OSError("A reply that is too long.")
    if not reply:
        raise OSError("No reply.")
    return bytes(reply)


def address(folder: Path, *, make: bool = False) -> Path:
    """Return where the service of this library listens. Raises OSError when there is no private
    place for it.
    """
    public = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - _private() looks at whose it is
    home = _private(Path(os.environ.get("XDG_RUNTIME_DIR") or public), make=make)
    index = (folder / "index").stat()
    return home / f"{index.st_dev:x}-{index.st_ino:x}.sock"


def _private(where: Path, *, make: bool) -> Path:
    """Return a folder that is ours alone: in one that is everybody's, another user may have made
    one of that name.
    """
    home = where / f"litsearch-{os.getuid()}"
    if make:
        with contextlib.suppress(FileExistsError):
            home.mkdir(mode=0o700)
    facts = home.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid() or facts.st_mode & 0o077:
        raise PermissionError(f"{home} is not a folder of this user alone.")
    return home


@contextlib.contextmanager
def local_socket(folder: Path) -> Iterator[socket.socket | None]:
    """Listen for this user's commands; None where the system has no such sockets, or another
    service listens.
    """
    try:
        path = address(folder, make=True)
        listener = _listen(path)
    except (OSError, AttributeError):
        yield None
        return
    try:
        yield listener
    finally:
        listener.close()
        path.unlink(missing_ok=True)


def _listen(path: Path) -> socket.socket:
    """Bind the socket, over what a service left behind that was killed. Raises OSError when one
    listens.
    """
    with socket.socket(socket.AF_UNIX) as other:
        other.settimeout(ALIVE_SECONDS)
        try:
            other.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            path.unlink(missing_ok=True)
        else:
            raise OSError("Another service of this library listens already.")
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(str(path))
    except OSError:
        listener.close()
        raise
    return listener
