"""What each command of the command line does: ask wiring for the tools, print what they return."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from litsearch.config import find_library
from litsearch.doors import formats, terminal, views
from litsearch.doors.asked import library_of as _library
from litsearch.doors.asked import print_json as _print
from litsearch.doors.sharing import add, completion, export, mcp, serve
from litsearch.errors import LitsearchError, QueryError
from litsearch.types import CatalogSource, Filters, Results, Turn


def build(args: argparse.Namespace) -> int:
    """Bring the index up to date."""
    from litsearch.wiring import building, planning

    folder, config = _library(args)
    if args.dry_run:
        plan = planning.plan(folder, config, args.lists)
        _print(plan) if args.json else terminal.plan(plan)
        return 0
    with terminal.progress(quiet=args.json) as progress:
        how = {"full": args.full, "offline": args.offline}
        report = building.build(folder, config, args.lists, **how, progress=progress, say=terminal.say)
    _print(views.report_view(report)) if args.json else terminal.report(report)
    return 0


def watch(args: argparse.Namespace) -> int:
    """Build now, and again when a list has changed or the time has come, until interrupted."""
    from litsearch.wiring import watching

    folder, _ = _library(args)
    try:
        for done in watching.watch(folder, args.lists, every=args.every, offline=args.offline, say=terminal.say):
            if args.json:
                _print({"because": done.because} | views.outcome_view(done.outcome))
            else:
                terminal.rebuilt(done.because, done.outcome)
            sys.stdout.flush()
    except KeyboardInterrupt:
        terminal.say("Watching has ended. What was downloaded and embedded is kept.")
    return 0


def generations(args: argparse.Namespace) -> int:
    """List the generations that are kept, or make one of them the live one."""
    from litsearch.wiring import maintenance

    folder, _ = _library(args)
    if args.use:
        before = maintenance.roll_back(folder, args.use)
        terminal.say(f"Generation {args.use} is the live one now; before, it was {before or 'none'}.")
    kept = maintenance.generations(folder)
    _print([views.generation_view(one) for one in kept]) if args.json else terminal.generations(kept)
    return 0


def changes(args: argparse.Namespace) -> int:
    """Show what changed in the library."""
    from litsearch.wiring import maintenance

    folder, _ = _library(args)
    found = maintenance.changes_since(folder, args.since)
    if args.json:
        _print({"before": found.before, "after": found.after} | views.changes_view(found.changes))
    else:
        terminal.changes(found.before, found.after, found.changes)
    return 0


def gc(args: argparse.Namespace) -> int:
    """Remove what nothing needs any more."""
    from litsearch.wiring import maintenance

    done = maintenance.gc(*_library(args))
    gone = {"pages": done.pages, "vectors": done.vectors, "models": done.models, "megabytes": round(done.megabytes, 1)}
    _print(gone) if args.json else print(", ".join(f"{count} {name}" for name, count in gone.items()) + " removed.")
    return 0


def bundle(args: argparse.Namespace) -> int:
    """Carry a library to another machine."""
    from litsearch.wiring import maintenance

    if args.action == "export":
        done = {"digest": maintenance.export_bundle(_library(args)[0], args.file)}
    else:
        folder = args.library or Path.cwd()
        done = {"generation": maintenance.import_bundle(args.file, folder.resolve(), args.digest)}
    _print(done) if args.json else print(*(f"{name}: {value}" for name, value in done.items()))
    return 0


def search(args: argparse.Namespace) -> int:
    """Find passages."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    filters = Filters(
        lists=tuple(args.list),
        topics=tuple(args.topic),
        kinds=tuple(args.kind),
        unread=args.unread,
        sections=tuple(args.section),
        authors=tuple(args.author),
        years=tuple(args.year),
        sites=tuple(args.site),
    )
    with reading.open_library(folder, config) as library:
        results = library.search(args.query, k=args.k, mode=args.mode, filters=filters, budget=args.budget)
        stages = library.explain(results, filters=filters) if args.explain else []
    if args.format:
        print(formats.hits(results, args.format))
    else:
        _print(views.results_view(results, stages)) if args.json else terminal.results(results, stages)
    return _open(results, args.open) if args.open else 0


def _open(results: Results, rank: int) -> int:
    """Open one of the hits in the browser. Raises QueryError when there is no such one."""
    import webbrowser

    from litsearch.answers.cite import deep_link

    if rank > len(results.hits):
        raise QueryError(f"There are {len(results.hits)} passages, and no number {rank}.", "Name one that is shown.")
    hit = results.hits[rank - 1]
    link = deep_link(hit.source, hit.passage.text, hit.passage)
    if not link.startswith(("http://", "https://")):  # of a list that anybody may have written
        raise QueryError(f"Passage {rank} has no address that a browser could open.")
    return 0 if webbrowser.open(link) else 1


