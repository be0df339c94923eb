"""The commands that offer a library to others, and take in what they bring: serve, mcp, add, export, completion."""

from __future__ import annotations

import argparse

from litsearch.doors import formats, terminal, views
from litsearch.doors.asked import library_of as _library
from litsearch.doors.asked import print_json as _print
from litsearch.errors import LitsearchError, MissingExtraError, QueryError
from litsearch.types import Filters


def serve(args: argparse.Namespace) -> int:
    """Serve over HTTP until interrupted."""
    folder, config = _library(args)
    from litsearch.doors import api

    host, port = args.host or config.serve.host, config.serve.port if args.port is None else args.port
    api.serve(folder, config, host, port, no_token=args.no_token)
    return 0


def mcp(args: argparse.Namespace) -> int:
    """Offer the library to an assistant, by the Model Context Protocol."""
    folder, config = _library(args)
    try:
        from litsearch.doors import mcp as door
    except ModuleNotFoundError:
        raise MissingExtraError("The command mcp needs the library mcp.", "pip install 'litsearch[mcp]'") from None
    door.serve_stdio(folder, config)
    return 0


def add(args: argparse.Namespace) -> int:
    """Write one more entry into a list."""
    from litsearch.wiring import documents, list_editing

    folder, config = _library(args)
    title = args.title
    if not title:
        _, found = next(documents.extract_all(folder, config, [args.url]))
        if isinstance(found, LitsearchError) or not found.title:
            raise QueryError(f"The title of {args.url} could not be found out.", "Give it with --title.")
        title = found.title
    entry = list_editing.add(folder, args.list, args.url, title, args.section, args.remark)
    _print(views.mention_view(entry)) if args.json else print(f"{entry.list}:{entry.line}  {entry.title}")
    terminal.say("`litsearch build` brings it into the library.")
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the sources for another program."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    filters = Filters(lists=tuple(args.list), topics=tuple(args.topic))
    with reading.open_library(folder, config) as library:
        allowed = library.catalog.source_rows(filters)
        rows = library.catalog.sources() if allowed is None else [*library.catalog.sources_at(allowed).values()]
    print(formats.sources(rows, args.format))
    return 0


def completion(args: argparse.Namespace) -> int:
    """Print what makes a shell complete commands and options."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["litsearch"], shell=args.shell))
    return 0
