"""Read references in the manner of journals: APA, Chicago, MLA, Vancouver, GB/T, GOST and others.

A reference is authors, perhaps a date, a title, and where it stands; what differs between manners
is how the names are written (`lists.authors.lists`) and which sign ends the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.lists.authors.lists import AuthorList, all_authors, authors_at
from litsearch.lists.authors.names import authors_in, without_roles
from litsearch.lists.fields import clean_remark, clean_title, year_in
from litsearch.lists.markdown.citations import NOTHING, NUMBER, Claim, has_person, names_and_year
from litsearch.lists.markdown.imprints import VENUE_YEAR, YEAR, prepared
from litsearch.patterns import expression

MIN_TITLE = 4  # characters
MAX_TITLE = 300
MAX_NAME = 3  # words of a name in bold or italics
MAX_CLAUSE = 60  # characters of a subtitle, or of a place
SURE_MANNERS = ("inverted", "loose", "short", "eastern", "loud", "turned")

TOLD_MANNERS = ("inverted", "loose", "short")
_INITIALED = expression(r"(?:[^\W\da-z_]\.[ -]?)+ ?[^\W\d_][^.]+$")

_GENRE = expression(r"\s\[[^\W\da-z][^\[\]]{5,80}\]$")  # "[Doctoral dissertation, …]"
_NO_DATE = (
    r"n\.\s?d\.|o\. ?J\.|s\.d\.|in press|forthcoming|to appear|submitted|accepted|under review"
)
_DATE = expression(  # behind the authors: "(1974, May).", ". 2019.", ", 2018a,"
    rf"[.,]?\s*[(（\[](?:(?P<dated>{YEAR})[a-z]?(?:[,/][^()]{{1,20}})?|{_NO_DATE})[)）\]]\s*"
    rf"|[.,]?\s*(?P<bare>{YEAR})[a-z]?(?=[.,:])"
)
_PRESS = expression(rf"\s*\([^()]{{4,80}}[ ,]{YEAR}\)\W*")  # "(Fog Press, 2018)"
_QUOTED = expression(
    r"(?:\"\"?|[“„”«「『《‘]|'(?=\w))\s?(?P<title>.{3,300}?[?!]?)[.,]?\s?"
    r"(?:[.,]?\"|[”“»」』》]|(?<=\w\w)['’](?=[,.]))"
)
_KIND_MARK = r"\s*\[(?:[A-Z]|[A-Z]{1,2}/OL|Internet|Электронный ресурс|Текст|en ligne)\]"
_GBT = expression(rf"^([^\[\]]{{2,200}}?)[.．]\s*([^\[\]]{{2,250}}?)(?:{_KIND_MARK})(.*)$")
# not behind an abbreviation or an initial
_STOP = expression(
    r"(?<!\bch)(?<!\bUniv)(?<!\bvol)(?<!\bpp)(?<!\bed)(?<!\bno)(?<!\bvs)(?<!\b[A-Z])"
    r"(?<!\bSt)(?<!\bDr)"
    rf"[.?!](?=[\s\"”]|$)|,\s[Ii]n:(?=\s)|。|．|{_KIND_MARK}|\s/\s|\s//\s?"
    r"|\s[-–—]\s(?=[^\W\d_]{1,20}\.?\s?:)"
)
_KIND = expression(_KIND_MARK)
_COMMA = expression(r",\s+(?=[^\W\da-z]|\d)|，|\s\((?=[^()]*(?:19|20)\d\d)")
# a place and a press, a place and a year: what stands before is all title
_IMPRINT = expression(
    r"[.,]\s+(?:[—–-]\s)?[^\W\da-z][^.:,\d]{1,40}(?: u\. a\.)?"
    rf"(?:(?:, [^\W\da-z][\w .]{{1,20}})?:\s?[^\W\d][^\d]{{2,60}}|\s{YEAR}\b)"
)
_OF_JOURNAL = r"(?:[^\W\da-z][\w&.-]*|of|the|and|for)"
_VOLUME = expression(  # ", Journal of Fog 410"
    rf"(?:,\s|\s\(){_OF_JOURNAL}(?:\s{_OF_JOURNAL}){{0,5}}\s\d{{1,4}}\b[\s(),.:\d–-]*$"
)
_OTHERS = expression(r"\s/\s")  # before the names as the title page has them, in GOST
_GOST_KIND = expression(r"\s:\s.*")  # ": учебник"
_TITLE_ENDS = " .,:;*_"


def reference(text: str, marks: Sequence[str] = ()) -> Claim:
    """Return what a reference in the manner of journals says; an empty Claim for other text.

    marks: its words in bold or italics, which begin or end the title.
    """
    text = prepared(NUMBER.sub("", text))
    authors = (
        None if _begins_with_title(text, marks) else authors_at(text[: _first_mark(text, marks)])
    )
    claimed = None if authors is None else _by_authors(text, authors, marks)
    if claimed is None and "[" in text:
        claimed = _gbt_style(text)
    if claimed is None:
        claimed = _by_date(text, marks)
    return claimed or NOTHING


def _first_mark(text: str, marks: Sequence[str]) -> int:
    """Return where the first words in bold or italics begin that name nobody; the length for none.

    What stands before a title in italics are its authors, whatever the title looks like.
    """
    for mark in marks:
        at = text.find(mark)
        if at > 0 and not has_person(all_authors(mark)):
            return at
    return len(text)


def _begins_with_title(text: str, marks: Sequence[str]) -> bool:
    """Tell whether a text begins with words in bold or italics that are no list of authors."""
    for mark in marks:
        if text.startswith(mark) and len(mark) < len(text.rstrip(" .")):
            names = all_authors(mark)
            is_name = len(names) > 1 or len(mark.split()) <= MAX_NAME
            return not ((names and is_name) or names_and_year(mark).authors)
    return False


# References that begin with persons.


@dataclass(frozen=True, slots=True)
class _Body:
    """What follows the authors of a reference."""

    sign: str  # that divides it from them
    text: str
    year: int | None
    is_dated: bool  # a date stands before it, or a word for none


def _by_authors(text: str, authors: AuthorList, marks: Sequence[str]) -> Claim | None:
    """Read a reference behind its authors; None where too little tells that it is one."""
    if _PRESS.fullmatch(text[authors.end :]) and not authors.joined:
        return _with_last_as_title(authors, text[authors.end :])
    body = _body_of(text, authors)
    if body is None:
        return None
    if body.sign == "," and VENUE_YEAR.match(body.text.strip(" .*")) and not authors.joined:
        return _with_last_as_title(authors, body.text)
    title, more, is_told = _title_and_rest(body.text, marks, by_comma=body.sign == ",")
    year = body.year or year_in(more[-400:], anywhere=True)
    title = clean_title(_GENRE.sub("", title).strip(_TITLE_ENDS))
    if not title or not _is_reference(authors, body, year, is_told=is_told):
        return None
    names, more = _as_on_title_page(more, authors.names)
    return Claim(title, clean_remark(more), names, year)


def _body_of(text: str, authors: AuthorList) -> _Body | None:
    """Return what follows the authors; None where no sign divides it from them."""
    dated = _DATE.match(text, authors.end)
    if dated is None:
        sign, body = _opening(text[authors.end :], is_ended=text[: authors.end].endswith("."))
        return _Body(sign, body, None, is_dated=False) if sign and len(body) >= MIN_TITLE else None
    year = dated["dated"] or dated["bare"]
    sign, body = _opening(text[dated.end() :], is_ended=True)
    sign = "." if sign == "," else sign
    return _Body(sign, body, int(year) if year else None, is_dated=True)


def _with_last_as_title(authors: AuthorList, venue: str) -> Claim | None:
    """Read "Ann Lee, Bob Ray, Locks Without Keys, OSDI 2004": three words that are no name."""
    *names, title = authors.names
    if not names:
        return None
    return Claim(title, "", tuple(names), year_in(venue, anywhere=True))


def _opening(body: str, *, is_ended: bool) -> tuple[str, str]:
    """Return the sign between the authors or the date and the title, and what follows it."""
    bare = body.lstrip()
    sign = bare[:1]
    if sign and sign in ".:,：。，、":
        return "," if sign in ",，、" else sign, bare[1:].lstrip(" :.,")
    if bare.startswith(("- ", "– ", "— ")):
        return "-", bare[2:]
    if _QUOTED.match(bare):
        return '"', bare
    return (".", bare) if is_ended else ("", bare)


def _is_reference(authors: AuthorList, body: _Body, year: int | None, *, is_told: bool) -> bool:
    """Tell whether what follows authors makes a reference of them, no sentence that names them."""
    if is_told or (body.sign == "." and _are_several(authors)):
        return True
    if body.is_dated or body.sign == "-":
        return body.sign != "-"
    return year is not None and _are_before_title(authors, body)


def _are_before_title(authors: AuthorList, body: _Body) -> bool:
    """Tell whether names and what follows them are authors and a title, where a year is told."""
    if authors.several or (authors.joined and body.sign == "." and not authors_at(body.text)):
        return True
    return authors.manner != "surnames" and (body.sign != "," or _are_sure(authors))


def _are_several(authors: AuthorList) -> bool:
    """Tell whether names are several, or have initials, in a manner of nothing but names."""
    if authors.manner == "straight":  # "L. Farid. Harbour noise."
        return all(map(_INITIALED.match, authors.names))
    return authors.manner in TOLD_MANNERS and (authors.several or len(authors.names) > 1)


def _are_sure(authors: AuthorList) -> bool:
    """Tell whether names before a comma can be no part of a title."""
    is_sure = authors.manner in SURE_MANNERS or len(authors.names) > 1
    return is_sure or has_person(authors.names)


def _as_on_title_page(more: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the names behind " / ", where a title page has more than the heading; and the rest."""
    stroke = _OTHERS.match(more)
    if stroke is None:
        return names, more
    authors = authors_at(more[stroke.end() :])
    if authors is None or len(authors.names) < len(names):
        return names, more
    return authors.names, more[stroke.end() + authors.end :]


