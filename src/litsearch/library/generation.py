"""Generations: complete, immutable states of the index. Built beside the live one, then swapped in at once.

index/CURRENT                    the id of the live generation
index/generations/<id>/          catalog.sqlite  vectors.faiss  sentences.npy  sources.npy  manifest.json
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from litsearch.errors import IndexCorrupt, IndexMismatch, IndexMissing
from litsearch.library.catalog import Catalog
from litsearch.library.manifest import (
    FORMAT,
    MANIFEST_FILE,
    REBUILD,
    Facts,
    FileFacts,
    Manifest,
    read_manifest,
    write_manifest,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.protocols import VectorIndex
    from litsearch.types import Matrix

CATALOG_FILE = "catalog.sqlite"
VECTORS_FILE = "vectors.faiss"
SENTENCES_FILE = "sentences.npy"
SOURCES_FILE = "sources.npy"
FILES = (CATALOG_FILE, VECTORS_FILE, SENTENCES_FILE, SOURCES_FILE)
_CURRENT = "CURRENT"
_DRAFT = ".draft-"
_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")


class Generation:
    """One state of the index, open for reading. Vectors are loaded when first asked for."""

    def __init__(self, folder: Path, manifest: Manifest, load: Callable[[Path], VectorIndex]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.catalog = Catalog(folder / CATALOG_FILE)
        self._load = load
        self._loading = threading.Lock()

    @property
    def id(self) -> str:
        """The name that results carry."""
        return self.manifest.generation

    @property
    def vectors(self) -> VectorIndex:
        """One vector a passage, by row. Raises IndexCorrupt."""
        with self._loading:
            return self._vectors

    @cached_property
    def _vectors(self) -> VectorIndex:
        vectors = self._load(self.folder / VECTORS_FILE)
        if len(vectors) != self.manifest.counts["passages"]:
            raise IndexCorrupt(f"{self.folder / VECTORS_FILE} does not hold one vector a passage.", REBUILD)
        return vectors

    @cached_property
    def sentences(self) -> NDArray[np.float16]:
        """One vector a sentence, shape (n, dim), mapped from the disk. Raises IndexCorrupt."""
        return self._matrix(SENTENCES_FILE, "sentence", np.float16)

    @cached_property
    def sources(self) -> Matrix:
        """One vector a source, the mean of its sentences, shape (n, dim), mapped from the disk. Raises IndexCorrupt."""
        return self._matrix(SOURCES_FILE, "source", np.float32)

    def _matrix(self, name: str, unit: str, kind: type[np.floating[Any]]) -> NDArray[Any]:
        path = self.folder / name
        shape = (self.manifest.counts[f"{unit}s"], self.manifest.facts.dim)
        try:
            # An empty array cannot be mapped.
            matrix: NDArray[Any] = np.load(path, mmap_mode="r" if shape[0] else None, allow_pickle=False)
        except (OSError, EOFError, ValueError, SyntaxError, TokenError) as error:
            raise IndexCorrupt(f"{path} cannot be read: {error}.", REBUILD) from None
        if matrix.dtype != kind or matrix.shape != shape:
            raise IndexCorrupt(f"{path} does not hold one vector a {unit}.", REBUILD)
        return matrix

    def require(self, fingerprint: str) -> None:
        """Raise IndexMismatch unless the index was made with this embedder."""
        facts = self.manifest.facts
        if facts.embedder != fingerprint:
            raise IndexMismatch(
                f"The index was made with the embedder {facts.model}, or other prefixes than are set now.",
                "Run `litsearch build`, or set back [embedder] in config/litsearch.toml.",
            )

    def check(self) -> list[str]:
        """Read every file and name those that are not what was written; an empty list means that all is well."""
        return [name for name, facts in self.manifest.files.items() if not _holds(self.folder / name, facts)]


class Draft:
    """A generation that is being written; nobody sees it before publish()."""

    def __init__(self, index: Path, folder: Path) -> None:
        self._index = index
        self.folder = folder
        self._taken: dict[str, FileFacts] = {}

    def take(self, live: Generation, name: str) -> None:
        """Use a file of another generation as it is: a second name for the same bytes, where the disk can do that."""
        try:
            os.link(live.folder / name, self.folder / name)
        except OSError:
            shutil.copyfile(live.folder / name, self.folder / name)
        self._taken[name] = live.manifest.files[name]

    def write_sentences(self, matrix: Matrix) -> None:
        """Write sentences.npy: one row a sentence, in the order of the catalog's rows."""
        np.save(self.folder / SENTENCES_FILE, matrix.astype(np.float16), allow_pickle=False)

    def write_sources(self, matrix: Matrix) -> None:
        """Write sources.npy: one row a source, in the order of the catalog's rows."""
        np.save(self.folder / SOURCES_FILE, matrix.astype(np.float32), allow_pickle=False)

    def publish(self, facts: Facts, keep: int = 2) -> str:
        """Make this the live generation, durably; returns its id. So many are kept, the live one before it for sure.

        The caller has written the FILES into the folder, and holds the lock.
        """
        for name in FILES:
            _sync(self.folder / name)
        files = {name: self._taken.get(name) or _facts(self.folder / name) for name in FILES}
        now = datetime.now(UTC)
        counts = Catalog(self.folder / CATALOG_FILE).counts()
        generation = f"{now:%Y%m%dT%H%M%S%f}Z-{_digest(facts, files)}"
        created = now.isoformat(timespec="seconds")
        write_manifest(self.folder, Manifest(FORMAT, generation, created, facts, counts, files))
        _sync(self.folder / MANIFEST_FILE)
        _sync(self.folder)
        previous = current_id(self._index)
        self.folder.rename(self.folder.with_name(generation))
        _sync(self.folder.parent)
        _point_to(self._index, generation)
        newest = [other for other in reversed(generation_ids(self._index)) if other not in (generation, previous)]
        _remove_others(self._index, {generation, previous, *newest[: max(keep - 2, 0)]})
        return generation


