"""The map's regions: named by what titles share, the same each time, none for a few sources."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.index.stats import FEWEST_SOURCES, MOST_REGIONS, regions

SUBJECTS = ["Peat in moors", "Kelp and otters", "The key-value cache"]


def sources_of(titles: list[str]) -> Any:
    return [SimpleNamespace(title=title) for title in titles]


def test_three_heaps_are_three_regions_named_by_their_titles() -> None:
    random = np.random.default_rng(7)
    middles = np.array([[-0.8, 0.0], [0.8, 0.5], [0.2, -0.9]])
    titles = [f"{subject}, part {n}" for subject in SUBJECTS for n in range(18)]
    spots = np.repeat(middles, 18, axis=0) + random.normal(0, 0.05, (54, 2))
    found = {region.name: region for region in regions(sources_of(titles), spots)}
    assert set(found) == {"Peat · moors", "Kelp · otters", "key-value cache"}
    for name, middle in zip(["Peat · moors", "Kelp · otters"], middles, strict=False):
        assert (found[name].x, found[name].y) == pytest.approx(middle, abs=0.1)
        assert found[name].count == 18


@given(st.lists(st.text(max_size=30), max_size=80), st.integers(0, 3))
def test_any_titles_make_regions_within_the_map(titles: list[str], seed: int) -> None:
    spots = np.random.default_rng(seed).uniform(-1, 1, (len(titles), 2))
    found = regions(sources_of(titles), spots)
    assert found == regions(sources_of(titles), spots)
    assert len(found) <= (MOST_REGIONS if len(titles) >= FEWEST_SOURCES else 0)
    assert all(-1 <= region.x <= 1 and -1 <= region.y <= 1 for region in found)
    assert sum(region.count for region in found) <= len(titles)
    assert all(region.name for region in found)


def test_sources_in_one_place_are_no_fault() -> None:
    assert len(regions(sources_of(["Peat"] * 40), np.zeros((40, 2)))) <= 1
