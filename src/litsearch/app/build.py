"""Build the index of a library: put together what a build needs, and run it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from litsearch.app import figures, history
from litsearch.app.adapters import fetch_route, own_files, records, resolver
from litsearch.app.archive import archived
from litsearch.app.embedding import BuildEmbedder, TorchEmbedder, export
from litsearch.app.engines import copy_to_store
from litsearch.app.factories import (
    damaged_export,
    embedder_facts,
    export_folder,
    load_vectors,
    vectors_for,
)
from litsearch.app.lists import ListFile, entries_elsewhere, read_lists, skipped, sources_from
from litsearch.app.stages import Stages, stages_of
from litsearch.config import Config
from litsearch.errors import IndexMissing, StoreError
from litsearch.extract import EXTRACTION
from litsearch.fetch.api_client import Services
from litsearch.fetch.cache import Cache
from litsearch.fetch.download import Downloader
from litsearch.index.build import build as walk
from litsearch.index.build import differing_facts
from litsearch.index.chunking import CHUNKER
from litsearch.index.current import current_id, generation_ids, remove_others
from litsearch.index.embedding_store import EmbeddingStore
from litsearch.index.generation import FILES, Generation, open_current
from litsearch.index.manifest import Facts, remember_whole
from litsearch.index.publish import writing
from litsearch.index.write import BATCH, Tools
from litsearch.ingest import ingest
from litsearch.models import model_folder
from litsearch.models.model_folder import BiEncoder
from litsearch.models.tokenizer import token_counter
from litsearch.protocols import Progress
from litsearch.reports import BuildReport
from litsearch.types import Entry, Ingested, RawDocument, Source
from litsearch.works.identity import reunited


@contextmanager
def open_ingestion(
    library: Path,
    config: Config,
    sources: Sequence[Source],
    stages: Stages,
    *,
    offline: bool,
    progress: Progress,
    say: Callable[[str], None],
) -> Iterator[Ingestion]:
    """Open the cache and the network of a build. Raises StoreError."""
    wire = None if offline else stages.wire(config.fetch)
    with (
        closing(Cache(library / "index" / "cache", every_row=True)) as cache,
        Downloader(cache, config.fetch, offline=offline, since=cache.begin(), wire=wire) as get,
    ):
        if cache.mended:
            say(cache.mended)
        services = Services(cache, get.ask, offline=offline)
        yield Ingestion(library, config, sources, stages, get, services, progress)
        cache.finish()


class Ingestion:
    """Goes through the sources of a build once, and yields their texts."""

    def __init__(
        self,
        library: Path,
        config: Config,
        sources: Sequence[Source],
        stages: Stages,
        get: Downloader,
        services: Services,
        progress: Progress,
    ) -> None:
        self._library, self._config, self._sources = library, config, sources
        self._stages, self._get, self._services, self._progress = stages, get, services, progress

    @property
    def requests(self) -> int:
        """Return how many requests were made so far."""
        return self._get.requests

    def ingested(self, fingerprints: Mapping[str, str]) -> Iterator[Ingested]:
        """Yield every source with its text or its verdict, as they are ready.

        known: the fingerprints of what need not be read again, by source id.
        """
        storage = _Storage()
        route = fetch_route(self._library, self._config, self._get, self._services)
        items = ingest(
            self._sources,
            fetch=storage.guarded(route),
            extract=self._stages.submit,
            fingerprints=fingerprints,
            extraction=EXTRACTION,
            hosts=self._config.fetch.hosts,
            stand_in=own_files(self._library, self._config),
            resolve=resolver(self._services),
            describe=records(self._services, self._sources),
        )
        for count, item in enumerate(items, 1):
            storage.check()
            self._stages.check()
            self._progress("Sources", count, len(self._sources), item.source.listed_title)
            yield item


class _Storage:
    """Notices when downloads cannot be kept, which is no source's fault: the build ends."""

    def __init__(self) -> None:
        self._failure: OSError | sqlite3.Error | None = None

    def guarded(self, fetch: Callable[[str], RawDocument]) -> Callable[[str], RawDocument]:
        """Return the same function, watched."""

        def watched(url: str) -> RawDocument:
            """Fetch an address; keep a failure of this machine, and let it through."""
            try:
                return fetch(url)
            except (OSError, sqlite3.Error) as error:
                self._failure = error
                raise

        return watched

    def check(self) -> None:
        """Raise what kept something from being stored, if anything did."""
        if self._failure is not None:
            raise self._failure


_ANEW = "Everything is made anew from what was downloaded:"


def _silent(line: str) -> None:
    """Tell nobody."""


def build(
    library: Path,
    config: Config,
    lists: Sequence[str],
    *,
    full: bool,
    offline: bool,
    progress: Progress,
    say: Callable[[str], None] = _silent,
    only: bool = False,
) -> BuildReport:
    """Bring the index of a library up to date with its lists.

    lists: those to read, while what other lists named stays; only: nothing else stays.
    say: told in one line why more is made anew than the lists and pages ask for.
    Raises ListError, IndexLocked, ConfigError, StoreError.
    """
    index = library / "index"
    files = read_lists(library, lists, config.lists)

    with writing(index), archived(library, config) as watched, stages_of(config) as stages:
        before = current_id(index)
        start = _start(library, config, files, () if only else lists, stages, full=full, say=say)
        opening = open_ingestion(
            library, config, start.sources, stages, offline=offline, progress=progress, say=say
        )
        with closing(start.making.store), opening as ingestion:
            ingested = watched(ingestion.ingested)
            report = walk(index, start.sources, ingested, start.live, start.making)

        if not start.whole:  # nobody goes back to what is damaged or cannot be read
            remove_others(index, {*generation_ids(index)} - {before})
        remember_whole(index, [f"generations/{report.generation}/{name}" for name in FILES])
        _record(library, before, report.generation, say)
        requests = ingestion.requests
        if not offline:
            addresses = open_current(index, load_vectors).catalog.figure_addresses()
            requests += figures.gather(library, config, addresses, progress)
    copy_to_store(library, config, progress)
    drops = sum(len(file.dropped) for file in files)
    return replace(report, requests=requests, skipped=skipped(files), dropped=drops)


