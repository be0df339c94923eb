"""A process of its own for what may crash, hang or eat memory: spawned, asked through a pipe, ended
for sure.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Serve = Callable[["Connection"], None]


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_STARTING = threading.RLock()


@contextmanager
def safe_start() -> Iterator[None]:
    """Let no Python that is started meanwhile import from the working folder, nor need one, nor
    run the script that this one runs.

    The folder may be a stranger's library: a multiprocessing.py in it would be run. Or it was
    removed, in which multiprocessing starts nothing. A script would build and ask all over again.
    """
    try:
        Path.cwd()
    except FileNotFoundError:
        os.chdir("/")

    with _STARTING:  # two threads would leave behind what the other one set
        before = os.environ.get("PYTHONSAFEPATH")
        os.environ["PYTHONSAFEPATH"] = "1"
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
            if before is None:
                os.environ.pop("PYTHONSAFEPATH", None)
            else:
                os.environ["PYTHONSAFEPATH"] = before


class Child:
    """One process at a time, with a pipe of its own, so that its death is seen at once and hurts
    nobody else.

    serve: what the process does, a picklable function. It first sends a greeting when it is ready,
    or the error that keeps it from that. One thread at a time may use the pipe; start() and end()
    may come from any.
    """

    def __init__(self, serve: Serve) -> None:
        self.greeting: object = None
        self._serve = serve
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._ready = False
        self._over = False
        self._lock = Lock()

    def start(self) -> None:
        """Begin to start the process, unless it runs, without waiting for it."""
        import multiprocessing  # 10 ms, which a search does not need

        with self._lock:
            if self._over or (self._process is not None and self._process.is_alive()):
                return
            self._close()
            spawn = multiprocessing.get_context("spawn")  # fork would copy other threads' locks
            ours, theirs = spawn.Pipe()
            process = spawn.Process(target=_live, args=(theirs, self._serve), daemon=True)
            with safe_start():
                process.start()
            theirs.close()  # so that the end of the process is the end of the pipe
            self._process, self._pipe, self._ready = process, ours, False

    def ready(self, timeout: float) -> Connection | None:
        """Return the pipe to the process, if it is ready within so many seconds; it may be later.

        Raises EOFError when it ended, or what it reports instead of being ready.
        """
        self.start()
        pipe = self._pipe
        if pipe is None:
            raise EOFError
        if not self._ready:
            if not pipe.poll(timeout):
                return None
            self.greeting = pipe.recv()
            if isinstance(self.greeting, Exception):
                self.end()
                raise self.greeting
            self._ready = True
        return pipe

    def end(self, *, for_good: bool = False) -> None:
        """End the process, whatever it does, with the programs that it started; for_good: none is
        started again.
        """
        with self._lock:
            self._over = self._over or for_good
            self._close()

    def cause_of_death(self) -> str:
        """Return what ended the process, in words, or "" when nobody knows; it is forgotten."""
        with self._lock:
            process = self._process
        if process is not None:
            process.join(1.0)
        code = process.exitcode if process is not None else None
        self.end()
        if code is None or code >= 0:
            return "" if code is None else f"exit code {code}"
        with suppress(ValueError):
            return signal.Signals(-code).name
        return f"signal {-code}"

    def _close(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is not None and pipe is not None:
            if process.pid:  # 0 would be our own group
                with suppress(OSError):  # it may be gone, or not have begun
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.join()
            pipe.close()


def _live(pipe: Connection, serve: Serve) -> None:
    """Live as the process: until the pipe ends."""
    os.setsid()  # so that it can be ended together with the programs that it started
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(EOFError, OSError):  # the parent is gone
        serve(pipe)
