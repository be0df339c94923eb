"""Score rows by BM25: posting lists of passages and of sources, as they are built and as they are
read.

Robertson and Zaragoza 2009, with Lucene's idf, which is never negative; the factor k1 + 1, common
to all, is left out.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from litsearch.index.catalog_rows import SqliteFile
from litsearch.languages import COMPOUNDING, ENGLISH
from litsearch.text import stem, term_counts, variants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

BLOCK = 1 << 16
NUMBER = "<u2"  # of rows within their blocks, and of counts
MOST = (1 << 16) - 1
GONE = -1.0  # in the place of the length of a row that is no more


class Fields(NamedTuple):
    """The texts of a row; in one of weight 2 a term counts as if it stood there twice."""

    texts: Iterable[tuple[str, float]]
    language: str = ENGLISH


# the rows and counts of a term in a block, if there are any
Stored = Callable[[str, int], tuple[bytes, bytes] | None]


class Postings:
    """Collects what changes in the rows of one table, then gives the posting lists that change by
    it.
    """

    def __init__(self, lengths: bytes = b"") -> None:
        """lengths: of the rows that are there, as lengths() gave them."""
        self._lengths = array("f", np.frombuffer(lengths, "<f4").astype("=f4").tobytes())
        self._new: dict[int, dict[str, tuple[array[int], array[float]]]] = {}  # by block and term
        self._stale: dict[int, dict[str, set[int]]] = {}

    def add(self, fields: Fields) -> None:
        """Append a row."""
        self._lengths.append(0.0)
        self.put(len(self._lengths) - 1, fields)

    def put(self, row: int, fields: Fields) -> None:
        """Set what a row holds; texts that it had before are forgotten."""
        counts = _count(fields)
        lists = self._new.setdefault(row // BLOCK, {})
        for term, count in counts.items():
            if term not in lists:
                lists[term] = array("I"), array("f")
            rows, numbers = lists[term]
            rows.append(row)
            numbers.append(count)
        self._lengths[row] = sum(counts.values())

    def forget(self, row: int, fields: Fields) -> None:
        """Take a row out, which held these texts."""
        lists = self._stale.setdefault(row // BLOCK, {})
        for term in _count(fields):
            lists.setdefault(term, set()).add(row)
        self._lengths[row] = GONE

    def lengths(self) -> bytes:
        """Return the number of terms of every row, as little-endian float32."""
        return np.asarray(self._lengths, "<f4").tobytes()

    def lists(
        self, stored: Stored = lambda term, block: None
    ) -> Iterator[tuple[str, int, bytes, bytes]]:
        """(term, block, places in the block, counts) of the lists that change; both as NUMBER, by
        row.
        """
        for block in sorted({*self._new, *self._stale}):
            new, stale = self._new.get(block, {}), self._stale.get(block, {})
            for term in sorted({*new, *stale}):
                before, removed_rows = stored(term, block) or (b"", b""), stale.get(term, set())
                rows, counts = new.get(term, ((), ()))
                places = np.asarray(rows, np.int64) - block * BLOCK
                yield (
                    term,
                    block,
                    *_merged(before, places, counts, {row - block * BLOCK for row in removed_rows}),
                )


def _count(fields: Fields) -> dict[str, float]:
    """Return how often each term stands in a row's texts, by their weights."""
    counts: dict[str, float] = {}
    for text, weight in fields.texts:
        for term, count in term_counts(text, fields.language).items():
            counts[term] = counts.get(term, 0.0) + count * weight
    return counts


def _merged(
    before: tuple[bytes, bytes],
    places: NDArray[np.int64],
    numbers: Sequence[float],
    removed: set[int],
) -> tuple[bytes, bytes]:
    """Return the rows and counts of a list without those gone and with the new ones, by row."""
    rows, counts = np.frombuffer(before[0], NUMBER), np.frombuffer(before[1], NUMBER)
    if removed:
        remaining = ~np.isin(rows, list(removed))
        rows, counts = rows[remaining], counts[remaining]
    rows, counts = (
        np.concatenate([rows, places.astype(NUMBER)]),
        np.concatenate([counts, np.minimum(numbers, MOST).astype(NUMBER)]),
    )
    order = np.argsort(rows, kind="stable")
    return rows[order].tobytes(), counts[order].tobytes()


# On 176 development questions k1 0.9 to 2 and b 0.4 to 0.75 were within three questions of each
# other.
K1 = 1.5
B = 0.75
# a card holds titles, authors and notes of a source, without its text
Unit = Literal["passage", "source", "card"]
_WANTED = "WHERE term IN (SELECT value FROM json_each(?))"
_LISTS = f"SELECT term, block, rows, counts FROM {{}}_terms {_WANTED} ORDER BY term, block"
_COUNTS = f"SELECT sum(length(rows)) / 2 FROM source_terms {_WANTED} GROUP BY term"


class _Rows(NamedTuple):
    """What BM25 needs to know of the rows."""

    there: int
    penalty: Vector  # of the length of each row


