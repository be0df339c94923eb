"""Open the engine that keeps a library, follow what is live, copy a library to another engine."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from litsearch.app.factories import LOCAL, LocalIndex, load_vectors, vectors_for
from litsearch.config import Config, IndexConfig
from litsearch.errors import (
    ConfigError,
    IndexMissing,
    LitsearchError,
    MissingExtraError,
    StoreError,
)
from litsearch.index.generation import Generation, open_current
from litsearch.index.publish import draft, writing
from litsearch.protocols import Progress

if TYPE_CHECKING:
    from litsearch.stores.engine import Sink
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Vector

LOOK_S = 1.0  # between two looks at which generation is live
LANCE_SCHEMES = ("s3://", "gs://", "az://")
SNAPSHOTS = "stores"  # folder in index/ for what readers keep of remote libraries


class EngineStore:
    """A library in an engine, by its address: opened for reading and for writing.

    A generation that becomes live is made ready beside the one that answers, which then gives way.
    """

    def __init__(self, address: str, library: Path, settings: IndexConfig) -> None:
        """address: of the settings. Raises ConfigError, MissingExtraError, StoreUnavailable."""
        self.cache = library / "index" / SNAPSHOTS
        self.sink = _sink(address, library, settings)
        self._looking = threading.Lock()
        self._looked_at = 0.0
        self._ready: RemoteStore | None = None
        self._opening: threading.Thread | None = None

    def live(self) -> str:
        """Return the generation that is live, as it was a second ago at most, once it is ready.

        Raises IndexMissing, StoreUnavailable.
        """
        if self._ready is None:
            self._ready = self.open_generation()
            self._looked_at = time.monotonic()
        elif time.monotonic() - self._looked_at > LOOK_S and self._looking.acquire(blocking=False):
            try:
                self._look(self._ready.id)
            finally:
                self._looking.release()
        return self._ready.id

    def _look(self, ready: str) -> None:
        """Begin to open what is live now, unless it is what answers."""
        live = self.sink.generations()[-1:]
        if not live:
            hint = "Run `litsearch build`, or look after what keeps the store."
            raise IndexMissing("There is no library in the store.", hint)
        self._looked_at = time.monotonic()
        if live != [ready] and (self._opening is None or not self._opening.is_alive()):
            self._opening = threading.Thread(target=self._open_beside, args=live, daemon=True)
            self._opening.start()

    def _open_beside(self, generation: str) -> None:
        """Make a generation ready; where it cannot be opened, the next look tries again."""
        try:
            store = self.open_generation(generation)
            store.warm_up()
        except LitsearchError:
            return
        self._ready = store

    def open(self) -> RemoteStore:
        """Return the generation that is live, once it is ready.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        self.live()
        return self._ready or self.open_generation()

    def open_generation(self, generation: str = "") -> RemoteStore:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        from litsearch.stores.remote import RemoteStore

        return RemoteStore(self.sink.open(generation), self.cache)


def sweep_store(library: Path, config: Config) -> int:
    """Remove from the store of the settings the copies that killed writers left; returns how many.

    Raises IndexLocked while a build of this machine writes there, StoreUnavailable.
    """
    if config.index.store == LOCAL:
        return 0
    engine = EngineStore(config.index.store, library, config.index)
    with writing(engine.cache):
        return len(engine.sink.sweep())


class Location(Protocol):
    """Where a library is read from."""

    def live(self) -> str:
        """Return the generation that is live."""
        ...

    def open(self) -> Generation:
        """Return it, open for reading."""
        ...


def location_of(config: Config, library: Path) -> Location:
    """Return where the settings say that a library is read from."""
    if config.index.store == LOCAL:
        return LocalIndex(library / "index")
    # what an engine opens answers what a generation on this machine is asked
    return cast("Location", EngineStore(config.index.store, library, config.index))


def _sink(address: str, library: Path, settings: IndexConfig) -> Sink:
    scheme, _, place = address.partition("+")
    if scheme == "qdrant" and place:
        return _qdrant(place, settings)
    if address.startswith(LANCE_SCHEMES):
        return _lance(address)
    if scheme == "lance" and place:
        return _lance(place if place.startswith(LANCE_SCHEMES) else str(library / place))
    raise ConfigError(
        f"There is no store {address!r}.",
        'Set store under [index] to "local", "lance+FOLDER", "s3://BUCKET/NAME"'
        ' or "qdrant+https://HOST:6333/NAME".',
    )


def _lance(place: str) -> Sink:
    try:
        from litsearch.stores.lance import Lance
    except ModuleNotFoundError as error:
        raise _missing("lance", error) from None
    return Lance(place)


def _qdrant(place: str, settings: IndexConfig) -> Sink:
    try:
        from litsearch.stores.qdrant import connect
        from litsearch.stores.qdrant_points import Layout
    except ModuleNotFoundError as error:
        raise _missing("qdrant", error) from None
    layout = Layout(settings.shards, settings.replicas, settings.bytes, settings.on_disk)
    return connect(place, layout=layout)


