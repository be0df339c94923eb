"""Open the engine that keeps a library, by the address in the settings, and follow what is live."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from litsearch.app.factories import LOCAL, LocalIndex
from litsearch.config import Config, IndexConfig
from litsearch.errors import ConfigError, IndexMissing, LitsearchError, MissingExtraError
from litsearch.index.generation import Generation
from litsearch.index.publish import writing

if TYPE_CHECKING:
    from litsearch.stores.engine import Sink
    from litsearch.stores.remote import RemoteStore

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
