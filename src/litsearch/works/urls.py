"""Addresses without their trimmings: the parts of a URL that say which page it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from litsearch.patterns import expression
from litsearch.types import Kind

MAX_URL = 8000  # characters; anything longer is kept as it is
_TRACKING = expression(
    r"(?:utm_.*|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|li_fat_id"
    r"|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|__hs.*|hsctatracking|_ga|_gl|ref_src|ref_url"
    r"|cmpid|__s|ck_subscriber_id|vero_id|oly_enc_id|s_cid|amp|trk|trackingid|curius|guccounter"
    r"|guce_.*|cndid|xtor|ncid|wt_mc)",
    re.IGNORECASE,
)
# Names that carry identity on some sites and are only a trail on others: dropped where they are a
# trail.
_TRAILS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (expression(place), expression(names))
    for place, names in (
        # "ref" is a branch or tag on code hosts
        (r"(?!api\.github\.com|gitlab\.|bitbucket\.|git\.|codeberg\.|gitea\.).*", r"ref"),
        (
            r"(?:.+\.)?(?:youtube\.com|youtu\.be)/.*",
            r"si|feature|ab_channel|t|pp|app|themerefresh|start",
        ),
        (r"(?:x|twitter)\.com/.*", r"s|t|cxt|lang"),
        (r"(?:.+\.)?medium\.com/.*", r"source|gi|sk|postpublishedtype|---"),
        (
            r".+/p/[\w-]+/?",
            r"s|r|publication_id|post_id|isfreemail|triedredirect|triggershare|showwelcome|token",
        ),
        (r".+/\d{4}/\d{2}/[\w.-]+\.html", r"m"),  # Blogger's mobile form
        (r"(?:.+\.)?reddit\.com/.*", r"share_id|rdt|context|sort|st|sh"),
        (r"(?:.+\.)?linkedin\.com/.*", r"rcm|lipi|originalsubdomain"),
        (r"(?:.+\.)?quora\.com/.*", r"share|ch|srid"),
        (
            r"(?:.+\.)?(?:nytimes|washingtonpost|bloomberg|ft)\.com/.*",
            r"smid|smtyp|partner|shareType|srnd",
        ),
    )
)
_INDEX = expression(r"/(?:index\.html?|index\.php|default\.aspx?)$")
_AMP_TAIL = expression(r"^((?:.*/)?(?:(?:19|20)\d\d/.*|[^/]+-[^/]+-[^/]+))/amp(?:/|\.html)?$")
_AMP_HEAD = expression(r"^/amp(/(?:.*/)?(?:(?:19|20)\d\d/.*|[^/]+-[^/]+-[^/]+))$")
_AMP_SUFFIX = expression(r"^((?:.*/)?(?:(?:19|20)\d\d/.*|[^/]+-[^/]+-[^/]+))\.amp(\.html)?$")
_REFERENCE = expression(r"(?:^|[./])docs?[./]|/api/|(?:^|\.)(?:github|gitlab|pypi|npmjs)\.")
_MOBILE = expression(r"^(?:www\.|m\.|mobile\.|amp\.)(?=[^.]+\.[^.])")
_ROUTE = expression(r"^(?:/|!)")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HEX = expression(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Address:
    """A web address taken apart, without tracking parameters, default port, credentials and
    meaningless fragment.
    """

    scheme: str
    host: str  # lower case, as listed
    port: str  # ":8080" or ""
    path: str  # begins with "/"; percent signs normalised
    query: tuple[str, ...]  # "name=value" as listed, in order
    route: str  # the fragment, when it is a page of its own

    @property
    def bare(self) -> str:
        """Return the host without www., m., mobile. and amp."""
        return _MOBILE.sub("", self.host)

    @property
    def place(self) -> str:
        """Host, path and query: what the rules for single sites are matched against."""
        return self.bare + self.port + self.path + _written("?", "&".join(self.query))

    @property
    def url(self) -> str:
        """Return the address to fetch."""
        query, route = _written("?", "&".join(self.query)), _written("#", self.route)
        return f"{self.scheme}://{self.host}{self.port}{self.path}{query}{route}"

    @property
    def key(self) -> str:
        """Return a value that is equal for the addresses that any site means as the same page."""
        path = _INDEX.sub("/", self.path).rstrip("/")
        query = _written("?", "&".join(sorted(self.query)))
        route = _written("#", self.route.rstrip("/"))
        return f"{self.bare}{self.port}{path}{query}{route}"


def _written(sign: str, part: str) -> str:
    """Return a part of an address behind its sign; "" when there is none."""
    return sign + part if part else ""


def address(url: str) -> Address | None:
    """Return a web address taken apart; None when it is none."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return None

    host = _ascii(f"[{host}]" if ":" in host else host)
    is_default = port in (None, _DEFAULT_PORTS[scheme])
    path = _without_amp(host, normal_escapes(parts.path) or "/")
    query = _without_trails(_MOBILE.sub("", host) + path, parts.query)
    route = normal_escapes(parts.fragment) if _ROUTE.match(parts.fragment) else ""
    return Address(scheme, host, "" if is_default else f":{port}", path, query, route)


