"""Read who wrote a work and when, as the words before and behind its title say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from litsearch.lists.authors.given_names import is_given_name
from litsearch.lists.authors.lists import AuthorList, all_authors, authors_at
from litsearch.lists.authors.names import (
    authors_in,
    has_initials,
    is_no_person,
    sure_names,
    without_roles,
)
from litsearch.lists.authors.surnames import is_eastern_name
from litsearch.lists.fields import clean_remark, date_year, may_hold_year, squeeze, year_in
from litsearch.lists.markdown.venues import VENUE_YEAR, YEAR, year_of_venue
from litsearch.lists.phrases import JUDGEMENT, LABELS
from litsearch.patterns import expression


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says of a work when it is read as a title or as what follows one."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None


NOTHING = Claim()
MANY = 3  # names of two words each, which are no title

# the number of an item, or nothing but its mark: "[12] ", "(3) ", "7. ", "[^a]:"
NUMBER = expression(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)/])[\s*:.]+(?=\S)"
    r"|^\s{0,3}(?:\d{1,3}[、．]|[（(]\d{1,3}）|[①-⑳])\s*(?=\S)"
    r"|^\s{0,3}(?:\d{1,2}:)?\d{1,2}:\d\d\s+(?=\S)"  # the time in a recording
    r"|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_BY_END = expression(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({YEAR}\))?\s*$")
_NO_NAMES = LABELS | JUDGEMENT


def by_end(text: str) -> re.Match[str] | None:
    """Return a line "title by names (2017)" as a match of title and names."""
    if " by " not in text:
        return None
    return _BY_END.match(text)


def authors_by_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors of a line "title by names"; no authors for other lines."""
    named = by_end(text)
    if named is None:
        return text, ()
    return named[1], sure_names(authors_in(named[2]))


# Authors and a year, and nothing else.

_YEAR_END = expression(rf"^,?\s*[(\[（]?({YEAR})(?:[a-z]|, [^()]{{2,20}})?[)\]）]?\W{{0,2}}$")
_SURNAME = r"[^\W\da-z_][\w'’-]+(?: [^\W\da-z_][\w'’-]+)?"
_ALONE = expression(  # "Lee (2019)", "Lee et al. 2019", "刘洋，2020"
    rf"^((?:[^\W\d_a-z][\w'’-]+|(?:[A-Z]\. ?)+[A-Z][\w'’-]+)|[\u3400-\u9fff]{{2,4}})(?:等)?"
    rf"[,，]?\s*[(\[（]?({YEAR})[a-z]?[)\]）]?\W?$"
)


def names_and_year(text: str) -> Claim:
    """Return authors and year of words that are a citation, "Lee and Ray (2019)"; else nothing."""
    if not may_hold_year(text):
        return NOTHING
    text = squeeze(text).lstrip("([（ ")
    found = authors_at(text)
    dated = _YEAR_END.match(text[found.end :]) if found is not None else None
    if found is not None and dated is not None and are_persons(found):
        return Claim(authors=found.names, year=int(dated[1]))
    alone = _ALONE.match(text)
    if alone is None or is_no_person(alone[1]):
        return NOTHING
    return Claim(authors=(alone[1],), year=int(alone[2]))


_ROW = expression(  # "Lee, Ray (2019)": a title, unless one stands before it
    rf"^({_SURNAME}(?:,\s*{_SURNAME})+),?\s*[(\[]?({YEAR})[a-z]?[)\]]?\W?$"
)


def surnames_and_year(text: str) -> Claim:
    """Return authors and year of a citation behind a title: "Lee, Ray (2019)" too."""
    row = _ROW.match(squeeze(text))
    if row is None:
        return names_and_year(text)
    return Claim(authors=tuple(re.split(r",\s*", row[1])), year=int(row[2]))


def are_persons(found: AuthorList) -> bool:
    """Tell whether a list of authors can be no title: by its manner, by initials or given names."""
    if found.manner == "eastern":
        return len(found.names) > 1 or is_eastern_name(found.names[0])
    if found.manner not in ("straight", "turned") or found.several or found.joined:
        return True
    is_uncased = found.names[0].upper() == found.names[0].lower()
    return len(found.names) >= MANY or has_person(found.names) or is_uncased


def has_person(names: tuple[str, ...]) -> bool:
    """Tell whether one of some names has initials, or a common given name."""
    return has_initials(names) or any(is_given_name(name.split()[0]) for name in names)


def names_ahead(text: str) -> Claim:
    """Return authors and year before a title: "Lee, A., & Ray, B. (2014).", "Lee, Ann. 2020"."""
    text = without_roles(text).strip(" ,:–-")
    found = authors_at(text)
    if found is None:
        return names_and_year(text)
    rest = text[found.end :]
    dated = _YEAR_END.match(rest)
    if dated is None and rest.strip(" .,:"):
        return NOTHING
    return Claim(authors=found.names, year=int(dated[1]) if dated else None)


