"""Read whole references: in the manner of journals, and lines whose fields commas divide."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from litsearch.lists.columns import role_of
from litsearch.lists.fields import (
    clean_remark,
    clean_title,
    date_year,
    may_hold_year,
    squeeze,
    year_in,
)
from litsearch.lists.markdown.citations import (
    ET_AL,
    NOTHING,
    NUMBER,
    VENUE_YEAR,
    YEAR,
    Claim,
    named,
    names_ahead,
)
from litsearch.lists.names import (
    INITIALS,
    LOOSE_SURNAMES,
    SEGMENTS,
    SHORT_NAMES,
    SURNAME,
    SURNAMES,
    authors_in,
    has_initials,
    is_person,
    persons_in,
    short_names,
    surnames_first,
    take_persons,
    without_roles,
)

_KEY = re.compile(r"^\W{0,3}\[[^\[\]]{3,60}\]:?\s+(?=[A-Z])")  # "[Liskov & Zilles 1974]"
_ONLINE = re.compile(r"[.,]?\s*\[Online\][.,]?|\s*\bAvailable(?: at| from)?:\s*", re.IGNORECASE)
_STOP = r"(?<!\bch)(?<!\bvol)(?<!\bpp)(?<!\bed)(?<!\bno)[.?!](?=\s|$)"  # of a title
_TITLE = rf"(.{{8,250}}?)(?:{_STOP}|$)(.*)$"
_NO_DATE = r"(?:n\.d\.|in press|forthcoming|to appear|submitted|accepted|under review)"

_GBT = re.compile(
    r"^([^\[\]]{2,200}?)[.．]\s*([^\[\]]{2,250}?)\s*"
    r"\[(?:[A-Z]|[A-Z]{2}/OL|[A-Z]/OL|Internet)\]\s*[.．,:：]?\s*(.*)$"
)
_GOST = re.compile(rf"^((?:{SURNAME},?\s+{INITIALS}(?:, ?| )?)+)(.{{5,250}}?)\s+//?\s+(.*)$")
_GOST_BOOK = re.compile(  # "Ли А. Б. Почвы. СПб.: Берег, 2020."
    rf"^({SURNAME},?\s+{INITIALS}(?:,\s*{SURNAME},?\s+{INITIALS})*)\s*"
    r"(\w[^.]{4,250})\.\s+(?:[—–-]\s*)?(\S[^,]{0,60}:\s.*)$"
)
_GOST_KIND = re.compile(r"\s:\s.*")  # ": учебник"
_JOURNAL = re.compile(
    r"^([^\"“«„»]{3,300}?)(?:[,.:]|\s[–—-])\s+[\"“«„]\s?([^\"”“«»„]{3,300}?)[,.]?\s?[\"”»“],?\s*(.*)$"
)
_MEDICINE = re.compile(rf"^({SHORT_NAMES})(?:, et al)?\.\s+(.{{8,250}}?)(?:[.?!](?=\s|$))(.*)$")
_LOOSE = re.compile(rf"^({LOOSE_SURNAMES}),\s+(.{{5,250}}?)(?:,|[.?!](?=\s|$))(.*)$")
_AUTHOR_DATE = (
    re.compile(  # "Lee, A., & Ray, B. (1974, May). Title. Fog, 3(2)."
        rf"^([^\W\d_][^()\[\]]{{1,300}}?)\s*\((?:({YEAR})[a-z]?(?:, [^()]{{2,20}})?|{_NO_DATE})\)"
        rf"[.,:]\s+{_TITLE}"
    ),
    re.compile(rf"^([A-Z][^()\[\]\"“]{{2,300}}?),?\s+({YEAR})[a-z]?\.\s+{_TITLE}"),  # "Lee, 2019."
)
_SURNAMES_TITLE = re.compile(  # "Lee, A., Ray, B.: Title. In: Fog (2016)", "Lee, A. Title. Fog."
    rf"^({SURNAMES})(?:,? et al\.?)?\s*[.,:]?\s+{_TITLE}"
)


def reference(text: str) -> Claim:
    """Return what a reference in the manner of journals says; an empty Claim for other text."""
    text = NUMBER.sub("", text)
    if text[:4].lstrip()[:1] == "[":
        text = _KEY.sub("", text)
    if "Available" in text or "nline]" in text:
        text = _ONLINE.sub(" ", text).strip()
    styles = (
        _gbt_style,
        _gost_style,
        _journal_style,
        _medicine_style,
        _author_date_style,
        _surnames_style,
        _loose_style,
    )
    return next(filter(None, (style(text) for style in styles)), NOTHING)


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


def _gost_style(text: str) -> Claim | None:
    """Read GOST 7.0.5: "Ли А., Рэй Б. Мхи // Вестник. 2015. № 3."."""
    match = _GOST.match(text) if " / " in text or " // " in text else _GOST_BOOK.match(text)
    year = date_year(match[3]) if match else None
    if match is None or year is None:
        return None
    title = _GOST_KIND.sub("", match[2]) if " / " in text else match[2]
    return Claim(clean_title(title), clean_remark(match[3]), surnames_first(match[1]), year)


def _medicine_style(text: str) -> Claim | None:
    """Read "Lee AB, Ray C. Fog and sleep. J Fog. 2012;4(2):100-8.", the style of Vancouver."""
    match = _MEDICINE.match(text)
    year = year_in(match[3], anywhere=True) if match else None
    if match is None or year is None:
        return None
    return Claim(clean_title(match[2]), clean_remark(match[3]), short_names(match[1]), year)


def _loose_style(text: str) -> Claim | None:
    """Read "Lee A., Ray B., Title, Venue 2015": surnames first without a comma."""
    match = _LOOSE.match(text)
    year = year_in(match[3], anywhere=True) if match else None
    if match is None or year is None:
        return None
    return Claim(clean_title(match[2]), clean_remark(match[3]), surnames_first(match[1]), year)


def _journal_style(text: str) -> Claim | None:
    """Read names before a quoted title: 'A. Turing, "Computing", Mind, 1950', 'Dee, Cy. "Fog."'."""
    match = _JOURNAL.match(text)
    ahead = names_ahead(match[1]) if match else NOTHING
    if match is None or not ahead.authors:
        return None
    year = ahead.year or year_in(match[3][-400:], anywhere=True)
    return Claim(clean_title(match[2]), clean_remark(match[3]), ahead.authors, year)


def _author_date_style(text: str) -> Claim | None:
    """Read APA, "Lee, A., & Ray, B. (1974, May). Title. Fog." and Harvard, "Lee, A., 2019. …"."""
    for match in filter(None, (style.match(text) for style in _AUTHOR_DATE)):
        authors = _authors_before_date(match[1], dated=match[2] is not None)
        if authors:
            year = int(match[2]) if match[2] else None
            return Claim(clean_title(match[3].strip("*_ ")), clean_remark(match[4]), authors, year)
    return None


def _authors_before_date(text: str, *, dated: bool) -> tuple[str, ...]:
    """Return the names before a year in brackets, or an institution's, which a full stop ends."""
    names = without_roles(text)
    authors = surnames_first(names) if "," in names else ()
    authors = authors or _whole_names(names) or (names_ahead(names).authors if dated else ())
    if authors or not (text.endswith(".") or not dated or names != text):
        return authors
    return authors_in(names.rstrip(" .")) or (names.rstrip(" ."),)


