"""Refuses pages that only pretend to be the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from litsearch.errors import ExtractError
from litsearch.extract.blocks import reading_size
from litsearch.extract.html.lines import SENTENCE
from litsearch.extract.html.phrases import SAVE, Sign, read_signs

SIGNS = read_signs()
# Sizes are letters, so that they mean the same in scripts that set no spaces; a Chinese sign counts
# as three.
FEW = 280  # so short a page is taken at its word
PROSE = 65  # a block of running text
ENOUGH = 180  # running text that says nothing of the kind: then one sign alone condemns no page
SHELL = 180  # an application that has not run shows no more than its name and a notice
EMPTY = 45  # with scripts, such a page has not run
WHOLE = 600  # a page that says it is not free, yet ends with a sentence, has come whole
BEGINNING = 240  # characters of a block that are looked at, so that a hostile page takes no time
BLOCKS = 150  # that are looked at
NEAR = 120  # characters
ABOUT_COOKIES = 0.6  # share of a short page's running text that speaks of cookies
PAID = re.compile(r'"isAccessibleForFree"\s{0,9}:\s{0,9}"?false', re.I)
NEEDS_SCRIPT = re.compile(
    r"enable javascript|javascript (?:is|to be) (?:required|disabled|enabled|not enabled)|"
    r"requires javascript|turn on javascript|without javascript|needs javascript|"
    r"^\W*(?:loading|redirecting)(?:, please wait)?\W*$|"
    r"browser is (?:not supported|unsupported|out of date)|"
    r"javascript (?:aktivieren|ist deaktiviert)|activ(?:er|ez|a|e|ar) (?:le |el |o )?javascript|"
    r"abilita javascript|javascript (?:in|aan)schakelen|włącz(?:yć)? javascript|"
    r"aktivera javascript|включите javascript|javascript.{0,8}etkinleştir|povolte javascript|"
    r"ενεργοποιήστε .{0,8}javascript|(?:启用|开启|啟用)\s?javascript|javascript.{0,3}を有効|"
    r"javascript.{0,4}(?:활성화|사용)|تفعيل جافا ?سكريبت",
    re.I,
)
COOKIE = re.compile(
    r"cookies?\b|cookie|ciastecz|kakor|куки|файл\S* cookie|çerez|クッキー|쿠키|evästeet|"
    r"ملفات تعريف الارتباط|sütik?\b",
    re.I,
)
# What cookies of the web have to do with, and those of bakers have not.
TRACKING = re.compile(
    r"(?:web)?sites?\b|website|browser|partner|advert|tracking|priva|technolog|technik|webseite|sitio|sito\b|"
    r"données|datos|\bdati\b|dados|gegevens|\bdane\b|danych|uppgift|данн|сайт|\bveri|sitemiz|サイト|网站|網站|"
    r"사이트|الموقع|δεδομέν|ιστότοπ|stránk|sivusto|oldal|webb?plats|nettsted|hjemmeside",
    re.I,
)
CONSENT = re.compile(
    r"consent|accept|agree|akkoord|toestem|akzeptier|zustimm|einwillig|accepter|consent|"
    r"acept|accett|aceit|zgod|akceptuj|godkänn|samtyck|accepter|samtykke|souhlas|přijmout|"
    r"принима|согла[сш]|kabul|onay|αποδοχ|συγκατάθεσ|同意|接受|受け入れ|동의|موافق|قبول|hyväksy",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: the texts of its blocks, and what stands around them."""

    title: str
    blocks: Sequence[str]
    article: Sequence[str]  # the texts of the article that was found
    notice: str  # the text of <noscript>
    scripts: int  # how many it runs
    passwords: int  # how many password fields it shows
    paid: bool  # it says of itself that it is not free


def refuse_pretenders(page: Shown) -> None:
    """Raise ExtractError when a page is not the article."""
    size = sum(map(reading_size, page.article))
    for sign in SIGNS.values():
        if size < sign.letters and _shows(sign, page, size):
            raise _refused(sign)
    if size < SIGNS["consent"].letters and _asks_consent(page.blocks):
        raise _refused(SIGNS["consent"])
    if page.paid and size < SIGNS["paywall"].letters and not _is_whole(page.article, size):
        raise _refused(SIGNS["paywall"])
    if page.passwords and size < SHELL * 2:
        raise _refused(SIGNS["login"])
    if size < SHELL and (_needs_script(page) or (page.scripts and size < EMPTY)):
        raise ExtractError("The page is empty until its JavaScript runs.", SAVE, status="blocked")


def says_paid(root: etree._Element) -> bool:
    """Return True for a page whose structured data says that not all of it is free (schema.org)."""
    scripts = root.iterfind(".//script[@type='application/ld+json']")
    return any(PAID.search("".join(script.itertext())) for script in scripts)


def _refused(sign: Sign) -> ExtractError:
    return ExtractError(sign.reason, sign.remedy, status=sign.status)


def _shows(sign: Sign, page: Shown, size: int) -> bool:
    """Both by title and by text, or by one of them on a page that has little else to say."""
    titled = sign.title.fullmatch(page.title.strip()[:BEGINNING]) is not None
    said = _says(sign, page.blocks, size)
    if not (titled or said) or (titled and said) or sign.stub:
        return titled or said
    sizes = (reading_size(text) for text in page.blocks if not sign.text.match(text[:BEGINNING]))
    return sum(other for other in sizes if other >= PROSE) < ENOUGH


def _says(sign: Sign, blocks: Sequence[str], size: int) -> bool:
    """A page of a few words may say it anywhere; a longer one says it of itself only at the start
    of a block.
    """
    look = sign.text.search if size < FEW else sign.text.match
    return any(look(text[:BEGINNING]) for text in blocks[:BLOCKS])


def _asks_consent(blocks: Sequence[str]) -> bool:
    """True for a page whose running text speaks of cookies and asks to accept them."""
    prose = [text for text in blocks[:BLOCKS] if reading_size(text) >= PROSE]
    about = [text for text in prose if _is_about_cookies(text)]
    if sum(map(len, about)) <= ABOUT_COOKIES * sum(map(len, prose)):
        return False
    return any(
        CONSENT.search(text) for text in (*about, *(text for text in blocks if len(text) < 40))
    )


def _is_about_cookies(text: str) -> bool:
    """True where cookies and what tracks people stand close together."""
    for match in COOKIE.finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if TRACKING.search(around):
            return True
    return False


def _is_whole(article: Sequence[str], size: int) -> bool:
    """True for a text of some length that ends with a sentence, not with three dots."""
    last = next((text for text in reversed(article) if reading_size(text) >= PROSE), "")
    return size >= WHOLE and SENTENCE.search(last) is not None and not last.endswith(("…", "..."))


def _needs_script(page: Shown) -> bool:
    texts = (page.notice, *page.blocks[:BLOCKS])
    return any(NEEDS_SCRIPT.search(text[:BEGINNING]) for text in texts)
