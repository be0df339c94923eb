"""Lines of a PDF to paragraphs: rows put together, gaps and indents read."""

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


LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# TeX's T1 fonts hold their ligatures where Unicode has control characters.
LIGATURES |= {"\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\ufffd": ""}
LIGATURE = re.compile("[\x1b-\x1f\ufb00-\ufb06\ufffd]")
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
}
MATHEMATICAL = "ˆ˜"  # over a single letter these are signs of a formula
SUSPENDED = ("and", "or", "to", "nor")  # "storage- and compute-efficient"
PREFIXES = frozenset(
    (
        "out",
        "over",
        "under",
        "up",
        "down",
        "in",
        "on",
        "for",
        "with",
        "through",
        "some",
        "any",
        "be",
        "a",
    )
)
ACCENT = re.compile(r"([^\W\d_]*)( ?)([´¨ˆ˜ˇ˚˘])( ?)([^\W\d_]*)")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(rf"(?<![\w-])([\w-]*[^\W\d_])(?:{BREAK}|-[ \n])[ \n]?([^\W\d_]+)")
NUMBER_HYPHEN = re.compile(r"(\d)- (?!and\b|or\b|to\b|bis\b)(?=[a-z])")  # "16- bit"
BROKEN_NUMBER = re.compile(rf"{BREAK}[ \n]?")
LOST_WORD = re.compile(rf"([^\W\d_]*){NO_LETTER}([^\W\d_]*)")


class Words:
    """The words that a document writes unbroken; they tell how to mend the broken ones."""

    def __init__(self, text: str) -> None:
        """text: all lines, those that end with BREAK without a line break behind it."""
        self._count: Counter[str] = Counter()
        whole = _unligatured(BROKEN.sub(" ", text))
        self._count.update(WORD.findall(whole.casefold()))
        for compound in [word for word in self._count if "-" in word]:
            parts = compound.split("-")
            self._count.update(
                [*parts, *(f"{left}-{right}" for left, right in pairwise(parts) if len(parts) > 2)]
            )

    def mend(self, text: str) -> str:
        """Lines joined to words as the author wrote them."""
        text = _unligatured(text)
        text = (
            ACCENT.sub(self._accented, text) if not ACCENTS.keys().isdisjoint(text) else text
        ).replace("ı", "i")
        text = LOST_WORD.sub(self._found, text) if NO_LETTER in text else text
        if BREAK not in text and "- " not in text and "-\n" not in text:
            return text
        for _ in range(3):  # "state-of-\nthe-\nart" needs one turn for each break
            mended = BROKEN.sub(self._joined, text)
            if mended == text:
                break
            text = mended
        return NUMBER_HYPHEN.sub(r"\1-", BROKEN_NUMBER.sub("-", text))

    def _joined(self, match: re.Match[str]) -> str:
        """With or without the hyphen: as elsewhere in the document, else by whether both halves are
        words.
        """
        left, right = match[1], match[2]
        if BREAK not in match[0] and (not right[0].islower() or right in SUSPENDED):
            return match[0]
        stem = left.rsplit("-", 1)[-1]
        without, hyphened = (stem + right).casefold(), f"{stem}-{right}".casefold()
        if "-" in left and self._count[f"{left}-{right}".casefold()]:
            return f"{left}-{right}"
        if self._count[without] or self._count[hyphened]:
            keep = self._count[hyphened] > self._count[without]
        elif stem.casefold() in PREFIXES:
            keep = False
        else:
            keep = (
                "-" in left
                or right[0].isupper()
                or min(self._count[stem.casefold()], self._count[right.casefold()]) >= 2
            )
        return f"{left}-{right}" if keep else f"{left}{right}"

    def _found(self, match: re.Match[str]) -> str:
        left, right = match[1], match[2]
        if not left and not right:
            return " "
        best = max(LOST, key=lambda lost: self._count[f"{left}{lost}{right}".casefold()])
        return (
            f"{left}{best}{right}"
            if self._count[f"{left}{best}{right}".casefold()]
            else f"{left}{right}"
        )

    def _accented(self, match: re.Match[str]) -> str:
        """ "Gonz´alez" as "González": TeX sets the accent before its letter. One that strayed
        between words goes.
        """
        left, before, accent, after, right = match.groups()
        if (
            before
            and after
            and min(self._count[left.casefold()], self._count[right.casefold()]) > 1
        ):
            return f"{left} {right}"
        letter = unicodedata.normalize(
            "NFC", ("i" if right[:1] == "ı" else right[:1]) + ACCENTS[accent]
        )
        if len(letter) != 1 or (accent in MATHEMATICAL and len(right) < 2):
            return match[0]
        return left + letter + right[1:]


def _unligatured(text: str) -> str:
    return LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
