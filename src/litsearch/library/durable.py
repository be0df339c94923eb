"""Files that stay: written to the disk for sure, with checksums, and matrices that grow row by row."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

from litsearch.library.manifest import FileFacts

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

T = TypeVar("T")
LARGE = 1 << 28  # bytes of files together
_ROWS = 1 << 14  # rows written at once


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def facts_of(path: Path) -> FileFacts:
    """Size and checksum of a file."""
    with path.open("rb") as file:
        return FileFacts(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def of_each(work: Callable[[Path], T], paths: Sequence[Path]) -> list[T]:
    """What comes of each file: of large ones at once, since a core hashes about a gigabyte a second.

    Of small ones one after the other: a thread that finds no memory to start in never tells, and the build would hang.
    """
    if sum(path.stat().st_size for path in paths if path.exists()) < LARGE:
        return [work(path) for path in paths]
    with ThreadPoolExecutor() as pool:
        return list(pool.map(work, paths))


class RowFile:
    """A matrix in a .npy file, written a few rows at a time; a context manager that completes the file at its end."""

    def __init__(self, path: Path, dim: int, kind: DTypeLike) -> None:
        self._dim, self._kind, self._rows = dim, np.dtype(kind), 0
        self._file = path.open("wb")
        self._header()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._file:
            if kind is None:
                self._file.seek(0)
                self._header()

    def append(self, matrix: NDArray[Any]) -> None:
        """Write further rows, shape (n, dim)."""
        for start in range(0, len(matrix), _ROWS):
            self._file.write(np.ascontiguousarray(matrix[start : start + _ROWS], self._kind).tobytes())
        self._rows += len(matrix)

    def _header(self) -> None:
        """The header leaves room for the number of rows to grow, so that it can be written again in its place."""
        about = {"descr": self._kind.str, "fortran_order": False, "shape": (self._rows, self._dim)}
        np.lib.format.write_array_header_1_0(self._file, about)
