"""Finds the lines of a PDF that belong to its pages, not to its text: running heads and feet, page
numbers, stamps.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from litsearch.extract.pdf.lines import Line

EDGE = 3  # outermost lines at the top and at the bottom that may be heads and feet
NEAR = 6.0  # points: a running line stands at the same height on every page
RECURRING = 3  # pages
# share of the text: when less would be left, what recurs is the text itself (slides, forms)
LEFT = 0.3
PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I
)
LINE_NUMBER = re.compile(r"\d{1,4}")
COUNTED = 8  # numbers in a row: fewer may be a column of a table
DIGITS = re.compile(r"\d+")
STAMP = re.compile(
    r"arXiv:\d{4}\.\d{4,5}(?:v\d+)?|(?:downloaded|printed) (?:from|by|on) .*|.*\bby guest on \d.*",
    re.I,
)


def without_furniture(pages: list[list[Line]], width: float) -> list[Line]:
    """The lines of all pages in order, without what recurs at their edges and in their margins."""
    running = _running(pages)
    kept = []
    for page in pages:
        edge, numbers = _edge(page), _line_numbers(page)
        mostly_upright = sum(line.upright for line in page) * 2 > len(page)
        for line in page:
            at = _height(line)
            if (
                id(line) in numbers
                or _is_margin(line, width, mostly_upright=mostly_upright)
                or (line.text, at) in running
            ):
                continue
            if id(line) in edge and (_shape(line.text), at) in running:
                continue
            if id(line) in edge and PAGE_NUMBER.fullmatch(line.text) and _stands_alone(line, page):
                continue
            kept.append(line)
    everything = [line for page in pages for line in page]
    return kept if sum(map(_size, kept)) >= LEFT * sum(map(_size, everything)) else everything


def _size(line: Line) -> int:
    return len(line.text)


def _running(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """(text, height) of lines that recur; at the edge of the page other digits do not make another
    line.
    """
    few = 2 if len(pages) <= RECURRING else RECURRING
    most = max(RECURRING, len(pages) // 2)
    written = Counter(line.text for page in pages for line in page)
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    edges: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        edge = _edge(page)
        for line in page:
            if id(line) in edge:
                _note(edges, _shape(line.text), line)
            if written[line.text] >= most:
                _note(seen, line.text, line)
    found = {key for key, where in edges.items() if len(where) >= (few if " " in key[0] else most)}
    return {key for key in found if len(key[0]) > 1} | {
        key for key, where in seen.items() if len(where) >= most
    }


def _note(where: dict[tuple[str, int], set[int]], text: str, line: Line) -> None:
    at = _height(line)
    for height in (at - 1, at, at + 1):
        where[text, height].add(line.page)


def _edge(page: list[Line]) -> set[int]:
    """The outermost lines of a page, as object ids."""
    upright = sorted((line for line in page if line.upright), key=lambda line: line.y)
    return {id(line) for line in upright[:EDGE] + upright[-EDGE:]}


def _line_numbers(page: list[Line]) -> set[int]:
    """The numbers beside the lines of a review copy, as object ids: a column of them that counts
    on.
    """
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in page:
        if line.upright and LINE_NUMBER.fullmatch(line.text):
            columns[round(line.x1 / NEAR)].append(line)
    found: set[int] = set()
    for column in columns.values():
        counted = [int(line.text) for line in sorted(column, key=lambda line: -line.y)]
        steps = {later - earlier for earlier, later in pairwise(counted)}
        left, right = min(line.x0 for line in column), max(line.x1 for line in column)
        beside = sum(line.x0 < right and line.x1 > left for line in page) - len(column)
        if (
            len(column) >= COUNTED
            and len(steps) == 1
            and steps <= {1, 5}
            and beside * 10 <= len(page)
        ):
            found |= {id(line) for line in column}
    return found


def _is_margin(line: Line, width: float, *, mostly_upright: bool) -> bool:
    """Turned text beside the column of an otherwise upright page, or a known stamp."""
    if STAMP.match(line.text) and (not line.upright or len(line.text) < 120):
        return not line.upright or STAMP.fullmatch(line.text) is not None
    return not line.upright and mostly_upright and not 0.08 * width < line.x0 < 0.92 * width


def _stands_alone(line: Line, page: list[Line]) -> bool:
    """No other text on its height: a number in a row of a table is no page number."""
    return not any(
        other is not line and abs(other.y - line.y) < 2 and len(other.text) < 12 for other in page
    )


def _shape(text: str) -> str:
    return " ".join(DIGITS.sub("#", text).split()).casefold()


def _height(line: Line) -> int:
    return round(line.y / NEAR)
