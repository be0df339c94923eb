"""Read test collections in the BEIR layout, or make known-item queries of a library itself.

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models".

Azzopardi, de Rijke and Balog 2007, "Building simulated queries for known-item topics".
"""

from __future__ import annotations

import gzip
import hashlib
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.measures import Outcome, latency, retrieval
from litsearch.patterns import expression
from litsearch.types import CatalogSource, Document, Entry, Ingested, Kind, Source, Span, Verdict

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


EACH = 100  # queries of a kind, at most
SEED = 1
OPENING = 3_000  # characters, in which the sentences stand that tell what a text is about
BEGINNING = 400  # characters, in which papers name their authors and venue
LEAST_LETTERS = 6  # of a word that is given a slip
_KIND_WORDS: dict[Kind, str] = {
    "paper": "paper",
    "video": "video",
    "code": "repository",
    "article": "post",
    "post": "post",
    "book": "book",
    "course": "course",
}
_SENTENCE = expression(r"(?<=[.!?])\s+")
_NAME = expression(r"(?<=[\w,] )[A-Z][a-z]{3,}\b")
_WORD = expression(r"[^\W\d_]+")


class KnownItem(NamedTuple):
    """A query, its kind, and the source that it was made from."""

    kind: str
    text: str
    source_id: str


def known_items(library: Iterable[tuple[CatalogSource, Document]]) -> dict[str, KnownItem]:
    """Return queries by id, of these kinds: titles; titles with a slip; two words of a title with
    the author's name, or with the kind of source; one with a name that the text begins with;
    remarks; headings; sentences without each third word.
    """
    rng = random.Random(SEED)  # noqa: S311 - a choice that can be repeated, no secret
    items: list[KnownItem] = []
    for row, document in library:
        items += _of_title(row, rng)
        items += _of_two_words(row, rng)
        items += _of_remarks(row)
        if row.verdict.status == "indexed":
            items += _of_text(row, document, rng)

    unique: dict[str, list[KnownItem]] = {}
    occurrences = Counter(map(_query, items))
    for item in items:
        if occurrences[_query(item)] == 1:
            unique.setdefault(item.kind, []).append(item)

    by_id: dict[str, KnownItem] = {}
    for kind, of_kind in unique.items():
        sample = rng.sample(of_kind, min(EACH, len(of_kind)))
        for number, item in enumerate(sample, 1):
            by_id[f"{kind}-{number:03d}"] = item
    return by_id


def _query(item: KnownItem) -> tuple[str, str]:
    return item.kind, item.text.casefold()


def _of_title(row: CatalogSource, rng: random.Random) -> Iterator[KnownItem]:
    """Yield the title, and the title with a slip."""
    title = row.listed_title
    if len(title.split()) < 2:
        return
    yield KnownItem("title", title, row.source_id)
    misspelling = _slip(title, rng)
    if misspelling != title:
        yield KnownItem("title-slip", misspelling, row.source_id)


def _of_two_words(row: CatalogSource, rng: random.Random) -> Iterator[KnownItem]:
    """Yield two words of the title with the name of the author, and with the kind of source."""
    words = [word.group() for word in _long_words(row.listed_title)]
    if len(words) < 2:
        return
    first, second = sorted(rng.sample(range(len(words)), 2))
    two = f"{words[first]} {words[second]}"
    if surname := " ".join(row.authors[:1]).split()[-1:]:
        yield KnownItem("author", f"{surname[0]} on {two}", row.source_id)
    if kind := _KIND_WORDS.get(row.kind):
        yield KnownItem("kind", f"the {two} {kind}", row.source_id)


def _of_remarks(row: CatalogSource) -> Iterator[KnownItem]:
    """Yield the remarks of five words and more."""
    for entry in row.entries:
        if len(entry.remark.split()) >= 5:
            yield KnownItem("remark", entry.remark[:300], row.source_id)


def _of_text(row: CatalogSource, document: Document, rng: random.Random) -> Iterator[KnownItem]:
    """Yield a heading, a name that the text begins with, and a sentence without each third word."""
    headings = {span.heading[-1] for span in document.spans if span.heading}
    telling = _of_words(sorted(headings), 3, 12)
    if telling:
        yield KnownItem("heading", rng.choice(telling), row.source_id)

    words = _WORD.findall(row.listed_title)
    names = sorted(set(_NAME.findall(document.text[:BEGINNING])).difference(words))
    if names and words:
        name, longest = rng.choice(names), max(words, key=len)
        yield KnownItem("opening", f"{name} {longest}", row.source_id)

    sentences = _of_words(_SENTENCE.split(document.text[:OPENING]), 9, 30)
    if sentences:
        words = rng.choice(sentences).split()
        del words[2::3]
        yield KnownItem("sentence", " ".join(words), row.source_id)


def _of_words(texts: Iterable[str], fewest: int, most: int) -> list[str]:
    """Return the texts that have so many words."""
    return [text for text in texts if fewest <= len(text.split()) <= most]


def _slip(title: str, rng: random.Random) -> str:
    """Return the title with two neighbouring letters of one long word in the wrong order."""
    words = _long_words(title)
    if not words:
        return title
    at = rng.choice(words).start() + rng.randrange(1, LEAST_LETTERS - 2)
    return title[:at] + title[at + 1] + title[at] + title[at + 2 :]


def _long_words(title: str) -> list[re.Match[str]]:
    return [word for word in _WORD.finditer(title) if len(word.group()) >= LEAST_LETTERS]
