"""Tell names of persons from other words, and read fields and lines that are lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.surnames import is_eastern_name
from litsearch.lists.fields import squeeze
from litsearch.lists.phrases import LABELS, NO_PERSON, word_set
from litsearch.patterns import expression

MAX_AUTHORS = 600  # characters of a list of authors
MAX_NAME = 60
FEWEST_SURNAMES = 4  # three words with capitals may as well be tags or towns

_INITIALS_NAME = expression(
    r"(?:[A-Z]\.[ -]?){1,3} ?(?:van |von |de |der )*[A-Z][\w'’-]+"
    r"|[A-Z][\w'’-]+,? (?:[A-Z]\.[ -]?){1,3}"
)
_EDITORS = expression(  # "(eds.)"
    r"\s*\((?:eds?|hrsg|hg|dir|org|coord|a cura di|ред|comp|trans)s?\.?\)", re.IGNORECASE
)
_NAME_BREAK = expression(
    r"\s*(?:,\s*(?:and|&)\s+|[;,，；、،؛&]|\band\b|\bund\b|\bet\b(?!\s+al)|\s[eyи]\s(?=\w))\s*"
)
_ET_AL = expression(r",?\s*\b(?:et\.?\s+al\.?|and others|and colleagues|等人?$)", re.IGNORECASE)
_INITIAL_END = expression(r"(?<!\w)[^\W\d_a-z]\.$")
_PARTICLES = word_set("van von der den de la le di da dos del bin ibn al el ter of the for at")
_SURE = expression(r"[a-z\d][A-Z.\d]")  # OpenAI, R.Lee


def authors_in(text: str) -> tuple[str, ...]:
    """Return the names of a field or line of names; () when a part is none.

    Besides persons, in every manner of writing, these may be bodies: "OpenAI and Ann Lee".
    """
    text = squeeze(text[:MAX_AUTHORS])
    if " al" in text or not text.isascii() or text.endswith(("others", "colleagues")):
        text = _ET_AL.sub("", text)
    text = text.strip(" ,;:")
    if persons := all_authors(text):
        return persons
    text = text.strip(" ()[]")
    if text[text.rfind(" ") + 1 :][:1].islower():
        return ()  # the last word of a name has a capital
    text = text if text.endswith(".") and _INITIAL_END.search(text) else text.strip(" .,;:()[]")
    parts = filter(None, map(str.strip, _parts(text)))
    names = tuple(map(_without_stop, parts))
    return names if names and all(map(is_name, names)) else ()


def without_roles(text: str) -> str:
    """Return names without what says that they edit: "Ann Lee (ed.)"."""
    return _EDITORS.sub("", text)


def _parts(text: str) -> Iterable[str]:
    """Return the parts of a list of names, each given name first."""
    if "," in text and ";" in text:  # "Turing, Alan; Shannon, Claude"
        return map(turned, text.split(";"))
    return _NAME_BREAK.split(text)


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
    family, comma, given_name = name.partition(",")
    return squeeze(f"{given_name} {family}" if comma else name)


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
        return not any(map(str.isdigit, name))
    return is_eastern_name(name)


def is_no_person(name: str) -> bool:
    """Tell whether a name holds a word that no person's does."""
    return not NO_PERSON.isdisjoint(name.lower().split())


def persons_before(text: str) -> tuple[str, ...]:
    """Return the persons that a comma divides from the title behind them: 'Ann Lee, "A Title"'."""
    text = text.rstrip()
    if not text.endswith((",", ":")) or len(text) >= 200:
        return ()
    return persons_in(text[:-1]) or _surname_in(text)


def _surname_in(text: str) -> tuple[str, ...]:
    """Return the one surname before a comma: "Lee,"."""
    name = text[:-1]
    is_word = text.endswith(",") and name.isalpha() and name.istitle()
    return (name,) if is_word and name.lower() not in LABELS | NO_PERSON else ()


def has_initials(names: Iterable[str]) -> bool:
    """Tell whether any of some names has initials."""
    return any(map(_INITIALS_NAME.fullmatch, names))
