"""Dates as pages write them, in ISO form, in English words, in addresses."""

from __future__ import annotations

import re

ISO_DATE = re.compile(r"\b((?:19|20)\d\d)(?:[-/](0?[1-9]|1[0-2])(?:[-/](0?[1-9]|[12]\d|3[01]))?)?(?!\d)")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WRITTEN_DATE = re.compile(
    r"\b(?:(?P<before>[12]?\d|3[01])(?:st|nd|rd|th)?\.?\s+)?(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|"
    r"july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+"
    r"(?:(?P<behind>[12]?\d|3[01])(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
URL_DATE = re.compile(r"[/_](20\d\d)[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?=[-/_.]|$)")


def iso_date(text: str) -> str | None:
    """The first date of a text as "2024", "2024-02" or "2024-02-17"."""
    match = ISO_DATE.search(text)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None


def written_date(text: str) -> str | None:
    """The first date of a text with its month in English words, or in ISO form."""
    match = WRITTEN_DATE.search(text)
    if not match:
        return iso_date(text)
    month = MONTHS.index(match["month"][:3].lower()) + 1
    day = match["before"] or match["behind"]
    return f"{match['year']}-{month:02d}" + (f"-{int(day):02d}" if day else "")
