"""Refuses pages that only pretend to be the article."""

from __future__ import annotations

from collections.abc import Sequence

from litsearch.errors import ExtractError
from litsearch.sources.extractors.html_signs import LOGIN, NEEDS_SCRIPT, SAVE, SIGNS, Sign

FEW = 60  # words: so short a page is taken at its word
SHELL = 40  # words: an application that has not run shows no more than its name and a notice


def refuse_pretenders(
    title: str, shown: Sequence[str], notice: str, *, scripts: int, words: int, passwords: int
) -> None:
    """Raise ExtractError when a page is not the article.

    title: of the page. shown: the texts of its blocks. notice: the text of <noscript>. scripts: how many it runs.
    words: of the article that was found. passwords: how many password fields it shows.
    """
    for sign in SIGNS:
        if words < sign.words and (sign.title.search(title) or _says(sign, shown, words)):
            raise ExtractError(sign.reason, sign.remedy, status=sign.status)
    if passwords and words < SHELL * 2:
        raise ExtractError(LOGIN.reason, LOGIN.remedy, status=LOGIN.status)
    needs_script = any(NEEDS_SCRIPT.search(text) for text in (notice, *shown))
    if words < SHELL and (needs_script or (scripts and words < SHELL / 4)):
        raise ExtractError("The page is empty until its JavaScript runs.", SAVE, status="blocked")


def _says(sign: Sign, shown: Sequence[str], words: int) -> bool:
    """A page of a few words may say it anywhere; a longer one says it of itself only at the start of a block."""
    return any((sign.text.search if words < FEW else sign.text.match)(text) for text in shown)
