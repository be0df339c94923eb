"""Processes that take text out of documents: a hostile file costs its own verdict, nothing else."""

from __future__ import annotations

import resource
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType

from litsearch.errors import ExtractError, SourceError
from litsearch.subprocesses import Child, Serve, cores
from litsearch.types import Document, RawDocument

Extract = Callable[[RawDocument, str], Document]
Prepare = Callable[[], object]
Answer = Document | SourceError
MEMORY = 3 * 1024**3  # bytes of a worker's address space; the heaviest paper takes under 1 GiB
# Documents that used up their time, after which those that follow get a part of it: 120 hostile
# ones end in a quarter of an hour, not in one.
PATIENCE = 8
PART = 6
START = 120.0  # seconds for a worker to import what it needs, on a busy machine


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that waits for a worker."""

    raw: RawDocument
    source_id: str
    future: Future[Document]


_START = "start"  # among the tasks: start the process now, before there is a document


def _nothing() -> None:
    """Prepare nothing."""


class ExtractorPool:
    """Worker processes, started at the first document or by start(), ended with the context.

    extract: a function of a module, called in the worker as extract(raw, source_id); prepare:
    another, called in it before the first document. workers: 0 means one a core. timeout: seconds
    for one document, counted from when a worker takes it. memory_bytes: address space of a worker.
    A worker that runs out of time or memory, or crashes, is replaced; its document gets an
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
        self._tasks: SimpleQueue[_Task | str | None] = SimpleQueue()
        serve = partial(_serve, extract=extract, prepare=prepare, memory_bytes=memory_bytes)
        self._workers = [_Worker(serve) for _ in range(workers or cores())]
        self._threads: list[Thread] = []
        self._waiting: list[Future[Document]] = []
        self._stopped = False
        self._overruns = 0

    def submit(self, raw: RawDocument, source_id: str) -> Future[Document]:
        """Return the document to come; its exception is always a SourceError."""
        future: Future[Document] = Future()
        self._waiting = [other for other in self._waiting if not other.done()]
        self._waiting.append(future)
        if len(self._waiting) > len(self._threads):
            self._hire()

        self._tasks.put(_Task(raw, source_id, future))
        return future

    def start(self) -> None:
        """Begin to start one process, without waiting for it.

        It takes a second, in which the first document is fetched.
        """
        self._hire()
        self._tasks.put(_START)

    def _hire(self) -> None:
        """Attend one more worker, if there is one: there are never more than documents."""
        hired = len(self._threads)
        if hired == len(self._workers):
            return
        thread = Thread(target=self._attend, args=(self._workers[hired],), daemon=True)
        self._threads.append(thread)
        thread.start()

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
            if isinstance(task, str):
                worker.start()
            elif task.future.set_running_or_notify_cancel():
                self._settle(task, worker)
        worker.end()

    def _settle(self, task: _Task, worker: _Worker) -> None:
        """Give a task's future its document, or the verdict on it."""
        answer: Answer = _stopped()
        if not self._stopped:
            answer = self._asked(task, worker)

        if isinstance(answer, Document):
            task.future.set_result(answer)
        elif self._stopped:  # the worker was ended, which is not the document's fault
            task.future.set_exception(_stopped())
        else:
            task.future.set_exception(answer)

    def _asked(self, task: _Task, worker: _Worker) -> Answer:
        """Return what a worker answers; once many took all their time, in a part of it."""
        limit = self._timeout
        if self._overruns >= PATIENCE:
            limit /= PART
        begun = monotonic()
        answer = worker.ask(task.raw, task.source_id, limit)
        if monotonic() - begun >= limit and not isinstance(answer, Document):
            self._overruns += 1
        return answer


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
        """Return the document, or a verdict; a process that gives no answer is ended."""
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
    """Live as a worker: one document after the other, until the pipe ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    prepare()
    pipe.send(None)
    while True:
        raw, source_id = pipe.recv()
        pipe.send(_answer(extract, raw, source_id))


def _answer(extract: Extract, raw: RawDocument, source_id: str) -> Answer:
    """Return the document, or the verdict on what was raised instead."""
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
