"""Drops what frames an article: navigation, sharing, comments, boxes of links, newsletters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from litsearch.extract.blocks import clean
from litsearch.extract.html.elements import HEADINGS, all_text, remove
from litsearch.extract.html.main_content import Measure, is_rendered
from litsearch.extract.html.short_lines import opens_box
from litsearch.patterns import expression

LINKED = 0.6  # share of link text from which a part without any kept text is navigation
ALL_LINKS = 0.8  # with two links only
SMALL_FORM = 400  # letters: a form with less text is a form, one with more is a page inside a form
LARGE = 0.4  # of the text: no frame is that large
LARGE_FEED = 0.75  # other articles that follow without end
SMALL = 0.15  # of the text: what says that it is a frame goes up to this size, even if it was kept
FRAME_TAGS = frozenset(("nav", "footer", "aside", "form"))
FRAME_ROLES = frozenset(
    "navigation banner contentinfo search complementary alert alertdialog dialog".split()
)
BOXES = ("div", "section", "aside", "article", "footer")
OPENING = 12  # elements among which the heading of a box stands
HEADING = 30  # letters: a table of contents whose list is gone has no more
TEASERS = 3
MOSTLY = 0.8  # share of the parts of a list of teasers that are teasers
PARTS = frozenset(
    "div section nav aside footer header form ul ol dl table td p article details".split()
)


def _marks(words: str) -> re.Pattern[str]:
    """Any of the words as a part of a class or an id."""
    return expression(rf"(?:^|[\s_-])(?:{'|'.join(words.split())})(?:$|[\s_-])", re.I)


# Only a frame bears these classes, so they count against trafilatura too. An id may be made of a
# section's title.
SURE = _marks(
    r"share share-?(?:buttons?|tools|bar|links) sharing sharedaddy addtoany addthis social-?share "
    r"cookies? cookie-\w+ gdpr newsletter\w* subscribe subscription-?\w* sign-?up pagination "
    r"paginav prev-?next post-?nav(?:igation)? "
    r"(?:jp-?)?related-?(?:posts?|articles?|pages|stories|topics) read-?more-?\w* recirc\w* "
    r"most-?(?:read|popular) more-?(?:posts|stories|articles|from) advert(?:isement)?s? ads? "
    r"ad-?slot sponsor(?:ed|s)? back-?links? author-?(?:bio|box|card) "
    r"comment-respond post-?profile copy-?(?:button|code) "
    r"highlight__panel print-?footer"
)
COMMENTS = _marks(
    r"(?:comments?|comentarios?|commentaires?|kommentare?|commenti|reacties|komentarze)[_-]"
    r"(?:area|section|list|lista|liste|listado|lectores|thread|wrapper|container|template)"
)
LIKELY = _marks(
    r"nav(?:bar|igation)? breadcrumbs? pager side-?bar menu social consent signup related "
    r"recommend(?:ed|ations?)? share sharing comments? disqus(?:_thread)? giscus utterances "
    r"respond promo skip-?(?:link|to-content|nav) sr-only cookies? visually-?hidden "
    r"screen-reader-text masthead site-(?:header|footer) page-footer post-footer entry-footer "
    r"signature edit-(?:page|link|this-page) editsection mw-editsection back-to-top popup modal "
    r"toolbar tooltip print-only noprint navbox catlinks action-?bar actions-panel online-list "
    r"stat-block user-?(?:info|card|profile) widget-posts newsletter subscribe subscription "
    r"related-posts pagination sponsors? ads?"
)
CONTENTS = expression(r"(?:^|[\s_-])(?:toc|table-?of-?contents|on-this-page)(?:$|[\s_-])", re.I)
NOTES = expression(
    r"foot-?notes?|endnotes?|sidenote|marginnote|admonition|callout|example|reflist|references|"
    r"aside--|pull-?quote",
    re.I,
)


def strip_frame(main: etree._Element, measure: Measure) -> None:
    """Drop navigation, sharing, comments and the like inside an element, unless it is kept text.

    Lists of links go only before the first and after the last kept text: between them they are part
    of the article.
    """
    if is_rendered(main):
        return
    whole = measure.of(main)
    parts = [element for element in main.iterdescendants(etree.Element) if _is_part(element)]
    within = _between_kept(parts, measure)

    gone: set[etree._Element] = set()
    for index, element in enumerate(parts):
        share = measure.of(element) / whole
        if element.getparent() in gone:
            gone.add(element)
        elif _leaves(element, measure, share, within=index in within):
            gone.add(element)
            remove(element)


def _leaves(element: etree._Element, measure: Measure, share: float, *, within: bool) -> bool:
    """Tell a part that goes, by its share of the text: that of an article is the larger one."""
    if share <= LARGE and _goes(element, measure, small=share <= SMALL, within=within):
        return True
    return share <= LARGE_FEED and _is_teasers(element)


def _between_kept(parts: Sequence[etree._Element], measure: Measure) -> range:
    """Return the places that have kept text before and behind them."""
    places = [index for index, element in enumerate(parts) if element in measure.weight]
    return range(places[0] + 1, places[-1]) if places else range(0)


def _is_part(element: etree._Element) -> bool:
    """Tell what may be a box: a part of a page, or an element of the site's own."""
    return element.tag in PARTS or "-" in element.tag


