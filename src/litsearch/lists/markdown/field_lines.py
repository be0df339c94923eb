"""Read lines whose fields commas, full stops or strokes divide: "Title, A. Lee, Fog 2020"."""

from __future__ import annotations

from collections.abc import Iterator

from litsearch.lists.authors.lists import all_authors
from litsearch.lists.authors.names import authors_in, has_initials, persons_in
from litsearch.lists.columns import role_of
from litsearch.lists.fields import clean_title, date_year, may_hold_year, squeeze
from litsearch.lists.markdown.bylines import named
from litsearch.lists.markdown.citations import NOTHING, NUMBER, Claim, has_person
from litsearch.patterns import expression

MAX_TITLE = 250  # characters
_END_OF_TITLE = expression(r"(?<=[\w)])(?<!\b[A-Z])[,.،]\s+(?=[^\Wa-z])|(?<=[?!])\s+(?=[^\Wa-z])")
_ASIDE = expression(r"\s*(?:\([^()\d]{2,40}\)|\[[^\[\]\d]{2,40}\]:?)[.,:]?$")  # "(best paper)"
_DATED = expression(  # "Title (2011), "
    r"\s*[(\[](?:[A-Z][\w.&/+ -]{1,30}[ '’])?((?:19|20)\d\d)[)\]]$"
)
_STROKE = expression(r"\s+[|｜·•]\s+")
_DATE = expression(r"[\d./年月日 -]+")
_HAN = expression(r"[\u4e00-\u9fff]{2,4}")


def line_of_fields(text: str) -> Claim:
    """Return what "Title, A. Lee, B. Ray, ICML 2020" or "2020 | Title | Ann Lee" says."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|[(")
    citation = _by_strokes(text) if _STROKE.search(text) else _title_first(text)
    return citation or NOTHING


def _by_strokes(text: str) -> Claim | None:
    """Read "2022 | Title | Ann Lee, Bob Ray | Venue"; None where no part is of names."""
    parts = list(map(clean_title, _STROKE.split(text)))
    if len(parts) < 3:
        return None
    fields = list(filter(_says_more_than_date, parts))
    year = date_year(text)
    read = persons_in if year is None else _names_only
    authors = next(filter(None, map(read, fields[1:])), ())
    if not authors or role_of(fields[0].partition(":")[0]) != "other":  # "Date: …": a byline
        return None
    return Claim(fields[0], "", authors, year)


def _says_more_than_date(part: str) -> bool:
    return not _DATE.fullmatch(part) and role_of(part) == "other"


def _names_only(text: str) -> tuple[str, ...]:
    """Return the persons of a text; Chinese names are one word of two to four signs."""
    names = authors_in(text)
    if names and all(map(_HAN.fullmatch, names)):
        return names
    return persons_in(text)


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year", "Title. Names. Venue year" and "Title (2011), names"."""
    text = _ASIDE.sub("", text)
    if not may_hold_year(text) and "." not in text and " al" not in text:
        return None
    citations = list(_claims(text))
    whole = [claim for claim in citations if " " in claim.authors[0]]
    return next(iter(whole or citations), None)


def _claims(text: str) -> Iterator[Claim]:
    """Yield what the signs of a text make of it, each taken for the end of the title."""
    for stop in _END_OF_TITLE.finditer(text[:MAX_TITLE]):
        title, rest = text[: stop.start()], text[stop.end() :]
        if " " in "".join(all_authors(title)[:1]) and title.lower() != title.upper():
            return  # they stand first
        behind = named(f", {rest}")
        if behind is None or not behind.authors:
            continue
        dated = _DATED.search(title)
        year = int(dated[1]) if dated else behind.year
        if year is not None or _are_sure(behind, rest):
            title = title[: dated.start()] if dated else title
            yield Claim(clean_title(title), behind.rest, behind.authors, year)


def _are_sure(behind: Claim, rest: str) -> bool:
    """Tell whether names end a line without a year, or have initials."""
    if has_initials(behind.authors) or " al" in rest:
        return True
    return len(behind.authors) > 1 and not behind.rest and has_person(behind.authors)