def _whole_names(text: str) -> tuple[str, ...]:
    """Return the names of "K. Jib and L. Mast." and "Ann Lee, Bob Ray."; () for a single word."""
    names = authors_in(text)
    return names if has_initials(names) else persons_in(text, least=2)


def _surnames_style(text: str) -> Claim | None:
    """Read "Lee, A., Ray, B.: Title. In: Fog (2016)" and "Oar, N. Title. STOC 2008"."""
    match = _SURNAMES_TITLE.match(text)
    year = year_in(match[3], anywhere=True) if match else None
    if match is None or year is None:
        return None
    return Claim(clean_title(match[2]), clean_remark(match[3]), surnames_first(match[1]), year)


# Lines whose fields commas, full stops or strokes divide.

_TITLE_YEAR = re.compile(
    rf"^(.{{3,200}}?)\s*[(\[](?:[A-Z][\w.&/+ -]{{1,30}}[ '’])?({YEAR})[)\]],\s+(.{{3,200}})$"
)
_END_OF_TITLE = re.compile(r"(?<=\w)[,.]\s+(?=[A-Z])")
_SENTENCE_STOP = re.compile(r"(?<=\w\w)\.\s+")
_VENUE_END = re.compile(rf",\s*(?:[^,]{{2,60}}?,?\s*)?({YEAR})\W{{0,3}}$")
_ASIDE = re.compile(r"\s*(?:\([^()\d]{2,40}\)|\[[^\[\]\d]{2,40}\]:?)[.,:]?$")  # "(best paper)"
_STROKE = re.compile(r"\s+[|｜]\s+")
_DATE = re.compile(r"[\d./年月日 -]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_FAMILY = re.compile(r"[A-Z][\w'’-]+")
_GIVEN = re.compile(r"[A-Z][\w.'’-]*")


def line_of_fields(text: str) -> Claim:
    """Return what "Title, A. Lee, B. Ray, ICML 2020" or "Ann Lee, Title, Press, 2001" says."""
    text = squeeze(NUMBER.sub("", text)).rstrip(" ,;|")
    titled = _TITLE_YEAR.match(text)
    behind = named(f", {titled[3]}") if titled else None
    if titled and behind and behind.authors:
        return Claim(clean_title(titled[1]), behind.rest, behind.authors, int(titled[2]))
    return next(filter(None, (form(text) for form in _forms(text))), NOTHING)


def _forms(text: str) -> Sequence[Callable[[str], Claim | None]]:
    """Return the forms that a line can have, by what it holds."""
    if " | " in text:
        return (_by_strokes,)
    if may_hold_year(text) or " al" in text:
        return (_title_first, _sentences, _names_first)
    return (_title_and_names,)


def _by_strokes(text: str) -> Claim | None:
    """Read "2022 | Title | Ann Lee, Bob Ray | Venue"; None where no part is of names."""
    parts = [clean_title(part) for part in _STROKE.split(text)]
    if len(parts) < 3:
        return None
    told = [part for part in parts if not _DATE.fullmatch(part) and role_of(part) == "other"]
    year = date_year(text)
    read = persons_in if year is None else _names_only
    authors = next(filter(None, map(read, told[1:])), ())
    if not authors or role_of(told[0].partition(":")[0]) != "other":  # "Date: …": a byline
        return None
    return Claim(told[0], "", authors, year)


def _names_only(text: str) -> tuple[str, ...]:
    """Return the persons of a text; Chinese names are one word of two to four signs."""
    names = authors_in(text)
    return persons_in(text) if not names or not all(map(_HAN.fullmatch, names)) else names


def _title_first(text: str) -> Claim | None:
    """Read "Title, names, venue year" and "Title. Names. Venue year".

    The names have initials, or are two and more.
    """
    text = _ASIDE.sub("", text)
    for stop in _END_OF_TITLE.finditer(text[:250]):
        title, rest = text[: stop.start()], text[stop.end() :]
        several = ET_AL.match(rest) if " al" in rest else None
        authors = authors_in(several[1]) if several else ()
        if several and authors and len(several[1].split()) <= 6:
            return Claim(clean_title(title), "", authors, year_in(rest, anywhere=True))
        if is_person(title):
            return None
        found = _names_and_venue(rest)
        if found is not None:
            return Claim(clean_title(title), "", found.authors, found.year)
    return None


def _title_and_names(text: str) -> Claim | None:
    """Read "A Title. Ann Lee, Bob Ray", two persons at least and nothing else."""
    title, stop, names = text.rstrip(" .").rpartition(". ")
    authors = _all_persons(names) if stop else []
    return Claim(clean_title(title), authors=tuple(authors)) if len(authors) > 1 else None


def _names_and_venue(text: str) -> Claim | None:
    """Read "A. Lee, B. Ray, ICML 2020"."""
    parts = [part for part in SEGMENTS.split(text) if part.strip()]
    names = take_persons(parts)
    venue = VENUE_YEAR.match(", ".join(parts[len(names) :]).strip(" .*"))
    if venue is None or not (len(names) > 1 or has_initials(names)):
        return None
    return Claim(authors=tuple(names), year=int(venue[1]))


def _sentences(text: str) -> Claim | None:
    """Read "Ann Lee, Bob Ray. Title. Venue 2019"."""
    sentences = _SENTENCE_STOP.split(_ASIDE.sub("", text).rstrip("."))
    if len(sentences) < 3:
        return None
    parts = SEGMENTS.split(sentences[0])
    names = take_persons(parts)
    venue = VENUE_YEAR.match(sentences[-1])
    if not names or len(names) < len(parts) or venue is None:
        return None
    return Claim(clean_title(sentences[1]), "", tuple(names), int(venue[1]))


def _names_first(text: str) -> Claim | None:
    """Read "Ann Lee and Bob Ray, Title, Venue, Year" and "Lee et al., Title, Venue Year"."""
    text = _ASIDE.sub("", text)
    ending = _VENUE_END.search(text)
    if ending is None:
        return None
    several = ET_AL.match(text) if " al" in text[:100] else None
    if several:
        title = text[several.end() : ending.start()].strip(" ,.")
        authors = authors_in(several[1])
    else:
        first, *parts = map(str.strip, re.split(r",\s+", text[: ending.start()]))
        authors, title = _names_and_title(first, parts)
    return Claim(clean_title(title), "", authors, int(ending[1])) if authors and title else None


def _names_and_title(first: str, parts: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the names and the title of the parts between the commas of a line."""
    if len(parts) == 2 and _FAMILY.fullmatch(first) and _GIVEN.fullmatch(parts[0]):
        return (f"{parts[0]} {first}",), parts[1]  # "Lee, Ann, Title"
    names: list[str] = []
    rest = [first, *parts]
    while len(rest) > 1 and (persons := _all_persons(rest[0])):
        names += persons
        rest = rest[1:]
    is_sure = len(names) > 1 or has_initials(names) or len(rest) == 1
    return (tuple(names), ", ".join(rest)) if names and is_sure else ((), "")


def _all_persons(text: str) -> list[str]:
    """Return the persons of "Ann Lee and Bob Ray"; none when a part is no person."""
    parts = SEGMENTS.split(text)
    names = take_persons(parts)
    return names if len(names) == len(parts) else []
