"""Put rows together whose words hold the sign between cells: "Lee, A.; Ray, B.;Titel;2019"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.columns import Role
from litsearch.lists.fields import date_year
from litsearch.lists.urls import as_url

MAX_SURPLUS = 12  # cells more than columns; a row with more is left as it is
_ONE_CELL: Sequence[Role] = ("url", "doi", "year", "read", "file")


def fitted(roles: Sequence[Role], cells: Sequence[str]) -> Sequence[str]:
    """Return a row with as many cells as there are columns, some of several cells.

    Addresses and years must come to stand in their columns; a column of authors takes all cells
    that are authors. The row as it is where no cells can be put together so.
    """
    if len(cells) - len(roles) > MAX_SURPLUS:
        return cells

    @cache
    def row(column: int, start: int) -> tuple[str, ...] | None:
        """Return the cells of the columns from this one on, or None when they do not fit."""
        if column == len(roles):
            return () if start == len(cells) else None
        most = len(cells) - start - (len(roles) - column) + 1
        for width in _widths(roles[column], most):
            parts = cells[start : start + width]
            rest = row(column + 1, start + width) if _fit(roles[column], parts) else None
            if rest is not None:
                return ("; ".join(map(str.strip, parts)), *rest)
        return None

    return row(0, 0) or cells


def _widths(role: Role, most: int) -> Iterable[int]:
    """Return how many cells a column may have, the likeliest first."""
    if role in _ONE_CELL:
        return range(1, min(most, 1) + 1)
    return range(most, 0, -1) if role == "authors" else range(1, most + 1)


def _fit(role: Role, parts: Sequence[str]) -> bool:
    """Tell whether cells can be one of a column."""
    text = parts[0].strip()
    if role == "url":
        return not text or as_url(text) is not None
    if role == "year":
        return not text or date_year(text) is not None
    if role == "authors" and len(parts) > 1:
        return all(map(_is_inverted, parts))
    return not any(map(as_url, map(str.strip, parts)))


def _is_inverted(part: str) -> bool:
    return "," in part and bool(all_authors(part))
