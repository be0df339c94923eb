"""Evaluation over the search and the answers that users get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litsearch.answers.verbatim import supported
from litsearch.app.build import tools
from litsearch.app.library import Library, open_library
from litsearch.config import Config
from litsearch.evaluation import collections, known_items, runs
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
    """The measures of a file of questions over a library."""
    asked = collections.read_questions(path)
    with open_library(folder, config) as library:
        ids = {
            key_of(url): row.source_id
            for row in library.catalog.sources()
            for url in _addresses(row)
        }
        library.warm_up()
        found, report = collections.evaluate(
            asked,
            search=lambda text: library.search_all(text, mode),
            answering=library.answering,
            source_of=lambda url: ids.get(key_of(url), url),
            text_of=lambda name: _text(library, name),
            supports=supported,
        )
    report["answers"]["support_check"] = "words"
    return _recorded(path.stem, found, report, record)


def evaluate_self(folder: Path, config: Config, *, mode: Mode, record: Record) -> dict[str, Any]:
    """The measures of known-item queries that are made from the library itself."""
    with open_library(folder, config) as library:
        catalog = library.catalog
        items = known_items.known_items(
            (row, catalog.document(row.source_id)) for row in catalog.sources()
        )
        library.warm_up()
        results = _ranked(library, {query: item.text for query, item in items.items()}, mode)
    qrels = {query: {item.source_id: 1} for query, item in items.items()}
    found = outcome(qrels, results, groups={query: item.kind for query, item in items.items()})
    report = {
        "queries": len(items),
        "retrieval": retrieval(found),
        "by_kind": found.by_group(),
        "latency_ms": latency(found.took_ms),
    }
    return _recorded("self", found, report, record)


def evaluate_beir(config: Config, path: Path, *, mode: Mode, record: Record) -> dict[str, Any]:
    """The measures of a test collection, indexed in a folder that is gone afterwards."""
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
    """The report, with the comparison when one is asked for; written down when a folder is named."""
    before = runs.read_table(record.against) if record.against else None
    if before is not None:
        report["compared"] = compare(found.table(), before)
    if record.folder is not None:
        runs.write(record.folder, name, found, report, before)
    return report


def _text(library: Library, source_id: str) -> str:
    """The stored text of a source; "" for an address that the library does not have."""
    try:
        return library.catalog.document(source_id).text
    except KeyError:
        return ""


def _addresses(row: CatalogSource) -> list[str]:
    return [url for url in (row.url, *row.aliases, row.document_url) if url]
