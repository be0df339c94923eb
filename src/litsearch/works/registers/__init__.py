"""Services that know which works there are, one module each, and how surely a title names one."""

from __future__ import annotations

from dataclasses import dataclass

from litsearch.patterns import expression
from litsearch.types import Entry
from litsearch.works.identity import last_name, normal_title, plain_title

SURE = 0.9  # below this a work is not taken for the one that is named
SHORTER, SLIPPED = 0.95, 0.92  # a title with its subtitle left out, and one with a slip of the pen
SLIP_LETTERS = 5  # a word of fewer letters is another word, not a misspelt one
ALONE_WORDS = 6  # a title of fewer words, with no author to compare, may be that of many works
_LONGEST = 300  # characters of a title
_SUBTITLE = expression(r"\s*(?::|\?|\s[–—-]+)\s+(?=\S)")
_ANOTHER = expression(  # what follows a work's title in the title of a work about it, or after it
    r"\b(?:survey|review|comments?|reply|response|errat\w+|corrigend\w+|correction|addendum"
    r"|supplement\w*|revisited|retrospective|tutorial|replication|critique|part|volume|chapter"
    r"|workshop|poster|slides|abstract|sequel|[ivx]+|v?\d+)\b"
)


@dataclass(frozen=True, slots=True)
class Work:
    """A scholarly work. url: an open copy, if there is one."""

    title: str
    authors: tuple[str, ...]
    published: str | None  # ISO 8601, as far as known
    url: str | None


def confidence(entry: Entry, work: Work) -> float:
    """Tell how sure it is, from 0 to 1, that an entry names a work: by title, author and year.

    A named author must be among the work's; without one the title must be long and the same to the
    letter.
    """
    title = normal_title(entry.title)
    titles = _same(plain_title(entry.title), work.title)
    if not titles or not normal_title(work.title):
        return 0.0
    if entry.authors:
        authors = {last_name(name) for name in work.authors}
        if last_name(entry.authors[0]) not in authors:
            return 0.0
        sure = titles
    else:
        sure = 0.94 if titles == 1.0 and len(title.split()) >= ALONE_WORDS else 0.0
    return round(sure * _of_years(entry.year, work.published), 2)


def _same(title: str, work_title: str) -> float:
    """Return 1 for equal titles, 0 for others; less than 1 where the subtitle is left out, or for a
    slip of the pen.
    """
    bare_title, other = normal_title(title)[:_LONGEST], normal_title(work_title)[:_LONGEST]
    if bare_title == other:
        return 1.0
    if _is_shorter(bare_title, work_title) or _is_shorter(other, title):
        return SHORTER
    pairs = list(zip(bare_title.split(), other.split(), strict=False))
    slips = [pair for pair in pairs if pair[0] != pair[1]]
    same_length = len(bare_title.split()) == len(other.split())
    return SLIPPED if same_length and len(slips) == 1 and _is_slip(*slips[0]) else 0.0


def _is_shorter(short: str, title: str) -> bool:
    """Return whether a title is another one without its subtitle, and that does not make it another
    work.
    """
    parts = _SUBTITLE.split(title[:_LONGEST], maxsplit=1)
    return (
        len(parts) == 2
        and len(short.split()) >= 3
        and normal_title(parts[0]) == short
        and not _ANOTHER.search(normal_title(parts[1]))
    )


def _is_slip(word: str, other: str) -> bool:
    """Return whether two letters are exchanged, or one is missing.

    A letter replaced, or another first letter, makes another word.
    """
    short, long = sorted((word, other), key=len)
    if len(short) < SLIP_LETTERS or short[0] != long[0]:
        return False
    if any(character.isdigit() for character in long):
        return False
    if len(long) == len(short) + 1:
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))
    return len(long) == len(short) and _are_exchanged(word, other)


def _are_exchanged(word: str, other: str) -> bool:
    """Return whether two words of one length differ by two neighbouring letters that changed
    places.
    """
    letters = zip(word, other, strict=True)
    apart = [at for at, (letter, counterpart) in enumerate(letters) if letter != counterpart]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    return sorted(word) == sorted(other)


def _of_years(listed: int | None, published: str | None) -> float:
    """Return how well the years fit.

    A preprint may be two years older than what the list dates; a title used again is further off.
    """
    if listed is None or not published or not published[:4].isdigit():
        return 0.98
    apart = abs(listed - int(published[:4]))
    by_years = {0: 0.99, 1: 0.98, 2: 0.96}
    return by_years.get(apart, 0.5)
