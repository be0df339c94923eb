"""Builds again whenever a list, a setting or one of the owner's files has changed, and on a schedule."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import NamedTuple

import watchfiles

from litsearch.config import load_config
from litsearch.errors import LitsearchError
from litsearch.types import BuildReport
from litsearch.wiring.building import build

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
    *,
    every: float | None = None,
    offline: bool = False,
    say: Callable[[str], None] = lambda line: None,
    stop: Event | None = None,
) -> Iterator[Rebuilt]:
    """Build at once, then after each change of config/ or the lists named, and every so many seconds.

    A build that fails is told, and tried again; what changes during a build is built next. Ends when stop is set.
    """
    folders = _folders(library, lists)
    looks = watchfiles.watch(
        *folders, debounce=LONGEST_MS, step=SETTLED_MS, rust_timeout=LOOK_MS, yield_on_timeout=True, stop_event=stop
    )
    next(looks, None)  # only now is anything watched: what changes during the first build is not missed
    because: str | None = "the start"
    while because:
        try:
            outcome: BuildReport | LitsearchError = build(
                library, load_config(library), lists, full=False, offline=offline, progress=_silent, say=say
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
        paths = sorted({path for _, path in changes if any(Path(path).resolve().is_relative_to(one) for one in wanted)})
        if paths:
            paths = [path for path in paths if Path(path).exists()] or paths  # not what an editor wrote beside it
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            return f"{Path(paths[0]).name}{more} changed"
        if time.monotonic() >= due:
            return "the time has come"
    return None
