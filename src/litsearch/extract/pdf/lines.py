"""The lines of a PDF page, with their place and size, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress, groupby
from typing import TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

T = TypeVar("T")
BREAK = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
NO_LETTER = "\uffff"  # a glyph without a character, often a ligature
# holds the second index of a character that takes two, such as the letters of formulas
SECOND = "\u2060"
PAIR = re.compile("[\U00010000-\U0010ffff]")
NOT_SEEN = frozenset([BREAK, *filter(str.isspace, map(chr, range(0x3001)))])
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LATIN = re.compile(
    "[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*[A-Za-z\u00c0-\u024f][^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*"
)
WORD = re.compile(r"\S+")
MAX_NAMES = 240  # characters of a line that may hold names
WIDE_SPACE = 0.6  # of the font's size
SAMPLES = 5  # characters of a line whose size is asked for; formulas make single ones lie
BOLD = 600  # font weight
UPRIGHT = 0.1  # radians
GUTTER = 12.0  # points: the least gap between two columns
LOOKED_AT = 12  # lines of a page, the longest, that are searched for a gap
IN_COLUMNS = 0.6  # the share of them that must have a gap at one place
HALF = 15  # characters: what stands beside a gutter is text of that length, not a cell


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. Points from the lower left corner of the page; y is the baseline."""

    text: str  # ends with BREAK when its last word goes on
    page: int  # 1-based
    x0: float
    x1: float
    y: float
    size: float  # of the font
    bold: bool
    upright: bool
    gaps: tuple[int, ...] = ()  # offsets of spaces too wide for words; first page only


def page_lines(page: pdfium.PdfPage, number: int) -> list[Line]:
    """The lines of a page in PDFium's order, which is the order of the content stream. Annotations
    are not text.

    Where a page writes two columns row by row, its rows are cut at the gutter and the left column
    comes first.
    """
    textpage = page.get_textpage()
    try:
        glyphs = _Glyphs(textpage.raw)
        stretches = list(_stretches(_characters(textpage.raw)))
        lines = [_line(glyphs, text, start, number) for start, text in stretches]
        gutter = _gutter(glyphs, stretches)
        if gutter is None:
            return lines
        return _in_columns(glyphs, stretches, lines, gutter, number)
    finally:
        textpage.close()


def _characters(handle: object) -> str:
    """One character for each index of PDFium's."""
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer)
    units = bytes(buffer)[: 2 * count]
    if written - 1 != count:  # it leaves out glyphs without a character
        codes = [raw.FPDFText_GetUnicode(handle, index) for index in range(count)]
        units = b"".join(
            (code if 0 < code < 0x10000 else ord(NO_LETTER)).to_bytes(2, "little") for code in codes
        )
    return PAIR.sub(rf"\g<0>{SECOND}", units.decode("utf-16-le", "replace"))


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """(index of its first character, text) of each line of the page."""
    at = 0
    for part in text.replace(BREAK, f"{BREAK}\n").split("\n"):
        length = len(part) + (not part.endswith(BREAK))  # the line break after BREAK is ours
        kept = part.strip(" \r\t")
        if kept.strip(BREAK):
            yield at + len(part) - len(part.lstrip(" \r\t")), kept
        at += length