def _missing(extra: str, error: ModuleNotFoundError) -> MissingExtraError:
    hint = f"Install it with `pip install 'litsearch[{extra}]'`."
    return MissingExtraError(f"This store needs {error.name}, which is not installed.", hint)


SEARCHES = 100  # that a copy is compared by
SHOWN = 10  # hits of each of them
TIED = 0.01  # of two scores, which half precision may put in either order


def copy_to_store(library: Path, config: Config, progress: Progress) -> None:
    """Copy the live generation to the store that the settings name, if they name one."""
    if config.index.store != LOCAL:
        copy_out(library, config, config.index.store, progress)


def copy_library(
    library: Path, config: Config, source: str, target: str, progress: Progress
) -> str:
    """Copy the live generation from one store to another; returns its id there.

    Raises ConfigError, IndexMissing, StoreUnavailable, and StoreError when they differ.
    """
    if source == target:
        raise ConfigError(f"{source!r} is both FROM and TO.", "Name two stores.")
    if source == LOCAL:
        return copy_out(library, config, target, progress)
    if target == LOCAL:
        return copy_back(library, library, config, source, progress)
    between = library / "index" / SNAPSHOTS / "between"  # one of them has no lists of terms
    copy_back(library, between, config, source, progress)
    generation = copy_out(between, config, target, progress, library)
    shutil.rmtree(between)
    return generation


def copy_out(
    library: Path, config: Config, address: str, progress: Progress, home: Path | None = None
) -> str:
    """Copy the live generation of this machine into an engine; returns its id.

    home: the library's folder, where that of the index is another. What an earlier attempt copied
    is not copied again, nor what is there already. What was copied is read back and compared, and
    when that was all, so are searches. Raises IndexMissing, StoreUnavailable, IndexMismatch when
    another writer was first, and StoreError when they differ.
    """
    from litsearch.stores.copying import copy, differences

    generation = open_current(library / "index", load_vectors)
    engine = EngineStore(address, home or library, config.index)
    with writing(engine.cache):
        copied = copy(generation, engine.sink, engine.cache, progress)
        store = engine.open_generation(generation.id)
        faults = list(differences(generation, store, progress, copied.names))
        if copied.whole and not faults:
            faults = _other_hits(generation, store)
        _refuse(faults)
        for old in engine.sink.generations()[: -config.index.keep]:
            engine.sink.drop(old)
    return generation.id


def copy_back(library: Path, target: Path, config: Config, address: str, progress: Progress) -> str:
    """Bring the live generation of an engine back as the live one of a folder's index; returns its
    id there. What an earlier attempt loaded is not loaded again; everything is compared.
    """
    from litsearch.stores.copying import differences
    from litsearch.stores.returning import load_sources, write_generation

    store = EngineStore(address, library, config.index).open_generation()
    index = target / "index"
    with writing(index):
        loaded = index / f".{store.id}.loaded"
        load_sources(store, loaded, progress)
        with draft(index) as next_one:
            suited = partial(vectors_for, index)
            write_generation(store, loaded, next_one, suited, config.index.keep)
        loaded.unlink()
    generation = open_current(index, load_vectors)
    faults = list(differences(generation, store, progress))
    _refuse(faults or _other_hits(generation, store))
    return generation.id


def _refuse(faults: list[str]) -> None:
    if faults:
        raise StoreError(
            f"The copy is not what was copied: {'; '.join(faults[:5])}.",
            "Copy again; if that changes nothing, copy to another name.",
        )


def _other_hits(generation: Generation, store: RemoteStore) -> list[str]:
    """Say how many of a sample of searches find another passage first in the copy."""
    sources = generation.catalog.sources()
    sample = sources[:: max(1, len(sources) // SEARCHES)][:SEARCHES]
    rows = generation.catalog.rows()
    differing = 0
    for source in sample:
        query = source.title or source.source_id
        differing += _differ(generation, store, query, rows[source.source_id])
    return [f"{differing} of {len(sample)} searches find another passage first"] * bool(differing)


def _differ(generation: Generation, store: RemoteStore, query: str, row: int) -> bool:
    """Tell whether the copy finds another passage first, but for those of nearly the same score."""
    from litsearch.retrieval.search import search

    embed = _as_query(generation, row)
    mine, theirs = (
        search(place, embed, query, k=SHOWN, depth=200).hits for place in (generation, store)
    )
    best = {hit.passage.passage_id for hit in mine if hit.score >= mine[0].score - TIED}
    return any(hit.passage.passage_id not in best for hit in theirs[:1])


def _as_query(generation: Generation, row: int) -> Callable[[str], Vector]:
    """Return an embedder that answers with a source's own vector, so that no model is loaded."""

    def embed(_: str) -> Vector:
        vector: Vector = generation.sources[row]
        return vector

    return embed
