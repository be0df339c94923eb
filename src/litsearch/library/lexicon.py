"""Reads the posting lists of the catalog: BM25 of every passage, or of every source, for some words.

Robertson and Zaragoza 2009, with Lucene's idf, which is never negative; the factor k1 + 1, common to all, is left out.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from litsearch.library.sqlite_file import SqliteFile
from litsearch.library.terms import terms_of

if TYPE_CHECKING:
    from litsearch.types import Vector

# On 176 development questions k1 0.9 to 2 and b 0.4 to 0.75 were within three questions of each other.
K1 = 1.5
B = 0.75
Unit = Literal["passage", "source", "card"]  # a card holds titles, authors and notes of a source, without its text
_WANTED = "WHERE term IN (SELECT value FROM json_each(?))"
_QUERIES: dict[Unit, str] = {
    "passage": f"SELECT term, rows, counts FROM passage_terms {_WANTED} ORDER BY term, block",  # noqa: S608
    "source": f"SELECT term, rows, counts FROM source_terms {_WANTED} ORDER BY term, block",  # noqa: S608
    "card": f"SELECT term, rows, counts FROM card_terms {_WANTED} ORDER BY term, block",  # noqa: S608
}


class _Rows(NamedTuple):
    """What BM25 needs to know of the rows."""

    there: int
    penalty: Vector  # of the length of each row


class Lexicon:
    """The posting lists of one catalog. Raises IndexCorrupt when they are not what was written."""

    def __init__(self, db: SqliteFile) -> None:
        self._db = db
        self._known: dict[Unit, _Rows] = {}

    def scores(self, unit: Unit, words: Iterable[str]) -> Vector:
        """BM25 of every row, shape (rows,); 0 where none of the words stands. Each term counts once."""
        about = self._rows(unit)
        scores = np.zeros(len(about.penalty), np.float32)
        wanted = json.dumps(sorted({term for word in words for term in terms_of(word)}))
        for _, blocks in groupby(self._db.rows(_QUERIES[unit], wanted), key=lambda one: one[0]):
            # All blocks of a term at once: of 1,000,000 rows, that takes half the time of one after the other.
            blobs = zip(*((rows, counts) for _, rows, counts in blocks), strict=True)
            rows, counts = map(self._numbers, map(b"".join, blobs), ("<u4", "<f4"))
            if len(rows) != len(counts) or (len(rows) and rows.max() >= len(scores)):
                raise self._db.corrupt("a posting list is damaged")
            idf = math.log1p(max(about.there - len(rows) + 0.5, 0) / (len(rows) + 0.5))
            places = rows.astype(np.intp)
            scores[places] += np.float32(idf) * counts / (about.penalty[places] + counts)
        return scores

    def holders(self, word: str) -> int:
        """How many sources hold the rarest of the terms of the word."""
        wanted = terms_of(word)
        query = f"SELECT sum(length(rows)) / 4 FROM source_terms {_WANTED} GROUP BY term"  # noqa: S608
        counts = [count for (count,) in self._db.rows(query, json.dumps(wanted))]
        return min(counts) if len(counts) == len(wanted) > 0 else 0

    def _rows(self, unit: Unit) -> _Rows:
        if unit not in self._known:
            found = self._db.rows("SELECT lengths FROM lengths WHERE terms = ?", f"{unit}_terms")
            lengths = self._numbers(found[0][0] if found else b"?", "<f4").astype(np.float64)
            there = lengths[lengths >= 0]
            mean = there.mean() if there.any() else 1.0
            self._known[unit] = _Rows(len(there), (K1 * (1 - B + B * lengths / mean)).astype(np.float32))
        return self._known[unit]

    def _numbers(self, blob: bytes, kind: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        if len(blob) % 4:
            raise self._db.corrupt("a posting list is damaged")
        return np.frombuffer(blob, kind)
