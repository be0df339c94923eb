"""Read who wrote a work and when, as the words before and behind its title say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from litsearch.lists.fields import clean_remark, may_hold_year, squeeze, year_in
from litsearch.lists.names import (
    ALL_SURNAMES,
    SEGMENTS,
    authors_in,
    has_initials,
    is_no_person,
    is_person,
    loud_families,
    persons_in,
    sure_authors,
    sure_names,
    surnames_first,
    take_persons,
    without_roles,
)
from litsearch.lists.phrases import JUDGEMENT, LABELS


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says of a work when it is read as a title or as what follows one."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None


NOTHING = Claim()

YEAR = r"(?:19|20)\d\d"
_NAME = r"(?:[A-Z][\w.'’-]*|and|&|et al\.?|van|von|de|der)"

# the number of an item, or nothing but its mark: "[12] ", "(3) ", "7. ", "[^a]:"
NUMBER = re.compile(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)/])[\s*:.]+(?=\S)"
    r"|^\s{0,3}(?:\d{1,3}[、．]|[（(]\d{1,3}）|[①-⑳])\s*(?=\S)"
    r"|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_BY_END = re.compile(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({YEAR}\))?\s*$")
_NAMES_LINK = re.compile(  # words of a link that are a citation: "Lee and Ray (2019)"
    rf"^\W?({_NAME}(?:[ ,]+{_NAME})*?),?\s*[(\[]?({YEAR})[a-z]?[)\]]?\W?$"
)


def by_end(text: str) -> re.Match[str] | None:
    """Return a line "title by names (2017)" as a match of title and names."""
    return _BY_END.match(text) if " by " in text else None


def authors_by_end(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the title and the authors of a line "title by names"; no authors for other lines."""
    named = by_end(text)
    return (named[1], sure_names(authors_in(named[2]))) if named else (text, ())


def names_and_year(text: str) -> Claim:
    """Return authors and year of words that are a citation, "Lee and Ray (2019)"; else nothing."""
    match = _NAMES_LINK.match(squeeze(text)) if may_hold_year(text) else None
    if match is None:
        return NOTHING
    names = authors_in(match[1].replace("&", " and "))
    longest = 1 if len(names) == 1 else 3  # words of a name
    are_names = all(len(name.split()) <= longest and _may_be_person(name) for name in names)
    return Claim(authors=names, year=int(match[2])) if names and are_names else NOTHING


_BEFORE_YEAR = re.compile(rf"^(.{{2,300}}?)[.,]?\s*\(?({YEAR})[a-z]?(?:, [^()]{{2,20}})?\)?[.,:]?$")
_TURNED = re.compile(r"^([A-Z][\w'’-]+), ([A-Z][\w'’.-]*(?: [A-Z][\w.]*)?)(?:,? (?:and|&) (.+))?$")
_PAIR = re.compile(r"[A-Z][\w'’-]+(?:, [A-Z][\w'’-]+)*,? (?:and|&|und|et|y|e|и) [A-Z][\w'’-]+")
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+\w")


def names_ahead(text: str) -> Claim:
    """Return authors and year before a title: "Lee, A., & Ray, B. (2014).", "Lee, Ann. 2020"."""
    text = without_roles(text).strip(" ,:–-")
    dated = _BEFORE_YEAR.match(text) if may_hold_year(text) else None
    names = re.sub(r",?\s+et al\.?$", "", dated[1] if dated else text)
    year = int(dated[2]) if dated else None
    authors = surnames_first(names) if ALL_SURNAMES.fullmatch(names) else loud_families(names)
    return Claim(authors=authors or _turned_names(names), year=year)


def surnames_ahead(text: str) -> Claim:
    """Return the authors of "Lee and Ray" or "Dee et al", before a title; else nothing."""
    if ET_AL.fullmatch(text):
        return Claim(authors=authors_in(text))
    pair = authors_in(text) if _PAIR.fullmatch(text) else ()
    return Claim(authors=pair) if all(map(_may_be_person, pair)) else NOTHING


