"""Copy a generation into an engine part by part, and compare what is read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
import numpy as np

from litsearch.index.bm25 import BLOCK, NUMBER
from litsearch.languages import ENGLISH
from litsearch.stores.directory import mean_of, term_weights, there, write_directory
from litsearch.stores.engine import PARTS, Batch, Postings
from litsearch.text import tokens

if TYPE_CHECKING:
    from litsearch.index.catalog import Catalog
    from litsearch.index.generation import Generation
    from litsearch.protocols import Progress
    from litsearch.stores.engine import Field, Part, Sink
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import CatalogSource, Matrix, Passage, Vector

BATCH = 1024  # rows at once
ROUNDED = 1e-3  # what half precision may change in a number of a vector
DOCUMENTS = 64  # at once: each has some 50 KB
CHUNK = 1 << 20  # bytes of the snapshot
BETWEEN = "|"  # stands between title, headings and text: no term, so that no phrase goes across

T = TypeVar("T")
Batches = Iterator[Batch]


def copy(generation: Generation, sink: Sink, progress: Progress) -> None:
    """Write a generation of this machine into an engine, and make it the live one there.

    What an attempt before has written is not written again.
    """
    with TemporaryDirectory() as folder:
        snapshot = Path(folder) / "directory.sqlite"
        write_directory(generation.catalog, generation.folder / "catalog.sqlite", snapshot)
        reader = _Reader(generation, snapshot, lists=sink.lists)
        sizes = reader.sizes()
        written = sink.begin(generation.manifest, sizes)

        for part in PARTS:
            copied_rows = written.get(part, 0)
            for batch in reader.batches(part, copied_rows):
                sink.put(part, batch)
                copied_rows += len(batch)
                progress(f"Copying {part}", copied_rows, sizes[part])
        sink.publish()


def differences(generation: Generation, store: RemoteStore, progress: Progress) -> Iterator[str]:
    """Yield in a few words each what a copy holds otherwise; every record and vector is read."""
    counts = store.catalog.counts()
    if counts != generation.manifest.counts or store.catalog.sizes != generation.catalog.sizes:
        yield f"it counts {counts}, not {generation.manifest.counts}"
        return

    passages = generation.catalog.every_passage
    if not np.array_equal(passages, store.catalog.every_passage):
        yield "its rows are others"
        return

    for rows in pieces(passages.tolist(), BATCH):
        progress("Comparing", rows[-1] + 1, len(passages))
        if generation.catalog.passages(rows) != store.catalog.passages(rows):
            yield f"passages among rows {rows[0]} to {rows[-1]} differ"
        vectors = generation.vectors.vectors(rows[0], rows[-1] + 1)[np.array(rows) - rows[0]]
        if not np.allclose(vectors, store.vectors.at(np.array(rows)), atol=ROUNDED):
            yield f"vectors among rows {rows[0]} to {rows[-1]} differ"

    for source in generation.catalog.sources():
        if generation.catalog.document(source.source_id) != store.catalog.document(
            source.source_id
        ):
            yield f"the text of {source.source_id} differs"


class _Reader:
    """Reads a generation part by part, from any row on."""

    def __init__(self, generation: Generation, snapshot: Path, *, lists: bool) -> None:
        self._generation, self._catalog = generation, generation.catalog
        self._snapshot, self._lists = snapshot, lists
        self._words = _Words(generation.catalog)

    @cached_property
    def _sources(self) -> dict[int, CatalogSource]:
        """Return every source by its row, in their order."""
        rows = sorted(self._catalog.rows().values())
        sources = self._catalog.sources_at(rows)
        return {row: sources[row] for row in rows}

    def sizes(self) -> dict[Part, int]:
        """Return how many rows of each part there will be."""
        return {
            "documents": len(self._sources),
            "sources": len(self._sources),
            "passages": len(self._catalog.every_passage),
            "sentences": self._catalog.sizes["sentences"],
            "postings": self._words.count() if self._lists else 0,
            "directory": -(-self._snapshot.stat().st_size // CHUNK),
        }

    def batches(self, part: Part, done: int) -> Batches:
        """Yield the rows of a part after so many."""
        ways: Mapping[Part, Callable[[int], Batches]] = {
            "documents": self._documents,
            "sources": self._source_rows,
            "passages": self._passages,
            "sentences": self._sentences,
            "postings": self._postings,
            "directory": self._directory,
        }
        return ways[part](done)

    def _documents(self, done: int) -> Batches:
        for rows in pieces(islice(self._sources, done, None), DOCUMENTS):
            names = [self._sources[row].source_id for row in rows]
            documents = map(self._catalog.document, names)
            yield Batch(rows, names=names, records=list(map(msgspec.json.encode, documents)))

    def _source_rows(self, done: int) -> Batches:
        for rows in pieces(islice(self._sources, done, None), BATCH):
            names = [self._sources[row].source_id for row in rows]
            vectors = self._generation.source_vectors(np.array(rows, np.int64))
            terms = self._terms(("source", "card"), rows)
            yield Batch(rows, rows, names, vectors=vectors, terms=terms)

    def _passages(self, done: int) -> Batches:
        for rows in pieces(self._catalog.every_passage[done:].tolist(), BATCH):
            passages = [passage for passage, _ in self._catalog.passages(rows)]
            sources = self._catalog.source_rows_of(rows).tolist()
            pairs = zip(passages, sources, strict=True)
            bounds = self._catalog.sentence_rows(rows).tolist()
            yield Batch(
                rows=rows,
                sources=sources,
                names=[passage.passage_id for passage in passages],
                records=list(map(msgspec.json.encode, passages)),
                said=[self._said(passage, row) for passage, row in pairs],
                bounds=[(first, last) for first, last in bounds],
                vectors=self._vectors(rows),
                terms=self._terms(("passage",), rows),
            )

    def _said(self, passage: Passage, source_row: int) -> str:
        """Return the terms of a passage in their order."""
        source = self._sources[source_row]
        language = source.language or ENGLISH
        fields = (source.title, " > ".join(passage.heading), passage.text)
        return f" {BETWEEN} ".join(" ".join(tokens(field, language)) for field in fields)

    def _vectors(self, rows: Sequence[int]) -> Matrix:
        start = rows[0]
        matrix = self._generation.vectors.vectors(start, rows[-1] + 1)
        vectors: Matrix = matrix[np.asarray(rows) - start]
        return vectors

    def _sentences(self, done: int) -> Batches:
        for rows in pieces(range(done, self._catalog.sizes["sentences"]), BATCH):
            vectors = np.asarray(self._generation.sentences[rows[0] : rows[-1] + 1], np.float32)
            yield Batch(rows, vectors=vectors)

    def _postings(self, done: int) -> Batches:
        lists = self._words.lists() if self._lists else iter(())
        for batch in pieces(islice(lists, done, None), BATCH):
            yield Batch(range(done, done + len(batch)), postings=batch)
            done += len(batch)

    def _terms(
        self, fields: Sequence[Field], rows: Sequence[int]
    ) -> Mapping[Field, list[dict[str, float]]] | None:
        """Return what each term weighs in each row; None for an engine that takes lists."""
        if self._lists:
            return None
        terms = {}
        for field in fields:
            terms[field] = [self._words.of_row(field, row) for row in rows]
        return terms

    def _directory(self, done: int) -> Batches:
        with self._snapshot.open("rb") as file:
            file.seek(done * CHUNK)
            while chunk := file.read(CHUNK):
                yield Batch([done], records=[chunk])
                done += 1


class _Lengths(NamedTuple):
    """How long the rows of a field are."""

    every: Vector
    mean: float


class _Words:
    """What each term weighs in each row, of one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lengths = {field: self._read_lengths(field) for field in FIELDS}
        self._block = lru_cache(maxsize=2)(self._read_block)

    def _read_lengths(self, field: Field) -> _Lengths:
        query = "SELECT lengths FROM lengths WHERE terms = ?"
        lengths = np.frombuffer(self._catalog.query(query, f"{field}_terms")[0][0], "<f4")
        return _Lengths(lengths, mean_of(there(lengths)))

    def count(self) -> int:
        """Return how many lists there are."""
        queries = [f"SELECT count(*) FROM {field}_terms" for field in FIELDS]
        return sum(self._catalog.query(query)[0][0] for query in queries)

    def lists(self) -> Iterator[Postings]:
        """Yield every list: a term, and the rows of one block that hold it."""
        for field in FIELDS:
            for (term,) in self._catalog.query(f"SELECT DISTINCT term FROM {field}_terms"):
                query = f"SELECT term, block, rows, counts FROM {field}_terms WHERE term = ?"
                for row in self._catalog.query(query, term):
                    yield self._list(field, *row)

    def _list(self, field: Field, term: str, block: int, rows: bytes, counts: bytes) -> Postings:
        places = np.frombuffer(rows, NUMBER).astype(np.int64) + block * BLOCK
        lengths = self._lengths[field]
        frequencies = np.frombuffer(counts, NUMBER).astype(np.float32)
        weights = term_weights(frequencies, lengths.every[places], lengths.mean)
        return Postings(field, term, places, weights)

    def of_row(self, field: Field, row: int) -> dict[str, float]:
        """Return what each term weighs in a row."""
        return self._block(field, row // BLOCK).get(row, {})

    def _read_block(self, field: Field, block: int) -> dict[int, dict[str, float]]:
        """Return the same of every row of a block: the lists, turned round."""
        query = f"SELECT term, block, rows, counts FROM {field}_terms WHERE block = ?"
        rows: dict[int, dict[str, float]] = {}
        for row in self._catalog.query(query, block):
            postings = self._list(field, *row)
            pairs = zip(postings.rows.tolist(), postings.weights.tolist(), strict=True)
            for place, weight in pairs:
                rows.setdefault(place, {})[postings.term] = weight
        return rows


FIELDS: tuple[Field, ...] = ("passage", "source", "card")


def pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items, so many at a time."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece
