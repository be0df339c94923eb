"""Look after the index: list, compare, roll back and collect generations, and bundle a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from litsearch.app import history
from litsearch.app.adapters import fetch_route
from litsearch.app.engines import sweep_store
from litsearch.app.factories import load_vectors
from litsearch.app.trust import FROM_BUNDLE
from litsearch.config import Config, checked_place
from litsearch.errors import (
    FetchError,
    IndexCorrupt,
    IndexMismatch,
    LitsearchError,
    QueryError,
    StoreError,
)
from litsearch.fetch.api_client import Services
from litsearch.fetch.cache import Cache
from litsearch.fetch.cache_database import damaged
from litsearch.fetch.download import Downloader
from litsearch.index import bundle, embedding_store
from litsearch.index.current import current_id, generation_ids, use
from litsearch.index.diff import Changes, changes
from litsearch.index.gc import Collected, collect
from litsearch.index.generation import Generation, open_current, open_generation
from litsearch.index.manifest import REBUILD
from litsearch.index.publish import writing
from litsearch.reports import Finding
from litsearch.storage import storing
from litsearch.types import CatalogSource, RawDocument


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A generation as `litsearch generations` lists it."""

    id: str
    live: bool
    created: str  # ISO 8601, UTC; "" when it cannot be read
    sources: int
    passages: int
    problem: str = ""  # why it cannot be used


@dataclass(frozen=True, slots=True)
class GenerationChanges:
    """What changed, and between which generations."""

    before: str
    after: str
    changes: Changes


def generations(library: Path) -> list[GenerationSummary]:
    """Return every generation that is kept, newest first. Raises IndexMissing."""
    index = library / "index"
    live = open_current_id(index)
    return [_summary(index, name, live) for name in reversed(generation_ids(index))]


def open_current_id(index: Path) -> str:
    """Return the id of the live generation. Raises IndexMissing, IndexCorrupt if none is live."""
    return current_id(index) or open_current(index, load_vectors).id


def _summary(index: Path, name: str, live: str) -> GenerationSummary:
    try:
        manifest = open_generation(index, name, load_vectors).manifest
    except StoreError as error:
        return GenerationSummary(name, name == live, "", 0, 0, str(error))
    counts = manifest.counts
    return GenerationSummary(
        name, name == live, manifest.created, counts["sources"], counts["passages"]
    )


def roll_back(library: Path, generation: str) -> str:
    """Make a generation that is kept the live one, after reading all of it; returns the one before.

    Raises IndexMismatch, IndexCorrupt, IndexLocked.
    """
    index = library / "index"
    with writing(index):
        damaged_files = open_generation(index, generation, load_vectors).check()
        if damaged_files:
            raise IndexCorrupt(
                f"Generation {generation} is damaged: {', '.join(damaged_files)}.",
                "Use another one.",
            )
        before = current_id(index)
        use(index, generation)
    return before


def live(library: Path) -> Generation:
    """Return the live generation. Raises IndexMissing, IndexMismatch, IndexCorrupt."""
    return open_current(library / "index", load_vectors)


def changes_since(library: Path, since: str = "") -> GenerationChanges:
    """Return what changed from a generation (by id, or the newest made by a date; else the one
    before) to the live one.

    Raises QueryError when there is nothing older to compare with, IndexMissing, IndexMismatch,
    IndexCorrupt.
    """
    index = library / "index"
    after = open_current(index, load_vectors)
    older = [name for name in generation_ids(index) if name < after.id]
    before = open_generation(index, _since(since, older), load_vectors)
    return GenerationChanges(before.id, after.id, changes(before.catalog, after.catalog))


def _since(since: str, older: Sequence[str]) -> str:
    """Return the generation that is meant; ids begin with the date, so that text order is time
    order.
    """
    if not older:
        raise QueryError(
            "There is no older generation to compare with.",
            "Raise keep under [index], and build again.",
        )
    if since in older or not since:
        return since or older[-1]
    day = since.replace("-", "")
    if not (day.isdecimal() and len(day) == 8):
        hint = "Name an id of `litsearch generations`, or a day such as 2026-01-31."
        raise QueryError(f"{since!r} is no generation and no date.", hint)
    return next((name for name in reversed(older) if name[:8] <= day), older[0])


def gc(library: Path, config: Config) -> Collected:
    """Remove what neither the kept generations nor a build of their sources needs, and from the
    store of the settings what killed writers left. Raises IndexLocked, IndexMissing,
    StoreUnavailable.
    """
    index = library / "index"
    with writing(index):
        open_current(index, load_vectors)
        generations_kept = list(_readable(index))
        rows: list[CatalogSource] = []
        figures: list[str] = []
        for generation in generations_kept:
            rows += generation.catalog.sources()
            figures += generation.catalog.figure_addresses()
        addresses = _addresses(library, config, rows, figures)
        collected = collect(index, generations_kept, addresses)
        return replace(collected, copies=sweep_store(library, config))


