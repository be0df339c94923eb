"""What people read of a library: hits, answers and sources, on stdout."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litsearch.answers.citations import deep_link
from litsearch.config import Config, find_library, load_config
from litsearch.protocols import Progress
from litsearch.types import Answer, CatalogSource, Document, Hit, Results, Source


def styled(text: str, code: str) -> str:
    """The text in a style (SGR code); plain off a terminal, and where NO_COLOR asks for it."""
    if (
        not text
        or not sys.stdout.isatty()
        or "NO_COLOR" in os.environ
        or os.environ.get("TERM") == "dumb"
    ):
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def bold(text: str) -> str:
    """What the eye should meet first."""
    return styled(text, "1")


def dim(text: str) -> str:
    """What is there when it is looked for."""
    return styled(text, "2")


def link(url: str) -> str:
    """An address that a terminal can open (OSC 8); plain off a terminal."""
    return (
        styled(url, "2")
        if not url.startswith(("http://", "https://"))
        else _clickable(printable(url))
    )


def _clickable(url: str) -> str:
    shown = dim(url)
    return shown if shown == url else f"\x1b]8;;{url}\x1b\\{shown}\x1b]8;;\x1b\\"


def printable(text: str) -> str:
    """Text of strangers without control characters, which could drive the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def wrapped(text: str, indent: str = "   ") -> str:
    """Paragraphs within the terminal's width, 100 columns at most."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    paragraphs = printable(text).split("\n")
    return "\n".join(
        textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent)
        for p in paragraphs
        if p
    )


def say(line: str) -> None:
    """A message on stderr, beside the data."""
    print(printable(line), file=sys.stderr, flush=True)


if TYPE_CHECKING:
    from litsearch.retrieval.explain import Stage, Step


def results(found: Results, stages: Sequence[Mapping[str, Stage]] = ()) -> None:
    """The hits of a query, with what each stage thought of them, when that is given."""
    if not found.hits:
        say("Nothing found. Try other words, or fewer filters.")
    if found.degraded:
        say(found.degraded)
    for place, hit in enumerate(found.hits):
        _hit(hit)
        if stages:
            _explained(hit, stages[place])


def _explained(hit: Hit, stages: Mapping[str, Stage]) -> None:
    from litsearch.retrieval.fusion import LEGS

    print(f"   {'score of the hit':44s} {hit.score:.3f}")
    for name, stage in sorted(stages.items(), key=lambda one: -one[1].added):
        rank = f"rank {stage.rank:4d}, score {stage.score:.3f}" if stage.score else "has none of it"
        print(f"   {LEGS[name]:44s} {stage.added:.3f}  {dim(rank)}")
    print()


def steps(row: CatalogSource, taken: Sequence[Step]) -> None:
    """Where a source stands for a query."""
    print(bold(printable(row.title)))
    for step in taken:
        # without its text it may yet be found
        mark = "ok " if step.passed else "OUT" if step is taken[-1] else "no "
        print(f"{mark} {step.name:16s} {printable(step.note)}")


def _hit(hit: Hit) -> None:
    print(f"{hit.rank:2d} {bold(printable(hit.source.title))}{_byline(hit.source)}")
    place = _place(hit.passage.heading, hit.passage.page)
    if place:
        print(dim(f"   {place}"))
    print(wrapped(hit.passage.text))
    print(f"   {link(deep_link(hit.source, hit.passage.text, hit.passage))}")
    print(dim(f"   {mentions(hit.source.source)}\n"))


def _byline(row: CatalogSource) -> str:
    authors = ", ".join(row.authors[:3]) + (" and others" if len(row.authors) > 3 else "")
    facts = ", ".join(str(fact) for fact in (authors, row.year) if fact)
    return f"  {printable(facts)}" if facts else ""


def _place(heading: Sequence[str], page: int | None) -> str:
    return printable(" > ".join([*heading, *([f"page {page}"] if page else [])]))


def mentions(source: Source) -> str:
    """Where the lists name a source."""
    return ", ".join(f"{entry.list}:{entry.line}" for entry in source.entries)


def answer(given: Answer) -> None:
    """An answer with its citations, or the refusal with the nearest passages."""
    if given.status == "declined":
        print(f"{bold('No answer in this library.')} {given.reason}")
    else:
        if given.status == "weak":
            print(f"{bold('Not sure.')} {given.reason} The closest that the library says:")
        if given.status == "answered" and given.reason:
            say(given.reason)  # the language model failed; what follows is extractive
        print(wrapped(given.text, ""))
        for citation in given.citations:
            print(
                f"\n{bold(f'[{citation.n}]')} {printable(citation.source.title)}{_byline(citation.source)}"
            )
            print(wrapped(f"“{citation.quote}”", "    "))
            place = _place(citation.passage.heading, citation.passage.page)
            address = deep_link(citation.source, citation.quote, citation.passage, citation.beside)
            for line in (dim(place), link(address), dim(mentions(citation.source.source))):
                if line:
                    print(f"    {line}")
    if given.nearest:
        print(f"\n{bold('Nearest passages')}")
        for hit in given.nearest:
            _hit(hit)


def questions() -> Iterator[str]:
    """The lines of the standard input; a person is asked for each, until an empty line or the end."""
    asking = sys.stdin.isatty()
    while True:
        if asking:
            print("\n? ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line or (asking and not line.strip()):
            return
        if line.strip():
            yield line.strip()


def sources(rows: Sequence[CatalogSource]) -> None:
    """Every source with its verdict."""
    for row in rows:
        print(f"{row.verdict.status:12s} {row.source.source_id}  {bold(printable(row.title))}")
        print(dim(f"{'':12s} {row.source.url or 'no link'}  ({mentions(row.source)})"))
        if row.verdict.reason:
            print(f"{'':12s} {printable(row.verdict.reason)} {row.verdict.remedy}")
    counts = Counter(row.verdict.status for row in rows)
    say(
        f"{len(rows)} sources"
        + (": " if counts else "")
        + ", ".join(f"{n} {name}" for name, n in counts.items())
    )


def source(row: CatalogSource, document: Document) -> None:
    """One source in full."""
    sources([row])
    for entry in row.source.entries:
        print(f"\n{entry.list}:{entry.line}  {dim(printable(' > '.join(entry.section)))}")
        print(wrapped(entry.title))
        if entry.remark:
            print(wrapped(entry.remark))
    words = len(document.text.split())
    print(f"\n{words} words of text. {dim('`litsearch show --text` prints them.')}")


def library_of(args: argparse.Namespace) -> tuple[Path, Config]:
    """The library folder that a command is about, and its settings. Raises ConfigError."""
    folder = find_library(args.library)
    return folder, load_config(folder)


def print_json(value: object) -> None:
    """One JSON value on a line of stdout."""
    print(json.dumps(value, ensure_ascii=False))


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

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, TextColumn("{task.fields[note]}"), console=Console(stderr=True)
    ) as bars:
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
