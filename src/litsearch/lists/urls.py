"""Addresses as lists give them: which of them are works, and what to call one without a title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from litsearch.lists.phrases import SERVICE, word_set
from litsearch.patterns import expression


class Parts(NamedTuple):
    """The parts of an address that matter here; host in lower case."""

    host: str
    path: str
    query: str = ""
    port: int | None = None

    @property
    def site(self) -> str:
        """The host without www."""
        return self.host.removeprefix("www.")

    @property
    def steps(self) -> list[str]:
        """The names between the slashes of the path."""
        return [step for step in self.path.split("/") if step]


_USUAL = expression(
    r"https?://([A-Za-z0-9.-]+)(?=[/?#]|\Z)"
    r"([!$-.0-;=@-Z_a-z~/]*)(?:\?([!$-.0-;=@-Z_a-z~/%]*))?(?:#[!-~]*)?\Z"
)


@lru_cache(maxsize=256)
def split(url: str) -> Parts | None:
    """Return the parts of an address; None for a broken one.

    Most are read by a pattern, a tenth of the cost of urlsplit.
    """
    usual = _USUAL.match(url)
    if usual:
        return Parts(usual[1].lower(), usual[2], usual[3] or "")
    try:
        parts = urlsplit(url)
        return Parts((parts.hostname or "").lower(), parts.path, parts.query, parts.port)
    except ValueError:
        return None


def _parts(url: str) -> Parts:
    """Return the parts of an address; empty ones for a broken one."""
    return split(url) or Parts("", "")


# From the target of a link to an address.

_DOUBLED = expression(r"^https?:/*(?=https?://)", re.IGNORECASE)
_SCHEME = expression(r"^(?:https?|file):", re.IGNORECASE)
_HOST_FIRST = expression(
    r"^(?:www\.|(?:[a-z0-9-]+\.){1,4}(?:com|org|net|edu|io|ai|dev|gov|uk|de|fr|ch|ca)/)",
    re.IGNORECASE,
)
_NUMBERED = expression(  # "doi:10.1000/1", "arxiv:2101.00001"
    r"(?:doi:\s?(10\.\d{4,9}/\S+)|arxiv:\s?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z.-]+/\d{7}))$",
    re.IGNORECASE,
)
_ZERO_WIDTH = expression("[\u200b-\u200f\u2060\ufeff\u00ad]")
_REDIRECTORS = tuple(
    "google.com facebook.com youtube.com reddit.com tumblr.com slack-redir.net outlook.com".split()
)
_REDIRECT = expression(r"^/(?:url|l\.php|redirect|link)?/?$")
_INNER = ("q", "url", "u", "z", "to", "target")  # parameters that hold the address
_SHORTENERS = word_set(
    "t.co bit.ly lnkd.in goo.gl tinyurl.com buff.ly ow.ly dlvr.it is.gd l.facebook.com"
)


def as_url(target: str) -> str | None:
    """Return the address that a link's target gives, as written; None when it is none of a page."""
    target = _with_scheme(target if target.isascii() else _ZERO_WIDTH.sub("", target))
    if not target:
        return None
    if "http" in target[5:]:
        target = _DOUBLED.sub("", target)
    target = "%20".join(target.split())

    parts = split(target)
    if parts is None:
        return None
    if "?" in target and parts.host.endswith(_REDIRECTORS):
        return _unwrapped(target, parts)
    return target if "." in parts.host or parts.port or is_file(target) else None


def _with_scheme(target: str) -> str:
    """Return a target with its scheme; "" when it has none and does not begin with a host."""
    target = target.strip().strip("<>").strip()
    if numbered := _NUMBERED.match(target):
        base = "https://doi.org/" if numbered[1] else "https://arxiv.org/abs/"
        return base + (numbered[1] or numbered[2])
    if target.startswith("//"):
        return "https:" + target
    if _SCHEME.match(target):
        return target
    return "https://" + target if _HOST_FIRST.match(target) else ""


def _unwrapped(target: str, parts: Parts) -> str:
    """Return the address behind a page that only redirects: google.com/url?q= and the like."""
    if not _REDIRECT.search(parts.path):
        return target
    query = dict(parse_qsl(parts.query))
    inner = next((query[name] for name in _INNER if name in query), "")
    return inner if re.match(r"https?://[^/]", inner) else target


def true_url(text: str, url: str) -> str:
    """Return where a link leads: its text, when that is an address and the target a shortener's."""
    text = text.strip()
    if "." not in text or text.endswith(("...", "…")) or _parts(url).host not in _SHORTENERS:
        return url
    return text if as_url(text) and _parts(text).host != _parts(url).host else url


