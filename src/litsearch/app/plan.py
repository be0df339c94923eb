"""Say what a build would do with each source and why, without doing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from litsearch.app.build import merge_duplicates, sources_of
from litsearch.app.factories import embedder_facts, load_vectors
from litsearch.app.lists import read_lists
from litsearch.config import Config
from litsearch.errors import ConfigError, StoreError
from litsearch.extract import EXTRACTION
from litsearch.fetch.cache import Cache, Fetched
from litsearch.index.build import differing_facts
from litsearch.index.chunking import CHUNKER
from litsearch.index.generation import Generation, open_current
from litsearch.index.manifest import Facts
from litsearch.types import CatalogSource, Source

Row = dict[str, Any]  # action, why, title, url


def plan(library: Path, config: Config, lists: Sequence[str], *, only: bool = False) -> list[Row]:
    """Return what a build would do with each source and why: fetch, extract, embed, check, cite,
    keep or remove.
    """
    live = _live(library / "index")
    files = read_lists(library, lists, config.lists)
    sources = merge_duplicates(sources_of(files, library, () if only else lists, live), live)
    listed_before = {row.source_id: row for row in live.catalog.sources()} if live else {}
    differences = _differing_facts(live, config) if live else []

    rows: list[Row] = []
    with _downloads(library / "index" / "cache") as downloads:
        for source in sources:
            before = listed_before.pop(source.source_id, None)
            action, why = _next_step(source, before, differences, downloads(source))
            rows.append(_row(action, why, source))
    for row in listed_before.values():
        rows.append(_row("remove", "no list names it any more", row))
    return rows


@contextmanager
def _downloads(folder: Path) -> Iterator[Callable[[Source], Fetched | None]]:
    """Yield a function that looks up the last download of a source, or None without a cache."""
    if not folder.is_dir():
        yield lambda source: None
        return
    with closing(Cache(folder)) as cache:
        yield lambda source: cache.find(source.url) if source.url else None


def _live(index: Path) -> Generation | None:
    try:
        return open_current(index, load_vectors)
    except StoreError:
        return None


def _differing_facts(live: Generation, config: Config) -> list[str]:
    """Return which of the settings and versions have changed since the last build."""
    try:
        _, about = embedder_facts(config)
    except ConfigError:
        return ["embedder"]
    facts = Facts(about.fingerprint, config.embedder.model, about.dim, CHUNKER, EXTRACTION)
    return differing_facts(live.manifest.facts, facts)


def _next_step(
    source: Source,
    before: CatalogSource | None,
    differences: Sequence[str],
    download: Fetched | None,
) -> tuple[str, str]:
    """Return what a build would do with a source, and why."""
    if before is None:
        return _first_step(source, download)
    if differences:
        action = "extract" if {"chunker", "extraction"} & set(differences) else "embed"
        return action, f"the {' and the '.join(differences)} changed"
    if source.entries != before.entries:
        return "cite", "what the lists say of it changed"
    if source.url is None:
        return "keep", "the lists give no address"
    if download is not None and download.next_try > time.time():
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(download.next_try))
        return "keep", f"not asked for again before {day}"
    return "check", "asked whether it has changed"


def _first_step(source: Source, download: Fetched | None) -> tuple[str, str]:
    """Return what a build would do with a source that the index does not know."""
    if download is not None and download.sha256 is not None:
        return "extract", "new in the lists; its page was downloaded before"
    return ("fetch" if source.url else "keep"), "new in the lists"


def _row(action: str, why: str, source: Source) -> Row:
    return {"action": action, "why": why, "title": source.listed_title, "url": source.url}
