"""Build again whenever a list, a setting or one of the owner's files changes, and on a schedule."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import NamedTuple

import watchfiles

from litsearch.app.build import build
from litsearch.config import Config
from litsearch.errors import LitsearchError
from litsearch.reports import BuildReport

SETTLED_MS = 400  # without a further change: editors save in several steps
LONGEST_MS = 5_000  # to wait for that
LOOK_MS = 500  # between two looks at the clock
RETRY_S = 60.0  # after a build that failed


_Changes = set[tuple[watchfiles.Change, str]]


class Rebuilt(NamedTuple):
    """A build that was made or tried, and why."""

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

    A build that fails is reported and tried again; what changes during a build is built next. Ends
    when stop is set.
    """
    looks = watchfiles.watch(
        *_folders(library, lists),
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
        outcome = _outcome(library, lists, settings, offline=offline, say=say)
        yield Rebuilt(because, outcome)
        wait = RETRY_S if isinstance(outcome, LitsearchError) else float("inf")
        because = _next(looks, time.monotonic() + min(wait, every or wait), library, lists)


def _outcome(
    library: Path,
    lists: Sequence[str],
    settings: Callable[[], Config],
    *,
    offline: bool,
    say: Callable[[str], None],
) -> BuildReport | LitsearchError:
    """Build, and return what it did or why it failed."""
    try:
        config = settings()
        return build(library, config, lists, full=False, offline=offline, progress=_silent, say=say)
    except LitsearchError as error:
        return error


def _silent(stage: str, done: int, total: int, note: str = "") -> None:
    """Tell nothing: a line a build is enough."""


def _folders(library: Path, lists: Sequence[str]) -> list[Path]:
    """Return what is watched: folders, since editors replace a file rather than write into it."""
    folders = [library / "config"]
    for path in map(Path, lists):
        folders.append(path if path.is_dir() else path.absolute().parent)
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def _next(looks: Iterator[_Changes], due: float, library: Path, lists: Sequence[str]) -> str | None:
    """Return why to build again, once there is a reason; None when there will be none."""
    places = [path.resolve() for path in (library / "config", *map(Path, lists))]
    for changes in looks:
        paths_changed = [path for path in _paths(changes) if _is_below(path, places)]
        if paths_changed:
            return _in_words(paths_changed)
        if time.monotonic() >= due:
            return "the time has come"
    return None


def _paths(changes: _Changes) -> list[Path]:
    return sorted({Path(name) for _, name in changes})


def _is_below(path: Path, places: Sequence[Path]) -> bool:
    return any(path.resolve().is_relative_to(place) for place in places)


def _in_words(paths_changed: Sequence[Path]) -> str:
    """Return what changed: files that are there rather than what an editor wrote beside them."""
    existing = [path for path in paths_changed if path.exists()] or paths_changed
    more = f" and {len(existing) - 1} more" if len(existing) > 1 else ""
    return f"{existing[0].name}{more} changed"