def why(args: argparse.Namespace) -> int:
    """Tell where a source stands for a query, or where it fell out."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    with reading.open_library(folder, config) as library:
        row = _one(library.catalog.find_source(args.source), args.source)
        steps = library.why(row, args.query, k=args.k, mode=args.mode)
    if args.json:
        found = [{"step": step.name, "passed": step.passed, "note": step.note} for step in steps]
        _print({"source": views.source_view(row), "query": args.query, "steps": found})
    else:
        terminal.steps(row, steps)
    return 0


def ask(args: argparse.Namespace) -> int:
    """Answer a question."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    with reading.open_library(folder, config) as library:
        answer = library.ask(args.question, k=args.k, generator=args.generator)
    if args.cite:
        from litsearch.doors.references import references

        print(references(answer, args.cite))
    else:
        _print(views.answer_view(answer)) if args.json else terminal.answer(answer)
    return 0


def chat(args: argparse.Namespace) -> int:
    """Answer one question a line until the input ends; each may lean on those before it."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    turns: list[Turn] = []
    with reading.open_library(folder, config) as library:
        for question in terminal.questions():
            try:
                answer = library.ask(question, generator=args.generator, turns=turns)
            except QueryError as error:
                terminal.say(f"{error} {error.hint}")
                continue
            _print(views.answer_view(answer)) if args.json else terminal.answer(answer)
            sys.stdout.flush()
            turns.append(Turn(question, answer.text))
    return 0


def sources(args: argparse.Namespace) -> int:
    """List every source with its verdict."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    with reading.open_library(folder, config) as library:
        rows = [row for row in library.catalog.sources() if args.status in (None, row.verdict.status)]
    name = args.format or ("json" if args.json else "")
    print(formats.sources(rows, name)) if name else terminal.sources(rows)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show one source."""
    from litsearch.wiring import reading

    folder, config = _library(args)
    with reading.open_library(folder, config) as library:
        row = _one(library.catalog.find_source(args.source), args.source)
        document = library.catalog.document(row.source.source_id)
    if args.json:
        _print(views.verdict_view(row) | {"document_url": row.document_url, "text": document.text})
    elif args.text:
        print(document.text)
    else:
        terminal.source(row, document)
    return 0


def _one(found: Sequence[CatalogSource], name: str) -> CatalogSource:
    if not found:
        raise QueryError(f"No source is called {name!r}.", "`litsearch sources` lists them all.")
    if len(found) > 1:
        ids = ", ".join(row.source.source_id for row in found[:10])
        raise QueryError(f"{len(found)} sources may be meant by {name!r}: {ids}.", "Name one of these ids.")
    return found[0]


def parse(args: argparse.Namespace) -> int:
    """Show the entries of a list file."""
    from litsearch.wiring import lists

    entries = lists.read_list(args.file, Path.cwd())
    _print([views.entry_view(entry) for entry in entries]) if args.json else terminal.entries(entries)
    return 0


def extract(args: argparse.Namespace) -> int:
    """Show what the extractor makes of documents; one that fails does not stop the others."""
    from litsearch.wiring import documents

    folder, config = _library(args)
    failed = False
    for name, outcome in documents.extract_all(folder, config, args.documents):
        if isinstance(outcome, LitsearchError):
            failed = True
            _print({"source": name, "error": str(outcome)}) if args.json else terminal.failure(name, outcome)
        else:
            _print(views.document_view(outcome, name)) if args.json else terminal.document(outcome, name)
        sys.stdout.flush()
    return 1 if failed else 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure retrieval and answers."""
    from litsearch.wiring import evaluation

    folder, config = _library(args)
    record = evaluation.Record(args.runs, args.against)
    if args.beir:
        report = evaluation.evaluate_beir(config, args.beir, mode=args.mode, record=record)
    elif args.questions:
        report = evaluation.evaluate_questions(folder, config, args.questions, mode=args.mode, record=record)
    else:
        report = evaluation.evaluate_self(folder, config, mode=args.mode, record=record)
    _print(report) if args.json else terminal.measures(report)
    return 0


def models(args: argparse.Namespace) -> int:
    """List the models that can be used, and whether they are there."""
    from litsearch.wiring import model_check

    findings = model_check.check_models(*_library(args))
    _print([views.finding_view(finding) for finding in findings]) if args.json else terminal.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


def doctor(args: argparse.Namespace) -> int:
    """Check settings, models and index."""
    from litsearch.wiring import examination

    findings = examination.examine(args.library)
    if args.deep:
        from litsearch.wiring import maintenance

        findings += maintenance.deep(find_library(args.library))
    if args.json:
        _print([views.finding_view(finding) for finding in findings])
    else:
        terminal.findings(findings)
    return 0 if all(finding.ok for finding in findings) else 1


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "watch": watch,
    "generations": generations,
    "changes": changes,
    "gc": gc,
    "bundle": bundle,
    "search": search,
    "why": why,
    "ask": ask,
    "chat": chat,
    "sources": sources,
    "show": show,
    "parse": parse,
    "extract": extract,
    "eval": evaluate,
    "serve": serve,
    "mcp": mcp,
    "add": add,
    "export": export,
    "completion": completion,
    "models": models,
    "doctor": doctor,
}
