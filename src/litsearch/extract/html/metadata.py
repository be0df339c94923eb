"""What a page says of itself: title, authors, date and language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from litsearch.extract.blocks import clean, language_code
from litsearch.extract.dates import address_date, iso_date, written_date
from litsearch.extract.html.elements import all_text
from litsearch.extract.html.linked_data import article_data
from litsearch.extract.html.to_blocks import GENERIC

SEPARATOR = re.compile(r"\s+(?:[|·•–—»«:-]|::)\s+|\s*[|｜]\s*")
NAME = re.compile(
    r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){1,4}"
)  # begins with a capital, two to five words
BYLINES = (
    "//*[@rel='author' or (@itemprop='author' and not(.//*[@itemprop='name'])) or contains(@class,'p-author')"
    " or (@itemprop='name' and ancestor::*[@itemprop='author'])]"
)
BYLINE_CLASSES = "author author-name byline post-author entry-author article-author author__name ltx_personname".split()
DATE_CLASSES = (
    "date post-date post-meta entry-date published date-header post-meta-date article-date byline dateline "
    "post-timestamp pubdate publish-date page-date"
).split()
HOME = re.compile(r"(?:https?://[^/]+)?/(?:index\.\w{2,4})?|\./?", re.I)
FILE_NAME = re.compile(r"\S*[_./\\]\S*")
NO_AUTHOR = re.compile(
    r"https?:|@|\b(?:admin|editor|staff|unknown|anonymous|guest|team blog)\b", re.I
)
TITLES = ("citation_title", "dc.title", "og:title", "twitter:title")
AUTHORS = (
    "citation_author",
    "citation_authors",
    "dc.creator",
    "author",
    "article:author",
    "parsely-author",
)
DATES: tuple[str, ...] = (
    "citation_publication_date",
    "citation_date",
    "article:published_time",
    "og:published_time",
    "datepublished",
)
DATES += (
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.date",
    "date",
    "pubdate",
    "publish_date",
    "parsely-pub-date",
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; the title without the site's name."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None


def read_metadata(root: etree._Element, url: str) -> Metadata:
    """Meta tags and JSON-LD first, then what stands in the page, then the address."""
    metas = page_metas(root)
    linked = article_data(root)
    return Metadata(
        title=_title(root, metas, linked),
        authors=_authors(root, metas, linked),
        published=_published(root, metas, linked, url),
        language=language_code(
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        )
        or language_code(next(iter(metas.get("content-language", [])), None)),
    )


def headline(root: etree._Element, titles: Sequence[str] = ()) -> etree._Element | None:
    """Return the heading that names the page: one that its title begins with, else the first <h1>.

    Headings of the site, which stand on every page, come last; those inside the article come first.
    """
    shown = [heading for heading in root.iter("h1", "h2", "h3") if _bare(all_text(heading))]
    wanted = {_bare(part) for title in titles for part in (title, SEPARATOR.split(title)[0])}
    exact = [heading for heading in shown if _bare(all_text(heading)) in wanted]
    first = [heading for heading in shown if heading.tag == "h1"]
    named = [h1 for h1 in first if any(_names(all_text(h1), title) for title in titles)]
    for choice in (exact, named, first):
        own = [heading for heading in choice if not _is_site_s(heading)]
        inside = [
            heading
            for heading in own
            if any(up.tag in ("article", "main") for up in heading.iterancestors())
        ]
        if own:
            return min(inside or own, key=lambda heading: str(heading.tag))
    return next(iter(named or exact or first), None)


def _names(heading: str, title: str) -> bool:
    """True when a title says a heading, and not as the name of the site behind it."""
    bare, parts = _bare(heading), [_bare(part) for part in SEPARATOR.split(title)]
    return bare in _bare(title) and not (len(parts) > 1 and bare == parts[-1] and bare != parts[0])


def person_names(text: str) -> list[str]:
    """The names in a line of authors; addresses and roles are none."""
    parts = re.split(
        r"\s*(?:;|\||•|·|\n|,?\s+and\s+|,?\s+&\s+|,(?!\s*(?:Jr|Sr|Ph))\s*)\s*",
        re.sub(r"^\s*by\s+", "", text, flags=re.I),
    )
    if len(parts) == 2 and all(" " not in part for part in parts) and "," in text:
        parts = [f"{parts[1]} {parts[0]}"]  # "Turing, Alan"
    return [part for part in parts if 1 < len(part) <= 60 and not NO_AUTHOR.search(part)]


def page_metas(root: etree._Element) -> dict[str, list[str]]:
    """Return what the meta elements of a page say, by their names in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (
            meta.get("name")
            or meta.get("property")
            or meta.get("itemprop")
            or meta.get("http-equiv")
            or ""
        ).lower()
        content = clean(meta.get("content") or "").replace("\n", " ")
        if name and content:
            metas.setdefault(name, []).append(content)
    return metas