class _Glyphs:
    """What PDFium knows of the characters of a page, by index."""

    def __init__(self, handle: object) -> None:
        self._handle = handle
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(64)

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on its baseline."""
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._x.value, self._y.value

    def sides(self, index: int) -> tuple[float, float]:
        """The left and the right side of a character."""
        raw.FPDFText_GetLooseCharBox(self._handle, index, self._box)
        return float(self._box.left), float(self._box.right)

    def upright(self, index: int) -> bool:
        """True when a character is not turned."""
        return (
            abs(math.remainder(raw.FPDFText_GetCharAngle(self._handle, index), math.tau)) < UPRIGHT
        )

    def size(self, index: int) -> float:
        """The size of a character on the page, in points, to a tenth."""
        raw.FPDFText_GetMatrix(self._handle, index, self._matrix)
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return round(float(raw.FPDFText_GetFontSize(self._handle, index)) * scale, 1)

    def bold(self, index: int) -> bool:
        """By the font's weight, else, where the file does not tell it, by the font's name."""
        weight = raw.FPDFText_GetFontWeight(self._handle, index)
        if weight > 0:
            return bool(weight >= BOLD)
        raw.FPDFText_GetFontInfo(self._handle, index, self._name, len(self._name), self._flags)
        return b"bold" in self._name.value.lower()


def _line(glyphs: _Glyphs, text: str, start: int, page: int) -> Line:
    x, y = glyphs.origin(start)
    picks = [start + pick for pick in _picks(text)]
    size = _common(map(glyphs.size, picks), 0.0)
    return Line(
        text=_in_reading_order(glyphs, text, start).replace(SECOND, ""),
        page=page,
        x0=x,
        x1=glyphs.sides(start + len(text.rstrip(BREAK)) - 1)[1],
        y=y,
        size=size,
        bold=_common(map(glyphs.bold, picks), False),
        upright=glyphs.upright(start),
        gaps=_wide_spaces(glyphs, text, start, size) if page == 1 else (),
    )


def _wide_spaces(glyphs: _Glyphs, text: str, start: int, size: float) -> tuple[int, ...]:
    """The offsets of the spaces that part two columns or two names, not two words."""
    if len(text) > MAX_NAMES or SECOND in text:
        return ()
    wide = []
    for offset in range(1, len(text) - 1):
        if text[offset] == " ":
            left, right = glyphs.sides(start + offset - 1)[1], glyphs.sides(start + offset + 1)[0]
            if right - left > WIDE_SPACE * size:
                wide.append(offset)
    return tuple(wide)


def _in_reading_order(glyphs: _Glyphs, text: str, start: int) -> str:
    """A line of a right-to-left script with the words of other scripts inside it left to right.

    PDFium turns every word round, and the order of neighbouring Latin words with them; where they
    stand on the page tells.
    """
    if text.isascii() or not RIGHT_TO_LEFT.search(text):
        return text
    words = [(match.start(), match.group()) for match in WORD.finditer(text)]
    ordered: list[str] = []
    for latin, run in groupby(words, key=lambda word: LATIN.fullmatch(word[1]) is not None):
        stretch = list(run)
        places = [glyphs.origin(start + offset)[0] for offset, _ in stretch]
        if latin and len(stretch) > 1 and places == sorted(places, reverse=True):
            stretch.reverse()
        ordered += [word for _, word in stretch]
    return " ".join(ordered)


def _picks(text: str) -> list[int]:
    """A few letters spread over a line."""
    letters = list(compress(range(len(text)), map(NOT_SEEN.isdisjoint, text)))
    step = max(1, len(letters) // SAMPLES)
    return letters[::step][:SAMPLES]


def _common(samples: Iterable[T], none: T) -> T:
    """The most frequent of a few values, rather none of them; asks for no more of them than decide
    it.
    """
    count: Counter[T] = Counter({none: 0})
    for sample in samples:
        count[sample] += 1
        if count[sample] * 2 > SAMPLES:
            return sample
    return count.most_common(1)[0][0]


def _gutter(glyphs: _Glyphs, stretches: list[tuple[int, str]]) -> float | None:
    """Where two columns are parted, when most of the long lines run over both of them."""
    longest = sorted(stretches, key=lambda stretch: len(stretch[1]), reverse=True)[:LOOKED_AT]
    if len(longest) < LOOKED_AT // 2:
        return None
    gaps = [
        (offset, left, right)
        for stretch in longest
        for offset, left, right in _gaps(glyphs, stretch)
        if _is_wordy(stretch[1][:offset]) and _is_wordy(stretch[1][offset:])
    ]
    places = [(left + right) / 2 for _, left, right in gaps]
    for place in places:
        if sum(left < place < right for _, left, right in gaps) >= IN_COLUMNS * len(longest):
            return place
    return None


def _is_wordy(text: str) -> bool:
    """Letters, not the numbers of a table."""
    return sum(map(str.isalpha, text)) >= 0.6 * len(text)


def _gaps(glyphs: _Glyphs, stretch: tuple[int, str]) -> Iterator[tuple[int, float, float]]:
    """(offset of the space, left, right) of each gap of a line that is as wide as a gutter."""
    start, text = stretch
    for offset in range(HALF, len(text) - HALF):
        if text[offset] != " ":
            continue
        left, right = glyphs.sides(start + offset - 1)[1], glyphs.sides(start + offset + 1)[0]
        if right - left >= GUTTER:
            yield offset, left, right


def _in_columns(
    glyphs: _Glyphs, stretches: list[tuple[int, str]], lines: list[Line], gutter: float, page: int
) -> list[Line]:
    """The lines cut at the gutter; between lines that cross it, the left column before the right
    one.
    """
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for stretch, line in zip(stretches, lines, strict=True):
        cut = next(
            (offset for offset, left, right in _gaps(glyphs, stretch) if left < gutter < right),
            None,
        )
        if cut is not None:
            start, text = stretch
            columns[0].append(_line(glyphs, text[:cut].rstrip(), start, page))
            columns[1].append(_line(glyphs, text[cut + 1 :], start + cut + 1, page))
        elif line.x1 <= gutter or line.x0 >= gutter:
            columns[line.x0 >= gutter].append(line)
        else:
            ordered += [*columns[0], *columns[1], line]
            columns = ([], [])
    return [*ordered, *columns[0], *columns[1]]