# What an address leads to.

BARE = expression(r"^https?://(?:www\.)?", re.IGNORECASE)
_IMAGE = expression(r"\.(?:png|jpe?g|gif|svg|webp|ico|bmp|avif)$", re.IGNORECASE)
_DOCUMENT = expression(r"\.(?:pdf|ps|epub|djvu)$", re.IGNORECASE)
_STEP = r"[^\s/:?*<>|{}\\\"]"  # a character of a file's name
_LOCAL = expression(
    rf"(?!/)(?:{_STEP}+/)*(?:{_STEP}*[^\s/:?*<>|{{}}\\\".]\.\w{{1,5}}|(?<=/){_STEP}*)"
)
_OF_THE_LIST = expression(
    r"\.|(?:readme|licen[cs]e|contributing|contributors|code[_-]of[_-]conduct|changelog|security"
    r"|authors|toc|issues|wiki)(?![a-z])",
    re.IGNORECASE,
)
_BADGE_HOSTS = word_set(
    """
    awesome.re img.shields.io shields.io badge.fury.io travis-ci.org travis-ci.com codecov.io
    coveralls.io badgen.net app.travis-ci.com circleci.com visitor-badge.laobi.icu
    hits.seeyoufarm.com star-history.com api.star-history.com www.star-history.com contrib.rocks
    buymeacoffee.com www.buymeacoffee.com patreon.com www.patreon.com ko-fi.com
    opencollective.com paypal.me www.paypal.com liberapay.com creativecommons.org opensource.org
    choosealicense.com contributor-covenant.org www.contributor-covenant.org
    makeapullrequest.com pbs.twimg.com camo.githubusercontent.com addtoany.com
    """
)
_BUTTON = expression(  # that shares a page, or opens a highlight within a program that reads
    r"(?:twitter|x)\.com/(?:intent|share)\b|facebook\.com/shar|linkedin\.com/share"
    r"|reddit\.com/submit|news\.ycombinator\.com/submitlink|t\.me/share"
    r"|pinterest\.[a-z.]+/pin/create|api\.whatsapp\.com/send"
    r"|read\.readwise\.io/(?:\w+/)?read/|readwise\.io/(?:open|to_kindle)\b|hypothes\.is/a/"
    r"|hyp\.is/|notion\.so/[^?#]*[0-9a-f]{32}",  # the owner's own pages
    re.IGNORECASE,
)
_HOUSEKEEPING = expression(
    r"github\.com/(?:sponsors/|[^/]+/[^/]+/(?:edit|issues/new|fork|stargazers|network|graphs"
    r"|pulls?$|issues/?$|compare|releases|actions|commits?/|workflows))"
)
_HOUSE_FILE = expression(
    r"readme[._-][a-z]{2,3}(?:[-_][a-z]{2,4})?\.md$"
    r"|(?:contributing|licen[cs]e|code[_-]of[_-]conduct|unsubscribe|opt-?out)(?:\.\w+)?$"
)
_COMMENTS = ("#comments", "#respond", "#disqus_thread", "#comment-form")
_HOUSE_PAGE = expression(  # of a whole site
    r"[^/]+/(?:contact|about|subscribe|archives?|newsletter|donate|privacy|terms|imprint|impressum)"
)
_TIME = expression(r"^[(\[]?(?:\d{1,2}:)?\d{1,2}:\d{2}[)\]]?$")  # a mark in a video
_REGISTER = expression(
    r"^https?://(?:www\.scopus\.com/|ieeexplore\.ieee\.org/stamp|(?:api|www)\.semanticscholar\.org/"
    r"|www\.webofscience\.com/|app\.dimensions\.ai/|api\.crossref\.org/|trello\.com/[bc]/"
    r"|dblp\.org/rec/|ui\.adsabs\.harvard\.edu/abs/|openalex\.org/)"
)
_PROFILE_HOSTS = word_set(
    "twitter.com x.com mobile.twitter.com facebook.com instagram.com github.com bsky.app "
    "threads.net medium.com"
)
_CHAT_HOSTS = word_set(
    "discord.gg discord.com gitter.im t.me join.slack.com chat.whatsapp.com matrix.to zulipchat.com"
)
# where a class or a group meets, asks and hands in: no works
_MEETING_HOSTS = word_set(
    """
    edstem.org piazza.com www.gradescope.com gradescope.com campuswire.com zoom.us meet.google.com
    calendar.google.com groups.google.com forms.gle calendly.com www.eventbrite.com meetup.com
    www.meetup.com maps.google.com maps.app.goo.gl doodle.com signup.com lists.sr.ht
    """
)
_CLASSROOMS = word_set("canvas moodle ilias blackboard brightspace")  # "moodle.uni.example"
_VIDEO_HOSTS = ("youtube.com", "youtu.be", "vimeo.com")


