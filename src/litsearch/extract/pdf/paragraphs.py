"""Lines of a PDF to paragraphs: rows put together, gaps and indents read, words made whole."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from litsearch.extract.pdf.headings import MAX_HEADING, NUMBERED, SENTENCE_END
from litsearch.extract.pdf.lines import BREAK, NO_LETTER, Line
from litsearch.patterns import expression

ITEM = expression(r"(?:[•◦▪●○■‣∙*–]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s|\[\d{1,3}\]\s)")
ENTRY = expression(r"\[[\w+]{1,12}\]\s|\d{1,3}\.\s")
WIDE_GAP = 1.3  # of the usual distance of two lines: more opens a paragraph
INDENT = 0.8  # of the font's size
DEEPEST_INDENT = 5  # of the font's size: what stands further in is no first line of a paragraph
SHORT_END = 0.85  # of the column's width: a sentence that ends before it ends its paragraph
FORMULA_GAP = 1.7  # of the usual distance: what large signs in a line may add
USUAL = 1.25  # of the font's size: the distance of two lines where no page tells it
SPACE = 0.12  # of the font's size: a wider gap on a row is a space
SIZE_CHANGE = 0.06
RUN_IN = 0.8  # of the next line's width: a bold line shorter than that is a heading of its own
SAME_ROW = 0.6  # of the font's size


def body_size(lines: Sequence[Line]) -> float:
    """Return the size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def rows_of(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines with the raised marks, lowered marks and cells that stand in them."""
    row: Line | None = None
    for line in lines:
        if row is None:
            row = line
        elif _is_same_row(row, line):
            row = _joined_row(row, line)
        else:
            yield row
            row = line
    if row is not None:
        yield row


def _joined_row(row: Line, line: Line) -> Line:
    """Return a row that a further piece continues; the longer one tells baseline and size."""
    touches = line.x0 - row.x1 < SPACE * line.size or row.text.endswith(BREAK)
    main = row if len(row.text) >= len(line.text) else line
    return replace(
        row,
        text=row.text + ("" if touches else " ") + line.text,
        x1=max(row.x1, line.x1),
        y=main.y,
        size=main.size,
    )


def leadings(lines: Sequence[Line]) -> dict[float, float]:
    """Return the usual distance of two lines for each size, where three or more tell it."""
    steps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        step = above.y - below.y
        alike = above.page == below.page and above.size == below.size
        if alike and 0.8 * above.size < step < 2.2 * above.size:
            steps[above.size].append(step)

    measured = {size: gaps for size, gaps in steps.items() if len(gaps) >= 3}
    return {size: statistics.median_low(gaps) for size, gaps in measured.items()}


def usual_leading(leading: dict[float, float], size: float) -> float:
    """Return the usual distance of two lines of a size."""
    return leading.get(size, USUAL * size)


def paragraphs(lines: Sequence[Line], leading: dict[float, float]) -> Iterator[list[Line]]:
    """Yield runs of lines without a sign of a new paragraph between them."""
    group: list[Line] = []
    for line in lines:
        if group and _opens(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_same_row(row: Line, line: Line) -> bool:
    """Tell a piece that stands right of a row at its height."""
    if row.page != line.page or row.upright != line.upright:
        return False
    near = abs(row.y - line.y) < SAME_ROW * max(line.size, row.size)
    return near and line.x0 >= row.x1 - 0.3 * line.size - 1


def _opens(group: list[Line], line: Line, leading: dict[float, float]) -> bool:
    """Tell whether a line begins a paragraph of its own."""
    above = group[-1]
    if line.page != above.page or line.upright != above.upright:
        return True
    if _is_parted(above, line, leading) or _changes_size(above, line):
        return True
    if ITEM.match(line.text) and line.x0 <= group[0].x0 + INDENT * line.size:
        return True
    if len(group) == 1 and _may_be_bold_heading(above, line):
        wide = max(1.0, line.x1 - line.x0)
        return NUMBERED.match(above.text) is not None or above.x1 - above.x0 < RUN_IN * wide
    return _opens_by_margins(group, line)


def _is_parted(above: Line, line: Line, leading: dict[float, float]) -> bool:
    """Tell a wide gap between two lines, or one that leads up; a sentence spans a wider one."""
    step = above.y - line.y
    ended = SENTENCE_END.search(above.text) is not None
    going_on = line.text[:1].islower() and not ended and line.size == above.size
    widest = FORMULA_GAP if going_on else WIDE_GAP
    return step < -0.5 * line.size or step > widest * usual_leading(leading, above.size)


def _changes_size(above: Line, line: Line) -> bool:
    """Tell print of another size; a few signs of a formula do not count."""
    change = abs(line.size - above.size) > SIZE_CHANGE * max(line.size, above.size)
    return change and min(len(line.text), len(above.text)) > 3


def _may_be_bold_heading(above: Line, line: Line) -> bool:
    """Tell a first line in bold above one that is not."""
    if not above.bold or line.bold:
        return False
    return len(above.text) < MAX_HEADING and not above.text.endswith("-")


def _opens_by_margins(group: list[Line], line: Line) -> bool:
    """Tell an indented first line, a line after a hanging one, or after a short last one."""
    if _is_indented(group, line) or _ends_hanging(group, line):
        return True
    if ENTRY.match(line.text) and ENTRY.match(group[0].text):
        return True

    above = group[-1]
    if SENTENCE_END.search(above.text) is None or not line.text[:1].isupper():
        return False
    left, right = _left(group), max(other.x1 for other in [*group, line])
    return above.x1 - left < SHORT_END * (right - left)


def _is_indented(group: list[Line], line: Line) -> bool:
    """Tell a line that begins further in than the text above it."""
    above = group[-1]
    indent = INDENT * line.size
    if line.x0 - above.x0 <= indent:
        return False
    if len(group) > 1:
        return indent < line.x0 - _left(group) < DEEPEST_INDENT * line.size
    listed = ITEM.match(above.text) or ENTRY.match(above.text)
    return SENTENCE_END.search(above.text) is not None and not listed


def _ends_hanging(group: list[Line], line: Line) -> bool:
    """Tell a line that begins further out than the lines of a hanging paragraph."""
    if len(group) < 2:
        return False
    indent = INDENT * line.size
    hanging = group[1].x0 - group[0].x0 > indent
    return hanging and line.x0 < group[1].x0 - indent


def _left(group: Sequence[Line]) -> float:
    return min(line.x0 for line in group)


LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# TeX's T1 fonts hold their ligatures where Unicode has control characters.
LIGATURES |= {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\ufffd": ""}
LIGATURE = expression("[\x1b-\x1f\ufb00-\ufb06\ufffd]")
# what a glyph without a character may have been
LOST = ("fi", "ff", "fl", "ffi", "ffl", "ft", "ti", "tt", "Th")
ACCENTS = {
    "´": "\u0301",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˚": "\u030a",
    "˘": "\u0306",
    "˝": "\u030b",
    "¸": "\u0327",
}
MATHEMATICAL = "ˆ˜"  # over a single letter these are signs of a formula
SUSPENDED = ("and", "or", "to", "nor")  # "storage- and compute-efficient"
PREFIXES = frozenset("out over under up down in on for with through some any be a".split())
ACCENT = expression(r"([^\W\d_]*)( ?)([´¨ˆ˜ˇ˚˘˝¸])( ?)([^\W\d_]*)")
BEHIND = expression(r"([^\W\d_])([´¨ˆ˜ˇ˚˘˝¸])(ı?)")
BEFORE = expression(r"([´¨ˆ˜ˇ˚˘˝¸])([^\W\d_])")
COMMON = expression("[À-ſ]")  # letters of Europe's languages; an accent rarely makes any other
WORD = expression(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = expression(rf"(?<![\w-])([\w-]*[^\W\d_])(?:{BREAK}|-[ \n])[ \n]?([^\W\d_]+)")
NUMBER_HYPHEN = expression(r"(\d)- (?!and\b|or\b|to\b|bis\b)(?=[a-z])")  # "16- bit"
BROKEN_NUMBER = expression(rf"{BREAK}[ \n]?")
LOST_WORD = expression(rf"([^\W\d_]*){NO_LETTER}([^\W\d_]*)")


class Words:
    """Words that a document writes unbroken; they tell how to mend the broken ones."""

    def __init__(self, text: str) -> None:
        """text: all lines, those that end with BREAK without a line break behind it."""
        self._accents_behind = _accents_stand_behind(text)
        whole = _unligatured(BROKEN.sub(" ", text))
        self._count = Counter(WORD.findall(whole.casefold()))
        compounds = [word for word in self._count if "-" in word]
        for compound in compounds:
            self._count.update(_parts_of(compound))

    def mend(self, text: str) -> str:
        """Join lines to words as the author wrote them."""
        text = _unligatured(text)
        if not ACCENTS.keys().isdisjoint(text):
            text = self._with_accents(text)
        text = text.replace("ı", "i")
        text = LOST_WORD.sub(self._completed, text) if NO_LETTER in text else text
        if BREAK not in text and "- " not in text and "-\n" not in text:
            return text
        for _ in range(3):  # "state-of-\nthe-\nart" needs one turn for each break
            mended = BROKEN.sub(self._joined, text)
            if mended == text:
                break
            text = mended
        return NUMBER_HYPHEN.sub(r"\1-", BROKEN_NUMBER.sub("-", text))

    def _joined(self, match: re.Match[str]) -> str:
        """Join two halves with or without the hyphen, as the document does elsewhere."""
        left, right = match[1], match[2]
        if BREAK not in match[0] and (not right[0].islower() or right in SUSPENDED):
            return match[0]
        hyphened = "-" in left and self._occurs(f"{left}-{right}")
        if hyphened or self._keeps_hyphen(left, right):
            return f"{left}-{right}"
        return f"{left}{right}"

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        """Tell a compound from a broken word, where the document does not, by both halves."""
        stem = left.rsplit("-", 1)[-1]
        without, hyphened = self._occurs(stem + right), self._occurs(f"{stem}-{right}")
        if without or hyphened:
            return hyphened > without
        if stem.casefold() in PREFIXES:
            return False
        if "-" in left or right[0].isupper():
            return True
        return min(self._occurs(stem), self._occurs(right)) >= 2

    def _occurs(self, word: str) -> int:
        """Count how often the document writes a word, in capitals or not."""
        return self._count[word.casefold()]

    def _completed(self, match: re.Match[str]) -> str:
        """Return a word with the ligature that its lost glyph was, where the document tells it."""
        left, right = match[1], match[2]
        if not left and not right:
            return " "
        words = [f"{left}{lost}{right}" for lost in LOST]
        best = max(words, key=self._occurs)
        return best if self._occurs(best) else f"{left}{right}"

    def _with_accents(self, text: str) -> str:
        if self._accents_behind:
            return BEHIND.sub(_composed_behind, text)
        return ACCENT.sub(self._accented, text)

    def _accented(self, match: re.Match[str]) -> str:
        """Compose "Gonz´alez" to "González": TeX sets the accent before its letter.

        One that strayed between two words goes.
        """
        left, before, accent, after, right = match.groups()
        if before and after and min(self._occurs(left), self._occurs(right)) > 1:
            return f"{left} {right}"
        letter = _composed(right[:1], accent)
        if not letter or (accent in MATHEMATICAL and len(right) < 2):
            return match[0]
        return left + letter + right[1:]


def _parts_of(compound: str) -> list[str]:
    """Return the words of a compound, and its neighbouring pairs where there are more."""
    words = compound.split("-")
    if len(words) < 3:
        return words
    return [*words, *map("-".join, pairwise(words))]


def _accents_stand_behind(text: str) -> bool:
    """Tell a document that sets an accent behind its letter, as some drivers of TeX do."""
    if ACCENTS.keys().isdisjoint(text):
        return False
    behind = sum(_is_common(match[1], match[2]) for match in BEHIND.finditer(text))
    before = sum(_is_common(match[2], match[1]) for match in BEFORE.finditer(text))
    return behind > before


def _composed_behind(match: re.Match[str]) -> str:
    """Compose "u¨" to "ü"; a dotless i waits for the accent before it."""
    letter, accent, dotless = match.groups()
    if dotless:
        return letter + _composed(dotless, accent)
    return _composed(letter, accent) or match[0]


def _is_common(letter: str, accent: str) -> bool:
    return COMMON.fullmatch(_composed(letter, accent)) is not None


def _composed(letter: str, accent: str) -> str:
    """Return the letter with its accent as one character; "" when there is none."""
    composed = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + ACCENTS[accent])
    if len(composed) == 1:
        return composed
    return ""


def _unligatured(text: str) -> str:
    return LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
