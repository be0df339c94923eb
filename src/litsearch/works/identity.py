"""One work under many addresses: which entries of the lists name the same thing, and where to fetch
it.

Two addresses are one work when their keys are equal. A key is drawn from the address alone, by
rules that must never unite two different works: a doubtful pair stays two.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree, html

from litsearch.patterns import expression
from litsearch.types import Entry, Kind, RawDocument, Source
from litsearch.works.site_rules import form_of
from litsearch.works.urls import MAX_URL, address, kind_of, normal_escapes

_SCHEME = expression(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = expression(r"^https?:", re.IGNORECASE)
_DOI = expression(r"^(?:doi:\s*|urn:doi:)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_ARXIV = expression(r"^arxiv:\s*(\S+)$", re.IGNORECASE)
_HOST_LIKE = expression(r"^(?:[\w-]+\.)+([A-Za-z]{2,24})(?::\d+)?(?:[/?#]|$)")
_FILE_SUFFIXES = frozenset(
    "pdf md markdown html htm txt rst ipynb csv json tex bib docx epub xml".split()
)
_WRAPPERS = tuple(  # an address that only leads to the one inside it
    expression(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"^https?://(?:www\.)?google\.[a-z.]+/url\?(?:.*&)?(?:q|url)=(?P<inner>https?[^&]+)",
        r"^https?://(?:www\.)?google\.[a-z.]+/amp/(?P<tls>s/)?(?P<bare>[^?#]+)",
        r"^https?://[\w-]+\.cdn\.ampproject\.org/(?:c|v|wp)/(?P<tls>s/)?(?P<bare>[^?#]+)",
    )
)
_ARCHIVED = expression(  # a copy of the page whose address stands inside
    r"^https?://(?:web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?"
    r"|archive\.(?:is|today|ph|li|fo|md|vn)/[\d.-]{8,24})/"
    r"(?P<inner>https?:/{1,2}.+)$",
    re.IGNORECASE | re.DOTALL,
)
_DEPTH = 3  # addresses inside addresses
_ID_LENGTH = 16
# a title without link does not mean a video of that title
_TEXTS = frozenset({"paper", "article", "book", "course"})
_TITLE_WORDS = 3  # a title of fewer words may be that of many works
_TITLE_LETTERS = 12
_BY_LINE = expression(r"\s+by\s+[A-Z](?:(?!\sby\s)[^()]){1,80}\(\d{4}\)\s*$")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which work an address means. Law: key_of(identity.url) == identity.key."""

    key: str
    url: str  # canonical and fetchable
    kind: Kind


class _Bearer(NamedTuple):
    """A work with an address, under one of its titles."""

    key: str
    kind: Kind
    author: str  # last name, "" when the list names none

    def may_be_by(self, author: str, *, is_long: bool) -> bool:
        """Return whether the author fits; a long title needs none."""
        if self.author and author:
            return self.author == author
        return is_long


def identify(url: str) -> Identity:
    """Return the work behind an address of any form, also without scheme, or as doi:10.…, arXiv:…,
    or a file's path.
    """
    return _identify(_with_scheme(url.strip()), _DEPTH)


def key_of(url: str) -> str:
    """Return the key of the work behind an address."""
    return identify(url).key


def unite(entries: Iterable[Entry]) -> tuple[Source, ...]:
    """Return the works that the entries name, in the order of their first appearance.

    An entry without address joins the one work with its title, when the title is long enough to
    mean one work.
    """
    entries = tuple(entries)
    groups: dict[str, list[Entry]] = {}
    bearers = _bearers(entries)
    for entry in entries:
        groups.setdefault(_key_of_entry(entry, bearers), []).append(entry)
    return tuple(_source(key, group) for key, group in groups.items())


def source_id(key: str) -> str:
    """Return the id of the work with a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def id_of_entry(entry: Entry) -> str:
    """Return the id of the work that an entry names, as if no other entry was there."""
    return source_id(_key_of_entry(entry, {}))


def normal_title(title: str) -> str:
    """Return a title as compared: lower case letters and digits, one space between words, no "by
    Author (year)".
    """
    text = unicodedata.normalize("NFKC", plain_title(title)).casefold()
    return " ".join(re.findall(r"\w+", text.replace("’", "").replace("'", "").replace("_", " ")))


def plain_title(title: str) -> str:
    """Return a title without "by Author (year)" and quotes around it."""
    return _BY_LINE.sub("", title).strip(" \"“”'‘’")


def last_name(author: str) -> str:
    """Return an author's last name in lower case, from "First Last" or "Last, First"."""
    name = author.split(" et al")[0]
    last = name.partition(",")[0] if "," in name else (name.split() or [""])[-1]
    return normal_title(last)


def _identify(url: str, depth: int) -> Identity:
    if len(url) > MAX_URL:
        return Identity(url, url, "article")
    if depth:
        inner = _unwrapped(url)
        if inner is not None:
            return _identify(inner, depth - 1)
        archived = _ARCHIVED.match(url)
        if archived:
            original = _identify(re.sub(r":/+", "://", archived["inner"], count=1), depth - 1)
            where = address(url)
            return Identity(original.key, where.url if where else url, original.kind)
    if url.lower().startswith("file:"):
        return _local(url)
    where = address(url)
    if where is None:
        return Identity(url, url, "article")
    form = form_of(where)
    if form is None:
        return Identity(where.key, where.url, kind_of(where.place))
    return Identity(form.key, form.url or where.url, form.kind)