def is_address(text: str, url: str) -> bool:
    """Tell whether a link's text is an address (whole, without scheme, or cut off), no title."""
    text = text.strip().rstrip("/").removesuffix("...").removesuffix("…")
    if " " in text or ("." not in text and "/" not in text):
        return False
    text = text.lower()
    if text.startswith(("http://", "https://", "file:")):
        return True
    if len(text) <= 3 or "." not in text:
        return False
    return BARE.sub("", url).lower().startswith(text.removeprefix("www."))


def is_file(url: str) -> bool:
    """Tell whether an address is that of a local file."""
    return url[:5].lower() == "file:"


def is_local(target: str) -> bool:
    """Tell whether a relative target names a file beside the list, and none that keeps the list."""
    path = target.partition("#")[0]
    if not _LOCAL.fullmatch(path) or _IMAGE.search(path):
        return False
    return not _OF_THE_LIST.match(path.rstrip("/").rpartition("/")[2])


def is_document(target: str) -> bool:
    """Tell whether a target names a document on this machine, which can stand in for a page."""
    path = target.partition("#")[0]
    return bool(_DOCUMENT.search(path)) and not path.lower().startswith(("http:", "https:"))


def _is_service(host: str) -> bool:
    """Tell whether a host keeps no works: badges, meetings, questions of a class."""
    if host in _BADGE_HOSTS or host in _MEETING_HOSTS or host.endswith((".zoom.us", ".slack.com")):
        return True
    return host.partition(".")[0] in _CLASSROOMS and host.count(".") > 1


def is_work(url: str, text: str) -> bool:
    """Return False for images, badges, buttons, licences, housekeeping and marks in a video."""
    bare = url.partition("://")[2] or url
    if _is_service(_parts(url).host) or _BUTTON.match(bare.removeprefix("www.")):
        return False
    if SERVICE.fullmatch(text) or _TIME.match(text.strip()):
        return False
    if url.endswith(_COMMENTS) or (text[-4:].isdigit() and is_archive(url)):
        return False
    return not _is_housekeeping(bare.partition("?")[0].partition("#")[0].rstrip("/").lower())


def _is_housekeeping(path: str) -> bool:
    """Tell whether a host and path are a picture's, or that of a page that keeps a site going."""
    if _HOUSE_PAGE.fullmatch(path) or _IMAGE.search(path[-6:]):
        return True
    if _HOUSE_FILE.match(path.rpartition("/")[2]):
        return True
    return "github.com/" in path and _HOUSEKEEPING.search(path) is not None


def is_register(url: str) -> bool:
    """Tell whether a page is no more than a work's card in a register."""
    return _REGISTER.search(url) is not None


def is_video(url: str) -> bool:
    """Tell whether an address is that of a video's page."""
    return _parts(url).site.removeprefix("m.") in _VIDEO_HOSTS


def is_profile(url: str, text: str) -> bool:
    """Tell whether a page is that of a person on a social network, or a door to a chat."""
    parts = split(url)
    if parts is None:
        return False
    site, steps = parts.site, parts.steps
    if site in _CHAT_HOSTS:
        return True
    on_linkedin = steps[:1] == ["in"] and site.endswith("linkedin.com")
    if on_linkedin or text.strip().startswith("@"):
        return len(steps) <= 2
    if len(steps) != 1 or parts.query:
        return False
    return site in _PROFILE_HOSTS or steps[0].startswith("@")


def is_front_page(url: str) -> bool:
    """Tell whether an address has no path: it is a whole site."""
    parts = split(url)
    return parts is not None and not parts.path.strip("/") and not parts.query


def is_shallow(url: str | None) -> bool:
    """Tell whether an address has one step at most: it is a whole site, or a year of one."""
    return len(_parts(url or "").steps) <= 1


_OF_A_DAY = expression(r"\d{4}(?:/\d\d?){0,2}/?")


def is_archive(url: str) -> bool:
    """Tell whether an address is that of all that a site has of a day, a month or a year."""
    return _OF_A_DAY.fullmatch(_parts(url).path.strip("/")) is not None


def site_of(url: str) -> str:
    """Return the host of an address without www; "" for a broken one."""
    return _parts(url).site
