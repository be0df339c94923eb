"""Refuses pages that only pretend to be the article.

not_articles.toml holds the phrases of such pages in seventeen languages.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from litsearch.errors import ExtractError
from litsearch.extract.blocks import reading_size
from litsearch.extract.html.short_lines import SENTENCE
from litsearch.patterns import expression
from litsearch.types import Status

# Sizes are letters, so that they mean the same in scripts that set no spaces; a Chinese sign counts
# as three.
FEW = 280  # so short a page is taken at its word
PROSE = 65  # a block of running text
ENOUGH = 180  # running text that says nothing of the kind: then one sign alone condemns no page
SHELL = 180  # an application that has not run shows no more than its name and a notice
EMPTY = 45  # with scripts, such a page has not run
WHOLE = 600  # a page that says it is not free, yet ends with a sentence, has come whole
COMPLETE = 1_200  # letters of an article beside which a plea to subscribe stands
BEGINNING = 240  # characters of a block that are looked at, so that a hostile page takes no time
BLOCKS = 150  # that are looked at
NEAR = 120  # characters
SAVE = "Open it in a browser, save the page or its PDF, and name the file in the list."
SITE = r"(?:.{1,80}\s[|·–—-]\s)?"  # a site's name before a title
BEHIND = r"\W*(?:\s[|·–—:-]\s.{0,80})?"  # a site's name behind it
BUTTON = 40  # characters
ABOUT_COOKIES = 0.6  # share of a short page's running text that speaks of cookies
NEEDS_SCRIPT = expression(
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
COOKIE = expression(
    r"cookies?\b|cookie|ciastecz|kakor|куки|файл\S* cookie|çerez|クッキー|쿠키|evästeet|"
    r"ملفات تعريف الارتباط|sütik?\b|कुकी",
    re.I,
)
# What cookies of the web have to do with, and those of bakers have not.
TRACKING = expression(
    r"(?:web)?sites?\b|website|browser|partner|advert|tracking|priva|technolog|technik|webseite|"
    r"sitio|sito\b|données|datos|\bdati\b|dados|gegevens|\bdane\b|danych|uppgift|данн|сайт|"
    r"\bveri|sitemiz|サイト|网站|網站|사이트|الموقع|साइट|डेटा|विज्ञापन|"
    r"δεδομέν|ιστότοπ|stránk|sivusto|oldal|webb?plats|"
    r"nettsted|hjemmeside",
    re.I,
)
CONSENT = expression(
    r"consent|accept|agree|akkoord|toestem|akzeptier|zustimm|stimmen sie|einwillig|accepter|"
    r"acept|accett|aceit|zgod|akceptuj|godkänn|samtyck|accepter|samtykke|souhlas|přijmout|"
    r"принима|согла[сш]|kabul|onay|αποδοχ|συγκατάθεσ|同意|接受|受け入れ|동의|[أم]وافق|قبول|"
    r"स्वीकार|सहमत|hyväksy",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases of one kind of page that is not the article, and what to say of it."""

    status: Status
    letters: int  # the page has fewer letters than that
    title: re.Pattern[str]
    text: re.Pattern[str]
    reason: str
    remedy: str
    stub: bool  # the page shows the beginning of the article too


def _read_signs() -> dict[str, Sign]:
    """Return the signs by their names, in the order in which they are looked for."""
    table = tomllib.loads(files(__package__).joinpath("not_articles.toml").read_text("utf-8"))
    return {name: _sign(fields) for name, fields in table.items()}


def _sign(fields: Mapping[str, Any]) -> Sign:
    return Sign(
        status=fields["status"],
        letters=fields["letters"],
        title=expression(f"{SITE}(?:{_any_of(fields['title'])}){BEHIND}", re.I),
        text=expression(_any_of(fields["text"]), re.I),
        reason=fields["reason"],
        remedy=fields["remedy"],
        stub=fields.get("stub", False),
    )


