"""A generator in a process of its own, so that a model that crashes or hangs costs its answer and
nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from collections.abc import Generator as Steps
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection
from threading import Lock

from litsearch.errors import GenerationError, ModelUnavailable
from litsearch.protocols import Entailment, Generator, Pieces
from litsearch.subprocesses import Child
from litsearch.types import Parameters

START = 180.0  # seconds to load a model: 4 GB from a slow disk
# seconds for a model to notice that nobody listens any more; it looks between two pieces
STOP = 5.0
# seconds of silence that become an empty piece: whoever listens can stop listening between two
# pieces
BEAT = 0.25
_END = None
_HINT = (
    "Ask again: the model is started anew. If it happens every time, try another model, or"
    " `litsearch models`."
)


class SubprocessGenerator:
    """Runs a generator elsewhere: same socket, one question at a time, restarted at the next
    question when it died.

    load: makes the generator; called in the other process, so it must be picklable.
    timeout: seconds for a whole answer, counted from when the model takes the question.
    """

    def __init__(self, name: str, load: Callable[[], Generator], *, timeout: float = 120.0) -> None:
        self.name = name
        self._child, self._timeout = Child(partial(_serve, load=load)), timeout
        self._turn = Lock()  # one task at a time
        self.start = self._child.start

    @property
    def parameters(self) -> Parameters:
        """Return what the model generates with; empty until it is loaded."""
        return self._child.greeting if isinstance(self._child.greeting, tuple) else ()

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        """Yield an answer in pieces, some of them empty. Raises ModelUnavailable when the process
        dies or takes too long.
        """
        for piece in self._run("generate", question, list(passages)):
            yield str(piece)

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return the probability, by the model, that a premise says all of a hypothesis. Raises
        ModelUnavailable.
        """
        with closing(self._run("entails", premise, hypothesis)) as steps:
            return next((step for step in steps if isinstance(step, float)), 0.0)

    def _run(self, method: str, *arguments: object) -> Steps[object, None, None]:
        """Yield what a method of the model gives; empty pieces while it is waited for."""
        deadline = time.monotonic() + self._timeout
        while not self._turn.acquire(timeout=BEAT):
            if time.monotonic() > deadline:
                raise ModelUnavailable(
                    "The language model is busy with other questions.", "Ask again later."
                )
            yield ""
        try:
            yield from self._exchange(method, arguments)
        except (EOFError, OSError):
            cause = self._child.cause_of_death()
            died = f"died ({cause})" if cause else "died"
            raise ModelUnavailable(f"The language model's process {died}.", _HINT) from None
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._child.end()

    def _exchange(self, method: str, arguments: Sequence[object]) -> Steps[object, None, None]:
        pipe = yield from self._open()
        pipe.send((method, arguments))
        deadline = time.monotonic() + self._timeout
        ended = False
        try:
            while (step := (yield from self._receive(pipe, deadline))) is not _END:
                yield step
            ended = True
        except (GenerationError, EOFError, OSError):
            ended = True
            raise
        finally:
            if not ended:
                self._hush(pipe)

    def _receive(self, pipe: Connection, deadline: float) -> Steps[str, None, object]:
        """The next piece, or _END, after empty ones while it is waited for. Raises what the model
        raised.
        """
        while not pipe.poll(BEAT):
            if time.monotonic() > deadline:
                self._child.end()
                raise ModelUnavailable(
                    f"The language model took longer than {self._timeout:g} s.",
                    "Try a smaller model, or ask again later.",
                )
            yield ""
        message = pipe.recv()
        if isinstance(message, GenerationError):
            raise message
        return message

    def _open(self) -> Steps[str, None, Connection]:
        """The pipe to a process that has loaded the model, after empty pieces while it loads."""
        deadline = time.monotonic() + START
        while (pipe := self._child.ready(BEAT)) is None:
            if time.monotonic() > deadline:
                self._child.end()
                raise ModelUnavailable(
                    f"The language model did not load within {START:g} s.", _HINT
                )
            yield ""
        return pipe

    def _hush(self, pipe: Connection) -> None:
        """Stop an answer that nobody listens to; end the process when it does not listen either."""
        deadline = time.monotonic() + STOP
        try:
            pipe.send(_END)
            while pipe.poll(max(0.0, deadline - time.monotonic())):
                if not isinstance(pipe.recv(), str | float):
                    return
        except (EOFError, OSError):
            pass  # it is dead already: ended below
        self._child.end()


def _serve(pipe: Connection, load: Callable[[], Generator]) -> None:
    """The life of the process: load the model, then one question after the other, until the pipe
    ends.
    """
    try:
        model = load()
    except Exception as error:  # noqa: BLE001 - whatever a broken model file makes a library raise
        pipe.send(_told(error))
        return
    pipe.send(model.parameters)
    while True:
        if (task := pipe.recv()) is not _END:  # a request to stop may come after the end
            pipe.send(_say(pipe, model, *task))


def _say(
    pipe: Connection, model: Generator, method: str, arguments: Sequence[object]
) -> GenerationError | None:
    """Send what a method gives as it comes; what is returned ends the task."""
    try:
        with closing(_steps(model, method, arguments)) as steps:
            for step in steps:
                pipe.send(step)
                if pipe.poll():
                    return _END
    except ConnectionError:  # the parent is gone
        raise
    except Exception as error:  # noqa: BLE001 - whatever a model makes its library raise
        return _told(error)
    return _END


def _steps(model: Generator, method: str, arguments: Sequence[object]) -> Steps[object, None, None]:
    """Yield the pieces of a generator method, or the one value of another."""
    if method == "generate":
        yield from model.generate(*arguments)  # type: ignore[arg-type]
    elif isinstance(model, Entailment):
        yield model.entails(*arguments)  # type: ignore[arg-type]
    else:
        raise ModelUnavailable("This model cannot judge.", "Use another one.")


def _told(error: Exception) -> GenerationError:
    if isinstance(error, GenerationError):
        return error
    return ModelUnavailable(
        f"The language model failed: {type(error).__name__}: {str(error)[:200]}.", _HINT
    )
