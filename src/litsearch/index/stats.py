"""Describe a generation as a whole: a map with named regions, sources like one, and facet counts.

k-means from far points (the first is the one nearest the middle), so that the same map always has
the same regions. A word counts by how many titles of a region have it, and how few of the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.index.filters import Facts, passes
from litsearch.index.generation import Generation
from litsearch.languages import FILLERS
from litsearch.text import terms, words
from litsearch.types import CatalogSource, Filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix


@lru_cache(maxsize=1)
def places(generation: Generation) -> NDArray[np.float64]:
    """Return every source on a plane, by the first two principal components, shape (n, 2), in [-1,
    1].

    Rows are those of the catalog; the signs are fixed, so that the same library always looks the
    same.
    """
    _, vectors = _live(generation)
    vectors = vectors.astype(np.float64)
    if len(vectors) < 3:
        line = np.linspace(-0.5, 0.5, max(len(vectors), 1))[: len(vectors)]
        return np.column_stack([line, line])

    offsets = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(offsets.T @ offsets)
    plane = offsets @ axes[:, [-1, -2]]
    plane *= np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])

    positions: NDArray[np.float64] = np.round(plane / max(np.abs(plane).max(), 1e-9), 4)
    return positions


def similar(generation: Generation, source_id: str, n: int) -> list[tuple[float, CatalogSource]]:
    """Return the n sources most like one, by the cosine of their vectors, best first. Raises
    KeyError.
    """
    sources, vectors = _live(generation)
    ids = [source.source_id for source in sources]
    if source_id not in ids:
        raise KeyError(source_id)
    place = ids.index(source_id)
    scores = vectors @ vectors[place]
    scores[place] = -2.0
    best = np.argsort(-scores, kind="stable")[:n]
    return [
        (float(scores[place_of_other]), sources[place_of_other])
        for place_of_other in best
        if place_of_other != place
    ]


def _live(generation: Generation) -> tuple[list[CatalogSource], Matrix]:
    """Return the sources in the order of the lists, and their unit vectors.

    The rows of sources that are gone stay in the file until much has gone.
    """
    rows = generation.catalog.sources_at(range(len(generation.sources)))
    return list(rows.values()), _unit(generation.sources[list(rows)])


@lru_cache(maxsize=1)
def tallies(generation: Generation) -> dict[str, list[dict[str, Any]]]:
    """Count sources by year, kind, topic, verdict, list and read state: most first, but years in
    order.
    """
    counts: dict[str, Counter[Hashable]] = {
        name: Counter() for name in ("year", "kind", "topic", "status", "list", "read")
    }
    for row in generation.catalog.sources():
        counts["year"][row.year] += 1
        counts["kind"][row.kind] += 1
        counts["status"][row.verdict.status] += 1
        counts["read"][_read(row)] += 1
        counts["topic"].update({entry.topic for entry in row.entries})
        counts["list"].update({entry.list for entry in row.entries})

    result = {name: _tally(counter) for name, counter in counts.items()}
    result["year"].sort(key=lambda tally: (tally["value"] is None, tally["value"] or ""))
    return result


def _read(row: CatalogSource) -> str:
    """read when any list says so, as the filter for unread ones has it; else unread, or unmarked
    where none says.
    """
    marks = {entry.read for entry in row.entries}
    if True in marks:
        return "read"
    return "unread" if False in marks else "unmarked"


def _tally(counter: Counter[Hashable]) -> list[dict[str, Any]]:
    """Return the values as text, the most frequent first."""
    tally = []
    for value, count in counter.most_common():
        text = None if value is None else str(value)
        tally.append({"value": text, "count": count})
    return tally


def _unit(matrix: Matrix) -> Matrix:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = matrix / np.maximum(lengths, 1e-9)
    return unit


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many sources have each value of a field, under the filters of the other fields."""

    total: int  # sources that pass all filters
    unread: int  # that pass all filters, and that no list marks as read
    fields: Mapping[str, Counter[str]]  # by the names of the fields of Filters


def facet_counts(catalog: Catalog, filters: Filters) -> FacetCounts:
    """Count the values of every filter over the library."""
    fields = {}
    for field, values_of in VALUES.items():
        unset: dict[str, Any] = {field: ()}
        fields[field] = _count(catalog, replace(filters, **unset), values_of)

    rows = catalog.source_rows(filters)
    total = len(catalog.sources()) if rows is None else len(rows)
    unread = catalog.source_rows(replace(filters, unread=True)) or []
    return FacetCounts(total, len(unread), fields)


def _count(
    catalog: Catalog, filters: Filters, values_of: Callable[[Facts], Iterable[str]]
) -> Counter[str]:
    """Count each source once a value, however many entries it has."""
    pairs: set[tuple[str, int]] = set()
    for row, facts in catalog.facts:
        if passes(filters, facts):
            pairs.update((value, row) for value in values_of(facts) if value)
    return Counter(value for value, _ in pairs)


def _hosts(facts: Facts) -> list[str]:
    hosts = []
    for address in facts.addresses[:1]:
        try:
            hosts.append((urlsplit(address).hostname or "").removeprefix("www."))
        except ValueError:
            continue
    return hosts


VALUES: Mapping[str, Callable[[Facts], Iterable[str]]] = {
    "lists": lambda facts: [facts.list],
    "sections": lambda facts: [" > ".join(facts.section)],
    "topics": lambda facts: [facts.topic],
    "authors": lambda facts: facts.authors,
    "years": lambda facts: [str(year) for year in facts.years[:1] if year],
    "kinds": lambda facts: [facts.kind],
    "sites": _hosts,
    "languages": lambda facts: [facts.language],
    "sources": lambda facts: [facts.source],
}


FEWEST_SOURCES = 12  # sources of a map that has regions
SOURCES_A_REGION = 18  # sources that make a region worth a name, on average
MOST_REGIONS = 9
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
    if len(sources) < FEWEST_SOURCES:
        return []
    number = min(MOST_REGIONS, max(2, len(sources) // SOURCES_A_REGION))
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
