"""Counts the values of every filter over a whole library: what a reader can narrow a question to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from litsearch.index.catalog import Catalog
from litsearch.index.filters import Facts, passes
from litsearch.types import Filters


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
        cleared: dict[str, Any] = {field: ()}
        others = replace(filters, **cleared)
        fields[field] = _count(catalog, others, values_of)
    total = catalog.source_rows(filters)
    unread = catalog.source_rows(replace(filters, unread=True)) or []
    return FacetCounts(len(catalog.sources()) if total is None else len(total), len(unread), fields)


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
