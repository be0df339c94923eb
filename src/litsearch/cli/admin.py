"""Run the commands that keep a library in order, offer it to others, and look inside."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from litsearch.cli import reports
from litsearch.cli.library import library_of, library_to_fill, settings_anywhere, settings_of
from litsearch.cli.output import counted, print_json, progress, say
from litsearch.config import find_library
from litsearch.errors import LitsearchError, MissingExtraError
from litsearch.reports import Finding
from litsearch.types import Filters, Mode
from litsearch.views import json


def doctor(args: argparse.Namespace) -> int:
    """Check settings, models and index."""
    from litsearch.app import doctor as doctors

    findings = doctors.examine(args.library)
    if args.deep:
        from litsearch.app import maintenance

        findings += maintenance.deep(find_library(args.library))
    return _print_findings(findings, args)


def models(args: argparse.Namespace) -> int:
    """List the models that can be used and those worth a try; try one, or take it."""
    from litsearch.app import doctor as doctors
    from litsearch.app import model_trials

    if args.action == "try":
        return _try_model(args)
    if args.action == "take":
        path = model_trials.take_model(library_to_fill(args)[0], args.name, args.kind)
        say(f"{path} names {args.name} now. `litsearch build` puts it to use.")
        return 0
    findings = doctors.check_models(*settings_anywhere(args)) + model_trials.recommendations()
    return _print_findings(findings, args)


def _try_model(args: argparse.Namespace) -> int:
    from litsearch.app import model_trials

    folder, config = library_of(args)
    with progress(quiet=args.json) as show:
        report = model_trials.try_model(folder, config, args.name, args.kind, show)
    if args.json:
        print_json(report)
    else:
        reports.trial(report)
    return 0


def _print_findings(findings: Sequence[Finding], args: argparse.Namespace) -> int:
    if args.json:
        print_json([json.finding_view(finding) for finding in findings])
    else:
        reports.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def trust(args: argparse.Namespace) -> int:
    """Let the settings of a library hold that send data away or widen reach, and its links lead
    out of it.
    """
    from litsearch.app import trust as trusting

    folder = find_library(args.library)
    if args.forget:
        trusting.forget(folder)
        say(f"The settings of {folder} are trusted no longer.")
        return 0
    delicate = trusting.delicate_settings(folder)
    if args.json:
        print_json({"library": str(folder), "settings": delicate})
    else:
        print(trusting.in_words(delicate) or f"No setting of {folder} needs to be trusted.")
    if args.yes or (delicate and _agreed(folder)):
        trusting.trust(folder)
        if delicate:
            say(f"They hold from now on, until one of them changes: {folder}.")
        elif not trusting.came_from_elsewhere(folder):
            say(f"Its links may lead out of {folder} from now on.")
    return 0


def _agreed(folder: Path) -> bool:
    from litsearch.cli.library import confirmed

    if not sys.stdin.isatty():
        say("`litsearch trust --yes` lets them hold.")
        return False
    return confirmed(f"Let these settings of {folder} hold?")


def generations(args: argparse.Namespace) -> int:
    """List the generations that are kept, or make one of them the live one."""
    from litsearch.app import maintenance

    folder, _ = library_of(args)
    if args.use:
        before = maintenance.roll_back(folder, args.use)
        say(f"Generation {args.use} is the live one now; before, it was {before or 'none'}.")
    summaries = maintenance.generations(folder)
    if args.json:
        print_json([json.generation_view(generation) for generation in summaries])
    else:
        reports.generations(summaries)
    return 0


def gc(args: argparse.Namespace) -> int:
    """Remove what nothing needs any more."""
    from litsearch.app import maintenance

    collected = maintenance.gc(*library_of(args))
    megabytes = round(collected.megabytes, 1)
    if args.json:
        counts = {
            "pages": collected.pages,
            "vectors": collected.vectors,
            "models": collected.models,
            "copies": collected.copies,
        }
        print_json(counts | {"megabytes": megabytes})
    else:
        numbers = {"page": collected.pages, "vector": collected.vectors, "model": collected.models}
        if collected.copies:
            numbers["unpublished copy"] = collected.copies
        parts = [counted(number, noun) for noun, number in numbers.items()]
        print(f"{', '.join(parts)}, {megabytes} megabytes removed.")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve over HTTP until interrupted."""
    paths = [path for path in (args.library, *args.libraries) if path is not None]
    libraries = [library_of(_about(args, path)) for path in dict.fromkeys(paths or [None])]

    from litsearch.server import service

    settings = libraries[0][1].serve
    host = args.host or settings.host
    port = settings.port if args.port is None else args.port
    service.serve(libraries, host, port, no_token=args.no_token, write=args.write)
    return 0


