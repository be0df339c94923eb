"""Run the commands that find: search, ask, replay, chat, sources, show, why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from litsearch.cli import results
from litsearch.cli.library import library_of
from litsearch.cli.output import counted, plain_progress, print_json, say
from litsearch.errors import QueryError, did_you_mean
from litsearch.patterns import expression
from litsearch.server import local
from litsearch.types import (
    Answer,
    AnswerSentence,
    AnswerStep,
    CatalogSource,
    Filters,
    Results,
    Turn,
    Wait,
)
from litsearch.views import json
from litsearch.views.escapes import printable

if TYPE_CHECKING:
    from pathlib import Path

    from litsearch.app.library import Library
    from litsearch.config import Config
    from litsearch.index.catalog import Catalog

SOURCE_ID = expression(r"[0-9a-f]{16}")
SHOWN = 10  # sources of a name that several have


def search(args: argparse.Namespace) -> int:
    """Find passages."""
    folder, config = library_of(args)
    filters = _filters(args, folder, config)
    request = local.Search(
        " ".join(args.query), args.k, args.mode, filters, args.budget, args.intent
    )
    reply = None if args.explain else local.search(folder, config, request)
    stages = []
    if reply is None:
        with _open_library(folder, config) as library:
            reply = request.of(library)
            if args.explain:
                stages = library.explain(reply, filters=filters)
    if not reply.hits:
        _explain_nothing(folder, config, filters)

    if args.format:
        from litsearch.views import formats

        print(formats.hits(reply, args.format))
    elif args.json:
        print_json(json.results_view(reply, stages))
    else:
        results.results(reply, stages)
    return _open(reply, args.open) if args.open else 0


def ask(args: argparse.Namespace) -> int:
    """Answer a question."""
    folder, config = library_of(args)
    filters = _filters(args, folder, config)
    request = local.Question(" ".join(args.question), args.k, args.generator, filters)
    steps = local.ask(folder, config, request)
    first = next(steps, None)
    if first is not None:
        answer = _print_as_it_comes(chain([first], steps), args)
    else:
        with _open_library(folder, config) as library:
            answer = _print_as_it_comes(request.of(library), args)
    if not answer.citations and not answer.nearest:
        _explain_nothing(folder, config, filters)
    if args.keep:
        from litsearch.app import saved

        record = saved.keep_answer(
            folder, answer, question=request.question, k=args.k, filters=filters
        )
        say(f"Kept as {record['id']}: `litsearch replay {record['id']}` gives it again.")
    return 0


def _print_as_it_comes(steps: Iterable[AnswerStep], args: argparse.Namespace) -> Answer:
    """Print an answer, the sentences of a language model as they are verified; and return it."""
    cite, progress = getattr(args, "cite", None), plain_progress()
    sentences: list[AnswerSentence] = []
    for step in steps:
        if isinstance(step, Wait):
            progress(step.stage, step.done, step.total)
        elif isinstance(step, Answer):
            answer = step
        elif isinstance(step, AnswerSentence) and not (cite or args.json):
            results.worded(step)
            sentences.append(step)

    if cite:
        from litsearch.views.answers import references

        print(references(answer, cite))
    elif args.json:
        print_json(json.answer_view(answer))
    else:
        results.answer(answer, sentences)
    sys.stdout.flush()
    return answer


def replay(args: argparse.Namespace) -> int:
    """Give a kept answer again, or say what changed; without an id, list those that are kept."""
    from litsearch.app import saved

    folder, config = library_of(args)
    if not args.answer:
        records = saved.kept_answers(folder)
        print_json(records) if args.json else results.kept_answers(records)
        return 0

    record = saved.kept_answer(folder, args.answer)
    with _open_library(folder, config) as library:
        report = saved.replay(library, record)
    print_json(report) if args.json else results.replay(report)
    return 0


def chat(args: argparse.Namespace) -> int:
    """Answer one question a line until the input ends; each may lean on those before it."""
    folder, config = library_of(args)
    turns: list[Turn] = []
    with _open_library(folder, config) as library:
        for question in results.questions():
            try:
                steps = library.answering(question, generator=args.generator, turns=turns)
                answer = _print_as_it_comes(steps, args)
            except QueryError as error:
                say(f"{error} {error.hint}")
                continue
            quotes = tuple(citation.quote for citation in answer.citations)
            turns.append(Turn(question, answer.text, quotes))
    return 0


def sources(args: argparse.Namespace) -> int:
    """List every source with its verdict, or the lists that name them."""
    folder, config = library_of(args)
    if args.lists:
        return _lists(folder, config, as_json=args.json)
    with _open_library(folder, config) as library:
        rows = library.catalog.sources()
    rows = [row for row in rows if args.status in (None, row.verdict.status)]

    name = args.format or ("json" if args.json else "")
    if name:
        from litsearch.views import formats

        print(formats.sources(rows, name))
    else:
        results.sources(rows)
    return 0


def _lists(folder: Path, config: Config, *, as_json: bool) -> int:
    """List the lists, and the files among them that are none."""
    from litsearch.app.lists import read_lists
    from litsearch.cli import reports

    rows = [json.list_view(file) for file in read_lists(folder, [], config.lists)]
    if as_json:
        print_json(rows)
    else:
        reports.lists(rows)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show one source."""
    folder, config = library_of(args)
    with _open_library(folder, config) as library:
        row = _source(library.catalog, " ".join(args.source))
        document = library.catalog.document(row.source_id)
    if args.json:
        further = {"document_url": row.document_url, "text": document.text}
        print_json(json.verdict_view(row) | further)
    elif args.text:
        print(printable(document.text))
    else:
        results.source(row, document)
    return 0


