"""Evaluate the same search and the same answers that users get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litsearch.answers.verbatim import supported
from litsearch.app.build import tools
from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.evaluation import collections, questions, runs
from litsearch.evaluation.measures import Outcome, Ranked, latency, outcome, ranked, retrieval
from litsearch.evaluation.runs import compare
from litsearch.index.build import build as walk
from litsearch.types import CatalogSource, Ingested, Mode
from litsearch.works.identity import key_of

Measured = tuple[Outcome, dict[str, Any]]  # what was found, and its report


@dataclass(frozen=True, slots=True)
class Record:
    """Where a run is written, and which earlier one it is compared with."""

    folder: Path | None = None
    against: Path | None = None


def evaluate_questions(
    folder: Path, config: Config, path: Path, *, modes: Sequence[Mode], record: Record
) -> dict[str, Any]:
    """Measure the search and the answers of a library by a file of questions."""
    questions_of_file = questions.read_questions(path)

    with open_library(folder, config) as library:
        ids = _ids_by_address(library.catalog.sources())
        library.warm_up()

        def measured(mode: Mode) -> Measured:
            """Measure the answers and hits of one mode."""
            target = questions.Library(
                search=lambda text: library.search_all(text, mode),
                answering=library.answering,
                source_of=lambda url: ids.get(key_of(url), url),
                text_of=lambda source_id: _text(library, source_id),
                supports=supported,
            )
            result, report = questions.evaluate(questions_of_file, target)
            report["answers"]["support_check"] = "words"
            return result, report

        return _each(modes, path.stem, record, measured)


def evaluate_self(
    folder: Path, config: Config, *, modes: Sequence[Mode], record: Record
) -> dict[str, Any]:
    """Measure the search of a library by known-item queries made from the library itself."""
    with open_library(folder, config) as library:
        catalog = library.catalog
        texts = ((row, catalog.document(row.source_id)) for row in catalog.sources())
        items = collections.known_items(texts)
        library.warm_up()
        return _each(modes, "self", record, partial(known_item_measures, library, items))


def known_item_measures(
    library: Library, items: Mapping[str, collections.KnownItem], mode: Mode
) -> Measured:
    """Search for known items, each of which names one source that should come first."""
    rankings: dict[str, Ranked] = {}
    qrels: dict[str, dict[str, int]] = {}
    kinds: dict[str, str] = {}
    for query, item in items.items():
        rankings[query] = ranked(library.search_all(item.text, mode))
        qrels[query] = {item.source_id: 1}
        kinds[query] = item.kind

    result = outcome(qrels, rankings, groups=kinds)
    return result, {
        "queries": len(items),
        "retrieval": retrieval(result),
        "by_kind": result.by_group(),
        "latency_ms": latency(result.took_ms),
    }


def evaluate_beir(
    config: Config, path: Path, *, modes: Sequence[Mode], record: Record
) -> dict[str, Any]:
    """Measure the search by a test collection, embedded once for all modes in a folder that is
    gone afterwards.
    """
    collection = collections.read_collection(path)

    with temporary_library(collection.documents, config) as library:

        def measured(mode: Mode) -> Measured:
            """Measure the hits of one mode."""
            results = {
                query: ranked(library.search_all(text, mode), collection.excluded.get(query, ()))
                for query, text in collection.queries.items()
            }
            result = outcome(collection.qrels, results)
            return result, collections.report(result, collection)

        return _each(modes, path.resolve().name, record, measured)


@contextmanager
def temporary_library(documents: Sequence[Ingested], config: Config) -> Iterator[Library]:
    """Index documents in a folder that is gone afterwards, and open what came of it."""
    with TemporaryDirectory(prefix="litsearch-") as name:
        folder = Path(name)
        index = folder / "index"
        index.mkdir()
        sources = [document.source for document in documents]
        walk(index, sources, lambda _: iter(documents), None, tools(index, config))

        with open_library(folder, config) as library:
            library.warm_up()
            yield library


def _each(
    modes: Sequence[Mode], name: str, record: Record, measure: Callable[[Mode], Measured]
) -> dict[str, Any]:
    """Return the report of a mode; of several, one by mode."""
    if len(modes) == 1:
        return _record(name, *measure(modes[0]), record)
    return {"modes": {mode: _record(f"{name}-{mode}", *measure(mode), record) for mode in modes}}


def _record(name: str, result: Outcome, report: dict[str, Any], record: Record) -> dict[str, Any]:
    """Return the report, compared with an earlier run if one is named; it is written to a folder
    if one is named.
    """
    before = runs.read_table(record.against) if record.against else None
    if before is not None:
        report["compared"] = compare(result.table(), before)
    if record.folder is not None:
        runs.write(record.folder, name, result, report, before)
    return report


def _text(library: Library, source_id: str) -> str:
    """Return the stored text of a source; "" for an address that the library does not have."""
    try:
        return library.catalog.document(source_id).text
    except KeyError:
        return ""


def _ids_by_address(rows: Iterable[CatalogSource]) -> dict[str, str]:
    """Return the ids of sources by the keys of their addresses."""
    ids: dict[str, str] = {}
    for row in rows:
        for url in (row.url, *row.aliases, row.document_url):
            if url:
                ids[key_of(url)] = row.source_id
    return ids
