"""Read one name in each manner of writing: "Lee, A. B.", "Lee AB", "LEE Ann", "Ann B. Lee"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from litsearch.lists.authors.given_names import is_given_name
from litsearch.lists.authors.surnames import are_family_and_given
from litsearch.lists.phrases import NO_PERSON, word_set
from litsearch.patterns import expression

MAX_WORDS = 5  # of a name
MAX_EASTERN = 5  # signs of a name and what stands behind it
MAX_UNCASED = 3  # words of a name in a script without capitals
MAX_FAMILY = 3  # words of a family name: "Quispe Mamani"

_THING = expression(  # how words for things end, and few names do
    r"(?:[a-z](?:tions?|works?|tics|ology|ware|ments|isms?|ities)|[a-z]{3}[^bjmpqxy]ing"
    r"|^(?:Models?|Methods?|Graphs?|Data))$"
)
_CYRILLIC = expression(r"[А-ЯЁ]")


class Name(NamedTuple):
    """A name, and the place of the word behind it."""

    text: str
    after: int
    is_last: bool = False


def quiet(family: str) -> str:
    """Return "LEE" as "Lee", and other names as they are."""
    return family.title() if family.isupper() and len(family) > 2 else family


def _run(words: Words, i: int, kinds: Sequence[Kind], most: int = MAX_WORDS) -> int:
    """Return where a run of words of some kinds ends, at a full stop at the latest."""
    end = min(len(words), i + most)
    for at in range(i, end):
        if words[at].kind not in kinds:
            return at
        if words[at].stops:
            return at + 1
    return max(i, end)


def _family(words: Words, i: int) -> Name | None:
    """Read a family name with its particles: "van den Heuvel", "Quispe Mamani"."""
    first = _run(words, i, ("particle",))
    end = _run(words, first, ("name", "loud"), MAX_FAMILY)
    if end == first and first < len(words) and _is_loud(words[first]):
        end += 1
    if end == first:
        return None
    return Name(_joined(words[i : end - 1], quiet(words[end - 1].text)), end)


def _is_loud(word: Word) -> bool:
    """Tell whether a word is written in capitals and more than initials: "LEE"."""
    return word.kind == "loud" or (word.kind == "letters" and len(word.text) > 2)


def _joined(words: Words, last: str = "") -> str:
    texts = [word.text for word in words]
    return " ".join([*texts, last] if last else texts)


def _given(words: Words, i: int, kinds: Sequence[Kind], most: int) -> Name | None:
    """Read so many given names or initials at most, and particles behind them."""
    if i < len(words) and words[i].kind == "initial" and "initial" in kinds:
        kinds = ("initial",)  # what else follows is a title's: "Huxtable, F. A quantity"
    end = _run(words, i, kinds, most)
    if end == i:
        return None
    if not ends_sentence(words, end):
        end = _run(words, end, ("particle",))
    return Name(_joined(words[i:end]), end)


def _behind_comma(
    words: Words, i: int, kinds: Sequence[Kind], most: int
) -> tuple[Name, Name] | None:
    """Read a family name, a comma and given names."""
    family = _family(words, i)
    if family is None or ends_sentence(words, family.after):
        return None
    comma = words[family.after : family.after + 1]
    if not comma or comma[0].text != ",":
        return None
    given_name = _given(words, family.after + 1, kinds, most)
    return None if given_name is None else (family, given_name)


def inverted(words: Words, i: int) -> Name | None:
    """Read "Lee, A. B."."""
    parts = _behind_comma(words, i, ("initial", "letters"), 4)
    if parts is None:
        return None
    family, given_name = parts
    return Name(f"{given_name.text} {family.text}", given_name.after)


def turned(words: Words, i: int) -> Name | None:
    """Read "Lee, Ann B."."""
    parts = _behind_comma(words, i, ("name", "initial", "letters"), 3)
    if parts is None:
        return None
    family, given_name = parts
    if words[family.after + 1].kind != "name" or _are_two_names(family.text, given_name.text):
        return None
    return Name(f"{_dotted(given_name.text)} {family.text}", given_name.after)


def _are_two_names(family: str, given_name: str) -> bool:
    """Tell whether words before a comma are a whole name: "Ann Lee, Fog Press"."""
    first, *more = family.split()
    if not more or first[0].islower():
        return False
    return is_given_name(first) or not is_given_name(given_name.split()[0])


def _dotted(given_name: str) -> str:
    """Return "Ann B" as "Ann B."."""
    return f"{given_name}." if re.search(r"\w [^\W\d_]$", given_name) else given_name


def loose(words: Words, i: int) -> Name | None:
    """Read "Lee A. B."."""
    family = _family(words, i)
    if family is None or ends_sentence(words, family.after):
        return None
    given_name = _given(words, family.after, ("initial",), 3)
    return (
        None if given_name is None else Name(f"{given_name.text} {family.text}", given_name.after)
    )


def short(words: Words, i: int) -> Name | None:
    """Read "Lee AB"; no "NBER WP"."""
    family = _family(words, i)
    if family is None or words[i].kind == "loud" or ends_sentence(words, family.after):
        return None
    given_name = _given(words, family.after, ("letters",), 1)
    if given_name is not None:
        return Name(f"{given_name.text} {family.text}", given_name.after)
    if i == 0 and words[0].kind == "name":
        return None
    given_name = _given(words, family.after, ("initial",), 1)  # "K." at the end of a list
    if given_name is None or len(given_name.text) > 2:
        return None
    return Name(f"{given_name.text[0]} {family.text}", given_name.after, is_last=True)


def loud(words: Words, i: int) -> Name | None:
    """Read "LEE Ann"."""
    if not _is_loud(words[i]) or words[i].stops:
        return None
    given_name = _given(words, i + 1, ("name", "initial"), 3)
    if given_name is None or not NO_PERSON.isdisjoint(given_name.text.lower().split()):
        return None
    return Name(f"{given_name.text} {quiet(words[i].text)}", given_name.after)


def straight(words: Words, i: int) -> Name | None:
    """Read "Ann B. Lee", "A. van den Lee": the last word is a name."""
    end = _run(words, i, ("name", "initial", "particle", "letters", "loud"))
    name = words[i:end]
    if len(name) < 2 or name[-1].kind not in ("name", "loud") or name[0].kind == "particle":
        return None
    words_of_name = [word.text.lower() for word in name if word.kind != "letters"]
    if not NO_PERSON.isdisjoint(words_of_name) or _begins_title(name) or _is_topic(name):
        return None
    return Name(_quiet_name(name), end)


def _quiet_name(name: Words) -> str:
    """Return "MARK LEE" as "Mark Lee", and other names as they are."""
    if all(word.kind in ("loud", "initial") for word in name):
        return " ".join([quiet(word.text) for word in name])
    return _joined(name)


def _begins_title(name: Words) -> bool:
    """Tell whether a title is among words: "Ким А. Торф", or many in a script without capitals."""
    first = name[0].text
    if first.upper() == first.lower():
        return len(name) > MAX_UNCASED
    is_inverted = name[0].kind == "name" and name[1].kind == "initial"
    return is_inverted and _CYRILLIC.match(first) is not None


def _is_topic(name: Words) -> bool:
    """Tell whether words are the name of a thing: "Machine Learning", "Graph Networks"."""
    if name[0].kind == "initial" or is_given_name(name[0].text):
        return False
    return _THING.search(name[-1].text) is not None


VENUE = expression(r"[a-z][A-Z]{2}")  # "CoRL", "HotOS"


def surname(words: Words, i: int) -> Name | None:
    """Read "Lee" or "van den Lee"."""
    family = _family(words, i)
    if family is None or not NO_PERSON.isdisjoint(family.text.lower().split()):
        return None
    if VENUE.search(family.text):
        return None
    kinds = [word.kind for word in words[i : family.after] if word.kind != "particle"]
    return family if kinds == ["name"] else None


_AND_OTHERS = expression(r"(?:等|(?<=[\u4e00-\u9fff])ら)$")
_FOREIGN = expression(r"[\u30a0-\u30fa\u30fc-\u30ff]{2,12}")


def _is_parted(words: Words, i: int) -> bool:
    """Tell whether a dot stands within one foreign name: "ペール・ヨハンソン"."""
    if i + 2 >= len(words) or words[i + 1].text not in "・·":
        return False
    return all(map(_FOREIGN.fullmatch, (words[i].text, words[i + 2].text)))


def eastern(words: Words, i: int) -> Name | None:
    """Read "李安"; in a list with such names, others as they stand."""
    if words[i].kind != "eastern":
        return None
    if _is_parted(words, i):
        return Name("・".join([words[i].text, words[i + 2].text]), i + 3)
    if len(words[i].text) > MAX_EASTERN:
        return None
    name = _AND_OTHERS.sub("", words[i].text)
    further = words[i + 1].text if i + 1 < len(words) else ""
    if further and are_family_and_given(name, further):
        return Name(f"{name} {further}", i + 2)
    return Name(name, i + 1, is_last=name != words[i].text)


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