def why(args: argparse.Namespace) -> int:
    """Tell where a source stands for a query, or where it fell out."""
    folder, config = library_of(args)
    query = " ".join(args.query)
    with _open_library(folder, config) as library:
        row = _source(library.catalog, args.source)
        steps = library.why(row, query, k=args.k, mode=args.mode)
    if args.json:
        views = [{"step": step.name, "passed": step.passed, "note": step.note} for step in steps]
        print_json({"source": json.source_view(row), "query": query, "steps": views})
    else:
        results.steps(row, steps)
    return 0


def _open_library(folder: Path, config: Config) -> Library:
    from litsearch.app.library import open_library  # 0.3 s, which a running service saves

    return open_library(folder, config)


def _filters(args: argparse.Namespace, folder: Path, config: Config) -> Filters:
    """Return the filters that were typed; names of sources become their ids."""
    return Filters(
        lists=tuple(args.list),
        topics=tuple(args.topic),
        kinds=tuple(args.kind),
        unread=args.unread,
        sections=tuple(args.section),
        authors=tuple(args.author),
        years=tuple(args.year),
        sites=tuple(args.site),
        languages=tuple(args.language),
        sources=_source_ids(args.source, folder, config),
    )


def _source_ids(names: Sequence[str], folder: Path, config: Config) -> tuple[str, ...]:
    if all(SOURCE_ID.fullmatch(name) for name in names):
        return tuple(names)
    with _open_library(folder, config) as library:
        rows = [_source(library.catalog, name) for name in names]
    return tuple(row.source_id for row in rows)


def _explain_nothing(folder: Path, config: Config, filters: Filters) -> None:
    """Say which topic or list that was asked for is not there, and which may have been meant."""
    if filters.lists or filters.topics:
        with _open_library(folder, config) as library:
            for complaint in library.unknown_names(filters):
                say(complaint)


def _open(reply: Results, rank: int) -> int:
    """Open one of the hits in the browser. Raises QueryError when there is no such one."""
    import webbrowser

    from litsearch.answers.deep_links import deep_link

    if rank > len(reply.hits):
        passages = counted(len(reply.hits), "passage")
        raise QueryError(f"There is no passage {rank}: the search found {passages}.")
    hit = reply.hits[rank - 1]
    link = deep_link(hit.source, hit.passage.text, hit.passage)
    if not link.startswith(("http://", "https://")):  # of a list that anybody may have written
        raise QueryError(f"Passage {rank} has no address that a browser could open.")
    if not webbrowser.open(link):
        say("No browser could be opened. The address is:")
        print(link)
    return 0


def _source(catalog: Catalog, name: str) -> CatalogSource:
    """Return the source that is meant. Raises QueryError, which names those that may be."""
    rows = catalog.find_source(name) or _of_passage(catalog, name)
    if not rows:
        titles = [row.title for row in catalog.sources()]
        hint = did_you_mean(name, titles) or "`litsearch sources` lists them all."
        raise QueryError(f"No source is called {name!r}.", hint)
    if len(rows) > 1:
        candidates = "".join(f"\n  {row.source_id}  {row.title}" for row in rows[:SHOWN])
        message = f"{len(rows)} sources may be meant by {name!r}:{candidates}\n"
        raise QueryError(message, "Name one of these ids.")
    return rows[0]


def _of_passage(catalog: Catalog, passage_id: str) -> list[CatalogSource]:
    """Return the source of a passage, whose id `search --format ids` gives."""
    try:
        _, passage = catalog.passage(passage_id)
    except KeyError:
        return []
    return catalog.find_source(passage.source_id)
