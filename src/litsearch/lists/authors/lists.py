"""Read a list of authors at the beginning of a text, in whatever manner its names are written.

All names of a list are written in the manner of the first, but for those behind an "and"; of the
manners in which a text can be read, the one that reads furthest is taken:

    inverted  "Lee, A. B., & van den Ray, C."
    turned    "Lee, Ann, and Bob Ray", "Lee, Ann; Ray, Bob"
    loose     "Lee A. B., Ray C."
    short     "Lee AB, Ray C", as medicine writes them
    loud      "LEE Ann et RAY Bob"
    straight  "A. B. Lee, Cy Ray and Dee Poe"
    surnames  "Lee, Ray and Dee", "Lee et al."
    eastern   "李安、雷波", "佐藤健一・鈴木美咲"
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from litsearch.lists.authors.given_names import is_given_name
from litsearch.lists.authors.manners import (
    Name,
    Word,
    Words,
    eastern,
    ends_sentence,
    inverted,
    loose,
    loud,
    short,
    straight,
    surname,
    turned,
    words_of,
)
from litsearch.lists.authors.surnames import is_eastern_name
from litsearch.patterns import expression

Manner = Literal["inverted", "turned", "loose", "short", "loud", "straight", "surnames", "eastern"]

MAX_TEXT = 800  # characters of a list of authors
LOOK_AHEAD = 6  # words that show in which manner a list is written
FEWEST_SURNAMES = 4  # without an "and": three capital words may as well be tags or towns

_ROLE = expression(
    r"\s*,?\s*\(?(?:eds?|editors?|hrsg|hg|dirs?|orgs?|coords?|a cura di|ред|comps?|trans"
    r"|编著?|編著?)\b\.?(?P<closed>\))?",
    re.IGNORECASE,
)
_SEVERAL = expression(
    r"\s*,?\s*(?:(?:\bet\.?|&) ?al\b\.?|\band (?:others|colleagues)\b|\bu\. ?a\.|и др\.?|等人?)",
    re.IGNORECASE,
)
# what a name can stand before
_BOUNDARY = expression(
    r"\s*(?:$|[.,;:：，。、،؛・·•|/&(（\[\"“„«《『「*]|[-–—]\s|(?:19|20)\d\d|#"
    r"|(?:and|und|et|y|e|i|и|og|och|con|en|in|at|for|on|from)\s)"
)
_ABBREVIATION = expression(r"\s+[A-Z][a-z]*\.")
_MIDDLE = expression(r"[^\W\d_][^\s.]+ [^\W\d_]\. \S+$")  # "Stone K. Geomorph"
_YEAR = expression(r"\s*,?\s*[(\[]?(?:19|20)\d\d")
_GOES_ON = expression(r",?\s+[^\W\dA-ZÀ-ÞА-Я_]")

Reader: TypeAlias = Callable[[Words, int], Name | None]


@dataclass(frozen=True, slots=True)
class AuthorList:
    """The authors with which a text begins."""

    names: tuple[str, ...]  # given names first
    end: int  # where the list ends in the text, roles and "et al." read
    manner: Manner
    several: bool = False  # it ends with "et al."
    joined: bool = False  # an "and" stands before the last


@lru_cache(maxsize=2048)
def authors_at(text: str) -> AuthorList | None:
    """Return the authors with which a text begins; None when it begins with none."""
    text = text[:MAX_TEXT]
    words = list(words_of(text))
    if not words or words[0].kind in ("sign", "and", "other"):
        return None
    lists: list[AuthorList] = []
    for manner in _manners_of(words, text):
        authors = _list_of(text, words, manner, _MANNERS[manner])
        if authors is not None:
            lists.append(authors)
    if len(lists) > 1 and lists[-1].manner == "surnames" and lists[-1].joined:
        lists = [authors for authors in lists if not _is_row_of_surnames(authors)]
    return max(lists, key=lambda authors: _reach(text, authors), default=None)


def _is_row_of_surnames(authors: AuthorList) -> bool:
    """Tell whether "Arroyo, Singh & Pell, Fog Reports" was read as a name turned around."""
    if authors.manner != "turned" or any("." in name for name in authors.names):
        return False
    return not any(is_given_name(name.split()[0]) for name in authors.names)


def _manners_of(words: Words, text: str) -> Sequence[Manner]:
    """Return the manners in which the first words can be read, by a cheap look at their kinds.

    Of lists that reach as far, the first counts.
    """
    first = words[0].kind
    if first == "eastern":
        return ("eastern",)
    if first == "initial":
        return ("straight",)
    kinds = {word.kind for word in words[1:LOOK_AHEAD]}
    manners: list[Manner] = ["inverted"] if "sign" in kinds else []
    if not kinds.isdisjoint(("letters", "initial")):
        manners += ["short", "loose"]
    if first in ("loud", "letters"):
        manners.append("loud")
    manners.append("straight")
    if not kinds.isdisjoint(("sign", "and")) or " al" in text:
        manners += ["turned", "surnames"]
    return manners


def _reach(text: str, authors: AuthorList) -> int:
    """Return how far a list reads; nothing when a title or a journal goes on.

    "Halloran P. Skin, slowly." and "Stone K. Geomorph. Lett." are no Halloran Skin, Stone Geomorph.
    """
    if _GOES_ON.match(text, authors.end):
        return 0
    has_abbreviation = text[authors.end - 1] == "." and _ABBREVIATION.match(text, authors.end)
    if has_abbreviation and authors.manner == "straight" and _MIDDLE.match(authors.names[-1]):
        return 0 if not is_given_name(authors.names[-1].split()[0]) else authors.end
    return authors.end


def _begins_with_title(names: Sequence[str]) -> bool:
    """Tell whether only the first of names lacks initials: "Fog Walks, K. Lee, B. Ray"."""
    first, *more = names
    if not more or "." in first or is_given_name(first.split()[0]):
        return False
    return all("." in name for name in more)


def all_authors(text: str) -> tuple[str, ...]:
    """Return the authors of a text that is nothing but a list of them; () for any other."""
    authors = authors_at(text.strip())
    rest = text.strip()[authors.end :] if authors is not None else text
    return authors.names if authors is not None and not rest.strip(" .,;:)") else ()


# Lists.

_Readers: TypeAlias = tuple[Sequence[Reader], Sequence[Reader], Sequence[Reader]]
# the readers of the first name, of those behind a comma, and of those behind "and"
_MANNERS: dict[Manner, _Readers] = {
    "inverted": ([inverted], [inverted, straight], [inverted, straight, turned]),
    "short": ([short], [short], [short]),
    "loose": ([loose], [loose], [loose, straight]),
    "loud": ([loud], [loud], [loud]),
    "straight": ([straight], [straight], [straight]),
    "turned": ([turned], [straight], [straight, inverted, turned]),
    "surnames": ([surname], [surname], [surname]),
    "eastern": ([eastern], [eastern, straight], [eastern, straight]),
}


def _list_of(text: str, words: Words, manner: Manner, readers: _Readers) -> AuthorList | None:
    """Read a list in one manner as far as it goes."""
    first, behind_comma, behind_and = readers
    name = _read(text, words, 0, first)
    if name is None:
        return None
    names, joined, is_last = [name.text], False, False
    while not _is_at_end(text, words, name):
        start, strong = _separator(words, name.after)
        if start == name.after or (is_last and not strong):
            break
        is_last = _is_and(words[start - 1])
        further = _read(text, words, start, _further(words, start, behind_comma, behind_and))
        if further is None or _is_of_other_kind(further.text, names, words[start - 1].text):
            break
        name = further
        names.append(name.text)
        joined = joined or strong
    return _with_end(text, words, names, name.after, manner, joined)


def _is_and(word: Word) -> bool:
    """Tell whether the last name of a list stands behind a word: "Lee, Ray & Poe, Fog Reports"."""
    return word.kind == "and" or word.text == "&"


def _is_at_end(text: str, words: Words, name: Name) -> bool:
    """Tell whether a list ends with a name: a sentence does, or "et al." follows."""
    if name.is_last or ends_sentence(words, name.after):
        return True
    return _SEVERAL.match(text, words[name.after - 1].end) is not None


def _is_of_other_kind(name: str, names: list[str], sign: str) -> bool:
    """Tell whether a name behind a comma is that of a journal or a press."""
    if sign == "，" and _is_journal(name, names):
        return True
    return sign == "," and _is_other_than(name, names)


def _is_other_than(name: str, names: Sequence[str]) -> bool:
    """Tell whether a name lacks the initials that all names before it have: "A. Lee, Fog Press"."""
    return (
        all("." in earlier for earlier in names)
        and "." not in name
        and " " in name
        and not is_given_name(name.split()[0])
    )


def _is_journal(name: str, names: list[str]) -> bool:
    """Tell whether four signs or more behind Chinese names are none: "周明、吴静，计算机学报"."""
    return len(name) > 3 and all(map(is_eastern_name, names)) and not is_eastern_name(name)


def _further(
    words: Words, start: int, behind_comma: Sequence[Reader], behind_and: Sequence[Reader]
) -> Sequence[Reader]:
    """Return what reads the name behind a sign: a semicolon divides names with commas."""
    sign = words[start - 1].text
    if sign in (";", "/", "；"):
        return behind_and[::-1]
    return behind_comma if sign == "," else behind_and


def _separator(words: Words, i: int) -> tuple[int, bool]:
    """Return where signs and "and" between names end, and whether they are more than a comma."""
    strong = False
    while i < len(words) and words[i].kind in ("sign", "and"):
        strong = strong or words[i].text != ","
        i += 1
    return i, strong


def _read(text: str, words: Words, i: int, readers: Sequence[Reader]) -> Name | None:
    """Read one name that something else than a further word of a title follows."""
    if i >= len(words):
        return None
    for reader in readers:
        name = reader(words, i)
        if name is None:
            continue
        last = words[name.after - 1]
        if last.stops or last.kind == "initial" or _BOUNDARY.match(text, last.end):
            return name
        if _SEVERAL.match(text, last.end):
            return name
    return None


def _with_end(
    text: str, words: Words, names: list[str], after: int, manner: Manner, joined: bool
) -> AuthorList | None:
    """Return a list with "et al." and roles read; None for surnames that may as well be words."""
    end = words[after - 1].end
    several = None if ends_sentence(words, after) else _SEVERAL.match(text, end)
    end = _behind_role(text, end if several is None else several.end())
    is_row = len(names) >= FEWEST_SURNAMES and _YEAR.match(text, end) is not None
    if manner == "straight" and _begins_with_title(names):
        return None
    if manner == "surnames" and several is None and not (joined or is_row):
        return None
    return AuthorList(tuple(names), end, manner, several is not None, joined)


def _behind_role(text: str, end: int) -> int:
    """Return where "(eds.)" behind names ends; the end of the names when there is none."""
    role = _ROLE.match(text, end)
    is_whole = role is not None and (role["closed"] or "(" not in role[0])
    return role.end() if role is not None and is_whole else end
