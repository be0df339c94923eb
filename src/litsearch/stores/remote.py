"""Read a generation that is kept in another engine, behind the same socket as one on
this machine.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.index.matches import best_rows, signals_of
from litsearch.protocols import RowFilter
from litsearch.stores.directory import RemoteCatalog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.cosines import CosineScale
    from litsearch.index.manifest import Manifest
    from litsearch.protocols import Signal, StoreQuery
    from litsearch.stores.engine import Engine, Field, RankedRows, Unit
    from litsearch.types import Matrix, Vector

POOL = 200  # sources by each signal, of which the best by their sum are chosen
MOST = 10_000  # passages that are counted to tell a rank
REQUESTS = 8  # at once, of one library
FIELDS: Mapping[Signal, Field] = {
    "lexical": "passage",
    "source_lexical": "source",
    "card": "card",
}
UNITS: Mapping[Signal, Unit] = {"dense": "passage", "source_dense": "source"}


class RemoteStore:
    """One generation in an engine: asked as a generation on this machine is."""

    def __init__(self, engine: Engine, cache: Path) -> None:
        """cache: a folder for the snapshot, which is loaded once a generation."""
        self.manifest: Manifest = engine.manifest
        self._engine = engine
        self.catalog = RemoteCatalog(_snapshot(engine, cache), engine)
        self.sentences = RemoteMatrix(engine, "sentence", self.catalog.sizes["sentences"])
        self.sources = RemoteMatrix(engine, "source", self.catalog.sizes["sources"])
        self.vectors = RemoteVectors(engine, self.catalog.sizes["passages"])
        self._requests = ThreadPoolExecutor(REQUESTS, "store")

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
        return RemoteMatches(self._engine, self.catalog, query, where, self._requests)

    def source_vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these sources, shape (n, dim), float32."""
        return self._engine.vectors("source", rows)

    def nearest(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k passages by their vectors, best first."""
        return self._engine.nearest("passage", query, k, RowFilter(allowed, None, by_words=True))

    def damaged(self) -> list[str]:
        """Return the files that changed: the engine looks after its own."""
        return []

    def close(self) -> None:
        """Let go of the engine; nothing may be asked afterwards."""
        self._requests.shutdown()
        self.catalog.close()
        self._engine.close()


class RemoteMatrix:
    """Vectors by row, as those of sources.npy and sentences.npy are indexed."""

    def __init__(self, engine: Engine, unit: Unit, size: int) -> None:
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

    def __init__(self, engine: Engine, size: int) -> None:
        self._engine, self._size = engine, size

    def __len__(self) -> int:
        return self._size

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, in their order."""
        return self._engine.products("passage", query, rows)

    def at(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these rows, in their order."""
        return self._engine.vectors("passage", rows)


class RemoteMatches:
    """One query over an engine: requests go out side by side, as soon as it is made."""

    def __init__(
        self,
        engine: Engine,
        catalog: RemoteCatalog,
        query: StoreQuery,
        where: RowFilter,
        requests: ThreadPoolExecutor,
    ) -> None:
        self._engine, self._catalog = engine, catalog
        self._wanted, self._where, self._requests = query, where, requests
        self._known: dict[Signal, dict[int, float]] = {}  # scores, by row
        self._pools: dict[Signal, Future[RankedRows]] = {}
        self._greatest: dict[Signal, Future[RankedRows]] = {}
        for signal in self._of_sources:
            self._pools[signal] = requests.submit(self._best, signal, POOL, where)
            if where.sources is not None:
                self._greatest[signal] = requests.submit(self._best, signal, 1, RowFilter())

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """Return the signals that there are for this query."""
        return signals_of(self._wanted)

    @property
    def _of_sources(self) -> tuple[Signal, ...]:
        signals: tuple[Signal, ...] = ("source_lexical", "card", "source_dense")
        return tuple(signal for signal in signals if signal in self.signals)

    def best(self, signal: Signal, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k passages by one of their signals, of those that may be
        found.
        """
        nearest = self._best(signal, k, self._where)
        pairs = zip(nearest.rows.tolist(), nearest.scores.tolist(), strict=True)
        self._known.setdefault(signal, {}).update(pairs)
        return nearest.rows

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k sources by the sum of their signals, each stretched to its
        greatest; of those that are among the best by any of them.
        """
        pools = {signal: pool.result() for signal, pool in self._pools.items()}
        rows = np.unique(np.concatenate([pool.rows for pool in pools.values()]))
        scores = {signal: self._requests.submit(self.scores, signal, rows) for signal in pools}

        total = np.zeros(len(rows), np.float32)
        for signal, pool in pools.items():
            first = self._greatest[signal].result() if signal in self._greatest else pool
            greatest = float(first.scores.max(initial=0.0))
            total += scores[signal].result() / max(greatest, 1e-9)
        if "kind" in self.signals:
            total += self.scores("kind", rows)
        return rows[best_rows(total, k)]

    def scores(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        """Return the score by a signal of each of these rows, of passages or of sources."""
        if signal == "kind":
            kinds = [self._catalog.kinds[row] in self._wanted.kinds for row in rows.tolist()]
            return np.array(kinds, np.float32)
        scores = self._known.setdefault(signal, {})
        unknown = np.array([row for row in set(rows.tolist()) if row not in scores], np.int64)
        unknown.sort()
        if len(unknown):
            scores.update(zip(unknown.tolist(), self._ask(signal, unknown).tolist(), strict=True))
        return np.array([scores[row] for row in rows.tolist()], np.float32)

    def better(self, signal: Signal, score: float) -> int:
        """Return how many of the passages that may be found have a better score, of so many."""
        return int((self._best(signal, MOST, self._where).scores > score).sum())

    def _best(self, signal: Signal, k: int, where: RowFilter) -> RankedRows:
        if signal in UNITS:
            return self._engine.nearest(UNITS[signal], self._vector, k, where)
        return self._engine.best_words(FIELDS[signal], self._weights(signal), k, where)

    def _ask(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        if signal in UNITS:
            return self._engine.products(UNITS[signal], self._vector, rows)
        return self._engine.word_scores(FIELDS[signal], self._weights(signal), rows)

    def _weights(self, signal: Signal) -> Mapping[str, float]:
        return self._catalog.lexicon.weights(FIELDS[signal], self._wanted.words or ())

    @property
    def _vector(self) -> Vector:
        if self._wanted.vector is None:
            raise ValueError("Nothing is looked up by meaning without a vector.")
        return self._wanted.vector


def _snapshot(engine: Engine, cache: Path) -> Path:
    """Return where the snapshot of a generation stands on this machine, after loading it once."""
    path = cache / f"{engine.manifest.generation}.sqlite"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            file.writelines(engine.directory())
        beside.replace(path)
        _forget_others(cache, path)
    return path


def _forget_others(cache: Path, path: Path) -> None:
    """Remove the snapshots of earlier generations but the latest, which requests may still read."""
    for old in sorted(cache.glob("*.sqlite"))[:-2]:
        if old != path:
            old.unlink(missing_ok=True)
