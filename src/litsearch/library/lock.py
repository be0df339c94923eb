"""The one-writer lock of an index folder.

The kernel drops it when its process ends, however it ends. Readers never take it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from litsearch.errors import IndexLocked

_FILE = "lock"


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the lock of this index folder, made when missing. Raises IndexLocked when another process holds it."""
    index.mkdir(parents=True, exist_ok=True)
    handle = os.open(index / _FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(handle, index)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, index: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        who = f" (process {holder})" if holder.isdigit() else ""
        raise IndexLocked(
            f"Another build is writing {index}{who}.", "Wait until it has finished, or stop it, then build again."
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
