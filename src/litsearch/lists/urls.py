"""Addresses as lists give them: which of them are works, and what to call one that has no title."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from litsearch.lists.fields import clean_title, word_set

_DOUBLED = re.compile(r"^https?:/*(?=https?://)", re.IGNORECASE)
_USUAL = re.compile(
    r"https?://([A-Za-z0-9.-]+)(?=[/?#]|\Z)([!$-.0-;=@-Z_a-z~/]*)(?:\?([!$-.0-;=@-Z_a-z~/%]*))?(?:#[!-~]*)?\Z"
)
_BARE = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?|file):", re.IGNORECASE)
_HOST_FIRST = re.compile(
    r"^(?:www\.|(?:[a-z0-9-]+\.){1,4}(?:com|org|net|edu|io|ai|dev|gov|uk|de|fr|ch|ca)/)",
    re.IGNORECASE,
)
_SHORTENERS = word_set(
    "t.co bit.ly lnkd.in goo.gl tinyurl.com buff.ly ow.ly dlvr.it is.gd l.facebook.com"
)
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|bmp|avif)$", re.IGNORECASE)
_BADGE_HOSTS = word_set(
    "awesome.re img.shields.io shields.io badge.fury.io travis-ci.org travis-ci.com codecov.io coveralls.io "
    "badgen.net app.travis-ci.com circleci.com visitor-badge.laobi.icu hits.seeyoufarm.com star-history.com "
    "api.star-history.com www.star-history.com contrib.rocks buymeacoffee.com www.buymeacoffee.com patreon.com "
    "www.patreon.com ko-fi.com opencollective.com paypal.me www.paypal.com liberapay.com "
    "creativecommons.org opensource.org choosealicense.com contributor-covenant.org www.contributor- "
    "covenant.org makeapullrequest.com pbs.twimg.com camo.githubusercontent.com addtoany.com"
)
_SHARE = re.compile(
    r"(?:twitter|x)\.com/(?:intent|share)\b|facebook\.com/shar|linkedin\.com/share|reddit\.com/submit|"
    r"news\.ycombinator\.com/submitlink|t\.me/share|pinterest\.[a-z.]+/pin/create|api\.whatsapp\.com/send",
    re.IGNORECASE,
)
_HOUSEKEEPING = re.compile(
    r"github\.com/(?:sponsors/|[^/]+/[^/]+/(?:edit|issues/new|fork|stargazers|network|graphs|pulls?$|issues/?$|compare|"
    r"actions|commits?/|workflows))"
)
_HOUSE_FILE = re.compile(
    r"readme[._-][a-z]{2,3}(?:[-_][a-z]{2,4})?\.md$|(?:contributing|licen[cs]e|code[_-]of[_-]conduct)(?:\.\w+)?$"
)
_SERVICE = re.compile(
    r"\W*(?:(?:un)?subscribe(?: here| now)?|sign ?up(?: here)?|log ?in|privacy policy"
    r"|terms(?: of (?:use|service))?|donate|"
    r"advertise(?: here)?|manage (?:your )?preferences|(?:view|read"
    r"|open) (?:this )?(?:e?mail )?(?:in|online|in (?:your )?browser)|"
    r"back to (?:the )?top|table of contents|edit (?:this )?page|forward to a friend|become a (?:patron|sponsor))\W*",
    re.IGNORECASE,
)
_PROFILE_HOSTS = word_set(
    "twitter.com x.com mobile.twitter.com facebook.com instagram.com github.com bsky.app threads.net medium.com"
)
_CHAT_HOSTS = frozenset(["discord.gg", "discord.com", "gitter.im", "t.me"])
_DOCUMENT = re.compile(r"\.(?:pdf|ps|epub|djvu)$", re.IGNORECASE)
_LOCAL = re.compile(
    r"(?!/)(?:[^\s/:?*<>|{}\\\"]+/)*(?:[^\s/:?*<>|{}\\\"]*[^\s/:?*<>|{}\\\".]\.\w{1,5}|(?<=/)[^\s/:?*<>|{}\\\"]*)"
)
_OF_THE_LIST = re.compile(
    r"\.|(?:readme|licen[cs]e|contributing|contributors|code[_-]of[_-]conduct|changelog|security|authors|toc|issues|wiki)(?![a-z])",
    re.IGNORECASE,
)
_DULL = word_set(
    "index main home amp master blob tree abs pdf html watch item blog blogs post posts article articles p en docs "
    "download view forum status d edit default overview paper readme lectures about slides www latest stable"
)
_EXTENSION = re.compile(r"\.(?:s?html?|pdf|php|aspx?|md|ipynb|txt|jsp|cgi|epub)$", re.IGNORECASE)
_DATE_FRONT = re.compile(r"^(?:19|20)\d\d[-_]\d{1,2}(?:[-_]\d{1,2})?[-_]")
_HASH_BACK = re.compile(r"[-_](?=[0-9a-f]*\d)[0-9a-f]{8,}$")
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/((?:[a-z.-]+/)?\d{4}\.?\d{3,5})", re.IGNORECASE)
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_REDIRECTORS = (
    "google.com",
    "facebook.com",
    "youtube.com",
    "reddit.com",
    "tumblr.com",
    "slack-redir.net",
    "outlook.com",
)
_REDIRECT = re.compile(r"^/(?:url|l\.php|redirect|link)?/?$")
_REGISTER = re.compile(
    r"^https?://(?:www\.scopus\.com/|ieeexplore\.ieee\.org/stamp|api\.semanticscholar\.org/|www\.webofscience\.com/"
    r"|app\.dimensions\.ai/|api\.crossref\.org/)"
)
LAST_SHORT = 90  # arXiv began in 1991
_ARXIV_MONTH = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)/(?:[a-z.-]+/)?(\d\d)(?:0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})",
    re.IGNORECASE,
)
_DOI_PAGE = re.compile(r"https?://(?:dx\.)?doi\.org/(10\.\S+)", re.IGNORECASE)
_TIME = re.compile(r"^[(\[]?(?:\d{1,2}:)?\d{1,2}:\d{2}[)\]]?$")


def as_url(target: str) -> str | None:
    """Return the address a link's target gives, as written; None when the target is no address of a page or file."""
    if not target.isascii():
        target = _ZERO_WIDTH.sub("", target)
    target = target.strip().strip("<>").strip()
    if target.startswith("//"):
        target = "https:" + target
    elif not _SCHEME.match(target):
        if not _HOST_FIRST.match(target):
            return None
        target = "https://" + target
    target = "%20".join((_DOUBLED.sub("", target) if "http" in target[5:] else target).split())
    parts = _split(target)
    if parts is None:
        return None
    if "?" in target and parts.host.endswith(_REDIRECTORS):
        return _unwrapped(target, parts)
    return target if "." in parts.host or parts.port or target[:5].lower() == "file:" else None


