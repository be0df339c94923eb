"""Define what an engine must do to keep a library: rows, vectors, and dot products of words.

litsearch analyses texts and weighs terms; the engine multiplies. Every row has a key (keys.py), by
which alone an engine knows it, and what was put under a key never changes. An adapter is one
module, which alone imports its engine's library.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import msgspec

from litsearch.errors import IndexMismatch, IndexMissing
from litsearch.index.manifest import Manifest as Manifest
from litsearch.patterns import expression

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from litsearch.protocols import RowFilter
    from litsearch.types import Matrix, Vector

    Keys = NDArray[np.int64]

Unit = Literal["passage", "source", "sentence"]  # what has vectors
Field = Literal["passage", "source", "card"]  # what is searched by words
FIELDS: tuple[Field, ...] = ("passage", "source", "card")
Part = Literal["documents", "sources", "passages", "sentences", "postings", "directory"]
PARTS: tuple[Part, ...] = (
    "documents",
    "sources",
    "passages",
    "sentences",
    "postings",
    "directory",
)


# A table is made for a part and a generation, whose name begins with when it was built.
_TABLE = expression(rf"(?:{'|'.join(PARTS)})-(?P<base>\d{{8}}T\d+Z-[0-9a-f]+)")


class Edition(msgspec.Struct, frozen=True):
    """A generation as an engine keeps it."""

    manifest: Manifest
    base: str  # the generation that the tables were made for, which it amends, or itself
    stamp: int  # of what was put for it

    @property
    def id(self) -> str:
        """Return the name of the generation."""
        return self.manifest.generation


class RankedRows(NamedTuple):
    """Scores and rows, or keys, best first."""

    scores: Vector
    rows: Keys


class Postings(NamedTuple):
    """Rows of one copy that hold a term, and its weight in each."""

    field: Field
    term: str
    rows: Keys  # without the stamp, which is that of the batch
    weights: Vector


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to be kept; what a part has not is empty."""

    keys: Sequence[int]
    sources: Sequence[int] = ()  # the row of the source of each
    names: Sequence[str] = ()  # ids of passages or sources
    records: Sequence[bytes] = ()  # JSON of passages or documents; chunks of the directory
    said: Sequence[str] = ()  # the terms of a passage in their order, for phrases
    bounds: Sequence[tuple[int, int]] = ()  # half-open, rows of the sentences of passages
    vectors: Matrix | None = None
    postings: Sequence[Postings] = ()  # one a row: lists of terms
    # one a row: the weight of each term that it holds, by field
    terms: Mapping[Field, Sequence[Mapping[str, float]]] | None = None

    def __len__(self) -> int:
        return len(self.keys)


class Engine(Protocol):
    """One generation in an engine, open for reading. Raises StoreUnavailable. Safe for threads."""

    edition: Edition

    def directory(self, keys: Keys) -> list[bytes]:
        """Return these blocks of the snapshot of what is known of sources, in their order.

        Raises KeyError.
        """
        ...

    def nearest(self, unit: Unit, vector: Vector, k: int, where: RowFilter) -> RankedRows:
        """Return the best k passages or sources by inner product, of those that may be found.

        where: keys, but for the sources of passages, which are rows.
        """
        ...

    def products(self, unit: Unit, vector: Vector, keys: Keys) -> Vector:
        """Return the inner product with each of these rows, in their order."""
        ...

    def vectors(self, unit: Unit, keys: Keys) -> Matrix:
        """Return the vectors of these rows, in their order, float32."""
        ...

    def best_words(
        self, field: Field, weights: Mapping[str, float], k: int, where: RowFilter
    ) -> RankedRows:
        """Return the best k rows above 0 by the weighted sum of their terms."""
        ...

    def word_scores(self, field: Field, weights: Mapping[str, float], keys: Keys) -> Vector:
        """Return the weighted sum of the terms of each of these rows, in their order."""
        ...

    def with_phrase(self, terms: Sequence[str]) -> Keys:
        """Return the keys of the passages that have these terms in this order.

        A single sign of a script without spaces may begin a term.
        """
        ...

    def bounds(self, keys: Keys) -> Keys:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2).

        Raises KeyError.
        """
        ...

    def passages(self, keys: Keys) -> list[bytes]:
        """Return the records of these passages, in their order. Raises KeyError."""
        ...

    def named(self, passage_id: str) -> Keys:
        """Return the keys of the passages of this id, which may have been put more than once."""
        ...

    def documents(self, keys: Keys) -> list[bytes]:
        """Return the records of the documents of these sources. Raises KeyError."""
        ...

    def close(self) -> None:
        """Let go of the connection; nothing may be asked afterwards."""
        ...


class Sink(Protocol):
    """An engine open for writing: nothing is seen before publish()."""

    lists: bool  # True: words come as lists of terms; False: with the rows

    def begin(self, edition: Edition) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part have its stamp already,
        from an attempt that was broken off. An amendment is noted in the log (log.py).

        Raises IndexMismatch while what an attempt has left is being removed.
        """
        ...

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part, in the order of their numbers.

        Raises IndexMismatch when nothing was heard of this writer for a day, and it was given up.
        """
        ...

    def publish(self, after: str) -> None:
        """Make what was put the live generation, at once.

        after: the one that was live when it was begun, "" for none. Raises IndexMismatch when that
        is no longer so: another writer came first, and what it published stays; and as put() does.
        """
        ...

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        ...

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        ...

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live. Raises IndexMismatch."""
        ...

    def sweep(self) -> list[str]:
        """Remove the copies that were begun for a generation older than the live one, but never
        published, and the rows of amendments whose writers nothing was heard of for a day; returns
        those generations. What may still be published stays.
        """
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


def unpublished(names: Iterable[str], bases: Collection[str], live: str) -> list[str]:
    """Return the generations older than the live one that have tables which nothing reads, sorted.

    names: of tables or collections, without what stands before their part. bases: of the
    generations that can be read. What is younger may be on its way.
    """
    tables = filter(None, map(_TABLE.fullmatch, names))
    generations = {table["base"] for table in tables}
    return sorted(base for base in generations.difference(bases) if base < live)


def missing(place: str) -> IndexMissing:
    """Return the error that nothing was published in a place yet."""
    hint = "Run `litsearch build`, then `litsearch store copy local PLACE`."
    return IndexMissing(f"There is no library in {place} yet.", hint)


def overtaken(live: str) -> IndexMismatch:
    """Return the error that another writer published first."""
    return IndexMismatch(
        f"Another writer has made {live or 'nothing'} the live generation meanwhile, which stays.",
        "See that one machine alone builds this library, then build again: nothing here is lost.",
    )