def _readable(index: Path) -> Iterator[Generation]:
    for name in generation_ids(index):
        with suppress(IndexCorrupt, IndexMismatch):
            yield open_generation(index, name, load_vectors)


class _Recorder(Downloader):
    """A downloader without network that records what it is asked for."""

    def __init__(self, cache: Cache, config: Config) -> None:
        super().__init__(cache, config.fetch, offline=True)
        self.asked: set[str] = set()

    def __call__(self, url: str) -> RawDocument:
        """Return what the cache has of an address. Raises FetchError."""
        self.asked.add(self._checked(url))
        return super().__call__(url)

    def rest(self, urls: Iterable[str], because: str = "") -> None:
        """Do nothing: no address is really asked for."""


def _addresses(
    library: Path, config: Config, rows: Sequence[CatalogSource], figures: Sequence[str]
) -> set[str]:
    """Return every address that a build of these sources would ask for, by walking them offline.

    figures: the addresses of their images.
    """
    with (
        closing(Cache(library / "index" / "cache")) as cache,
        closing(_Recorder(cache, config)) as get,
    ):
        fetch = fetch_route(library, config, get, Services(cache, get.ask, offline=True))
        for row in rows:
            addresses = [url for url in (row.url, *row.aliases, row.document_url) if url]
            for url in dict.fromkeys(url.partition("#")[0] for url in addresses):
                with suppress(FetchError):
                    fetch(url)
        for url in figures:
            with suppress(FetchError):
                get(url)
        return get.asked


def export_bundle(library: Path, target: Path) -> str:
    """Write a library into one file; returns its digest. Raises IndexMissing, IndexCorrupt,
    IndexLocked.
    """
    index = library / "index"
    with writing(index):
        generation = open_current(index, load_vectors)
        damaged_files = generation.check()
        if damaged_files:
            raise IndexCorrupt(
                f"The index is damaged: {', '.join(damaged_files)}.",
                "Run `litsearch build --full`.",
            )
        with storing(target.parent):
            return bundle.pack(library, generation.id, target)


def import_bundle(source: Path, library: Path, digest: str) -> str:
    """Unpack a bundle into a new library folder; returns its generation. Raises IndexCorrupt,
    IndexMismatch.
    """
    with storing(checked_place(library)):
        bundle.unpack(source, library, digest)
        (library / "index" / FROM_BUNDLE).touch()
    return open_current(library / "index", load_vectors).id


def deep(library: Path) -> list[Finding]:
    """Check thoroughly for `doctor --deep`: every generation, and every download."""
    index = library / "index"
    findings = [
        _embeddings(index),
        *_history(library),
        *(_whole_generation(index, name) for name in generation_ids(index)),
    ]
    bodies = [
        path for path in (index / "cache" / "bodies").glob("*/*") if not path.name.startswith(".")
    ]
    if damaged(index / "cache" / "fetches.sqlite"):
        mend = "Run `litsearch build`: it saves what can be read, and keeps the damaged file."
        findings.append(Finding("cache", False, "The record of downloads is damaged.", mend))
    damaged_bodies = [path.name for path in bodies if bundle.digest_of(path) != path.name]
    if damaged_bodies:
        why = f"{len(damaged_bodies)} downloads are damaged, such as {damaged_bodies[0]}."
        findings.append(
            Finding("cache", False, why, "Run `litsearch build`: they are fetched again.")
        )
    else:
        findings.append(
            Finding("cache", True, f"{len(bodies)} downloads; every checksum is right.")
        )
    return findings


def _embeddings(index: Path) -> Finding:
    path = index / "embeddings.sqlite"
    try:
        count = embedding_store.damaged(path) if path.exists() else 0
    except StoreError as error:
        return Finding("embeddings", False, str(error), error.hint)
    if count:
        why = f"{count} vectors in {path} are damaged; the index does not use that file."
        return Finding(
            "embeddings",
            False,
            why,
            "Run `litsearch gc`: they are made again when they are needed.",
        )
    return Finding(
        "embeddings", True, "Every vector that is kept for further builds is what was written."
    )


def _history(library: Path) -> Iterator[Finding]:
    count = history.damaged_lines(library)
    if count:
        why = (
            f"{count} lines of index/{history.FILE}, which tells what builds changed, are damaged."
        )
        yield Finding("history", False, why, "Run `litsearch build`: it leaves them out.")


def _whole_generation(index: Path, name: str) -> Finding:
    mend = REBUILD if name == current_id(index) else "It goes with the next builds."
    try:
        damaged_files = open_generation(index, name, load_vectors).check()
    except LitsearchError as error:
        return Finding("generation", False, str(error), mend)
    if damaged_files:
        return Finding("generation", False, f"{name} is damaged: {', '.join(damaged_files)}.", mend)
    return Finding("generation", True, f"{name}: every checksum is right.")
