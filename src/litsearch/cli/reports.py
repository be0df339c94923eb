"""Print how the library was made and how it fares: builds, changes, measures, findings."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litsearch.cli.output import bold, counted, dim, say, wrapped
from litsearch.cli.results import mentions, summary
from litsearch.errors import LitsearchError
from litsearch.reports import BuildReport, Dropped, Finding
from litsearch.types import CatalogSource, Document, Entry
from litsearch.views.escapes import printable

if TYPE_CHECKING:
    from litsearch.app.maintenance import GenerationSummary
    from litsearch.index.diff import Changes, Edited
    from litsearch.views.build_records import LostQuote

MAX_SKIPPED = 10  # files named after a build
EXCERPTS = 3  # new passages of an edited source that are shown


def made(folder: Path, example: Path) -> None:
    """Print what `init` made, and what to do next."""
    print(f"There is a library in {printable(str(folder))} now.")
    print(f"Put your lists beside {printable(str(example.relative_to(folder)))}, then:")
    print(f'\n  cd "{printable(str(folder))}"\n  litsearch build\n  litsearch ask "what is LoRA?"')


def report(build: BuildReport) -> None:
    """Print what a build did."""
    old = f"{build.unchanged} unchanged, {build.removed} removed"
    print(f"{summary(build.statuses)} ({old}).")
    passages = counted(build.passages, "passage")
    print(f"{passages}: {build.embedded} embedded, {build.reused} reused.")
    requests = counted(build.requests, "request")
    print(f"{requests}, {build.took_s:.1f} s. Generation {build.generation}.")
    if build.unreachable:
        pages = counted(build.unreachable, "page")
        print(f"{pages} could not be reached: run `litsearch build` again when online.")
    if build.failed:
        print(f"`litsearch sources --status {_first_fault(build)}` says why, and what to do.")
    list_notes(build)


def _first_fault(build: BuildReport) -> str:
    """Return the first status of a build that is a fault, or the word for any."""
    faults = [name for name in build.statuses if name not in ("indexed", "entry-only")]
    return faults[0] if faults else "STATUS"


def list_notes(build: BuildReport) -> None:
    """Say which files among the lists are none, and how much of the lists became no entry."""
    for file in build.skipped[:MAX_SKIPPED]:
        why = f"{file.reason} {file.hint}".rstrip()
        say(f"{printable(file.path)} was passed over: {printable(why)}")
    more = len(build.skipped) - MAX_SKIPPED
    if more > 0:
        say(f"{more} more were passed over: `litsearch sources --lists` names them all.")
    if build.dropped:
        say(dropped_note(build.dropped, "LIST"))


def dropped_note(count: int, file: str) -> str:
    """Return how much of a list became no entry, and what shows it."""
    lines = "1 line" if count == 1 else f"{count} lines"
    return f"{lines} became no entry: `litsearch parse --dropped {file}` says which, and why."


def dropped(rows: Sequence[Dropped]) -> None:
    """Print the lines of a list that became no entry."""
    for row in rows:
        print(f"{row.line:5d} {printable(row.text)}  {dim(printable(row.reason))}")
    say(counted(len(rows), "line"))


def lists(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the lists of a library, and the files that are none."""
    for row in rows:
        drops = f", {row['dropped']} dropped" if row["dropped"] else ""
        line = row["problem"] or counted(row["entries"], "entry") + drops
        print(f"{bold(printable(row['list']))}  {dim(printable(line))}")


def rebuilt(because: str, outcome: BuildReport | LitsearchError) -> None:
    """Print one line a build."""
    when = time.strftime("%Y-%m-%d %H:%M:%S")
    print(printable(f"{when}  {because}: {_summary_line(outcome)}"))


def _summary_line(outcome: BuildReport | LitsearchError) -> str:
    if isinstance(outcome, LitsearchError):
        return f"failed: {outcome} {outcome.hint}"
    sources = counted(outcome.total, "source")
    new = outcome.total - outcome.unchanged
    requests = counted(outcome.requests, "request")
    times = f"{outcome.took_s:.1f} s, generation {outcome.generation}"
    return f"{sources}, {new} new or changed, {outcome.removed} removed, {requests}, {times}"


