"""New posting lists when a few rows changed, without counting the words of all others again.

The lists hold weights, not counts; but the counts were whole numbers, so they can be worked back from the weights, and
whoever works the weights out from them again sees whether that was right: every bit must be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from litsearch.library.postings import K1, B
from litsearch.library.terms import terms

Lists = Iterator[tuple[str, bytes, bytes]]
Counts = dict[str, float]
Floats = NDArray[np.float64]
_ROUNDS = 200  # of halving; 60 are enough for all the digits there are


class _Table(NamedTuple):
    """Posting lists end to end: what each term adds to each row."""

    terms: list[str]
    sizes: NDArray[np.int64]  # rows of each term
    rows: NDArray[np.int64]
    values: Floats  # weights, or counts


def reweighed(stored: Sequence[tuple[str, bytes, bytes]], rows: int, changed: Mapping[int, Counts]) -> Lists | None:
    """The lists with new counts for some rows; None when the stored weights do not give all counts back.

    stored: (term, rows, weights), by term. rows: how many there are; changed: the counts of those that are new.
    """
    table = _table(stored)
    counts = _counts(table, rows)
    if counts is None:
        return None
    return _lists(_replaced(table._replace(values=counts), changed), rows)


def count_terms(fields: Sequence[str], weights: Sequence[float]) -> Counts:
    """How often each term stands in a row's texts, by their weights."""
    counts: Counts = {}
    for text, weight in zip(fields, weights, strict=False):
        for term, count in Counter(terms(text)).items():
            counts[term] = counts.get(term, 0.0) + count * weight
    return counts


def _table(stored: Sequence[tuple[str, bytes, bytes]]) -> _Table:
    rows = [np.frombuffer(one, "<u4") for _, one, _ in stored]
    weights = np.frombuffer(b"".join(one for _, _, one in stored), "<f4").astype(np.float64)
    sizes = np.array([len(one) for one in rows], np.int64)
    places = np.concatenate(rows).astype(np.int64) if rows else np.empty(0, np.int64)
    return _Table([term for term, *_ in stored], sizes, places, weights)


def _idf(table: _Table, rows: int) -> Floats:
    """Of the term of each place, as Postings has it."""
    idf: Floats = np.log1p((rows - table.sizes + 0.5) / (table.sizes + 0.5))
    return np.repeat(idf, table.sizes)


def _penalty(lengths: Floats) -> Floats:
    mean = lengths.mean() if lengths.size and lengths.any() else 1.0
    penalty: Floats = K1 * (1 - B + B * lengths / mean)
    return penalty


def _sums(places: NDArray[np.int64], values: Floats, rows: int) -> Floats:
    return np.bincount(places, values, rows).astype(np.float64)


def _counts(table: _Table, rows: int) -> Floats | None:
    """The counts behind the weights: weight = idf * count / (count + penalty of the row)."""
    idf = _idf(table, rows)
    share = table.values / idf
    if not len(share) or share.max() >= 1:
        return None
    ratio = share / (1 - share)  # count / penalty
    sums = _sums(table.rows, ratio, rows)
    guessed = _lengths(sums)
    counts = np.rint(ratio * _penalty(guessed)[table.rows])
    penalty = _penalty(_sums(table.rows, counts, rows))
    again = (idf * counts / (counts + penalty[table.rows])).astype("<f4")
    return counts if (again == table.values.astype("<f4")).all() else None


def _lengths(sums: Floats) -> Floats:
    """The lengths of the rows, from the sums of count / penalty: length = sum * K1 * (1 - B + B * length / mean).

    The mean for which the lengths have that mean is found by halving.
    """
    slope, base = sums * K1 * B, sums * K1 * (1 - B)
    low = float(slope.max())
    high = low + float(base.sum()) + 1.0

    for _ in range(_ROUNDS):
        mean = (low + high) / 2
        if (base / np.maximum(1 - slope / mean, 1e-12)).mean() > mean:
            low = mean
        else:
            high = mean
    lengths: Floats = base / np.maximum(1 - slope / high, 1e-12)
    return lengths


def _replaced(table: _Table, changed: Mapping[int, Counts]) -> _Table:
    """The table with other counts in some rows, by term and row."""
    kept = ~np.isin(table.rows, list(changed))
    numbers = np.repeat(np.arange(len(table.terms)), table.sizes)[kept]
    known = {table.terms[number] for number in np.unique(numbers)}
    names = sorted(known.union(*changed.values()))
    place = {term: number for number, term in enumerate(names)}
    moved = np.array([place.get(term, -1) for term in table.terms], np.int64)[numbers]
    more = [(place[term], row, count) for row, counts in changed.items() for term, count in counts.items()]
    extra = np.array(more, np.float64).reshape(-1, 3)
    numbers = np.concatenate([moved, extra[:, 0].astype(np.int64)])
    rows = np.concatenate([table.rows[kept], extra[:, 1].astype(np.int64)])
    values = np.concatenate([table.values[kept], extra[:, 2]])
    order = np.lexsort((rows, numbers))
    return _Table(names, np.bincount(numbers, minlength=len(names)), rows[order], values[order])


def _lists(table: _Table, rows: int) -> Lists:
    penalty = _penalty(_sums(table.rows, table.values, rows))
    weights = (_idf(table, rows) * table.values / (table.values + penalty[table.rows])).astype("<f4").tobytes()
    places = table.rows.astype("<u4").tobytes()
    ends = 4 * np.cumsum(table.sizes)
    for term, size, end in zip(table.terms, (4 * table.sizes).tolist(), ends.tolist(), strict=True):
        yield term, places[end - size : end], weights[end - size : end]