def _unwrapped(target: str, parts: _Parts) -> str:
    """Return the address behind a page that only redirects: google.com/url?q=, l.facebook.com/l.php?u= and the like."""
    if not _REDIRECT.search(parts.path):
        return target
    query = dict(parse_qsl(parts.query))
    inner = next(
        (query[name] for name in ("q", "url", "u", "z", "to", "target") if name in query), ""
    )
    return inner if re.match(r"https?://[^/]", inner) else target


def is_register(url: str) -> bool:
    """Return True for a page of a register of works, which is no more than the work's card there."""
    return _REGISTER.search(url) is not None


def true_url(text: str, url: str) -> str:
    """The address a link leads to: its text when that is a whole address and the target only a shortener's."""
    text = text.strip()
    if "." not in text or text.endswith(("...", "…")) or _host(url) not in _SHORTENERS:
        return url
    return text if as_url(text) and _host(text) != _host(url) else url


def is_address(text: str, url: str) -> bool:
    """True when a link's text is an address (whole, without scheme, or cut off with "...") and no title."""
    text = text.strip().rstrip("/").removesuffix("...").removesuffix("…").lower()
    if " " in text or ("." not in text and "/" not in text):
        return False
    if text.startswith(("http://", "https://", "file:")):
        return True
    return (
        len(text) > 3
        and "." in text
        and _BARE.sub("", url).lower().startswith(text.removeprefix("www."))
    )


def is_local(target: str) -> bool:
    """True for a relative target that names a file or folder beside the list, and none that keeps the list itself."""
    path = target.partition("#")[0]
    if not _LOCAL.fullmatch(path) or _IMAGE.search(path):
        return False
    return not _OF_THE_LIST.match(path.rstrip("/").rpartition("/")[2])


def is_document(target: str) -> bool:
    """True for a relative target that names a document, which can stand in for the page that is linked beside it."""
    return "://" not in target and bool(_DOCUMENT.search(target.partition("#")[0]))


def is_work(url: str, text: str) -> bool:
    """False for images, badges, share and donation buttons, licences, housekeeping and marks in a video."""
    bare = url.partition("://")[2] or url
    path = bare.partition("?")[0].partition("#")[0].rstrip("/").lower()
    if (
        _host(url) in _BADGE_HOSTS
        or _IMAGE.search(path[-6:])
        or _SHARE.match(bare.removeprefix("www."))
    ):
        return False
    if _SERVICE.fullmatch(text) or _TIME.match(text.strip()):
        return False
    return not (
        _HOUSE_FILE.match(path.rpartition("/")[2])
        or ("github.com/" in path and _HOUSEKEEPING.search(path))
    )


