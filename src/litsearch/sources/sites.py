"""The many addresses of one paper, video, post or repository, by the rules of their sites."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from litsearch.sources.canonical import Address
from litsearch.sources.site_table import SITES
from litsearch.types import Kind


class Form(NamedTuple):
    """What a rule makes of an address: the work's key, where to fetch it ("": as listed), its kind."""

    key: str
    url: str
    kind: Kind


_RULES = tuple((re.compile(site.pattern, re.IGNORECASE), site) for site in SITES)
_HF_PAGES = frozenset({"blog", "docs", "learn", "papers", "models", "collections", "tasks", "posts", "course"})
_GITHUB_PAGES = re.compile(  # not owners of repositories
    r"about|apps|assets|blog|codespaces|collections|contact|customer-stories|enterprise|events|explore|features|issues|login|"
    r"marketplace|new|notifications|orgs|pricing|pulls|readme|search|security|settings|signup|site|solutions|sponsors|topics|"
    r"trending|users",
    re.IGNORECASE,
)
_GITHUB = re.compile(r"github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/([^?]*))?(?:\?(.*))?")
_RAW = re.compile(r"raw\.githubusercontent\.com/([\w.-]+)/([\w.-]+)/(?:refs/heads/)?([^/?]+)/([^?]+)(?:\?.*)?")
_VIEWED = re.compile(r"(?:colab\.research\.google\.com|nbviewer\.(?:org|jupyter\.org))/github/([\w.-]+/[\w.-]+/.+)")
_DEFAULT_BRANCHES = frozenset({"main", "master", "HEAD"})
_WIKIPEDIA = re.compile(r"([a-z-]{2,12})\.(?:m\.)?wikipedia\.org/(?:wiki/([^?]+)|w/index\.php\?title=([^&]+))(?:\?.*)?")


def form_of(where: Address) -> Form | None:
    """What is known of an address by the rules of its site; None when no rule is for it."""
    place = where.place
    for rule in (_github, _raw_file, _viewed_file, _wikipedia):
        form = rule(place)
        if form is not None:
            return form
    for pattern, site in _RULES:
        match = pattern.fullmatch(place)
        if match and not (site.key.startswith("hf:") and match["id"].split("/")[0].lower() in _HF_PAGES):
            parts = match.groupdict()
            key = site.key.format(**parts)
            return Form(key.lower() if site.folded else key, site.url.format(**parts), site.kind)
    return None


def _github(place: str) -> Form | None:
    """A repository, or a folder, file or page in it. Owner and name know no case; paths do."""
    match = _GITHUB.fullmatch(place)
    if match is None or _GITHUB_PAGES.fullmatch(match[1]):
        return None
    owner, name, rest = match[1], match[2], (match[3] or "").strip("/")
    what, _, path = rest.partition("/")
    if what in ("raw", "blame", "edit"):
        what = "blob"
    query = match[4] or ""
    if not rest or (what == "tree" and path in _DEFAULT_BRANCHES):
        rest = query = ""
    elif what in ("blob", "tree"):
        rest, query = f"{what}/{path}", ""
    tail = ("/" + rest if rest else "") + ("?" + query if query else "")
    kind: Kind = "paper" if rest.lower().endswith(".pdf") else "code"
    return Form(f"github:{owner}/{name}".lower() + tail, f"https://github.com/{owner}/{name}{tail}", kind)


def _raw_file(place: str) -> Form | None:
    """The raw form of a file in a repository."""
    match = _RAW.fullmatch(place)
    return _github(f"github.com/{match[1]}/{match[2]}/blob/{match[3]}/{match[4]}") if match else None


def _viewed_file(place: str) -> Form | None:
    """A notebook of a repository, in a viewer."""
    match = _VIEWED.fullmatch(place)
    return _github("github.com/" + match[1]) if match else None


def _wikipedia(place: str) -> Form | None:
    match = _WIKIPEDIA.fullmatch(place)
    if match is None or match[1] in ("www", "m"):
        return None
    title = unquote(match[2] or match[3]).replace(" ", "_").replace("+", "_" if match[3] else "+").rstrip("/")
    title = title[:1].upper() + title[1:]
    url = f"https://{match[1]}.wikipedia.org/wiki/{quote(title, safe='/:()!,*@;')}"
    return Form(f"wikipedia:{match[1]}:{title}", url, "article")
