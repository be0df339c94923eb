"""Test collections in the BEIR layout, indexed and searched by the code that users get.

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models".
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.outcome import Outcome, latency, retrieval
from litsearch.types import Document, Entry, Ingested, Source, Span, Verdict

_GRADE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


class _Record(msgspec.Struct, frozen=True):
    id: str | int = msgspec.field(name="_id")
    text: str | None = ""
    title: str | None = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as ingested sources, queries by id, and judgments by query and document."""

    documents: tuple[Ingested, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """A folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, or dev.tsv, or train.tsv; any of them as .gz too.

    Only judged queries count, and of documents with one id the first. Raises ConfigError.
    """
    qrels = _qrels(_first(folder / "qrels", "test.tsv", "dev.tsv", "train.tsv"))
    asked = {str(record.id): record.text or "" for record in _records(_first(folder, "queries.jsonl"))}
    queries = {query: text for query, text in asked.items() if query in qrels and text.strip()}
    records = {str(record.id): record for record in reversed(list(_records(_first(folder, "corpus.jsonl"))))}
    documents = tuple(_document(name, record) for name, record in reversed(records.items()))
    if not queries or not documents:
        raise ConfigError(
            f"{folder} has {len(documents)} documents and {len(queries)} judged queries.", "Name a whole collection."
        )
    return Collection(documents, queries, {query: qrels[query] for query in queries})


def _first(folder: Path, *names: str) -> Path:
    """The first of these files that is there, packed or not; the first name when none is."""
    wanted = [folder / (name + packed) for name in names for packed in ("", ".gz")]
    return next((path for path in wanted if path.is_file()), wanted[0])


def report(found: Outcome, collection: Collection) -> dict[str, Any]:
    """What `eval --beir` prints."""
    counts = {"documents": len(collection.documents), "queries": len(collection.queries)}
    return {**counts, "retrieval": retrieval(found), "latency_ms": latency(found.took_ms)}


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
        raise ConfigError(f"{path} cannot be read: {why}.", "Name a folder in the BEIR layout.") from None


def _records(path: Path) -> Iterator[_Record]:
    try:
        for line in _lines(path):
            yield msgspec.json.decode(line, type=_Record)
    except msgspec.MsgspecError as error:
        raise ConfigError(f"{path} is not in the BEIR layout: {error}.", "Each line needs _id and text.") from None


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Judgments by query: lines of query, document and grade, apart by tabs; a heading line has no grade."""
    judged: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        query, document, grade, *_ = [*line.decode("utf-8", "replace").rstrip("\r\n").split("\t"), "", ""]
        if _GRADE.fullmatch(grade.strip()):
            judged.setdefault(query, {})[document] = int(float(grade))
    return judged
