"""Draws what grows with a library: a small diagram for each measure, both axes logarithmic, as one
SVG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Row = Mapping[str, float]
PANELS = {  # a title, and what is drawn in it
    "warm search, ms": {"median": "warm_ms"},
    "cold search, s": {"a whole command": "cold_s"},
    "one article added, s": {"a rebuild": "article_s"},
    "bytes a passage": {"everything": "bytes", "vectors of passages": "vector_bytes"},
}
COLOURS = ("#2a7ab9", "#c2702d")  # told from white as from black by 3 : 1 and more
WIDTH, HEIGHT, GAP = 250, 150, 62
STYLE = (
    "<style>text{fill:#333}.frame{stroke:#bbb}.ground{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}.frame{stroke:#555}.ground{fill:#111}}</style>"
)


def drawn(rows: Sequence[Row]) -> str:
    """The SVG of these measurements, each with its passages and a number for every line of PANELS."""
    rows = sorted(rows, key=lambda row: row["passages"])
    width, height = 2 * (WIDTH + GAP) + 20, 2 * (HEIGHT + GAP) + 14
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">{STYLE}'
    ]
    parts.append('<rect class="ground" width="100%" height="100%"/>')
    for place, (title, lines) in enumerate(PANELS.items()):
        across, down = place % 2, place // 2
        parts.append(
            f'<g transform="translate({GAP - 10 + across * (WIDTH + GAP)} {34 + down * (HEIGHT + GAP)})">'
        )
        parts += _panel(title, lines, rows)
        parts.append("</g>")
    return "".join([*parts, "</svg>\n"])


def _panel(title: str, lines: Mapping[str, str], rows: Sequence[Row]) -> list[str]:
    """One diagram, WIDTH by HEIGHT, its corner at 0 0."""
    across, columns = _axis([row["passages"] for row in rows], 0, WIDTH)
    up, levels = _axis([row[name] for name in lines.values() for row in rows], HEIGHT, 0)
    parts = [f'<text y="-14" font-weight="bold">{title}</text>']
    for level in levels:
        parts.append(f'<path class="frame" d="M0 {up(level):.1f}H{WIDTH}"/>')
        parts.append(
            f'<text x="-5" y="{up(level) + 4:.1f}" text-anchor="end">{_short(level)}</text>'
        )
    for column in columns:
        parts.append(f'<path class="frame" d="M{across(column):.1f} 0V{HEIGHT}"/>')
        parts.append(
            f'<text x="{across(column):.1f}" y="{HEIGHT + 14}" text-anchor="middle">{_short(column)}</text>'
        )
    for colour, (label, name) in zip(COLOURS, lines.items(), strict=False):
        points = [(across(row["passages"]), up(row[name])) for row in rows]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        if len(lines) > 1:
            x, y = points[0]
            parts.append(
                f'<text x="{x + 5:.1f}" y="{y - 6:.1f}" style="fill:{colour}">{label}</text>'
            )
    return parts


def _axis(
    values: Sequence[float], begin: float, end: float
) -> tuple[Callable[[float], float], list[float]]:
    """Where a value stands on a logarithmic axis of whole decades from begin to end, and the
    decades.
    """
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)

    def place(value: float) -> float:
        return begin + (math.log10(value) - low) / (high - low) * (end - begin)

    return place, [10.0**power for power in range(low, high + 1)]


def _short(number: float) -> str:
    """1 000 000 as 1M, 10 000 as 10k."""
    for size, mark in ((1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:g}{mark}"
    return f"{number:g}"
