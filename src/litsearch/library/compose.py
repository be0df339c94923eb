"""Writes a generation from nothing: the catalog, and the vectors by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from litsearch.library.catalog import Catalog
from litsearch.library.catalog_writer import CatalogWriter, sentence_units
from litsearch.library.draft import Draft
from litsearch.library.durable import RowFile
from litsearch.library.embeddings import EmbeddingStore
from litsearch.library.generation import CATALOG_FILE, VECTORS_FILE
from litsearch.library.manifest import Facts
from litsearch.library.pool import pool
from litsearch.protocols import Embedder, TokenCounter, VectorIndex
from litsearch.types import CatalogSource, Document, Passage

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

# For vectors of so many numbers, for so many rows: an index that holds those from before, if there are any.
VectorsFor = Callable[[int, int, VectorIndex | None], VectorIndex]
OPENING = 1400  # characters of a text that go into its source's vector: as much as most embedders read
FIRST = 2  # of the texts of a source that is a sentence


@dataclass(frozen=True, slots=True)
class Tools:
    """What a build works with; wiring picks them."""

    facts: Facts
    store: EmbeddingStore
    embedder: Embedder
    count_tokens: TokenCounter
    window: int
    vectors: VectorsFor
    keep: int = 2  # generations, the new one included


@dataclass(frozen=True, slots=True)
class Prepared:
    """A source ready to be written."""

    row: CatalogSource
    fingerprint: str
    made: Document | Callable[[], Document]  # the text, or how to read the one that is stored
    cut: tuple[Passage, ...] | Callable[[], tuple[Passage, ...]] | None  # None: as they stand in the live catalog
    count: int  # of passages
    unchanged: bool
    embedded: int = 0  # passages with at least one new embedding
    works: tuple[str, ...] = ()  # Ingested.works

    @property
    def document(self) -> Document:
        """The text."""
        return self.made if isinstance(self.made, Document) else self.made()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What the text is cut into; () when that stands in the live catalog."""
        return self.cut() if callable(self.cut) else self.cut or ()


def compose(draft: Draft, ready: Sequence[Prepared], stored: Catalog | None, tools: Tools) -> str:
    """Write and publish everything; returns the generation. stored: where passages are that were not read yet."""
    vectors = tools.vectors(tools.facts.dim, sum(item.count for item in ready), None)
    with (
        CatalogWriter(draft.folder / CATALOG_FILE) as catalog,
        draft.sentences(tools.facts.dim) as sentences,
        draft.sources(tools.facts.dim) as sources,
    ):
        append((whole(item, stored) for item in ready), catalog, vectors, sentences, sources, tools)
        catalog.finish()
    vectors.save(draft.folder / VECTORS_FILE)
    return draft.publish(tools.facts, keep=tools.keep)


def append(
    items: Iterable[Prepared],
    catalog: CatalogWriter,
    vectors: VectorIndex,
    sentences: RowFile,
    sources: RowFile,
    tools: Tools,
) -> None:
    """Write sources, which have their passages, after those that are there."""
    for item in items:
        passages = item.passages
        catalog.add(item.row, item.fingerprint, item.document, passages)
        matrix, _ = tools.store.embed(texts(item), tools.embedder)
        sources.append(matrix[1:FIRST])
        sentences.append(matrix[FIRST:])
        if passages:
            vectors.add(_passage_vectors(passages, matrix, matrix[0] * bool(item.row.title)))


def whole(item: Prepared, stored: Catalog | None) -> Prepared:
    """The same with its text and its passages at hand."""
    if item.cut is None and stored is not None:
        return replace(item, made=item.document, cut=tuple(stored.passages_of(item.row.source.source_id)))
    return replace(item, made=item.document, cut=item.passages)


def texts(item: Prepared) -> list[str]:
    """What is embedded of a source: its title, its opening, then its sentences, as their rows will be."""
    text = item.document.text
    units = sentence_units(item.passages)
    return [item.row.title, _opening(item), *(text[unit.start : unit.end] for unit in units)]


def _opening(item: Prepared) -> str:
    """What a source's own vector is made of: its title and the beginning of its text.

    On collections of abstracts this orders better than the mean of the sentences (nDCG@10 .406 against .385 for
    topics, .461 against .451 for claims), on long pages no worse. Without a page it is the title alone, so that an
    edited remark costs no embedding.
    """
    lead = item.document.text[:OPENING] if any(passage.sentences for passage in item.passages) else ""
    return f"{item.row.title}\n{lead}" if lead else item.row.title


def _passage_vectors(passages: Sequence[Passage], matrix: Matrix, title: Vector) -> Matrix:
    """One vector a passage, shape (n, dim), from the vectors of the texts; the title's is 0 when there is none."""
    place = {unit: row for row, unit in enumerate(sentence_units(passages), FIRST)}
    return np.stack(
        [
            pool(
                matrix[[place[unit] for unit in passage.sentences]],
                [unit.end - unit.start for unit in passage.sentences],
                title,
            )
            for passage in passages
        ]
    )
