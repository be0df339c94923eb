"""The commands that keep a library in order: doctor, models, generations, gc."""

from __future__ import annotations

import argparse

from litsearch.config import find_library
from litsearch.doors import reports, views
from litsearch.doors.asked import library_of as _library
from litsearch.doors.asked import print_json as _print
from litsearch.doors.style import say


def doctor(args: argparse.Namespace) -> int:
    """Check settings, models and index."""
    from litsearch.app import doctor as examination

    findings = examination.examine(args.library)
    if args.deep:
        from litsearch.app import maintenance

        findings += maintenance.deep(find_library(args.library))
    if args.json:
        _print([views.finding_view(finding) for finding in findings])
    else:
        reports.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def models(args: argparse.Namespace) -> int:
    """List the models that can be used, and whether they are there."""
    from litsearch.app import doctor as model_check

    findings = model_check.check_models(*_library(args))
    _print([views.finding_view(finding) for finding in findings]) if args.json else reports.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def generations(args: argparse.Namespace) -> int:
    """List the generations that are kept, or make one of them the live one."""
    from litsearch.app import maintenance

    folder, _ = _library(args)
    if args.use:
        before = maintenance.roll_back(folder, args.use)
        say(f"Generation {args.use} is the live one now; before, it was {before or 'none'}.")
    kept = maintenance.generations(folder)
    _print([views.generation_view(one) for one in kept]) if args.json else reports.generations(kept)
    return 0


def gc(args: argparse.Namespace) -> int:
    """Remove what nothing needs any more."""
    from litsearch.app import maintenance

    done = maintenance.gc(*_library(args))
    gone = {"pages": done.pages, "vectors": done.vectors, "models": done.models, "megabytes": round(done.megabytes, 1)}
    _print(gone) if args.json else print(", ".join(f"{count} {name}" for name, count in gone.items()) + " removed.")
    return 0
