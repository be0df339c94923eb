"""Read the words of a list of authors, each with what it can be in a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from litsearch.lists.phrases import word_set
from litsearch.patterns import expression

Kind = Literal["initial", "letters", "loud", "name", "particle", "and", "sign", "eastern", "other"]

MAX_LETTERS = 3  # of initials without full stops: "AB"

_TOKEN = expression(
    r"\s*(?:(?P<sign>\.\.\.|…|[,;/&、，；،؛・·|])"
    r"|(?P<word>[^\W\d_][^\s,;/&、，；،؛・·|…()（）\[\]\"“”„«»《》『』「」:：!?*]*))"
)
_INITIAL = expression(r"(?:[^\W\d_](?:-[^\W\d_])?\.[-–]?)+|(?:Ch|Th|Yu|Ph|St|Ya|Ю|Я)\.")
_EASTERN = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WITH_ARTICLE = expression(r"[dl]['’][^\W\d_a-z]|[ae]l-[^\W\d_a-z]")  # "d'Arc", "al-Amin"
_PARTICLES = word_set(
    "van von der den de la le du di da dos das do del della bin ibn al el ter ten zu zur af av"
)
_AND = word_set("and und et y e и i og och con en")


class Word(NamedTuple):
    """A word of a text, or a sign between words."""

    text: str  # without the full stop of a sentence
    kind: Kind
    end: int  # where it ends in the text
    stops: bool = False  # a full stop behind it ends a sentence


Words: TypeAlias = Sequence[Word]


def words_of(text: str) -> Iterator[Word]:
    """Yield the words and signs of a text up to one that can be in no list of names."""
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        sign, raw = match.groups()
        word = _word(raw, at) if raw else Word(sign, "sign", at)
        yield word
        if word.kind == "other":
            return


def _word(raw: str, end: int) -> Word:
    raw = raw.rstrip("†‡§")
    if _INITIAL.fullmatch(raw) and raw[0].isupper():
        return Word(raw, "initial", end)
    text = raw.rstrip(".")
    if text.endswith(("'s", "’s")):
        return Word(text, "other", end)
    return Word(text, _kind(text), end, stops=raw != text)


def _kind(text: str) -> Kind:
    """Tell what a word can be in a list of names."""
    if text[0].isupper():
        bare = text.replace("-", "")
        if not bare.isupper():
            return "name"
        return "letters" if len(bare) <= MAX_LETTERS else "loud"
    if text in _AND:
        return "and"
    if text in _PARTICLES:
        return "particle"
    if _EASTERN.match(text):
        return "eastern"
    is_uncased = text[0].upper() == text[0].lower()
    return "name" if is_uncased or _WITH_ARTICLE.match(text) else "other"


def ends_sentence(words: Words, i: int) -> bool:
    """Tell whether a full stop stands before a word."""
    return i > 0 and words[i - 1].stops
