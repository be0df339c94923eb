"""The lines of a PDF page, with their place and size, as PDFium finds them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import NamedTuple, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from litsearch.extract.pdf.right_to_left import RIGHT_TO_LEFT, in_reading_order, is_mostly
from litsearch.patterns import expression

T = TypeVar("T")
BREAK = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
NO_LETTER = "\uffff"  # a glyph without a character, often a ligature
# holds the second index of a character that takes two, such as the letters of formulas
SECOND = "\u2060"
PAIR = expression("[\U00010000-\U0010ffff]")
NOT_SEEN = frozenset([BREAK, *filter(str.isspace, map(chr, range(0x3001)))])
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
    """Return the lines of a page in the order of its content stream. Annotations are not text.

    Where a page writes two columns row by row, its rows are cut at the gutter and the left column
    comes first.
    """
    textpage = page.get_textpage()
    try:
        text = _characters(textpage.raw)
        glyphs = _Glyphs(textpage.raw, from_the_right=is_mostly(text))
        stretches = list(_stretches(text))
        lines = [_line(glyphs, text, start, number) for start, text in stretches]
        gutter = _gutter(glyphs, stretches)
        if gutter is None:
            return lines
        return _in_columns(glyphs, stretches, lines, gutter, number)
    finally:
        textpage.close()


def _characters(handle: object) -> str:
    """Return one character for each index of PDFium's."""
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer)
    units = bytes(buffer)[: 2 * count]
    if written - 1 != count:  # it leaves out glyphs without a character
        codes = (raw.FPDFText_GetUnicode(handle, index) for index in range(count))
        units = b"".join(map(_utf16_unit, codes))
    return PAIR.sub(rf"\g<0>{SECOND}", units.decode("utf-16-le", "replace"))


def _utf16_unit(code: int) -> bytes:
    """Return a character of PDFium's as two bytes; NO_LETTER where it has none."""
    is_letter = 0 < code < 0x10000
    return (code if is_letter else ord(NO_LETTER)).to_bytes(2, "little")


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield the index of its first character and the text of each line of the page."""
    at = 0
    for part in text.replace(BREAK, f"{BREAK}\n").split("\n"):
        length = len(part) + (not part.endswith(BREAK))  # the line break after BREAK is ours
        line = part.strip(" \r\t")
        if line.strip(BREAK):
            yield at + len(part) - len(part.lstrip(" \r\t")), line
        at += length


class _Glyphs:
    """What PDFium knows of the characters of a page, by index."""

    def __init__(self, handle: object, *, from_the_right: bool) -> None:
        self._handle = handle
        self.from_the_right = from_the_right  # most letters of the page are read so
        self._x, self._y, self._flags = ctypes.c_double(), ctypes.c_double(), ctypes.c_int()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._name = ctypes.create_string_buffer(64)

    def origin(self, index: int) -> tuple[float, float]:
        """Return where a character stands on its baseline."""
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return self._x.value, self._y.value

    def sides(self, index: int) -> tuple[float, float]:
        """Return the left and the right side of a character."""
        raw.FPDFText_GetLooseCharBox(self._handle, index, self._box)
        return float(self._box.left), float(self._box.right)

    def upright(self, index: int) -> bool:
        """Tell whether a character is not turned."""
        angle = raw.FPDFText_GetCharAngle(self._handle, index)
        return abs(math.remainder(angle, math.tau)) < UPRIGHT

    def size(self, index: int) -> float:
        """Return the size of a character on the page, in points, to a tenth."""
        raw.FPDFText_GetMatrix(self._handle, index, self._matrix)
        scale = math.hypot(self._matrix.c, self._matrix.d)
        return round(float(raw.FPDFText_GetFontSize(self._handle, index)) * scale, 1)

    def bold(self, index: int) -> bool:
        """Tell bold print by the font's weight, else, where the file has none, by its name."""
        weight = raw.FPDFText_GetFontWeight(self._handle, index)
        if weight > 0:
            return bool(weight >= BOLD)
        raw.FPDFText_GetFontInfo(self._handle, index, self._name, len(self._name), self._flags)
        return b"bold" in self._name.value.lower()