def _any_of(phrases: Mapping[str, str]) -> str:
    """Return a pattern for any phrase in any language."""
    lines = "\n".join(text.strip() for text in phrases.values())
    return "|".join(lines.split("\n"))


SIGNS = _read_signs()


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

    for name, holds in (("consent", _asks_consent), ("paywall", _is_paid), ("login", _asks_login)):
        if holds(page, size):
            raise _refused(SIGNS[name])
    if _is_shell(page, size):
        raise ExtractError("The page is empty until its JavaScript runs.", SAVE, status="blocked")


def _refused(sign: Sign) -> ExtractError:
    return ExtractError(sign.reason, sign.remedy, status=sign.status)


def _shows(sign: Sign, page: Shown, size: int) -> bool:
    """Tell a sign both by title and by text, or by one of them on a page with little else."""
    titled = sign.title.fullmatch(page.title.strip()[:BEGINNING]) is not None
    phrased = _is_phrased(sign, page.blocks, size)
    if sign.stub and not titled and _is_complete(sign, page, size):
        return False
    if sign.stub or titled == phrased:
        return titled or phrased
    others = [text for text in page.blocks if not sign.text.match(text[:BEGINNING])]
    return _size_of_prose(others) < ENOUGH


def _is_complete(sign: Sign, page: Shown, size: int) -> bool:
    """Tell an article that has come whole: the sign stands outside it, for other articles."""
    if page.paid or size < COMPLETE or not _is_whole(page.article, size):
        return False
    return not any(sign.text.search(text[:BEGINNING]) for text in page.article)


def _size_of_prose(texts: Sequence[str]) -> int:
    """Count the letters of the blocks of running text."""
    return sum(size for size in map(reading_size, texts) if size >= PROSE)


def _is_phrased(sign: Sign, blocks: Sequence[str], size: int) -> bool:
    """Tell a sign by its phrases.

    A page of a few words may say one anywhere; a longer one says it of itself only at the start of
    a block.
    """
    look = sign.text.search if size < FEW else sign.text.match
    return any(look(text[:BEGINNING]) for text in blocks[:BLOCKS])


def _asks_consent(page: Shown, size: int) -> bool:
    """Tell a page whose running text speaks of cookies and asks to accept them."""
    if size >= SIGNS["consent"].letters:
        return False
    prose = [text for text in page.blocks[:BLOCKS] if reading_size(text) >= PROSE]
    about = [text for text in prose if _is_about_cookies(text)]
    if sum(map(len, about)) <= ABOUT_COOKIES * sum(map(len, prose)):
        return False
    buttons = [text for text in page.blocks if len(text) < BUTTON]
    return any(map(CONSENT.search, [*about, *buttons]))


def _is_about_cookies(text: str) -> bool:
    """Tell where cookies and what tracks people stand close together."""
    for match in COOKIE.finditer(text):
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if TRACKING.search(around):
            return True
    return False


def _is_paid(page: Shown, size: int) -> bool:
    """Tell a page that says it is not free and has not come whole."""
    if not page.paid or size >= SIGNS["paywall"].letters:
        return False
    return not _is_whole(page.article, size)


def _is_whole(article: Sequence[str], size: int) -> bool:
    """Tell a text of some length that ends with a sentence, not with three dots."""
    last = next((text for text in reversed(article) if reading_size(text) >= PROSE), "")
    return size >= WHOLE and SENTENCE.search(last) is not None and not last.endswith(("…", "..."))


def _asks_login(page: Shown, size: int) -> bool:
    """Tell a page with a password field and few words."""
    return page.passwords > 0 and size < SHELL * 2


def _is_shell(page: Shown, size: int) -> bool:
    """Tell an application that has not run."""
    if size >= SHELL:
        return False
    return _needs_script(page) or (page.scripts > 0 and size < EMPTY)


def _needs_script(page: Shown) -> bool:
    """Tell a page that asks to enable JavaScript."""
    texts = (page.notice, *page.blocks[:BLOCKS])
    return any(NEEDS_SCRIPT.search(text[:BEGINNING]) for text in texts)