class Lexicon:
    """The posting lists of one catalog, for scoring. Raises IndexCorrupt when they are damaged."""

    def __init__(self, db: SqliteFile, languages: Sequence[str] = (ENGLISH,)) -> None:
        """Read from db; languages: those of its documents, whose stemmers words are looked up
        by."""
        self._db = db
        self._languages = languages
        self._known: dict[Unit, _Rows] = {}

    def scores(self, unit: Unit, words: Iterable[str]) -> Vector:
        """BM25 of every row, shape (rows,); 0 where none of the words stands. Each term counts
        once.
        """
        about = self._rows(unit)
        scores = np.zeros(len(about.penalty), np.float32)
        keys = json.dumps(sorted(self._terms_of(words)))
        for _, blocks in groupby(self._db.rows(_LISTS.format(unit), keys), key=lambda row: row[0]):
            places, counts = self._list(list(blocks), len(scores))
            idf = math.log1p(max(about.there - len(places) + 0.5, 0) / (len(places) + 0.5))
            scores[places] += np.float32(idf) * counts / (about.penalty[places] + counts)
        return scores

    def _list(
        self, blocks: list[tuple[str, int, bytes, bytes]], size: int
    ) -> tuple[NDArray[np.intp], Vector]:
        """Return the rows and counts of a term, of all blocks at once: of 1,000,000 rows, that
        takes half the time.
        """
        _, numbers, rows, counts = zip(*blocks, strict=True)
        places = self._numbers(b"".join(rows), NUMBER).astype(np.intp)
        weights = self._numbers(b"".join(counts), NUMBER).astype(np.float32)
        whole = len(places) == len(weights)
        if numbers != (0,):
            lengths = [len(block) // 2 for block in rows]
            whole = (
                whole
                and sum(lengths) == len(places)
                and 0 <= min(numbers) <= max(numbers) <= size // BLOCK
            )
            places += np.repeat(np.array(numbers, np.intp) * BLOCK, lengths) if whole else 0
        if not whole or (len(places) and places.max() >= size):
            raise self._db.corrupt("a posting list is damaged")
        return places, weights

    def _terms_of(self, words: Iterable[str]) -> set[str]:
        query_words = list(words)
        keys = set[str]().union(*(variants(word, self._languages) for word in query_words))
        for code in COMPOUNDING.intersection(self._languages):
            for word in query_words:
                keys.update(self._vocabulary.related(stem(word, code)))
        return keys

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(stem for (stem,) in self._db.rows("SELECT stem FROM compounding"))

    def source_frequency(self, word: str) -> int:
        """Return how many sources hold all terms of a word, in the language where most do."""
        return max(self._holders(sorted(variants(word, [code]))) for code in self._languages)

    def _holders(self, keys: list[str]) -> int:
        counts = [count for (count,) in self._db.rows(_COUNTS, json.dumps(keys))]
        return min(counts) if len(counts) == len(keys) > 0 else 0

    def _rows(self, unit: Unit) -> _Rows:
        if unit not in self._known:
            column = self._db.rows("SELECT lengths FROM lengths WHERE terms = ?", f"{unit}_terms")
            lengths = self._numbers(column[0][0] if column else b"?", "<f4").astype(np.float64)
            there = lengths[lengths >= 0]
            mean = there.mean() if there.any() else 1.0
            self._known[unit] = _Rows(
                len(there), (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
            )
        return self._known[unit]

    def _numbers(self, blob: bytes, kind: str) -> NDArray[Any]:
        if len(blob) % int(kind[-1]):
            raise self._db.corrupt("a posting list is damaged")
        return np.frombuffer(blob, kind)


# Languages that write compounds as one word: compounds are found by their parts, and parts by their
# compounds, in the vocabulary of the library's own texts. Fahrplan finds a text that says
# Straßenbahnfahrpläne, and Winterfahrplan one that says Fahrplan.
LEAST_PART = 4  # letters at either end of a compound ...
LEAST_INNER = 6  # ... and within it; shorter ones stand in words that have nothing to do with them
MOST_COMPOUNDS = 32  # compounds that one word stands for, the shortest first
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # between two parts: Arbeit-s-zimmer


class Vocabulary:
    """The stems of a library in compounding languages, as one text of lines: 500,000 have 6 MB."""

    def __init__(self, stems: Iterable[str]) -> None:
        """Keep the stems, which may come in any order."""
        self._lines = "\n".join(["", *sorted(stems), ""])

    def __contains__(self, stem: str) -> bool:
        return f"\n{stem}\n" in self._lines

    def related(self, stem: str) -> list[str]:
        """Return the compounds that have this stem as a part, and the parts that it is made of."""
        if len(stem) < LEAST_PART or not stem.isalpha():
            return []
        compounds = sorted(set(self._compounds(stem)) - {stem}, key=lambda word: (len(word), word))
        return [*compounds[:MOST_COMPOUNDS], *self._parts(stem)]

    def _compounds(self, stem: str) -> Iterator[str]:
        lines = self._lines
        at = lines.find(stem)
        while at >= 0:
            start, end = lines.rfind("\n", 0, at) + 1, lines.find("\n", at)
            at_an_end = start == at or end == at + len(stem)
            if (at_an_end or len(stem) >= LEAST_INNER) and end - start >= len(stem) + LEAST_PART:
                yield lines[start:end]
            at = lines.find(stem, end)

    def _parts(self, stem: str) -> list[str]:
        """Return the two parts of a compound, the longest last one first; [] when it has none."""
        for cut in range(LEAST_PART, len(stem) - LEAST_PART + 1):
            first, last = stem[:cut], stem[cut:]
            if last not in self:
                continue
            heads = (first.removesuffix(link) for link in _LINKS if first.endswith(link))
            head = next((head for head in heads if len(head) >= LEAST_PART and head in self), "")
            if head:
                return [head, last]
        return []
