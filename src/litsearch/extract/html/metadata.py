"""What a page says of itself: title, authors, date and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, filterfalse
from typing import Any

from lxml import etree

from litsearch.extract.blocks import clean, language_code, one_line
from litsearch.extract.dates import address_date, iso_date, written_date
from litsearch.extract.html.headline import SEPARATOR, bare, headline, is_of_site, says_heading
from litsearch.extract.html.structured_data import article_data, page_metas
from litsearch.extract.html.to_blocks import GENERIC
from litsearch.patterns import expression

SEPARATORS = " |·•–—»«:-"
NAME = expression(r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){1,4}")  # two to five words, a capital first
NAME_BREAK = expression(r"\s*(?:;|\||•|·|\n|,?\s+and\s+|,?\s+&\s+|,(?!\s*(?:Jr|Sr|Ph))\s*)\s*")
BY = expression(r"^\s*by\s+", re.I)
MAX_NAME = 60  # characters
MAX_AUTHORS = 100
MAX_LINE = 100  # characters of a line of authors or with a date
LOOKED_AT = 10  # elements that bear a mark
BYLINES = (
    "//*[@rel='author' or (@itemprop='author' and not(.//*[@itemprop='name']))"
    " or contains(@class,'p-author') or (@itemprop='name' and ancestor::*[@itemprop='author'])]"
)
BYLINE_CLASSES = (
    "author author-name byline post-author entry-author article-author author__name ltx_personname"
).split()
DATE_CLASSES = (
    "date post-date post-meta entry-date published date-header post-meta-date article-date byline "
    "dateline post-timestamp pubdate publish-date page-date"
).split()
FILE_NAME = expression(r"\S*[_./\\]\S*")
NO_AUTHOR = expression(
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
DATES = (
    "citation_publication_date",
    "citation_date",
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.date",
    "date",
    "pubdate",
    "publish_date",
    "parsely-pub-date",
)
SITES = ("og:site_name", "application-name", "twitter:site")
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; the title without the site's name."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a page says something of itself."""

    root: etree._Element
    metas: dict[str, list[str]]  # meta elements
    linked: dict[str, Any]  # JSON-LD
    url: str


def read_metadata(root: etree._Element, url: str) -> Metadata:
    """Read meta elements and JSON-LD first, then what stands in the page, then the address."""
    page = _Page(root, page_metas(root), article_data(root), url)
    return Metadata(
        title=_title(page),
        authors=_authors(page),
        published=_published(page),
        language=_language(page),
    )


def person_names(text: str) -> list[str]:
    """Return the names in a line of authors; addresses and roles are none."""
    parts = NAME_BREAK.split(BY.sub("", text))
    if len(parts) == 2 and not any(" " in part for part in parts) and "," in text:
        parts = [f"{parts[1]} {parts[0]}"]  # "Turing, Alan"
    return [part for part in parts if 1 < len(part) <= MAX_NAME and not NO_AUTHOR.search(part)]


def _title(page: _Page) -> str | None:
    """Return the heading that a declared title says, else that title without the site's name."""
    candidates = _declared_titles(page)
    shown = ""
    heading = headline(page.root, candidates)
    if heading is not None:
        shown = one_line("".join(heading.itertext()))
        trusted = candidates[:1] if is_of_site(heading) else candidates
        if says_heading(trusted, bare(shown)):
            return shown

    sites = {bare(shown)}  # a heading that no title begins with is the site's, if it ends one
    for key in SITES:
        sites.update(map(bare, page.metas.get(key, [])))
    own = [_without_site(candidate, sites) for candidate in candidates]
    titles = [*filter(_says_something, own), shown, *candidates]
    return next(filter(None, titles), None)


def _says_something(title: str) -> bool:
    """Tell a title from "Home" and from the name of a file."""
    return title != "" and not GENERIC.fullmatch(title) and not FILE_NAME.fullmatch(title)


def _declared_titles(page: _Page) -> list[str]:
    """Return the titles that JSON-LD, the meta elements and <title> give, in that order."""
    declared = [page.linked.get("headline")]
    for name in TITLES:
        declared += page.metas.get(name, [])[:1]
    declared.append(page.root.findtext(".//title"))
    return [one_line(text) for text in declared if isinstance(text, str)]


