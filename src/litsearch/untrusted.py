"""Read what a stranger may have written: regular files alone, and TOML in bounded time."""

from __future__ import annotations

import errno
import os
import stat
import tomllib
from pathlib import Path
from typing import Any

MOST = (
    256_000_000  # bytes of a file that is read whole; those of the program itself are far smaller
)


def read_bytes(path: Path, most: int = MOST) -> bytes:
    """Return what a file holds. Raises OSError, also for what is no file and for a larger one."""
    with open(path, "rb", opener=_at_once) as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise OSError(errno.EINVAL, "It is no file", str(path))
        if facts.st_size > most:
            raise OSError(errno.EFBIG, f"It has more than {most:,} bytes", str(path))
        return file.read(most + 1)


def _at_once(name: str, flags: int) -> int:
    """Open a file without waiting for a writer at the other end of a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


DEEPEST = 250  # parts of a key; the parser's time grows with their square: 50,000 take a minute


def loads(text: str) -> dict[str, Any]:
    """Return the tables of a text. Raises ValueError, RecursionError."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.partition("=")[0].count(".") > DEEPEST:
            raise ValueError(f"A key has too many parts (at line {number})")
    return tomllib.loads(text)
