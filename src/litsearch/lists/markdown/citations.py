"""Read who wrote a work and when: the words behind a title, and whole references."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists.fields import clean_remark, clean_title, may_hold_year, squeeze, year_in
from litsearch.lists.names import (
    SEGMENTS,
    authors_in,
    has_initials,
    is_no_person,
    is_person,
    persons_in,
    sure_names,
    take_persons,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says of a work when it is read as a title or as what follows one."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None


NOTHING = Claim()

_YEAR = r"(?:19|20)\d\d"
_NAME = r"(?:[A-Z][\w.'’-]*|and|&|et al\.?|van|von|de|der)"

# the number of an item, or nothing but its mark: "[12] ", "(3) ", "7. ", "[^a]:"
NUMBER = re.compile(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)])[\s*:.]+(?=\S)"
    r"|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
_BY_END = re.compile(rf"^(.{{3,}}?)(?:,|\s[-–—])?\s+by\s+([^()]{{2,200}}?)\s*(?:\({_YEAR}\))?\s*$")
_NAMES_LINK = re.compile(  # words of a link that are a citation: "Lee and Ray (2019)"
    rf"^\W?({_NAME}(?:[ ,]+{_NAME})*?),?\s*[(\[]?({_YEAR})[a-z]?[)\]]?\W?$"
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


def _may_be_person(name: str) -> bool:
    return not is_no_person(name) and not any(word[-1].isdigit() for word in name.split())


# What stands behind a title.

_BY_LEAD = re.compile(r"^[\s,.–—-]*\(?(?:written )?by:?\s+", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|]\s|[:;](?=\s)"
    r"|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)"
    r"|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = re.compile(rf"^[\s,.–—-]*[(\[]{_YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
_YEAR_LAST = re.compile(rf",\s*({_YEAR})\W{{0,3}}$")
_ET_AL = re.compile(
    r"^\W*(?:\([^()]{0,40}\)\W*)?([^\W\d_][^()\[\]:;!?\"“”]{1,150}?),?\s+et\.? al\b\.?",
    re.IGNORECASE,
)
_NAMES_YEAR = re.compile(  # ", Ann Lee and Bob Ray, 2017.", "– Lee, Ray, Dee (1996)"
    rf"^\s*(?P<mark>,|[-–—]|by\b)\s*(?P<names>[^()\[\]:;!?\d]{{4,200}}?),?\s*"
    rf"(?:\((?P<in>{_YEAR})\)|(?P<end>{_YEAR})\W*$)"
)
_YEAR_BEFORE = re.compile(rf"^[\s,.–—-]*\((?:[^()]{{0,40}}[ '’,])?{_YEAR}\)[,.:]?\s*")
_VENUE_YEAR = re.compile(rf"^[\w.&@/:' -]{{0,40}}?[ '’]?({_YEAR})\W{{0,3}}$")


def trailer(text: str) -> Claim:
    """Return what the words behind a title say: "by X and Y (2017) - remark"."""
    text = squeeze(text)
    if not text:
        return NOTHING
    authors: tuple[str, ...] = ()
    lead = _BY_LEAD.match(text)
    if lead:
        authors, text = _names_behind(text[lead.end() :], text)
    elif named := _named(text):
        return named

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


def _named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    return _several(text) or _dated(text) or _listed(text)


def _several(text: str) -> Claim | None:
    """Read "Ann Lee et al. (2017)"."""
    several = _ET_AL.match(text) if " al" in text else None
    authors = authors_in(several[1]) if several else ()
    if several is None or not authors:
        return None
    rest = text[: several.start(1)] + text[several.end() :]
    year = _year_in_or_last(text[:120])
    return Claim("", clean_remark(_without_first_year(rest)), authors, year)


def _dated(text: str) -> Claim | None:
    """Read ", Ann Lee and Bob Ray, 2017." and "– Lee, Ray, Dee (1996)"."""
    dated = _NAMES_YEAR.match(text) if may_hold_year(text) else None
    if dated is None:
        return None
    single = dated["mark"] == "," and dated["end"]
    authors = persons_in(dated["names"], least=1 if single else 2)
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
    is_placed = _VENUE_YEAR.match(rest.strip(" .*")) is not None
    if not has_initials(names) and not (len(names) > 1 and is_placed):
        return None
    year = year_in(opening[0]) if opening else None
    year = year or year_in(rest, anywhere=True)
    return Claim("", "" if is_placed else clean_remark(rest), tuple(names), year)


def _year_in_or_last(text: str) -> int | None:
    """Return the year in brackets of a text, else the one behind its last comma."""
    year = year_in(text)
    last = _YEAR_LAST.search(text) if year is None else None
    return int(last[1]) if last else year


def _without_first_year(text: str) -> str:
    match = _YEAR_FIRST.match(text)
    return text[match.end() :] if match else text


# Whole references.

_KEY = re.compile(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_GBT = re.compile(
    r"^([^\[\]]{2,200}?)[.．]\s*([^\[\]]{2,250}?)\s*"
    r"\[(?:[A-Z]|[A-Z]{2}/OL|[A-Z]/OL)\]\s*[.．,:：]?\s*(.*)$"
)
_JOURNAL = re.compile(r"^([^\"“]{3,300}?)[,.]\s+[\"“]([^\"”“]{3,300}?)[,.]?[\"”],?\s*(.*)$")
_APA = re.compile(
    rf"^([^\W\d_][^()\[\]]{{1,300}}?)\s*\((?:({_YEAR})[a-z]?(?:, [^()]{{2,20}})?|n\.d\.)\)[.,:]\s+"
    r"(.{8,250}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_HARVARD = re.compile(
    rf"^([A-Z][^()\[\]\"“]{{2,300}}?),?\s+({_YEAR})[a-z]?\.\s+"
    r"(.{8,250}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_SURNAME_FIRST = re.compile(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),\s*((?:[A-Z]\.[ -]?)+)")
_TURNED = re.compile(r"^([A-Z][\w'’-]+), ([A-Z][\w'’.-]*(?: [A-Z][\w.]*)?)(?:,? (?:and|&) (.+))?$")
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+\w")


def reference(text: str) -> Claim:
    """Return what a reference in the manner of journals says; an empty Claim for other text."""
    text = NUMBER.sub("", text)
    if text[:4].lstrip()[:1] == "[":
        text = _KEY.sub("", text)
    return _gbt_style(text) or _journal_style(text) or _author_date_style(text) or NOTHING


def _gbt_style(text: str) -> Claim | None:
    """Read GB/T 7714: "李安, 雷波. 苔藓的柔软[J]. 苔藓学报, 2019", "LEE A, RAY B. Title[J]. …"."""
    match = _GBT.match(text) if "[" in text else None
    if match is None:
        return None
    written = [name for name in re.split(r"[,，、]\s*", match[1]) if name.strip(" .等")]
    names = tuple(filter(None, map(_gbt_name, written)))
    year = year_in(match[3], anywhere=True)
    rest = re.sub(r"https?://\S+", " ", match[3])
    return Claim(clean_title(match[2]), clean_remark(rest), names, year)


def _gbt_name(name: str) -> str:
    """Return "LEE A" as "A Lee", "et al" as "", and other names as they are."""
    family, *given = name.replace("等", "").split() or [""]
    if given and family.isupper() and all(len(word.strip(".")) <= 2 for word in given):
        return " ".join([*given, family.capitalize()])
    if name.strip().lower().startswith("et al"):
        return ""
    return " ".join([family, *given]).strip()


def _journal_style(text: str) -> Claim | None:
    """Read names before a quoted title: 'A. Turing, "Computing", Mind, 1950', 'Dee, Cy. "Fog."'."""
    match = _JOURNAL.match(text)
    authors = _names_before_title(match[1]) if match else ()
    if match is None or not authors:
        return None
    year = year_in(match[3][-400:], anywhere=True)
    return Claim(clean_title(match[2]), clean_remark(match[3]), authors, year)


def _names_before_title(names: str) -> tuple[str, ...]:
    """Return the names before a quoted title; () when they are none for sure."""
    names = re.sub(r",?\s+et al\.?$", "", names.strip())
    first = _TURNED.match(names)
    if first:
        others = authors_in(first[3]) if first[3] else ()
        return (f"{first[2]} {first[1]}", *others)
    return authors_in(names) if _INITIALS.match(names) else persons_in(names)


def _author_date_style(text: str) -> Claim | None:
    """Read APA, "Lee, A., & Ray, B. (1974, May). Title. Fog." and Harvard, "Lee, A., 2019. …"."""
    for match in filter(None, (_APA.match(text), _HARVARD.match(text))):
        authors = _surnames_first(match[1])
        if not authors and match[2] is None:
            authors = authors_in(match[1].rstrip(" ."))
        if authors:
            year = int(match[2]) if match[2] else None
            return Claim(clean_title(match[3].strip("*_ ")), clean_remark(match[4]), authors, year)
    return None


def _surnames_first(text: str) -> tuple[str, ...]:
    """Return the names of "Liskov, B., & Zilles, S."."""
    return tuple([f"{given.strip()} {family}" for family, given in _SURNAME_FIRST.findall(text)])


# Lines whose fields commas or full stops divide.

_TITLE_YEAR = re.compile(
    rf"^(.{{3,200}}?)\s*[(\[](?:[A-Z][\w.&/+ -]{{1,30}}[ '’])?({_YEAR})[)\]],\s+(.{{3,200}})$"
)
_STOP = re.compile(r"(?<=\w)[,.]\s+(?=[A-Z])")
_SENTENCE_STOP = re.compile(r"(?<=\w\w)\.\s+")
_VENUE_END = re.compile(rf",\s*(?:[^,]{{2,60}},\s*)?({_YEAR})\W{{0,3}}$")
_FAMILY = re.compile(r"[A-Z][\w'’-]+")
_GIVEN = re.compile(r"[A-Z][\w.'’-]*")


def line_of_fields(text: str) -> Claim:
    """Return what "Title, A. Lee, B. Ray, ICML 2020" or "Ann Lee, Title, Press, 2001" says."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|")
    titled = _TITLE_YEAR.match(text)
    named = _named(f", {titled[3]}") if titled else None
    if titled and named and named.authors:
        return Claim(clean_title(titled[1]), named.rest, named.authors, int(titled[2]))
    if not may_hold_year(text) and " al" not in text:
        return NOTHING
    return _title_first(text) or _sentences(text) or _names_first(text) or NOTHING


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year" and "Title. Names. Venue year".

    The names have initials, or are two and more.
    """
    for stop in _STOP.finditer(text[:250]):
        title, rest = text[: stop.start()], text[stop.end() :]
        several = _ET_AL.match(rest) if " al" in rest else None
        authors = authors_in(several[1]) if several else ()
        if several and authors and len(several[1].split()) <= 6:
            return Claim(clean_title(title), "", authors, year_in(rest, anywhere=True))
        if is_person(title):
            return None
        found = _names_and_venue(rest)
        if found is not None:
            return Claim(clean_title(title), "", found.authors, found.year)
    return None


def _names_and_venue(text: str) -> Claim | None:
    """Read "A. Lee, B. Ray, ICML 2020"."""
    parts = [part for part in SEGMENTS.split(text) if part.strip()]
    names = take_persons(parts)
    venue = _VENUE_YEAR.match(", ".join(parts[len(names) :]).strip(" .*"))
    if venue is None or not (len(names) > 1 or has_initials(names)):
        return None
    return Claim(authors=tuple(names), year=int(venue[1]))


def _sentences(text: str) -> Claim | None:
    """Read "Ann Lee, Bob Ray. Title. Venue 2019"."""
    sentences = _SENTENCE_STOP.split(text.rstrip("."))
    if len(sentences) < 3:
        return None
    parts = SEGMENTS.split(sentences[0])
    names = take_persons(parts)
    venue = _VENUE_YEAR.match(sentences[-1])
    if not names or len(names) < len(parts) or venue is None:
        return None
    return Claim(clean_title(sentences[1]), "", tuple(names), int(venue[1]))


def _names_first(text: str) -> Claim | None:
    """Read "Ann Lee and Bob Ray, Title, Venue, Year" and "Lee, Ann, Title, Press, Year"."""
    ending = _VENUE_END.search(text)
    if ending is None:
        return None
    first, *parts = map(str.strip, re.split(r",\s+", text[: ending.start()]))
    year = int(ending[1])

    names = take_persons(SEGMENTS.split(first))
    if names and len(parts) == 1 and _is_joined(names, first):
        return Claim(clean_title(parts[0]), "", tuple(names), year)
    if len(parts) == 2 and _FAMILY.fullmatch(first) and _GIVEN.fullmatch(parts[0]):
        return Claim(clean_title(parts[1]), "", (f"{parts[0]} {first}",), year)
    return None


def _is_joined(names: list[str], text: str) -> bool:
    """Tell whether names are all that a text holds."""
    return " and ".join(names).replace(" ", "") == text.replace(" & ", " and ").replace(" ", "")
