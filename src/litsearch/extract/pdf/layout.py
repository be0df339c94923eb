"""Paragraphs of a PDF to blocks: joined over columns and pages, under headings, with roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from litsearch.extract.blocks import Block, clean, reading_size
from litsearch.extract.pdf.headings import CAPTION, REFERENCES, SENTENCE_END, Candidate, levels
from litsearch.extract.pdf.lines import BREAK, Line
from litsearch.extract.pdf.paragraphs import (
    FORMULA_GAP,
    ITEM,
    Words,
    body_size,
    leadings,
    paragraphs,
    rows_of,
    usual_leading,
)
from litsearch.patterns import expression
from litsearch.types import Role

WORD = expression(r"[^\W\d_]{3}")
WORDY = expression(r"\W?[^\W\d_]{3,}\W{0,2}")
# Chinese and Japanese, with their punctuation: no space parts their lines.
UNSPACED = expression("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
MAX_FORMULA = 250  # characters
FRAGMENT = 45  # characters: shorter lines without a sentence are labels, cells, parts of formulas


@dataclass(slots=True)
class _Part:
    """Lines that belong together."""

    lines: list[Line]
    text: str
    role: Role = "text"
    level: int | None = None  # of a heading

    @property
    def size(self) -> float:
        """The size of most of the print."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def is_caption(self) -> bool:
        """True for what stands below a figure or above a table."""
        return CAPTION.match(self.text) is not None

    @property
    def is_fragment(self) -> bool:
        """True for labels, cells and pieces of formulas."""
        return _looks_like_fragment(self.text)


def blocks_of(lines: Sequence[Line], words: Words, outline: dict[str, int]) -> list[Block]:
    """Return the blocks of a document. outline: letters of a heading -> its level from 1."""
    rows = list(rows_of(lines))
    leading = leadings(rows)
    parts = [_Part(group, words.mend(_joined(group))) for group in paragraphs(rows, leading)]
    _mark_headings(parts, body_size(rows), outline)
    continued = _Continuation(words, leading).join(parts)
    return list(_with_paths(_fragments_joined(continued, words)))


def _mark_headings(parts: list[_Part], body: float, outline: dict[str, int]) -> None:
    """Give the parts that are headings their level."""
    candidates = []
    for part, below in zip(parts, [*parts[1:], None], strict=False):
        opens = below is not None and (not below.is_fragment or below.lines[0].bold)
        candidates.append(Candidate(part.text, part.lines, opens))

    for part, level in zip(parts, levels(candidates, body, outline), strict=True):
        part.level = level


def _joined(group: Sequence[Line]) -> str:
    """Return the text of a group, its lines run together."""
    return _run_together([line.text for line in group])


def _run_together(texts: Sequence[str]) -> str:
    """Join texts with a space, but after a hyphen and where the script sets none."""
    pieces = []
    for text, following in pairwise([*texts, ""]):
        unspaced = UNSPACED.match(text[-1:]) and UNSPACED.match(following[:1])
        pieces.append(text if unspaced or text.endswith(BREAK) else f"{text} ")
    return "".join(pieces).strip()


class _Continuation:
    """Joins paragraphs that go on below a formula, or in the next column or page."""

    def __init__(self, words: Words, leading: dict[float, float]) -> None:
        self._words = words
        self._leading = leading
        self._parts: list[_Part] = []
        # size of the print -> where its unfinished paragraph stands
        self._open: dict[float, int] = {}

    def join(self, parts: Iterable[_Part]) -> list[_Part]:
        """Return the parts, those that go on joined over what stands between."""
        for part in parts:
            at = self._continued_by(part)
            if at is None:
                self._add(part)
            else:
                self._extend(at, part)
        return self._parts

    def _continued_by(self, part: _Part) -> int | None:
        """Return where the paragraph stands that a part goes on with; None when it begins one."""
        at = self._open.get(part.size)
        if at is None or not _is_prose(part) or not _goes_on(self._parts[at], part):
            return None
        between = self._parts[at + 1 :]
        if all(_may_interrupt(other, part.size) for other in between):
            return at
        return None

    def _add(self, part: _Part) -> None:
        """Add a part that begins something of its own."""
        self._parts.append(part)
        if part.level is not None:
            self._open.clear()
        elif _is_prose(part) and not part.is_fragment:
            self._open[part.size] = len(self._parts) - 1

    def _extend(self, at: int, part: _Part) -> None:
        """Let a part go on with a paragraph; a formula between them becomes a piece of it."""
        between = self._parts[at + 1 :]
        pieces = [self._parts[at], part]
        if _is_display(self._parts[at], between, part, self._leading):
            pieces[1:1] = between
            del self._parts[at + 1 :]
            self._open = {size: place for size, place in self._open.items() if place <= at}
        self._parts[at] = self._glued(pieces)

    def _glued(self, pieces: Sequence[_Part]) -> _Part:
        lines = [line for piece in pieces for line in piece.lines]
        text = _run_together([piece.text for piece in pieces])
        return _Part(lines, self._words.mend(text))


