"""References in the manner of journals and theses: names, a year, a title, and where it was printed."""

from __future__ import annotations

import re

from litsearch.lists.fields import authors_in, clean_remark, clean_title, year_in
from litsearch.lists.reading.trailer import Claim

NUMBER = re.compile(r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)])[\s*:.]+(?=\S)|^\W{0,3}\[\^?\w{1,10}\]:?\s*$")
_REFERENCE = re.compile(  # "Liskov, B., & Zilles, S. (1974). Programming with abstract data types. SIGPLAN ..."
    r"^([A-Z][\w'’-]+, [^()]{1,300}?)\s*\(((?:19|20)\d\d)[a-z]?\)[.,:]\s+(.{8,250}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_KEY = re.compile(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_SURNAME_FIRST = re.compile(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),\s*((?:[A-Z]\.[ -]?)+)")
_JOURNAL = re.compile(  # "A. Turing, "Computing machinery and intelligence," Mind, vol. 59, pp. 433-460, 1950."
    r"^([^\"“]{3,300}?),\s+[\"“]([^\"”“]{3,300}?)[,.]?[\"”],?\s+(.*)$"
)
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+\w")


def reference(text: str) -> Claim:
    """What a reference in the manner of journals says; an empty Claim for other text."""
    text = NUMBER.sub("", text)
    text = _KEY.sub("", text) if text[:4].lstrip()[:1] == "[" else text
    journal = _JOURNAL.match(text)
    if journal and _INITIALS.match(journal[1]) and (authors := authors_in(journal[1])):
        year = year_in(journal[3][::-1][:400][::-1], anywhere=True)
        return Claim(clean_title(journal[2]), clean_remark(journal[3]), authors, year)
    match = _REFERENCE.match(text)
    names = tuple(f"{first.strip()} {last}" for last, first in _SURNAME_FIRST.findall(match[1])) if match else ()
    if match is None or not names:
        return Claim()
    return Claim(clean_title(match[3]), clean_remark(match[4]), names, int(match[2]))
