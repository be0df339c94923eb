"""Many sources: all of them indexed, with bounded memory, and a second build costs conditional
requests only.
"""

from __future__ import annotations

from pathlib import Path

import endurance
import fakeweb
import pytest

SOURCES = 150


@pytest.mark.slow
def test_many_sources(tmp_path: Path) -> None:
    with fakeweb.serve() as web:
        endurance.make_library(tmp_path / "library", web, SOURCES)
        first, second = (endurance.build(tmp_path / "library", web) for _ in range(2))
    assert first.report["sources"]["indexed"] == SOURCES
    assert (first.asked, first.conditional) == (SOURCES, 0)
    assert (second.asked, second.conditional) == (SOURCES, SOURCES)
    assert second.report["sources"]["unchanged"] == SOURCES
    assert second.report["passages"]["embedded"] == 0
    assert (
        second.seconds < 0.5 * first.seconds
    )  # of 1,000 it is below a tenth; starting the program takes its part here
    assert 0 <= first.memory < 4 * 2**30