def _is_prose(part: _Part) -> bool:
    """Tell what is neither a heading nor a caption."""
    return part.level is None and not part.is_caption


def _may_interrupt(part: _Part, size: float) -> bool:
    """Tell what may stand between two halves of a paragraph: formulas, captions, footnotes."""
    return part.is_fragment or part.is_caption or part.size < size


def _is_display(
    first: _Part, between: Sequence[_Part], second: _Part, leading: dict[float, float]
) -> bool:
    """Tell a short formula on lines of its own between two halves of a sentence."""
    end, begin = first.lines[-1], second.lines[0]
    if end.page != begin.page or not between:
        return False
    if sum(len(part.text) for part in between) > MAX_FORMULA:
        return False
    return end.y - begin.y > FORMULA_GAP * usual_leading(leading, begin.size)


def _goes_on(first: _Part, second: _Part) -> bool:
    """Tell an unfinished sentence before a piece that cannot begin one."""
    end, begin = first.lines[-1], second.lines[0]
    if begin.page - end.page not in (0, 1):
        return False
    if SENTENCE_END.search(first.text) or second.is_fragment:
        return False
    if second.text[:1].islower() or first.text[-1:] in ("-", BREAK):
        return True
    below = begin.page == end.page and begin.y <= end.y and begin.x0 < end.x1
    return not below and len(second.text) > FRAGMENT and not ITEM.match(second.text)


def _fragments_joined(parts: Iterable[_Part], words: Words) -> Iterator[_Part]:
    """Yield the parts, each run of fragments as one part with role "table"."""
    for loose, run in groupby(parts, key=_is_loose):
        if loose:
            yield _table(list(run), words)
        else:
            yield from run


def _is_loose(part: _Part) -> bool:
    """Tell labels of figures, cells of tables and pieces of formulas."""
    return part.level is None and part.is_fragment


@lru_cache(maxsize=10_000)  # asked four times of each part
def _looks_like_fragment(text: str) -> bool:
    if CAPTION.match(text) or (ITEM.match(text) and len(text) > FRAGMENT):
        return False
    if not text.isascii() and len(UNSPACED.findall(text)) * 3 > len(text):
        return reading_size(text) < FRAGMENT and not SENTENCE_END.search(text)
    if len(text) < FRAGMENT and not _is_sentence(text):
        return True
    tokens = text.split()
    return sum(map(_is_wordy, tokens)) * 4 < len(tokens)


def _is_wordy(token: str) -> bool:
    return "-" in token or WORDY.fullmatch(token) is not None


def _is_sentence(text: str) -> bool:
    """Tell two or more words with an end."""
    return bool(SENTENCE_END.search(text) and " " in text and WORD.search(text))


def _table(run: Sequence[_Part], words: Words) -> _Part:
    lines = [line for part in run for line in part.lines]
    return _Part(lines, "\n".join(words.mend(line.text) for line in lines), "table")


def _with_paths(parts: Iterable[_Part]) -> Iterator[Block]:
    """Yield the parts as blocks, each with the headings above it and its role."""
    path: list[tuple[int, str]] = []
    references: int | None = None  # level of the heading of the list of works cited
    for part in parts:
        text = clean(part.text)
        if part.level is not None:
            path = [above for above in path if above[0] < part.level] + [(part.level, text)]
            if REFERENCES.fullmatch(text):
                references = part.level
            elif references is None or part.level <= references:
                references = None
        if text:
            role = _role(part, text, cited=references is not None)
            yield Block(text, tuple(heading for _, heading in path), part.lines[0].page, role)


def _role(part: _Part, text: str, *, cited: bool) -> Role:
    """Return the role of a part, which stands among the works cited or elsewhere."""
    if part.level is not None:
        return part.role
    if cited:
        return "references"
    if part.role == "text" and CAPTION.match(text):
        return "caption"
    return part.role