def plan(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print what a build would do."""
    counts = Counter(str(row["action"]) for row in rows)
    for action, count in counts.items():
        print(f"{bold(action)}: {count}")
        for row in rows:
            if row["action"] == action:
                title, url = printable(row["title"]), printable(row["url"] or "")
                print(f"   {title}  {dim(url)}  {printable(row['why'])}")


def generations(summaries: Sequence[GenerationSummary]) -> None:
    """Print the generations, newest first."""
    for generation in summaries:
        mark = "*" if generation.live else " "
        print(f"{mark} {generation.id}  {generation.problem or _holdings(generation)}")


def _holdings(summary: GenerationSummary) -> str:
    sources, passages = (
        counted(summary.sources, "source"),
        counted(summary.passages, "passage"),
    )
    return f"{summary.created}  {sources}, {passages}"


def changes(before: str, after: str, difference: Changes, lost_quotes: Sequence[LostQuote]) -> None:
    """Print what changed between two generations, and which kept answers lost a quote."""
    _print_group("new", difference.new)
    _print_group("gone", difference.gone)
    _print_group("newly reachable", difference.reachable)
    _print_group("lost", difference.lost)
    _print_group("listed otherwise", difference.relisted)
    if difference.edited:
        print(f"{bold('edited')}: {len(difference.edited)}")
    for edit in difference.edited:
        _print_edit(edit)
    if lost_quotes:
        print(f"{bold('kept answers')}: {counted(len(lost_quotes), 'quote')} lost")
    for quote in lost_quotes:
        print(f"   {quote['id']}  {printable(quote['question'])}: {quote['reason']}")
        print(dim(wrapped(quote["quote"], "      ")))
    say(f"From generation {before} to {after}.")


def _print_group(name: str, rows: Sequence[CatalogSource]) -> None:
    if rows:
        print(f"{bold(name)}: {len(rows)}")
    for row in rows:
        url = dim(printable(row.url or ""))
        print(f"   {printable(row.title)}  {url}  ({mentions(row)})")


def _print_edit(edit: Edited) -> None:
    new, removals = counted(len(edit.added), "passage"), len(edit.removed)
    print(f"   {printable(edit.row.title)}: {new} new, {removals} gone")
    for passage in edit.added[:EXCERPTS]:
        print(dim(wrapped(passage.text, "      ")))


def entries(rows: Sequence[Entry]) -> None:
    """Print the entries of a list."""
    for entry in rows:
        title, url = printable(entry.title), printable(entry.url or "no link")
        print(f"{entry.line:5d} {bold(title)}  {dim(url)}")
    say(counted(len(rows), "entry"))


def document(doc: Document, name: str) -> None:
    """Print the text of a document."""
    print(bold(printable(doc.title or name)))
    print(printable(doc.text))


def failure(name: str, error: LitsearchError) -> None:
    """Say why a document gave no text."""
    say(f"{name}: {error} {error.hint}".rstrip())


def measures(table: Mapping[str, Any], indent: str = "") -> None:
    """Print a report of measures, nested tables indented."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            print(f"{indent}{bold(name)}")
            measures(value, indent + "  ")
        else:
            print(f"{indent}{name:22s} {value}")


def trial(report: Mapping[str, Any]) -> None:
    """Print what a model did beside the one that is used now, and what follows from it."""
    measures({key: value for key, value in report.items() if key != "compared"})
    for name, difference in report.get("compared", {}).items():
        interval = f"{difference['low']:+.3f} to {difference['high']:+.3f}"
        print(f"{name:12s} {difference['difference']:+.3f} ({interval}), p {difference['p']:.3f}")
    name, kind = report["model"], report["kind"]
    print(f"Take it with: litsearch models take {name} --kind {kind}")


def findings(checks: Sequence[Finding]) -> None:
    """Print what doctor found."""
    for finding in checks:
        mark = "ok " if finding.ok else "BAD"
        print(f"{mark} {bold(finding.check)}: {printable(finding.message)}")
        if finding.mend:
            print(f"    {printable(finding.mend)}")
