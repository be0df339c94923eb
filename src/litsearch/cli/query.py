"""The commands that find: search, ask, chat, sources, show, why."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from litsearch.cli import output
from litsearch.cli.output import library_of as _library
from litsearch.cli.output import print_json as _print
from litsearch.cli.output import say
from litsearch.errors import QueryError
from litsearch.server import local
from litsearch.types import CatalogSource, Filters, Results, Turn
from litsearch.views import json

if TYPE_CHECKING:
    from pathlib import Path

    from litsearch.app.library import Library
    from litsearch.config import Config
    from litsearch.index.catalog import Catalog


def search(args: argparse.Namespace) -> int:
    """Find passages."""
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
    wanted = local.Search(args.query, args.k, args.mode, filters, args.budget)
    results, stages = None if args.explain else local.search(folder, config, wanted), []
    if results is None:
        with _open_library(folder, config) as library:
            results = wanted.of(library)
            stages = library.explain(results, filters=filters) if args.explain else []
    if args.format:
        from litsearch.views import formats

        print(formats.hits(results, args.format))
    else:
        _print(json.results_view(results, stages)) if args.json else output.results(results, stages)
    return _open(results, args.open) if args.open else 0


def _open_library(folder: Path, config: Config) -> Library:
    from litsearch.app.library import open_library  # 0.3 s, which a running service saves

    return open_library(folder, config)


def _open(results: Results, rank: int) -> int:
    """Open one of the hits in the browser. Raises QueryError when there is no such one."""
    import webbrowser

    from litsearch.answers.citations import deep_link

    if rank > len(results.hits):
        raise QueryError(
            f"There are {len(results.hits)} passages, and no number {rank}.",
            "Name one that is shown.",
        )
    hit = results.hits[rank - 1]
    link = deep_link(hit.source, hit.passage.text, hit.passage)
    if not link.startswith(("http://", "https://")):  # of a list that anybody may have written
        raise QueryError(f"Passage {rank} has no address that a browser could open.")
    return 0 if webbrowser.open(link) else 1


def why(args: argparse.Namespace) -> int:
    """Tell where a source stands for a query, or where it fell out."""
    folder, config = _library(args)
    with _open_library(folder, config) as library:
        row = _one(library.catalog, args.source)
        steps = library.why(row, args.query, k=args.k, mode=args.mode)
    if args.json:
        found = [{"step": step.name, "passed": step.passed, "note": step.note} for step in steps]
        _print({"source": json.source_view(row), "query": args.query, "steps": found})
    else:
        output.steps(row, steps)
    return 0


def ask(args: argparse.Namespace) -> int:
    """Answer a question."""
    folder, config = _library(args)
    wanted = local.Question(args.question, args.k, args.generator)
    answer = local.ask(folder, config, wanted)
    if answer is None:
        with _open_library(folder, config) as library:
            answer = wanted.of(library)
    if args.cite:
        from litsearch.views.references import references

        print(references(answer, args.cite))
    else:
        _print(json.answer_view(answer)) if args.json else output.answer(answer)
    return 0


def chat(args: argparse.Namespace) -> int:
    """Answer one question a line until the input ends; each may lean on those before it."""
    folder, config = _library(args)
    turns: list[Turn] = []
    with _open_library(folder, config) as library:
        for question in output.questions():
            try:
                answer = library.ask(question, generator=args.generator, turns=turns)
            except QueryError as error:
                say(f"{error} {error.hint}")
                continue
            _print(json.answer_view(answer)) if args.json else output.answer(answer)
            sys.stdout.flush()
            turns.append(Turn(question, answer.text))
    return 0


def sources(args: argparse.Namespace) -> int:
    """List every source with its verdict."""
    folder, config = _library(args)
    with _open_library(folder, config) as library:
        rows = [
            row for row in library.catalog.sources() if args.status in (None, row.verdict.status)
        ]
    name = args.format or ("json" if args.json else "")
    if name:
        from litsearch.views import formats

        print(formats.sources(rows, name))
    else:
        output.sources(rows)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show one source."""
    folder, config = _library(args)
    with _open_library(folder, config) as library:
        row = _one(library.catalog, args.source)
        document = library.catalog.document(row.source.source_id)
    if args.json:
        _print(json.verdict_view(row) | {"document_url": row.document_url, "text": document.text})
    elif args.text:
        print(document.text)
    else:
        output.source(row, document)
    return 0


def _one(catalog: Catalog, name: str) -> CatalogSource:
    """The source that is meant. Raises QueryError, which names those that may be."""
    found = catalog.find_source(name)
    if not found:
        raise QueryError(f"No source is called {name!r}.", _nearest(catalog, name))
    if len(found) > 1:
        known = "".join(f"\n  {row.source.source_id}  {row.title}" for row in found[:10])
        raise QueryError(
            f"{len(found)} sources may be meant by {name!r}:{known}\n", "Name one of these ids."
        )
    return found[0]


def _nearest(catalog: Catalog, name: str) -> str:
    """What to do when no source has this name: a title that is nearly so, if there is one."""
    from difflib import get_close_matches

    titles = {row.title.casefold(): row.title for row in catalog.sources()}
    near = get_close_matches(name.casefold(), titles, 1)
    return f"Did you mean {titles[near[0]]!r}?" if near else "`litsearch sources` lists them all."
