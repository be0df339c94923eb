"""Where a library is kept: on this machine, or in an engine that the settings name."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from litsearch.app.factories import load_vectors
from litsearch.config import Config
from litsearch.errors import ConfigError, IndexMissing, MissingExtraError, StoreError
from litsearch.index.current import current_id
from litsearch.index.generation import Generation, open_current
from litsearch.protocols import Progress

if TYPE_CHECKING:
    from litsearch.stores.engine import Sink
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Vector

LOCAL = "local"
LOOK_S = 1.0  # between two looks at which generation is live
SEARCHES = 100  # that a copy is compared by
SHOWN = 10  # hits of each of them
LANCE_SCHEMES = ("s3://", "gs://", "az://")
SNAPSHOTS = "stores"  # folder in index/ for what readers keep of remote libraries


class Here:
    """The index on this machine."""

    def __init__(self, index: Path) -> None:
        self._index = index

    def live(self) -> str:
        """Return the generation that is live, or "" while CURRENT names none.

        Raises IndexMissing when the index was taken away.
        """
        newest = current_id(self._index)
        if not newest and not (self._index / "CURRENT").exists():
            raise IndexMissing(
                "The index is gone.", "Run `litsearch build`, or put index/ back where it was."
            )
        return newest

    def open(self) -> Generation:
        """Return the live generation. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
        return open_current(self._index, load_vectors)


class Engine:
    """An engine by its address: opened for reading and for writing."""

    def __init__(self, address: str, library: Path) -> None:
        """address: of the settings. Raises ConfigError, MissingExtraError, StoreUnavailable."""
        self._cache = library / "index" / SNAPSHOTS
        self.sink = _sink(address, library)
        self._live, self._looked_at = "", 0.0

    def live(self) -> str:
        """Return the generation that is live, as it was a second ago at most.

        Raises IndexMissing, StoreUnavailable.
        """
        now = time.monotonic()
        if not self._live or now - self._looked_at > LOOK_S:
            self._live = ""
            generations = self.sink.generations()
            if not generations:
                hint = "Run `litsearch build`, or look after what keeps the store."
                raise IndexMissing("There is no library in the store.", hint)
            self._live, self._looked_at = generations[-1], now
        return self._live

    def open(self, generation: str = "") -> RemoteStore:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        from litsearch.stores.remote import RemoteStore

        return RemoteStore(self.sink.open(generation), self._cache)


class Place(Protocol):
    """Where a library is read from."""

    def live(self) -> str:
        """Return the generation that is live."""
        ...

    def open(self) -> Generation:
        """Return it, open for reading."""
        ...


def place_of(config: Config, library: Path) -> Place:
    """Return where the settings say that a library is read from."""
    if config.index.store == LOCAL:
        return Here(library / "index")
    # what an engine opens answers what a generation on this machine is asked
    return cast("Place", Engine(config.index.store, library))


def _sink(address: str, library: Path) -> Sink:
    scheme, _, place = address.partition("+")
    if scheme == "qdrant" and place:
        return _qdrant(place)
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


def _qdrant(place: str) -> Sink:
    try:
        from litsearch.stores.qdrant import connect
    except ModuleNotFoundError as error:
        raise _missing("qdrant", error) from None
    return connect(place)


def _missing(extra: str, error: ModuleNotFoundError) -> MissingExtraError:
    hint = f"Install it with `pip install 'litsearch[{extra}]'`."
    return MissingExtraError(f"This store needs {error.name}, which is not installed.", hint)


def copy_to_store(library: Path, config: Config, progress: Progress) -> None:
    """Copy the live generation to the store that the settings name, if they name one."""
    if config.index.store != LOCAL:
        copy_out(library, config.index.store, progress, config.index.keep)


def copy_out(library: Path, address: str, progress: Progress, keep: int = 2) -> str:
    """Copy the live generation of this machine into an engine; returns its id.

    keep: generations there, the new one included. What an attempt before has copied is not copied
    again. Everything is read back and compared,
    and so are searches. Raises IndexMissing, StoreUnavailable, and StoreError when they differ.
    """
    from litsearch.stores.copying import copy

    generation = open_current(library / "index", load_vectors)
    engine = Engine(address, library)
    copy(generation, engine.sink, progress)
    compare(generation, engine.open(generation.id), progress)
    for old in engine.sink.generations()[:-keep]:
        engine.sink.drop(old)
    return generation.id


def compare(generation: Generation, store: RemoteStore, progress: Progress) -> None:
    """Compare what is kept, and what is found, in both. Raises StoreError when they differ."""
    from litsearch.stores.copying import differences

    broken = list(differences(generation, store, progress)) or _other_hits(generation, store)
    if broken:
        raise StoreError(
            f"The copy is not what was copied: {'; '.join(broken)}.",
            "Drop this generation in the store, and copy again.",
        )


def _other_hits(generation: Generation, store: RemoteStore) -> list[str]:
    """Return in a sentence how many searches find something else first."""
    from litsearch.retrieval.search import search

    sources = generation.catalog.sources()
    asked = sources[:: max(1, len(sources) // SEARCHES)][:SEARCHES]
    rows, other = generation.catalog.rows(), 0
    for source in asked:
        embed = _as_query(generation, rows[source.source_id])
        first, second = (
            search(place, embed, source.title or source.source_id, k=SHOWN, depth=200).hits
            for place in (generation, store)
        )
        mine = [hit.passage.passage_id for hit in first[:1]]
        other += mine != [hit.passage.passage_id for hit in second[:1]]
    return [f"{other} of {len(asked)} searches find another passage first"] if other else []


def _as_query(generation: Generation, row: int) -> Callable[[str], Vector]:
    """Return an embedder that answers with a source's own vector, so that no model is loaded."""

    def embed(_: str) -> Vector:
        vector: Vector = generation.sources[row]
        return vector

    return embed