def _turned_names(names: str) -> tuple[str, ...]:
    """Return the names of "Lee, Ann, and Bob Ray" or "A. Lee and B. Ray"; () when not for sure."""
    first = _TURNED.match(names)
    if first is None:
        return authors_in(names) if _INITIALS.match(names) else persons_in(names)
    given = f"{first[2]}." if len(first[2]) == 1 else first[2]
    if not first[3]:
        return (f"{given} {first[1]}",)
    others = authors_in(first[3])
    if not any(" " in name for name in others):
        return authors_in(names)  # "Lee, Ray & Poe": nothing but surnames
    return (f"{given} {first[1]}", *others)


def _may_be_person(name: str) -> bool:
    return not is_no_person(name) and not any(word[-1].isdigit() for word in name.split())


# What stands behind a title.

_BY_LEAD = re.compile(
    r"^[\s,.|–—-]*\(?(?:(?:written )?by|von|par|por|di|door|av|tarafından|автор):?\s+(?=\S)",
    re.IGNORECASE,
)
_NAMES_END = re.compile(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|·•]\s|[:;](?=\s)|\s(?:in|at|for|on)\s(?=[A-Z])"
    r"|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)"
    r"|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = re.compile(rf"^[\s,.–—-]*[(\[]{YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
_YEAR_LAST = re.compile(rf",\s*({YEAR})\W*$")
ET_AL = re.compile(
    r"^\W*(?:\([^()]{0,40}\)\W*)?([^\W\d_][^()\[\]:;!?\"“”]{1,150}?),?\s+et\.? al\b\.?",
    re.IGNORECASE,
)
_NAMES_YEAR = re.compile(  # ", Ann Lee and Bob Ray, 2017.", "– Lee, Ray, Dee (1996)"
    rf"^\s*(?P<mark>,|[-–—]|by\b)\s*(?P<names>[^()\[\]:;!?\d]{{2,200}}?),?\s*"
    rf"(?:\((?P<in>{YEAR})\)|(?P<end>{YEAR})\W*$)"
)
_CITED = re.compile(rf"^[\s,.–—-]*\(?([^()\[\]:;]{{5,80}}?[ ,]\(?{YEAR}\)?)\)?[.,]?(?=\s|$)")
_AUTHORED = re.compile(
    r"^[\s,，、:：(（–—-]*(?P<names>[^,，。()（）\d]{2,40}?)\s*等?\s*"
    r"(?:编著|編著|主编|主編|编|編|著|译|訳|저|지음|엮음)(?=[\s,，、。)）]|$)"
    r"|^\W*(?:تأليف|بقلم|للكاتبة?|автора?|작가|作者)[\s:：]+(?P<by>[^(،,，;；\d–—-]{2,60}(?:، ?[^(،\d]{2,40})?)"
)
_PLACED = re.compile(r"^\(([^(),\d]{5,40}), ([^(),\d]{2,40})\)")
_NO_NAMES = LABELS | JUDGEMENT
_YEAR_BEFORE = re.compile(rf"^[\s,.–—-]*\((?:[^()]{{0,40}}[ '’,])?{YEAR}\)[,.:]?\s*")
# "PLDI 2016. …"
_VENUE_FIRST = re.compile(rf"^\W{{0,3}}[A-Z][A-Z][\w&/-]{{0,12}}(?: [A-Z]\w+)?,? ({YEAR})\b")
# ". HotWet 2011.", ", 12 mars 2022"
_VENUE_ALONE = re.compile(
    rf"^\W{{0,4}}(?:[A-Z\d][\w&/-]*(?: [\w&/-]+){{0,3}}|[^\d(){{}}\[\]]{{2,40}}, \d{{1,2}}\.? \w+),? ({YEAR})\W*$"
)
_SHORT_VENUE = re.compile(r"^\W{0,4}[A-Z][\w&/-]*(?: [A-Z][\w&/-]*)? ?['’]\d\d\W*$")  # "OSDI '18"
VENUE_YEAR = re.compile(rf"^[\w.&@/:' -]{{0,40}}?(?:, ?|[ '’])?\(?({YEAR})\W{{0,3}}$")
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

    year = _year_in_or_last(text[:80])
    rest = _without_first_year(text) if year else text
    return Claim("", clean_remark(rest), authors, year)


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
    text = squeeze(text).strip("*_ ")
    by = _BY_LEAD.match(text)
    alone = () if by else sure_authors(text)
    if alone:
        return Claim(authors=alone)
    found = trailer(text) if by else named(f", {text}")
    if found is None or not found.authors or (not by and len(text) > MAX_BYLINE):
        return NOTHING
    year = found.year or year_in(text[:MAX_BYLINE], anywhere=True)
    return replace(found, year=year)


def named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    forms = (_several, _pair, _authored, _dated, _listed, _published)
    return next(filter(None, (form(text) for form in forms)), None)


def _several(text: str) -> Claim | None:
    """Read "Ann Lee et al. (2017)"."""
    several = ET_AL.match(text) if " al" in text else None
    authors = authors_in(several[1]) if several else ()
    if several is None or not authors:
        return None
    rest = text[: several.start(1)] + text[several.end() :]
    year = _year_in_or_last(text[:120]) or _year_in_or_last(text[several.end() :])
    return Claim("", clean_remark(_without_first_year(rest)), authors, year)


def _authored(text: str) -> Claim | None:
    """Read "李安 著，科学出版社，2010", "최지우 저, 2011" and "تأليف أحمد لي (2012)"."""
    match = None if text.isascii() else _AUTHORED.match(text)
    authors = authors_in(match["names"] or match["by"]) if match else ()
    if match is None or not authors:
        return None
    rest = text[match.end() :]
    return Claim("", clean_remark(rest), authors, year_in(rest, anywhere=True))


def _pair(text: str) -> Claim | None:
    """Read ", Poe & Quan (2015)", two surnames or more."""
    match = _CITED.match(text) if "&" in text or " and " in text else None
    cited = names_and_year(match[1]) if match else NOTHING
    if match is None or len(cited.authors) < 2:
        return None
    return Claim("", clean_remark(text[match.end() :]), cited.authors, cited.year)


def _dated(text: str) -> Claim | None:
    """Read ", Ann Lee and Bob Ray, 2017." and "– Lee, Ray, Dee (1996)"."""
    dated = _NAMES_YEAR.match(text) if may_hold_year(text) else None
    if dated is None:
        return None
    is_hyphen = dated["mark"] == "-" and not dated["names"].strip()[-1:].isalpha()
    single = dated["end"] or (dated["in"] and dated["mark"] != ",")
    authors = persons_in(dated["names"], least=1 if single and not is_hyphen else 2)
    year = int(dated["in"] or dated["end"])
    return Claim("", clean_remark(text[dated.end() :]), authors, year) if authors else None


def _listed(text: str) -> Claim | None:
    """Read names with initials that commas divide: "(FernConf 2019), D. Poe, E. Quan"."""
    opening = _YEAR_BEFORE.match(text)
    rest = text[opening.end() :] if opening else text.lstrip(" ,.–—-")
    parts = SEGMENTS.split(rest)
    names = take_persons(parts)
    if not names:
        return None

    rest = ", ".join(filter(str.strip, parts[len(names) :]))
    is_placed = VENUE_YEAR.match(rest.strip(" .*")) is not None
    if not has_initials(names) and not (len(names) > 1 and is_placed):
        return None
    year = year_in(opening[0]) if opening else None
    year = year or year_in(rest, anywhere=True)
    return Claim("", "" if is_placed else clean_remark(rest), tuple(names), year)


def _published(text: str) -> Claim | None:
    """Read "(Ann Lee, The Coast)", an author and where the work stands."""
    match = _PLACED.match(text)
    if match is None or not is_person(match[1]) or not _NO_NAMES.isdisjoint(_words(match[1])):
        return None
    return Claim("", clean_remark(f"{match[2]}. {text[match.end() :].lstrip(' .,')}"), (match[1],))


def _words(text: str) -> list[str]:
    return text.lower().split()


def _year_in_or_last(text: str) -> int | None:
    """Return the year in brackets of a text, else that of a venue in front, or at its end."""
    year = year_in(text)
    if year is not None:
        return year
    match = _VENUE_FIRST.match(text) or _YEAR_LAST.search(text) or _VENUE_ALONE.match(text)
    if match is not None:
        return int(match[1])
    return year_in(text, anywhere=True) if _SHORT_VENUE.match(text) else None


def _without_first_year(text: str) -> str:
    match = _YEAR_FIRST.match(text)
    return text[match.end() :] if match else text
