"""Refuses pages that only pretend to be the article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from litsearch.errors import ExtractError
from litsearch.extract.html.phrases import (
    CHALLENGE,
    CONSENT,
    GONE,
    LOGIN,
    NEEDS_SCRIPT,
    PAYWALL,
    SAVE,
    Sign,
)
from litsearch.extract.html.phrases_foreign import (
    HOST,
    LISTING,
    LOST_ABROAD,
    OUT_OF_ORDER,
    PARKED,
    TURNED_AWAY,
)

SIGNS = (
    CHALLENGE,
    CONSENT,
    LOGIN,
    PAYWALL,
    PARKED,
    HOST,
    GONE,
    LOST_ABROAD,
    TURNED_AWAY,
    OUT_OF_ORDER,
    LISTING,
)

FEW = 60  # words: so short a page is taken at its word
BEGINNING = 240  # characters of a block that are looked at, so that a hostile page takes no time
BLOCKS = 150  # that are looked at
PROSE = 15  # words: a block of running text
ENOUGH = (
    40  # words of running text that says nothing of the kind: then one sign alone condemns no page
)
_PAID = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.I)
SHELL = 40  # words: an application that has not run shows no more than its name and a notice


def refuse_pretenders(
    title: str,
    shown: Sequence[str],
    notice: str,
    *,
    scripts: int,
    words: int,
    passwords: int,
    paid: bool = False,
) -> None:
    """Raise ExtractError when a page is not the article.

    title: of the page. shown: the texts of its blocks. notice: the text of <noscript>. scripts: how many it runs.
    words: of the article that was found. passwords: how many password fields it shows. paid: what it says of itself.
    """
    for sign in SIGNS:
        if words < sign.words and _shows(sign, title, shown, words):
            raise ExtractError(sign.reason, sign.remedy, status=sign.status)
    if paid and words < PAYWALL.words:
        raise ExtractError(PAYWALL.reason, PAYWALL.remedy, status=PAYWALL.status)
    if passwords and words < SHELL * 2:
        raise ExtractError(LOGIN.reason, LOGIN.remedy, status=LOGIN.status)
    needs_script = any(NEEDS_SCRIPT.search(text[:BEGINNING]) for text in (notice, *shown[:BLOCKS]))
    if words < SHELL and (needs_script or (scripts and words < SHELL / 4)):
        raise ExtractError("The page is empty until its JavaScript runs.", SAVE, status="blocked")


def says_paid(root: etree._Element) -> bool:
    """True for a page whose structured data says that not all of it is free (schema.org, isAccessibleForFree)."""
    scripts = root.iterfind(".//script[@type='application/ld+json']")
    return any(_PAID.search("".join(script.itertext())) for script in scripts)


def _shows(sign: Sign, title: str, shown: Sequence[str], words: int) -> bool:
    """Both by title and by text, or by one of them on a page that has little else to say."""
    titled, said = (
        sign.title.fullmatch(title.strip()[:BEGINNING]) is not None,
        _says(sign, shown, words),
    )
    if not (titled or said) or (titled and said) or sign.stub:
        return titled or said
    others = (len(text.split()) for text in shown if not sign.text.match(text[:BEGINNING]))
    return sum(count for count in others if count >= PROSE) < ENOUGH


def _says(sign: Sign, shown: Sequence[str], words: int) -> bool:
    """A page of a few words may say it anywhere; a longer one says it of itself only at the start of a block."""
    look = sign.text.search if words < FEW else sign.text.match
    return any(look(text[:BEGINNING]) for text in shown[:BLOCKS])
