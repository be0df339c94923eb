"""A generation that is kept in another engine, as the rest of litsearch sees one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.index.matches import best_rows, legs_of
from litsearch.protocols import Where
from litsearch.stores.directory import RemoteCatalog

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.cosines import CosineScale
    from litsearch.index.manifest import Manifest
    from litsearch.protocols import Leg, Wanted
    from litsearch.stores.engine import Engine, Field, Found, Unit
    from litsearch.types import Matrix, Vector

POOL = 200  # sources by each leg, of which the best by their sum are chosen
MOST = 10_000  # passages that are counted to tell a rank
REQUESTS = 8  # at once, of one library
FIELDS: Mapping[Leg, Field] = {
    "lexical": "passage",
    "source_lexical": "source",
    "card": "card",
}
UNITS: Mapping[Leg, Unit] = {"dense": "passage", "source_dense": "source"}


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

    def matches(self, wanted: Wanted, where: Where) -> RemoteMatches:
        """Ask with a query."""
        return RemoteMatches(self._engine, self.catalog, wanted, where, self._requests)

    def source_vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these sources, shape (n, dim), float32."""
        return self._engine.vectors("source", rows)

    def nearest(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k passages by their vectors, best first."""
        return self._engine.nearest("passage", query, k, Where(allowed, None, by_words=True))

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
        wanted = np.atleast_1d(np.asarray(rows, np.int64))
        vectors = self._engine.vectors(self._unit, wanted).astype(self._kind)
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
        wanted: Wanted,
        where: Where,
        requests: ThreadPoolExecutor,
    ) -> None:
        self._engine, self._catalog = engine, catalog
        self._wanted, self._where, self._requests = wanted, where, requests
        self._known: dict[Leg, dict[int, float]] = {}  # scores, by row
        self._pools: dict[Leg, Future[Found]] = {}
        self._greatest: dict[Leg, Future[Found]] = {}
        for leg in self._of_sources:
            self._pools[leg] = requests.submit(self._best, leg, POOL, where)
            if where.sources is not None:
                self._greatest[leg] = requests.submit(self._best, leg, 1, Where())

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """Return the legs that there are for this query."""
        return legs_of(self._wanted)

    @property
    def _of_sources(self) -> tuple[Leg, ...]:
        ranked: tuple[Leg, ...] = ("source_lexical", "card", "source_dense")
        return tuple(leg for leg in ranked if leg in self.legs)

    def best(self, leg: Leg, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k passages by one of their legs, of those that may be
        found.
        """
        found = self._best(leg, k, self._where)
        pairs = zip(found.rows.tolist(), found.scores.tolist(), strict=True)
        self._known.setdefault(leg, {}).update(pairs)
        return found.rows

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k sources by the sum of their legs, each stretched to its
        greatest; of those that are among the best by any of them.
        """
        pools = {leg: pool.result() for leg, pool in self._pools.items()}
        rows = np.unique(np.concatenate([found.rows for found in pools.values()]))
        scores = {leg: self._requests.submit(self.scores, leg, rows) for leg in pools}

        total = np.zeros(len(rows), np.float32)
        for leg, found in pools.items():
            first = self._greatest[leg].result() if leg in self._greatest else found
            greatest = float(first.scores.max(initial=0.0))
            total += scores[leg].result() / max(greatest, 1e-9)
        if "kind" in self.legs:
            total += self.scores("kind", rows)
        return rows[best_rows(total, k)]

    def scores(self, leg: Leg, rows: NDArray[np.int64]) -> Vector:
        """Return the score by a leg of each of these rows, of passages or of sources."""
        if leg == "kind":
            kinds = [self._catalog.kinds[row] in self._wanted.kinds for row in rows.tolist()]
            return np.array(kinds, np.float32)
        known = self._known.setdefault(leg, {})
        unknown = np.array([row for row in set(rows.tolist()) if row not in known], np.int64)
        unknown.sort()
        if len(unknown):
            known.update(zip(unknown.tolist(), self._ask(leg, unknown).tolist(), strict=True))
        return np.array([known[row] for row in rows.tolist()], np.float32)

    def better(self, leg: Leg, score: float) -> int:
        """Return how many of the passages that may be found have a better score, of so many."""
        return int((self._best(leg, MOST, self._where).scores > score).sum())

    def _best(self, leg: Leg, k: int, where: Where) -> Found:
        if leg in UNITS:
            return self._engine.nearest(UNITS[leg], self._vector, k, where)
        return self._engine.best_words(FIELDS[leg], self._weights(leg), k, where)

    def _ask(self, leg: Leg, rows: NDArray[np.int64]) -> Vector:
        if leg in UNITS:
            return self._engine.products(UNITS[leg], self._vector, rows)
        return self._engine.word_scores(FIELDS[leg], self._weights(leg), rows)

    def _weights(self, leg: Leg) -> Mapping[str, float]:
        return self._catalog.lexicon.weights(FIELDS[leg], self._wanted.words or ())

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
