"""Paragraphs of a PDF to blocks: joined over columns and pages, under their headings, with their
roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from litsearch.extract.blocks import Block, clean, reading_size
from litsearch.extract.pdf.headings import CAPTION, REFERENCES, SENTENCE_END, Candidate, levels
from litsearch.extract.pdf.lines import BREAK, Line
from litsearch.extract.pdf.paragraphs import (
    FORMULA_GAP,
    ITEM,
    body_size,
    leadings,
    paragraphs,
    rows_of,
)
from litsearch.extract.pdf.words import Words
from litsearch.types import Role

WORDY = re.compile(r"\W?[^\W\d_]{3,}\W{0,2}")
# Chinese and Japanese, with their punctuation: no space parts their lines.
UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
MAX_FORMULA = 250  # characters
FRAGMENT = 45  # characters: shorter lines without a sentence are labels, cells or parts of formulas


@dataclass(slots=True)
class _Part:
    """Lines that belong together."""

    lines: list[Line]
    text: str
    role: Role = "text"
    level: int | None = None  # of a heading


def blocks_of(lines: Sequence[Line], words: Words, outline: dict[str, int]) -> list[Block]:
    """The blocks of a document. outline: letters of a heading -> its level from 1."""
    rows = list(rows_of(lines))
    body = body_size(rows)
    leading = leadings(rows)
    parts = [_Part(group, words.mend(_joined(group))) for group in paragraphs(rows, leading)]
    _mark_headings(parts, body, outline)
    return list(_with_paths(_fragments_joined(_continued(parts, words, leading), words)))


def _mark_headings(parts: list[_Part], body: float, outline: dict[str, int]) -> None:
    below: list[_Part | None] = [*parts[1:], None] if parts else []
    candidates = [
        Candidate(
            part.text,
            part.lines,
            next_part is not None and (not _is_fragment(next_part) or next_part.lines[0].bold),
        )
        for part, next_part in zip(parts, below, strict=True)
    ]
    for part, level in zip(parts, levels(candidates, body, outline), strict=True):
        part.level = level


def _joined(group: Sequence[Line]) -> str:
    """The text of a group, its lines run together."""
    return _run_together([line.text for line in group])


def _run_together(texts: Sequence[str]) -> str:
    """Texts with one space between them, none after a hyphen and where the script sets none."""
    pieces = []
    for text, following in pairwise([*texts, ""]):
        unspaced = UNSPACED.match(text[-1:]) and UNSPACED.match(following[:1])
        pieces.append(text if unspaced or text.endswith(BREAK) else f"{text} ")
    return "".join(pieces).strip()


def _continued(parts: list[_Part], words: Words, leading: dict[float, float]) -> list[_Part]:
    """Paragraphs that go on below a formula or in the next column or page, joined over what stands
    between.
    """
    done: list[_Part] = []
    open_parts: dict[float, int] = {}  # size of the print -> where its unfinished paragraph stands
    for part in parts:
        size = _size(part)
        prose = part.level is None and not CAPTION.match(part.text)
        at = open_parts.get(size)
        between = done[at + 1 :] if at is not None else []
        if (
            prose
            and at is not None
            and _goes_on(done[at], part)
            and all(_may_interrupt(other, size) for other in between)
        ):
            if _is_display(done[at], between, part, leading):
                done[at + 1 :] = []
                open_parts = {other: index for other, index in open_parts.items() if index <= at}
                part = _glued([done[at], *between, part], words)
            else:
                part = _glued([done[at], part], words)
            done[at] = part
            continue
        done.append(part)
        if part.level is not None:
            open_parts.clear()
        elif prose and not _is_fragment(part):
            open_parts[size] = len(done) - 1
    return done


def _size(part: _Part) -> float:
    """The size of most of a part."""
    return max(part.lines, key=lambda line: len(line.text)).size


def _may_interrupt(part: _Part, size: float) -> bool:
    """Formulas, figures, captions and footnotes stand between two halves of a paragraph; other
    paragraphs do not.
    """
    return _is_fragment(part) or CAPTION.match(part.text) is not None or _size(part) < size


def _glued(parts: list[_Part], words: Words) -> _Part:
    lines = [line for part in parts for line in part.lines]
    return _Part(lines, words.mend(_run_together([part.text for part in parts])))


def _is_display(
    first: _Part, between: list[_Part], second: _Part, leading: dict[float, float]
) -> bool:
    """True when a short formula stands on lines of its own between two halves of a sentence."""
    end, begin = first.lines[-1], second.lines[0]
    if (
        end.page != begin.page
        or not between
        or sum(len(part.text) for part in between) > MAX_FORMULA
    ):
        return False
    return end.y - begin.y > FORMULA_GAP * leading.get(begin.size, 1.25 * begin.size)


def _goes_on(first: _Part, second: _Part) -> bool:
    """An unfinished sentence, and a piece that cannot begin one."""
    end, begin = first.lines[-1], second.lines[0]
    if (
        begin.page - end.page not in (0, 1)
        or SENTENCE_END.search(first.text)
        or _is_fragment(second)
    ):
        return False
    if second.text[:1].islower() or first.text[-1:] in ("-", BREAK):
        return True
    below = begin.page == end.page and begin.y <= end.y and begin.x0 < end.x1
    return not below and len(second.text) > FRAGMENT and not ITEM.match(second.text)


def _fragments_joined(parts: list[_Part], words: Words) -> Iterator[_Part]:
    """Labels of figures, cells of tables and pieces of formulas, each run as one part with role
    "table".
    """
    run: list[_Part] = []
    for part in parts:
        if part.level is None and _is_fragment(part):
            run.append(part)
            continue
        if run:
            yield _merged(run, words)
            run = []
        yield part
    if run:
        yield _merged(run, words)


def _is_fragment(part: _Part) -> bool:
    return _looks_like_fragment(part.text)


@lru_cache(maxsize=10_000)  # asked four times of each part
def _looks_like_fragment(text: str) -> bool:
    if CAPTION.match(text) or (ITEM.match(text) and len(text) > FRAGMENT):
        return False
    if not text.isascii() and len(UNSPACED.findall(text)) * 3 > len(text):
        return reading_size(text) < FRAGMENT and not SENTENCE_END.search(text)
    if len(text) < FRAGMENT and not (
        SENTENCE_END.search(text) and " " in text and re.search(r"[^\W\d_]{3}", text)
    ):
        return True
    tokens = text.split()
    return sum(1 for token in tokens if "-" in token or WORDY.fullmatch(token)) * 4 < len(tokens)


def _merged(run: list[_Part], words: Words) -> _Part:
    return _Part(
        [line for part in run for line in part.lines],
        "\n".join(words.mend(line.text) for part in run for line in part.lines),
        "table",
    )


def _with_paths(parts: Iterator[_Part]) -> Iterator[Block]:
    path: list[tuple[int, str]] = []
    references = 0
    for part in parts:
        text = clean(part.text)
        if part.level is not None:
            path = [above for above in path if above[0] < part.level] + [(part.level, text)]
            references = (
                part.level
                if REFERENCES.fullmatch(text)
                else 0
                if part.level <= (references or 9)
                else references
            )
        role: Role = "references" if references and part.level is None else part.role
        if part.level is None and role == "text" and CAPTION.match(text):
            role = "caption"
        if text:
            yield Block(text, tuple(heading for _, heading in path), part.lines[0].page, role)
