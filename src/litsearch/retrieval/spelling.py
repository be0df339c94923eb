"""Words that stand nowhere in the library, taken for the words of titles and authors that they nearly are."""

from __future__ import annotations

import re
from functools import lru_cache

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
    best = (3, "")
    for other in _by_letter(known).get(low[:1], ()):
        slips = min(best[0], 2 if max(len(low), len(other)) >= TWO_SLIPS else 1)
        if _may_be(low, other, slips) and (found := distance(low, other, slips)) <= slips:
            best = min(best, (found, other))
    return best[1] or None


@lru_cache(maxsize=2)
def _by_letter(known: frozenset[str]) -> dict[str, list[str]]:
    """The words by their first letter: comparing all of a large library's would take 2 ms a word."""
    groups: dict[str, list[str]] = {}
    for word in known:
        groups.setdefault(word[:1], []).append(word)
    return groups


def _may_be(word: str, other: str, slips: int) -> bool:
    """A quick test that leaves few to compare: about as long, and mostly of the same letters."""
    if abs(len(word) - len(other)) > slips or len(other) < LEAST - 1:
        return False
    return len(set(word) - set(other)) <= slips and len(set(other) - set(word)) <= slips


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
