"""Write files durably, with size and checksum in manifest.json, and tell whether they are whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import filterfalse
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec
import numpy as np

from litsearch.config import user_folder
from litsearch.errors import ConfigError, IndexCorrupt, IndexMismatch
from litsearch.index.cosines import CosineScale
from litsearch.storage import sync
from litsearch.text import VERSION as TEXT_VERSION
from litsearch.untrusted import read_bytes

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray

FORMAT = 7  # of the folder; raise it when an older litsearch could not read what this one writes
MANIFEST_FILE = "manifest.json"
REBUILD = "Run `litsearch build`."


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the vectors and passages were made with."""

    embedder: str  # fingerprint
    model: str  # the name in the settings
    dim: int
    chunker: str  # version
    extraction: str  # version
    text: str = TEXT_VERSION  # of the tokenizer


class FileFacts(msgspec.Struct, frozen=True):
    """A file of the generation as it was written."""

    size: int  # bytes
    sha256: str  # of those of its blocks, as durable.facts_of() has it; in a bundle of the file


class Manifest(msgspec.Struct, frozen=True):
    """A generation in figures, without its contents."""

    format: int
    generation: str
    created: str  # ISO 8601, UTC
    facts: Facts
    counts: dict[str, int]  # of sources, entries, passages, sentences
    files: dict[str, FileFacts]
    cosines: CosineScale
    checksum: str = ""  # sha256 of this record with an empty checksum


def seal(manifest: Manifest) -> Manifest:
    """Return the manifest with its own checksum in it."""
    blank = msgspec.structs.replace(manifest, checksum="")
    return msgspec.structs.replace(
        blank, checksum=hashlib.sha256(msgspec.json.encode(blank, order="sorted")).hexdigest()
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, readable to people."""
    text = msgspec.json.format(msgspec.json.encode(seal(manifest)), indent=2)
    (folder / MANIFEST_FILE).write_bytes(text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a generation.

    Raises IndexMismatch for another format, else IndexCorrupt.
    """
    path = folder / MANIFEST_FILE
    data = read_bytes(path)
    try:
        version = msgspec.json.decode(data, type=_Format).format
        if version != FORMAT:
            raise IndexMismatch(
                f"The index has format {version}, and this litsearch reads format {FORMAT}.",
                REBUILD,
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", REBUILD) from None
    if manifest.facts.text != TEXT_VERSION:
        raise IndexMismatch("The index was made by another version of the tokenizer.", REBUILD)
    if seal(manifest) != manifest:
        raise IndexCorrupt(f"{path} is not what was written: its checksum is wrong.", REBUILD)
    return manifest


class _Format(msgspec.Struct):
    format: int


BLOCK = 1 << 26  # bytes with a checksum of their own: a core sums up about a gigabyte a second
LARGE = 1 << 28  # bytes of files together
_READ = 1 << 20  # bytes read at once
_ROWS = 1 << 14  # rows written at once


def facts_of(path: Path) -> FileFacts:
    """Return size and checksum of a file: the sha256 of those of its blocks, shared among the
    cores.
    """
    size = path.stat().st_size
    starts = range(0, size, BLOCK)
    sum_from = partial(_sum, path)
    # a thread that finds no memory to start in never tells, and the build would hang
    if len(starts) < 2:
        sums = list(map(sum_from, starts))
    else:
        with ThreadPoolExecutor() as pool:
            sums = list(pool.map(sum_from, starts))
    return FileFacts(size, hashlib.sha256(b"".join(sums)).hexdigest())


def _sum(path: Path, start: int) -> bytes:
    """Return the sha256 of a block."""
    whole, buffer, remaining = hashlib.sha256(), memoryview(bytearray(_READ)), BLOCK
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while remaining > 0 and (count := file.readinto(buffer[: min(remaining, _READ)])):
            whole.update(buffer[:count])
            remaining -= count
    return whole.digest()


def settled(paths: Sequence[Path], facts_by_name: Mapping[str, FileFacts]) -> list[FileFacts]:
    """Return size and checksum of files, which are on the disk for certain when this returns.

    facts_by_name: those of some files that are known already.
    """
    if sum(path.stat().st_size for path in paths) < LARGE:
        for path in paths:
            sync(path)
        return [facts_by_name.get(path.name) or facts_of(path) for path in paths]
    with ThreadPoolExecutor(len(paths)) as pool:  # the disk writes while the cores sum up
        written = [pool.submit(sync, path) for path in paths]
        facts = [facts_by_name.get(path.name) or facts_of(path) for path in paths]
        for job in written:
            job.result()
    return facts


class RowFile:
    """A matrix in a .npy file that is written a few rows at a time; its header is completed at the
    end.
    """

    def __init__(self, path: Path, dim: int, kind: DTypeLike, rows: int = 0) -> None:
        """Open the file; rows: how many it has already, 0 to begin a new one."""
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


# A file that was found whole is remembered by what the system notes of it: inode, size, and the
# times of its last changes, of which one cannot be set back. While they stay, its bytes are not
# read again. The notes stand in the user's cache folder: readers write nothing into a library.
# Of a cold search over 28,793 passages this is 0.2 % (1.2 of 650 ms of processor time), and 220 ms
# once, when everything is read.
IsWhole = Callable[[str], bool]  # reads a file, by its name, to the end
Stamp = list[int]


def damaged(
    folder: Path, names: Sequence[str], is_whole: IsWhole, *, thorough: bool = False
) -> list[str]:
    """Return the files that are not what was written; only those that changed since are read.

    Where this user can keep no notes, nothing is read and nothing reported, unless thorough.
    """
    path = _notes(folder)
    if path is None:
        return list(filterfalse(is_whole, names)) if thorough else []

    stamps = {name: _stamp(folder / name) for name in names}
    notes = _read(path)
    changed = [name for name in names if notes.get(name) != stamps[name]]

    damaged_names = list(filterfalse(is_whole, changed))
    if changed and not damaged_names:
        _write(path, stamps)
    return damaged_names


def remember_whole(folder: Path, names: Sequence[str]) -> None:
    """Note that files are what was written: they have just been written, or read to the end."""
    path = _notes(folder)
    if path is not None:
        _write(path, {name: _stamp(folder / name) for name in names})


def _stamp(path: Path) -> Stamp:
    try:
        facts = path.stat()
    except OSError:
        return []
    return [facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns]


def _notes(folder: Path) -> Path | None:
    """Return where the notes on a folder stand, or None where this user can keep none."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    try:
        home = user_folder("XDG_CACHE_HOME", ".cache") / "whole"
        home.mkdir(parents=True, exist_ok=True)
    except (OSError, ConfigError):
        return None
    return home / f"{name}.json" if os.access(home, os.W_OK) else None


def _read(path: Path) -> Mapping[str, Stamp]:
    try:
        notes = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _write(path: Path, stamps: Mapping[str, Stamp]) -> None:
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        beside.write_text(json.dumps(stamps), "utf-8")
        beside.replace(path)