@contextmanager
def draft(index: Path) -> Iterator[Draft]:
    """A folder to write the next generation into; removed unless it is published. The caller holds the lock."""
    home = index / "generations"
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(f"{_DRAFT}*"):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    folder = home / f"{_DRAFT}{os.getpid()}"
    folder.mkdir()
    try:
        yield Draft(index, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def open_current(index: Path, load: Callable[[Path], VectorIndex]) -> Generation:
    """The live generation, after the checks that cost nothing: format, sizes, the manifest's own checksum.

    load reads vectors.faiss. Raises IndexMissing, IndexMismatch, IndexCorrupt.
    """
    while True:
        generation = current_id(index)
        try:
            return _open(index, generation, load)
        except (IndexCorrupt, OSError) as error:
            if current_id(index) != generation:
                continue  # a build swapped and tidied up while we looked
            if isinstance(error, IndexCorrupt):
                raise
            raise IndexCorrupt(f"{error.filename} cannot be read: {error.strerror}.", REBUILD) from None


def _open(index: Path, generation: str, load: Callable[[Path], VectorIndex]) -> Generation:
    if not generation:
        if (index / _CURRENT).exists():
            raise IndexCorrupt(f"{index / _CURRENT} does not name a generation.", REBUILD)
        raise IndexMissing(f"There is no index in {index} yet.", "Run `litsearch build`.")
    folder = index / "generations" / generation
    manifest = read_manifest(folder)
    if manifest.generation != generation or set(manifest.files) != set(FILES):
        raise IndexCorrupt(f"{folder} holds another generation than its name says.", REBUILD)
    for name, facts in manifest.files.items():
        size = (folder / name).stat().st_size
        if size != facts.size:
            raise IndexCorrupt(f"{folder / name} has {size} bytes instead of {facts.size}.", REBUILD)
    return Generation(folder, manifest, load)


def current_id(index: Path) -> str:
    """The id of the live generation; "" before the first build, or when CURRENT is not what was written."""
    try:
        text = (index / _CURRENT).read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    return text if _ID.fullmatch(text) else ""


def generation_ids(index: Path) -> list[str]:
    """The ids of all generations that are there, oldest first."""
    home = index / "generations"
    return sorted(folder.name for folder in home.iterdir() if _ID.fullmatch(folder.name)) if home.is_dir() else []


def open_generation(index: Path, generation: str, load: Callable[[Path], VectorIndex]) -> Generation:
    """A generation by its id. Raises IndexMismatch when there is no such one, IndexCorrupt."""
    if generation not in generation_ids(index):
        raise IndexMismatch(f"There is no generation {generation!r}.", "`litsearch generations` lists them.")
    try:
        return _open(index, generation, load)
    except OSError as error:
        raise IndexCorrupt(f"{error.filename} cannot be read: {error.strerror}.", REBUILD) from None


def use(index: Path, generation: str) -> None:
    """Make a generation that is kept the live one. The caller holds the lock, and has checked the generation."""
    _point_to(index, generation)


def _point_to(index: Path, generation: str) -> None:
    beside = index / f"{_CURRENT}.new"
    beside.write_text(f"{generation}\n", "ascii")
    _sync(beside)
    beside.replace(index / _CURRENT)
    _sync(index)


def _remove_others(index: Path, kept: set[str]) -> None:
    for folder in (index / "generations").iterdir():
        if _ID.fullmatch(folder.name) and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _facts(path: Path) -> FileFacts:
    with path.open("rb") as file:
        return FileFacts(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _holds(path: Path, facts: FileFacts) -> bool:
    try:
        return _facts(path) == facts
    except OSError:
        return False


def _digest(facts: Facts, files: dict[str, FileFacts]) -> str:
    return hashlib.sha256(msgspec.json.encode((facts, files), order="sorted")).hexdigest()[:8]


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
