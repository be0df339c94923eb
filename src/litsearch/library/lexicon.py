"""Reads the posting lists of the catalog: BM25 of every passage, or of every source, for some words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np

from litsearch.library.sqlite_file import SqliteFile
from litsearch.library.terms import terms_of

if TYPE_CHECKING:
    from litsearch.types import Vector

Unit = Literal["passage", "source", "card"]  # a card holds titles, authors and notes of a source, without its text
_QUERIES: dict[Unit, str] = {
    "passage": "SELECT rows, impacts FROM passage_terms WHERE term IN (SELECT value FROM json_each(?)) ORDER BY term",
    "source": "SELECT rows, impacts FROM source_terms WHERE term IN (SELECT value FROM json_each(?)) ORDER BY term",
    "card": "SELECT rows, impacts FROM card_terms WHERE term IN (SELECT value FROM json_each(?)) ORDER BY term",
}


class Lexicon:
    """The posting lists of one catalog. Raises IndexCorrupt when they are not what was written."""

    def __init__(self, db: SqliteFile, rows: dict[Unit, int]) -> None:
        self._db, self._rows = db, rows

    def scores(self, unit: Unit, words: Iterable[str]) -> Vector:
        """BM25 of every row, shape (rows,); 0 where none of the words stands. Each term counts once."""
        scores = np.zeros(self._rows[unit], np.float32)
        wanted = json.dumps(sorted({term for word in words for term in terms_of(word)}))
        for rows, impacts in self._db.rows(_QUERIES[unit], wanted):
            if len(rows) != len(impacts) or len(rows) % 4:
                raise self._db.corrupt("a posting list is damaged")
            try:
                scores[np.frombuffer(rows, "<u4")] += np.frombuffer(impacts, "<f4")
            except IndexError:
                raise self._db.corrupt("a posting list names rows that are not there") from None
        return scores

    def holders(self, word: str) -> int:
        """How many sources hold the rarest of the terms of the word."""
        wanted = terms_of(word)
        query = "SELECT length(rows) / 4 FROM source_terms WHERE term IN (SELECT value FROM json_each(?))"
        counts = [count for (count,) in self._db.rows(query, json.dumps(wanted))]
        return min(counts) if len(counts) == len(wanted) > 0 else 0
