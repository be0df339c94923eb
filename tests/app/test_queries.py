"""Queries that ask nothing get no hits, and the sentence that says what one can ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers.shelf import Page, make

from litsearch.app.queries import courtesy_reply, unknown_names
from litsearch.index.catalog import Catalog
from litsearch.types import Filters


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    pages = [Page("Hello, harbour", ("Thanks are due to sailors.",)), Page("Tides", ("A sea.",))]
    return make(tmp_path_factory.mktemp("library"), pages).catalog


@pytest.mark.parametrize("query", ["?", "...", "thanks!", "Thank you, that helped", "hi", "👍"])
def test_courtesy_gets_an_invitation(catalog: Catalog, query: str) -> None:
    assert courtesy_reply(query, catalog).startswith("Ask what the 2 works of this library say")


@pytest.mark.parametrize(
    "query",
    [
        *("hello", "Hello there!", "tides", "test", "2019", "no", "C++", "水", "weather forecast"),
        *("thanks to sailors", "translate sea shanties", "what is the time?", "3 + 4"),
    ],
)
def test_what_may_be_meant_is_searched(catalog: Catalog, query: str) -> None:
    assert courtesy_reply(query, catalog) == ""


def test_names_that_no_list_has_are_told(catalog: Catalog, tmp_path: Path) -> None:
    assert unknown_names(Filters(), catalog) == []
    [complaint] = unknown_names(Filters(lists=("nowhere",)), catalog)
    assert complaint.startswith("No list is called 'nowhere'.")