def is_video(url: str) -> bool:
    """True for a page of a video."""
    return _host(url).removeprefix("www.").removeprefix("m.") in (
        "youtube.com",
        "youtu.be",
        "vimeo.com",
    )


def is_profile(url: str, text: str) -> bool:
    """True for the page of a person on a social network, and for a door to a chat."""
    parts = _split(url)
    if parts is None:
        return False
    steps = [s for s in parts.path.split("/") if s]
    host = _host(url).removeprefix("www.")
    if host in _CHAT_HOSTS:
        return True
    if text.strip().startswith("@") or (steps[:1] == ["in"] and host.endswith("linkedin.com")):
        return len(steps) <= 2
    return (
        len(steps) == 1 and (host in _PROFILE_HOSTS or steps[0].startswith("@")) and not parts.query
    )


def is_front_page(url: str) -> bool:
    """True when the address has no path: a whole site."""
    parts = _split(url)
    return parts is not None and not parts.path.strip("/") and not parts.query


def name_of(url: str) -> tuple[str, bool]:
    """A readable title from an address, and whether it tells: False for bare numbers, ids and hosts."""
    arxiv = _ARXIV.search(url)
    if arxiv:
        return f"arXiv:{arxiv[1]}", False
    doi = _DOI_PAGE.match(url)
    if doi:
        return f"doi:{unquote(doi[1])}", False
    parts = _split(url)
    if parts is None:
        return url, False
    steps = [unquote(s) for s in parts.path.split("/") if s]
    if url[:5].lower() == "file:":
        return _told(steps[-1:], minimum=1) or "/".join(steps[-1:]) or url, True
    host = _host(url).removeprefix("www.")
    if host in ("github.com", "gitlab.com") and len(steps) == 2:
        return steps[1].removesuffix(".git"), True
    words = _told([value for _, value in parse_qsl(parts.query)], minimum=3) or _told(
        steps[::-1], minimum=1
    )
    plain = _BARE.sub("", url).rstrip("/")
    return (words, True) if words and host not in ("twitter.com", "x.com") else (plain, False)


def _told(steps: list[str], minimum: int) -> str:
    """The first of the steps that holds words, made readable; "" when none does."""
    for step in steps:
        step = _HASH_BACK.sub("", _DATE_FRONT.sub("", _EXTENSION.sub("", step)))
        words = [w for w in re.split(r"[-_+\s.]+", step) if w]
        letters = sum(c.isalpha() for w in words for c in w)
        if (
            len(words) < minimum
            or letters < 3
            or letters < 0.6 * len("".join(words))
            or step.lower() in _DULL
        ):
            continue
        if len(words) == 1 and _random(words[0]):
            continue
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])
    return ""


def _random(word: str) -> bool:
    """True for an id such as "Bl8u7ZRlbM": capitals inside and digits or no vowels."""
    mixed = any(a.islower() and b.isupper() for a, b in pairwise(word))
    return (
        len(word) > 7
        and any(c.isdigit() for c in word)
        and (mixed or not re.search("[aeiou]{1,2}[a-z]", word))
    )


def _host(url: str) -> str:
    parts = _split(url)
    return parts.host if parts else ""


class _Parts(NamedTuple):
    """The parts of an address that matter here; host in lower case."""

    host: str
    path: str
    query: str = ""
    port: int | None = None


@lru_cache(maxsize=256)
def _split(url: str) -> _Parts | None:
    """The parts of an address; None for a broken one. Most are read by a pattern, a tenth of the cost of urlsplit."""
    usual = _USUAL.match(url)
    if usual:
        return _Parts(usual[1].lower(), usual[2], usual[3] or "")
    try:
        parts = urlsplit(url)
        return _Parts((parts.hostname or "").lower(), parts.path, parts.query, parts.port)
    except ValueError:
        return None


def title_or_name(title: str, url: str | None) -> str:
    """The title, else a readable one from the address, else ""."""
    return clean_title(title) or (name_of(url)[0] if url else "")


def arxiv_year(url: str | None) -> int | None:
    """Return the year that an arXiv number tells: 2021 for 2101.00001, 1999 for hep-th/9901001."""
    match = _ARXIV_MONTH.search(url or "")
    if match is None:
        return None
    short = int(match[1])
    return (1900 if short > LAST_SHORT else 2000) + short
