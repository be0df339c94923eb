"""Name an address that stands without words: the words in its path, else its number or host."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from litsearch.lists.fields import clean_title
from litsearch.lists.phrases import word_set
from litsearch.lists.urls import BARE, Parts, is_file, split
from litsearch.patterns import expression

_DULL = word_set(
    """
    index main home amp master blob tree abs pdf html watch item blog blogs post posts article
    articles p en docs download view forum status d edit default overview paper readme lectures
    about slides www latest stable
    """
)
_EXTENSION = expression(r"\.(?:s?html?|pdf|php|aspx?|md|ipynb|txt|jsp|cgi|epub)$", re.IGNORECASE)
_DATE_FRONT = expression(r"^(?:19|20)\d\d[-_]\d{1,2}(?:[-_]\d{1,2})?[-_]")
_HASH_BACK = expression(r"[-_](?=[0-9a-f]*\d)[0-9a-f]{8,}$")
_WORD_BREAK = expression(r"[-_+\s.]+")
_ARXIV_PAGE = expression(
    r"arxiv\.org/(?:abs|pdf|html)/((?:[a-z.-]+/)?\d{4}\.?\d{3,5})", re.IGNORECASE
)
_ARXIV_MONTH = expression(
    r"arxiv\.org/(?:abs|pdf|html)/(?:[a-z.-]+/)?(\d\d)(?:0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})",
    re.IGNORECASE,
)
_DOI_PAGE = expression(r"https?://(?:dx\.)?doi\.org/(10\.\S+)", re.IGNORECASE)
LAST_SHORT = 90  # arXiv began in 1991


def name_of(url: str) -> tuple[str, bool]:
    """Return a readable title of an address, and whether it tells: False for numbers and hosts."""
    if arxiv := _ARXIV_PAGE.search(url):
        return f"arXiv:{arxiv[1]}", False
    if doi := _DOI_PAGE.match(url):
        return f"doi:{unquote(doi[1])}", False
    if "openlibrary.org/isbn/" in url:
        return f"ISBN {url.rpartition('/')[2]}", False
    parts = split(url)
    if parts is None:
        return url, False
    words = _name_of_file(url, parts) if is_file(url) else _name_of_page(parts)
    return (words, True) if words else (BARE.sub("", url).rstrip("/"), False)


def _name_of_file(url: str, parts: Parts) -> str:
    steps = list(map(unquote, parts.steps[-1:]))
    return _words_of_steps(steps, fewest=1) or "".join(steps) or url


def _name_of_page(parts: Parts) -> str:
    """Return the words of an address; "" when it holds none."""
    steps = list(map(unquote, parts.steps))
    if parts.site in ("github.com", "gitlab.com") and len(steps) == 2:
        return steps[1].removesuffix(".git")
    if parts.site in ("twitter.com", "x.com"):
        return ""
    values = [value for _, value in parse_qsl(parts.query)]
    return _words_of_steps(values, fewest=3) or _words_of_steps(steps[::-1], fewest=1)


def _words_of_steps(steps: list[str], fewest: int) -> str:
    """Return the first of the steps that holds so many words, made readable; "" when none does."""
    for step in steps:
        step = _HASH_BACK.sub("", _DATE_FRONT.sub("", _EXTENSION.sub("", step)))
        words = [word for word in _WORD_BREAK.split(step) if word]
        if len(words) >= fewest and step.lower() not in _DULL and _are_words(words):
            return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
    return ""


def _are_words(words: list[str]) -> bool:
    """Return False for numbers and ids."""
    signs = "".join(words)
    letters = sum(map(str.isalpha, signs))
    if letters < 3 or letters < 0.6 * len(signs):
        return False
    return len(words) > 1 or not _is_random(words[0])


def _is_random(word: str) -> bool:
    """Tell whether a word is an id such as "Bl8u7ZRlbM": capitals inside, digits or no vowels."""
    if len(word) <= 7 or not any(map(str.isdigit, word)):
        return False
    mixed = any(letter.islower() and next_one.isupper() for letter, next_one in pairwise(word))
    return mixed or not re.search("[aeiou]{1,2}[a-z]", word)


def title_or_name(title: str, url: str | None) -> str:
    """Return a title, else a readable one from the address, else ""."""
    return clean_title(title) or (name_of(url)[0] if url else "")


def arxiv_year(url: str | None) -> int | None:
    """Return the year that an arXiv number tells: 2021 for 2101.00001, 1999 for hep-th/9901001."""
    match = _ARXIV_MONTH.search(url or "")
    if match is None:
        return None
    short = int(match[1])
    return (1900 if short > LAST_SHORT else 2000) + short
