"""Follow-up questions on what an answer listed: "the second one", "which of them are on tides?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litsearch.answers.catalogue_question import read_catalogue_question
from litsearch.patterns import expression

ITEM_WORDS = 14  # of an item that is asked about

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "last")
_FIGURES = ("1st", "2nd", "3rd", "4th", "5th")
_COUNTS = ("one", "two", "three", "four", "five")
_ITEM_NAME = r"(?: (?:one|point|step|item|part|thing|reason|method|option))?"
_ORDINAL = expression(
    r"^(?:(?:and |what about |how about |tell me (?:more )?about |more (?:on|about) |explain "
    rf"|what is )*(?:the )?(?P<which>{'|'.join(_ORDINALS + _FIGURES)}){_ITEM_NAME}"
    rf"|(?:and )?(?:number|no\.?|point|step|#) ?(?P<number>[1-5]|{'|'.join(_COUNTS)}))\W*$",
    re.IGNORECASE,
)
_ITEM = expression(r"\s*\[\d{1,3}\]")
_NUMBERED = expression(r"(?:^|\s)(?:\(?\d{1,2}[.)]|[•*-])\s+(?=\S)|\n+")
_OF_THEM = expression(
    r"^\W*(?:and |but )?(?:(?:which|what|are any|is any|any)(?: ones?)? of (?:them|these|those)"
    r"|which ones|only (?:those|the ones))(?: (?:that|which))?"
    r"(?: (?:are|is|were|was|do|deal|talk))?\s+(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_ONE_OF_THEM = expression(
    rf"^(?P<ask>[^,;:]{{0,60}}?)\b(?:the )?(?P<place>{'|'.join(_ORDINALS)})"
    r"(?: (?:one|work|paper|article|book|video))?(?: of (?:them|these|those))?"
    r"(?P<rest>(?:\s+(?:about|published|written|from|out|say|claim|argue|propose)\b[^,;:]*)?)\W*$",
    re.IGNORECASE,
)
_LEAD = expression(r"^\W*(?:\d{1,2}\W+)?")


def names_works(question: str) -> bool:
    """Tell whether the catalog answers a question with the names of works."""
    reading = read_catalogue_question(question)
    return reading is not None and reading.want == "list"


def on_listed_works(text: str, earlier: str, answer: str) -> str:
    """Return a question on the works that an earlier one listed, made whole; "" for others."""
    if match := _OF_THEM.match(text):
        return f"{_asked(earlier)} {match['rest']}?"
    match = _ONE_OF_THEM.match(text)
    works = _works_in(answer)
    if not match or not works:
        return ""
    place = _place(match["place"], len(works))
    if place >= len(works):
        return ""
    return " ".join(f"{match['ask'] or 'what is'} {works[place]} {match['rest']}".split())


def _asked(earlier: str) -> str:
    """Return how an earlier question asked for works, so that more can be said of them."""
    reading = read_catalogue_question(earlier)
    if reading is not None and reading.filters.authors and "by" not in earlier.split():
        return f"which works by {reading.filters.authors[0]}"
    return earlier.rstrip(" ?.!")


def _works_in(answer: str) -> list[str]:
    """Return the lines that name works, behind the sentence that says how many there are."""
    return _quotes(answer)[1:]


def listed_item(text: str, topic: str, answers: Sequence[str]) -> str:
    """Resolve "the second one" to the words of the second item: of the last list that an answer
    numbers, else of the quotes of the last answer.
    """
    match = _ORDINAL.match(text)
    if not match or not answers:
        return ""
    items = next(filter(None, map(_numbered, answers)), []) or _quotes(answers[0])
    place = _place(match["which"] or match["number"], len(items))
    if place >= len(items):
        return ""
    words = " ".join(_LEAD.sub("", items[place]).split()[:ITEM_WORDS])
    return f"{topic}: {words}"


def _place(name: str, count: int) -> int:
    """Return the place of the item that is meant, from 0."""
    name = name.lower()
    if name == "last":
        return count - 1
    if name.isdigit():
        return int(name) - 1
    names = next(row for row in (_ORDINALS, _FIGURES, _COUNTS) if name in row)
    return names.index(name)


def _numbered(answer: str) -> list[str]:
    """Return the items that an answer numbers or marks; none for an answer without a list."""
    parts = [" ".join(part.split()) for part in _NUMBERED.split(_ITEM.sub("", answer))]
    listed = list(filter(None, parts[1:]))
    if len(listed) < 2:
        return []
    return listed


def _quotes(answer: str) -> list[str]:
    """Return what stands between an answer's markers."""
    return list(filter(None, map(str.strip, _ITEM.split(answer))))
