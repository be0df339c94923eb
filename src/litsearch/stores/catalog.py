"""Read the catalog of a library in an engine: sources and statistics from its snapshot, texts from
the engine.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from litsearch.index.bm25 import Lexicon
from litsearch.index.catalog import Catalog, ScoredRow
from litsearch.stores.by_row import ByRow
from litsearch.stores.keys import Stamps
from litsearch.text import tokens
from litsearch.types import Document, Filters, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.catalog_passages import Rows
    from litsearch.stores.engine import Engine, Field
    from litsearch.types import Vector

_passage = msgspec.json.Decoder(Passage)
_document = msgspec.json.Decoder(Document)
SCORED = 10_000  # rows that a phrase is ranked among


class RemoteLexicon(Lexicon):
    """Weighs terms by the statistics of the whole library; the engine multiplies."""

    def weights(self, field: Field, words: Iterable[str]) -> dict[str, float]:
        """Return the idf of each term of these words that any row holds."""
        terms = sorted(self._terms_of(words))
        (rows,) = self._one("SELECT rows FROM means WHERE field = ?", field)
        weights = {}
        for term, count in self._counts(field, terms).items():
            weights[term] = math.log1p(max(rows - count + 0.5, 0) / (count + 0.5))
        return weights

    def _holders(self, keys: list[str]) -> int:
        counts = self._counts("source", keys)
        return min(counts.values()) if len(counts) == len(keys) > 0 else 0

    def _counts(self, field: Field, terms: Sequence[str]) -> dict[str, int]:
        query = "SELECT term, rows FROM frequencies WHERE field = ?"
        query += " AND term IN (SELECT value FROM json_each(?))"
        return dict(self._db.rows(query, field, msgspec.json.encode(terms).decode()))

    def _one(self, query: str, *arguments: object) -> Sequence[int]:
        rows = self._db.rows(query, *arguments)
        if not rows:
            raise self._db.corrupt("it has no counts of terms")
        row: Sequence[int] = rows[0]
        return row


class RemoteCatalog(Catalog):
    """The catalog of a library in an engine: sources from the snapshot, texts from the engine."""

    def __init__(self, path: Path, engine: Engine) -> None:
        """path: of the snapshot."""
        super().__init__(path)
        self._engine = ByRow(engine, Stamps.of(self))

    @property
    def engine(self) -> ByRow:
        """Return the engine, which is asked by the rows of this catalog."""
        return self._engine

    @cached_property
    def lexicon(self) -> RemoteLexicon:
        """Return what weighs terms."""
        return RemoteLexicon(self._db, self.languages)

    def counts(self) -> dict[str, int]:
        """Return how many sources, entries, passages and sentences there are."""
        return dict(self._engine.manifest.counts)

    def document(self, source_id: str) -> Document:
        """Return the text of a source, as it was added. Raises KeyError."""
        row = self._row_of(source_id)
        return _document.decode(self._engine.documents(np.array([row], np.int64))[0])

    def passages(self, rows: Rows) -> list[tuple[Passage, int]]:
        """Return the passages at these rows, in this order, each with the row of its source."""
        row_numbers = np.asarray(rows, np.int64)
        if not len(row_numbers):
            return []
        records = map(_passage.decode, self._engine.passages(row_numbers))
        return list(zip(records, self.source_rows_of(row_numbers).tolist(), strict=True))

    def passage(self, passage_id: str) -> tuple[int, Passage]:
        """Return a passage by its id, after its row. Raises KeyError."""
        row = self.passage_row(passage_id)
        return row, self.passages([row])[0][0]

    def passage_row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises KeyError."""
        try:
            passage_id.encode()
        except UnicodeEncodeError:  # from a command line: no id is like that
            raise KeyError(passage_id) from None
        return self._engine.passage_row(passage_id)

    def passages_of(self, source_id: str) -> list[Passage]:
        """Return the passages of a source, in the order of its text; [] when there is no such."""
        try:
            rows = self.passage_rows_of([self._row_of(source_id)])
        except KeyError:
            return []
        return [passage for passage, _ in self.passages(rows)]

    def sentence_rows(self, passage_rows: Rows) -> NDArray[np.int64]:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2)."""
        rows = np.asarray(passage_rows, np.int64).reshape(-1)
        return self._engine.bounds(rows) if len(rows) else np.empty((0, 2), np.int64)

    def rows_with_phrase(self, words: str) -> NDArray[np.int64]:
        """Return the rows of the passages whose title, headings or text hold these words in this
        order, stemmed; sorted.
        """
        phrases = dict.fromkeys(tuple(tokens(words, code)) for code in self.languages)
        rows = [self._engine.rows_with_phrase(phrase) for phrase in phrases if phrase]
        return np.unique(np.concatenate([np.empty(0, np.int64), *rows]))

    def document_frequency(self, terms: Iterable[str]) -> list[int]:
        """Return how many passages hold each term (or phrase)."""
        return [len(self.rows_with_phrase(term)) for term in terms]

    def match_passages(
        self, phrases: Iterable[str], k: int, filters: Filters | None = None
    ) -> list[ScoredRow]:
        """Return the best k rows that say any of the phrases, by BM25 of their words."""
        texts = list(phrases)
        rows = self._saying_any(texts, filters or Filters())[:SCORED]
        weights = self.lexicon.weights("passage", " ".join(texts).split())
        return _ranked(rows, self._engine.word_scores("passage", weights, rows), k)

    def match_sources(
        self,
        phrases: Iterable[str],
        k: int,
        filters: Filters | None = None,
        *,
        notes_only: bool = False,
    ) -> list[ScoredRow]:
        """Return the best k sources likewise; notes_only: that say it outside of their text."""
        texts, active = list(phrases), filters or Filters()
        hits = super().match_sources(texts, k, active)
        if notes_only or len(hits) >= k:
            return hits
        candidates = np.unique(self.source_rows_of(self._saying_any(texts, active)))
        rows = np.setdiff1d(candidates, [row for row, _ in hits])[:SCORED]
        weights = self.lexicon.weights("source", " ".join(texts).split())
        scores = self._engine.word_scores("source", weights, rows)
        return [*hits, *_ranked(rows, scores, k - len(hits))]

    def _saying_any(self, phrases: Sequence[str], filters: Filters) -> NDArray[np.int64]:
        matches = [self.rows_with_phrase(phrase) for phrase in phrases]
        rows = np.unique(np.concatenate([np.empty(0, np.int64), *matches]))
        allowed = self.allowed(filters)
        return rows if allowed is None else np.intersect1d(rows, allowed, assume_unique=True)

    def _row_of(self, source_id: str) -> int:
        for (row,) in self._db.rows("SELECT id FROM sources WHERE source_id = ?", source_id):
            return int(row)
        raise KeyError(source_id)


def _ranked(rows: NDArray[np.int64], scores: Vector, k: int) -> list[ScoredRow]:
    order = np.lexsort((rows, -scores))[:k]
    return [ScoredRow(int(rows[place]), float(scores[place])) for place in order]
