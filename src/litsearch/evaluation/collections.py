"""Read test collections in the BEIR layout, to be indexed and searched by the code that users get.

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models".
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.measures import Outcome, latency, retrieval
from litsearch.patterns import expression
from litsearch.types import Document, Entry, Ingested, Source, Span, Verdict

_GRADE = expression(r"-?\d{1,9}(?:\.\d{1,9})?")
_JUDGMENTS = ("test.tsv", "dev.tsv", "train.tsv")  # the first that a collection has


class _Record(msgspec.Struct, frozen=True):
    id: str | int = msgspec.field(name="_id")
    text: str | None = ""
    title: str | None = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as ingested sources, queries by id, judgments by query and document, and the
    documents that do not count for a query.
    """

    documents: tuple[Ingested, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    excluded: dict[str, set[str]]


def read_collection(folder: Path) -> Collection:
    """Read a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, or dev.tsv, or
    train.tsv; any of them as .gz too.

    Only judged queries count, and of documents with one id the first. Raises ConfigError.
    """
    qrels = _qrels(_first_file(folder / "qrels", *_JUDGMENTS))
    queries = _judged_queries(_first_file(folder, "queries.jsonl"), qrels)
    documents = _documents(_first_file(folder, "corpus.jsonl"))

    if not queries or not documents:
        raise ConfigError(
            f"{folder} has {len(documents)} documents and {len(queries)} judged queries.",
            "Name a whole collection.",
        )
    judgments = {query: qrels[query] for query in queries}
    return Collection(documents, queries, judgments, _excluded(_first_file(folder, "exclude.tsv")))


def _excluded(path: Path) -> dict[str, set[str]]:
    """Read a query and a document a line that does not count for it, such as the paper that the
    query was taken from.
    """
    by_query: dict[str, set[str]] = {}
    for line in _lines(path) if path.is_file() else ():
        query, _, document = line.decode("utf-8", "replace").strip().partition("\t")
        by_query.setdefault(query, set()).add(document.strip())
    return by_query


def report(result: Outcome, collection: Collection) -> dict[str, Any]:
    """Return what `eval --beir` prints."""
    counts = {"documents": len(collection.documents), "queries": len(collection.queries)}
    return {
        **counts,
        "retrieval": retrieval(result),
        "by_kind": result.by_group(),
        "latency_ms": latency(result.took_ms),
    }


def _first_file(folder: Path, *names: str) -> Path:
    """Return the first of these files that is there, packed or not; the first name when none is."""
    for name in names:
        for path in (folder / name, folder / f"{name}.gz"):
            if path.is_file():
                return path
    return folder / names[0]


def _judged_queries(path: Path, qrels: dict[str, dict[str, int]]) -> dict[str, str]:
    """Read the queries that have judgments; of several with one id the last one counts."""
    queries = {str(record.id): record.text or "" for record in _records(path)}
    return {query: text for query, text in queries.items() if query in qrels and text.strip()}


def _documents(path: Path) -> tuple[Ingested, ...]:
    """Read a corpus; of several documents with one id the first one counts."""
    documents: dict[str, Ingested] = {}
    for record in _records(path):
        name = str(record.id)
        if name not in documents:
            documents[name] = _document(name, record)
    return tuple(documents.values())


def _document(name: str, record: _Record) -> Ingested:
    title = " ".join((record.title or "").split())
    text = (record.text or "").strip() or title or name
    source = Source(name, None, "entry", (Entry("corpus.jsonl", 1, title),))
    document = Document(
        source_id=name,
        title=title,
        text=text,
        spans=(Span(0, len(text)),),
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    )
    return Ingested(source, Verdict("indexed"), document, document.sha256)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"{path} cannot be read: {why}.", "Name a folder in the BEIR layout."
        ) from None


def _records(path: Path) -> Iterator[_Record]:
    try:
        for line in _lines(path):
            yield msgspec.json.decode(line, type=_Record)
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"{path} is not in the BEIR layout: {error}.", "Each line needs _id and text."
        ) from None


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgments by query: lines of query, document and grade, apart by tabs; a heading line
    has no grade.
    """
    qrels: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) >= 3 and _GRADE.fullmatch(cells[2].strip()):
            query, document, grade = cells[:3]
            qrels.setdefault(query, {})[document] = int(float(grade))
    return qrels
