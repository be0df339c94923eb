"""Builds again whenever a list, a setting or one of the owner's files has changed, and on a
schedule.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import watchfiles

from litsearch.app.build import as_known, build, sources_of
from litsearch.app.factories import load_vectors
from litsearch.app.lists import read_lists
from litsearch.config import Config
from litsearch.errors import ConfigError, LitsearchError, StoreError
from litsearch.extract import EXTRACTION
from litsearch.fetch.cache import Cache, Fetched
from litsearch.index.build import made_otherwise
from litsearch.index.chunking import CHUNKER
from litsearch.index.generation import Generation, open_current
from litsearch.index.manifest import Facts
from litsearch.models import model_folder
from litsearch.types import BuildReport, CatalogSource, Source

SETTLED_MS = 400  # without a further change: editors save in several steps
LONGEST_MS = 5_000  # to wait for that
LOOK_MS = 500  # between two looks at the clock
RETRY_S = 60.0  # after a build that failed


_Changes = set[tuple[watchfiles.Change, str]]


class Rebuilt(NamedTuple):
    """A build that was made, or tried."""

    because: str
    outcome: BuildReport | LitsearchError


def watch(
    library: Path,
    lists: Sequence[str],
    settings: Callable[[], Config],
    *,
    every: float | None = None,
    offline: bool = False,
    say: Callable[[str], None] = lambda line: None,
    stop: Event | None = None,
) -> Iterator[Rebuilt]:
    """Build at once, then after each change of config/ or the lists named, and every so many
    seconds.

    A build that fails is told, and tried again; what changes during a build is built next. Ends
    when stop is set.
    """
    folders = _folders(library, lists)
    looks = watchfiles.watch(
        *folders,
        debounce=LONGEST_MS,
        step=SETTLED_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
    )
    # only now is anything watched: what changes during the first build is not missed
    next(looks, None)
    because: str | None = "the start"
    while because:
        try:
            outcome: BuildReport | LitsearchError = build(
                library,
                settings(),
                lists,
                full=False,
                offline=offline,
                progress=_silent,
                say=say,
            )
        except LitsearchError as error:
            outcome = error
        yield Rebuilt(because, outcome)
        wait = RETRY_S if isinstance(outcome, LitsearchError) else float("inf")
        because = _next(looks, time.monotonic() + min(wait, every or wait), library, lists)


def _silent(stage: str, done: int, total: int, note: str = "") -> None:
    """A line a build is enough."""


def _folders(library: Path, lists: Sequence[str]) -> list[Path]:
    """What is watched: folders, since editors replace a file rather than write into it."""
    named = [Path(name) for name in lists]
    beside = [path if path.is_dir() else path.absolute().parent for path in named]
    return [folder for folder in dict.fromkeys([library / "config", *beside]) if folder.is_dir()]


def _next(looks: Iterator[_Changes], due: float, library: Path, lists: Sequence[str]) -> str | None:
    """Why to build again, once there is a reason; None when there will be none."""
    wanted = [(library / "config").resolve(), *(Path(name).resolve() for name in lists)]
    for changes in looks:
        paths = sorted(
            {
                path
                for _, path in changes
                if any(Path(path).resolve().is_relative_to(one) for one in wanted)
            }
        )
        if paths:
            # not what an editor wrote beside it
            paths = [path for path in paths if Path(path).exists()] or paths
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            return f"{Path(paths[0]).name}{more} changed"
        if time.monotonic() >= due:
            return "the time has come"
    return None


Row = dict[str, Any]


def plan(library: Path, config: Config, lists: Sequence[str], *, only: bool = False) -> list[Row]:
    """Return what a build would do with each source and why: fetch, extract, embed, check, cite,
    keep or remove.
    """
    live = _live(library / "index")
    files = read_lists(library, lists, config.lists)
    sources = as_known(sources_of(files, library, [] if only else lists, live), live)
    known = {row.source_id: row for row in live.catalog.sources()} if live else {}
    otherwise = _otherwise(live, config) if live else []
    cache = library / "index" / "cache"
    with closing(Cache(cache) if cache.is_dir() else _Nothing()) as kept:
        rows = [
            _row(source, known.pop(source.source_id, None), otherwise, kept) for source in sources
        ]
    return rows + [
        _said("remove", "no list names it any more", row.source) for row in known.values()
    ]


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
        folder = model_folder.find_model(settings.model)
        about = model_folder.describe(folder, settings.query_prefix, settings.passage_prefix)
    except ConfigError:
        return ["embedder"]
    return made_otherwise(
        then, Facts(about.fingerprint, settings.model, about.dim, CHUNKER, EXTRACTION)
    )


def _row(
    source: Source, before: CatalogSource | None, otherwise: Sequence[str], cache: Cache | _Nothing
) -> Row:
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
