"""Read who wrote a work and when from the words behind its title, or from a line of its own."""

from __future__ import annotations

from dataclasses import replace

from litsearch.lists.authors.lists import AuthorList, all_authors, authors_at
from litsearch.lists.authors.names import authors_in, is_no_person
from litsearch.lists.authors.surnames import is_eastern_name
from litsearch.lists.columns import role_of
from litsearch.lists.fields import clean_remark, date_year, may_hold_year, squeeze, year_in
from litsearch.lists.markdown.citations import (
    NOTHING,
    Claim,
    are_persons,
    has_person,
    named_fields,
    names_and_year,
)
from litsearch.lists.markdown.imprints import VENUE_YEAR, YEAR, year_of_venue
from litsearch.lists.phrases import EDITED_BY, JUDGEMENT, LABELS
from litsearch.patterns import expression

_NO_NAMES = LABELS | JUDGEMENT


# What stands behind a title.

_BY_LEAD = expression(
    rf"^[\s,.?!|–—-]*\(?(?:{EDITED_BY}"
    r"|(?i:(?:written )?by|von|par|por|di|door|av|tarafından|автор):?\s+(?=\S))"
    r"|^\s*,\s+de\s+(?=[^\W\da-z]\w+\s[^\W\da-z])"
    r"|^\s+de\s+(?=[^\W\da-z][\w'’-]+(?: [^\W\da-z][\w'’-]+){1,3} \((?:19|20)\d\d\))"
)
_BY_LATER = expression(  # no "made by": who made a thing did not write it
    r"^(?:[^.!?]{0,200}[.!?] B"
    r"|\W*(?:[\w-]+ ){0,4}[\w-]+(?<!ed)(?<!en)(?<!made)(?<!run)(?<!built),? b)"
    r"y (?=[^\W\da-z])"
)
_NAMES_END = expression(
    r"\s*(?:\((?=\d{4}|[A-Z])|\s[-–—|·•]\s|[:;](?=\s)|\s(?:in|at|for|on)\s(?=[A-Z])"
    r"|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)(?<!\bProf)\.(?=\s[A-Z]|$)"
    r"|\s[-–—]|$|(?<=\w\w\w),(?=\s[a-z]))"
)
_BEFORE_VERB = expression(  # "Ann Lee argues that …"
    r"([A-Z][\w'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2})(?= [a-z]{3,} )"
)
_BRACKET = expression(r"\(([^()]{5,80})\)")
_YEAR_FIRST = expression(rf"^[\s,.–—-]*[(\[]{YEAR}(?:[-/.]\d{{1,2}}){{0,2}}[)\]]")
_AUTHORED = expression(
    r"^[\s,，、:：(（–—-]*(?P<names>[^,，。()（）\d]{2,40}?)\s*等?\s*"
    r"(?:(?:编著|編著|主编|主編|编|編|著|译|訳|저|지음|엮음)(?=[\s,，、。()（）]|$)|による|らによる)"
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
    fields = named_fields(text)
    if fields.authors or fields.year:
        return fields
    authors: tuple[str, ...] = ()
    lead = _BY_LEAD.match(text)
    if lead:
        authors, text = _names_behind(text[lead.end() :], text)
    elif behind := named(text) or _named_later(text):
        return behind
    elif bracket := _BRACKET.search(text[:MAX_BYLINE]):
        authors = names_and_year(bracket[1]).authors or _with_role(bracket[1])
    year = year_of_venue(text[:80])
    return Claim("", clean_remark(_without_first_year(text)), authors, year)


def _with_role(text: str) -> tuple[str, ...]:
    """Return the persons behind a word for what they did: "speaker Ann Lee"."""
    role, _, names = text.partition(" ")
    return all_authors(names) if role_of(role.strip(":")) == "authors" else ()


def _names_behind(rest: str, text: str) -> tuple[tuple[str, ...], str]:
    """Return the names behind "by", and what follows them."""
    author_list = authors_at(rest.partition(" | ")[0])
    if author_list is not None and not rest[author_list.end :].startswith("'"):
        names = _without_venue(author_list)
        if names != author_list.names:
            return names, rest.partition(names[-1])[2]
        return names, rest[author_list.end :]
    person = _BEFORE_VERB.match(rest)
    if person is not None and not is_no_person(person[1]):
        return (person[1],), rest[person.end() :]
    for stop in _NAMES_END.finditer(rest[:300]):
        authors = authors_in(rest[: stop.start()])
        if authors:
            return authors, rest[stop.start() :]
    return (), text


def _without_venue(author_list: AuthorList) -> tuple[str, ...]:
    """Return names without a last one that is a venue's: "by Ann Lee, Die Woche"."""
    *names, last = author_list.names
    if not names or author_list.joined or author_list.manner != "straight":
        return author_list.names
    is_venue = not has_person((last,)) and all(map(has_person, [(name,) for name in names]))
    return tuple(names) if is_venue else author_list.names


def _named_later(text: str) -> Claim | None:
    """Read "- a series of posts by Ann Lee (2013)"."""
    lead = _BY_LATER.match(text) if " by " in text.lower() else None
    authors = None if lead is None else authors_at(text[lead.end() :])
    if lead is None or authors is None:
        return None
    is_apart = lead[0].endswith(("By ", ", by ")) and " " in authors.names[0]
    if not is_apart and not has_person(authors.names):
        return None
    year = year_of_venue(text[:120]) or _year_of_meeting(text[lead.end() + authors.end :])
    return Claim("", clean_remark(text), authors.names, year)


def _year_of_meeting(tail: str) -> int | None:
    """Return the year of where a work was shown: " at FogCon 2019."."""
    placed = VENUE_YEAR.match(tail.strip(" .,*)]")) if tail.startswith((" at ", " in ")) else None
    return None if placed is None else int(placed[1])


def byline(text: str) -> Claim:
    """Return the authors that a line of its own names: "By Ann Lee · 2021", "Ann Lee, Fog (2019)".

    A line that says anything else gives nothing.
    """
    text, *more = _STROKE.split(squeeze(text).strip("*_ "))
    citation = _names_of_line(text)
    if not citation.authors:
        return NOTHING
    year = citation.year or year_in(text[:MAX_BYLINE], anywhere=True)
    if not more:
        return replace(citation, year=year)
    rest = " · ".join(more)
    return replace(citation, rest=rest, year=year or date_year(rest))


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
    r"^(?:[\s,.:;：，、|·•*\]–—-]|\[\s*\]|\([^()\d]{3,40}\)(?=[,.;]))*[(（\[]?\s*"
    r"(?:(?:Prof|Dr)\. )*"
)
_VENUE = expression(  # before names: ". (2019). ", ", ICML 2020: "
    rf"^[\s,.:;|·•*–—-]*"
    rf"(?:[(\[（](?:[^()\[\]]{{0,40}}[ '’,])?(?:{YEAR}(?:[,;] [^()\[\]]{{1,20}})?|['’]\d\d)[)\]）]"
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
_CLOSED = expression(rf"^[;,]\s*[^()\[\]]{{0,40}}?({YEAR})[)\]]")  # "(Lee; VLDB 2003)"
_ENDS = expression(r"^[\s.,;:*)\]）]*$")
_APART = expression(r"^(?:[\s.,;:*)\]）]*$|\s*[.;:)\]）*(\[（]|\s[-–—|·•]\s)")


def named(text: str) -> Claim | None:
    """Return what a text says that begins with names: "Ann Lee et al.", ", Ann Lee, 2017."."""
    authored = _authored(text)
    if authored is not None:
        return authored
    may_be_dated = may_hold_year(text) or "’" in text or "'" in text
    for pattern in (_OPENING, _VENUE) if may_be_dated else (_OPENING,):
        opening = pattern.match(text)
        claimed = None if opening is None else _named_behind(opening[0], text[opening.end() :])
        if claimed is not None:
            return claimed
    return _alone(text)


def _named_behind(opening: str, text: str) -> Claim | None:
    """Read names that a sign, or a venue and its year, divide from the title."""
    authors = authors_at(text)
    if authors is None:
        return None
    is_ended = text[authors.end - 1] == "." and not _INITIAL_END.search(text[: authors.end])
    tail = text[authors.end - is_ended :]
    year, rest = _date_and_rest(tail)
    year = year or year_in(opening, anywhere=True)
    if not _is_told(authors, opening, tail, year):
        return None
    venue = "" if may_hold_year(opening) else opening.lstrip(" .,;:")  # "(FAST '16) - "
    return Claim("", clean_remark(f"{venue}{rest.lstrip(' .,')}"), authors.names, year)


def _date_and_rest(tail: str) -> tuple[int | None, str]:
    """Return the year that stands behind names, and what else does but for a mere venue."""
    tail = tail.translate(_COMMAS)
    dated = _DATED.match(tail)
    if dated is not None:
        year = int(dated[1] or dated[2] or 0) or year_in(dated[3])
        return year, tail[dated.end() :]
    closed = _CLOSED.match(tail)
    if closed is not None:
        return int(closed[1]), tail[closed.end() :]
    placed = VENUE_YEAR.match(tail.strip(" .,*)]"))
    if placed is not None:
        return int(placed[1]), ""
    return year_of_venue(tail[:120]) or _year_of_sentence(tail), tail


def _year_of_sentence(tail: str) -> int | None:
    """Return the year of what a venue's sentence says: ". CVPR 2023. [code]"."""
    return year_in(tail[:120], anywhere=True) if tail[:1] in (".", ",", "*") else None


def _is_told(authors: AuthorList, opening: str, tail: str, year: int | None) -> bool:
    """Tell whether words behind a title are names for sure, by what stands around them."""
    if _has_label(authors.names):
        return False
    if authors.manner == "surnames":
        return _are_told_surnames(authors, opening, tail)
    is_apart = _APART.match(tail) is not None
    is_person = has_person(authors.names)
    if len(authors.names) == 1 and opening.strip().startswith("."):
        return is_person and is_apart
    is_sure = is_person or (is_apart and are_persons(authors))
    return is_sure or (year is not None and _may_be_dated(authors, tail))


def _has_label(names: tuple[str, ...]) -> bool:
    return not _NO_NAMES.isdisjoint(" ".join(names).lower().split())


def _may_be_dated(authors: AuthorList, tail: str) -> bool:
    """Tell whether a year makes names of capital words: of several, or where it follows at once."""
    return len(authors.names) > 1 or are_persons(authors) or _DATED.match(tail) is not None


def _are_told_surnames(authors: AuthorList, opening: str, tail: str) -> bool:
    """Tell whether surnames stand before a venue or a year, or end what a comma begins."""
    if authors.several or _DATED.match(tail) or _CLOSED.match(tail):
        return True
    if tail[:1] in (",", " ") and VENUE_YEAR.match(tail.strip(" .,*)]")):
        return True
    if "," in opening and authors.joined and tail[:1] == ",":
        return True
    return "," in opening and _ENDS.match(tail) is not None


def _alone(text: str) -> Claim | None:
    """Read "（刘洋，2020）" and ", Lee, VLDB 2011"."""
    if not may_hold_year(text):
        return None
    western = _WESTERN.match(text)
    if western is not None and not is_no_person(western[1]):
        return Claim("", clean_remark(western[2]), (western[1],), int(western[3]))
    match = _EASTERN.match(text)
    if match is None or not is_eastern_name(match[1]):
        return None
    return Claim("", clean_remark(text[match.end() :]), (match[1],), int(match[2]))


def _authored(text: str) -> Claim | None:
    """Read "李安 著，科学出版社，2010", "최지우 저, 2011" and "تأليف أحمد لي (2012)"."""
    if text.isascii() and ":" not in text:
        return None
    match = _AUTHORED.match(text)
    if match is None:
        return None
    authors = authors_in(match["names"] or match["by"])
    if not authors:
        return None
    rest = text[match.end() :]
    return Claim("", clean_remark(rest), authors, year_in(rest, anywhere=True))


def _without_first_year(text: str) -> str:
    return _YEAR_FIRST.sub("", text, count=1) if may_hold_year(text) else text
