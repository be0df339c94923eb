"""How far long work has come, on stderr: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litsearch.doors.style import printable, say
from litsearch.protocols import Progress


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """A progress line: a bar by rich on a terminal, a plain line now and then elsewhere."""
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty() and "NO_COLOR" not in os.environ:
        with _bar() as show:
            yield show
    else:
        yield _plain_progress()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[note]}"), console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int, note: str = "") -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, note="")
            bars.update(tasks[stage], completed=done, total=total, note=printable(note)[:60])

        yield show


def _plain_progress() -> Progress:
    said: dict[str, int] = {}

    def show(stage: str, done: int, total: int, note: str = "") -> None:
        tenth = 10 * done // max(total, 1)
        if said.get(stage) != tenth:
            said[stage] = tenth
            say(f"{stage}: {done} of {total}")

    return show