def _line(glyphs: _Glyphs, text: str, start: int, page: int) -> Line:
    """Return a line with its place and print; start: the index of its first character."""
    x, y = glyphs.origin(start)
    picks = [start + pick for pick in _picks(text)]
    size = _common(map(glyphs.size, picks), 0.0)
    return Line(
        text=_in_reading_order(glyphs, text, start, size).replace(SECOND, ""),
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
    """Return the offsets of the spaces that part two columns or two names, not two words."""
    if len(text) > MAX_NAMES or SECOND in text:
        return ()
    spaces = _spaces(glyphs, text, start, range(1, len(text) - 1))
    return tuple(space.offset for space in spaces if space.right - space.left > WIDE_SPACE * size)


class _Space(NamedTuple):
    """A space of a line, and where the characters beside it end and begin."""

    offset: int
    left: float
    right: float


def _spaces(glyphs: _Glyphs, text: str, start: int, offsets: Iterable[int]) -> Iterator[_Space]:
    """Yield the spaces of a line at some of its offsets."""
    for offset in offsets:
        if text[offset] == " ":
            left = glyphs.sides(start + offset - 1)[1]
            right = glyphs.sides(start + offset + 1)[0]
            yield _Space(offset, left, right)


def _in_reading_order(glyphs: _Glyphs, text: str, start: int, size: float) -> str:
    """Return a line as it is read, where some of its letters are read from right to left."""
    if text.isascii() or not RIGHT_TO_LEFT.search(text):
        return text
    line = text.rstrip(BREAK)
    mostly = glyphs.from_the_right
    ordered = in_reading_order(line, lambda at: glyphs.sides(start + at), size, mostly=mostly)
    return ordered + text[len(line) :]


def _picks(text: str) -> list[int]:
    """Return the offsets of a few letters spread over a line."""
    letters = list(compress(range(len(text)), map(NOT_SEEN.isdisjoint, text)))
    step = max(1, len(letters) // SAMPLES)
    return letters[::step][:SAMPLES]


def _common(samples: Iterable[T], none: T) -> T:
    """Return the most frequent of a few values, rather none of them.

    Asks for no more of them than decide it.
    """
    count: Counter[T] = Counter({none: 0})
    for sample in samples:
        count[sample] += 1
        if count[sample] * 2 > SAMPLES:
            return sample
    return count.most_common(1)[0][0]


def _gutter(glyphs: _Glyphs, stretches: list[tuple[int, str]]) -> float | None:
    """Return where two columns are parted, when most of the long lines run over both of them."""
    longest = sorted(stretches, key=lambda stretch: len(stretch[1]), reverse=True)[:LOOKED_AT]
    if len(longest) < LOOKED_AT // 2:
        return None

    gaps: list[_Space] = []
    for start, text in longest:
        wide = _gaps(glyphs, start, text)
        gaps += [gap for gap in wide if _is_between_words(text, gap)]

    for gap in gaps:
        place = (gap.left + gap.right) / 2
        crossed = sum(other.left < place < other.right for other in gaps)
        if crossed >= IN_COLUMNS * len(longest):
            return place
    return None


def _is_between_words(text: str, gap: _Space) -> bool:
    return _is_wordy(text[: gap.offset]) and _is_wordy(text[gap.offset :])


def _is_wordy(text: str) -> bool:
    """Tell letters from the numbers of a table."""
    return sum(map(str.isalpha, text)) >= 0.6 * len(text)


def _gaps(glyphs: _Glyphs, start: int, text: str) -> Iterator[_Space]:
    """Yield the spaces of a line that are as wide as a gutter."""
    for space in _spaces(glyphs, text, start, range(HALF, len(text) - HALF)):
        if space.right - space.left >= GUTTER:
            yield space


def _in_columns(
    glyphs: _Glyphs, stretches: list[tuple[int, str]], lines: list[Line], gutter: float, page: int
) -> list[Line]:
    """Cut the lines at the gutter; between lines that cross it, the left column comes first."""
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for (start, text), line in zip(stretches, lines, strict=True):
        gaps = _gaps(glyphs, start, text)
        cut = next((gap.offset for gap in gaps if gap.left < gutter < gap.right), None)
        if cut is not None:
            columns[0].append(_line(glyphs, text[:cut].rstrip(), start, page))
            columns[1].append(_line(glyphs, text[cut + 1 :], start + cut + 1, page))
        elif line.x1 <= gutter or line.x0 >= gutter:
            columns[line.x0 >= gutter].append(line)
        else:
            ordered += [*columns[0], *columns[1], line]
            columns = ([], [])
    return [*ordered, *columns[0], *columns[1]]
