"""Test collections in the BEIR layout, indexed and searched by the code that users get.

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models".
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.outcome import Outcome, latency, retrieval
from litsearch.types import Document, Entry, Ingested, Source, Span, Verdict


class _Record(msgspec.Struct, frozen=True):
    id: str = msgspec.field(name="_id")
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as ingested sources, queries by id, and judgments by query and document."""

    documents: tuple[Ingested, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """A folder with corpus.jsonl, queries.jsonl and qrels/test.tsv. Only judged queries count. Raises ConfigError."""
    qrels = _qrels(folder / "qrels" / "test.tsv")
    queries = {record.id: record.text for record in _records(folder / "queries.jsonl") if record.id in qrels}
    documents = tuple(_document(record) for record in _records(folder / "corpus.jsonl"))
    return Collection(documents, queries, {query: qrels[query] for query in queries})


def report(found: Outcome, collection: Collection) -> dict[str, Any]:
    """What `eval --beir` prints."""
    counts = {"documents": len(collection.documents), "queries": len(collection.queries)}
    return {**counts, "retrieval": retrieval(found), "latency_ms": latency(found.took_ms)}


def _document(record: _Record) -> Ingested:
    title = record.title.strip() or " ".join(record.text.split()[:10]) or record.id
    source = Source(record.id, None, "entry", (Entry("corpus.jsonl", 1, title),))
    text = record.text.strip() or title
    document = Document(
        source_id=record.id,
        title=title,
        text=text,
        spans=(Span(0, len(text)),),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return Ingested(source, Verdict("indexed"), document, document.sha256)


def _records(path: Path) -> Iterator[_Record]:
    try:
        with path.open("rb") as lines:
            for line in lines:
                if line.strip():
                    yield msgspec.json.decode(line, type=_Record)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.", "Name a folder in the BEIR layout.") from None
    except msgspec.MsgspecError as error:
        raise ConfigError(f"{path} is not in the BEIR layout: {error}.", "Each line needs _id and text.") from None


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter="\t"):
                if len(row) >= 3 and row[2].strip().lstrip("-").isdigit():
                    judged.setdefault(row[0], {})[row[1]] = int(row[2])
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.", "Name a folder in the BEIR layout.") from None
    return judged
