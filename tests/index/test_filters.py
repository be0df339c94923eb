"""Filters by what the lists and the page say of a source."""

from __future__ import annotations

import pytest

from litsearch.index.filters import Facts, passes
from litsearch.types import Filters

FACTS = Facts(
    kind="paper",
    list="config/lists/sea.md",
    topic="Oceans",
    read=0,
    section=("Nature", "Water"),
    authors=("Ada Byron", "Šime Ćurić"),
    years=(1843, None),
    titles=("All of Tides", "The sea"),
    addresses=("https://www.example.org/tides/high?x=1", "http://[bad"),
    language="en",
    source="a1b2",
)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(sections=("water",)),
        Filters(sections=("nature > wat",)),
        Filters(authors=("byron", "nobody")),
        Filters(authors=("ĆURIĆ",)),
        Filters(years=(1843,)),
        Filters(years=(1999, 1843)),
        Filters(sites=("example.org",)),
        Filters(sites=("www.Example.org",)),
        Filters(sites=("https://example.org/tides",)),
        Filters(sites=("org",)),
        Filters(titles=("tides",)),
        Filters(titles=("THE SEA",)),
        Filters(languages=("de", "en")),
        Filters(sources=("a1b2", "c3d4"), topics=("oceans",)),
        Filters(
            kinds=("paper",),
            years=(1843,),
            sites=("example.org",),
            authors=("ada",),
            sections=("water",),
        ),
    ],
)
def test_passes(filters: Filters) -> None:
    assert passes(filters, FACTS)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(sections=("fire",)),
        Filters(authors=("byron jones",)),
        Filters(years=(1844,)),
        Filters(sites=("ample.org",)),
        Filters(sites=("example.org/tide",)),
        Filters(sites=("example.org/tides/low",)),
        Filters(sites=("",)),
        Filters(sites=("/",)),
        Filters(titles=("bread",)),
        Filters(languages=("de",)),
        Filters(sources=("a1b",)),
        Filters(sources=("a1b2",), languages=("de",)),
        Filters(kinds=("paper",), years=(1844,)),
        Filters(authors=("ada",), sections=("fire",)),
    ],
)
def test_does_not_pass(filters: Filters) -> None:
    assert not passes(filters, FACTS)
