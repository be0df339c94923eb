"""The sources of a build: fetched, and their texts taken out, one after the other as they are ready."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from litsearch.config import Config
from litsearch.errors import StoreError
from litsearch.ingest import ingest
from litsearch.protocols import Progress
from litsearch.sources.cache import Cache
from litsearch.sources.download import Downloader
from litsearch.sources.extractors import EXTRACTION
from litsearch.sources.services import Services
from litsearch.sources.workers import ExtractorPool
from litsearch.types import Ingested, RawDocument, Source
from litsearch.wiring.documents import fetch_route, own_files, records, resolver


@contextmanager
def gathering(
    library: Path,
    config: Config,
    sources: Sequence[Source],
    pool: ExtractorPool,
    *,
    offline: bool,
    progress: Progress,
    say: Callable[[str], None],
) -> Iterator[Gathering]:
    """The open cache and network of a build. Raises StoreError."""
    with (
        closing(Cache(library / "index" / "cache")) as kept,
        Downloader(kept, config.fetch, offline=offline, since=kept.begin()) as get,
    ):
        if kept.mended:
            say(kept.mended)
        yield Gathering(library, config, sources, pool, get, Services(kept, get.ask, offline=offline), progress)
        kept.finish()


class Gathering:
    """Goes through the sources of a build once."""

    def __init__(
        self,
        library: Path,
        config: Config,
        sources: Sequence[Source],
        pool: ExtractorPool,
        get: Downloader,
        services: Services,
        progress: Progress,
    ) -> None:
        self._library, self._config, self._sources = library, config, sources
        self._pool, self._get, self._services, self._progress = pool, get, services, progress

    @property
    def requests(self) -> int:
        """How many requests were made so far."""
        return self._get.requests

    def ingested(self, known: Mapping[str, str]) -> Iterator[Ingested]:
        """Every source with its text or its verdict, as they are ready; known: what need not be read again."""
        storage = _Storage()
        found = ingest(
            self._sources,
            fetch=storage.guarded(fetch_route(self._library, self._config, self._get, self._services)),
            extract=self._pool.submit,
            known=known,
            extraction=EXTRACTION,
            hosts=self._config.fetch.hosts,
            stand_in=own_files(self._library, self._config),
            resolve=resolver(self._services),
            describe=records(self._services, self._sources),
        )
        for done, item in enumerate(found, 1):
            storage.check()
            self._progress("Sources", done, len(self._sources), item.source.title)
            yield item


class _Storage:
    """Notes when downloads cannot be kept, which is no fault of any source: the build ends, and the index stays."""

    def __init__(self) -> None:
        self._failure: OSError | sqlite3.Error | None = None

    def guarded(self, fetch: Callable[[str], RawDocument]) -> Callable[[str], RawDocument]:
        """The same function, watched."""

        def watched(url: str) -> RawDocument:
            try:
                return fetch(url)
            except (OSError, sqlite3.Error) as error:
                self._failure = error
                raise

        return watched

    def check(self) -> None:
        """Raise StoreError when something could not be kept."""
        if self._failure is not None:
            hint = "Make room on the disk, then build again: what was downloaded and embedded so far is kept."
            raise StoreError(f"The build cannot write what it downloads: {self._failure}.", hint) from self._failure
