"""Read imprints: the year of a venue, and what stands in a reference beside names and title."""

from __future__ import annotations

import re

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


# What stands in a reference beside names and title.

_SYMBOLS = expression(r"^[^\w\"“„«「『《(（\['’]+")  # a box, a bullet, stars
_KEY = expression(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[^\W\da-z])")  # "[Liskov & Zilles 1974]"
_PARTED = expression(  # "Ames (Jeanne) et Poe (A.),"
    r"(?:(?<=^)|(?<= et )|(?<= and )|(?<=, ))([^\W\da-z][\w'’-]+) \(([^\W\da-z][\w.' -]{0,25})\)"
)
_ONLINE = expression(
    r"[.,]?\s*\[Online\.?\][.,]?|\s*\b(?:Available|Retrieved)(?: (?:at|from|on))?:?\s*(?=$|http)"
    r"|\s*(?:Disponível em|Disponible en|Recuperado de|Online verfügbar unter|Verfügbar unter"
    r"|En ligne|Dostupné|Dostęp|Режим доступа|URL)\s*:?\s*(?=$|http)",
    re.IGNORECASE,
)
_ACCESSED = expression(  # "(accessed 3 May 2020)", "[2020-05-03]": not when it was written
    r"[(\[]?\b(?:accessed|retrieved|cited|visited|viewed|abgerufen|zugriff|aufgerufen|consulté"
    r"|vu le|acesso em|consultado|дата обращения|дата доступа|dostęp)\b[^()\[\];]{0,40}?"
    rf"(?:{YEAR}(?:[-/ ]\w{{2,9}}(?:[-/ ]\d\d?)?)?)[^\s;]{{0,2}}|\[{YEAR}-\d\d-\d\d\]",
    re.IGNORECASE,
)
_EDITION = expression(  # "(2nd ed.)", "(2.ª ed.)", "(pp. 3-19)"
    r"\s*\((?:[^()]{0,12}\b(?:ed|edition|edición|edição|aufl|auflage|изд)\b[^()]{0,20}"
    r"|(?:pp?|s|vol|ch)\. ?[^()]{1,20})\)"
    r"|[.,]\s*(?:\d{1,2}(?:st|nd|rd|th|\.ª|\.|e|-е)?|second|third|revised)\s*"
    r"(?:ed(?:n|ition)?|aufl(?:age)?|éd|изд)\b\.?",
    re.IGNORECASE,
)
_MAY_BE_EDITION = expression("ed|uf|éd|изд|[(]", re.IGNORECASE)
_ONLINE_ENDS = (":", "from", "at", "em", "en", "de", "unter", "URL", "ligne")


def prepared(text: str) -> str:
    """Return a reference without key, edition, and the words before its address."""
    text = _SYMBOLS.sub("", text)
    if _PARTED.match(text):
        text = _PARTED.sub(r"\2 \1", text)
    if text[:4].lstrip()[:1] == "[":
        text = _KEY.sub("", text)
    if "http" in text or text.endswith(_ONLINE_ENDS) or "nline" in text:
        text = _ONLINE.sub(" ", text).strip()
    if "20" in text or "19" in text:
        text = _ACCESSED.sub(" ", text)
    return _EDITION.sub(_stop_of, text) if _MAY_BE_EDITION.search(text) else text


def _stop_of(edition: re.Match[str]) -> str:
    return "." if edition[0].endswith(".") else ""