def _unwrapped(url: str) -> str | None:
    """Return the address inside a redirecting one."""
    for pattern in _WRAPPERS:
        match = pattern.match(url)
        if match:
            parts = match.groupdict()
            if parts.get("inner"):
                return unquote(parts["inner"])
            scheme = "https" if parts["tls"] else "http"
            return f"{scheme}://{parts['bare']}"
    return None


def _with_scheme(url: str) -> str:
    """Return the address as a URL: what lists write without a scheme gets the one that is meant."""
    if _WEB.match(url):
        return url
    doi, arxiv = _DOI.match(url), _ARXIV.match(url)
    if doi:
        return "https://doi.org/" + doi[1]
    if arxiv:
        return "https://arxiv.org/abs/" + arxiv[1]
    if url.startswith("//"):
        return "https:" + url
    host = _HOST_LIKE.match(url)
    if host and (url.lower().startswith("www.") or host[1].lower() not in _FILE_SUFFIXES):
        return "https://" + url
    if _SCHEME.match(url) or not url:
        return url
    return "file:" + normal_escapes(url.partition("#")[0])


def _local(url: str) -> Identity:
    """Return a file: its path, relative to the library folder unless it begins with a slash."""
    path = re.sub(
        r"^file:(?://(?:localhost)?(?=/))?", "", url.partition("#")[0], flags=re.IGNORECASE
    )
    path = posixpath.normpath(normal_escapes(path))
    path = re.sub("^/+", "/", path)
    return Identity("file:" + path, "file:" + path, kind_of(path))


def _bearers(entries: Iterable[Entry]) -> dict[str, list[_Bearer]]:
    """Return the works with an address that each title names."""
    bearers: dict[str, list[_Bearer]] = {}
    for entry in entries:
        if entry.url:
            identity = identify(entry.url)
            bearer = _Bearer(identity.key, identity.kind, _last_name(entry))
            bearers.setdefault(normal_title(entry.title), []).append(bearer)
    return bearers


def _key_of_entry(entry: Entry, bearers: dict[str, list[_Bearer]]) -> str:
    if entry.url:
        return identify(entry.url).key

    title, author = normal_title(entry.title), _last_name(entry)
    is_long = len(title.split()) >= _TITLE_WORDS and len(title) >= _TITLE_LETTERS
    kinds: dict[str, Kind] = {}
    for bearer in bearers.get(title, ()):
        if bearer.kind in _TEXTS and bearer.may_be_by(author, is_long=is_long):
            kinds[bearer.key] = bearer.kind

    if list(kinds.values()).count("paper") == 1:
        return next(filter(lambda key: kinds[key] == "paper", kinds))
    if len(kinds) == 1:
        return next(iter(kinds))
    return f"title:{title}|{author}"


def _last_name(entry: Entry) -> str:
    """Return the first author's last name, lower case; "" when the list names none."""
    return last_name(entry.authors[0]) if entry.authors else ""


def _source(key: str, entries: list[Entry]) -> Source:
    addresses = tuple(dict.fromkeys(filter(None, map(attrgetter("url"), entries))))
    if not addresses:
        return Source(source_id(key), None, "entry", tuple(entries))
    best = min(map(identify, addresses), key=_drawbacks)
    return Source(source_id(key), best.url, best.kind, tuple(entries), addresses)


def _drawbacks(identity: Identity) -> tuple[bool, bool]:
    """Return what speaks against fetching an address: it is an archive's, or not encrypted."""
    return bool(_ARCHIVED.match(identity.url)), identity.url.startswith("http:")


_LOOKED_AT = 200_000  # bytes
_LINK = expression(rb"<link\b[^<>]{0,2000}\bcanonical\b[^<>]{0,2000}>", re.IGNORECASE)


def works_of(source: Source, raw: RawDocument) -> tuple[str, ...]:
    """Two keys: of the address that the text came from, and of its rel=canonical; "" for one that
    says nothing.

    A front page is nobody's article: many pages that are gone lead there, or claim it.
    """
    own = key_of(source.url) if source.url else ""
    keys: list[str] = []
    for url in (raw.url, _canonical(raw)):
        key = key_of(url) if url else ""
        keys.append("" if key != own and is_front(url) else key)
    return tuple(keys)


def reunited(sources: Sequence[Source], earlier: Iterable[Source]) -> tuple[Source, ...]:
    """Return the sources, with those as one that an earlier build found to be one work.

    earlier: the sources of that build, which tell by their entries what was united.
    """
    ids = {id_of_entry(entry): source.source_id for source in earlier for entry in source.entries}
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(ids.get(source.source_id, source.source_id), []).append(source)
    return tuple(_first(source_id, group) for source_id, group in groups.items())


def _first(source_id: str, group: list[Source]) -> Source:
    """Return a group as one source, which keeps the id, address and kind that it had."""
    same = next((source for source in group if source.source_id == source_id), group[0])
    return same.merge(source for source in group if source is not same)


def is_front(url: str) -> bool:
    """Return whether this is the front page of a site."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        not parts.path.strip("/") and not parts.query and not parts.fragment.startswith(("/", "!"))
    )


def _canonical(raw: RawDocument) -> str:
    """Return the address that a page gives as its own, "" when none."""
    if "html" not in raw.media_type:
        return ""
    head = raw.body[:_LOOKED_AT]
    for match in _LINK.finditer(head):
        try:
            link = html.fragment_fromstring(match[0].decode("utf-8", "replace"))
            if (
                link.tag == "link"
                and (link.get("rel") or "").strip().lower() == "canonical"
                and link.get("href")
            ):
                url = urljoin(raw.url, link.get("href").strip())
                return url if url.lower().startswith(("http://", "https://")) else ""
        except (etree.LxmlError, ValueError):
            continue
    return ""
