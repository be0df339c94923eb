"""Generations: complete, immutable states of the index, opened for reading.

index/CURRENT                    the id of the live generation index/generations/<id>/
catalog.sqlite  vectors.faiss  sentences.npy  sources.npy  manifest.json
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.errors import IndexCorrupt, IndexMismatch, IndexMissing
from litsearch.index.catalog import Catalog
from litsearch.index.current import CURRENT, current_id, generation_ids
from litsearch.index.durable import damaged, facts_of, remember_whole
from litsearch.index.manifest import REBUILD, FileFacts, Manifest, read_manifest
from litsearch.index.matches import LocalMatches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.cosines import CosineScale
    from litsearch.protocols import RowFilter, StoreQuery, VectorIndex
    from litsearch.types import Matrix, Vector

CATALOG_FILE = "catalog.sqlite"
VECTORS_FILE = "vectors.faiss"
SENTENCES_FILE = "sentences.npy"
SOURCES_FILE = "sources.npy"
FILES = (CATALOG_FILE, VECTORS_FILE, SENTENCES_FILE, SOURCES_FILE)


class Generation:
    """One state of the index, open for reading. Vectors are loaded when first asked for."""

    def __init__(
        self, folder: Path, manifest: Manifest, load: Callable[[Path], VectorIndex]
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.catalog = Catalog(folder / CATALOG_FILE)
        self._load = load
        self._loading = threading.Lock()

    @property
    def id(self) -> str:
        """Return the name that results carry."""
        return self.manifest.generation

    @property
    def cosines(self) -> CosineScale:
        """Return how the embedder spreads its cosines over this library."""
        return self.manifest.cosines

    @property
    def vectors(self) -> VectorIndex:
        """Return one vector a passage, by row. Raises IndexCorrupt."""
        with self._loading:
            return self._vectors

    @cached_property
    def _vectors(self) -> VectorIndex:
        vectors = self._load(self.folder / VECTORS_FILE)
        if len(vectors) != self.catalog.sizes["passages"]:
            raise IndexCorrupt(
                f"{self.folder / VECTORS_FILE} does not hold one vector a passage.", REBUILD
            )
        return vectors

    @cached_property
    def sentences(self) -> NDArray[np.float16]:
        """Return one vector a sentence, shape (n, dim), mapped from the disk.

        Raises IndexCorrupt.
        """
        return self._matrix(SENTENCES_FILE, "sentence", np.float16)

    @cached_property
    def sources(self) -> Matrix:
        """Return one vector a source, the mean of its sentences, shape (n, dim), mapped from the
        disk. Raises IndexCorrupt.
        """
        return self._matrix(SOURCES_FILE, "source", np.float32)

    def _matrix(self, name: str, unit: str, kind: type[np.floating[Any]]) -> NDArray[Any]:
        path = self.folder / name
        shape = (self.catalog.sizes[f"{unit}s"], self.manifest.facts.dim)
        try:
            # An empty array cannot be mapped.
            matrix: NDArray[Any] = np.load(
                path, mmap_mode="r" if shape[0] else None, allow_pickle=False
            )
        except (OSError, EOFError, ValueError, SyntaxError, TokenError) as error:
            raise IndexCorrupt(f"{path} cannot be read: {error}.", REBUILD) from None
        if matrix.dtype != kind or matrix.shape != shape:
            raise IndexCorrupt(f"{path} does not hold one vector a {unit}.", REBUILD)
        return matrix

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many sources, entries, passages and sentences there are."""
        return self.manifest.counts

    def matches(self, query: StoreQuery, where: RowFilter) -> LocalMatches:
        """Ask with a query."""
        return LocalMatches(self, query, where)

    def source_vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these sources, shape (n, dim), float32."""
        return np.asarray(self.sources[rows], np.float32)

    def check(self) -> list[str]:
        """Read every file and name those that are not what was written; an empty list means that
        all is well.
        """
        files = self.manifest.files
        return [name for name, facts in files.items() if not _holds(self.folder / name, facts)]

    def damaged(self) -> list[str]:
        """Return the files that changed since they were written; unchanged ones are not read."""
        files = self.manifest.files
        return damaged(
            self.folder.parent.parent,
            [f"generations/{self.id}/{name}" for name in files],
            lambda name: _holds(self.folder / Path(name).name, files[Path(name).name]),
        )

    def remember_whole(self) -> None:
        """Note that every file is as it was written."""
        names = [f"generations/{self.id}/{name}" for name in self.manifest.files]
        remember_whole(self.folder.parent.parent, names)

    def nearest(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k passages by their vectors, best first; of the allowed rows
        only, when given.
        """
        return self.vectors.search(
            query, k, self.catalog.without_holes if allowed is None else allowed
        )

    def fresh_vectors(self) -> VectorIndex:
        """Return the vectors, opened anew: what is done with them changes nothing here.

        Raises IndexCorrupt.
        """
        return self._load(self.folder / VECTORS_FILE)


def open_current(index: Path, load: Callable[[Path], VectorIndex]) -> Generation:
    """Return the live generation, after the checks that cost nothing: format, sizes, the manifest's
    own checksum.

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
            raise IndexCorrupt(
                f"{error.filename} cannot be read: {error.strerror}.", REBUILD
            ) from None


def _open(index: Path, generation: str, load: Callable[[Path], VectorIndex]) -> Generation:
    if not generation:
        if (index / CURRENT).exists():
            raise IndexCorrupt(f"{index / CURRENT} does not name a generation.", REBUILD)
        raise IndexMissing(f"There is no index in {index} yet.", "Run `litsearch build`.")
    folder = index / "generations" / generation
    manifest = read_manifest(folder)
    if manifest.generation != generation or set(manifest.files) != set(FILES):
        raise IndexCorrupt(f"{folder} holds another generation than its name says.", REBUILD)
    for name, facts in manifest.files.items():
        size = (folder / name).stat().st_size
        if size != facts.size:
            raise IndexCorrupt(
                f"{folder / name} has {size} bytes instead of {facts.size}.", REBUILD
            )
    return Generation(folder, manifest, load)


def open_generation(
    index: Path, generation: str, load: Callable[[Path], VectorIndex]
) -> Generation:
    """Return a generation by its id.

    Raises IndexMismatch when there is no such one, IndexCorrupt.
    """
    if generation not in generation_ids(index):
        raise IndexMismatch(
            f"There is no generation {generation!r}.", "`litsearch generations` lists them."
        )
    try:
        return _open(index, generation, load)
    except OSError as error:
        raise IndexCorrupt(f"{error.filename} cannot be read: {error.strerror}.", REBUILD) from None


def _holds(path: Path, facts: FileFacts) -> bool:
    try:
        return path.stat().st_size == facts.size and facts_of(path) == facts
    except OSError:
        return False
