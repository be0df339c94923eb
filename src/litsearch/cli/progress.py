"""Show how far long work has come, on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litsearch.cli.output import say
from litsearch.protocols import Progress
from litsearch.views.escapes import printable

NOTE = 60  # characters of what is being worked on


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """Yield what stages report to: a bar on a terminal, plain lines elsewhere."""
    dumb = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    if quiet:
        yield lambda *_: None
    elif sys.stderr.isatty() and not dumb:
        with _bar() as show:
            yield show
    else:
        yield plain_progress()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int, note: str = "") -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, note="")
            bars.update(tasks[stage], completed=done, total=total, note=printable(note)[:NOTE])

        yield show


def plain_progress() -> Progress:
    """Return what says every tenth of a stage on a line of its own."""
    tenths: dict[str, int] = {}

    def show(stage: str, done: int, total: int, note: str = "") -> None:
        tenth = 10 * done // max(total, 1)
        if tenths.get(stage) != tenth:
            tenths[stage] = tenth
            say(f"{stage}: {done} of {total}")

    return show