# Titles.


def _title_and_rest(body: str, marks: Sequence[str], *, by_comma: bool) -> tuple[str, str, bool]:
    """Return the title with which a text begins, what follows, and whether quotes or marks tell."""
    quoted = _QUOTED.match(body)
    if quoted is not None:
        return quoted["title"], body[quoted.end() :], True
    for mark in marks:
        if body.startswith(mark):
            return mark, body[len(mark) :], True
    end, after = _end_of_title(body, _journal(body, marks), by_comma=by_comma)
    if "/" in body[end:after]:
        return _GOST_KIND.sub("", body[:end]), body[end:], False
    return body[:end], body[after:], _KIND.fullmatch(body[end:after]) is not None


def _journal(body: str, marks: Sequence[str]) -> int:
    """Return where the first words in italics behind a title begin; the length for none."""
    for mark in marks:
        at = body.find(mark, MIN_TITLE)
        if at > 0 and body[:at].rstrip()[-1:] in (".", ",", "?", "!"):
            return at
    return len(body)


def _end_of_title(body: str, journal: int, *, by_comma: bool) -> tuple[int, int]:
    """Return where a title without quotes ends, and where what follows begins."""
    if by_comma:
        return _first_sign(body)
    imprint = None if _KIND.search(body) else _IMPRINT.search(body, MIN_TITLE)
    if imprint is not None and _is_of_book(body[: imprint.start()]):
        return imprint.start(), imprint.start()
    return _first_stop(body, journal)


