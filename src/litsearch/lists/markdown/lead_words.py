"""Tell the words that say what kind of page it is, or lead to a title, from titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from litsearch.lists.columns import place_of
from litsearch.lists.fields import MAX_TITLE, year_of_short
from litsearch.lists.markdown.citations import NUMBER
from litsearch.lists.phrases import KINDS, LABELS, LEAD, SMALL
from litsearch.patterns import expression

MAX_NUMBER = 6  # words of a venue and its year, or of an ISBN
MAX_ALONE = 12  # characters of a year alone
MAX_DAY = 30  # characters of "Wednesday, September 24, 2025"
MAX_KIND = 5  # words of "Recommended (but not required):"


# Labels.

_ASIDE = expression(  # "Video (45 min)", "PDF, 3 MB"
    r"(?<=\w) \([^()]{1,20}\)$|,? \d+(?:[.,]\d+)? ?[KMG]i?B$", re.IGNORECASE
)
_WORD = expression(r"[\w'.&+:]+")
_LETTER = expression(r"[^\W\d_]")
_VENUE = expression(
    r"^[\w.&@/ -]{0,30}[ ',-]?(?:(?:19|20)\d\d|'\d\d)$"
    r"|^isbn(?:-1[03])?[: ]*[\d -]{9,16}[\dx]$"
    r"|^(?:arxiv|[a-z]{3,8}) ?\d\d$|^(?:arxiv[: ]*)?\d{4}\.\d{4,5}(?:v\d+)?$"
    r"|\bet al\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def is_label(text: str) -> bool:
    """Tell whether words say what kind of page a link leads to ("pdf") and name no work."""
    text = _ASIDE.sub("", text) if text.endswith((")", "B", "b")) else text
    words = _WORD.findall(text[:MAX_TITLE].lower())
    if not words or not _LETTER.search(text):
        return True
    if not text.isascii() and place_of(text.strip(" []()【】（）:："))[0] in ("url", "doi"):
        return True
    if len(words) <= MAX_NUMBER and _is_number(text.strip(" []()")):
        return True
    return len(words) <= 3 and _are_label_words(words)


def _are_label_words(words: Sequence[str]) -> bool:
    """Tell whether all of some words are those of labels, but for a number: "video 2"."""
    if len(words) == 2 and words[1].isdigit():
        words = words[:1]
    return words[-1] not in SMALL and all(map(_is_label_word, words))


def _is_number(text: str) -> bool:
    """Tell whether words are a venue with its year, an ISBN, a number of arXiv, or "et al."."""
    return (text[-1].isdigit() or " al" in text or text[-1] in "xX") and bool(_VENUE.search(text))


def _is_label_word(word: str) -> bool:
    return word.strip(".:") in LABELS or word in SMALL


# What stands in front of a title.

DATE = expression(
    r"^\W{0,3}(?:[(\[](?:\d?[^()\[\]\d]{0,20}[ ,'])?((?:19|20)\d\d)(?:[-/.]\d{1,2}){0,2}"
    r"(?:,? [A-Z][^()\[\]\d]{0,20})?[)\]]"
    r"|((?:19|20)\d\d)(?:(?:[-/.]\d{1,2}){0,2}\s+[-–—|·•]|[-/.]\d\d(?=\s)))"
    r"\W{0,3}(?:\s|(?<=\])(?=[A-Z]))"
)
_YEAR_ALONE = expression(r"^\W{0,3}((?:19|20)\d\d)\W{0,3}$")
_SHORT_YEAR = expression(  # "[arXiv'24.02]"
    r"^\W{0,3}[(\[][A-Za-z][A-Za-z]{1,9} ?['’](\d\d)(?:[./-]\d\d)?[)\]]\s*"
)  # "[ICLR'20]"
_TAG = expression(r"^\[[A-Za-z][A-Za-z -]{1,14}\]\s+(?=[\w\"“])")  # "[Book]"


DATE_OF_DAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?"
    r"(?:,? \d{4})?|\d{1,2}\.? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{4})?|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)"
)
_MEETING = expression(rf"\W*{DATE_OF_DAY}\W*", re.IGNORECASE)
_DAY = expression(
    rf"\W*(?:{DATE_OF_DAY}"
    r"|(?:week|lecture|session|class|day|module|unit|woche|séance|sesión) \d{1,3})\W*",
    re.IGNORECASE,
)


def is_day(text: str) -> bool:
    """Tell whether words only say when a work is read: "Sep 8", "Week 3"."""
    return len(text) < MAX_DAY and _DAY.fullmatch(text) is not None


def leading_year(text: str) -> int | None:
    """Return the year of a date in front: "[2023/05]", "(ICML 2020)", "2018 - ", "[ICLR'20]"."""
    if text[:1].isalpha():
        return None
    alone = _YEAR_ALONE.match(text) if len(text) < MAX_ALONE else None
    if alone:
        return int(alone[1])
    dated = DATE.match(text)
    if dated:
        return int(dated[1] or dated[2])
    short = _SHORT_YEAR.match(text)
    return year_of_short(short[1]) if short else None


def without_lead(text: str) -> str:
    """Return a text without number, date, labels and "see also" in front of it."""
    text = _SHORT_YEAR.sub("", DATE.sub("", NUMBER.sub("", text)))
    text = without_labels(_TAG.sub("", text))
    lead = LEAD.match(text)
    if lead and (lead[0][0].islower() or ":" in lead[0] or lead[0].lower().startswith("reminder")):
        text = without_labels(text[lead.end() :])
    return text


_DATED_NAMES = expression(r" al\.? \((?:19|20)\d\d[a-z]?\)$")  # "Lee, A. et al. (2021)"


def without_labels(text: str) -> str:
    """Return a text without labels in front: "abs:", "Paper of the week:", "论文题目："."""
    for _ in range(3):
        head, colon, rest = text.partition("：" if "：" in text[:12] else ":")
        if not colon or rest.startswith("//") or len(head) > 40 or not _is_head(head):
            break
        if _DATED_NAMES.search(head):
            break
        text = rest.lstrip()
    return text


def _is_head(text: str) -> bool:
    """Tell whether words before a colon only say that a title or an address follows."""
    if is_label(text) or _MEETING.fullmatch(text):
        return True
    if not text.isascii() and place_of(text)[0] in ("title", "url"):
        return True
    words = _WORD.findall(text.lower())
    return len(words) <= MAX_KIND and all(map(_is_kind_word, words))


def is_lead(text: str) -> bool:
    """Tell whether several words only lead to a title: "Paper of the week"."""
    return " of the " in text and _is_head(text)


def _is_kind_word(word: str) -> bool:
    return word in KINDS or _is_label_word(word)


def undated(text: str) -> str:
    """Return a text without a date or a venue's short year in front."""
    return _SHORT_YEAR.sub("", DATE.sub("", text + " "))
