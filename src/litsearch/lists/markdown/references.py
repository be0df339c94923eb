"""Read references in the manner of journals: APA, Chicago, Vancouver, GB/T, GOST and others."""

from __future__ import annotations

import re

from litsearch.lists.fields import clean_remark, clean_title, date_year, year_in
from litsearch.lists.markdown.citations import NOTHING, NUMBER, Claim, names_ahead, names_and_year
from litsearch.lists.markdown.venues import YEAR
from litsearch.lists.names import (
    INITIALS,
    LOOSE_SURNAMES,
    SHORT_NAMES,
    SURNAME,
    SURNAMES,
    authors_in,
    has_initials,
    persons_in,
    short_names,
    surnames_first,
    turned,
    without_roles,
)
from litsearch.patterns import expression

_KEY = expression(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_ONLINE = expression(
    r"[.,]?\s*\[Online\][.,]?|\s*\b(?:Available|Retrieved)(?: at| from| on)?:?\s*(?=$|http)"
    r"|\s*(?:Disponível em|Disponible en|Recuperado de|Online verfügbar unter|Verfügbar unter"
    r"|En ligne|Dostupné|Dostęp|Режим доступа|URL)\s*:?\s*(?=$|http)",
    re.IGNORECASE,
)
_EDITION = expression(  # "(2nd ed.)", "(2.ª ed.)", "(pp. 3-19)"
    r"\s*\((?:[^()]{0,12}\b(?:ed|edition|edición|edição|aufl|auflage|изд)\b[^()]{0,20}"
    r"|(?:pp?|s|vol|ch)\. ?[^()]{1,20})\)",
    re.IGNORECASE,
)
_ONLINE_ENDS = (":", "from", "at", "em", "en", "de", "unter", "URL", "ligne")
MAX_INITIALS = 3  # characters of initials with their full stop
_STOP = r"(?<!\bch)(?<!\bvol)(?<!\bpp)(?<!\bed)(?<!\bno)[.?!](?=\s|$)"  # of a title
_TITLE = rf"(.{{4,250}}?)(?:{_STOP}|$)(.*)$"
_NO_DATE = r"(?:n\.d\.|in press|forthcoming|to appear|submitted|accepted|under review)"

_GBT = expression(
    r"^([^\[\]]{2,200}?)[.．]\s*([^\[\]]{2,250}?)\s*"
    r"\[(?:[A-Z]|[A-Z]{2}/OL|[A-Z]/OL|Internet)\]\s*[.．,:：]?\s*(.*)$"
)
_GOST = expression(rf"^((?:{SURNAME},?\s+{INITIALS}(?:, ?| )?)+)(.{{5,250}}?)\s+//?\s+(.*)$")
_GOST_BOOK = expression(  # "Ли А. Б. Почвы. СПб.: Берег, 2020."
    rf"^({SURNAME},?\s+{INITIALS}(?:,\s*{SURNAME},?\s+{INITIALS})*)\s*"
    r"(\w[^.]{4,250})\.\s+(?:[—–-]\s*)?(\S[^,]{0,60}:\s.*)$"
)
_GOST_KIND = expression(r"\s:\s.*")  # ": учебник"
_JOURNAL = expression(
    r"^([^\"“«„»]{3,300}?)(?:[,.:]|\s[–—-])\s+"
    r"[\"“«„]\s?([^\"”“«»„]{3,300}?)[,.]?\s?[\"”»“],?\s*(.*)$"
)
_MEDICINE = expression(rf"^({SHORT_NAMES})(?:, et al)?\.\s+(.{{8,250}}?)(?:[.?!](?=\s|$))(.*)$")
_LOOSE = expression(rf"^({LOOSE_SURNAMES}),\s+(.{{5,250}}?)(?:,|[.?!](?=\s|$))(.*)$")
_AUTHOR_DATE = (
    expression(  # "Lee, A., & Ray, B. (1974, May). Title. Fog, 3(2)."
        rf"^([^\W\d_][^()\[\]]{{1,300}}?)\s*\((?:({YEAR})[a-z]?(?:, [^()]{{2,20}})?|{_NO_DATE})\)"
        rf"[.,:]\s+{_TITLE}"
    ),
    expression(rf"^([A-Z][^()\[\]\"“]{{2,300}}?),?\s+({YEAR})[a-z]?\.\s+{_TITLE}"),  # "Lee, 2019."
)
_SURNAMES_TITLE = expression(  # "Lee, A., Ray, B.: Title. In: Fog (2016)", "Lee, A. Title. Fog."
    rf"^({SURNAMES})(?:,? et al\.?)?\s*[.,:]?\s+{_TITLE}"
)


_FIRST_OF_SEVERAL = expression(  # "Lee, Ann, et al. Title. Fog, 2018."
    rf"^({SURNAME}, {SURNAME}),? et al[.,:]*\s+{_TITLE}"
)


def _turned_name(text: str) -> tuple[str, ...]:
    return (turned(text),)


_DATED_STYLES = (  # names, title, rest with a year; and what reads the names
    (_MEDICINE, short_names),
    (_SURNAMES_TITLE, surnames_first),
    (_LOOSE, surnames_first),
    (_FIRST_OF_SEVERAL, _turned_name),
)


def reference(text: str) -> Claim:
    """Return what a reference in the manner of journals says; an empty Claim for other text."""
    text = NUMBER.sub("", text)
    if text[:4].lstrip()[:1] == "[":
        text = _KEY.sub("", text)
    if "http" in text or text.endswith(_ONLINE_ENDS) or "nline]" in text:
        text = _ONLINE.sub(" ", text).strip()
    if "(" in text:
        text = _EDITION.sub("", text)

    for style in (_gbt_style, _gost_style, _journal_style, _author_date_style, _dated_style):
        found = style(text)
        if found is not None:
            return found
    return NOTHING


def _claim(title: str, rest: str, authors: tuple[str, ...], year: int | None) -> Claim:
    return Claim(clean_title(title.strip("*_ ")), clean_remark(rest), authors, year)


def _gbt_style(text: str) -> Claim | None:
    """Read GB/T 7714: "李安, 雷波. 苔藓的柔软[J]. 苔藓学报, 2019", "LEE A, RAY B. Title[J]. …"."""
    if "[" not in text:
        return None
    match = _GBT.match(text)
    if match is None:
        return None
    names: list[str] = []
    for name in re.split(r"[,，、]\s*", match[1]):
        if name.strip(" .等"):
            names.append(_gbt_name(name))
    rest = re.sub(r"https?://\S+", " ", match[3])
    authors = tuple(filter(None, names))
    return _claim(match[2], rest, authors, year_in(match[3], anywhere=True))


def _gbt_name(name: str) -> str:
    """Return "LEE A" as "A Lee", "et al" as "", and other names as they are."""
    family, *given = name.replace("等", "").split() or [""]
    if given and family.isupper() and max(map(len, given)) <= MAX_INITIALS:
        return " ".join([*given, family.capitalize()])
    if name.strip().lower().startswith("et al"):
        return ""
    return " ".join([family, *given]).strip()


def _gost_style(text: str) -> Claim | None:
    """Read GOST 7.0.5: "Ли А., Рэй Б. Мхи // Вестник. 2015. № 3.", "Ли А. Мхи. М.: Торф, 2015"."""
    has_stroke = " / " in text or " // " in text
    pattern = _GOST if has_stroke else _GOST_BOOK
    match = pattern.match(text)
    if match is None:
        return None
    year = date_year(match[3])
    if year is None:
        return None
    title = _GOST_KIND.sub("", match[2]) if has_stroke else match[2]
    return _claim(title, match[3], surnames_first(match[1]), year)


def _dated_style(text: str) -> Claim | None:
    """Read names that surnames begin, a title, and a year somewhere in the rest.

    "Lee AB, Ray C. Fog. J Fog. 2012;4:1", "Lee, A., Ray, B.: Fog. In: Sea (2016)" and
    "Lee A., Ray B., Fog, Sea 2015".
    """
    for pattern, names_of in _DATED_STYLES:
        match = pattern.match(text)
        if match is None:
            continue
        year = year_in(match[3], anywhere=True)
        if year is not None:
            return _claim(match[2], match[3], names_of(match[1]), year)
    return None


def _journal_style(text: str) -> Claim | None:
    """Read names before a quoted title: 'A. Turing, "Computing", Mind, 1950', 'Dee, Cy. "Fog."'."""
    match = _JOURNAL.match(text)
    if match is None:
        return None
    ahead = names_ahead(match[1])
    if not ahead.authors:
        ahead = names_and_year(match[1])
    if not ahead.authors:
        return None
    year = ahead.year or year_in(match[3][-400:], anywhere=True)
    return _claim(match[2], match[3], ahead.authors, year)


def _author_date_style(text: str) -> Claim | None:
    """Read APA, "Lee, A., & Ray, B. (1974, May). Title. Fog." and Harvard, "Lee, A., 2019. …"."""
    bare = without_roles(text)
    for style in _AUTHOR_DATE:
        match = style.match(bare)
        if match is None:
            continue
        dated = match[2] is not None
        is_body = match[1].endswith(".") or not dated or bare != text
        authors = _authors_before_date(match[1], is_body=is_body, dated=dated)
        if authors:
            year = int(match[2]) if dated else None
            return _claim(match[3], match[4], authors, year)
    return None


def _authors_before_date(names: str, *, is_body: bool, dated: bool) -> tuple[str, ...]:
    """Return the names before a year in brackets. is_body: they may be an institution's."""
    authors = surnames_first(names) or _whole_names(names)
    if not authors and dated:
        authors = names_ahead(names).authors
    if authors or not is_body:
        return authors
    return authors_in(names.rstrip(" .")) or (names.rstrip(" ."),)


def _whole_names(text: str) -> tuple[str, ...]:
    """Return the names of "K. Jib and L. Mast." and "Ann Lee, Bob Ray."; () for a single word."""
    names = authors_in(text)
    return names if has_initials(names) else persons_in(text, least=2)
