"""Read who wrote a work and when, as the words before and behind its title say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from litsearch.lists.fields import clean_remark, date_year, may_hold_year, squeeze, year_in
from litsearch.lists.markdown.venues import VENUE_YEAR, YEAR, year_of_venue
from litsearch.lists.names import (
    ALL_SURNAMES,
    SEGMENTS,
    authors_in,
    has_initials,
    is_no_person,
    is_person,
    loud_families,
    persons_in,
    quiet,
    sure_authors,
    sure_names,
    surnames_first,
    take_persons,
    without_roles,
)
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

_NAME = r"(?:[A-Z][\w.'’-]*|and|&|et al\.?|van|von|de|der)"

# the number of an item, or nothing but its mark: "[12] ", "(3) ", "7. ", "[^a]:"
NUMBER = expression(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)/])[\s*:.]+(?=\S)"
    r"|^\s{0,3}(?:\d{1,3}[、．]|[（(]\d{1,3}）|[①-⑳])\s*(?=\S)"
    r"|^\s{0,3}(?:\d{1,2}:)?\d{1,2}:\d\d\s+(?=\S)"  # the time in a recording
    r"|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_BY_END = expression(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({YEAR}\))?\s*$")
_NAMES_LINK = expression(  # words of a link that are a citation: "Lee and Ray (2019)"
    rf"^\W?({_NAME}(?:[ ,]+{_NAME})*?),?\s*[(\[]?({YEAR})[a-z]?[)\]]?\W?$"
)


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


def names_and_year(text: str) -> Claim:
    """Return authors and year of words that are a citation, "Lee and Ray (2019)"; else nothing."""
    if not may_hold_year(text):
        return NOTHING
    match = _NAMES_LINK.match(squeeze(text))
    if match is None:
        return NOTHING
    names = authors_in(match[1].replace("&", " and "))
    longest = MAX_ALONE if len(names) == 1 else MAX_AMONG
    for name in names:
        words = re.findall(r"[^\s.]{2,}(?=\s|$)", name)  # initials left out
        if len(words) > longest or not _may_be_person(name):
            return NOTHING
    if not names:
        return NOTHING
    return Claim(authors=names, year=int(match[2]))


_BEFORE_YEAR = expression(rf"^(.{{2,300}}?)[.,]?\s*\(?({YEAR})[a-z]?(?:, [^()]{{2,20}})?\)?[.,:]?$")
_TURNED = expression(r"^([A-Z][\w'’-]+), ([A-Z][\w'’.-]*(?: [A-Z][\w.]*)?)(?:,? (?:and|&) (.+))?$")
_PAIR = expression(r"[A-Z][\w'’-]+(?:, [A-Z][\w'’-]+)*,? (?:and|&|und|et|y|e|и) [A-Z][\w'’-]+")
_INITIALS = expression(r"(?:[A-Z]\.[ -]?)+\w")


def names_ahead(text: str) -> Claim:
    """Return authors and year before a title: "Lee, A., & Ray, B. (2014).", "Lee, Ann. 2020"."""
    names, year = _without_year(without_roles(text).strip(" ,:–-"))
    names = re.sub(r",?\s+et al\.?$", "", names)
    if ALL_SURNAMES.fullmatch(names):
        return Claim(authors=surnames_first(names), year=year)
    return Claim(authors=loud_families(names) or _turned_names(names), year=year)


def _without_year(text: str) -> tuple[str, int | None]:
    """Return names without the year behind them, and that year."""
    dated = _BEFORE_YEAR.match(text)
    if dated is None:
        return text, None
    return dated[1], int(dated[2])


def surnames_ahead(text: str) -> Claim:
    """Return the authors of "Lee and Ray" or "Dee et al", before a title; else nothing."""
    if ET_AL.fullmatch(text):
        return Claim(authors=authors_in(text))
    if not _PAIR.fullmatch(text):
        return NOTHING
    pair = authors_in(text)
    return Claim(authors=pair) if all(map(_may_be_person, pair)) else NOTHING


def _turned_names(names: str) -> tuple[str, ...]:
    """Return the names of "Lee, Ann, and Bob Ray" or "A. Lee and B. Ray"; () when not for sure."""
    first = _TURNED.match(names)
    if first is None:
        read = authors_in if _INITIALS.match(names) else persons_in
        return read(names)
    given = re.sub(r"^(\w)$", r"\1.", re.sub(r"(?<=\w\w)\.$", "", first[2]))
    family = quiet(first[1])
    if not first[3]:
        return (f"{given} {family}",)
    others = authors_in(first[3])
    if not any(" " in name for name in others):
        return authors_in(names)  # "Lee, Ray & Poe": nothing but surnames
    return (f"{given} {family}", *others)


def _may_be_person(name: str) -> bool:
    return not is_no_person(name) and re.search(r"\d(?:\s|$)", name) is None


# What stands behind a title.

_BY_LEAD = expression(
    r"^[\s,.|–—-]*\(?(?:(?:written )?by|von|par|por|di|door|av|tarafından|автор):?\s+(?=\S)",
    re.IGNORECASE,
)
_NAMES_END = expression(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|·•]\s|[:;](?=\s)|\s(?:in|at|for|on)\s(?=[A-Z])"
    r"|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)"
    r"|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = expression(rf"^[\s,.–—-]*[(\[]{YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
ET_AL = expression(
    r"^\W*(?:\([^()]{0,40}\)\W*)?([^\W\d_][^()\[\]:;!?\"“”]{1,150}?),?\s+et\.? al\b\.?",
    re.IGNORECASE,
)
_NAMES_YEAR = expression(  # ", Ann Lee and Bob Ray, 2017.", "– Lee, Ray, Dee (1996)"
    rf"^\s*(?P<mark>,|[-–—]|by\b)\s*(?P<names>[^()\[\]:;!?\d]{{2,200}}?),?\s*"
    rf"(?:\((?P<in>{YEAR})\)|(?P<end>{YEAR})\W*$)"
)
_CITED = expression(rf"^[\s,.–—-]*\(?([^()\[\]:;]{{5,80}}?[ ,]\(?{YEAR}\)?)\)?[.,]?(?=\s|$)")
_AUTHORED = expression(
    r"^[\s,，、:：(（–—-]*(?P<names>[^,，。()（）\d]{2,40}?)\s*等?\s*"
    r"(?:编著|編著|主编|主編|编|編|著|译|訳|저|지음|엮음)(?=[\s,，、。)）]|$)"
    r"|^\W*(?:تأليف|بقلم|للكاتبة?|автора?|작가|作者|लेखक|συγγραφέας|[Aa]uthors?:|[Aa]utor:"
    r"|[Aa]uteur:|[Yy]azar:|[Pp]enulis:|[Ff]örfattare:|[Ff]orfatter:)[\s:：]+"
    r"(?P<by>[^(،,，;；\d–—-]{2,60}(?:، ?[^(،\d]{2,40})?)"
)
_NAMES_IN_BRACKETS = expression(rf"^[\s,.–—-]*\(([^()\d]{{2,80}}?),? ({YEAR})\)")
_PLACED = expression(r"^\(([^(),\d]{5,40}), ([^(),\d]{2,40})\)")
MAX_ALONE, MAX_AMONG = 1, 3  # words of a name that stands alone, and of one among several
_NO_NAMES = LABELS | JUDGEMENT
_YEAR_BEFORE = expression(rf"^[\s,.–—-]*\((?:[^()]{{0,40}}[ '’,])?{YEAR}\)[,.:]?\s*")
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
    alone = sure_authors(text)
    if alone or len(text) > MAX_BYLINE:
        return Claim(authors=alone)
    return named(f", {text}") or NOTHING


def named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    forms = (_several, _pair, _surnames, _bracketed, _authored, _dated, _listed, _published)
    for form in forms:
        found = form(text)
        if found is not None:
            return found
    return None


def several_authors(text: str) -> tuple[tuple[str, ...], str]:
    """Return the names before "et al." at the beginning of a text, and what is around them."""
    several = ET_AL.match(text) if " al" in text else None
    if several is None:
        return (), text
    return authors_in(several[1]), text[: several.start(1)] + text[several.end() :]


def _several(text: str) -> Claim | None:
    """Read "Ann Lee et al. (2017)"."""
    authors, rest = several_authors(text)
    if not authors:
        return None
    year = year_of_venue(text[:120]) or year_of_venue(rest)
    return Claim("", clean_remark(_without_first_year(rest)), authors, year)


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


def _pair(text: str) -> Claim | None:
    """Read ", Poe & Quan (2015)", two surnames or more."""
    if "&" not in text and " and " not in text:
        return None
    match = _CITED.match(text)
    if match is None:
        return None
    cited = names_and_year(match[1])
    if len(cited.authors) < 2:
        return None
    return Claim("", clean_remark(text[match.end() :]), cited.authors, cited.year)


def _surnames(text: str) -> Claim | None:
    """Read ", Ray & Dee" where nothing follows."""
    if not text.lstrip().startswith(","):
        return None
    found = surnames_ahead(text.strip(" ,."))
    return found if len(found.authors) > 1 else None


def _bracketed(text: str) -> Claim | None:
    """Read "(C. Dee, 2012)" and "(Ann Lee, 2012)"."""
    match = _NAMES_IN_BRACKETS.match(text)
    if match is None:
        return None
    authors = names_and_year(f"{match[1]}, {match[2]}").authors
    if len(authors) < 2 and not has_initials(authors):
        authors = persons_in(match[1])
    if not authors:
        return None
    return Claim("", clean_remark(text[match.end() :]), authors, int(match[2]))


def _dated(text: str) -> Claim | None:
    """Read ", Ann Lee and Bob Ray, 2017." and "– Lee, Ray, Dee (1996)"."""
    if not may_hold_year(text):
        return None
    dated = _NAMES_YEAR.match(text)
    if dated is None:
        return None
    may_be_one = dated["end"] or dated["mark"] != ","
    authors = persons_in(dated["names"], least=1 if may_be_one else 2)
    if not authors:
        return None
    year = int(dated["in"] or dated["end"])
    return Claim("", clean_remark(text[dated.end() :]), authors, year)


def _listed(text: str) -> Claim | None:
    """Read names with initials that commas divide: "(FernConf 2019), D. Poe, E. Quan"."""
    rest = _YEAR_BEFORE.sub("", text).lstrip(" ,.–—-")
    opening = text[: len(text) - len(rest)]
    parts = SEGMENTS.split(rest)
    names = take_persons(parts)
    if not names:
        return None

    rest = ", ".join(filter(str.strip, parts[len(names) :]))
    is_placed = VENUE_YEAR.match(rest.strip(" .*")) is not None
    if not has_initials(names) and not (len(names) > 1 and is_placed):
        return None
    year = year_in(opening) or year_in(rest, anywhere=True)
    if is_placed:
        rest = ""
    return Claim("", clean_remark(rest), tuple(names), year)


def _published(text: str) -> Claim | None:
    """Read "(Ann Lee, The Coast)", an author and where the work stands."""
    match = _PLACED.match(text)
    if match is None or not is_person(match[1]) or not _NO_NAMES.isdisjoint(_words(match[1])):
        return None
    return Claim("", clean_remark(f"{match[2]}. {text[match.end() :].lstrip(' .,')}"), (match[1],))


def _words(text: str) -> list[str]:
    return text.lower().split()


def _without_first_year(text: str) -> str:
    return _YEAR_FIRST.sub("", text, count=1)