def _about(args: argparse.Namespace, library: Path | None) -> argparse.Namespace:
    """Return what was typed, about this library."""
    return argparse.Namespace(**{**vars(args), "library": library})


def mcp(args: argparse.Namespace) -> int:
    """Offer the library to an assistant, by the Model Context Protocol."""
    folder, config = library_of(args)
    try:
        from litsearch.server import mcp as door
    except ModuleNotFoundError:
        hint = "pip install 'litsearch[mcp]'"
        raise MissingExtraError("The command mcp needs the library mcp.", hint) from None
    door.serve_stdio(folder, config)
    return 0


def export(args: argparse.Namespace) -> int:
    """Write the sources for another program."""
    from litsearch.app import library as libraries
    from litsearch.views import formats

    folder, config = library_of(args)
    filters = Filters(lists=tuple(args.list), topics=tuple(args.topic))
    with libraries.open_library(folder, config) as library:
        rows = library.sources(filters)
        unknown = [] if rows else library.unknown_names(filters)
    for complaint in unknown:
        say(complaint)
    print(formats.sources(rows, args.format))
    return 0


def bundle(args: argparse.Namespace) -> int:
    """Carry a library to another machine."""
    from litsearch.app import maintenance

    if args.action == "export":
        folder, _ = library_of(args)
        result = {"digest": maintenance.export_bundle(folder, args.file)}
    else:
        folder = (args.library or Path.cwd()).resolve()
        result = {"generation": maintenance.import_bundle(args.file, folder, args.digest)}
    if args.json:
        print_json(result)
    else:
        print(*(f"{name}: {value}" for name, value in result.items()))
    if args.action == "import":
        _trust_imported(folder, args)
    return 0


def store(args: argparse.Namespace) -> int:
    """Copy the library from one store into another, and compare the copy."""
    from litsearch.app import engines

    folder, config = library_of(args)
    with progress(quiet=args.json) as show:
        generation = engines.copy_library(folder, config, args.source, args.target, show)
    result = {"generation": generation, "store": args.target}
    if args.json:
        print_json(result)
    else:
        print(f"{generation} is live in {args.target}; what was copied was read and compared.")
        say(f'To read from there, set store = "{args.target}" under [index].')
    return 0


def _trust_imported(folder: Path, args: argparse.Namespace) -> None:
    """Ask whether the settings that came with a bundle may reach out; --yes lets them."""
    from litsearch.app import trust as trusting

    if args.yes:
        trusting.trust(folder)
    else:
        settings_of(args, folder)


def extract(args: argparse.Namespace) -> int:
    """Show what the extractor makes of documents; one that fails does not stop the others."""
    from litsearch.app import adapters

    folder, config = settings_anywhere(args)
    exit_code = 0
    for name, outcome in adapters.extract_all(folder, config, args.documents):
        if isinstance(outcome, LitsearchError):
            exit_code = 1
            _print_failure(name, outcome, args)
        elif args.json:
            print_json(json.document_view(outcome, name))
        else:
            reports.document(outcome, name)
        sys.stdout.flush()
    return exit_code


def _print_failure(name: str, error: LitsearchError, args: argparse.Namespace) -> None:
    if args.json:
        print_json({"source": name, "error": str(error)})
    else:
        reports.failure(name, error)


def evaluate(args: argparse.Namespace) -> int:
    """Measure retrieval and answers."""
    from litsearch.app import evaluation

    folder, config = settings_anywhere(args)
    record = evaluation.Record(args.runs, args.against)
    modes: Sequence[Mode] = get_args(Mode) if args.mode == "all" else (args.mode,)
    signal.signal(signal.SIGTERM, _interrupted)  # a folder that is made for it is taken away
    if args.beir:
        report = evaluation.evaluate_beir(config, args.beir, modes=modes, record=record)
    elif args.questions:
        path = args.questions
        report = evaluation.evaluate_questions(folder, config, path, modes=modes, record=record)
    else:
        report = evaluation.evaluate_self(folder, config, modes=modes, record=record)
    if args.json:
        print_json(report)
    else:
        reports.measures(report)
    return 0


def _interrupted(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


def completion(args: argparse.Namespace) -> int:
    """Print what makes a shell complete commands and options."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["litsearch"], shell=args.shell))
    return 0
