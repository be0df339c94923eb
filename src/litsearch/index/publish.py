"""Write a generation beside the live one, and make it the live one at once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from litsearch.errors import IndexLocked, StoreError
from litsearch.index.catalog import Catalog
from litsearch.index.cosines import SOURCES, CosineScale, cosine_scale
from litsearch.index.current import current_id, generation_ids, remove_others, use
from litsearch.index.generation import CATALOG_FILE, FILES, SENTENCES_FILE, SOURCES_FILE, Generation
from litsearch.index.manifest import (
    FORMAT,
    MANIFEST_FILE,
    Facts,
    FileFacts,
    Manifest,
    RowFile,
    settled,
    write_manifest,
)
from litsearch.storage import storing, sync

if TYPE_CHECKING:
    from numpy.typing import DTypeLike

_DRAFT = ".draft-"
_LOCK = "lock"


class Draft:
    """A generation that is being written; no reader sees it before publish()."""

    def __init__(self, index: Path, folder: Path) -> None:
        self._index = index
        self.folder = folder
        self._taken: dict[str, FileFacts] = {}

    def take(self, live: Generation, name: str) -> None:
        """Take over a file of another generation: a second name for the same bytes, where the disk
        can do that.
        """
        try:
            os.link(live.folder / name, self.folder / name)
        except OSError:
            shutil.copyfile(live.folder / name, self.folder / name)
        self._taken[name] = live.manifest.files[name]

    def sentences(self, dim: int, live: Generation | None = None) -> RowFile:
        """sentences.npy, to be written: one row a sentence, by those of the catalog; live: whose
        rows come first.
        """
        return self._rows(SENTENCES_FILE, dim, np.float16, len(live.sentences) if live else 0, live)

    def sources(self, dim: int, live: Generation | None = None) -> RowFile:
        """sources.npy, to be written: one row a source, in the order of the catalog."""
        return self._rows(SOURCES_FILE, dim, np.float32, len(live.sources) if live else 0, live)

    def _rows(
        self, name: str, dim: int, kind: DTypeLike, rows: int, live: Generation | None
    ) -> RowFile:
        if live is not None:
            shutil.copyfile(live.folder / name, self.folder / name)
        return RowFile(self.folder / name, dim, kind, rows)

    def publish(self, facts: Facts, keep: int = 2) -> str:
        """Make this the live generation, durably; returns its id.

        So many generations stay, the one that was live always among them. The caller has written
        the FILES into the folder, and holds the lock.
        """
        files = dict(
            zip(FILES, settled([self.folder / name for name in FILES], self._taken), strict=True)
        )
        now = datetime.now(UTC)
        with closing(Catalog(self.folder / CATALOG_FILE)) as catalog:
            counts = catalog.counts()
            scale = _measure(self.folder, catalog)
        generation = f"{now:%Y%m%dT%H%M%S%f}Z-{_digest(facts, files)}"
        created = now.isoformat(timespec="seconds")
        manifest = Manifest(FORMAT, generation, created, facts, counts, files, scale)
        write_manifest(self.folder, manifest)
        sync(self.folder / MANIFEST_FILE)
        sync(self.folder)
        previous = current_id(self._index)
        self.folder.rename(self.folder.with_name(generation))
        sync(self.folder.parent)
        use(self._index, generation)
        newest = [
            name
            for name in reversed(generation_ids(self._index))
            if name not in (generation, previous)
        ]
        remove_others(self._index, {generation, previous, *newest[: max(keep - 2, 0)]})
        return generation


@contextmanager
def draft(index: Path) -> Iterator[Draft]:
    """Yield a folder to write the next generation into; it is removed unless it is published.

    The caller holds the lock.
    """
    home = index / "generations"
    home.mkdir(parents=True, exist_ok=True)
    for leftover in home.glob(f"{_DRAFT}*"):  # by a build that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    folder = home / f"{_DRAFT}{os.getpid()}"
    folder.mkdir()
    try:
        yield Draft(index, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, catalog: Catalog) -> CosineScale:
    """Return how the embedder spreads its cosines over what was written into the folder."""
    ranges = catalog.sentence_ranges(SOURCES)
    sentences = np.load(folder / SENTENCES_FILE, mmap_mode="r" if ranges else None)
    return cosine_scale(sentences, ranges)


def _digest(facts: Facts, files: dict[str, FileFacts]) -> str:
    return hashlib.sha256(msgspec.json.encode((facts, files), order="sorted")).hexdigest()[:8]


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the lock of this index folder, made when missing.

    Raises IndexLocked when another process holds it, and StoreError for what the disk refuses, and
    for a link in it that leads to other people's files.
    """
    with storing(index):
        index.mkdir(parents=True, exist_ok=True)
        _refuse_links(index)
        handle = os.open(index / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _lock(handle, index)
            yield
        finally:
            os.close(handle)


def _refuse_links(index: Path) -> None:
    """Raise StoreError where a library that was handed on would have others' files written."""
    places = ("", "cache", "cache/bodies", "generations", "models")
    for folder in (index / place for place in places):
        links = [path for path in folder.iterdir() if path.is_symlink()] if folder.is_dir() else []
        if links:
            raise StoreError(
                f"{links[0]} is a link, and what it leads to would be changed.",
                "Remove it. index/ itself may be a link.",
            )


def _lock(handle: int, index: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        who = f" (process {holder})" if holder.isdigit() else ""
        raise IndexLocked(
            f"Another build is writing {index}{who}.",
            "Wait until it has finished, or stop it, then build again.",
        ) from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
