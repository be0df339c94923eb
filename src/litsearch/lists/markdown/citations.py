"""Read who wrote a work and when: citations, and the words before a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists.authors.given_names import is_given_name
from litsearch.lists.authors.lists import AuthorList, authors_at
from litsearch.lists.authors.manners import VENUE
from litsearch.lists.authors.names import (
    authors_in,
    has_initials,
    is_no_person,
    sure_names,
    without_roles,
)
from litsearch.lists.authors.surnames import is_eastern_name
from litsearch.lists.columns import role_of
from litsearch.lists.fields import may_hold_year, squeeze, year_in, year_of_short
from litsearch.lists.markdown.imprints import YEAR
from litsearch.patterns import expression


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says of a work when it is read as a title or as what follows one."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None

    @property
    def is_dated(self) -> bool:
        """True for a whole reference: a title, its authors and a year."""
        return bool(self.title and self.authors) and self.year is not None


NOTHING = Claim()
MAX_FIELDS = 500  # characters of a line of fields
MANY = 3  # names of two words each, which are no title

# the number of an item, or nothing but its mark: "[12] ", "(3) ", "7. ", "[^a]:"
NUMBER = expression(
    r"^\W{0,3}(?:\[\^?[^\W\d_]{0,2}\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)/])[\s*:.]+(?=\S)"
    r"|^\s{0,3}(?:\d{1,3}[、．]|[（(]\d{1,3}）|[①-⑳])\s*(?=\S)"
    r"|^\s{0,3}(?:\d{1,2}:)?\d{1,2}:\d\d\s+(?=\S)"  # the time in a recording
    r"|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_BY_END = expression(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({YEAR}\))?\s*$")


_BEFORE_PLACE = expression(r"(?<=\w) (?:at|in|on|for) (?=[^\W\da-z])")  # "Ann Lee at FogCon"


def by_end(text: str) -> re.Match[str] | None:
    """Return a line "title by names (2017)" as a match of title and names."""
    if " by " not in text:
        return None
    return _BY_END.match(text)


def authors_by_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors of a line "title by names"; no authors for other lines."""
    byline = by_end(text)
    if byline is None:
        return text, ()
    return byline[1], sure_names(authors_in(_BEFORE_PLACE.split(byline[2])[0]))


# Authors and a year, and nothing else.

_YEAR_END = expression(rf"^,?\s*[(\[（]?({YEAR})(?:[a-z]|, [^()]{{2,20}})?[)\]）]?\W{{0,2}}$")
_SURNAME = r"[^\W\da-z_][\w'’-]+(?: [^\W\da-z_][\w'’-]+)?"
_ALONE = expression(  # "Lee (2019)", "Lee et al. 2019", "刘洋，2020"
    rf"^((?:[^\W\d_a-z][\w'’-]+|(?:[A-Z]\. ?)+[A-Z][\w'’-]+)|[\u3400-\u9fff]{{2,4}})(?:等)?"
    rf"[,，]?\s*[(\[（]?({YEAR})[a-z]?[)\]）]?\W?$"
)


_SHORT_YEAR = expression(r"(?<=\w )['’](\d\d)(?=\W{0,2}$)")  # "Lee '23"


def _long_year(short: re.Match[str]) -> str:
    return str(year_of_short(short[1]))


def names_and_year(text: str) -> Claim:
    """Return authors and year of words that are a citation, "Lee and Ray (2019)"; else nothing."""
    if "'" in text or "’" in text:
        text = _SHORT_YEAR.sub(_long_year, text)
    if not may_hold_year(text):
        return NOTHING
    text = squeeze(text).lstrip("([（ ")
    authors = authors_at(text)
    dated = _YEAR_END.match(text[authors.end :]) if authors is not None else None
    if authors is not None and dated is not None and are_persons(authors):
        return Claim(authors=authors.names, year=int(dated[1]))
    return _alone(text)


def _alone(text: str) -> Claim:
    """Read one surname and a year; a venue's, "CoRL 2021", is none."""
    alone = _ALONE.match(text)
    if alone is None or is_no_person(alone[1]) or VENUE.search(alone[1]):
        return NOTHING
    return Claim(authors=(alone[1],), year=int(alone[2]))


_ROW = expression(  # "Lee, Ray (2019)": a title, unless one stands before it
    rf"^({_SURNAME}(?:,\s*{_SURNAME})+)[,;]?\s*[(\[]?({YEAR})[a-z]?[)\]]?\W?$"
)


def surnames_and_year(text: str) -> Claim:
    """Return authors and year of a citation behind a title: "Lee, Ray (2019)" too."""
    row = _ROW.match(squeeze(text))
    if row is None:
        return names_and_year(text)
    return Claim(authors=tuple(re.split(r",\s*", row[1])), year=int(row[2]))


_FIELD = expression(r"(?:^|[\s,，、;；。|(（])([^\W\d_]{1,12})\s?[:：]\s*(?!//)")
_SIGNS = " ,，、;；。|()（）"


def named_fields(text: str) -> Claim:
    """Return what fields within a line say, "作者：林 真理子, 年：2012"; else nothing."""
    if ":" not in text and "：" not in text:
        return NOTHING
    names = list(_FIELD.finditer(text[:MAX_FIELDS]))
    ends = [*map(re.Match.start, names[1:]), len(text)]
    values: dict[str, str] = {}
    for name, end in zip(names, ends, strict=False):
        values.setdefault(role_of(name[1]), text[name.end() : end].strip(_SIGNS))
    authors = _authors_of_field(values.get("authors", ""))
    title, dated = values.get("title", ""), values.get("year")
    if not authors and not dated:
        return NOTHING
    return Claim(title, "", authors, year_in(dated or text[:MAX_FIELDS], anywhere=True))


def _authors_of_field(text: str) -> tuple[str, ...]:
    """Return the authors that a field names; Chinese ones may go on as a sentence."""
    authors = authors_at(text)
    if authors is not None and authors.manner == "eastern":
        return authors.names
    return authors_in(text)


def are_persons(authors: AuthorList) -> bool:
    """Tell whether a list of authors can be no title: by its manner, by initials or given names."""
    if authors.manner == "eastern":
        return len(authors.names) > 1 or is_eastern_name(authors.names[0])
    if authors.manner not in ("straight", "turned") or authors.several or authors.joined:
        return True
    is_uncased = authors.names[0].upper() == authors.names[0].lower()
    return len(authors.names) >= MANY or has_person(authors.names) or is_uncased


def has_person(names: tuple[str, ...]) -> bool:
    """Tell whether one of some names has initials, or a common given name."""
    return has_initials(names) or any(is_given_name(name.split()[0]) for name in names)


def names_ahead(text: str) -> Claim:
    """Return authors and year before a title: "Lee, A., & Ray, B. (2014).", "Lee, Ann. 2020"."""
    text = without_roles(text).strip(" ,:–-")
    authors = authors_at(text)
    if authors is None:
        return names_and_year(text)
    rest = text[authors.end :]
    dated = _YEAR_END.match(rest)
    if dated is None and rest.strip(" .,:"):
        return NOTHING
    return Claim(authors=authors.names, year=int(dated[1]) if dated else None)


def surnames_ahead(text: str) -> Claim:
    """Return the authors of "Lee and Ray" or "Dee et al", before a title; else nothing."""
    authors = authors_at(text)
    if authors is None or authors.manner != "surnames" or text[authors.end :].strip(" ."):
        return NOTHING
    return Claim(authors=authors.names)
