"""What stands behind a title: who wrote the work, when, and what the list says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.lists.fields import authors_in, clean_remark, clean_title, squeeze, word_set, year_in

_BY_LEAD = re.compile(r"^[\s,.–—-]*\(?(?:written )?by:?\s+", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|]\s|[:;](?=\s)|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_YEAR_FIRST = re.compile(r"^[\s,.–—-]*[(\[](?:19|20)\d\d(?:[-/.]\d{1,2}){0,2}[)\]]")
_BY_END = re.compile(r"^(.{3,}?)(?:,|\s[-–—])?\s+by\s+([^()]{2,200}?)\s*(?:\((?:19|20)\d\d\))?\s*$")
_ET_AL = re.compile(
    r"^\W*(?:\([^()]{0,40}\)\W*)?([^\W\d_][^()\[\]:;!?\"“”]{1,150}?),?\s+et\.? al\b\.?",
    re.IGNORECASE,
)
_NAMES_YEAR = re.compile(  # ", Ann Lee and Bob Ray, 2017.", "– Lee, Ray, Dee (1996)"
    r"^\s*(?P<mark>,|[-–—]|by\b)\s*(?P<names>[^()\[\]:;!?\d]{4,200}?),?\s*(?:\((?P<in>(?:19|20)\d\d)\)"
    r"|(?P<end>(?:19|20)\d\d)\W*$)"
)
_YEAR_END = re.compile(r",\s*((?:19|20)\d\d)\W{0,3}$")
_NO_PERSON = word_set(
    "conference conf symposium workshop press university institute lab labs journal review reviews news magazine "
    "times summit day days con meetup school week foundation blog group research team loop inc part chapter volume "
    "edition lecture session talk paper book great good new best free must the a an of for in on to with spring summer "
    "autumn fall winter proceedings letters nature science annual international acm ieee usenix vldb sigmod nips "
    "neurips icml iclr cvpr google microsoft facebook amazon open access software systems language programming "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a run of words says when it is read as a title."""

    title: str = ""
    rest: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None


NOTHING = Claim()


def by_end(text: str) -> re.Match[str] | None:
    """A line "title by names (2017)" as (title, names)."""
    return _BY_END.match(text) if " by " in text else None


def persons_in(text: str, *, least: int = 1) -> tuple[str, ...]:
    """The names of a list of at least so many persons, each of two words or more; () when one is
    none for sure.

    From four names on, surnames alone will do: three capital words may as well be tags or towns.
    """
    names = authors_in(text)
    known = not any(word.lower() in _NO_PERSON for name in names for word in name.split())
    whole = all(2 <= len(name.split()) <= 4 and not name.isupper() for name in names)
    return names if len(names) >= least and known and (whole or len(names) > 3) else ()


def trailer(text: str) -> Claim:
    """What stands behind a title: "by X and Y (2017) - remark"."""
    text = squeeze(text)
    if not text:
        return NOTHING
    authors: tuple[str, ...] = ()
    lead = _BY_LEAD.match(text)
    if lead:
        rest = text[lead.end() :]
        for stop in _NAMES_END.finditer(rest[:300]):
            authors = authors_in(rest[: stop.start()])
            if authors:
                text = rest[stop.start() :]
                break
    elif found := _named(text):
        return found
    year = year_in(text[:80])
    if year is None and (dated := _YEAR_END.search(text[:80])):
        year = int(dated[1])
    if year and (match := _YEAR_FIRST.match(text)):
        text = text[match.end() :]
    return Claim("", clean_remark(text), authors, year)


def persons_before(text: str) -> tuple[str, ...]:
    """The persons that a comma divides from the quoted title behind them: 'Ann Lee, "A Title"'."""
    text = text.rstrip()
    return persons_in(text[:-1]) if text.endswith(",") and len(text) < 200 else ()


def _named(text: str) -> Claim | None:
    """What a text says that begins with names in the form of a citation: "Ann Lee et al.", ", Ann
    Lee, 2017.".
    """
    several = _ET_AL.match(text) if " al" in text else None
    if several and (authors := authors_in(several[1])):
        rest = text[: several.start(1)] + text[several.end() :]
        year = year_in(text[:120])
        return Claim("", clean_remark(_without_year(rest)), authors, year)
    dated = _NAMES_YEAR.match(text) if "19" in text or "20" in text else None
    if dated is None:
        return None
    authors = persons_in(dated["names"], least=1 if dated["mark"] == "," and dated["end"] else 2)
    return (
        Claim("", clean_remark(text[dated.end() :]), authors, int(dated["in"] or dated["end"]))
        if authors
        else None
    )


def _without_year(text: str) -> str:
    return text if (match := _YEAR_FIRST.match(text)) is None else text[match.end() :]


NUMBER = re.compile(
    r"^\W{0,3}(?:\[\^?\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)])[\s*:.]+(?=\S)|^\W{0,3}\[\^?\w{1,10}\]:?\s*$"
)
# "Liskov, B., & Zilles, S. (1974). Programming with abstract data types. SIGPLAN ..."
_REFERENCE = re.compile(
    r"^([A-Z][\w'’-]+, [^()]{1,300}?)\s*\(((?:19|20)\d\d)[a-z]?\)[.,:]\s+(.{8,250}?)(?:[.?!](?=\s|$)|$)(.*)$"
)
_KEY = re.compile(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_SURNAME_FIRST = re.compile(r"([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?),\s*((?:[A-Z]\.[ -]?)+)")
# "A. Turing, "Computing machinery and intelligence," Mind, vol. 59, pp. 433-460, 1950."
_JOURNAL = re.compile(r"^([^\"“]{3,300}?),\s+[\"“]([^\"”“]{3,300}?)[,.]?[\"”],?\s+(.*)$")
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
    names = (
        tuple(f"{first.strip()} {last}" for last, first in _SURNAME_FIRST.findall(match[1]))
        if match
        else ()
    )
    if match is None or not names:
        return Claim()
    return Claim(clean_title(match[3]), clean_remark(match[4]), names, int(match[2]))