def _without_site(title: str, sites: set[str]) -> str:
    """Return "Page | Site" and "Site - Page" without the site."""
    parts: list[str] = list(filter(None, SEPARATOR.split(title)))
    if len(parts) < 2:
        return title
    for at in (-1, 0):
        if _names_site(parts[at], sites):
            parts.pop(at)
            return " - ".join(parts)

    last = parts[-1]
    rest = title[: title.rfind(last)].rstrip(SEPARATORS)
    if GENERIC.fullmatch(rest):
        return last
    if _may_name_site(last) and len(rest.split()) >= 2:
        return rest
    return title


def _names_site(part: str, sites: set[str]) -> bool:
    """Tell a part of a title that is a site's name or of it."""
    name = bare(part)
    return name in sites or (name != "" and any(name in site for site in sites))


def _may_name_site(part: str) -> bool:
    """Tell up to three words with capitals."""
    words = part.split()
    return len(words) <= 3 and not any(word[0].islower() for word in words)


def _authors(page: _Page) -> tuple[str, ...]:
    """Return the names of the first place that gives any."""
    places = (_linked_authors, _meta_authors, _marked_authors, _classed_authors)
    names = next(filter(None, (place(page) for place in places)), [])
    return tuple(dict.fromkeys(names))[:MAX_AUTHORS]


def _linked_authors(page: _Page) -> list[str]:
    """Return the authors of JSON-LD, objects or strings."""
    creators = page.linked.get("author") or page.linked.get("creator") or []
    names: list[str] = []
    for creator in creators if isinstance(creators, list) else [creators]:
        name = creator.get("name") if isinstance(creator, dict) else creator
        if isinstance(name, str):
            names += person_names(clean(name))
    return names


def _meta_authors(page: _Page) -> list[str]:
    """Return the authors of the first kind of meta element that names any."""
    for key in AUTHORS:
        names = _names_in(page.metas.get(key, []))
        if names:
            return names
    return []


def _marked_authors(page: _Page) -> list[str]:
    """Return the authors that microdata, rel="author" or a microformat marks in the page."""
    return _names_in(_short_texts(page.root.xpath(BYLINES)[:LOOKED_AT]))


def _classed_authors(page: _Page) -> list[str]:
    """Return the authors in elements of a byline's class: only what looks like a name."""
    bylines = page.root.xpath(_classed(*BYLINE_CLASSES))[:LOOKED_AT]
    around = {up for byline in bylines for up in byline.iterancestors()}
    texts = _short_texts(filterfalse(around.__contains__, bylines))
    return list(filter(NAME.fullmatch, _names_in(texts)))


def _names_in(texts: Iterable[str]) -> list[str]:
    return list(chain.from_iterable(map(person_names, texts)))


def _short_texts(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the texts of elements that are one line long."""
    for element in elements:
        text = clean("".join(element.itertext()))
        if len(text) <= MAX_LINE:
            yield text


def _published(page: _Page) -> str | None:
    """Return the date that a page declares, shows, bears in its address, or says once at all."""
    for text in _declared_dates(page):
        date = iso_date(text) if isinstance(text, str) else None
        if date:
            return date
    return _shown_date(page.root) or address_date(page.url) or _only_time(page.root)


def _declared_dates(page: _Page) -> Iterator[object]:
    """Yield what JSON-LD, meta elements, microdata and <time> give for a date."""
    yield from map(page.linked.get, ("datePublished", "dateCreated"))
    for key in DATES:
        yield from page.metas.get(key, [])
    for element in page.root.xpath("//*[@itemprop='datePublished']")[:3]:
        yield element.get("content") or element.get("datetime")
    for element in page.root.xpath("//time[@pubdate or contains(@class,'publi')]")[:1]:
        yield element.get("datetime")


def _shown_date(root: etree._Element) -> str | None:
    """Return the first date, with its month, in an element of a date's class."""
    for text in _short_texts(root.xpath(_classed(*DATE_CLASSES))[:5]):
        date = written_date(text)
        if date and "-" in date:
            return date
    return None


def _only_time(root: etree._Element) -> str | None:
    """Return the date that all <time> elements agree on."""
    times = {element.get("datetime") for element in root.xpath("//time[@datetime]")[:20]}
    if len(times) == 1:
        return iso_date(times.pop() or "")
    return None


def _language(page: _Page) -> str | None:
    """Return the language of the root element, else of a meta element."""
    declared = page.root.get("lang") or page.root.get(XML_LANGUAGE)
    stated = next(iter(page.metas.get("content-language", [])), None)
    return language_code(declared) or language_code(stated)


def _classed(*names: str) -> str:
    """Return an XPath for elements with any of these classes."""
    tests = [f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names]
    return f"//*[{' or '.join(tests)}]"
