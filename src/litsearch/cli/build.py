"""Run the commands that fill the library: init, build, watch, add, parse, changes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from litsearch.cli import reports
from litsearch.cli.library import library_of, library_to_fill, settings_of
from litsearch.cli.output import counted, print_json, progress, say
from litsearch.config import Config, place_of, working_folder
from litsearch.errors import ConfigError, ListError, LitsearchError
from litsearch.reports import Dropped
from litsearch.views import json
from litsearch.views.build_records import Digest, LostQuote
from litsearch.views.escapes import printable

WEEK = "7d"


def init(args: argparse.Namespace) -> int:
    """Make a library with one example list."""
    from litsearch.app import adding

    target = args.folder or args.library or Path()
    here = working_folder()
    if here is None and not target.is_absolute():
        raise ConfigError("The working folder is gone.", "Name the library's folder whole.")
    folder = place_of(str(target), here or target)
    example = adding.make_library(folder)
    if args.json:
        print_json({"library": str(folder), "list": str(example)})
    else:
        reports.made(folder, example)
    return 0


def build(args: argparse.Namespace) -> int:
    """Bring the index up to date."""
    folder, config = library_to_fill(args)
    if args.dry_run:
        return _plan(args)

    from litsearch.app import build as building

    say(f"Building the library {folder}.")
    how = {"full": args.full, "offline": args.offline, "only": args.only}
    with progress(quiet=args.json) as show:
        report = building.build(folder, config, args.lists, **how, progress=show, say=say)
    if args.json:
        print_json(json.report_view(report) | {"library": str(folder)})
    else:
        reports.report(report)
    return 0


def _plan(args: argparse.Namespace) -> int:
    from litsearch.app import plan as planning

    plan = planning.plan(*library_of(args), args.lists, only=args.only)
    if args.json:
        print_json(plan)
    else:
        reports.plan(plan)
    return 0


def watch(args: argparse.Namespace) -> int:
    """Build now, and again when a list has changed or the time has come, until interrupted."""
    from litsearch.app import watch as watching

    folder, _ = library_to_fill(args)
    settings = partial(settings_of, args, folder)
    how = {"every": args.every, "offline": args.offline}
    say(f"Watching the library {folder}.")
    try:
        for rebuild in watching.watch(folder, args.lists, settings, **how, say=say):
            if args.json:
                print_json({"because": rebuild.because} | json.outcome_view(rebuild.outcome))
            else:
                reports.rebuilt(rebuild.because, rebuild.outcome)
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("Watching has ended. What was downloaded and embedded is kept.")
    return 0


def add(args: argparse.Namespace) -> int:
    """Take in addresses, documents, lists and folders."""
    folder, config = library_to_fill(args)
    errors: list[LitsearchError] = []
    rows: list[Any] = []
    for thing in args.things:
        try:
            rows.append(_added(folder, config, thing, args))
        except LitsearchError as error:
            if len(args.things) == 1:
                raise
            errors.append(error)
            say(f"{thing}: {error} {error.hint}".rstrip())
    if args.json:
        print_json(rows[0] if len(args.things) == 1 else rows)
    say("`litsearch build` brings it into the library.")
    return 1 if errors else 0


def _added(folder: Path, config: Config, thing: str, args: argparse.Namespace) -> Any:
    """Take in one thing, print what was done, and return it for --json."""
    from litsearch.app import adding

    path = place_of(thing, working_folder() or folder)
    if args.newest:
        return _newest(folder, config, thing, path, args)
    if path.is_dir():
        result, line = _added_folder(folder, path)
    elif path.is_file() and (addition := adding.add_in_place(folder, path)) is not None:
        entries, documents = addition
        result = {"list": str(path), "entries": entries, "documents": documents}
        line = f"{path}  {counted(entries, 'entry')}, {counted(documents, 'document')} beside it"
    else:
        result, line = _written(folder, config, thing, path, args)
    if not args.json:
        print(printable(line))
    return result


def _added_folder(folder: Path, path: Path) -> tuple[Any, str]:
    """Name a folder or a vault in the settings; returns what --json says of it, and a line."""
    from litsearch.app import adding
    from litsearch.app.folders import is_vault

    documents = adding.add_folder(folder, path)
    kind, each = ("note", "a list of works") if is_vault(path) else ("document", "a work")
    if is_vault(path):
        say("`notes = true` under [lists] in the settings makes each note a work itself.")
    line = f"{path}  {counted(documents, kind)}, each {each}"
    return {"folder": str(path), "documents": documents}, line


def _written(
    folder: Path, config: Config, thing: str, path: Path, args: argparse.Namespace
) -> tuple[Any, str]:
    """Write a file or an address into the library; returns what --json says of it, and a line."""
    from litsearch.app import adding

    if path.is_file():
        edit = adding.add_file(folder, path, args.list, args.section)
    else:
        words = (args.list, args.section, args.title, args.remark)
        edit = adding.add_url(folder, config, thing, *words)
    entry = edit.entry
    if entry:
        return json.mention_view(entry), f"{edit.list}:{entry.line}  {entry.title}"
    result = {"list": edit.list, "entries": edit.entries}
    return result, f"{edit.list}  {counted(edit.entries, 'entry')}"


def _newest(
    folder: Path, config: Config, thing: str, path: Path, args: argparse.Namespace
) -> list[Any]:
    """Take in the newest posts of feeds, print each, and return them for --json.

    Raises ListError when no feed could be read.
    """
    from litsearch.app import adding

    rows: list[Any] = []
    problem = None
    for newest in adding.add_newest(folder, config, thing, path, args.newest, args.list):
        if newest.problem:
            problem = ListError(newest.problem, newest.hint)
            say(f"{newest.feed}: {newest.problem} {newest.hint}".rstrip())
            continue
        entries = [json.mention_view(entry) for entry in newest.entries]
        rows.append({"feed": newest.feed, "list": newest.list, "entries": entries})
        if not args.json:
            posts = counted(len(entries), "new post")
            print(printable(f"{newest.list}  {posts} of {newest.title or newest.feed}"))
    if problem is not None and not rows:
        raise problem
    return rows


def parse(args: argparse.Namespace) -> int:
    """Show the entries of a list file."""
    from litsearch.app import lists

    file = lists.read_file(args.file, working_folder() or args.file.parent)
    if args.dropped:
        return _dropped(file.dropped, as_json=args.json)
    if args.json:
        print_json([json.entry_view(entry) for entry in file.entries])
    else:
        reports.entries(file.entries)
    if file.dropped:
        say(reports.dropped_note(len(file.dropped), str(args.file)))
    return 0


def _dropped(rows: Sequence[Dropped], *, as_json: bool) -> int:
    if as_json:
        print_json([json.dropped_view(row) for row in rows])
    else:
        reports.dropped(rows)
    return 0


def changes(args: argparse.Namespace) -> int:
    """Show what changed in the library."""
    from litsearch.app import history, maintenance, saved

    folder, _ = library_of(args)
    catalog = maintenance.live(folder).catalog
    lost_quotes = list(saved.lost_quotes(catalog, saved.kept_answers(folder)))
    if args.format or history.is_span(args.since):
        return _print_digest(history.digest(folder, args.since or WEEK), lost_quotes, args)

    between = maintenance.changes_since(folder, args.since)
    if args.json:
        ends = {"before": between.before, "after": between.after}
        print_json({**ends, **json.changes_view(between.changes), "answers": lost_quotes})
    else:
        reports.changes(between.before, between.after, between.changes, lost_quotes)
    return 0


def _print_digest(
    digest: Digest, lost_quotes: Sequence[LostQuote], args: argparse.Namespace
) -> int:
    from litsearch.views.formats import digest_markdown

    if args.json:
        print_json({**digest, "answers": list(lost_quotes)})
    else:
        print(digest_markdown(digest, lost_quotes), end="")
    return 0
