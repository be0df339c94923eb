"""The values of arguments: numbers, years, ports, times and paths, as they are typed."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from pathlib import Path

MAX_K = 1000
MAX_EVERY = 10_000
SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}


def words(text: str) -> str:
    """Check that an argument is text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = os.fsencode(text).decode("ascii", "backslashreplace")
        raise ArgumentTypeError(f"'{shown}' is not UTF-8 text") from None
    return text


def count(text: str) -> int:
    """Read a number of passages."""
    if not (text.isdecimal() and 1 <= int(text) <= MAX_K):
        raise ArgumentTypeError(f"{text} is not a number from 1 to {MAX_K}")
    return int(text)


def year(text: str) -> int:
    """Read a year."""
    if not (text.isdecimal() and len(text) <= 4):
        raise ArgumentTypeError(f"{text} is not a year")
    return int(text)


def port(text: str) -> int:
    """Read the number of a port; 0 lets the system choose one."""
    if not (text.isdecimal() and int(text) <= 65_535):
        raise ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return int(text)


def seconds(text: str) -> float:
    """Read a time such as 30m as seconds."""
    number, unit = text[:-1], text[-1:]
    if unit not in SECONDS or not number.isdecimal() or not 1 <= int(number) <= MAX_EVERY:
        raise ArgumentTypeError(f"{text} is not a time such as 30m, 1h or 2d")
    return int(number) * SECONDS[unit]


def path(text: str) -> Path:
    """Read the name of a file or folder, which may be any bytes."""
    from pathlib import Path  # 7 ms, which --help does not need

    return Path(text)
