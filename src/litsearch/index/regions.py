"""Part the map of a library into regions, and name each by words that its titles share.

k-means from far points (the first is the one nearest the middle), so that the same map always has
the same regions. A word counts by how many titles of a region have it, and how few of the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from litsearch.languages import FILLERS
from litsearch.text import terms, words
from litsearch.types import CatalogSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST = 12  # sources of a map that has regions
EACH = 18  # sources that make a region worth a name, on average
MOST = 9
ROUNDS = 20
NAMING = 2  # words of a name


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the map: its middle, how many sources lie in it, and what their titles share."""

    name: str
    x: float
    y: float
    count: int


def regions(sources: Sequence[CatalogSource], spots: NDArray[np.float64]) -> list[Region]:
    """Return the regions of a map, the largest first; none for a few sources.

    spots: shape (n, 2), of the sources in their order.
    """
    if len(sources) < FEWEST:
        return []
    number = min(MOST, max(2, len(sources) // EACH))
    nearest = _partition(spots, number)
    titles = [_terms(source.title) for source in sources]
    overall = Counter(term for title in titles for term in title)

    result: list[Region] = []
    used_terms: set[str] = set()
    for part in range(number):
        rows = np.flatnonzero(nearest == part)
        best = _best([titles[row] for row in rows], overall, len(titles), used_terms)
        name = _phrase(best, [sources[int(row)].title.casefold() for row in rows])
        if name:
            x, y = np.median(spots[rows], axis=0)
            result.append(Region(name, float(x), float(y), len(rows)))
    return sorted(result, key=lambda region: -region.count)


def _partition(spots: NDArray[np.float64], number: int) -> NDArray[np.intp]:
    """Return the part of each spot, shape (n,)."""
    middles = _far_apart(spots, number)
    nearest = np.zeros(len(spots), np.intp)
    for _ in range(ROUNDS):
        nearest = _distances(spots, middles).argmin(axis=1)
        means = middles.copy()
        for part in range(number):
            if (nearest == part).any():
                means[part] = spots[nearest == part].mean(axis=0)
        if np.allclose(means, middles):
            break
        middles = means
    return nearest


def _far_apart(spots: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    first = int(((spots - spots.mean(axis=0)) ** 2).sum(axis=1).argmin())
    places = [first]
    while len(places) < number:
        places.append(int(_distances(spots, spots[places]).min(axis=1).argmax()))
    return spots[places].copy()


def _distances(spots: NDArray[np.float64], middles: NDArray[np.float64]) -> NDArray[np.float64]:
    gaps: NDArray[np.float64] = ((spots[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    return gaps


def _terms(title: str) -> dict[str, str]:
    """Return what the words of a title come to, each with the word as it is written there."""
    shown: dict[str, str] = {}
    for word in words(title):
        stem = " ".join(terms(word))
        if len(stem) > 2 and not stem.isdecimal() and word.lower() not in FILLERS:
            shown.setdefault(stem, word)
    return shown


def _best(
    titles: Sequence[Mapping[str, str]], overall: Counter[str], total: int, used_terms: set[str]
) -> list[str]:
    """Return the words that tell a region's titles from all others; none when nothing does."""
    here = Counter(term for title in titles for term in title)
    weights = {}
    for term, count in here.items():
        share = (overall[term] / total) / (count / len(titles))
        if count > 1 and term not in used_terms and share < 1:
            weights[term] = -count * math.log(share)
    best = sorted(weights, key=lambda term: -weights[term])[:NAMING]
    used_terms.update(best)
    return [_written(term, titles) for term in best]


def _phrase(terms: Sequence[str], titles: Sequence[str]) -> str:
    """Return words as the name of a region: in a row where most titles that have both say so."""
    orders = [list(terms), list(terms)[::-1]]
    parts = [word.casefold() for word in terms]
    both = sum(all(map(title.__contains__, parts)) for title in titles)
    for order in orders[: len(terms)]:
        in_a_row = " ".join(order)
        if 2 * sum(in_a_row.casefold() in title for title in titles) > both:
            return in_a_row
    return " · ".join(terms)


def _written(term: str, titles: Sequence[Mapping[str, str]]) -> str:
    forms = Counter(title[term] for title in titles if term in title)
    return forms.most_common(1)[0][0]
