"""Lines of a PDF that belong to its pages, not to its text: running heads, page numbers, stamps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from litsearch.extract.pdf.lines import Line
from litsearch.patterns import expression

EDGE = 3  # outermost lines at the top and at the bottom that may be heads and feet
NEAR = 6.0  # points: a running line stands at the same height on every page
RECURRING = 3  # pages
LEFT = 0.3  # share of the text: when less would be left, what recurs is the text (slides, forms)
PAGE_NUMBER = expression(
    r"[-–—|\s]*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*", re.I
)
LINE_NUMBER = expression(r"\d{1,4}")
COUNTED = 8  # numbers in a row: fewer may be a column of a table
STEPS = ({1}, {5})  # what the numbers beside lines count by
ALONE = 10  # lines of a page to one that stands beside its line numbers
LONG_CELL = 12  # characters: no cell of a table of numbers is so long
DIGITS = expression(r"\d+")
STAMP = expression(
    r"arXiv:\d{4}\.\d{4,5}(?:v\d+)?|(?:downloaded|printed) (?:from|by|on) .*|.*\bby guest on \d.*",
    re.I,
)
MAX_STAMP = 120  # characters
MARGIN = 0.08  # of the page's width

Place = tuple[str, int]  # what a line says, and its height on the page


def without_furniture(pages: Sequence[list[Line]], width: float) -> list[Line]:
    """Return the lines of all pages in order, without what recurs at their edges and margins."""
    running = _running(pages)
    text: list[Line] = []
    for page in pages:
        text += _text_lines(page, running, width)
    everything = list(chain.from_iterable(pages))
    return text if _size(text) >= LEFT * _size(everything) else everything


def _size(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _text_lines(page: list[Line], running: set[Place], width: float) -> Iterator[Line]:
    """Yield the lines of a page that are no furniture."""
    edge = _edge(page)
    numbers = _line_numbers(page)
    mostly_upright = sum(line.upright for line in page) * 2 > len(page)

    for line in page:
        if id(line) in numbers or (line.text, _height(line)) in running:
            continue
        if _is_margin(line, width, mostly_upright=mostly_upright):
            continue
        if id(line) in edge and _is_head_or_foot(line, page, running):
            continue
        yield line


def _is_head_or_foot(line: Line, page: Sequence[Line], running: set[Place]) -> bool:
    """Tell a line at the edge that recurs with other digits, or is a page number."""
    if (_shape(line.text), _height(line)) in running:
        return True
    return PAGE_NUMBER.fullmatch(line.text) is not None and _stands_alone(line, page)


def _running(pages: Sequence[list[Line]]) -> set[Place]:
    """Return the lines that recur; at the edge of a page other digits make no other line."""
    most = max(RECURRING, len(pages) // 2)
    return _running_heads(pages, most) | _running_anywhere(pages, most)


def _running_heads(pages: Sequence[list[Line]], most: int) -> set[Place]:
    """Return what recurs at the edges of pages; a single word must recur on most of them."""
    few = 2 if len(pages) <= RECURRING else RECURRING
    where: dict[Place, set[int]] = defaultdict(set)
    for page in pages:
        edge = _edge(page)
        for line in page:
            if id(line) in edge:
                _note(where, _shape(line.text), line)

    heads: set[Place] = set()
    for (shape, height), numbers in where.items():
        needed = few if " " in shape else most
        if len(shape) > 1 and len(numbers) >= needed:
            heads.add((shape, height))
    return heads


def _running_anywhere(pages: Sequence[list[Line]], most: int) -> set[Place]:
    """Return the lines that stand at one height on most pages, wherever that is."""
    written = Counter(line.text for line in chain.from_iterable(pages))
    where: dict[Place, set[int]] = defaultdict(set)
    for line in chain.from_iterable(pages):
        if written[line.text] >= most:
            _note(where, line.text, line)
    return {place for place, numbers in where.items() if len(numbers) >= most}


def _note(where: dict[Place, set[int]], text: str, line: Line) -> None:
    """Note on which page a line stands, at its height and beside it."""
    at = _height(line)
    for height in (at - 1, at, at + 1):
        where[text, height].add(line.page)


def _edge(page: Sequence[Line]) -> set[int]:
    """Return the outermost lines of a page, as object ids."""
    upright = sorted(filter(_is_upright, page), key=lambda line: line.y)
    return set(map(id, upright[:EDGE] + upright[-EDGE:]))


def _is_upright(line: Line) -> bool:
    return line.upright


def _line_numbers(page: Sequence[Line]) -> set[int]:
    """Return the numbers beside the lines of a review copy, as object ids."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in page:
        if line.upright and LINE_NUMBER.fullmatch(line.text):
            columns[round(line.x1 / NEAR)].append(line)

    numbers: set[int] = set()
    for column in columns.values():
        if _counts_on(column) and _has_margin(column, page):
            numbers.update(map(id, column))
    return numbers


def _counts_on(column: Sequence[Line]) -> bool:
    """Tell a column of numbers each of which follows the one above it."""
    counted = [int(line.text) for line in sorted(column, key=lambda line: -line.y)]
    steps = {later - earlier for earlier, later in pairwise(counted)}
    return len(column) >= COUNTED and steps in STEPS


def _has_margin(column: Sequence[Line], page: Sequence[Line]) -> bool:
    """Tell a column that hardly any other line reaches into."""
    left = min(line.x0 for line in column)
    right = max(line.x1 for line in column)
    beside = sum(line.x0 < right and line.x1 > left for line in page) - len(column)
    return beside * ALONE <= len(page)


def _is_margin(line: Line, width: float, *, mostly_upright: bool) -> bool:
    """Tell turned text beside the column of an otherwise upright page, or a known stamp."""
    if STAMP.match(line.text) and (not line.upright or len(line.text) < MAX_STAMP):
        return not line.upright or STAMP.fullmatch(line.text) is not None
    in_column = MARGIN * width < line.x0 < (1 - MARGIN) * width
    return not line.upright and mostly_upright and not in_column


def _stands_alone(line: Line, page: Sequence[Line]) -> bool:
    """Tell a number without text on its height: one in a row of a table is no page number."""
    beside = [other for other in page if other is not line and abs(other.y - line.y) < 2]
    return all(len(other.text) >= LONG_CELL for other in beside)


def _shape(text: str) -> str:
    """Return what stays the same of a running line from page to page."""
    return " ".join(DIGITS.sub("#", text).split()).casefold()


def _height(line: Line) -> int:
    return round(line.y / NEAR)
