"""Read the names of persons: lists of authors, and what is no name for sure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from litsearch.lists.fields import squeeze
from litsearch.lists.phrases import NO_PERSON, word_set
from litsearch.lists.surnames import is_eastern_name
from litsearch.patterns import expression

MAX_AUTHORS = 600  # characters of a list of authors
MAX_NAME = 60
FEWEST_SURNAMES = 4  # three words with capitals may as well be tags or towns

_INITIALS_NAME = expression(
    r"(?:[A-Z]\.[ -]?){1,3} ?(?:van |von |de |der )*[A-Z][\w'’-]+"
    r"|[A-Z][\w'’-]+,? (?:[A-Z]\.[ -]?){1,3}"
)
# between names, and between the sentences of a reference
SEGMENTS = expression(r"(?<=[^\W\d_]{2})[.](?=\s|$)\s*|[,،]\s+(?:and |& )?|\s+(?:and|&)\s+")

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁ]"
SURNAME = rf"{_CAPITAL}[\w'’-]+(?: {_CAPITAL}[\w'’-]+)?"
INITIALS = rf"(?:{_CAPITAL}\.[ -]?)+"
_AND = "(?:and|&|y|e|und|et|и)"
_SURNAME_FIRST = expression(rf"({SURNAME}),?\s*({INITIALS})")
# "Lee, A., Ray, B., & Poe, C."
SURNAMES = rf"{SURNAME},\s*{INITIALS}(?:(?:,? {_AND} ?|,? |; ?| / ){SURNAME},\s*{INITIALS})*"
ALL_SURNAMES = expression(rf"{SURNAMES}\W*")
# "Lee A., Ray B.": without a comma, it takes one behind the last to tell names from given names
LOOSE_SURNAMES = rf"{SURNAME} {INITIALS}(?:, ?{SURNAME} {INITIALS})*"
_LOOSE = expression(rf"{SURNAME} {INITIALS}")
_SHORT = r"[A-Z][\w'’-]*[a-z](?:[ -][A-Z][\w'’-]+)? [A-Z]{1,3}"
SHORT_NAMES = rf"{_SHORT}(?:, ?{_SHORT})*"  # "Lee AB, Ray C", as medicine writes them
_SHORT_NAME = expression(r"(\D{2,40}) ([A-Z]{1,3})")
_ALL_SHORT = expression(SHORT_NAMES)
_LOUD_FAMILY = expression(r"([A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+),? ([A-ZÀ-ÖØ-Þ][\w.'’ -]*)")  # "LEE Ann"
_COMMAS = expression("[,，、;；]")
_EDITORS = expression(  # "(eds.)"
    r"\s*\((?:eds?|hrsg|hg|dir|org|coord|a cura di|ред|comp|trans)s?\.?\)", re.IGNORECASE
)

_NAME_BREAK = expression(
    r"\s*(?:,\s*(?:and|&)\s+|[;,，；、،؛&]|\band\b|\bund\b|\bet\b(?!\s+al)|\s[eyи]\s(?=\w))\s*"
)
_ET_AL = expression(r",?\s*\b(?:et\.?\s+al\.?|and others|and colleagues|等人?$)", re.IGNORECASE)
_INITIAL_END = expression(rf"(?<!\w){_CAPITAL}\.$")
_PARTICLES = word_set("van von der den de la le di da dos del bin ibn al el ter of the for at")
_SURE = expression(r"[a-z\d][A-Z.\d]")  # OpenAI, R.Lee


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names of a list, "A. Turing, B. Liskov and C. Shannon"; () when a part is none."""
    text = _ET_AL.sub("", squeeze(text[:MAX_AUTHORS]))
    if ALL_SURNAMES.fullmatch(text):
        return surnames_first(text)
    short = text.rstrip(".")
    if _ALL_SHORT.fullmatch(short) and ("," in short or short[-2].isupper()):
        return short_names(short)
    text = text.strip(" ,;:()[]")
    text = text if _INITIAL_END.search(text) else text.strip(" .,;:()[]")
    parts = list(filter(None, map(str.strip, _parts(text))))
    if parts and all(map(_LOOSE.fullmatch, parts)):
        return surnames_first(", ".join(parts))
    names = tuple(map(_without_stop, parts))
    return names if names and all(map(is_name, names)) else ()


def sure_authors(text: str) -> tuple[str, ...]:
    """Return the names of a text that is nothing but a list of several persons; () for others."""
    text = squeeze(text[:MAX_AUTHORS]).strip("*_ ")
    if ALL_SURNAMES.fullmatch(text) or (_ALL_SHORT.fullmatch(text) and "," in text):
        return authors_in(text)
    return persons_in(text, least=2)


def surnames_first(text: str) -> tuple[str, ...]:
    """Return the names of "Liskov, B., & Zilles, S.", given names first."""
    return tuple([f"{given.strip()} {quiet(family)}" for family, given in _families(text)])


