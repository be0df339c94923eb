"""The sockets: what a stage asks of the adapters that plug into it.

A module may be an adapter: lists, fetchers and extractors are modules of plain functions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Generator as Iteration
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from litsearch.types import (
    CatalogSource,
    Document,
    Entry,
    Filters,
    Kind,
    Parameters,
    Passage,
    RawDocument,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

    Rows = Sequence[int] | NDArray[np.int64]


# how many tokens of the embedder's window each text takes
TokenCounter = Callable[[Sequence[str]], list[int]]
# text as it is written; an empty piece says that it is still at work
Pieces = Iteration[str, None, None]


class ListFormat(Protocol):
    """A format of reading lists (a module in lists/).

    It may also have `accepts(text) -> bool`, which tells it from other formats of the same suffix.
    """

    SUFFIXES: tuple[str, ...]  # lower case, with the dot

    def parse(self, text: str, path: str) -> list[Entry]:
        """Return the entries of a list, in its order. Raises ListError for another format."""
        ...


class Get(Protocol):
    """The polite download: cached, spaced, limited. Raises FetchError."""

    def __call__(self, url: str) -> RawDocument:
        """Return the bytes at an address, from the cache when they have not changed."""
        ...


class Fetcher(Protocol):
    """A site that needs more than a plain GET (a module in fetch/sites/).

    It may also have `HOSTS`, the only hosts (with those below them) of addresses it is asked for.
    """

    def accepts(self, url: str) -> bool:
        """Tell whether this fetcher knows how to get the text of this address."""
        ...

    def fetch(self, url: str, get: Get) -> RawDocument:
        """Return the document behind the address, by as many calls of get as it takes.

        Raises FetchError.
        """
        ...


class Extractor(Protocol):
    """A kind of document (a module in extract/)."""

    MEDIA_TYPES: tuple[str, ...]

    def extract(self, raw: RawDocument, source_id: str) -> Document:
        """Return the text of a document, with its spans. Raises ExtractError."""
        ...


class Embedder(Protocol):
    """A bi-encoder. Equal fingerprints mean interchangeable vectors."""

    fingerprint: str
    dim: int
    window: int  # tokens that it reads of one text

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Return unit vectors of the texts, shape (n, dim), float32."""
        ...

    def embed_query(self, text: str) -> Vector:
        """Return the unit vector of a query, shape (dim,), float32."""
        ...


