"""Tells text from what a font without a Unicode map leaves: signs in place of letters."""

from __future__ import annotations

import re

ENOUGH = 60  # characters: fewer tell nothing
ODD = 0.25  # share of characters that no text has
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
VOWEL = re.compile(r"[aeiouyAEIOUY]")
VOWELS = 0.22  # share of vowels below which Latin letters spell no language; English has .38
# Private use, control characters and what stands for a missing one; TeX has ligatures in 1b-1f.
NO_TEXT = re.compile("[\ue000-\uf8ff\ufffd\uffff\x00-\x08\x0e-\x1a\x7f-\x9f\U000f0000-\U0010ffff]")


def is_legible(text: str) -> bool:
    """Return False for the signs that stand for the letters of a font whose map is missing."""
    size = len(text) - text.count(" ")
    if size < ENOUGH:
        return True
    if len(NO_TEXT.findall(text)) > ODD * size:
        return False
    return not _is_shifted(text, size)


def _is_shifted(text: str, size: int) -> bool:
    """Latin letters that spell nothing, as when codes are off by a constant: "7KH SUREOHP"."""
    words = LATIN_WORD.findall(text)
    latin = sum(map(len, words))
    if latin < ENOUGH or latin * 3 < size:
        return False
    return len(VOWEL.findall("".join(words))) < VOWELS * latin
