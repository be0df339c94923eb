"""Finds the part of a page that is the article.

trafilatura knows best where the article is, but loses captions, headings and list items inside it.
So its text only points to the element, and the element is then read in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from litsearch.extract.blocks import clean, letters
from litsearch.extract.html.tree import DEAD, HEADINGS, all_text, remove

RUN = 20  # letters: shorter stretches stand on any page


@dataclass(frozen=True, slots=True)
class Measure:
    """Letters of elements, those of what they hold included."""

    kept: str  # the letters that trafilatura kept
    size: dict[etree._Element, int] = field(default_factory=dict)
    weight: dict[etree._Element, int] = field(
        default_factory=dict
    )  # of them in kept; elements without any are not in it

    def of(self, element: etree._Element) -> int:
        """The letters of an element, at least 1."""
        return max(1, self.size.get(element, 0))

    def share(self, element: etree._Element) -> float:
        """How much of an element was kept, 0 to 1; a short text counts as a whole."""
        if element in self.weight:
            return self.weight[element] / self.of(element)
        inside = letters("".join(element.itertext())) if self.of(element) < 10 * RUN else ""
        return 1.0 if inside and inside in self.kept else 0.0


def measure(root: etree._Element, kept: str) -> Measure:
    """Measure every element of a tree. kept: letters only."""
    found = Measure(kept)
    for element in root.iter(etree.Element):
        _count(found, element.text, element)
        if element is not root:
            _count(found, element.tail, element.getparent())
    for element in reversed(list(root.iter(etree.Element))):
        up = element.getparent()
        for numbers in (found.size, found.weight):
            if element is not root and element in numbers:
                numbers[up] = numbers.get(up, 0) + numbers[element]
    return found


def _count(found: Measure, text: str | None, owner: etree._Element) -> None:
    run = letters(text) if text else ""
    if run:
        found.size[owner] = found.size.get(owner, 0) + len(run)
        if len(run) >= RUN and run in found.kept:
            found.weight[owner] = found.weight.get(owner, 0) + len(run)


COVERED = 0.97  # the share of trafilatura's text that the chosen element must hold
CLIMB = 1.6  # an enclosing <article> or <main> may hold this many times the text of the element
ENTRY = re.compile(r"(?:^|\s)(?:h-?entry|type-post)(?:$|\s)")  # microformats, WordPress
THREAD = re.compile(r"schema\.org/(?:Question|QAPage|DiscussionForumPosting)$")
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)


def prune(body: etree._Element) -> None:
    """Drop elements that are never text, and those that the page hides."""
    for element in list(body.iter(*DEAD - {"head"})):
        remove(element)
    whole = len("".join(body.itertext()))
    for element in list(body.iter(etree.Element)):
        if _is_hidden(element) and len("".join(element.itertext())) < 0.5 * whole:
            remove(element)


def find_main(body: etree._Element, measure: Measure) -> etree._Element:
    """The smallest element that covers the kept text, or the <article> or <main>, or the whole
    thread, around it.
    """
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
    return wider[-1] if wider else node


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
    return (
        element.get("hidden") is not None or HIDDEN.search(element.get("style") or "") is not None
    )


LINKED = 0.6  # share of link text from which a part without any kept text is navigation
ALL_LINKS = 0.8  # with two links only
SMALL_FORM = 400  # letters: a form with less text is a form, one with more is a page inside a form
LARGE = 0.4  # of the text: no frame is that large
SMALL = 0.15  # of the text: what says that it is a frame goes up to this size, even if it was kept
FRAME_TAGS = frozenset(("nav", "footer", "aside", "form"))
FRAME_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "alert",
        "alertdialog",
        "dialog",
    )
)
OPENING = 12  # elements among which the heading of a box stands
PARTS = frozenset(
    "div section nav aside footer header form ul ol dl table td p article details".split()
)


def _marks(words: str) -> re.Pattern[str]:
    """Any of the words as a part of a class or an id."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.I)


