"""Read a generation of this machine as the parts that an engine keeps, from any row on, with what
terms weigh in each row: the part of BM25 that belongs to the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from litsearch.index.bm25 import BLOCK, K1, NUMBER, B
from litsearch.languages import ENGLISH
from litsearch.stores.engine import FIELDS, Batch, Postings
from litsearch.stores.keys import keys_of
from litsearch.text import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.catalog import Catalog
    from litsearch.index.generation import Generation
    from litsearch.stores.engine import Field, Part
    from litsearch.stores.plan import Plan
    from litsearch.types import CatalogSource, Matrix, Passage, Vector

BATCH = 1024  # rows at once
LISTS = 4096  # of terms, that are read at once
DOCUMENTS = 64  # at once: each has some 50 KB
BETWEEN = "|"  # stands between title, headings and text: no term, so that no phrase goes across

Batches = Iterator[Batch]
T = TypeVar("T")


class Parts:
    """What a plan puts of a generation, part by part."""

    def __init__(self, generation: Generation, plan: Plan, *, lists: bool) -> None:
        """Read what a plan puts; lists: whether the engine takes words as lists of terms."""
        self._generation, self._catalog = generation, generation.catalog
        self._plan, self._lists = plan, lists
        sources = np.array(plan.named, np.int64)
        rows: dict[Field, NDArray[np.int64]] = {"passage": plan.passages}
        self._terms = Terms(self._catalog, {**rows, "source": sources, "card": sources}, plan.means)

    @cached_property
    def _sources(self) -> dict[int, CatalogSource]:
        return self._catalog.sources_at([*self._plan.put, *self._plan.named])

    def rows(self, part: Part) -> int:
        """Return how many rows of a part there are to put; of lists, 0: they are not counted."""
        sizes: Mapping[Part, int] = {
            "documents": len(self._plan.put),
            "sources": len(self._plan.named),
            "passages": len(self._plan.passages),
            "sentences": len(self._plan.sentences),
            "directory": len(self._plan.blocks) + 1,
        }
        return sizes.get(part, 0)

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

    def _keys(self, rows: Sequence[int]) -> list[int]:
        keys: list[int] = keys_of(np.asarray(rows, np.int64), self._plan.stamp).tolist()
        return keys

    def _documents(self, done: int) -> Batches:
        for rows in pieces(islice(self._plan.put, done, None), DOCUMENTS):
            names = [self._sources[row].source_id for row in rows]
            documents = map(self._catalog.document, names)
            records = list(map(msgspec.json.encode, documents))
            yield Batch(self._keys(rows), names=names, records=records)

    def _source_rows(self, done: int) -> Batches:
        for rows in pieces(islice(self._plan.named, done, None), BATCH):
            keys, names = self._keys(rows), [self._sources[row].source_id for row in rows]
            vectors = self._generation.source_vectors(np.array(rows, np.int64))
            terms = self._words(("source", "card"), rows)
            yield Batch(keys, keys, names, vectors=vectors, terms=terms)

    def _passages(self, done: int) -> Batches:
        for rows in pieces(self._plan.passages[done:].tolist(), BATCH):
            passages = [passage for passage, _ in self._catalog.passages(rows)]
            sources = self._catalog.source_rows_of(rows).tolist()
            pairs = zip(passages, sources, strict=True)
            bounds = self._catalog.sentence_rows(rows).tolist()
            yield Batch(
                keys=self._keys(rows),
                sources=sources,
                names=[passage.passage_id for passage in passages],
                records=list(map(msgspec.json.encode, passages)),
                said=[self._said(passage, row) for passage, row in pairs],
                bounds=[(first, last) for first, last in bounds],
                vectors=self._vectors(rows),
                terms=self._words(("passage",), rows),
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
        for rows in pieces(self._plan.sentences[done:].tolist(), BATCH):
            vectors = np.asarray(self._generation.sentences[rows], np.float32)
            yield Batch(self._keys(rows), vectors=vectors)

    def _postings(self, done: int) -> Batches:
        lists: Iterable[Postings] = self._terms.lists() if self._lists else ()
        for batch in pieces(islice(lists, done, None), BATCH):
            yield Batch(self._keys(range(done, done + len(batch))), postings=batch)
            done += len(batch)

    def _words(
        self, fields: Sequence[Field], rows: Sequence[int]
    ) -> Mapping[Field, list[dict[str, float]]] | None:
        """Return what each term weighs in each row; None for an engine that takes lists."""
        if self._lists:
            return None
        terms = {}
        for field in fields:
            terms[field] = [self._terms.of_row(field, row) for row in rows]
        return terms

    def _directory(self, done: int) -> Batches:
        blocks = self._plan.directory()
        for piece in pieces(islice(blocks, done, None), DOCUMENTS):
            yield Batch(self._keys([row for row, _ in piece]), records=[data for _, data in piece])


def pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items, so many at a time."""
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