def _first_stop(body: str, journal: int) -> tuple[int, int]:
    """Return where the first sentence ends; questions go on with a subtitle, or to a journal."""
    is_open = journal == len(body)
    for stop in _STOP.finditer(body, 2):
        if stop.end() >= journal - 1 and not is_open:
            break
        if stop[0] not in ("?", "!"):
            return stop.span()
        if is_open and not _is_subtitle(body[stop.end() :]):
            return stop.end(), stop.end()
    volume = _VOLUME.search(body, MIN_TITLE) if is_open else None
    return (journal, journal) if volume is None else (volume.start(), volume.start())


def _first_sign(body: str) -> tuple[int, int]:
    """Return where the first comma or full stop behind a title begins and ends."""
    signs = filter(None, (_COMMA.search(body, MIN_TITLE), _STOP.search(body, MIN_TITLE)))
    return min([sign.span() for sign in signs], default=(len(body), len(body)))


def _is_of_book(title: str) -> bool:
    """Tell whether words before a place and a press are a title, with one subtitle at most."""
    return not re.search(r"\d|\b[Ii]n:? ", title) and len(_STOP.findall(title)) <= 1


def _is_subtitle(rest: str) -> bool:
    """Tell whether the clause behind a question is part of the title: a sentence follows it."""
    clause = re.match(r"\s+([^.?!]{4,200})\.\s+[^\W\d_]", rest)
    return clause is not None and re.search(r"\b[a-z]{4,}", clause[1]) is not None


# References that begin with no list of persons.

_AUTHOR_DATE = (  # "Institution. (1974, May). Title. Fog, 3(2)."
    expression(
        rf"^([^\W\d_][^()\[\]]{{1,300}}?)\s*\((?:({YEAR})[a-z]?(?:, [^()]{{2,20}})?|{_NO_DATE})\)"
        r"[.,:]?\s+(.{4,})$"
    ),
    expression(rf"^([A-Z][^()\[\]\"“]{{2,300}}?),?\s+({YEAR})[a-z]?\.\s+(.{{4,}})$"),
)


def _by_date(text: str, marks: Sequence[str]) -> Claim | None:
    """Read "Forest Office. (1974, May). Title. Fog." and "Lee, 2019. Title."."""
    bare = without_roles(text)
    for style in _AUTHOR_DATE:
        match = style.match(bare)
        if match is None:
            continue
        is_body = match[1].endswith(".") or match[2] is None or bare != text
        is_body = is_body and bare[match.start(3) - 2] in ".,:"
        authors = _before_date(match[1], is_body=is_body)
        if authors:
            title, more, _ = _title_and_rest(match[3], marks, by_comma=False)
            year = int(match[2]) if match[2] else None
            return Claim(clean_title(title.strip(_TITLE_ENDS)), clean_remark(more), authors, year)
    return None


def _before_date(names: str, *, is_body: bool) -> tuple[str, ...]:
    """Return the names before a date; an institution's where a full stop ends it."""
    authors = all_authors(names) or names_and_year(f"{names} (2000)").authors
    if authors or not is_body or ": " in names:
        return authors
    return authors_in(names.rstrip(" .")) or (names.rstrip(" ."),)


def _gbt_style(text: str) -> Claim | None:
    """Read GB/T 7714 of institutions: "统计局. 年鉴[M]. 北京, 2019"."""
    match = _GBT.match(text)
    if match is None:
        return None
    names = [name.strip(" .等") for name in re.split(r"[,，、]\s*", match[1])]
    rest = re.sub(r"https?://\S+", " ", match[3])
    authors = tuple([name for name in names if name and not name.lower().startswith("et al")])
    return Claim(clean_title(match[2]), clean_remark(rest), authors, year_in(rest, anywhere=True))