def _families(text: str) -> list[tuple[str, str]]:
    return _SURNAME_FIRST.findall(text)


def quiet(family: str) -> str:
    """Return "LEE" as "Lee", and other names as they are."""
    return family.title() if family.isupper() and len(family) > 2 else family


def short_names(text: str) -> tuple[str, ...]:
    """Return the names of "Lee AB, Ray C", given names first."""
    names: list[str] = []
    for name in text.split(","):
        short = _SHORT_NAME.fullmatch(name.strip(" ."))
        names.append(f"{short[2]} {short[1]}" if short else name.strip())
    return tuple(names)


def loud_families(text: str) -> tuple[str, ...]:
    """Return the names of "LEE Ann et RAY Bob", given names first; () when a part is none."""
    names: list[str] = []
    for part in _parts(_EDITORS.sub("", text)):
        loud = _LOUD_FAMILY.fullmatch(part.strip())
        if loud is None or loud[2].isupper():
            return ()
        names.append(f"{loud[2].strip()} {quiet(loud[1])}")
    return tuple(names)


def without_roles(text: str) -> str:
    """Return names without what says that they edit: "Ann Lee (ed.)"."""
    return _EDITORS.sub("", text)


def _parts(text: str) -> Iterable[str]:
    """Return the parts of a list of names, each given name first."""
    if "," in text and ";" in text:  # "Turing, Alan; Shannon, Claude"
        return map(_given_first, text.split(";"))
    return _NAME_BREAK.split(text)


def _given_first(name: str) -> str:
    parts = [part.strip() for part in name.split(",", 1)]
    return " ".join(reversed(parts))


def _without_stop(name: str) -> str:
    """Return a name without the full stop behind it, unless that belongs to an initial."""
    is_sentence_end = name.count(".") == 1 and len(name) > 4
    return name.strip(" .") if is_sentence_end else name.strip()


def is_name(text: str) -> bool:
    """Tell whether a text can name somebody: few words, each with a capital or a digit."""
    words = text.lstrip("@").split()
    if not 1 <= len(words) <= 5 or len(text) > MAX_NAME:
        return False
    if not any(map(str.isalpha, text)) or not _is_capital(words[-1]):
        return False
    return all(word.lower() in _PARTICLES or _is_capital(word) for word in words)


def _is_capital(word: str) -> bool:
    first = word.lstrip("\"'“‘(")[:1]
    if first.isupper() or first.isdigit():
        return True
    return first.isalpha() and first == first.upper() == first.lower()


def sure_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names unless they may be words of a title: "by Design", "by Learning Errors"."""
    if not all(" " in name or _SURE.search(name) for name in names):
        return ()
    words = " ".join(names).split()
    return () if any(len(word) > 6 and word.endswith("ing") for word in words) else names


def turned(name: str) -> str:
    """Return a name with the given name first: "Lee, Ann" to "Ann Lee"."""
    family, comma, given = name.partition(",")
    return squeeze(f"{given} {family}" if comma else name)


def persons_in(text: str, *, least: int = 1) -> tuple[str, ...]:
    """Return the names of at least so many persons, each of two words or more; () for others.

    From four names on, surnames alone will do: three capital words may as well be tags or towns.
    """
    names = authors_in(text)
    if len(names) < least or any(map(is_no_person, names)):
        return ()
    return names if all(map(_is_whole, names)) or len(names) >= FEWEST_SURNAMES else ()


def _is_whole(name: str) -> bool:
    """Tell whether a name is one of two to four words, or one that is written as one word."""
    if 2 <= len(name.split()) <= 4 and not name.isupper():
        return True
    return is_eastern_name(name)


def is_no_person(name: str) -> bool:
    """Tell whether a name holds a word that no person's does."""
    return not NO_PERSON.isdisjoint(name.lower().split())


def persons_before(text: str) -> tuple[str, ...]:
    """Return the persons that a comma divides from the title behind them: 'Ann Lee, "A Title"'."""
    text = text.rstrip()
    return persons_in(text[:-1]) if text.endswith((",", ":")) and len(text) < 200 else ()


def is_person(text: str) -> bool:
    """Tell whether a text is the name of one person: with initials, or of two to four words."""
    if _INITIALS_NAME.fullmatch(text):
        return True
    return bool(persons_in(text)) and len(text.split()) <= 4 and not _COMMAS.search(text)


def has_initials(names: Iterable[str]) -> bool:
    """Tell whether any of some names has initials."""
    return any(map(_INITIALS_NAME.fullmatch, names))


def take_persons(parts: list[str]) -> list[str]:
    """Return the persons with which a list of parts begins."""
    names: list[str] = []
    for part in parts:
        if not is_person(part.strip(" .")):
            break
        names.append(part.strip())
    return names