# Only a frame bears these classes, so they count against trafilatura too. An id may be made of a
# section's title.
SURE = _marks(
    r"share share-?(?:buttons?|tools|bar|links) sharing sharedaddy addtoany addthis social-?share cookies? "
    r"cookie-\w+ gdpr newsletter\w* subscribe subscription-?\w* sign-?up pagination paginav prev-?next "
    r"post-?nav(?:igation)? (?:jp-?)?related-?(?:posts?|articles?|pages|stories|topics) read-?more-?\w* "
    r"recirc\w* most-?(?:read|popular) more-?(?:posts|stories|articles|from) advert(?:isement)?s? ads? ad-?slot "
    r"sponsor(?:ed|s)? back-?links? author-?(?:bio|box|card) comments-?(?:area|section|list) comment-?respond "
    r"post-?profile copy-?(?:button|code) highlight__panel print-?footer"
)
LIKELY = _marks(
    r"nav(?:bar|igation)? breadcrumbs? pager side-?bar menu social consent signup related "
    r"recommend(?:ed|ations?)? share sharing comments? disqus(?:_thread)? giscus utterances respond promo "
    r"skip-?(?:link|to-content|nav) sr-only cookies? visually-?hidden screen-reader-text masthead "
    r"site-(?:header|footer) page-footer post-footer entry-footer signature edit-(?:page|link|this-page) "
    r"editsection mw-editsection back-to-top popup modal toolbar tooltip print-only noprint navbox catlinks "
    r"action-?bar actions-panel online-list stat-block user-?(?:info|card|profile) widget-posts newsletter "
    r"subscribe subscription related-posts pagination sponsors? ads?"
)
# Boxes also say in their heading that they are none of the article.
HEADED = re.compile(
    r"(?:more (?:from|posts|articles|stories)\b|related (?:posts|articles|stories|topics|questions)\b|"
    r"you (?:may|might) also (?:like|enjoy)|recommended (?:for you|reading|articles|posts)|most (?:read|"
    r"popular)\b|popular posts|share (?:this|on)\b|recent (?:posts|comments)|read (?:next|more)\W*$|"
    r"leave a (?:reply|comment)|subscribe (?:to|now)|sign up (?:for|to)|about the author|"
    r"discussion about this|enjoy(?:ed)? (?:reading )?this|\d+ (?:comments?|responses?|thoughts on)\b|"
    r"(?:top )?comments\b\W*\(?\d*\)?$|responses \(\d+\)|was this (?:page|article) helpful|"
    r"hot network questions|(?:previous|next) article)",
    re.I,
)
CONTENTS = re.compile(r"(?:^|[\s_-])(?:toc|table-?of-?contents|on-this-page)(?:$|[\s_-])", re.I)
NOTES = re.compile(
    r"foot-?notes?|endnotes?|sidenote|marginnote|admonition|callout|example|reflist|references|aside--|pull-?quote",
    re.I,
)


def strip_frame(main: etree._Element, measure: Measure) -> None:
    """Drop navigation, sharing, comments and the like inside an element, unless they hold kept
    text.

    Lists of links go only before the first and after the last kept text: between them they are part
    of the article.
    """
    whole = measure.of(main)
    elements = [
        element
        for element in main.iterdescendants(etree.Element)
        if element.tag in PARTS or "-" in element.tag
    ]
    held = [index for index, element in enumerate(elements) if element in measure.weight]
    rendered = is_rendered(main)
    gone: set[etree._Element] = set()
    for index, element in enumerate(elements):
        if element.getparent() in gone:
            gone.add(element)
            continue
        size = measure.of(element)
        if size > LARGE * whole or rendered:
            continue
        within = bool(held) and held[0] < index < held[-1]
        if _goes(element, measure, small=size <= SMALL * whole, within=within):
            gone.add(element)
            remove(element)


def _goes(element: etree._Element, measure: Measure, *, small: bool, within: bool) -> bool:
    """True when a part is none of the article. within: kept text stands before it and behind it."""
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if NOTES.search(marks) or (
        (element.get("role") or "").startswith("doc-") and element.get("role") != "doc-toc"
    ):
        return False
    if small and SURE.search(element.get("class") or ""):
        return True
    if _is_contents(element, marks):
        return _is_link_list(element, measure)
    if _is_frame(element, marks, measure, within=within):
        return measure.share(element) < 0.5
    return (
        not within
        and element not in measure.weight
        and _is_link_list(element, measure)
        and not measure.share(element)
    )


def _is_frame(element: etree._Element, marks: str, measure: Measure, *, within: bool) -> bool:
    tag = element.tag
    if tag == "form":
        return measure.of(element) < SMALL_FORM
    if (
        LIKELY.search(marks)
        or SURE.search(marks)
        or _is_headed(element)
        or element.get("role") in FRAME_ROLES
    ):
        return True
    if tag == "aside":  # between paragraphs it is a note, unless it leads away
        return not within or _linked(element, measure) > LINKED / 2
    return tag in FRAME_TAGS or tag.endswith(("-footer", "-header", "-nav"))


def _is_headed(element: etree._Element) -> bool:
    """The heading that opens a box tells what it is."""
    if element.tag not in ("div", "section", "aside", "article", "footer"):
        return False
    opening = islice(element.iterdescendants(etree.Element), OPENING)
    first = next((inner for inner in opening if clean(inner.text or "")), None)
    while first is not None and first is not element and first.tag not in HEADINGS:
        first = first.getparent()
    return (
        first is not None
        and first is not element
        and HEADED.match(clean(all_text(first))) is not None
    )


def _is_contents(element: etree._Element, marks: str) -> bool:
    """A table of contents: its entries stand in the text again, so kept text does not tell."""
    return element.get("role") == "doc-toc" or CONTENTS.search(marks) is not None


def _is_link_list(element: etree._Element, measure: Measure) -> bool:
    """Three or more links and little else, or two and next to nothing else."""
    links = sum(1 for _ in element.iter("a"))
    return links >= 2 and _linked(element, measure) >= (LINKED if links >= 3 else ALL_LINKS)


def _linked(element: etree._Element, measure: Measure) -> float:
    """The share of an element's letters that stand in links."""
    return sum(measure.size.get(link, 0) for link in element.iter("a")) / measure.of(element)
