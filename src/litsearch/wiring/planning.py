"""What a build would do, as far as can be known without asking anybody."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from litsearch.config import Config
from litsearch.errors import ConfigError, StoreError
from litsearch.library.build import made_otherwise
from litsearch.library.chunk import CHUNKER
from litsearch.library.generation import Generation, open_current
from litsearch.library.manifest import Facts
from litsearch.models import bi_encoder
from litsearch.sources.cache import Cache, Fetched
from litsearch.sources.extractors import EXTRACTION
from litsearch.types import CatalogSource, Source
from litsearch.wiring.building import as_known
from litsearch.wiring.lists import read_sources
from litsearch.wiring.vectors import load_vectors

Row = dict[str, Any]


def plan(library: Path, config: Config, lists: Sequence[str]) -> list[Row]:
    """What a build would do with each source: fetch, extract, embed, check, cite, keep or remove; and why."""
    live = _live(library / "index")
    sources = as_known(read_sources(library, lists), live)
    known = {row.source.source_id: row for row in live.catalog.sources()} if live else {}
    otherwise = _otherwise(live, config) if live else []
    cache = library / "index" / "cache"
    with closing(Cache(cache) if cache.is_dir() else _Nothing()) as kept:
        rows = [_row(source, known.pop(source.source_id, None), otherwise, kept) for source in sources]
    return rows + [_said("remove", "no list names it any more", row.source) for row in known.values()]


class _Nothing:
    """The cache of a library that has none yet."""

    def find(self, url: str) -> Fetched | None:
        """Nothing."""

    def close(self) -> None:
        """Nothing to close."""


def _live(index: Path) -> Generation | None:
    try:
        return open_current(index, load_vectors)
    except StoreError:
        return None


def _otherwise(live: Generation, config: Config) -> list[str]:
    """What of the making has changed since the last build."""
    settings, then = config.embedder, live.manifest.facts
    try:
        folder = bi_encoder.find_model(settings.model)
        about = bi_encoder.describe(folder, settings.query_prefix, settings.passage_prefix)
    except ConfigError:
        return ["embedder"]
    return made_otherwise(then, Facts(about.fingerprint, settings.model, about.dim, CHUNKER, EXTRACTION))


def _row(source: Source, before: CatalogSource | None, otherwise: Sequence[str], cache: Cache | _Nothing) -> Row:
    fetched = cache.find(source.url) if source.url else None
    has_page = fetched is not None and fetched.sha256 is not None
    if before is None:
        if has_page:
            return _said("extract", "new in the lists; its page was downloaded before", source)
        return _said("fetch" if source.url else "keep", "new in the lists", source)
    if otherwise:
        made = "extract" if {"chunker", "extraction"} & set(otherwise) else "embed"
        return _said(made, f"the {' and the '.join(otherwise)} changed", source)
    if source.entries != before.source.entries:
        return _said("cite", "what the lists say of it changed", source)
    if source.url is None:
        return _said("keep", "the lists give no address", source)
    if fetched is not None and fetched.next_try > time.time():
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(fetched.next_try))
        return _said("keep", f"not asked for again before {day}", source)
    return _said("check", "asked whether it has changed", source)


def _said(action: str, why: str, source: Source) -> Row:
    return {"action": action, "why": why, "title": source.title, "url": source.url}
