"""The commands that offer a library to others: serve, mcp, export, bundle."""

from __future__ import annotations

import argparse
from pathlib import Path

from litsearch.doors.asked import library_of as _library
from litsearch.doors.asked import print_json as _print
from litsearch.errors import MissingExtraError
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


def export(args: argparse.Namespace) -> int:
    """Write the sources for another program."""
    from litsearch.app import library as reading
    from litsearch.doors import formats

    folder, config = _library(args)
    filters = Filters(lists=tuple(args.list), topics=tuple(args.topic))
    with reading.open_library(folder, config) as library:
        allowed = library.catalog.source_rows(filters)
        rows = library.catalog.sources() if allowed is None else [*library.catalog.sources_at(allowed).values()]
    print(formats.sources(rows, args.format))
    return 0


def bundle(args: argparse.Namespace) -> int:
    """Carry a library to another machine."""
    from litsearch.app import maintenance

    if args.action == "export":
        done = {"digest": maintenance.export_bundle(_library(args)[0], args.file)}
    else:
        folder = args.library or Path.cwd()
        done = {"generation": maintenance.import_bundle(args.file, folder.resolve(), args.digest)}
    _print(done) if args.json else print(*(f"{name}: {value}" for name, value in done.items()))
    return 0
