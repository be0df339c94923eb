"""Words that stand nowhere in the library, taken for the words of titles and authors that they nearly are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 5  # letters; shorter words are one slip away from too many others
MOST = 40  # letters
TWO_SLIPS = 10  # letters of the longer word from which two slips are forgiven; from 8, vaccines were taken for machines
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


def worth_correcting(word: str) -> bool:
    """False for short words and for names (capitals inside, digits): they mean what they say."""
    return LEAST <= len(word) <= MOST and bool(_PLAIN_WORD.fullmatch(word)) and (word[1:].islower() or word.isupper())


def near_word(word: str, known: frozenset[str]) -> str | None:
    """The known word that is fewest slips away (one, in long words two), the first by alphabet; else None.

    A slip is a letter more, less or other, or two letters in the wrong order. The first letter is right, as it nearly
    always is (Yannakoudakis and Fawthrop 1983).
    """
    low = word.casefold()
    near = [(distance(low, other, 2), other) for other in _may_be(low, known, 2)]
    right = [(slips, other) for slips, other in near if slips <= (2 if max(len(low), len(other)) >= TWO_SLIPS else 1)]
    return min(right)[1] if right else None


def _may_be(word: str, known: frozenset[str], slips: int) -> list[str]:
    """A quick test that leaves few to compare: about as long, and mostly of the same letters."""
    words, lengths, letters, firsts = _outlines(known)
    own = np.uint64(_letters(word))
    near = (firsts == ord(word[0])) & (abs(lengths - len(word)) <= slips) & (lengths >= LEAST - 1)
    near &= (np.bitwise_count(own & ~letters) <= slips) & (np.bitwise_count(letters & ~own) <= slips)
    return [words[place] for place in np.flatnonzero(near).tolist()]


@lru_cache(maxsize=2)
def _outlines(known: frozenset[str]) -> tuple[list[str], NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]:
    """The words, their lengths, letters and first letters: one at a time, 16,591 words took 26 ms a slip, not 10."""
    words = sorted(known)
    lengths, firsts = np.array([(len(one), ord(one[:1] or "\0")) for one in words], np.int64).reshape(-1, 2).T
    return words, lengths, np.array([_letters(one) for one in words], np.uint64), firsts


def _letters(word: str) -> int:
    """A bit for each letter; far alphabets share them, so that the test lets more through."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words (optimal string alignment); anything above `most` when there are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, goal in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != goal))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == goal:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
