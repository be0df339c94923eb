"""Dates as pages and papers write them: ISO, figures, months in twenty languages, addresses."""

from __future__ import annotations

import re

from litsearch.patterns import expression

ISO_DATE = expression(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/](0?[1-9]|1[0-2])(?:[-/](0?[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
URL_DATE = expression(r"[/_](20\d\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?=[-/_.]|$)")
# The beginnings of month names, one line a month: the languages of Europe, Turkish, Arabic, Hindi,
# Indonesian.
_MONTHS = """
jan gen ene jän янв січ ocak styc led ιαν ian يناير जन sij oca tammi
feb fév fev fèb feb фев лют şub lut úno φεβ فبراير फर velj helmi feb
mar mär mrt març maa mart мар бер mar bře μαρ مارس मार्च ožu maalis
apr avr abr апр кві nis kwi dub απρ أبريل अप्रैल tra huhti ابريل
may mai mag maj mei мая май трав mayıs kvě μαΐ μαι مايو मई svi touko maí
jun juin giu июн черв haz cze črv ιουν يونيو जून lip kesä jún
jul juil lug июл лип tem lipc črvc ιουλ يوليو जुल srp heinä júl
aug août aoû ago авг серп ağu sie srp αυγ أغسطس अग kol elo ágú
sep set сен вер eyl wrz zář σεπ سبتمبر सित ruj syys
oct okt out ott окт жовт eki paź říj οκτ أكتوبر अक्तू अक्टू lis loka
nov ноя лист kas lis νοε نوفمبر नव stu marras nóv
dec déc dez dic des дек груд ara gru pro δεκ ديسمبر दिस joulu
"""
_BY_NAME: dict[str, int] = {}
for _number, _line in enumerate(_MONTHS.strip().split("\n"), 1):
    for _name in _line.split():
        _BY_NAME.setdefault(_name, _number)
# Names that begin as another month's does.
_EXACT = {
    "lipca": 7,
    "lipiec": 7,
    "listopada": 11,
    "listopad": 11,
    "srpna": 8,
    "srpen": 8,
    "července": 7,
    "červenec": 7,
    "června": 6,
    "červen": 6,
    "marzo": 3,
    "mars": 3,
    "märz": 3,
    "marraskuuta": 11,
}
NAMES = "|".join(sorted(_BY_NAME, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_WORD = rf"(?P<month>(?:{NAMES})[^\W\d_]{{0,9}})"
WRITTEN = (
    expression(
        rf"(?<![\w.]){_DAY}(?:st|nd|rd|th|er|º|ª)?[.\s,]{{0,3}}(?:de |of )?{_WORD}[.,]?\s?"
        rf"(?:de |del )?{_YEAR}(?!\d)",
        re.I,
    ),
    expression(rf"(?<!\w){_WORD}\.?\s{_DAY}(?:st|nd|rd|th)?(?:,\s?|\s){_YEAR}(?!\d)", re.I),
    expression(
        rf"(?<!\w){_WORD}\s{{1,2}}{_DAY}\s\d\d:\d\d(?::\d\d)?\s(?:[A-Z+-][\w:]{{1,5}}\s)?"
        rf"{_YEAR}(?!\d)",
        re.I,
    ),
    expression(rf"(?<!\w){_WORD}[.,]?\s(?:de )?{_YEAR}(?!\d)", re.I),
    expression(
        rf"(?<!\d){_YEAR}\s?[年.년/-]\s?(?P<figure>1[0-2]|0?[1-9])(?:\s?[月.월/-]\s?{_DAY}(?!\d))?"
    ),
    expression(rf"(?<!\d){_DAY}[./-](?P<figure>1[0-2]|0?[1-9])[./-]{_YEAR}(?!\d)"),
)  # fmt: skip


def iso_date(text: str) -> str | None:
    """Return the first date in ISO form of a text, as "2024", "2024-02" or "2024-02-17"."""
    match = ISO_DATE.search(text)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None


def written_date(text: str) -> str | None:
    """Return the first date of a text as people write it, in ISO form; else what iso_date finds."""
    dates = filter(None, (_first(pattern, text) for pattern in WRITTEN))
    first = min(dates, default=None)
    return first[1] if first else iso_date(text)


def address_date(url: str) -> str | None:
    """Return the date that an address carries, as blogs write it: /2024/02/17/."""
    match = URL_DATE.search(url)
    return "-".join(part for part in match.groups() if part) if match else None


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, str] | None:
    """Return where the first match that names a month stands, and its date."""
    for match in pattern.finditer(text):
        groups = match.groupdict()
        month = int(groups["figure"]) if groups.get("figure") else _month(groups.get("month") or "")
        if month:
            day = f"-{int(groups['day']):02d}" if groups.get("day") else ""
            return match.start(), f"{groups['year']}-{month:02d}{day}"
    return None


def _month(name: str) -> int | None:
    """Return the number of a month by the beginning of its name."""
    name = name.lower().rstrip(".")
    if name in _EXACT:
        return _EXACT[name]
    for length in range(min(len(name), 8), 1, -1):
        if name[:length] in _BY_NAME:
            return _BY_NAME[name[:length]]
    return None
