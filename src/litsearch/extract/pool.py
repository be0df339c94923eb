"""Processes that take text out of documents, so that a hostile file costs its own verdict and
nothing else.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from litsearch.errors import ExtractError, SourceError
from litsearch.subprocesses import Child, Serve, cores
from litsearch.types import Document, RawDocument

_Task = tuple[RawDocument, str, "Future[Document]"]
_START: tuple[()] = ()
Extract = Callable[[RawDocument, str], Document]
Prepare = Callable[[], object]
Answer = Document | SourceError
# bytes of address space a worker may take; the heaviest paper measured takes under 1
MEMORY = 3 * 1024**3
START = 120.0  # seconds for a worker to import what it needs, on a busy machine


def _nothing() -> None:
    """No preparation."""


class ExtractorPool:
    """A context manager around worker processes, started at the first document, or by start(), and
    kept.

    extract: a function of a module, called in the worker as extract(raw, source_id); prepare:
    another, called in it before the first document. workers: 0 means one a core. timeout: seconds
    for one document, counted from when a worker takes it. memory_bytes: address space of a worker.
    A worker that runs out of time, memory or crashes is replaced; its document gets an
    ExtractError.
    """

    def __init__(
        self,
        extract: Extract,
        workers: int = 0,
        timeout: float = 60.0,
        memory_bytes: int = MEMORY,
        prepare: Prepare = _nothing,
    ) -> None:
        self._timeout = timeout
        self._tasks: SimpleQueue[_Task | tuple[()] | None] = SimpleQueue()
        self._workers = [
            _Worker(partial(_serve, extract=extract, prepare=prepare, memory_bytes=memory_bytes))
            for _ in range(workers or cores())
        ]
        self._threads: list[Thread] = []
        self._waiting: list[Future[Document]] = []
        self._stopped = False

    def submit(self, raw: RawDocument, source_id: str) -> Future[Document]:
        """The document to come; its exception is always a SourceError."""
        future: Future[Document] = Future()
        self._waiting = [one for one in self._waiting if not one.done()] + [future]
        if len(self._waiting) > len(self._threads):
            self._hire()
        self._tasks.put((raw, source_id, future))
        return future

    def start(self) -> None:
        """Begin to start one process, without waiting: it takes a second, in which the first
        document is fetched.
        """
        self._hire()
        self._tasks.put(_START)

    def _hire(self) -> None:
        """One more worker, if there is one: there are never more than there are documents."""
        for worker in self._workers[len(self._threads) :][:1]:
            self._threads.append(Thread(target=self._attend, args=(worker,), daemon=True))
            self._threads[-1].start()

    def __enter__(self) -> ExtractorPool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for what was submitted; after an error, such as Ctrl-C, give it up."""
        if kind is not None:
            self._stopped = True
            for worker in self._workers:
                worker.end(for_good=True)
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _attend(self, worker: _Worker) -> None:
        """Hand documents to one worker, one at a time, as long as there are any."""
        while (task := self._tasks.get()) is not None:
            if not task:
                worker.start()
                continue
            raw, source_id, future = task
            if not future.set_running_or_notify_cancel():
                continue
            answer = _stopped() if self._stopped else worker.ask(raw, source_id, self._timeout)
            if self._stopped and not isinstance(answer, Document):
                answer = _stopped()
            if isinstance(answer, Document):
                future.set_result(answer)
            else:
                future.set_exception(answer)
        worker.end()


class _Worker:
    """One process, and the verdict on a document that it gave no answer to."""

    def __init__(self, serve: Serve) -> None:
        self._child = Child(serve)
        self.end = self._child.end

    def start(self) -> None:
        """Start the process now; when it cannot be, the first document will tell."""
        with suppress(EOFError, OSError):
            self._child.ready(START)

    def ask(self, raw: RawDocument, source_id: str, timeout: float) -> Answer:
        """What the process makes of a document; when it gives no answer, it is ended and the answer
        is a verdict.
        """
        try:
            pipe = self._child.ready(START)
            if pipe is None:
                raise EOFError
            pipe.send((raw, source_id))
            if pipe.poll(timeout):
                answer: Answer = pipe.recv()
                return answer
        except (EOFError, OSError):
            self.end()
            return ExtractError(
                "Reading the document crashed the reader.",
                "Name another copy of the document, such as its HTML page.",
            )
        self.end()
        return ExtractError(
            f"Reading the document took longer than {timeout:g} s.",
            "Raise timeout under [extract], or name a smaller copy of the document.",
        )


def _serve(pipe: Connection, extract: Extract, prepare: Prepare, memory_bytes: int) -> None:
    """The life of a worker: one document after the other, until the pipe ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    prepare()
    pipe.send(None)
    while True:
        raw, source_id = pipe.recv()
        pipe.send(_answer(extract, raw, source_id))


def _answer(extract: Extract, raw: RawDocument, source_id: str) -> Answer:
    """The document, or the verdict on what was raised instead."""
    try:
        return extract(raw, source_id)
    except SourceError as error:
        return error
    except MemoryError:
        return ExtractError(
            "Reading the document took too much memory.", "Name a smaller copy of the document."
        )
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes a library raise
        return ExtractError(
            f"The document cannot be read: {type(error).__name__}: {str(error)[:200]}.",
            "Name another copy of the document; if it opens elsewhere, report this as a bug.",
        )


def _stopped() -> ExtractError:
    return ExtractError(
        "The document was not read: the build was stopped.", "Run `litsearch build` again."
    )
