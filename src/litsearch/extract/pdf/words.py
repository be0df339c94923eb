"""Words of a PDF made whole: hyphens at line ends, ligatures, accents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from litsearch.extract.pdf.lines import BREAK, NO_LETTER
from litsearch.patterns import expression

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
