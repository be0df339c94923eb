"""Finds the part of a page that is the article, and drops what frames it.

trafilatura knows best where the article is, but loses captions, headings and list items inside it. So its text only
points to the element, and the element is then read in full.
"""

from __future__ import annotations

import re

from lxml import etree

from litsearch.sources.extractors.blocks import letters
from litsearch.sources.extractors.html_elements import DEAD, remove

COVERED = 0.97  # the share of trafilatura's text that the chosen element must hold
CLIMB = 1.6  # an enclosing <article> or <main> may hold this many times the text of the element
RUN = 20  # letters: shorter stretches stand on any page
LINKED = 0.6  # share of link text from which a part without any kept text is navigation
SMALL_FORM = 500  # characters: a form with less text is a form, one with more is a page inside a form
LARGE = 0.4  # of the text: no frame is that large
PARTS = (
    "div",
    "section",
    "nav",
    "aside",
    "footer",
    "header",
    "form",
    "ul",
    "ol",
    "dl",
    "table",
    "p",
    "article",
    "details",
)
FRAME_TAGS = frozenset(("nav", "footer", "aside", "form"))
FRAME_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "alert", "alertdialog", "dialog")
)
FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|breadcrumbs?|pagination|paginav|pager|prev-?next|post-?nav(?:igation)?|"
    r"side-?bar|menu|share|sharing|social|addtoany|addthis|sharedaddy|"
    r"cookies?|consent|gdpr|newsletter|subscribe|subscription|signup|related|recommend(?:ed|ations?)|read-?more|more-(?:posts|"
    r"stories|articles)|comments?|disqus(?:_thread)?|giscus|utterances|respond|promo|advert(?:isement)?s?|ads?|sponsor(?:ed|s)?|"
    r"skip-?(?:link|to-content|nav)|sr-only|visually-hidden|visuallyhidden|screen-reader-text|masthead|site-(?:header|footer)|"
    r"page-footer|post-footer|entry-footer|author-(?:bio|box|card)|edit-(?:page|link)|editsection|mw-editsection|"
    r"back-to-top|popup|modal|toolbar|tooltip|print-only|noprint|navbox|catlinks)(?:$|[\s_-])",
    re.I,
)
CONTENTS = re.compile(r"(?:^|[\s_-])(?:toc|table-?of-?contents|on-this-page)(?:$|[\s_-])", re.I)
NOTES = re.compile(r"foot-?notes?|endnotes?|sidenote|marginnote|admonition|callout|example|reflist|references", re.I)
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def prune(body: etree._Element) -> None:
    """Drop elements that are never text, and those that the page hides."""
    for element in list(body.iter(*DEAD - {"head"})):
        remove(element)
    whole = len("".join(body.itertext()))
    for element in list(body.iter(etree.Element)):
        if _is_hidden(element) and len("".join(element.itertext())) < 0.5 * whole:
            remove(element)


def find_main(body: etree._Element, kept: str) -> etree._Element:
    """The smallest element that covers the kept text (letters only), or the <article> or <main> around it."""
    rendered = [element for element in body.iter(etree.Element) if _is_rendered(element)]
    if rendered:
        return max(rendered, key=_length)
    weight = _weights(body, kept)
    total = weight.get(body, 0)
    node = body if total else _named(body)
    while total:
        inner = max(node, key=lambda child: weight.get(child, 0), default=None)
        if inner is None or weight.get(inner, 0) < COVERED * total or inner.tag in ("p", "pre", "ul", "ol"):
            break
        node = inner
    size = CLIMB * max(1, _length(node))
    wider = [up for up in node.iterancestors() if _is_named(up) and _length(up) <= size]
    return wider[-1] if wider else node


def strip_frame(main: etree._Element, kept: str) -> None:
    """Drop navigation, sharing, comments and the like inside an element, unless they hold kept text.

    Lists of links go only before the first and after the last kept text: between them they are part of the article.
    """
    weight = _weights(main, kept)
    whole = max(1, _length(main))
    elements = list(main.iterdescendants(*PARTS))
    held = [index for index, element in enumerate(elements) if element in weight]
    for index, element in enumerate(elements):
        size = _length(element)
        if size > LARGE * whole or element.getparent() is None:
            continue
        inside = letters("".join(element.itertext()))
        share = 1.0 if inside and inside in kept else weight.get(element, 0) / max(1, len(inside))
        outside = not share and not _is_rendered(main) and (not held or index < held[0] or index > held[-1])
        if (share < 0.5 and _is_frame(element, size)) or (
            (outside or _is_contents(element)) and _is_link_list(element, size)
        ):
            remove(element)


def _is_frame(element: etree._Element, size: int) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if NOTES.search(marks) or ((element.get("role") or "").startswith("doc-") and element.get("role") != "doc-toc"):
        return False
    if element.tag == "form":
        return size < SMALL_FORM
    if element.tag in FRAME_TAGS or element.get("role") in FRAME_ROLES:
        return True
    return FRAME.search(marks) is not None


def _is_contents(element: etree._Element) -> bool:
    """A table of contents: its entries stand in the text again, so kept text does not tell."""
    return (
        element.get("role") == "doc-toc" or CONTENTS.search(f"{element.get('class')} {element.get('id')}") is not None
    )


def _is_link_list(element: etree._Element, size: int) -> bool:
    """Three or more links and little else."""
    links = list(element.iter("a"))
    return len(links) >= 3 and sum(map(_length, links)) >= LINKED * size


def _weights(root: etree._Element, kept: str) -> dict[etree._Element, int]:
    """For every element, how many letters of it were kept."""
    weight: dict[etree._Element, int] = {}
    if not kept:
        return weight
    for element in root.iter(etree.Element):
        for text, owner in ((element.text, element), (element.tail, element.getparent())):
            run = letters(text or "")
            if len(run) >= RUN and run in kept and owner is not None:
                weight[owner] = weight.get(owner, 0) + len(run)
    for element in reversed(list(root.iter(etree.Element))):
        up = element.getparent()
        if element is not root and up is not None and element in weight:
            weight[up] = weight.get(up, 0) + weight[element]
    return weight


def _is_rendered(element: etree._Element) -> bool:
    """A README or a wiki page as GitHub and its like render Markdown: all of it is the author's."""
    return element.tag == "article" and "markdown-body" in (element.get("class") or "").split()


def _is_named(element: etree._Element) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articleBody" in (element.get("itemprop") or "")
    )


def _named(body: etree._Element) -> etree._Element:
    """The largest <article> or <main>, else the body."""
    named = [element for element in body.iter(etree.Element) if _is_named(element)]
    return max(named, key=_length, default=body)


def _is_hidden(element: etree._Element) -> bool:
    if element.get("role") == "tabpanel" or element.tag in ("details", "body", "html"):
        return False
    return element.get("hidden") is not None or HIDDEN.search(element.get("style") or "") is not None


def _length(element: etree._Element) -> int:
    return len(" ".join("".join(element.itertext()).split()))