def _goes(element: etree._Element, measure: Measure, *, small: bool, within: bool) -> bool:
    """Tell a part that is none of the article. within: kept text stands before and behind it."""
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _is_note(element, marks):
        return False
    if _says_frame(element, marks, small=small):
        return True
    if _is_contents(element, marks):
        return _is_link_list(element, measure) or measure.of(element) <= HEADING
    if _is_frame(element, marks, measure, within=within):
        return measure.share(element) < 0.5
    return not within and _leads_away(element, measure)


def _says_frame(element: etree._Element, marks: str, *, small: bool) -> bool:
    """Tell comments by class or id, and in a small part what no article calls itself."""
    if COMMENTS.search(marks):
        return True
    return small and SURE.search(element.get("class") or "") is not None


def _is_teasers(element: etree._Element) -> bool:
    """Tell a list of other articles of the site: three or more, each under a heading that leads."""
    if len(element) < TEASERS:
        return False
    leading = sum(map(_is_teaser, element))
    return leading >= max(TEASERS, MOSTLY * len(element))


def _is_teaser(item: etree._Element) -> bool:
    """Tell an item that opens with a heading that is a link within the site."""
    opening = islice(item.iter(*HEADINGS), 1)
    heading = next(opening, None)
    link = None if heading is None else heading.find(".//a")
    if heading is None or heading is item or link is None:
        return False
    if (link.get("href") or "#").startswith(("#", "http:", "https:", "//")):
        return False
    return clean(all_text(link)) == clean(all_text(heading))


def _leads_away(element: etree._Element, measure: Measure) -> bool:
    """Tell a list of links without any kept text."""
    if element in measure.weight or not _is_link_list(element, measure):
        return False
    return measure.share(element) == 0


def _is_note(element: etree._Element, marks: str) -> bool:
    """Tell what belongs to the text though it stands apart: notes, examples, references."""
    role = element.get("role") or ""
    return NOTES.search(marks) is not None or (role.startswith("doc-") and role != "doc-toc")


def _is_frame(element: etree._Element, marks: str, measure: Measure, *, within: bool) -> bool:
    """Tell what says by its tag, class, role or heading that it is a frame."""
    tag = element.tag
    if tag == "form":
        return measure.of(element) < SMALL_FORM
    if LIKELY.search(marks) or SURE.search(marks):
        return True
    if _is_headed(element) or element.get("role") in FRAME_ROLES:
        return True
    if tag == "aside":  # between paragraphs it is a note, unless it leads away
        return not within or _linked(element, measure) > LINKED / 2
    return tag in FRAME_TAGS or tag.endswith(("-footer", "-header", "-nav"))


def _is_headed(element: etree._Element) -> bool:
    """Tell a box by the heading that opens it."""
    if element.tag not in BOXES:
        return False
    opening = islice(element.iterdescendants(etree.Element), OPENING)
    first = next((inner for inner in opening if clean(inner.text or "")), None)
    while first is not None and first is not element and first.tag not in HEADINGS:
        first = first.getparent()
    if first is None or first is element:
        return False
    return opens_box(clean(all_text(first)))


def _is_contents(element: etree._Element, marks: str) -> bool:
    """Tell a table of contents: its entries stand in the text again, so kept text does not tell."""
    return element.get("role") == "doc-toc" or CONTENTS.search(marks) is not None


def _is_link_list(element: etree._Element, measure: Measure) -> bool:
    """Tell three or more links and little else, or two and next to nothing else."""
    links = sum(1 for _ in element.iter("a"))
    return links >= 2 and _linked(element, measure) >= (LINKED if links >= 3 else ALL_LINKS)


def _linked(element: etree._Element, measure: Measure) -> float:
    """Return the share of an element's letters that stand in links."""
    return sum(measure.size.get(link, 0) for link in element.iter("a")) / measure.of(element)
