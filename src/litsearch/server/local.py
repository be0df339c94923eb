"""Ask a service that has the library open already, by its own HTTP routes over a Unix socket.

A command then opens nothing itself. The socket is found by the index that it belongs to, in a
folder that nobody else may enter. Whenever something goes wrong with it, or differs (the program's
version, the settings, the live generation), the command does the work itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import msgspec

from litsearch import __version__, errors
from litsearch.index.current import current_id
from litsearch.types import (
    FILTERS,
    Answer,
    AnswerSentence,
    AnswerStep,
    Filters,
    Intent,
    Mode,
    Results,
    Wait,
)

if TYPE_CHECKING:
    from litsearch.app.library import Library
    from litsearch.config import Config

T = TypeVar("T")
ALIVE_SECONDS = 0.5  # a service that is stopped, or too busy, does not say that it lives
REPLY_SECONDS = 300.0  # a language model is slow
MOST_BYTES = 1 << 26  # of a reply
RECORDS = "application/msgpack"  # the records themselves, of which the JSON is a view
STEPS = "application/x-ndjson"  # the steps of an answer as they come, one a line


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

    def of(self, library: Library) -> Iterator[AnswerStep]:
        """Yield what an open library answers. Raises QueryError, MissingExtraError."""
        return library.answering(
            self.question, k=self.k, generator=self.generator, filters=self.filters
        )


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step of an answer that a command shows: one of these."""

    answer: Answer | None = None
    sentence: AnswerSentence | None = None
    wait: Wait | None = None


END = Step()  # nothing follows


def line_of(step: AnswerStep) -> bytes:
    """Return a step as a line for a command; b"" for one that it does not show."""
    if isinstance(step, Answer):
        shown = Step(answer=step)
    elif isinstance(step, AnswerSentence):
        shown = Step(sentence=step)
    elif isinstance(step, Wait):
        shown = Step(wait=step)
    else:
        return b""
    return line(shown)


def line(step: Step) -> bytes:
    """Return the line of a step."""
    return msgspec.json.encode(step) + b"\n"


def search(folder: Path, config: Config, request: Search) -> Results | None:
    """Return what a running service finds; None when there is none that could tell. Raises what
    Library.search does.
    """
    body = {"q": request.query, "k": request.k, "mode": request.mode, "budget": request.budget}
    return _asked(folder, config, "/search", body, request.filters, Results)


def ask(folder: Path, config: Config, request: Question) -> Iterator[AnswerStep]:
    """Yield what a running service answers; nothing when there is none that could. Raises what
    Library.answering does, and StoreUnavailable when the service ends before its answer.
    """
    body = {"question": request.question, "k": request.k, "generator": request.generator}
    decode = msgspec.json.Decoder(Step).decode
    begun, step = False, Step()
    with (
        contextlib.suppress(*_AMISS),
        _reply(folder, config, "/ask", body, request.filters, STEPS) as reply,
    ):
        for step in map(decode, reply):
            begun = True
            if step != END:
                yield step.answer or step.sentence or step.wait
    if begun and step != END:
        raise errors.StoreUnavailable("The service broke off its answer.", "Ask again.")


def _asked(
    folder: Path, config: Config, path: str, body: dict[str, Any], filters: Filters, kind: type[T]
) -> T | None:
    with (
        contextlib.suppress(*_AMISS),
        _reply(folder, config, path, body, filters, RECORDS) as reply,
    ):
        return msgspec.msgpack.decode(_whole(reply), type=kind)
    return None


# A system without such sockets has no AF_UNIX; a reply may be none of ours.
_AMISS = (OSError, AttributeError, ValueError)


@contextlib.contextmanager
def _reply(
    folder: Path, config: Config, path: str, body: dict[str, Any], filters: Filters, accept: str
) -> Iterator[IO[bytes]]:
    """Give the body of a service's reply. Raises the error that a problem tells of; OSError where
    there is no service that is alike, or HTTP refuses what the library might not.
    """
    content = msgspec.json.encode(body | filter_fields(filters))
    service = Service(address(folder), state_tag(config, current_id(folder / "index")))
    if not service.is_alike():
        raise OSError("Another program, other settings or another generation.")
    with service.request("POST", path, content, REPLY_SECONDS, accept) as (status, reply):
        if status != 200:
            problem = msgspec.json.decode(_whole(reply), type=_Problem)
            error = getattr(errors, problem.title, None)
            if isinstance(error, type) and issubclass(error, errors.LitsearchError):
                raise error(problem.detail, problem.hint)
            raise OSError(problem.title)
        yield reply


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
        with self.request("GET", "/healthz", b"", ALIVE_SECONDS) as (status, _):
            return status == 200

    @contextlib.contextmanager
    def request(
        self, method: str, path: str, content: bytes, timeout: float, accept: str = RECORDS
    ) -> Iterator[tuple[int, IO[bytes]]]:
        """Give the status and body of a reply. Raises OSError, ValueError."""
        head = [
            f"{method} {path} HTTP/1.0",
            "Host: localhost",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            f"Accept: {accept}",
            f"If-Match: {self.tag}",
            "",
            "",
        ]
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ALIVE_SECONDS)
            connection.connect(str(self.socket))
            connection.sendall("\r\n".join(head).encode() + content)
            connection.settimeout(timeout)
            with connection.makefile("rb") as reply:
                yield _status(reply), reply


def _status(reply: IO[bytes]) -> int:
    """Read the head of a reply. Raises OSError where there is none."""
    first = reply.readline()
    while reply.readline().strip():
        pass
    if not first:
        raise OSError("No reply.")
    return int(first.split(maxsplit=2)[1])


def _whole(reply: IO[bytes]) -> bytes:
    body = reply.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise OSError("A reply that is too long.")
    return body


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
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(ALIVE_SECONDS)
        try:
            probe.connect(str(path))
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
