"""Read a generation that is kept in another engine, behind the same socket as one on
this machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.protocols import RowFilter
from litsearch.stores.blocks import load
from litsearch.stores.catalog import RemoteCatalog
from litsearch.stores.matches import DEADLINE_S, RemoteMatches, Requests

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.cosines import CosineScale
    from litsearch.index.manifest import Manifest
    from litsearch.protocols import StoreQuery
    from litsearch.stores.by_row import ByRow
    from litsearch.stores.engine import Engine, Unit
    from litsearch.types import Matrix, Vector

REQUESTS = 8  # at once, of one library


class RemoteStore:
    """One generation in an engine: asked as a generation on this machine is."""

    def __init__(self, engine: Engine, cache: Path, seconds: float = DEADLINE_S) -> None:
        """cache: a folder for snapshots; seconds: for each request of a query."""
        self.manifest: Manifest = engine.edition.manifest
        self.catalog = RemoteCatalog(load(engine, cache).path, engine)
        self._engine, sizes = self.catalog.engine, self.catalog.sizes
        self.sentences = RemoteMatrix(self._engine, "sentence", sizes["sentences"])
        self.sources = RemoteMatrix(self._engine, "source", sizes["sources"])
        self.vectors = RemoteVectors(self._engine, sizes["passages"])
        self._requests, self._seconds = ThreadPoolExecutor(REQUESTS, "store"), seconds

    @property
    def id(self) -> str:
        """Return the name that results carry."""
        return self.manifest.generation

    @property
    def cosines(self) -> CosineScale:
        """Return how the embedder spreads its cosines over this library."""
        return self.manifest.cosines

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many sources, entries, passages and sentences there are."""
        return self.manifest.counts

    def matches(self, query: StoreQuery, where: RowFilter) -> RemoteMatches:
        """Ask with a query."""
        requests = Requests(self._requests, self._seconds)
        return RemoteMatches(self._engine, self.catalog, query, where, requests)

    def source_vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these sources, shape (n, dim), float32."""
        return self._engine.vectors("source", rows)

    def nearest(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k passages by their vectors, best first."""
        return self._engine.nearest("passage", query, k, RowFilter(allowed, None, by_words=True))

    def warm_up(self) -> None:
        """Read what the first searches would wait for."""
        rows = self.catalog.every_passage[:1]
        self.vectors.at(rows)
        self.catalog.passages(rows)
        self.source_vectors(self.catalog.source_rows_of(rows))
        self.sentences[self.catalog.sentence_rows(rows)[:, 0]]
        self.catalog.has_title("")

    def damaged(self) -> list[str]:
        """Return the files that changed: the engine looks after its own."""
        return []

    def close(self) -> None:
        """Let go of the engine; nothing may be asked afterwards."""
        self._requests.shutdown(wait=False, cancel_futures=True)
        self.catalog.close()
        self._engine.close()


class RemoteMatrix:
    """Vectors by row, as those of sources.npy and sentences.npy are indexed."""

    def __init__(self, engine: ByRow, unit: Unit, size: int) -> None:
        self._engine, self._unit, self._size = engine, unit, size
        self._kind = np.float16 if unit == "sentence" else np.float32

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, rows: Any) -> NDArray[Any]:
        if isinstance(rows, slice):
            rows = np.arange(*rows.indices(self._size))
        row_numbers = np.atleast_1d(np.asarray(rows, np.int64))
        vectors = self._engine.vectors(self._unit, row_numbers).astype(self._kind)
        return vectors[0] if np.ndim(rows) == 0 else vectors


class RemoteVectors:
    """The vectors of passages, as far as anything but a search asks for them."""

    def __init__(self, engine: ByRow, size: int) -> None:
        self._engine, self._size = engine, size

    def __len__(self) -> int:
        return self._size

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, in their order."""
        return self._engine.products("passage", query, rows)

    def at(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these rows, in their order."""
        return self._engine.vectors("passage", rows)
