"""The commands that look inside: extract, eval, completion."""

from __future__ import annotations

import argparse
import sys

from litsearch.doors import reports, views
from litsearch.doors.asked import library_of as _library
from litsearch.doors.asked import print_json as _print
from litsearch.errors import LitsearchError


def extract(args: argparse.Namespace) -> int:
    """Show what the extractor makes of documents; one that fails does not stop the others."""
    from litsearch.app import adapters

    folder, config = _library(args)
    failed = False
    for name, outcome in adapters.extract_all(folder, config, args.documents):
        if isinstance(outcome, LitsearchError):
            failed = True
            _print({"source": name, "error": str(outcome)}) if args.json else reports.failure(name, outcome)
        else:
            _print(views.document_view(outcome, name)) if args.json else reports.document(outcome, name)
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
        report = evaluation.evaluate_questions(folder, config, args.questions, mode=args.mode, record=record)
    else:
        report = evaluation.evaluate_self(folder, config, mode=args.mode, record=record)
    _print(report) if args.json else reports.measures(report)
    return 0


def completion(args: argparse.Namespace) -> int:
    """Print what makes a shell complete commands and options."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["litsearch"], shell=args.shell))
    return 0
