"""What a query says: the words to look up, without the words that only ask, and what the hits must
be.

    "two words"     the passage, its title or its headings hold these words in this order, if
    anything does -word           and do not hold this one; -"two words" likewise title:  author:
    site:  year:  kind:  topic:  section:  list:  is:unread

What is not written like this is plain text; no query is wrong but for being empty or too long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from litsearch.errors import QueryError
from litsearch.text import WORD, content_words, edit_distance, words
from litsearch.types import Filters, Kind

MAX_CHARACTERS = 2_000
MAX_TERMS = 64
MAX_YEARS = 200
_FIELDS = {
    "title": "titles",
    "author": "authors",
    "site": "sites",
    "topic": "topics",
    "section": "sections",
    "list": "lists",
}

_PIECE = re.compile(
    r'(?<!\S)(?P<minus>-(?=["\w]))?(?:(?P<field>[A-Za-z]+):(?=\S))?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))'
)
_YEARS = re.compile(r"(\d{4})(?:(?:\.\.|-)(\d{4}))?")
_REQUEST = re.compile(
    r"^\s*(?:(?:please|can you|could you|would you|will you|i am|i'm|i want to|i'd like to|i want|i need|we|me)\s+)*"
    r"(?:(?:give|show|find|get|tell|list|recommend|suggest|search|look(?:ing)?|point)\s+)(?:me\s+|us\s+|for\s+|to\s+)*"
    r"(?:(?:some|any|all|the|a|an|more|relevant|recent|good|related)\s+)*"
    r"(?:(?:papers?|articles?|posts?|works?|research|studies|documents?|literature|references?|resources?|something)\s+)?"
    r"(?:(?:about|on|that|which|for|regarding|related to|discussing|describing|covering|dealing with)\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, taken apart."""

    asked: str  # as typed, white space apart
    text: str  # what is embedded: without fields and exclusions
    words: tuple[str, ...]  # as typed, without repetition and without those that only ask
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    filters: Filters = Filters()  # noqa: RUF009 - frozen


def read_query(text: str) -> Query:
    """Raises QueryError when it is empty or too long."""
    asked = " ".join(text.replace("\0", " ").split())
    if not asked:
        raise QueryError("The query is empty.", "Say what to look for.")
    if len(asked) > MAX_CHARACTERS:
        raise QueryError(
            f"The query has {len(asked):,} characters; {MAX_CHARACTERS:,} are the most.",
            "Shorten it to what matters.",
        )
    query = Query(asked, "", ())
    kept: list[str] = []
    for match in _PIECE.finditer(asked.translate({0x201C: '"', 0x201D: '"', 0x201E: '"'})):
        query = _with(query, match, kept)
    plain = " ".join(kept).strip()
    spoken = plain if WORD.search(plain) else " ".join(query.filters.titles) or asked
    return replace(query, text=spoken, words=_words(spoken))


def _with(query: Query, match: re.Match[str], kept: list[str]) -> Query:
    """The query with one more piece; what is plain text goes into kept."""
    value = match["word"] if match["phrase"] is None else match["phrase"].strip()
    spoken = value if match["phrase"] is None else f'"{value}"'
    if not value:
        return query
    if match["field"] and not match["minus"]:
        filters = _filtered(query.filters, match["field"].casefold(), value)
        if filters is not None:
            return replace(query, filters=filters)
    elif match["minus"] and not match["field"] and WORD.search(value) and not value[0].isdigit():
        return replace(query, without=(*query.without, value))
    elif match["phrase"] is not None and not match["minus"] and WORD.search(value):
        kept.append(spoken)
        return replace(query, phrases=(*query.phrases, value))
    kept.append(match.group())
    return query


def _filtered(filters: Filters, field: str, value: str) -> Filters | None:
    """The filters with one more; None when the field or its value is none of ours."""
    if field == "is":
        return replace(filters, unread=True) if value.casefold() == "unread" else None
    if field == "year":
        years = _years(value)
        return replace(filters, years=(*filters.years, *years)) if years else None
    if field == "kind":
        kind = next((kind for kind in get_args(Kind) if kind == value.casefold()), None)
        return replace(filters, kinds=(*filters.kinds, kind)) if kind else None
    name = _FIELDS.get(field)
    changed: dict[str, Any] = {name: (*getattr(filters, name), value)} if name else {}
    return replace(filters, **changed) if name else None


def _years(value: str) -> tuple[int, ...]:
    match = _YEARS.fullmatch(value)
    if match is None:
        return ()
    first, last = int(match[1]), int(match[2] or match[1])
    return tuple(range(first, last + 1))[:MAX_YEARS]


def _words(text: str) -> tuple[str, ...]:
    """The words that tell something; of a query that has none, all."""
    wanted = text[match.end() :] if (match := _REQUEST.match(text)) else text
    return (content_words(wanted) or content_words(text) or tuple(dict.fromkeys(words(text))))[
        :MAX_TERMS
    ]


if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 5  # letters; shorter words are one slip away from too many others
MOST = 40  # letters
# letters of the longer word from which two slips are forgiven; from 8, vaccines were taken for
# machines
TWO_SLIPS = 10
_PLAIN_WORD = re.compile(r"[^\W\d_]+")


def worth_correcting(word: str) -> bool:
    """False for short words and for names (capitals inside, digits): they mean what they say."""
    return (
        LEAST <= len(word) <= MOST
        and bool(_PLAIN_WORD.fullmatch(word))
        and (word[1:].islower() or word.isupper())
    )


def near_word(word: str, known: frozenset[str]) -> str | None:
    """The known word that is fewest slips away (one, in long words two), the first by alphabet;
    else None.

    A slip is a letter more, less or other, or two letters in the wrong order. The first letter is
    right, as it nearly always is (Yannakoudakis and Fawthrop 1983).
    """
    low = word.casefold()
    near = [(edit_distance(low, other, 2), other) for other in _may_be(low, known, 2)]
    right = [
        (slips, other)
        for slips, other in near
        if slips <= (2 if max(len(low), len(other)) >= TWO_SLIPS else 1)
    ]
    return min(right)[1] if right else None


def _may_be(word: str, known: frozenset[str], slips: int) -> list[str]:
    """A quick test that leaves few to compare: about as long, and mostly of the same letters."""
    words, lengths, letters, firsts = _outlines(known)
    own = np.uint64(_letters(word))
    near = (firsts == ord(word[0])) & (abs(lengths - len(word)) <= slips) & (lengths >= LEAST - 1)
    near &= (np.bitwise_count(own & ~letters) <= slips) & (
        np.bitwise_count(letters & ~own) <= slips
    )
    return [words[place] for place in np.flatnonzero(near).tolist()]


@lru_cache(maxsize=2)
def _outlines(
    known: frozenset[str],
) -> tuple[list[str], NDArray[np.int64], NDArray[np.uint64], NDArray[np.int64]]:
    """The words, their lengths, letters and first letters: one at a time, 16,591 words took 26 ms a
    slip, not 10.
    """
    words = sorted(known)
    lengths, firsts = (
        np.array([(len(one), ord(one[:1] or "\0")) for one in words], np.int64).reshape(-1, 2).T
    )
    return words, lengths, np.array([_letters(one) for one in words], np.uint64), firsts


def _letters(word: str) -> int:
    """A bit for each letter; far alphabets share them, so that the test lets more through."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
