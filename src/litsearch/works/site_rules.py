"""Know the sites whose papers, videos and posts have many addresses: the first rule wins."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from litsearch.patterns import expression
from litsearch.types import Kind
from litsearch.works.urls import Address

_ID = r"(?P<id>[\w-]+)"
_END = r"/*(?:\?.*)?"
_NEW = r"(?P<id>\d{4}\.\d{4,5})(?:v\d+)?"
_OLD = r"(?P<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?P<id>\d{7})(?:v\d+)?"
_ARXIV = (
    r"(?:(?:(?:export|browse|xxx)\.)?arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src)/"
    r"|(?:huggingface\.co|hf\.co)/papers/|alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|ar5iv(?:\.labs\.arxiv)?\.org/(?:abs|html)/|arxiv-vanity\.com/papers/"
    r"|semanticscholar\.org/arxiv/|scirate\.com/arxiv/)"
)
_ACL = r"(?P<id>(?:[A-Za-z]\d\d-\d{4,5}|\d{4}\.[\w-]+\.\d+))"
_VIDEO = r"(?P<id>[\w-]{11})(?![\w-]).*"
_TUBE = r"(?:music\.)?youtube(?:-nocookie)?\.com/"
_TWEET = (
    r"(?:twitter\.com|x\.com|nitter\.[\w.]+|(?:fx|vx)twitter\.com|fixupx\.com|fixvx\.com"
    r"|xcancel\.com)/"
)
_NO_USER = rf"(?!(?:search|home|i|explore|hashtag|intent|share|login){_END}$)"
_REDDIT = r"(?:(?:old|new|np|i|amp|sh)\.)?reddit\.com/(?:(?:r|user)/[\w-]+/)?"
_DOI = r"(?P<id>10\.\d{4,9}/[^?#]+?)"
_DOI_STEP = r"(?P<id>10\.\d{4,9}/[^?#/]+?)"
_OFFICE = r"(?P<what>document|presentation|spreadsheets)"


class Site(NamedTuple):
    """A rule: addresses of this pattern are the work with this key."""

    pattern: str  # of the whole place: host without www., path, query
    key: str
    url: str = ""  # "": as listed
    kind: Kind = "paper"
    folded: bool = False  # the key knows no case


_PAPERS = (
    Site(rf"{_ARXIV}{_NEW}(?:\.pdf|\.html)?{_END}", "arxiv:{id}", "https://arxiv.org/abs/{id}"),
    Site(
        rf"{_ARXIV}{_OLD}(?:\.pdf)?{_END}",
        "arxiv:{archive}/{id}",
        "https://arxiv.org/abs/{archive}/{id}",
        folded=True,
    ),
    Site(
        rf"(?:dx\.)?doi\.org/10\.48550/arxiv\.{_NEW}{_END}",
        "arxiv:{id}",
        "https://arxiv.org/abs/{id}",
    ),
    Site(
        rf"(?:dx\.)?doi\.org/10\.18653/v1/{_ACL}{_END}",
        "acl:{id}",
        "https://aclanthology.org/{id}/",
        folded=True,
    ),
    Site(
        r"(?:aclanthology\.org|aclweb\.org/anthology|aclanthology\.info)/(?:papers/(?:\w/\w+/)?)?"
        rf"{_ACL}(?:v\d)?(?:\.pdf)?{_END}",
        "acl:{id}",
        "https://aclanthology.org/{id}/",
        folded=True,
    ),
    Site(rf"(?:dx\.)?doi\.org/{_DOI}{_END}", "doi:{id}", "https://doi.org/{id}", folded=True),
    Site(
        r"(?:bio|med)rxiv\.org/content/(?P<id>10\.\d{4,9}/[\d.]+\d)(?:v\d+)?(?:\.[\w.-]+)?" + _END,
        "doi:{id}",
        folded=True,
    ),
    Site(
        rf"nature\.com/articles/(?P<id>[\w.-]+?)(?:\.pdf)?{_END}",
        "doi:10.1038/{id}",
        folded=True,
    ),
    Site(
        rf"link\.springer\.com/(?:article|chapter|book|content/pdf)/{_DOI}(?:\.pdf)?{_END}",
        "doi:{id}",
        folded=True,
    ),
    Site(
        r"[\w.-]+/doi/(?:(?:abs|full|pdf|epdf|pdfdirect|fullHtml|book)/)?"
        rf"{_DOI_STEP}(?:\.pdf)?(?:/(?:full|abstract|pdf))?{_END}",
        "doi:{id}",
        folded=True,
    ),
    Site(
        rf"openreview\.net/(?:forum|pdf)\?(?:.*&)?id={_ID}(?:&.*)?",
        "openreview:{id}",
        "https://openreview.net/forum?id={id}",
    ),
    Site(
        r"(?:papers|proceedings)\.(?:nips|neurips)\.cc/paper(?:_files/paper)?/\d{4}/(?:hash|file)/"
        r"(?P<id>[0-9a-f]{32})-(?:Abstract|Paper)(?:-[\w-]+)?\.(?:html|pdf)",
        "nips:{id}",
    ),
    Site(
        rf"papers\.(?:nips|neurips)\.cc/paper/(?P<id>\d+-[\w-]+)(?:\.pdf)?{_END}",
        "nips:{id}",
        folded=True,
    ),
    Site(
        rf"proceedings\.mlr\.press/(?P<v>v\d+)/{_ID}(?:\.html|\.pdf|/[\w-]+\.pdf)",
        "pmlr:{v}/{id}",
        folded=True,
    ),
    Site(
        rf"jmlr\.org/papers/v(?:olume)?(?P<v>\d+)/{_ID}(?:\.html|\.pdf|/[\w-]+\.pdf)",
        "jmlr:{v}/{id}",
        folded=True,
    ),
    Site(
        r"openaccess\.thecvf\.com/(?P<v>content[\w/]*?)/(?:html|papers)/"
        r"(?P<id>[^?#/]+_paper)\.(?:html|pdf)",
        "cvf:{v}/{id}",
    ),
)

_VIDEOS = (
    Site(
        rf"{_TUBE}watch/?\?(?:.*&)?v={_VIDEO}",
        "youtube:{id}",
        "https://www.youtube.com/watch?v={id}",
        "video",
    ),
    Site(
        rf"(?:youtu\.be/|{_TUBE}(?:shorts|embed|live|v|e)/){_VIDEO}",
        "youtube:{id}",
        "https://www.youtube.com/watch?v={id}",
        "video",
    ),
    Site(
        rf"{_TUBE}playlist\?(?:.*&)?list={_ID}(?:&.*)?",
        "youtube:list:{id}",
        "https://www.youtube.com/playlist?list={id}",
        "video",
    ),
)

_POSTS = (
    Site(
        rf"{_TWEET}(?P<user>\w+|i/web)/status(?:es)?/(?P<id>\d+)(?:/.*)?{_END}",
        "x:{id}",
        "https://x.com/{user}/status/{id}",
        "post",
    ),
    Site(
        rf"{_TWEET}{_NO_USER}(?P<id>\w{{1,30}}){_END}",
        "x:@{id}",
        "https://x.com/{id}",
        "post",
        folded=True,
    ),
    Site(
        rf"{_REDDIT}comments/(?P<id>\w+)/(?:[^/?]+|_)/(?P<c>\w+)(?:/?\.json)?{_END}",
        "reddit:{id}/{c}",
        kind="post",
    ),
    Site(
        rf"{_REDDIT}comments/(?P<id>\w+)(?:/[^/?]*)?(?:/?\.json)?{_END}",
        "reddit:{id}",
        kind="post",
    ),
    Site(rf"redd\.it/(?P<id>\w+){_END}", "reddit:{id}", kind="post"),
    Site(
        r"news\.ycombinator\.com/item\?(?:.*&)?id=(?P<id>\d+)(?:&.*)?",
        "hn:{id}",
        "https://news.ycombinator.com/item?id={id}",
        "post",
    ),
)

_ARTICLES = (
    Site(
        r"(?:lesswrong\.com|alignmentforum\.org|greaterwrong\.com)/posts/(?P<id>\w{17})(?:/[\w-]*)?"
        + _END,
        "lesswrong:{id}",
        kind="article",
    ),
    Site(
        rf"(?:[\w-]+\.)?medium\.com/(?:[^?]*[-/])?(?P<id>[0-9a-f]{{10,12}}){_END}",
        "medium:{id}",
        kind="article",
    ),
    Site(
        r"(?:towardsdatascience\.com|pub\.towardsai\.net|levelup\.gitconnected\.com"
        rf"|betterprogramming\.pub)/[^?/]*-(?P<id>[0-9a-f]{{10,12}}){_END}",
        "medium:{id}",
        kind="article",
    ),
    Site(
        rf"open\.substack\.com/pub/(?P<who>[\w-]+)/p/{_ID}{_END}",
        "{who}.substack.com/p/{id}",
        "https://{who}.substack.com/p/{id}",
        "article",
    ),
    Site(
        rf"docs\.google\.com/{_OFFICE}/d/e/{_ID}(?:/[^?]*)?{_END}",
        "docs.google.com/{what}/e/{id}",
        "https://docs.google.com/{what}/d/e/{id}/pub",
        "article",
    ),
    Site(
        rf"docs\.google\.com/(?:a/[\w.-]+/)?{_OFFICE}/(?:u/\d/)?d/(?!e/){_ID}(?:/[^?]*)?{_END}",
        "docs.google.com/{what}/{id}",
        "https://docs.google.com/{what}/d/{id}",
        "article",
    ),
    Site(
        rf"drive\.google\.com/(?:file/d/|(?:open|uc)\?(?:.*&)?id=){_ID}(?:[/?&].*)?",
        "drive.google.com/{id}",
        "https://drive.google.com/file/d/{id}/view",
        "article",
    ),
)

_CODE = (
    Site(
        r"gist\.github(?:usercontent)?\.com/(?:[\w-]+/)?(?P<id>[0-9a-f]{20,40}|\d{1,10})"
        rf"(?:/raw(?:/[^?]*)?)?{_END}",
        "gist:{id}",
        kind="code",
    ),
    Site(
        r"(?:huggingface\.co|hf\.co)/(?P<id>(?:(?:datasets|spaces)/)?[\w.-]+/[\w.-]+)"
        rf"(?:/tree/main)?{_END}",
        "hf:{id}",
        "https://huggingface.co/{id}",
        "code",
        folded=True,
    ),
)

SITES: tuple[Site, ...] = (*_PAPERS, *_VIDEOS, *_POSTS, *_ARTICLES, *_CODE)


class Form(NamedTuple):
    """What a rule makes of an address."""

    key: str
    url: str  # where to fetch it, "": as listed
    kind: Kind


_RULES = tuple((expression(site.pattern, re.IGNORECASE), site) for site in SITES)
_HF_PAGES = frozenset(
    {"blog", "docs", "learn", "papers", "models", "collections", "tasks", "posts", "course"}
)
_GITHUB_PAGES = expression(  # not owners of repositories
    r"about|apps|assets|blog|codespaces|collections|contact|customer-stories|enterprise|events"
    r"|explore|features|issues|login|marketplace|new|notifications|orgs|pricing|pulls|readme|search"
    r"|security|settings|signup|site|solutions|sponsors|topics|trending|users",
    re.IGNORECASE,
)
_GITHUB = expression(r"github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/([^?]*))?(?:\?(.*))?")
_RAW = expression(
    r"raw\.githubusercontent\.com/([\w.-]+)/([\w.-]+)/(?:refs/heads/)?([^/?]+)/([^?]+)(?:\?.*)?"
)
_VIEWED = expression(
    r"(?:colab\.research\.google\.com|nbviewer\.(?:org|jupyter\.org))/github/([\w.-]+/[\w.-]+/.+)"
)
_DEFAULT_BRANCHES = frozenset({"main", "master", "HEAD"})
_WIKIPEDIA = expression(
    r"([a-z-]{2,12})\.(?:m\.)?wikipedia\.org/(?:wiki/([^?]+)|w/index\.php\?title=([^&]+))(?:\?.*)?"
)


def form_of(where: Address) -> Form | None:
    """Return what is known of an address by the rules of its site; None when no rule is for it."""
    place = where.place
    for rule in (_github, _raw_file, _viewed_file, _wikipedia):
        form = rule(place)
        if form is not None:
            return form
    for pattern, site in _RULES:
        match = pattern.fullmatch(place)
        if match and not (
            site.key.startswith("hf:") and match["id"].split("/")[0].lower() in _HF_PAGES
        ):
            parts = match.groupdict()
            key = site.key.format(**parts)
            return Form(key.lower() if site.folded else key, site.url.format(**parts), site.kind)
    return None


def _github(place: str) -> Form | None:
    """Return a repository, or a page in it. Owner and name know no case; paths do."""
    match = _GITHUB.fullmatch(place)
    if match is None or _GITHUB_PAGES.fullmatch(match[1]):
        return None
    owner, name = match[1], match[2]
    path, query = _github_path((match[3] or "").strip("/"), match[4] or "")
    tail = (f"/{path}" if path else "") + (f"?{query}" if query else "")
    kind: Kind = "paper" if path.lower().endswith(".pdf") else "code"
    key = f"github:{owner}/{name}".lower() + tail
    return Form(key, f"https://github.com/{owner}/{name}{tail}", kind)


def _github_path(rest: str, query: str) -> tuple[str, str]:
    """Return the path and query below a repository, as far as they change what is shown."""
    view, _, path = rest.partition("/")
    if view in ("raw", "blame", "edit"):
        view = "blob"
    if not rest or (view == "tree" and path in _DEFAULT_BRANCHES):
        return "", ""
    if view in ("blob", "tree"):
        return f"{view}/{path}", ""
    return rest, query


def _raw_file(place: str) -> Form | None:
    """Return the raw form of a file in a repository."""
    match = _RAW.fullmatch(place)
    return (
        _github(f"github.com/{match[1]}/{match[2]}/blob/{match[3]}/{match[4]}") if match else None
    )


def _viewed_file(place: str) -> Form | None:
    """Return a notebook of a repository, in a viewer."""
    match = _VIEWED.fullmatch(place)
    return _github("github.com/" + match[1]) if match else None


def _wikipedia(place: str) -> Form | None:
    match = _WIKIPEDIA.fullmatch(place)
    if match is None or match[1] in ("www", "m"):
        return None
    title = (
        unquote(match[2] or match[3])
        .replace(" ", "_")
        .replace("+", "_" if match[3] else "+")
        .rstrip("/")
    )
    title = title[:1].upper() + title[1:]
    url = f"https://{match[1]}.wikipedia.org/wiki/{quote(title, safe='/:()!,*@;')}"
    return Form(f"wikipedia:{match[1]}:{title}", url, "article")
