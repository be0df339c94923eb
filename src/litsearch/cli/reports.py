"""What people read of the library's making and keeping: builds, plans, changes, documents,
measures, findings.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litsearch.cli.output import bold, dim, mentions, printable, say, wrapped
from litsearch.errors import LitsearchError
from litsearch.types import BuildReport, Document, Entry, Finding

if TYPE_CHECKING:
    from litsearch.app.maintenance import Kept
    from litsearch.index.diff import Changes


def report(done: BuildReport) -> None:
    """What a build did."""
    parts = [
        f"{done.indexed} indexed",
        f"{done.entry_only} by their entry only",
        f"{done.failed} failed",
    ]
    print(
        f"{done.total} sources: {', '.join(parts)} ({done.unchanged} unchanged, {done.removed} removed)."
    )
    print(f"{done.passages} passages: {done.embedded} embedded, {done.reused} reused.")
    print(f"{done.requests} requests, {done.took_s:.1f} s. Generation {done.generation}.")
    if done.unreachable:
        pages = "page" if done.unreachable == 1 else "pages"
        print(
            f"{done.unreachable} {pages} could not be reached: run `litsearch build` again when online."
        )
    if done.failed:
        print(
            "`litsearch sources --status failed` (or blocked, dead, unsupported) says why, and what to do."
        )


def rebuilt(because: str, outcome: BuildReport | LitsearchError) -> None:
    """One line a build."""
    if isinstance(outcome, LitsearchError):
        said = f"failed: {outcome} {outcome.hint}"
    else:
        known = f"{outcome.total} sources, {outcome.total - outcome.unchanged} new or changed, {outcome.removed} removed"
        said = f"{known}, {outcome.requests} requests, {outcome.took_s:.1f} s, generation {outcome.generation}"
    print(printable(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {because}: {said}"))


def plan(rows: Sequence[Mapping[str, Any]]) -> None:
    """What a build would do."""
    for action, count in Counter(str(row["action"]) for row in rows).items():
        print(f"{bold(action)}: {count}")
        for row in rows:
            if row["action"] == action:
                print(f"   {printable(row['title'])}  {dim(row['url'] or '')}  {row['why']}")


def generations(kept: Sequence[Kept]) -> None:
    """The generations, newest first."""
    for one in kept:
        what = one.problem or f"{one.created}  {one.sources} sources, {one.passages} passages"
        print(f"{'*' if one.live else ' '} {one.id}  {what}")


def changes(before: str, after: str, found: Changes) -> None:
    """What changed between two generations."""
    groups = {
        "new": found.new,
        "gone": found.gone,
        "newly reachable": found.reachable,
        "lost": found.lost,
    }
    for name, rows in (groups | {"listed otherwise": found.relisted}).items():
        if rows:
            print(f"{bold(name)}: {len(rows)}")
        for row in rows:
            print(
                f"   {printable(row.title)}  {dim(row.source.url or '')}  ({mentions(row.source)})"
            )
    if found.edited:
        print(f"{bold('edited')}: {len(found.edited)}")
    for one in found.edited:
        print(
            f"   {printable(one.row.title)}: {len(one.added)} passages new, {len(one.removed)} gone"
        )
        for passage in one.added[:3]:
            print(dim(wrapped(passage.text, "      ")))
    say(f"From generation {before} to {after}.")


def entries(rows: Sequence[Entry]) -> None:
    """The entries of a list."""
    for entry in rows:
        print(
            f"{entry.line:5d} {bold(printable(entry.title))}  {dim(printable(entry.url or 'no link'))}"
        )
    say(f"{len(rows)} entries")


def document(found: Document, name: str) -> None:
    """The text of a document."""
    print(bold(printable(found.title or name)))
    print(printable(found.text))


def failure(name: str, error: LitsearchError) -> None:
    """A document that gave no text."""
    say(f"{name}: {error} {error.hint}".rstrip())


def measures(found: Mapping[str, Any], indent: str = "") -> None:
    """A report of measures, nested tables indented."""
    for name, value in found.items():
        if isinstance(value, Mapping):
            print(f"{indent}{bold(name)}")
            measures(value, indent + "  ")
        else:
            print(f"{indent}{name:22s} {value}")


def findings(found: Sequence[Finding]) -> None:
    """What doctor found."""
    for one in found:
        print(f"{'ok ' if one.ok else 'BAD'} {bold(one.check)}: {one.message}")
        if one.mend:
            print(f"    {one.mend}")
