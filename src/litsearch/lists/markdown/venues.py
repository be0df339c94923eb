"""Read the year in what stands behind a title: "(2019)", ". HotWet 2011.", ", OSDI '18"."""

from __future__ import annotations

from litsearch.lists.fields import may_hold_year, year_in
from litsearch.patterns import expression

YEAR = r"(?:19|20)\d\d"
_YEAR_LAST = expression(rf",\s*({YEAR})\W*$")
# "PLDI 2016. …"
_VENUE_FIRST = expression(
    rf"^\W{{0,3}}(?:ar[Xx]|[A-Z][A-Z])[\w&/-]{{0,12}}(?: [A-Z]\w+)?,? ({YEAR})\b"
)
# ". HotWet 2011.", ", 12 mars 2022"
_VENUE_ALONE = expression(
    r"^\W{0,4}(?:(?:at|in) )?(?:[A-Z\d][\w&/.-]*(?: [\w&/.-]+){0,3}"
    rf"|[^\d(){{}}\[\]]{{2,40}}, \d{{1,2}}\.? \w+),? ({YEAR})\W*$"
)
_YEAR_FIRST = expression(rf"^\s?[,.] ?({YEAR})[.,;]")  # ", 2020. Accessed …"
_SHORT_VENUE = expression(r"^\W{0,4}[A-Z][\w&/-]*(?: [A-Z][\w&/-]*)? ?['’]\d\d\W*$")  # "OSDI '18"
_DATE = expression(  # "14 Feb. 2020", "June 3, 2021"
    rf"(?:\b\d{{1,2}}\.? [^\W\d_]{{3,9}}\.?|\b[A-Z][a-z]{{2,8}}\.? \d{{1,2}},) ({YEAR})\b"
)
VENUE_YEAR = expression(rf"^[\w.&@/:' -]{{0,40}}?(?:, ?|[ '’])?\(?({YEAR})\W{{0,3}}$")


def year_of_venue(text: str) -> int | None:
    """Return the year in brackets of a text, else that of a venue in front, or at its end."""
    year = year_in(text)
    if year is not None:
        return year
    return _unbracketed(text) if may_hold_year(text) or "'" in text or "’" in text else None


def _unbracketed(text: str) -> int | None:
    at_front = _DATE.search(text) or _VENUE_FIRST.match(text) or _YEAR_FIRST.match(text)
    match = at_front or _YEAR_LAST.search(text) or _VENUE_ALONE.match(text)
    if match is not None:
        return int(match[1])
    return year_in(text, anywhere=True) if _SHORT_VENUE.match(text) else None
