"""Finds the part of a page that is the article.

trafilatura knows best where the article is, but loses captions, headings and list items inside it.
So its text only points to the element, and the element is then read in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from litsearch.extract.blocks import letters
from litsearch.extract.html.elements import DEAD, remove
from litsearch.patterns import expression

WINDOW = 100_000  # letters around its place in which a stretch is looked for
RUN = 20  # letters: shorter stretches stand on any page
SHORT = 10 * RUN  # letters: a text that counts as a whole
COVERED = 0.97  # the share of trafilatura's text that the chosen element must hold
CLIMB = 1.6  # an enclosing <article> or <main> may hold this many times the text of the element
HEADLINE_CLIMB = 2.2  # the box around it and its headline: leads of short articles are long
HIDEABLE = 0.5  # of a page's text: what holds more is not hidden, whatever its style says
RUNNING = ("p", "pre", "ul", "ol")  # never the article, only a part of it
ENTRY = expression(r"(?:^|\s)(?:h-?entry|type-post)(?:$|\s)")  # microformats, WordPress
THREAD = expression(r"schema\.org/(?:Question|QAPage|DiscussionForumPosting)$")
HIDDEN = expression(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{4,}", re.I
)
# Of a box, a font of no size takes away the gaps between its children, which have their own.
SIZELESS = expression(r"font-size\s*:\s*0(?:px|r?em|pt|%)?\s*(?:;|$)", re.I)


@dataclass(frozen=True, slots=True)
class Measure:
    """Letters of elements, those of what they hold included."""

    kept: str  # the letters that trafilatura kept
    size: dict[etree._Element, int] = field(default_factory=dict)
    # of them in kept; elements without any are not in it
    weight: dict[etree._Element, int] = field(default_factory=dict)

    def of(self, element: etree._Element) -> int:
        """Return the letters of an element, at least 1."""
        return max(1, self.size.get(element, 0))

    def share(self, element: etree._Element) -> float:
        """Return how much of an element was kept, 0 to 1; a short text counts as a whole."""
        if element in self.weight:
            return self.weight[element] / self.of(element)
        if self.of(element) >= SHORT:
            return 0.0
        inside = letters("".join(element.itertext()))
        return 1.0 if inside and inside in self.kept else 0.0


def measure(root: etree._Element, main_text: str) -> Measure:
    """Measure every element of a tree. main_text: letters only."""
    measured = Measure(main_text)
    at = 0
    for element in root.iter(etree.Element):
        at = _count(measured, element.text, element, at)
        if element is not root:
            at = _count(measured, element.tail, element.getparent(), at)

    for element in reversed(list(root.iter(etree.Element))):
        if element is not root:
            _add_up(measured.size, element)
            _add_up(measured.weight, element)
    return measured


def _count(measured: Measure, text: str | None, owner: etree._Element, at: int) -> int:
    """Count a stretch of text for the element that it stands in.

    at: where in the kept letters the last stretch ended; returned is where this one does.
    """
    run = letters(text) if text else ""
    if not run:
        return at
    measured.size[owner] = measured.size.get(owner, 0) + len(run)
    place = nearby(run, measured.kept, at) if len(run) >= RUN else -1
    if place < 0:
        return at
    measured.weight[owner] = measured.weight.get(owner, 0) + len(run)
    return place + len(run)


def nearby(run: str, main_text: str, at: int) -> int:
    """Return where letters stand in the main text, behind a place or else before it; -1: nowhere.

    What is looked through has a limit: a book of 20 MB has 40,000 paragraphs.
    """
    place = main_text.find(run, at, at + len(run) + WINDOW)
    return place if place >= 0 else main_text.find(run, max(0, at - WINDOW), at + len(run))


def _add_up(numbers: dict[etree._Element, int], element: etree._Element) -> None:
    """Add what an element has to what its parent has."""
    if element in numbers:
        up = element.getparent()
        numbers[up] = numbers.get(up, 0) + numbers[element]


def prune(body: etree._Element) -> None:
    """Drop elements that are never text, and those that the page hides."""
    for element in list(body.iter(*DEAD - {"head", "img"})):
        remove(element)
    whole = len("".join(body.itertext()))
    for element in list(body.iter(etree.Element)):
        if _is_hidden(element) and len("".join(element.itertext())) < HIDEABLE * whole:
            remove(element)


def find_main(
    body: etree._Element, measure: Measure, headline: etree._Element | None = None
) -> etree._Element:
    """Return the smallest element that covers the kept text, or what names itself around it.

    That is an article or thread, or the box around the article and its headline.
    """
    rendered = [element for element in body.iter("article") if is_rendered(element)]
    if rendered:
        return max(rendered, key=measure.of)

    node = _smallest(body, measure) if measure.weight.get(body) else _named(body, measure)
    thread = _thread_around(node)
    if thread is not None:
        return thread
    return _with_headline(_widened(node, measure), headline, measure)


def _thread_around(node: etree._Element) -> etree._Element | None:
    """Return the questions and answers, or the discussion, that an element is part of."""
    for up in (node, *node.iterancestors("div", "main", "section", "article")):
        if THREAD.search(up.get("itemtype") or ""):
            return up
    return None


def _widened(node: etree._Element, measure: Measure) -> etree._Element:
    """Return the article that names itself around an element, when it holds not much more."""
    most = CLIMB * measure.of(node)
    wider = [up for up in node.iterancestors() if _is_named(up) and measure.of(up) <= most]
    return wider[-1] if wider else node


def _smallest(body: etree._Element, measure: Measure) -> etree._Element:
    """Return the smallest element that covers the kept text."""
    weight = measure.weight
    covered = COVERED * weight[body]
    node = body
    while len(node):
        inner = max(node, key=lambda child: weight.get(child, 0))
        if weight.get(inner, 0) < covered or inner.tag in RUNNING:
            break
        node = inner
    return node


def _with_headline(
    node: etree._Element, headline: etree._Element | None, measure: Measure
) -> etree._Element:
    """Return the element around an article and its headline, unless it holds much else.

    It holds the lead between them.
    """
    if headline is None or headline is node or node in headline.iterancestors():
        return node
    above = set(headline.iterancestors())
    common = next((up for up in node.iterancestors() if up in above), None)
    if common is None or common.tag in ("body", "html"):
        return node
    return common if measure.of(common) <= HEADLINE_CLIMB * measure.of(node) else node


def is_rendered(element: etree._Element) -> bool:
    """Tell a README or a wiki page as GitHub and its like render it: all of it is the author's."""
    return element.tag == "article" and "markdown-body" in (element.get("class") or "").split()


def _is_named(element: etree._Element) -> bool:
    """Tell what says of itself that it is an article."""
    return (
        element.tag in ("article", "main")
        or element.get("role") in ("main", "article")
        or "articleBody" in (element.get("itemprop") or "")
        or ENTRY.search(element.get("class") or "") is not None
    )


def _named(body: etree._Element, measure: Measure) -> etree._Element:
    """Return the largest <article> or <main>, else the body."""
    candidates = [element for element in body.iterdescendants(etree.Element) if _is_named(element)]
    return max(candidates, key=measure.of, default=body)


def _is_hidden(element: etree._Element) -> bool:
    """Tell what a page hides by its style or attributes; the text of a tab is shown on demand."""
    if element.get("role") == "tabpanel" or element.tag in ("details", "body", "html"):
        return False
    style = element.get("style") or ""
    if len(element) == 0 and SIZELESS.search(style):
        return True
    return element.get("hidden") is not None or HIDDEN.search(style) is not None
