"""The commands that keep a library in order: doctor, models, generations, gc."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from litsearch.cli import reports
from litsearch.cli.output import library_of as _library
from litsearch.cli.output import print_json as _print
from litsearch.cli.output import say
from litsearch.config import find_library
from litsearch.errors import LitsearchError, MissingExtraError
from litsearch.types import Filters
from litsearch.views import json


def doctor(args: argparse.Namespace) -> int:
    """Check settings, models and index."""
    from litsearch.app import doctor as examination

    findings = examination.examine(args.library)
    if args.deep:
        from litsearch.app import maintenance

        findings += maintenance.deep(find_library(args.library))
    if args.json:
        _print([json.finding_view(finding) for finding in findings])
    else:
        reports.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def models(args: argparse.Namespace) -> int:
    """List the models that can be used, and whether they are there."""
    from litsearch.app import doctor as model_check

    findings = model_check.check_models(*_library(args))
    _print([json.finding_view(finding) for finding in findings]) if args.json else reports.findings(
        findings
    )
    return 0 if all(finding.ok for finding in findings) else 1


def generations(args: argparse.Namespace) -> int:
    """List the generations that are kept, or make one of them the live one."""
    from litsearch.app import maintenance

    folder, _ = _library(args)
    if args.use:
        before = maintenance.roll_back(folder, args.use)
        say(f"Generation {args.use} is the live one now; before, it was {before or 'none'}.")
    kept = maintenance.generations(folder)
    _print([json.generation_view(one) for one in kept]) if args.json else reports.generations(kept)
    return 0


def gc(args: argparse.Namespace) -> int:
    """Remove what nothing needs any more."""
    from litsearch.app import maintenance

    done = maintenance.gc(*_library(args))
    gone = {
        "pages": done.pages,
        "vectors": done.vectors,
        "models": done.models,
        "megabytes": round(done.megabytes, 1),
    }
    _print(gone) if args.json else print(
        ", ".join(f"{count} {name}" for name, count in gone.items()) + " removed."
    )
    return 0


def extract(args: argparse.Namespace) -> int:
    """Show what the extractor makes of documents; one that fails does not stop the others."""
    from litsearch.app import adapters

    folder, config = _library(args)
    failed = False
    for name, outcome in adapters.extract_all(folder, config, args.documents):
        if isinstance(outcome, LitsearchError):
            failed = True
            _print({"source": name, "error": str(outcome)}) if args.json else reports.failure(
                name, outcome
            )
        else:
            _print(json.document_view(outcome, name)) if args.json else reports.document(
                outcome, name
            )
        sys.stdout.flush()
    return 1 if failed else 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure retrieval and answers."""
    from litsearch.app import evaluation

    folder, config = _library(args)
    record = evaluation.Record(args.runs, args.against)
    if args.beir:
        report = evaluation.evaluate_beir(config, args.beir, mode=args.mode, record=record)
    elif args.questions:
        report = evaluation.evaluate_questions(
            folder, config, args.questions, mode=args.mode, record=record
        )
    else:
        report = evaluation.evaluate_self(folder, config, mode=args.mode, record=record)
    _print(report) if args.json else reports.measures(report)
    return 0


def completion(args: argparse.Namespace) -> int:
    """Print what makes a shell complete commands and options."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["litsearch"], shell=args.shell))
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve over HTTP until interrupted."""
    folder, config = _library(args)
    from litsearch.server import app

    host, port = (
        args.host or config.serve.host,
        config.serve.port if args.port is None else args.port,
    )
    app.serve(folder, config, host, port, no_token=args.no_token)
    return 0


def mcp(args: argparse.Namespace) -> int:
    """Offer the library to an assistant, by the Model Context Protocol."""
    folder, config = _library(args)
    try:
        from litsearch.server import mcp as door
    except ModuleNotFoundError:
        raise MissingExtraError(
            "The command mcp needs the library mcp.", "pip install 'litsearch[mcp]'"
        ) from None
    door.serve_stdio(folder, config)
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the sources for another program."""
    from litsearch.app import library as reading
    from litsearch.views import formats

    folder, config = _library(args)
    filters = Filters(lists=tuple(args.list), topics=tuple(args.topic))
    with reading.open_library(folder, config) as library:
        allowed = library.catalog.source_rows(filters)
        rows = (
            library.catalog.sources()
            if allowed is None
            else [*library.catalog.sources_at(allowed).values()]
        )
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
