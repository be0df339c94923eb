"""A library that a service has open already, asked over a Unix socket: a command then opens nothing
itself.

The socket is found by the index that it belongs to, in a folder that nobody else may enter.
Whatever goes wrong with it, or differs (the program's version, the settings, the live generation),
and the command works by itself as ever.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from litsearch import __version__, errors
from litsearch.index.current import current_id
from litsearch.types import Answer, Filters, Mode, Results

if TYPE_CHECKING:
    from litsearch.app.library import Library
    from litsearch.config import Config

GREETING_SECONDS = 0.5  # a service that is stopped, or too busy, says nothing
REPLY_SECONDS = 300.0  # a language model is slow
MOST_BYTES = 1 << 26  # of a message
_LENGTH = struct.Struct("<I")


class Search(msgspec.Struct, frozen=True, tag=True):
    """The arguments of Library.search."""

    query: str
    k: int | None
    mode: Mode
    filters: Filters
    budget: str | None

    def of(self, library: Library) -> Results:
        """What an open library finds. Raises QueryError, ConfigError."""
        return library.search(
            self.query, k=self.k, mode=self.mode, filters=self.filters, budget=self.budget
        )


class Question(msgspec.Struct, frozen=True, tag=True):
    """The arguments of Library.ask."""

    question: str
    k: int | None
    generator: str | None
    filters: Filters = Filters()

    def of(self, library: Library) -> Answer:
        """What an open library answers. Raises QueryError, MissingExtraError."""
        return library.ask(self.question, k=self.k, generator=self.generator, filters=self.filters)


class Greeting(msgspec.Struct, frozen=True):
    """What a service says of itself to whoever comes: a command asks one that is as the command
    itself would be.
    """

    version: str
    settings: bytes
    generation: str


class Reply(msgspec.Struct, frozen=True):
    """One of these; none when there is no service to ask."""

    results: Results | None = None
    answer: Answer | None = None
    error: tuple[str, str, str] | None = None  # class, message, hint


def search(folder: Path, config: Config, wanted: Search) -> Results | None:
    """What a running service finds; None when there is none that could tell. Raises what
    Library.search raises.
    """
    return _asked(folder, config, wanted).results


def ask(folder: Path, config: Config, wanted: Question) -> Answer | None:
    """What a running service answers; None when there is none that could. Raises what Library.ask
    raises.
    """
    return _asked(folder, config, wanted).answer


def _asked(folder: Path, config: Config, wanted: Search | Question) -> Reply:
    alike = Greeting(__version__, digest(config), current_id(folder / "index"))
    try:
        with socket.socket(socket.AF_UNIX) as service:
            service.settimeout(GREETING_SECONDS)
            service.connect(str(address(folder)))
            if msgspec.msgpack.decode(received(service), type=Greeting) != alike:
                return Reply()
            service.settimeout(REPLY_SECONDS)
            send(service, msgspec.msgpack.encode(wanted))
            reply = msgspec.msgpack.decode(received(service), type=Reply)
    except (
        OSError,
        EOFError,
        AttributeError,
        msgspec.MsgspecError,
    ):  # AttributeError: a system without such sockets
        return Reply()
    if reply.error:
        name, message, hint = reply.error
        raise getattr(errors, name, errors.LitsearchError)(message, hint)
    return reply


def send(peer: socket.socket, data: bytes) -> None:
    """Send a message, after its length. Raises OSError."""
    peer.sendall(_LENGTH.pack(len(data)) + data)


def received(peer: socket.socket) -> bytes:
    """The next message. Raises OSError, and EOFError when it ends early or is too long."""
    (size,) = _LENGTH.unpack(_exactly(peer, _LENGTH.size))
    if size > MOST_BYTES:
        raise EOFError("A message that is too long.")
    return _exactly(peer, size)


def _exactly(peer: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = peer.recv(min(size - len(data), 1 << 16))
        if not piece:
            raise EOFError("A message that ends early.")
        data += piece
    return bytes(data)


def digest(config: Config) -> bytes:
    """Equal for equal settings."""
    return hashlib.sha256(msgspec.json.encode(config)).digest()


def address(folder: Path, *, make: bool = False) -> Path:
    """Where the service of this library listens. Raises OSError when there is no private place for
    it.
    """
    public = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - _private() looks at whose it is
    home = _private(Path(os.environ.get("XDG_RUNTIME_DIR") or public), make=make)
    index = (folder / "index").stat()
    return home / f"{index.st_dev:x}-{index.st_ino:x}.sock"


def _private(where: Path, *, make: bool) -> Path:
    """A folder that is ours alone: in one that is everybody's, somebody else may have made one of
    that name.
    """
    home = where / f"litsearch-{os.getuid()}"
    if make:
        with contextlib.suppress(FileExistsError):
            home.mkdir(mode=0o700)
    about = home.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o077:
        raise PermissionError(f"{home} is not a folder of this user alone.")
    return home
