"""Finds the part of a page that is the article.

trafilatura knows best where the article is, but loses captions, headings and list items inside it. So its text only
points to the element, and the element is then read in full.
"""

from __future__ import annotations

import re

from lxml import etree

from litsearch.extract.html.elements import DEAD, remove
from litsearch.extract.html.measure import Measure

COVERED = 0.97  # the share of trafilatura's text that the chosen element must hold
CLIMB = 1.6  # an enclosing <article> or <main> may hold this many times the text of the element
HEADLINE_CLIMB = 2.2  # the box around it and its headline: leads of short articles are long
ENTRY = re.compile(r"(?:^|\s)(?:h-?entry|type-post)(?:$|\s)")  # microformats, WordPress
THREAD = re.compile(r"schema\.org/(?:Question|QAPage|DiscussionForumPosting)$")
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{4,}", re.I
)
# Of a box, a font of no size takes away the gaps between its children, which have their own.
SIZELESS = re.compile(r"font-size\s*:\s*0(?:px|r?em|pt|%)?\s*(?:;|$)", re.I)


def prune(body: etree._Element) -> None:
    """Drop elements that are never text, and those that the page hides."""
    for element in list(body.iter(*DEAD - {"head"})):
        remove(element)
    whole = len("".join(body.itertext()))
    for element in list(body.iter(etree.Element)):
        if _is_hidden(element) and len("".join(element.itertext())) < 0.5 * whole:
            remove(element)


def find_main(
    body: etree._Element, measure: Measure, headline: etree._Element | None = None
) -> etree._Element:
    """Return the smallest element that covers the kept text, or the article or thread or headline's box around it."""
    rendered = [element for element in body.iter(etree.Element) if is_rendered(element)]
    if rendered:
        return max(rendered, key=measure.of)
    weight = measure.weight
    total = weight.get(body, 0)
    node = body if total else _named(body, measure)
    while total:
        inner = max(node, key=lambda child: weight.get(child, 0), default=None)
        if (
            inner is None
            or weight.get(inner, 0) < COVERED * total
            or inner.tag in ("p", "pre", "ul", "ol")
        ):
            break
        node = inner
    for up in (node, *node.iterancestors("div", "main", "section", "article")):
        if THREAD.search(up.get("itemtype") or ""):
            return up
    size = CLIMB * measure.of(node)
    wider = [up for up in node.iterancestors() if _is_named(up) and measure.of(up) <= size]
    node = wider[-1] if wider else node
    return _with_headline(node, headline, measure)


def _with_headline(
    node: etree._Element, headline: etree._Element | None, measure: Measure
) -> etree._Element:
    """The element around an article and its headline, which holds the lead between them, unless it holds much else."""
    if headline is None or headline is node or node in headline.iterancestors():
        return node
    above = set(headline.iterancestors())
    common = next((up for up in node.iterancestors() if up in above), None)
    if (
        common is None
        or common.tag in ("body", "html")
        or measure.of(common) > HEADLINE_CLIMB * measure.of(node)
    ):
        return node
    return common


def is_rendered(element: etree._Element) -> bool:
    """A README or a wiki page as GitHub and its like render Markdown: all of it is the author's."""
    return element.tag == "article" and "markdown-body" in (element.get("class") or "").split()


def _is_named(element: etree._Element) -> bool:
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articleBody" in (element.get("itemprop") or "")
        or ENTRY.search(element.get("class") or "") is not None
    )


def _named(body: etree._Element, measure: Measure) -> etree._Element:
    """The largest <article> or <main>, else the body."""
    named = [element for element in body.iterdescendants(etree.Element) if _is_named(element)]
    return max(named, key=measure.of, default=body)


def _is_hidden(element: etree._Element) -> bool:
    if element.get("role") == "tabpanel" or element.tag in ("details", "body", "html"):
        return False
    style = element.get("style") or ""
    if len(element) == 0 and SIZELESS.search(style):
        return True
    return element.get("hidden") is not None or HIDDEN.search(style) is not None
