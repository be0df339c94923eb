"""Read what the words of a link say beside a title: "Moss by Ann Lee", "Gale 2015: Moss"."""

from __future__ import annotations

from dataclasses import replace

from litsearch.lists.authors.lists import authors_at
from litsearch.lists.authors.names import persons_in
from litsearch.lists.fields import clean_remark, clean_title, year_in
from litsearch.lists.markdown.citations import (
    NOTHING,
    Claim,
    authors_by_end,
    has_person,
    names_and_year,
)
from litsearch.lists.markdown.field_lines import line_of_fields
from litsearch.lists.markdown.links import Link
from litsearch.patterns import expression

MAX_SHORT = 5  # words of a link that can be no line of fields

FULL_NAME = r"[A-Z][\w.'-]+(?: [A-Z][\w.-]*){1,2}"
_LENGTH = expression(r"\s*[(\[](?:\d{1,2}:)?\d{1,2}:\d\d[)\]]$")  # "(14:20)"
_CITED_AHEAD = expression(  # "Gale 2015: Tokens in fog"
    r"([A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+| et al\.?)?,? \(?(?:19|20)\d\d\)?): (.{5,300})"
)
_CITED_BEHIND = expression(r"(.{2,300}?)\s*[(（]([^()（）]{2,80})[)）]$")  # "Fog (Lee, 2019)"
_DIVIDED = expression(r"(?P<title>.{3,200}?)(?P<by>,? by| [–—|-])\s(?P<names>[^\W\d_].{2,200})$")
_DIVIDERS = (" by ", " – ", " — ", " | ", " - ")
_POSSESSIVE = expression(rf"({FULL_NAME})['’]s [“\"](.{{3,200}})[”\"]")
_YEAR = expression(r"\b(?:19|20)\d\d\b")


def own_claim(link: Link, prefix: str) -> Claim:
    """Return the title that a link's words are, with what they say beside it.

    prefix: the words before the link with which its title begins.
    """
    words = prefix + link.words
    words = _LENGTH.sub("", words) if words.endswith((")", "]")) else words
    title = clean_title(words) or link.words
    year = year_in(title)
    for form in (_cited_behind, _cited_ahead, _named_within, _owned, _fields):
        citation = form(title)
        if citation.title:
            return replace(citation, year=citation.year or year)
    return Claim(title, authors=authors_by_end(title)[1], year=year)


def _cited_behind(title: str) -> Claim:
    """Read "Moss (Lee, 2019)"."""
    match = _CITED_BEHIND.match(title) if title.endswith((")", "）")) else None
    cited = NOTHING if match is None else names_and_year(match[2])
    if match is None or not cited.authors:
        return NOTHING
    return replace(cited, title=clean_title(match[1]))


def _cited_ahead(title: str) -> Claim:
    """Read "Gale 2015: Moss"."""
    match = _CITED_AHEAD.match(title)
    if match is None:
        return NOTHING
    return replace(names_and_year(match[1]), title=clean_title(match[2]))


def _named_within(title: str) -> Claim:
    """Read "Fog by A. Lee and B. Ray in Sea, 2009" and "Fog – Ann Lee"."""
    divided = _DIVIDED.match(title) if any(map(title.__contains__, _DIVIDERS)) else None
    authors = None if divided is None else authors_at(divided["names"])
    if divided is None or authors is None or not has_person(authors.names):
        return NOTHING
    rest = divided["names"][authors.end :].strip()
    if bool(rest) != bool(divided["by"].strip(" –—|-")):
        return NOTHING  # "Moss by Ann Lee" is how the list calls it
    year = year_in(rest, anywhere=True)
    return Claim(clean_title(divided["title"]), clean_remark(rest), authors.names, year)


def _owned(title: str) -> Claim:
    """Read "Ann Lee's “Moss”"."""
    owned = _POSSESSIVE.fullmatch(title) if title.endswith(('"', "”")) else None
    persons = persons_in(owned[1]) if owned else ()
    return Claim(clean_title(owned[2]), authors=persons) if owned and persons else NOTHING


def _fields(title: str) -> Claim:
    """Read "Moss, Ann Lee and Bob Ray, Fog 2019"."""
    is_long = len(title.split()) > MAX_SHORT and _YEAR.search(title)
    return line_of_fields(title) if is_long else NOTHING
