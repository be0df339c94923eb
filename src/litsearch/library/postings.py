"""BM25 worked out when the index is written: for each term the rows that hold it, and what it adds to their scores.

Robertson and Zaragoza 2009, with Lucene's idf, which is never negative; the factor k1 + 1, common to all, is left out.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np

from litsearch.library.terms import terms

# On 176 development questions k1 0.9 to 2 and b 0.4 to 0.75 were within three questions of each other.
K1 = 1.5
B = 0.75


class Postings:
    """Gathers the texts of row after row, then gives one posting list a term."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._counts: dict[str, array[float]] = {}
        self._lengths = array("d")

    def add(self, fields: Iterable[tuple[str, float]]) -> None:
        """Append a row: texts with weights; a term in a field of weight 2 counts as if it stood there twice."""
        counts: Counter[str] = Counter()
        for text, weight in fields:
            for term, count in Counter(terms(text)).items():
                counts[term] += count * weight  # type: ignore[assignment] # a Counter may hold floats
        row = len(self._lengths)
        for term, weighted in counts.items():
            if term not in self._rows:
                self._rows[term], self._counts[term] = array("I"), array("f")
            self._rows[term].append(row)
            self._counts[term].append(weighted)
        self._lengths.append(float(sum(counts.values())))

    def lists(self) -> Iterator[tuple[str, bytes, bytes]]:
        """(term, rows as little-endian uint32, impacts as little-endian float32), by term."""
        lengths = np.asarray(self._lengths)
        mean = lengths.mean() if lengths.size and lengths.any() else 1.0
        penalty = K1 * (1 - B + B * lengths / mean)
        for term in sorted(self._rows):
            rows = np.asarray(self._rows[term])
            counts = np.asarray(self._counts[term], np.float64)
            idf = np.log1p((len(lengths) - len(rows) + 0.5) / (len(rows) + 0.5))
            impacts = idf * counts / (counts + penalty[rows])
            yield term, rows.astype("<u4").tobytes(), impacts.astype("<f4").tobytes()