class Terms:
    """What each term weighs in each of some rows of one catalog."""

    def __init__(
        self,
        catalog: Catalog,
        rows: Mapping[Field, NDArray[np.int64]],
        means: Mapping[Field, float],
    ) -> None:
        """rows: sorted; means: the length of a row, of the library as its tables were made."""
        self._catalog, self._rows, self._means = catalog, rows, means
        self._lengths = {field: self._read_lengths(field) for field in FIELDS}
        self._block = lru_cache(maxsize=2)(self._read_block)

    def _read_lengths(self, field: Field) -> Vector:
        query = "SELECT lengths FROM lengths WHERE terms = ?"
        return np.frombuffer(self._catalog.query(query, f"{field}_terms")[0][0], "<f4")

    def lists(self) -> Iterator[Postings]:
        """Yield every list that has any of the rows: those of one block that hold a term."""
        for field in FIELDS:
            for row in self._rows_of_table(field):
                postings = self._list(field, *row)
                if postings is not None:
                    yield postings

    def _rows_of_table(self, field: Field) -> Iterator[tuple[str, int, bytes, bytes]]:
        """Yield the lists of the blocks that have any of the rows, by term: one query for many,
        since a library has hundred thousands, of which an amendment needs a few.
        """
        blocks = msgspec.json.encode(np.unique(self._rows[field] // BLOCK).tolist()).decode()
        query = f"SELECT term, block, rows, counts FROM {field}_terms WHERE (term, block) > (?, ?)"
        query += " AND block IN (SELECT value FROM json_each(?))"
        query += f" ORDER BY term, block LIMIT {LISTS}"
        page = self._catalog.query(query, "", -1, blocks)
        while page:
            yield from page
            page = self._catalog.query(query, *page[-1][:2], blocks)

    def _list(
        self, field: Field, term: str, block: int, rows: bytes, counts: bytes
    ) -> Postings | None:
        places = np.frombuffer(rows, NUMBER).astype(np.int64) + block * BLOCK
        among = _among(places, self._rows[field])
        if not among.any():
            return None
        places, frequencies = places[among], np.frombuffer(counts, NUMBER)[among]
        lengths = self._lengths[field][places]
        weights = term_weights(frequencies.astype(np.float32), lengths, self._means[field])
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
            if postings is None:
                continue
            pairs = zip(postings.rows.tolist(), postings.weights.tolist(), strict=True)
            for place, weight in pairs:
                rows.setdefault(place, {})[postings.term] = weight
        return rows


def _among(rows: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of the rows are chosen; both are sorted."""
    if not len(rows) or not len(chosen) or rows[-1] < chosen[0] or chosen[-1] < rows[0]:
        return np.zeros(len(rows), bool)
    places = np.minimum(np.searchsorted(chosen, rows), len(chosen) - 1)
    among: NDArray[np.bool_] = chosen[places] == rows
    return among


def term_weights(counts: Vector, lengths: Vector, mean: float) -> Vector:
    """Return the part of BM25 that belongs to a row: what its terms weigh, before their idf."""
    penalty = np.float32(K1) * (1 - B + B * lengths / mean)
    weights: Vector = (counts / (penalty + counts)).astype(np.float32)
    return weights
