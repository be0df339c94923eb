"""Lines of a PDF to paragraphs: rows put together, gaps and indents read."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from litsearch.extract.pdf.headings import MAX_HEADING, NUMBERED, SENTENCE_END
from litsearch.extract.pdf.lines import BREAK, Line

ITEM = re.compile(r"(?:[•◦▪●○■‣∙*–]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\[\d{1,3}\]\s)")
ENTRY = re.compile(r"\[[\w+]{1,12}\]\s|\d{1,3}\.\s")
WIDE_GAP = 1.3  # of the usual distance of two lines: more opens a paragraph
INDENT = 0.8  # of the font's size
SHORT_END = 0.85  # of the column's width: a sentence that ends before it ends its paragraph
FORMULA_GAP = 1.7  # of the usual distance: what large signs in a line may add
SPACE = 0.12  # of the font's size: a wider gap on a row is a space
SIZE_CHANGE = 0.06


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def rows_of(lines: Sequence[Line]) -> Iterator[Line]:
    """Raised and lowered marks, and cells of one row, put together with the line they stand in."""
    row: Line | None = None
    for line in lines:
        if row is not None and _same_row(row, line):
            gap = "" if line.x0 - row.x1 < SPACE * line.size or row.text.endswith(BREAK) else " "
            main = row if len(row.text) >= len(line.text) else line
            row = replace(
                row,
                text=row.text + gap + line.text,
                x1=max(row.x1, line.x1),
                y=main.y,
                size=main.size,
            )
            continue
        if row is not None:
            yield row
        row = line
    if row is not None:
        yield row


def leadings(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of two lines for each size."""
    steps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        step = above.y - below.y
        if (
            above.page == below.page
            and above.size == below.size
            and 0.8 * above.size < step < 2.2 * above.size
        ):
            steps[above.size].append(step)
    return {size: statistics.median_low(found) for size, found in steps.items() if len(found) >= 3}


def paragraphs(lines: Sequence[Line], leading: dict[float, float]) -> Iterator[list[Line]]:
    """Runs of lines without a sign of a new paragraph between them."""
    group: list[Line] = []
    for line in lines:
        if group and _opens(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _same_row(row: Line, line: Line) -> bool:
    if row.page != line.page or row.upright != line.upright:
        return False
    near = abs(row.y - line.y) < 0.6 * max(line.size, row.size)
    return near and line.x0 >= row.x1 - 0.3 * line.size - 1


def _opens(group: list[Line], line: Line, leading: dict[float, float]) -> bool:
    """True when a line begins a paragraph of its own."""
    above = group[-1]
    if line.page != above.page or line.upright != above.upright:
        return True
    step = above.y - line.y
    usual = leading.get(above.size, 1.25 * above.size)
    going_on = (
        line.text[:1].islower()
        and SENTENCE_END.search(above.text) is None
        and line.size == above.size
    )
    if step < -0.5 * line.size or step > (FORMULA_GAP if going_on else WIDE_GAP) * usual:
        return True
    if (
        abs(line.size - above.size) > SIZE_CHANGE * max(line.size, above.size)
        and min(len(line.text), len(above.text)) > 3
    ):
        return True
    if ITEM.match(line.text) and line.x0 <= group[0].x0 + INDENT * line.size:
        return True
    if (
        line.bold != above.bold
        and len(group) == 1
        and len(above.text) < MAX_HEADING
        and above.bold
        and not above.text.endswith("-")
    ):
        return NUMBERED.match(above.text) is not None or above.x1 - above.x0 < 0.8 * max(
            1.0, line.x1 - line.x0
        )
    return _new_paragraph(group, line)


def _new_paragraph(group: list[Line], line: Line) -> bool:
    """Signs of the margins: an indented first line, a hanging one, a short last line."""
    above = group[-1]
    indent = line.x0 - above.x0
    ended = SENTENCE_END.search(above.text) is not None
    indented = indent > INDENT * line.size
    if len(group) > 1 and indented and INDENT * line.size < line.x0 - _left(group) < 5 * line.size:
        return True
    hanging = len(group) > 1 and group[1].x0 - group[0].x0 > INDENT * line.size
    if hanging and line.x0 < group[1].x0 - INDENT * line.size:
        return True
    if (
        len(group) == 1
        and indented
        and ended
        and not ITEM.match(above.text)
        and not ENTRY.match(above.text)
    ):
        return True
    if ENTRY.match(line.text) and ENTRY.match(group[0].text):
        return True
    if not (ended and line.text[:1].isupper()):
        return False
    left, right = _left(group), max(other.x1 for other in [*group, line])
    return above.x1 - left < SHORT_END * (right - left)


def _left(group: list[Line]) -> float:
    return min(other.x0 for other in group)
