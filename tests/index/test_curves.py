"""The curves are a picture: well-formed, all of it within the frame, and points where their values
are.
"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from index.curves import HEIGHT, PANELS, WIDTH, drawn

NAMES = [name for lines in PANELS.values() for name in lines.values()]
SVG = "{http://www.w3.org/2000/svg}"


def points(svg: str) -> list[list[tuple[float, float]]]:
    lines = ElementTree.fromstring(svg).iter(f"{SVG}polyline")
    return [
        [tuple(map(float, one.split(","))) for one in line.get("points", "").split()]
        for line in lines
    ]


@pytest.mark.parametrize("sizes", [(2000,), (2000, 1_000_000), (1, 10, 100)])
def test_every_line_has_a_point_a_size_within_its_frame(sizes: tuple[int, ...]) -> None:
    rows = [{"passages": size, **dict.fromkeys(NAMES, size**0.5)} for size in sizes]
    found = points(drawn(rows[::-1]))
    assert len(found) == len(NAMES)
    for line in found:
        assert len(line) == len(sizes)
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in line)
        assert line == sorted(line)


def test_what_grows_tenfold_takes_as_much_room_anywhere() -> None:
    rows = [
        {"passages": size, **dict.fromkeys(NAMES, size / 7)} for size in (1000, 10_000, 100_000)
    ]
    for (x1, y1), (x2, y2), (x3, y3) in points(drawn(rows)):
        assert x2 - x1 == pytest.approx(x3 - x2, abs=0.2)
        assert y1 - y2 == pytest.approx(y2 - y3, abs=0.2)
        assert y1 > y2 > y3
