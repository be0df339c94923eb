"""Define what an engine must do to keep a library: rows, vectors, and dot products of words.

litsearch analyses texts and weighs terms; the engine multiplies. Rows are those of the catalog. An
adapter is one module, which alone imports its engine's library.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from litsearch.index.manifest import Manifest as Manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from litsearch.protocols import RowFilter
    from litsearch.types import Matrix, Vector

    RowNumbers = NDArray[np.int64]

Unit = Literal["passage", "source", "sentence"]  # what has vectors
Field = Literal["passage", "source", "card"]  # what is searched by words
Part = Literal["documents", "sources", "passages", "sentences", "postings", "directory"]
PARTS: tuple[Part, ...] = (
    "documents",
    "sources",
    "passages",
    "sentences",
    "postings",
    "directory",
)


class RankedRows(NamedTuple):
    """Scores and rows, best first."""

    scores: Vector
    rows: RowNumbers


class Postings(NamedTuple):
    """The rows of one block that hold a term, and its weight in each."""

    field: Field
    term: str
    rows: RowNumbers
    weights: Vector


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to be kept; what a part has not is empty."""

    rows: Sequence[int]
    sources: Sequence[int] = ()  # the row of the source of each
    names: Sequence[str] = ()  # ids of passages or sources
    records: Sequence[bytes] = ()  # JSON of passages or documents; chunks of the directory
    said: Sequence[str] = ()  # the terms of a passage in their order, for phrases
    bounds: Sequence[tuple[int, int]] = ()  # half-open, of the sentences of passages
    vectors: Matrix | None = None
    postings: Sequence[Postings] = ()  # one a row: lists of terms
    # one a row: the weight of each term that it holds, by field
    terms: Mapping[Field, Sequence[Mapping[str, float]]] | None = None

    def __len__(self) -> int:
        return len(self.rows)


class Engine(Protocol):
    """One generation in an engine, open for reading. Raises StoreUnavailable. Safe for threads."""

    manifest: Manifest

    def directory(self) -> Iterator[bytes]:
        """Yield the snapshot of what is known of sources, a SQLite file, piece by piece."""
        ...

    def nearest(self, unit: Unit, vector: Vector, k: int, where: RowFilter) -> RankedRows:
        """Return the best k passages or sources by inner product, of those that may be found."""
        ...

    def products(self, unit: Unit, vector: Vector, rows: RowNumbers) -> Vector:
        """Return the inner product with each of these rows, in their order."""
        ...

    def vectors(self, unit: Unit, rows: RowNumbers) -> Matrix:
        """Return the vectors of these rows, in their order, float32."""
        ...

    def best_words(
        self, field: Field, weights: Mapping[str, float], k: int, where: RowFilter
    ) -> RankedRows:
        """Return the best k rows above 0 by the weighted sum of their terms."""
        ...

    def word_scores(self, field: Field, weights: Mapping[str, float], rows: RowNumbers) -> Vector:
        """Return the weighted sum of the terms of each of these rows, in their order."""
        ...

    def rows_with_phrase(self, terms: Sequence[str]) -> RowNumbers:
        """Return the rows of the passages that have these terms in this order, sorted.

        A single sign of a script without spaces may begin a term.
        """
        ...

    def bounds(self, rows: RowNumbers) -> RowNumbers:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2).

        Raises KeyError.
        """
        ...

    def passages(self, rows: RowNumbers) -> list[bytes]:
        """Return the records of these passages, in their order. Raises KeyError."""
        ...

    def passage_row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises KeyError."""
        ...

    def documents(self, rows: RowNumbers) -> list[bytes]:
        """Return the records of the documents of these sources. Raises KeyError."""
        ...

    def close(self) -> None:
        """Let go of the connection; nothing may be asked afterwards."""
        ...


class Sink(Protocol):
    """An engine open for writing: nothing is seen before publish()."""

    lists: bool  # True: words come as lists of terms; False: with the rows

    def begin(self, manifest: Manifest, sizes: Mapping[Part, int]) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already, from
        an attempt that was broken off.
        """
        ...

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part, in the order of their numbers."""
        ...

    def publish(self) -> None:
        """Make what was put the live generation, at once."""
        ...

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        ...

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        ...

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live."""
        ...

    def open(self, generation: str = "") -> Engine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch.
        """
        ...


def term_number(term: str) -> int:
    """Return a number of 32 bits for a term, for engines whose terms are numbers.

    Of a million terms about 100 pairs share one: each costs a query that has it a few wrong scores.
    """
    return zlib.crc32(term.encode())