class VectorIndex(Protocol):
    """Vectors by row number, searched by inner product."""

    @property
    def room(self) -> int:
        """Return how many rows it is good for; with more another one is better."""
        ...

    def __len__(self) -> int: ...

    def add(self, vectors: Matrix) -> None:
        """Append rows; the first row ever added is row 0."""
        ...

    def search(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """Return scores and rows of the best k rows, best first; of the allowed rows only, when
        given (sorted, unique).
        """
        ...

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, in their order."""
        ...

    def vectors(self, start: int, stop: int) -> Matrix:
        """Return the vectors of these rows as they are kept, perhaps rounded, shape
        (stop - start, dim), float32.
        """
        ...

    def save(self, path: Path) -> None:
        """Write the index as one file."""
        ...


# What a query is compared with: a passage by meaning or by words, or the source that it belongs to
# by meaning, by all its words, by those of its card, or by its kind.
Signal = Literal["dense", "lexical", "source_dense", "source_lexical", "card", "kind"]


@dataclass(frozen=True, slots=True)
class RowFilter:
    """The rows that may be found, sorted; None: all."""

    passages: NDArray[np.int64] | None = None
    sources: NDArray[np.int64] | None = None
    by_words: bool = False  # phrases or excluded words choose among the passages of the sources


@dataclass(frozen=True, slots=True)
class StoreQuery:
    """A query as a store is asked: words, a vector, or both."""

    words: tuple[str, ...] | None  # None: nothing is looked up by words
    vector: Vector | None  # unit length; None: nothing is looked up by meaning
    kinds: Collection[Kind] = ()  # of source that it names


class Matches(Protocol):
    """What one query finds in a store, by signal."""

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Return the signals that there are for this query."""
        ...

    @property
    def missed(self) -> Mapping[Signal, str]:
        """Return the signals asked for that were not answered, each with the reason."""
        ...

    def best(self, signal: Signal, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k passages by a signal, of those that may be found."""
        ...

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the best k sources by the sum of their signals, each stretched to its greatest."""
        ...

    def scores(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        """Return the score by a signal of each of these rows, of passages or of sources."""
        ...

    def better(self, signal: Signal, score: float) -> int:
        """Return how many of the passages that may be found have a better score."""
        ...


class CatalogReader(Protocol):
    """What a store knows of its sources and passages, by row.

    Rows of one source's passages, and of its sentences, are neighbours.
    """

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the sources, most frequent first."""
        ...

    @property
    def title_words(self) -> frozenset[str]:
        """Return every word of all titles and authors, lower case."""
        ...

    @property
    def titles(self) -> Sequence[tuple[str, ...]]:
        """Return every title of every source, its own and the lists', by row."""
        ...

    @property
    def every_passage(self) -> NDArray[np.int64]:
        """Return the rows of all passages, sorted."""
        ...

    def has_title(self, text: str) -> bool:
        """Return True when a source, or a line of a list, has this very title, in any case."""
        ...

    def source_frequency(self, word: str) -> int:
        """Return how many sources hold all terms of a word, at most."""
        ...

    def rows_with_phrase(self, words: str) -> NDArray[np.int64]:
        """Return the rows of the passages that hold these words in this order, sorted."""
        ...

    def rows(self) -> dict[str, int]:
        """Return the row of each source, by its id, in the order of the lists."""
        ...

    def source_rows(self, filters: Filters) -> list[int] | None:
        """Return the rows of the sources that pass, sorted; None when nothing is filtered."""
        ...

    def source_rows_of(self, passage_rows: Rows) -> NDArray[np.int64]:
        """Return the row of the source of each of these passages."""
        ...

    def passage_rows_of(self, source_rows: Sequence[int]) -> NDArray[np.int64]:
        """Return the rows of all passages of these sources, sorted."""
        ...

    def passage_counts(self, source_rows: Rows) -> NDArray[np.int64]:
        """Return how many passages each of these sources has."""
        ...

    def passage_row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises KeyError."""
        ...

    def passages(self, rows: Rows) -> list[tuple[Passage, int]]:
        """Return the passages at these rows, each with the row of its source. Raises KeyError."""
        ...

    def sources_at(self, rows: Rows) -> dict[int, CatalogSource]:
        """Return the sources at these rows, by row."""
        ...


class Store(Protocol):
    """One generation of a library, open for reading, wherever it is kept.

    Everything may raise IndexCorrupt and StoreUnavailable; all of it is safe for threads.
    """

    @property
    def id(self) -> str:
        """Return the generation's name, which results carry."""
        ...

    @property
    def catalog(self) -> CatalogReader:
        """Return what is known of sources and passages."""
        ...

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many sources, entries, passages and sentences there are."""
        ...

    def matches(self, query: StoreQuery, where: RowFilter) -> Matches:
        """Ask with a query."""
        ...

    def source_vectors(self, rows: NDArray[np.int64]) -> Matrix:
        """Return the vectors of these sources, shape (n, dim), float32."""
        ...


class Reranker(Protocol):
    """A cross-encoder: it reads the query and a passage together."""

    def scores(self, query: str, passages: Sequence[str]) -> Vector:
        """Return how well each passage answers the query, 0..1, shape (n,), float32."""
        ...


class Generator(Protocol):
    """A language model that writes an answer from numbered passages.

    It may also be an Entailment, which judges its own sentences.
    """

    # the kind, then what tells models apart: "llama_cpp:SmolLM2-135M-Instruct.Q4_1:0a1b2c3d"
    name: str

    @property
    def parameters(self) -> Parameters:
        """Return temperature, seed, context ...: the same give the same text."""
        ...

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        """Yield an answer whose sentences carry the markers [1]..[len(passages)], piece by piece
        as it is written. A passage is a line with its source's title, then text; they come best
        first, and a model reads as many as it has time for.

        A piece "\f" says that what came before was no part of the answer. Closing the pieces stops
        the model. Raises GenerationError, also between two pieces.
        """
        ...

    def close(self) -> None:
        """Let go of what the model holds; nothing may be asked afterwards."""
        ...


@runtime_checkable
class Entailment(Protocol):
    """A model that judges whether one text follows from another."""

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return the probability that the premise says all of the hypothesis, 0..1.

        Raises ModelUnavailable.
        """
        ...


class Progress(Protocol):
    """Told how far long work has come."""

    def __call__(self, stage: str, done: int, total: int, note: str = "") -> None:
        """Hear that so many of so many of a stage are done; note: what is being worked on."""
        ...
