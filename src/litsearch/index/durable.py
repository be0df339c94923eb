"""Files that stay: written to the disk for sure, with checksums, and matrices that grow row by row."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from litsearch.index.manifest import FileFacts
from litsearch.storage import sync

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

BLOCK = 1 << 26  # bytes with a checksum of their own: a core sums up about a gigabyte a second
LARGE = 1 << 28  # bytes of files together
_READ = 1 << 20  # bytes read at once
_ROWS = 1 << 14  # rows written at once


def facts_of(path: Path) -> FileFacts:
    """Size and checksum of a file: the sha256 of those of its blocks, of which each core takes
    some.
    """
    size = path.stat().st_size
    starts = range(0, size, BLOCK)
    # a thread that finds no memory to start in never tells, and the build would hang
    if len(starts) < 2:
        sums = [_sum(path, start) for start in starts]
    else:
        with ThreadPoolExecutor() as pool:
            sums = list(pool.map(partial(_sum, path), starts))
    return FileFacts(size, hashlib.sha256(b"".join(sums)).hexdigest())


def _sum(path: Path, start: int) -> bytes:
    """Return the sha256 of a block."""
    whole, buffer, left = hashlib.sha256(), memoryview(bytearray(_READ)), BLOCK
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while left > 0 and (count := file.readinto(buffer[: min(left, _READ)])):
            whole.update(buffer[:count])
            left -= count
    return whole.digest()


def settled(paths: Sequence[Path], known: Mapping[str, FileFacts]) -> list[FileFacts]:
    """Size and checksum of files, which are on the disk for sure when this returns; known: those of
    some, by name.
    """
    if sum(path.stat().st_size for path in paths) < LARGE:
        for path in paths:
            sync(path)
        return [known.get(path.name) or facts_of(path) for path in paths]
    with ThreadPoolExecutor(len(paths)) as pool:  # the disk writes while the cores sum up
        written = [pool.submit(sync, path) for path in paths]
        facts = [known.get(path.name) or facts_of(path) for path in paths]
        for one in written:
            one.result()
    return facts


class RowFile:
    """A matrix in a .npy file, written a few rows at a time; a context manager that completes the
    file at its end.
    """

    def __init__(self, path: Path, dim: int, kind: DTypeLike, rows: int = 0) -> None:
        """rows: of such a file, which is gone on with; 0 begins a new one."""
        self._dim, self._kind, self._rows = dim, np.dtype(kind), rows
        self._file = path.open("r+b" if rows else "wb")
        self._header()
        self._file.seek(0, os.SEEK_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        with self._file:
            if kind is None:
                self._file.seek(0)
                self._header()

    def append(self, matrix: NDArray[Any]) -> None:
        """Write further rows, shape (n, dim)."""
        for start in range(0, len(matrix), _ROWS):
            self._file.write(
                np.ascontiguousarray(matrix[start : start + _ROWS], self._kind).tobytes()
            )
        self._rows += len(matrix)

    def _header(self) -> None:
        """Write the header, with room for the number of rows to grow, so that it can be written
        again in its place.
        """
        about = {"descr": self._kind.str, "fortran_order": False, "shape": (self._rows, self._dim)}
        np.lib.format.write_array_header_1_0(self._file, about)
