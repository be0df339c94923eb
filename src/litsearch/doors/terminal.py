"""What people read: results on stdout, progress and messages on stderr. Escapes only on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from litsearch.answers.cite import deep_link
from litsearch.errors import LitsearchError
from litsearch.protocols import Progress
from litsearch.types import Answer, BuildReport, CatalogSource, Document, Entry, Finding, Hit, Results, Source

if TYPE_CHECKING:
    from litsearch.library.changes import Changes
    from litsearch.retrieval.explain import Stage, Step
    from litsearch.wiring.maintenance import Kept


def _styled(text: str, code: str) -> str:
    if not text or not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


def _bold(text: str) -> str:
    return _styled(text, "1")


def _dim(text: str) -> str:
    return _styled(text, "2")


def _link(url: str) -> str:
    """An address that a terminal can open (OSC 8); plain off a terminal."""
    return _styled(url, "2") if not url.startswith(("http://", "https://")) else _clickable(_printable(url))


def _clickable(url: str) -> str:
    shown = _dim(url)
    return shown if shown == url else f"\x1b]8;;{url}\x1b\\{shown}\x1b]8;;\x1b\\"


def _printable(text: str) -> str:
    """Text of strangers without control characters, which could drive the terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def _wrapped(text: str, indent: str = "   ") -> str:
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    paragraphs = _printable(text).split("\n")
    return "\n".join(textwrap.fill(p, width, initial_indent=indent, subsequent_indent=indent) for p in paragraphs if p)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def say(line: str) -> None:
    """A message, beside the data."""
    _say(_printable(line))


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
            bars.update(tasks[stage], completed=done, total=total, note=_printable(note)[:60])

        yield show


def _plain_progress() -> Progress:
    said: dict[str, int] = {}

    def show(stage: str, done: int, total: int, note: str = "") -> None:
        tenth = 10 * done // max(total, 1)
        if said.get(stage) != tenth:
            said[stage] = tenth
            _say(f"{stage}: {done} of {total}")

    return show


def report(done: BuildReport) -> None:
    """What a build did."""
    parts = [f"{done.indexed} indexed", f"{done.entry_only} by their entry only", f"{done.failed} failed"]
    print(f"{done.total} sources: {', '.join(parts)} ({done.unchanged} unchanged, {done.removed} removed).")
    print(f"{done.passages} passages: {done.embedded} embedded, {done.reused} reused.")
    print(f"{done.requests} requests, {done.took_s:.1f} s. Generation {done.generation}.")
    if done.unreachable:
        pages = "page" if done.unreachable == 1 else "pages"
        print(f"{done.unreachable} {pages} could not be reached: run `litsearch build` again when online.")
    if done.failed:
        print("`litsearch sources --status failed` (or blocked, dead, unsupported) says why, and what to do.")


