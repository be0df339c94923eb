"""The commands that fill the library: build, watch, add, parse, changes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from litsearch.cli import reports
from litsearch.cli.output import library_of as _library
from litsearch.cli.output import print_json as _print
from litsearch.cli.output import progress, say
from litsearch.errors import LitsearchError, QueryError
from litsearch.views import json


def build(args: argparse.Namespace) -> int:
    """Bring the index up to date."""
    from litsearch.app import build as building
    from litsearch.app import watch as planning

    folder, config = _library(args)
    if args.dry_run:
        plan = planning.plan(folder, config, args.lists)
        _print(plan) if args.json else reports.plan(plan)
        return 0
    with progress(quiet=args.json) as show:
        how = {"full": args.full, "offline": args.offline}
        report = building.build(folder, config, args.lists, **how, progress=show, say=say)
    _print(json.report_view(report)) if args.json else reports.report(report)
    return 0


def watch(args: argparse.Namespace) -> int:
    """Build now, and again when a list has changed or the time has come, until interrupted."""
    from litsearch.app import watch as watching

    folder, _ = _library(args)
    try:
        for done in watching.watch(
            folder, args.lists, every=args.every, offline=args.offline, say=say
        ):
            if args.json:
                _print({"because": done.because} | json.outcome_view(done.outcome))
            else:
                reports.rebuilt(done.because, done.outcome)
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("Watching has ended. What was downloaded and embedded is kept.")
    return 0


def add(args: argparse.Namespace) -> int:
    """Write one more entry into a list."""
    from litsearch.app import adapters
    from litsearch.app import lists as list_editing

    folder, config = _library(args)
    title = args.title
    if not title:
        _, found = next(adapters.extract_all(folder, config, [args.url]))
        if isinstance(found, LitsearchError) or not found.title:
            raise QueryError(
                f"The title of {args.url} could not be found out.", "Give it with --title."
            )
        title = found.title
    entry = list_editing.add(folder, args.list, args.url, title, args.section, args.remark)
    _print(json.mention_view(entry)) if args.json else print(
        f"{entry.list}:{entry.line}  {entry.title}"
    )
    say("`litsearch build` brings it into the library.")
    return 0


def parse(args: argparse.Namespace) -> int:
    """Show the entries of a list file."""
    from litsearch.app import lists

    entries = lists.read_list(args.file, Path.cwd())
    _print([json.entry_view(entry) for entry in entries]) if args.json else reports.entries(entries)
    return 0


def changes(args: argparse.Namespace) -> int:
    """Show what changed in the library."""
    from litsearch.app import maintenance

    folder, _ = _library(args)
    found = maintenance.changes_since(folder, args.since)
    if args.json:
        _print({"before": found.before, "after": found.after} | json.changes_view(found.changes))
    else:
        reports.changes(found.before, found.after, found.changes)
    return 0
