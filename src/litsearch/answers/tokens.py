"""Claims and quotes as words that can be compared: folded, stemmed, numbers by their value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litsearch.patterns import expression
from litsearch.text import is_filler, stem

_TOKEN = expression(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[%;:,()—]")
BREAK = frozenset(";:,()—")
_GROUP = frozenset(";:—")
_SENTENCE_END = expression(r"(?<=[.!?])\s+")
_NUMBER_WORDS: dict[str, float] = {
    "half": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "ninth": 1 / 9,
    "tenth": 0.1,
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "triple": 3,
    "tripled": 3,
    "dozen": 12,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
}
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen"
)
_NUMBER_WORDS |= {word: value for value, word in enumerate(_SMALL.split())}
_SCALE = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or mark of a sentence: as written, folded, its stem, and its value if it is a
    number.
    """

    text: str
    low: str
    stem: str
    value: float | None
    opens: bool  # it begins a sentence, so that its capital says nothing

    @property
    def telling(self) -> bool:
        """Return True for what carries meaning: no stop word, no mark."""
        return self.text not in BREAK and not is_filler(self.low)


def read(text: str) -> list[Word]:
    """Return the words of a text, with numbers as values: "10,000", "10k" and "ten thousand" have
    one.
    """
    words: list[Word] = []
    for sentence in _SENTENCE_END.split(text):
        for place, token in enumerate(_TOKEN.findall(sentence)):
            words.append(_word(token, opens=place == 0))
    return list(_scaled(words))


def _word(token: str, *, opens: bool) -> Word:
    low = token.casefold().replace("’", "'")
    if low.endswith("n't") or low == "cannot":
        low = "not"
    low = low.removesuffix("'s")
    value = _NUMBER_WORDS.get(low)
    if low[0].isdigit():
        value = _value(low)
    return Word(token, low, stem(low), value, opens)


def _value(digits: str) -> float:
    """10,000 is ten thousand; 1,5 is taken for a decimal as in most of Europe."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    head, dot, tail = plain.partition(".")
    return float(head + dot + tail.replace(".", ""))


def _scaled(words: Sequence[Word]) -> Iterator[Word]:
    """Join "1.5" and "billion", "10" and "k"."""
    skip = False
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else word
        scale = _SCALE.get(following.low)
        digits = word.value is not None and word.text[0].isdigit()
        if skip:
            skip = False
        elif scale and digits:
            skip = True
            value = (word.value or 0) * scale
            yield replace(word, text=f"{word.text} {following.text}", value=value)
        else:
            yield word


def telling(words: Sequence[Word]) -> set[str]:
    """Return the stems of the words that carry meaning, and the values of the numbers."""
    return {key(word) for word in words if word.telling}


def key(word: Word) -> str:
    """Return what is compared of a word: its stem, or its value."""
    return word.stem if word.value is None else f"{word.value:g}"


def groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a quote that stand by themselves: between sentence ends, semicolons,
    colons and dashes.
    """
    group: list[Word] = []
    for word in words:
        if group and (word.opens or word.text in _GROUP):
            yield group
            group = []
        if word.text not in _GROUP:
            group.append(word)
    if group:
        yield group


def clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the parts of a quote between marks of any kind."""
    clause: list[Word] = []
    for word in words:
        if clause and (word.opens or word.text in BREAK):
            yield clause
            clause = []
        if word.text not in BREAK:
            clause.append(word)
    if clause:
        yield clause