def _title(root: etree._Element, metas: dict[str, list[str]], linked: dict[str, Any]) -> str | None:
    page = root.find(".//title")
    named = [linked.get("headline")] + [metas[name][0] for name in TITLES if name in metas]
    candidates = [
        clean(text).replace("\n", " ")
        for text in [*named, page.text if page is not None else None]
        if isinstance(text, str)
    ]
    heading = headline(root, candidates)
    shown = clean("".join(heading.itertext())).replace("\n", " ") if heading is not None else ""
    for candidate in candidates[:1] if heading is not None and _is_site_s(heading) else candidates:
        if shown and _bare(shown) and _bare(shown) in _bare(candidate):
            return shown
    sites = {
        _bare(name)
        for key in ("og:site_name", "application-name", "twitter:site")
        for name in metas.get(key, [])
    }
    for candidate in candidates:
        title = _without_site(candidate, sites)
        if title and not GENERIC.fullmatch(title) and not FILE_NAME.fullmatch(title):
            return title
    return shown or next(filter(None, candidates), None)


def _without_site(title: str, sites: set[str]) -> str:
    """ "Page | Site" and "Site - Page" without the site."""
    parts = [part for part in SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    for at in (-1, 0):
        if _bare(parts[at]) in sites or any(
            _bare(parts[at]) and _bare(parts[at]) in site for site in sites
        ):
            parts.pop(at)
            return " - ".join(parts)
    rest = title[: title.rfind(parts[-1])].rstrip(" |·•–—»«:-")
    if GENERIC.fullmatch(rest):
        return parts[-1]
    names_site = len(parts[-1].split()) <= 3 and not any(
        word[0].islower() for word in parts[-1].split()
    )
    return rest if names_site and len(rest.split()) >= 2 else title


def _authors(
    root: etree._Element, metas: dict[str, list[str]], linked: dict[str, Any]
) -> tuple[str, ...]:
    names: list[str] = []
    creators = linked.get("author") or linked.get("creator") or []
    for creator in creators if isinstance(creators, list) else [creators]:
        name = creator.get("name") if isinstance(creator, dict) else creator
        names += person_names(clean(name)) if isinstance(name, str) else []
    for key in AUTHORS:
        if not names:
            names = [name for text in metas.get(key, []) for name in person_names(text)]
    if not names:
        texts = [clean("".join(element.itertext())) for element in root.xpath(BYLINES)[:10]]
        names = [name for text in texts if len(text) <= 100 for name in person_names(text)]
    if not names:
        bylines = root.xpath(_classed(*BYLINE_CLASSES))[:10]
        around = {up for byline in bylines for up in byline.iterancestors()}
        texts = [clean("".join(byline.itertext())) for byline in bylines if byline not in around]
        names = [
            name
            for text in texts
            if len(text) <= 100
            for name in person_names(text)
            if NAME.fullmatch(name)
        ]
    return tuple(dict.fromkeys(names))[:100]


def _published(
    root: etree._Element, metas: dict[str, list[str]], linked: dict[str, Any], url: str
) -> str | None:
    said = [linked.get("datePublished"), linked.get("dateCreated")]
    said += [text for key in DATES for text in metas.get(key, [])]
    said += [
        element.get("content") or element.get("datetime")
        for element in root.xpath("//*[@itemprop='datePublished']")[:3]
    ]
    said += [
        element.get("datetime")
        for element in root.xpath("//time[@pubdate or contains(@class,'publi')]")[:1]
    ]
    for text in said:
        date = iso_date(text) if isinstance(text, str) else None
        if date:
            return date
    shown = [
        clean("".join(element.itertext())) for element in root.xpath(_classed(*DATE_CLASSES))[:5]
    ]
    for text in shown:
        if len(text) <= 100 and (date := written_date(text)) and "-" in date:
            return date
    if date := address_date(url):
        return date
    times = {element.get("datetime") for element in root.xpath("//time[@datetime]")[:20]}
    return iso_date(next(iter(times)) or "") if len(times) == 1 else None


def _classed(*names: str) -> str:
    """An XPath for elements with any of these classes."""
    return (
        "//*["
        + " or ".join(
            f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names
        )
        + "]"
    )


def _is_site_s(heading: etree._Element) -> bool:
    """True inside what stands at the head of every page of a site, and for a link to its home page."""
    link = heading.find(".//a")
    if (
        link is not None
        and HOME.fullmatch(link.get("href") or "")
        and _bare(all_text(link)) == _bare(all_text(heading))
    ):
        return True
    return any(up.tag == "header" or up.get("role") == "banner" for up in heading.iterancestors())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