def rebuilt(because: str, outcome: BuildReport | LitsearchError) -> None:
    """One line a build."""
    if isinstance(outcome, LitsearchError):
        said = f"failed: {outcome} {outcome.hint}"
    else:
        known = (
            f"{outcome.total} sources, {outcome.total - outcome.unchanged} new or changed, {outcome.removed} removed"
        )
        said = f"{known}, {outcome.requests} requests, {outcome.took_s:.1f} s, generation {outcome.generation}"
    print(_printable(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {because}: {said}"))


def plan(rows: Sequence[Mapping[str, Any]]) -> None:
    """What a build would do."""
    for action, count in Counter(str(row["action"]) for row in rows).items():
        print(f"{_bold(action)}: {count}")
        for row in rows:
            if row["action"] == action:
                print(f"   {_printable(row['title'])}  {_dim(row['url'] or '')}  {row['why']}")


def generations(kept: Sequence[Kept]) -> None:
    """The generations, newest first."""
    for one in kept:
        what = one.problem or f"{one.created}  {one.sources} sources, {one.passages} passages"
        print(f"{'*' if one.live else ' '} {one.id}  {what}")


def changes(before: str, after: str, found: Changes) -> None:
    """What changed between two generations."""
    groups = {"new": found.new, "gone": found.gone, "newly reachable": found.reachable, "lost": found.lost}
    for name, rows in (groups | {"listed otherwise": found.relisted}).items():
        if rows:
            print(f"{_bold(name)}: {len(rows)}")
        for row in rows:
            print(f"   {_printable(row.title)}  {_dim(row.source.url or '')}  ({_mentions(row.source)})")
    if found.edited:
        print(f"{_bold('edited')}: {len(found.edited)}")
    for one in found.edited:
        print(f"   {_printable(one.row.title)}: {len(one.added)} passages new, {len(one.removed)} gone")
        for passage in one.added[:3]:
            print(_dim(_wrapped(passage.text, "      ")))
    _say(f"From generation {before} to {after}.")


def results(found: Results, stages: Sequence[Mapping[str, Stage]] = ()) -> None:
    """The hits of a query, with what each stage thought of them, when that is given."""
    if not found.hits:
        _say("Nothing found. Try other words, or fewer filters.")
    if found.degraded:
        _say(found.degraded)
    for place, hit in enumerate(found.hits):
        _hit(hit)
        for name, stage in stages[place].items() if stages else ():
            print(f"   {name:16s} score {stage.score:8.3f}  rank {stage.rank:4d}  adds {stage.added:.3f}")


def steps(row: CatalogSource, taken: Sequence[Step]) -> None:
    """Where a source stands for a query."""
    print(_bold(_printable(row.title)))
    for step in taken:
        print(f"{'ok ' if step.passed else 'OUT'} {step.name:16s} {_printable(step.note)}")


def _hit(hit: Hit) -> None:
    print(f"{hit.rank:2d} {_bold(_printable(hit.source.title))}{_byline(hit.source)}")
    place = _place(hit.passage.heading, hit.passage.page)
    if place:
        print(_dim(f"   {place}"))
    print(_wrapped(hit.passage.text))
    print(f"   {_link(deep_link(hit.source, hit.passage.text, hit.passage))}")
    print(_dim(f"   {_mentions(hit.source.source)}\n"))


def _byline(row: CatalogSource) -> str:
    authors = ", ".join(row.authors[:3]) + (" and others" if len(row.authors) > 3 else "")
    facts = ", ".join(str(fact) for fact in (authors, row.year) if fact)
    return f"  {_printable(facts)}" if facts else ""


def _place(heading: Sequence[str], page: int | None) -> str:
    return _printable(" > ".join([*heading, *([f"page {page}"] if page else [])]))


def _mentions(source: Source) -> str:
    return ", ".join(f"{entry.list}:{entry.line}" for entry in source.entries)


def answer(given: Answer) -> None:
    """An answer with its citations, or the refusal with the nearest passages."""
    if given.status == "declined":
        print(f"{_bold('No answer in this library.')} {given.reason}")
    else:
        if given.status == "weak":
            print(f"{_bold('Not sure.')} {given.reason} The closest that the library says:")
        if given.status == "answered" and given.reason:
            _say(given.reason)  # the language model failed; what follows is extractive
        print(_wrapped(given.text, ""))
        for citation in given.citations:
            print(f"\n{_bold(f'[{citation.n}]')} {_printable(citation.source.title)}{_byline(citation.source)}")
            print(_wrapped(f"“{citation.quote}”", "    "))
            place = _place(citation.passage.heading, citation.passage.page)
            link = deep_link(citation.source, citation.quote, citation.passage, citation.beside)
            for line in (_dim(place), _link(link), _dim(_mentions(citation.source.source))):
                if line:
                    print(f"    {line}")
    if given.nearest:
        print(f"\n{_bold('Nearest passages')}")
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
        print(f"{row.verdict.status:12s} {row.source.source_id}  {_bold(_printable(row.title))}")
        print(_dim(f"{'':12s} {row.source.url or 'no link'}  ({_mentions(row.source)})"))
        if row.verdict.reason:
            print(f"{'':12s} {_printable(row.verdict.reason)} {row.verdict.remedy}")
    counts = Counter(row.verdict.status for row in rows)
    _say(f"{len(rows)} sources" + (": " if counts else "") + ", ".join(f"{n} {name}" for name, n in counts.items()))


def source(row: CatalogSource, document: Document) -> None:
    """One source in full."""
    sources([row])
    for entry in row.source.entries:
        print(f"\n{entry.list}:{entry.line}  {_dim(_printable(' > '.join(entry.section)))}")
        print(_wrapped(entry.title))
        if entry.remark:
            print(_wrapped(entry.remark))
    words = len(document.text.split())
    print(f"\n{words} words of text. {_dim('`litsearch show --text` prints them.')}")


def entries(rows: Sequence[Entry]) -> None:
    """The entries of a list."""
    for entry in rows:
        print(f"{entry.line:5d} {_bold(_printable(entry.title))}  {_dim(_printable(entry.url or 'no link'))}")
    _say(f"{len(rows)} entries")


def document(found: Document, name: str) -> None:
    """The text of a document."""
    print(_bold(_printable(found.title or name)))
    print(_printable(found.text))


def failure(name: str, error: LitsearchError) -> None:
    """A document that gave no text."""
    _say(f"{name}: {error} {error.hint}".rstrip())


def measures(found: Mapping[str, Any], indent: str = "") -> None:
    """A report of measures, nested tables indented."""
    for name, value in found.items():
        if isinstance(value, Mapping):
            print(f"{indent}{_bold(name)}")
            measures(value, indent + "  ")
        else:
            print(f"{indent}{name:22s} {value}")


def findings(found: Sequence[Finding]) -> None:
    """What doctor found."""
    for one in found:
        print(f"{'ok ' if one.ok else 'BAD'} {_bold(one.check)}: {one.message}")
        if one.mend:
            print(f"    {one.mend}")
