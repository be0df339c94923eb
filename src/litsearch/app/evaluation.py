"""Evaluation over the search and the answers that users get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litsearch.answers.verbatim import supported
from litsearch.app.build import tools
from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.evaluation import collections, known_items, questions, runs
from litsearch.evaluation.measures import Outcome, Ranked, latency, outcome, ranked, retrieval
from litsearch.evaluation.runs import compare
from litsearch.index.build import build as walk
from litsearch.types import CatalogSource, Mode
from litsearch.works.identity import key_of


@dataclass(frozen=True, slots=True)
class Record:
    """Where a run is written, and which earlier one it is compared with."""

    folder: Path | None = None
    against: Path | None = None


def evaluate_questions(
    folder: Path, config: Config, path: Path, *, mode: Mode, record: Record
) -> dict[str, Any]:
    """Measure the search and the answers of a library by a file of questions."""
    asked = questions.read_questions(path)
    with open_library(folder, config) as library:
        ids = _ids_by_address(library.catalog.sources())
        library.warm_up()
        measured = questions.Library(
            search=lambda text: library.search_all(text, mode),
            answering=library.answering,
            source_of=lambda url: ids.get(key_of(url), url),
            text_of=lambda source_id: _text(library, source_id),
            supports=supported,
        )
        found, report = questions.evaluate(asked, measured)
    report["answers"]["support_check"] = "words"
    return _recorded(path.stem, found, report, record)


def evaluate_self(folder: Path, config: Config, *, mode: Mode, record: Record) -> dict[str, Any]:
    """Measure the search of a library by known-item queries made from the library itself."""
    with open_library(folder, config) as library:
        catalog = library.catalog
        texts = ((row, catalog.document(row.source_id)) for row in catalog.sources())
        items = known_items.known_items(texts)
        library.warm_up()
        results = _ranked(library, {query: item.text for query, item in items.items()}, mode)

    qrels: dict[str, dict[str, int]] = {}
    kinds: dict[str, str] = {}
    for query, item in items.items():
        qrels[query] = {item.source_id: 1}
        kinds[query] = item.kind
    found = outcome(qrels, results, groups=kinds)
    report = {
        "queries": len(items),
        "retrieval": retrieval(found),
        "by_kind": found.by_group(),
        "latency_ms": latency(found.took_ms),
    }
    return _recorded("self", found, report, record)


def evaluate_beir(config: Config, path: Path, *, mode: Mode, record: Record) -> dict[str, Any]:
    """Measure the search by a test collection, indexed in a folder that is gone afterwards."""
    collection = collections.read_collection(path)
    with TemporaryDirectory(prefix="litsearch-") as folder:
        library = Path(folder)
        index = library / "index"
        index.mkdir()
        sources = [item.source for item in collection.documents]
        walk(index, sources, lambda _: iter(collection.documents), None, tools(index, config))
        with open_library(library, config) as opened:
            opened.warm_up()
            results = _ranked(opened, collection.queries, mode)
    found = outcome(collection.qrels, results)
    return _recorded(path.resolve().name, found, collections.report(found, collection), record)


def _ranked(library: Library, queries: Mapping[str, str], mode: Mode) -> dict[str, Ranked]:
    return {query: ranked(library.search_all(text, mode)) for query, text in queries.items()}


def _recorded(name: str, found: Outcome, report: dict[str, Any], record: Record) -> dict[str, Any]:
    """Return the report, compared with an earlier run if one is named; it is written to a folder
    if one is named.
    """
    before = runs.read_table(record.against) if record.against else None
    if before is not None:
        report["compared"] = compare(found.table(), before)
    if record.folder is not None:
        runs.write(record.folder, name, found, report, before)
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
