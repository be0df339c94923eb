"""Keep a snapshot in an engine block by block, so that an amended one costs what differs.

A map says under which stamp each block of a snapshot was put. A reader that has an earlier snapshot
loads the blocks that have another stamp there.
"""

from __future__ import annotations

import os
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from litsearch.stores.keys import ROW, keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.stores.engine import Engine

BLOCK = 1 << 14  # bytes: two pages of SQLite's
MAP = ROW  # in the place of a block's number
AT_ONCE = 256  # blocks
KEPT = 2  # earlier snapshots, which requests may still read


@dataclass(frozen=True, slots=True)
class Cached:
    """A snapshot on this machine, and the map of its blocks."""

    path: Path
    size: int
    stamps: NDArray[np.int64]

    def stamps_after(self, amended: Path, blocks: list[int], stamp: int) -> NDArray[np.int64]:
        """Return the map of an amended snapshot, of which these blocks are new."""
        stamps = np.full(-(-amended.stat().st_size // BLOCK), stamp, np.int64)
        shared = min(len(stamps), len(self.stamps))
        stamps[:shared] = self.stamps[:shared]
        stamps[blocks] = stamp
        return stamps


def blocks_that_differ(before: Path, after: Path) -> list[int]:
    """Return the numbers of the blocks of a file that are not those of the one before."""
    with before.open("rb") as old, after.open("rb") as new:
        pairs = iter(lambda: (old.read(BLOCK), new.read(BLOCK)), (b"", b""))
        differing = [block not in (old_block, b"") for old_block, block in pairs]
    return np.flatnonzero(differing).tolist()


def block_at(path: Path, number: int) -> bytes:
    """Return a block of a file."""
    with path.open("rb") as file:
        file.seek(number * BLOCK)
        return file.read(BLOCK)


def encode_map(size: int, stamps: NDArray[np.int64]) -> bytes:
    """Return a map as it is put: the size of the snapshot, and the stamps of its blocks."""
    return np.array([size, *stamps.tolist()], "<i8").tobytes()


def _decode_map(data: bytes) -> tuple[int, NDArray[np.int64]]:
    size, *stamps = np.frombuffer(data, "<i8").astype(np.int64).tolist()
    return size, np.array(stamps, np.int64)


def load(engine: Engine, cache: Path) -> Cached:
    """Return the snapshot of a generation, after loading what of it this machine has not."""
    generation = engine.edition.id
    path, beside = cache / f"{generation}.sqlite", cache / f"{generation}.map"
    if not (path.exists() and beside.exists()):
        cache.mkdir(parents=True, exist_ok=True)
        key = keys_of(np.array([MAP]), engine.edition.stamp)
        (data,) = engine.directory(key)
        _assemble(engine, _latest(cache), path, *_decode_map(data))
        _put_in_place(beside, data)
        _forget_others(cache, path)
    return Cached(path, *_decode_map(beside.read_bytes()))


def _assemble(
    engine: Engine, before: Cached | None, path: Path, size: int, stamps: NDArray[np.int64]
) -> None:
    """Write a snapshot, with the blocks of the one before where they are the same."""
    beside = _beside(path)
    missing = np.arange(len(stamps))
    if before is not None:
        shutil.copyfile(before.path, beside)
        shared = min(len(stamps), len(before.stamps))
        same = before.stamps[:shared] == stamps[:shared]
        missing = missing[~np.pad(same, (0, len(stamps) - shared))]
    with beside.open("r+b" if before is not None else "wb") as file:
        for start in range(0, len(missing), AT_ONCE):
            numbers = missing[start : start + AT_ONCE]
            blocks = engine.directory(keys_of(numbers, stamps[numbers]))
            for number, block in zip(numbers.tolist(), blocks, strict=True):
                file.seek(number * BLOCK)
                file.write(block)
        file.truncate(size)
    beside.replace(path)


def _beside(path: Path) -> Path:
    """Return a path of this thread's own, to write what is then put in place."""
    return path.with_name(f".{path.name}-{os.getpid()}-{threading.get_ident()}")


def _put_in_place(path: Path, data: bytes) -> None:
    beside = _beside(path)
    beside.write_bytes(data)
    beside.replace(path)


def _latest(cache: Path) -> Cached | None:
    """Return the latest snapshot that is here, if it has a map."""
    for path in sorted(cache.glob("*.sqlite"), reverse=True):
        beside = path.with_suffix(".map")
        if beside.exists():
            size, stamps = _decode_map(beside.read_bytes())
            if path.stat().st_size == size:
                return Cached(path, size, stamps)
    return None


def _forget_others(cache: Path, path: Path) -> None:
    """Remove the snapshots of earlier generations but the latest."""
    for old in sorted(cache.glob("*.sqlite"))[: -KEPT - 1]:
        if old != path:
            old.unlink(missing_ok=True)
            old.with_suffix(".map").unlink(missing_ok=True)
