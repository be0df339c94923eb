"""A generator in a process of its own, so that a model that crashes or hangs costs its answer and nothing else."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Lock

from litsearch.errors import GenerationError, ModelUnavailable
from litsearch.protocols import Generator, Pieces

START = 180.0  # seconds to load a model: 4 GB from a slow disk
STOP = 20.0  # seconds for a model to notice that nobody listens any more; it looks between two pieces
SPAWN = multiprocessing.get_context("spawn")  # fork would copy the locks of the server's threads
_LOADED = "loaded"
_END = None
_HINT = "Ask again: the model is started anew. If it happens every time, try another model, or `litsearch models`."


class OwnProcess:
    """Runs a generator elsewhere: same socket, one question at a time, restarted at the next question when it died.

    load: makes the generator; called in the other process, so it must be picklable.
    timeout: seconds for a whole answer, counted from when the model takes the question.
    """

    def __init__(self, name: str, load: Callable[[], Generator], *, timeout: float = 120.0) -> None:
        self.name = name
        self._load, self._timeout = load, timeout
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._turn = Lock()  # one question at a time
        self._lock = Lock()  # start() and close() come from other threads

    def start(self) -> None:
        """Begin to load the model, without waiting for it."""
        with self._lock:
            if self._process is None:
                ours, theirs = SPAWN.Pipe()
                process = SPAWN.Process(target=_serve, args=(theirs, self._load), daemon=True)
                process.start()
                theirs.close()  # so that the end of the process is the end of the pipe
                self._process, self._pipe, self._ready = process, ours, False

    def generate(self, question: str, quotes: Sequence[str]) -> Pieces:
        """An answer, piece by piece. Raises ModelUnavailable when the process dies or takes too long."""
        if not self._turn.acquire(timeout=self._timeout):
            raise ModelUnavailable("The language model is busy with other questions.", "Ask again later.")
        try:
            yield from self._answer(question, list(quotes))
        except (EOFError, OSError):
            raise ModelUnavailable(f"The language model's process died{self._cause()}.", _HINT) from None
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None and pipe is not None:
            process.kill()
            process.join()
            pipe.close()

    def _answer(self, question: str, quotes: list[str]) -> Pieces:
        pipe = self._open()
        pipe.send((question, quotes))
        deadline = time.monotonic() + self._timeout
        ended = False
        try:
            while (piece := self._receive(pipe, deadline)) is not _END:
                yield str(piece)
            ended = True
        except (GenerationError, EOFError, OSError):
            ended = True
            raise
        finally:
            if not ended:
                self._hush(pipe)

    def _receive(self, pipe: Connection, deadline: float) -> object:
        """The next piece, or _END. Raises what the model raised."""
        if not pipe.poll(max(0.0, deadline - time.monotonic())):
            self.close()
            raise ModelUnavailable(
                f"The language model took longer than {self._timeout:g} s.", "Try a smaller model, or ask again later."
            )
        message = pipe.recv()
        if isinstance(message, GenerationError):
            raise message
        return message

    def _open(self) -> Connection:
        """The pipe to a process that has loaded the model."""
        if self._process is not None and not self._process.is_alive():
            self.close()
        self.start()
        pipe = self._pipe
        if pipe is None:
            raise EOFError
        if not self._ready:
            try:
                self._receive(pipe, time.monotonic() + START)
            except GenerationError:
                self.close()
                raise
            self._ready = True
        return pipe

    def _hush(self, pipe: Connection) -> None:
        """Stop an answer that nobody listens to; end the process when it does not listen either."""
        deadline = time.monotonic() + STOP
        try:
            pipe.send(_END)
            while pipe.poll(max(0.0, deadline - time.monotonic())):
                if not isinstance(pipe.recv(), str):
                    return
        except (EOFError, OSError):
            pass  # it is dead already: closed below
        self.close()

    def _cause(self) -> str:
        """What ended the process, in words; the process is forgotten."""
        with self._lock:
            process = self._process
        if process is not None:
            process.join(1.0)
        code = process.exitcode if process is not None else None
        self.close()
        if code is None or code >= 0:
            return "" if code is None else f" (exit code {code})"
        with suppress(ValueError):
            return f" ({signal.Signals(-code).name})"
        return f" (signal {-code})"


def _serve(pipe: Connection, load: Callable[[], Generator]) -> None:
    """The life of the process: load the model, then one question after the other, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(EOFError, OSError):  # the parent is gone
        try:
            model = load()
        except Exception as error:  # noqa: BLE001 - whatever a broken model file makes a library raise
            pipe.send(_told(error))
            return
        pipe.send(_LOADED)
        while True:
            if (task := pipe.recv()) is not _END:  # a request to stop may come after the end
                pipe.send(_say(pipe, model, *task))


def _say(pipe: Connection, model: Generator, question: str, quotes: list[str]) -> GenerationError | None:
    """Send the pieces as they come; what is returned ends the answer."""
    try:
        with closing(model.generate(question, quotes)) as pieces:
            for piece in pieces:
                pipe.send(piece)
                if pipe.poll():
                    return _END
    except ConnectionError:  # the parent is gone
        raise
    except Exception as error:  # noqa: BLE001 - whatever a model makes its library raise
        return _told(error)
    return _END


def _told(error: Exception) -> GenerationError:
    if isinstance(error, GenerationError):
        return error
    return ModelUnavailable(f"The language model failed: {type(error).__name__}: {str(error)[:200]}.", _HINT)