def _record(library: Path, before: str, after: str, say: Callable[[str], None]) -> None:
    """Write down what the build changed, and say when the history was damaged."""
    damaged_lines = history.record(library, before, after)
    if damaged_lines:
        say(
            f"{library / 'index' / history.FILE} was damaged: what {damaged_lines} earlier builds"
            " changed is no longer known."
        )


class _Start(NamedTuple):
    """What a build begins with."""

    sources: tuple[Source, ...]
    making: Tools
    live: Generation | None  # whose parts are taken over
    whole: bool  # False: there was none, or a damaged one


def _start(
    library: Path,
    config: Config,
    files: Sequence[ListFile],
    names: Sequence[str],
    stages: Stages,
    *,
    full: bool,
    say: Callable[[str], None],
) -> _Start:
    """Check every byte of the live generation while the lists are read and the models load."""
    index = library / "index"
    opened = _open_live(index, say)
    with ThreadPoolExecutor(1) as thread:
        checking = thread.submit(opened.check if opened else list)
        sources = sources_of(files, library, names, opened)
        named_sources = _merge_if_readable(sources, opened)
        if full or _removes_text(named_sources, opened):
            stages.start()
        making = tools(index, config, stages.bulk_embedder, stages.batch)
        whole = _whole(opened, checking.result(), say)

    live = None if full else whole
    if live is None or named_sources is None:
        named_sources = merge_duplicates(sources, None)
    _tell_what_changed(live, making.facts, say)
    return _Start(named_sources, making, live, whole is not None)


def _tell_what_changed(live: Generation | None, facts: Facts, say: Callable[[str], None]) -> None:
    """Say which of the settings and versions have changed since the live generation was made."""
    differences = differing_facts(live.manifest.facts, facts) if live is not None else ()
    if differences:
        say(f"{_ANEW} the {' and the '.join(differences)} changed.")


def sources_of(
    files: Sequence[ListFile], library: Path, names: Sequence[str], live: Generation | None
) -> tuple[Source, ...]:
    """Return the works of the lists named, and those that other lists gave the index. Raises
    ListError.
    """
    entries: list[Entry] = []
    if names and live is not None:
        with suppress(StoreError, sqlite3.Error):  # whoever needs the rows reports the damage
            entries = list(entries_elsewhere(live.catalog.sources(), library, names))
    return sources_from(files, entries)


def merge_duplicates(sources: Sequence[Source], live: Generation | None) -> tuple[Source, ...]:
    """Return the sources, with those merged that turned out to be one work when they
    were fetched.
    """
    return reunited(sources, live.catalog.sources() if live else ())


def _open_live(index: Path, say: Callable[[str], None]) -> Generation | None:
    """Return the live generation, if there is one that can be read."""
    try:
        return open_current(index, load_vectors)
    except IndexMissing:
        return None
    except StoreError as error:
        say(f"{_ANEW} {error}")
        return None


def _merge_if_readable(
    sources: Sequence[Source], live: Generation | None
) -> tuple[Source, ...] | None:
    """Return the sources by merge_duplicates(); None when the index is damaged and cannot say."""
    try:
        return merge_duplicates(sources, live)
    except (StoreError, sqlite3.Error):
        return None


def _removes_text(sources: Sequence[Source] | None, live: Generation | None) -> bool:
    """Tell whether text will have to be taken out of some document, as far as can be told before
    any is fetched.
    """
    if live is None or sources is None:
        return True
    try:
        return not {source.source_id for source in sources} <= live.catalog.rows().keys()
    except (StoreError, sqlite3.Error):
        return True


def _whole(
    live: Generation | None, damaged_files: Sequence[str], say: Callable[[str], None]
) -> Generation | None:
    """Return the generation if no byte of it has changed, so that no damage is carried over."""
    if damaged_files:
        say(f"{_ANEW} {', '.join(damaged_files)} in the index is damaged.")
        return None
    return live


def tools(
    index: Path,
    config: Config,
    bulk: Callable[[Path, BiEncoder], TorchEmbedder] = TorchEmbedder,
    batch: int = BATCH,
) -> Tools:
    """Return what a build works with; a damaged export of the embedder is made again.

    bulk: gives what embeds many texts; batch: of how many it makes good use at once.
    Raises ConfigError when the embedder cannot be found.
    """
    folder, about = embedder_facts(config)
    export_path = export_folder(index, about.fingerprint)
    if export_path.exists() and damaged_export(export_path, thorough=True):
        shutil.rmtree(export_path)
    export(index, folder, about)
    remember_whole(export_path, model_folder.EXPORTED_FILES)
    return Tools(
        facts=Facts(about.fingerprint, config.embedder.model, about.dim, CHUNKER, EXTRACTION),
        store=EmbeddingStore(index / "embeddings.sqlite", about.fingerprint, about.dim, batch),
        embedder=BuildEmbedder(bulk(folder, about), export_path),
        count_tokens=token_counter(folder),
        window=about.window,
        vectors=partial(vectors_for, index),
        keep=config.index.keep,
        batch=batch,
    )