def surnames_ahead(text: str) -> Claim:
    """Return the authors of "Lee and Ray" or "Dee et al", before a title; else nothing."""
    found = authors_at(text)
    if found is None or found.manner != "surnames" or text[found.end :].strip(" ."):
        return NOTHING
    return Claim(authors=found.names)


# What stands behind a title.

_BY_LEAD = expression(
    r"^[\s,.?!|–—-]*\(?(?:(?:written )?by|von|par|por|di|door|av|tarafından|автор):?\s+(?=\S)",
    re.IGNORECASE,
)
_NAMES_END = expression(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|·•]\s|[:;](?=\s)|\s(?:in|at|for|on)\s(?=[A-Z])"
    r"|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)"
    r"|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = expression(rf"^[\s,.–—-]*[(\[]{YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
_AUTHORED = expression(
    r"^[\s,，、:：(（–—-]*(?P<names>[^,，。()（）\d]{2,40}?)\s*等?\s*"
    r"(?:编著|編著|主编|主編|编|編|著|译|訳|저|지음|엮음)(?=[\s,，、。)）]|$)"
    r"|^\W*(?:تأليف|بقلم|للكاتبة?|автора?|작가|作者|लेखक|συγγραφέας|[Aa]uthors?:|[Aa]utor:"
    r"|[Aa]uteur:|[Yy]azar:|[Pp]enulis:|[Ff]örfattare:|[Ff]orfatter:)[\s:：]+"
    r"(?P<by>[^(،,，;；\d–—-]{2,60}(?:، ?[^(،\d]{2,40})?)"
)
_STROKE = expression(r"\s+[·•|｜]\s+")  # between the fields of a line
MAX_BYLINE = 100  # characters of a line that can name authors alone


def trailer(text: str) -> Claim:
    """Return what the words behind a title say: "by X and Y (2017) - remark"."""
    text = squeeze(text)
    if not text:
        return NOTHING
    authors: tuple[str, ...] = ()
    lead = _BY_LEAD.match(text)
    if lead:
        authors, text = _names_behind(text[lead.end() :], text)
    elif behind := named(text):
        return behind
    year = year_of_venue(text[:80])
    return Claim("", clean_remark(_without_first_year(text)), authors, year)


def _names_behind(rest: str, text: str) -> tuple[tuple[str, ...], str]:
    """Return the names behind "by", and what follows them."""
    found = authors_at(rest.partition(" | ")[0])
    if found is not None and not rest[found.end :].startswith("'"):
        return found.names, rest[found.end :]
    for stop in _NAMES_END.finditer(rest[:300]):
        authors = authors_in(rest[: stop.start()])
        if authors:
            return authors, rest[stop.start() :]
    return (), text


def byline(text: str) -> Claim:
    """Return the authors that a line of its own names: "By Ann Lee · 2021", "Ann Lee, Fog (2019)".

    A line that says anything else gives nothing.
    """
    text, *more = _STROKE.split(squeeze(text).strip("*_ "))
    found = _names_of_line(text)
    if not found.authors:
        return NOTHING
    year = found.year or year_in(text[:MAX_BYLINE], anywhere=True)
    if not more:
        return replace(found, year=year)
    rest = " · ".join(more)
    return replace(found, rest=rest, year=year or date_year(rest))


def _names_of_line(text: str) -> Claim:
    """Return the names that a line says behind "by", or that it begins with and is short."""
    if _BY_LEAD.match(text):
        return trailer(text)
    alone = all_authors(text)
    if len(alone) > 1 or (alone and has_person(alone)):
        return Claim(authors=alone)
    if len(text) > MAX_BYLINE and not may_hold_year(text):
        return NOTHING
    return named(f", {text}") or NOTHING


# Names behind a title.

_OPENING = expression(  # before names: ", ", " – ", " (", " (original paper), "
    r"^(?:[\s,.:;|·•*\]–—-]|\[\s*\]|\([^()\d]{3,40}\)(?=[,.;]))*[(（\[]?\s*"
)
_VENUE = expression(  # before names: ". (2019). ", ", ICML 2020: "
    rf"^[\s,.:;|·•*–—-]*(?:[(\[（](?:[^()\[\]]{{0,40}}[ '’,])?(?:{YEAR}|['’]\d\d)[)\]）]"
    rf"|[A-Z][\w&/' -]{{1,40}},? {YEAR}(?=[.,:]))[\s,.:*–—-]*"
)
_DATED = expression(  # behind names: ", 2017.", "(2017)", "(VLDB 2003)", "(SOSP '03)"
    rf"^[\s,，.]*(?:[(\[（](?:[^()\[\]（）]{{1,60}}?[\s,'’-])?({YEAR})[a-z]?[)\]）]|({YEAR})(?!\d))"
    r"|^\s*([(\[][A-Z][\w&/ -]{1,20}['’]\d\d[)\]])"
)
_EASTERN = expression(rf"^[\s,，]*[(（]?([^\W\d_]{{2,4}})等?[,，]\s*({YEAR})[)）]?")
_WESTERN = expression(rf"^[\s,.–—-]*([A-Z][a-z'’-]{{2,}}), ([A-Z]{{3,}}[\w-]* ({YEAR}))\W*$")
_INITIAL_END = expression(r"\b[^\W\d_]\.$")
_COMMAS = str.maketrans("،，、", ",,,")
_ENDS = expression(r"^[\s.,;:*)\]）]*$")
_APART = expression(r"^(?:[\s.,;:*)\]）]*$|\s*[.;:)\]）*(\[（]|\s[-–—|·•]\s)")


def named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    authored = _authored(text)
    if authored is not None:
        return authored
    for pattern in (_OPENING, _VENUE):
        opening = pattern.match(text)
        claimed = None if opening is None else _named_behind(opening[0], text[opening.end() :])
        if claimed is not None:
            return claimed
    return _alone(text)


def _named_behind(opening: str, text: str) -> Claim | None:
    """Read names that a sign, or a venue and its year, divide from the title."""
    found = authors_at(text)
    if found is None:
        return None
    is_ended = text[found.end - 1] == "." and not _INITIAL_END.search(text[: found.end])
    tail = text[found.end - is_ended :]
    year, rest = _date_and_rest(tail)
    year = year or year_in(opening, anywhere=True)
    if not _is_told(found, opening, tail, year):
        return None
    venue = "" if may_hold_year(opening) else opening.lstrip(" .,;:")  # "(FAST '16) - "
    return Claim("", clean_remark(f"{venue}{rest.lstrip(' .,')}"), found.names, year)


def _date_and_rest(tail: str) -> tuple[int | None, str]:
    """Return the year that stands behind names, and what else does but for a mere venue."""
    tail = tail.translate(_COMMAS)
    dated = _DATED.match(tail)
    if dated is not None:
        year = int(dated[1] or dated[2] or 0) or year_in(dated[3])
        return year, tail[dated.end() :]
    placed = VENUE_YEAR.match(tail.strip(" .,*)]"))
    if placed is not None:
        return int(placed[1]), ""
    return year_of_venue(tail[:120]) or _year_of_sentence(tail), tail


def _year_of_sentence(tail: str) -> int | None:
    """Return the year of what a venue's sentence says: ". CVPR 2023. [code]"."""
    return year_in(tail[:120], anywhere=True) if tail[:1] in (".", ",", "*") else None


def _is_told(found: AuthorList, opening: str, tail: str, year: int | None) -> bool:
    """Tell whether words behind a title are names for sure, by what stands around them."""
    if not _NO_NAMES.isdisjoint(" ".join(found.names).lower().split()):
        return False
    if found.manner == "surnames":
        return _are_told_surnames(found, opening, tail)
    is_apart = _APART.match(tail) is not None
    is_person = has_person(found.names)
    if len(found.names) == 1 and opening.strip().startswith("."):
        return is_person and is_apart
    if is_person or (is_apart and are_persons(found)):
        return True
    return year is not None and _may_be_dated(found, tail)


def _may_be_dated(found: AuthorList, tail: str) -> bool:
    """Tell whether a year makes names of capital words: of several, or where it follows at once."""
    return len(found.names) > 1 or are_persons(found) or _DATED.match(tail) is not None


def _are_told_surnames(found: AuthorList, opening: str, tail: str) -> bool:
    """Tell whether surnames stand before a venue or a year, or end what a comma begins."""
    if found.several or _DATED.match(tail):
        return True
    if tail[:1] in (",", " ") and VENUE_YEAR.match(tail.strip(" .,*)]")):
        return True
    return "," in opening and _ENDS.match(tail) is not None


def _alone(text: str) -> Claim | None:
    """Read "（刘洋，2020）" and ", Lee, VLDB 2011"."""
    western = _WESTERN.match(text)
    if western is not None and not is_no_person(western[1]):
        return Claim("", clean_remark(western[2]), (western[1],), int(western[3]))
    match = _EASTERN.match(text)
    if match is None or not is_eastern_name(match[1]):
        return None
    return Claim("", clean_remark(text[match.end() :]), (match[1],), int(match[2]))


def several_authors(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names before "et al." at the beginning of a text, and what is around them."""
    start = len(text) - len(text.lstrip(" ,.(–—-"))
    found = authors_at(text[start:]) if " al" in text else None
    if found is None or not found.several:
        return (), text
    return found.names, text[:start] + text[start + found.end :]


def _authored(text: str) -> Claim | None:
    """Read "李安 著，科学出版社，2010", "최지우 저, 2011" and "تأليف أحمد لي (2012)"."""
    match = _AUTHORED.match(text)
    if match is None:
        return None
    authors = authors_in(match["names"] or match["by"])
    if not authors:
        return None
    rest = text[match.end() :]
    return Claim("", clean_remark(rest), authors, year_in(rest, anywhere=True))


def _without_first_year(text: str) -> str:
    return _YEAR_FIRST.sub("", text, count=1)
