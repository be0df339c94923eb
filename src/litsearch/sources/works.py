"""Works as registers know them, and how sure it is that one of them is what an entry of a list names."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from litsearch.sources.identity import last_name, normal_title
from litsearch.types import Entry

SURE = 0.9  # below this a work is not taken for the one that is named
NEAR = 0.92  # similarity of two titles that differ by a misspelling
ALONE_WORDS = 6  # a title of fewer words, with no author to compare, may be that of many works
_LONGEST = 300  # characters of a title


@dataclass(frozen=True, slots=True)
class Work:
    """A scholarly work. url: an open copy, if there is one."""

    title: str
    authors: tuple[str, ...]
    published: str | None  # ISO 8601, as far as known
    url: str | None


def confidence(entry: Entry, work: Work) -> float:
    """How sure it is, from 0 to 1, that an entry names a work: by its title, an author, and the year.

    A named author must be among the work's; without one the title must be long and the same to the letter.
    """
    named, known = normal_title(entry.title)[:_LONGEST], normal_title(work.title)[:_LONGEST]
    titles = _same(named, known)
    if not titles or not known:
        return 0.0
    if entry.authors:
        authors = {last_name(name) for name in work.authors}
        if last_name(entry.authors[0]) not in authors:
            return 0.0
        sure = titles
    else:
        sure = 0.94 if titles == 1.0 and len(named.split()) >= ALONE_WORDS else 0.0
    return round(sure * _of_years(entry.year, work.published), 2)


def _same(named: str, known: str) -> float:
    """1 for equal titles, less for one with the subtitle left out or a misspelling, 0 for others."""
    if named == known:
        return 1.0
    short, long = sorted((named, known), key=len)
    if len(short.split()) >= 3 and long.startswith(short + " "):
        return 0.95
    similarity = SequenceMatcher(None, named, known, autojunk=False).ratio()
    return similarity if similarity >= NEAR and _numbers(named) == _numbers(known) else 0.0


def _numbers(title: str) -> list[str]:
    """The numbers in a title: "Llama 2" is no misspelling of "Llama 3"."""
    return [word for word in title.split() if any(c.isdigit() for c in word)]


def _of_years(listed: int | None, published: str | None) -> float:
    """A preprint may be two years older than what the list dates; a title used again is further off."""
    if listed is None or not published or not published[:4].isdigit():
        return 0.98
    apart = abs(listed - int(published[:4]))
    return 0.99 if apart == 0 else 0.98 if apart <= 1 else 0.96 if apart == 2 else 0.5
