"""Words of a PDF made whole: hyphens at line ends, ligatures, accents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from litsearch.extract.pdf.lines import BREAK, NO_LETTER

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
    "˝": "\u030b",
    "¸": "\u0327",
}
MATHEMATICAL = "ˆ˜"  # over a single letter these are signs of a formula
SUSPENDED = ("and", "or", "to", "nor")  # "storage- and compute-efficient"
PREFIXES = frozenset(
    ("out", "over", "under", "up", "down", "in", "on", "for", "with", "through", "some", "any", "be", "a")
)  # fmt: skip
ACCENT = re.compile(r"([^\W\d_]*)( ?)([´¨ˆ˜ˇ˚˘˝¸])( ?)([^\W\d_]*)")
BEHIND = re.compile(r"([^\W\d_])([´¨ˆ˜ˇ˚˘˝¸])(ı?)")
BEFORE = re.compile(r"([´¨ˆ˜ˇ˚˘˝¸])([^\W\d_])")
COMMON = re.compile("[À-ſ]")  # letters of Europe's languages; an accent rarely makes any other
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(rf"(?<![\w-])([\w-]*[^\W\d_])(?:{BREAK}|-[ \n])[ \n]?([^\W\d_]+)")
NUMBER_HYPHEN = re.compile(r"(\d)- (?!and\b|or\b|to\b|bis\b)(?=[a-z])")  # "16- bit"
BROKEN_NUMBER = re.compile(rf"{BREAK}[ \n]?")
LOST_WORD = re.compile(rf"([^\W\d_]*){NO_LETTER}([^\W\d_]*)")


class Words:
    """The words that a document writes unbroken; they tell how to mend the broken ones."""

    def __init__(self, text: str) -> None:
        """text: all lines, those that end with BREAK without a line break behind it."""
        self._accents_behind = _accents_stand_behind(text)
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
        if not ACCENTS.keys().isdisjoint(text):
            text = self._with_accents(text)
        text = text.replace("ı", "i")
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

    def _with_accents(self, text: str) -> str:
        if self._accents_behind:
            return BEHIND.sub(_composed_behind, text)
        return ACCENT.sub(self._accented, text)

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


def _accents_stand_behind(text: str) -> bool:
    """True for a document that sets an accent behind its letter, as some drivers of TeX do."""
    if ACCENTS.keys().isdisjoint(text):
        return False
    behind = sum(_is_common(match[1], match[2]) for match in BEHIND.finditer(text))
    before = sum(_is_common(match[2], match[1]) for match in BEFORE.finditer(text))
    return behind > before


def _composed_behind(match: re.Match[str]) -> str:
    """ "u¨" as "ü"; a dotless i waits for the accent before it."""
    letter, accent, dotless = match.groups()
    if dotless:
        return letter + _composed(dotless, accent)
    return _composed(letter, accent) or match[0]


def _is_common(letter: str, accent: str) -> bool:
    return COMMON.fullmatch(_composed(letter, accent)) is not None


def _composed(letter: str, accent: str) -> str:
    """The letter with its accent as one character; "" when there is none."""
    composed = unicodedata.normalize("NFC", ("i" if letter == "ı" else letter) + ACCENTS[accent])
    return composed if len(composed) == 1 else ""


def _unligatured(text: str) -> str:
    return LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