def _without_trails(place: str, query: str) -> tuple[str, ...]:
    """Return the parts of a query that say which page it is, not where the reader came from."""
    parts = normal_escapes(query).split("&")
    return tuple(part for part in parts if part and not _trail(place, part))


def normal_escapes(text: str) -> str:
    """Return the same text with %7e as ~, %c3 as %C3, and what belongs escaped escaped."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else "%" + match[1].upper()

    return quote(_HEX.sub(one, text), safe="!$%&'()*+,/:;=?@[]~")


def _trail(place: str, part: str) -> bool:
    """Return whether this is a query part that says where the reader came from, not which page it
    is.
    """
    name = unquote(part.partition("=")[0]).lower()
    if _TRACKING.fullmatch(name) or part.lower() == "outputtype=amp":
        return True
    return any(names.fullmatch(name) and where.fullmatch(place) for where, names in _TRAILS)


def _without_amp(host: str, path: str) -> str:
    """Return the path of the article that an AMP path is a form of. Only where the rest looks like
    an article's path.
    """
    if _REFERENCE.search(host + path):
        return path
    suffixed = _AMP_SUFFIX.match(path)
    if suffixed:
        return suffixed[1] + (suffixed[2] or "")
    for form in (_AMP_TAIL, _AMP_HEAD):
        match = form.match(path)
        if match:
            return match[1] + "/" if path.endswith("/") and not match[1].endswith("/") else match[1]
    return path


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host.lower()


_HOST = r"(?:.+\.)?"  # what may stand before a domain
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (
        "video",
        _HOST + r"(?:youtube\.com|youtu\.be|vimeo\.com|twitch\.tv|ted\.com|bilibili\.com"
        r"|videolectures\.net|soundcloud\.com)/.*"
        r"|.*\.(?:mp4|webm|mp3)",
    ),
    (
        "post",
        _HOST + r"(?:x\.com|twitter\.com|reddit\.com|news\.ycombinator\.com|bsky\.app"
        r"|threads\.net|lobste\.rs|quora\.com|stackoverflow\.com|stackexchange\.com"
        r"|facebook\.com|t\.me)/.*"
        rf"|{_HOST}linkedin\.com/(?:posts|feed)/.*"
        r"|[^/]+/@\w+/\d+",
    ),
    (
        "code",
        _HOST + r"(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht"
        r"|colab\.research\.google\.com|pypi\.org)/.*"
        r"|kaggle\.com/(?:code|notebooks)/.*"
        r"|.*\.ipynb",
    ),
    (
        "course",
        _HOST + r"(?:coursera\.org|edx\.org|udemy\.com|udacity\.com|ocw\.mit\.edu"
        r"|course\.fast\.ai|dlsyscourse\.org|fullstackdeeplearning\.com)/.*"
        r"|(?:cs|ee)\d{2,3}\w*\.stanford\.edu/.*|stanford-cs\d+\.github\.io/.*"
        r"|.*/(?:courses?|lectures|short-courses)(?:/.*)?"
        r"|[^/]*\b(?:course|bootcamp)\b[^/]*/.*",
    ),
    (
        "book",
        _HOST + r"(?:goodreads\.com/book|books\.google\.[a-z.]+|oreilly\.com/library/view"
        r"|manning\.com/books|leanpub\.com|gutenberg\.org|deeplearningbook\.org|d2l\.ai)(?:/.*)?"
        rf"|{_HOST}amazon\.[a-z.]+/(?:.*/)?dp/.*"
        r"|.*\.epub",
    ),
    (
        "paper",
        _HOST + r"(?:arxiv\.org|openreview\.net|aclanthology\.org|biorxiv\.org|medrxiv\.org"
        r"|semanticscholar\.org|proceedings\.mlr\.press|jmlr\.org|papers\.nips\.cc"
        r"|(?:papers|proceedings)\.neurips\.cc|openaccess\.thecvf\.com|ieeexplore\.ieee\.org"
        r"|dl\.acm\.org|sciencedirect\.com|link\.springer\.com|academic\.oup\.com|ssrn\.com"
        r"|jstor\.org|pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov|hal\.science|dblp\.org"
        r"|distill\.pub|transformer-circuits\.pub)/.*"
        r"|.*\.(?:pdf|ps|ps\.gz)",
    ),
)
_KINDS = tuple((kind, expression(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)


def kind_of(place: str) -> Kind:
    """Return the kind of a work by where it stands (host and path, without www.)."""
    place = place.partition("?")[0]
    for kind, pattern in _KINDS:
        if pattern.fullmatch(place):
            return kind
    return "article"
