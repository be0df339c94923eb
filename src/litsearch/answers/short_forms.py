"""Long names with their short forms, "Some Long Name (SLN)", and how a name is found in text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial

from litsearch.answers.entities import Entity
from litsearch.patterns import expression

_SHORT = expression(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z\d][\w-]{1,9}")  # two capitals: RLHF, LoRA


def other_form_of(subject: str, texts: Iterable[str]) -> str:
    """Return the short form that the first of these texts gives a subject, "Long Name (LN)", or the
    long one of a short one; "" for none.
    """
    find = _long_form if _SHORT.fullmatch(subject) else _short_form
    return next(filter(None, map(partial(find, subject), texts)), "")


def _short_form(long: str, text: str) -> str:
    """Return the short form that stands in brackets behind a long one."""
    pattern = re.compile(rf"(?i:{pattern_of((long,)).pattern})\s*\(([A-Z][\w-]{{1,9}})\)")
    for match in pattern.finditer(text):
        if is_short_form(match[1], long):
            return match[1]
    return ""


def _long_form(short: str, text: str) -> str:
    """Return the words before a short form in brackets that it stands for: as few as will do."""
    for match in re.finditer(rf"((?:[\w-]+\s+){{1,7}})\((?i:{re.escape(short)})\)", text):
        words = match[1].split()
        for count in range(2, len(words) + 1):
            long = " ".join(words[-count:])
            if long[:1].lower() == short[:1].lower() and is_short_form(short, long):
                return long
    return ""


def spells_out(text: str, short: str) -> bool:
    """Tell whether a text says what a short form stands for: Long Name (LN), LN (Long Name)."""
    if _long_form(short, text):
        return True
    match = re.search(
        rf"\b(?i:{re.escape(short)})\b\s*(?:\(|,? (?:which )?(?:stands|is short) for\W+|[=:–—]\s*)"
        r"(?P<long>[\w-]+(?: [\w-]+){1,6})",
        text,
    )
    if match is None or match["long"][:1].lower() != short[:1].lower():
        return False
    return is_short_form(short, match["long"])


def is_short_form(short: str, long: str) -> bool:
    """Tell whether the letters of a short form stand in a long one in order, its first at a word's
    beginning (Schwartz and Hearst 2003).
    """
    letters = list(filter(str.isalpha, short.lower()))
    words = long.lower()
    place = len(words)
    for number, letter in enumerate(reversed(letters), 1):
        place = words.rfind(letter, 0, place)
        last = number == len(letters)
        while last and place > 0 and words[place - 1].isalnum():
            place = words.rfind(letter, 0, place)
        if place < 0:
            return False
    return 1 < len(letters) < len(words)


@lru_cache(maxsize=200)
def pattern_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the subject that takes plural and singular alike."""
    singular = map(_singular, forms)
    return re.compile("|".join(map(_either, singular)), re.IGNORECASE)


def _singular(form: str) -> str:
    plural = form[-1:] == "s" and form[-2:-1].islower() and form[-2:] not in ("ss", "us", "is")
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    return form[:-1] if plural and len(form) > 4 else form


def _either(form: str) -> str:
    source = Entity(form[:-1] if form.endswith("y") else form).pattern.pattern
    if not form.endswith("y"):
        return source
    return source.replace(r"(?:['’]?s)?(?![^\W_])", r"(?:y|ies)(?![^\W_])")
