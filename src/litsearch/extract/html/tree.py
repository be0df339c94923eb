"""A page as a tree, with formulas as LaTeX and without what only serves the screen."""

from __future__ import annotations

import re

from lxml import etree, html

from litsearch.extract.blocks import clean
from litsearch.extract.html.elements import HEADINGS, all_text, remove
from litsearch.extract.html.formulas import write_formula
from litsearch.extract.html.inline import write_mark
from litsearch.patterns import expression

PERMALINK = expression(
    r"(?:[#¶§🔗\uf0c1\ue9cb]|[↩⏎↑^]\ufe0e?|link|permalink|anchor|copy link|\[?edit(?: source)?\]?)?",
    re.I,
)
PERMALINK_CLASS = expression(
    r"anchor|headerlink|header-link|permalink|hash-link|heading-link|section-link|editsection", re.I
)
BESIDE_LINKS = frozenset((*HEADINGS, "figcaption", "caption", "dt", "p", "span", "div"))
EDIT = expression(r"(?:^|\s)(?:mw-)?editsection(?:$|\s)")
GUTTERS = ("span", "td", "div", "pre")
SET_APART = frozenset(("a", "time", "address"))
CENTRED = expression(
    r"(<h[1-6]\b[^>]{0,300}>)\s*<(?:p|div)\b[^>]{0,300}>(.{0,500}?)</(?:p|div)>\s*(?=</h[1-6]>)",
    re.I | re.S,
)
LINE_NUMBERS = expression(
    r"(?:^|[\s_-])(?:linenos?|line-numbers?|lnt?|gutter|rouge-gutter|blob-num)(?:$|[\s_-])",
    re.I,
)
SPOKEN = expression(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:$|\s)", re.I)
MAX_SPOKEN = 120  # characters
BUTTON = expression(r"(?:^|\s)(?:button|btn)(?:$|\s)", re.I)
ONLY_NUMBERS = expression(r"[\d\s]+")
OF_HEAD = frozenset(
    "base basefont bgsound link meta noframes noscript script style template title".split()
)
XML_DECLARATION = expression(r"^\s*<\?xml[^>]{0,200}\?>")
IMAGE = expression(r"<(/?)image\b", re.I)  # <img> to browsers; libxml2 would leave it open
NO_XML = expression(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CHARACTER_REFERENCE = expression(r"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,9});?")


def parse(text: str) -> etree._Element | None:
    """Return the tree of a page, or None when there is none.

    No network, no entities, no huge trees.
    """
    parser = html.HTMLParser(
        no_network=True, recover=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = XML_DECLARATION.sub("", without_controls(text))
    text = IMAGE.sub(r"<\1img", CENTRED.sub(r"\1\2", text))
    try:
        root = html.document_fromstring(text or "<p></p>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None

    _begin_body(root)
    return root


def _begin_body(root: etree._Element) -> None:
    """Move to the body what stands in the head and may not: <body> is optional in HTML.

    libxml2 sees where the body begins by the elements of HTML 4, and <article> is none.
    """
    head = root.find("head")
    stray = None if head is None else next((e for e in head if e.tag not in OF_HEAD), None)
    if stray is None:
        return

    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for place, element in enumerate([stray, *stray.itersiblings()]):
        body.insert(place, element)


def without_controls(text: str) -> str:
    """Drop the characters that no tree may hold, references to them (&#1;) included."""
    text = NO_XML.sub("", text)
    return CHARACTER_REFERENCE.sub(
        lambda match: "" if NO_XML.fullmatch(_referenced(match[1])) else match[0], text
    )


def _referenced(number: str) -> str:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if code <= 0x10FFFF:
        return chr(code)
    return "\0"


def simplify(root: etree._Element) -> None:
    """Write formulas as LaTeX and marks as characters; drop what only serves the screen.

    That is permalinks, line numbers, and what is said once more to those who listen.
    """
    for element in list(root.iter(etree.Element)):
        if element.getparent() is None or write_formula(element) or write_mark(element):
            continue
        classes = element.get("class") or ""
        if any(serves(element, classes) for serves in (_is_spoken, _is_line_number, _is_aside)):
            remove(element)
        elif element.tag in SET_APART:
            _set_apart(element)


def _set_apart(element: etree._Element) -> None:
    """Part two links, or a name and its date, that only the style sheet parts."""
    before = element.getprevious()
    if before is not None and not before.tail and before.tag in SET_APART:
        before.tail = " "


def _is_spoken(element: etree._Element, classes: str) -> bool:
    """Tell a few words for screen readers, which say what the others see."""
    if not SPOKEN.search(classes) or element.tag in HEADINGS:
        return False
    if next(element.iter("math", *HEADINGS), None) is not None:
        return False
    return len(all_text(element)) <= MAX_SPOKEN


def _is_line_number(element: etree._Element, classes: str) -> bool:
    """Tell a gutter beside code."""
    marked = element.tag in GUTTERS and LINE_NUMBERS.search(classes) is not None
    if not marked and not _is_code_in_cell(element):
        return False
    return ONLY_NUMBERS.fullmatch(all_text(element)) is not None


def _is_code_in_cell(element: etree._Element) -> bool:
    return element.tag == "pre" and next(element.iterancestors("td"), None) is not None


def _is_aside(element: etree._Element, classes: str) -> bool:
    """Tell a link of a heading to itself, a button alone in its block, or a table of contents."""
    if element.tag == "span" and EDIT.search(classes):
        return True
    if element.tag == "a":
        is_button = BUTTON.search(classes) is not None and _is_alone(element)
        return is_button or _is_permalink(element, classes)
    return element.tag in ("ul", "ol") and _is_contents(element)


def _is_contents(element: etree._Element) -> bool:
    """Tell a list of three or more links into the page itself, and nothing else."""
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) < 3 or not all(link.get("href", "").startswith("#") for link in links):
        return False
    return len(_letters(element)) == sum(len(_letters(link)) for link in links)


def _is_alone(link: etree._Element) -> bool:
    """Tell a link that is all that its block says."""
    block = link.getparent()
    if block is None or block.tag not in ("p", "div"):
        return False
    return clean(all_text(block)) == clean(all_text(link))


def _letters(element: etree._Element) -> str:
    return re.sub(r"[\W\d_]+", "", all_text(element))


def _is_permalink(anchor: etree._Element, classes: str) -> bool:
    """Tell a link beside a heading that shows a sign, or nothing, and leads to the heading."""
    if not (anchor.get("href") or "").startswith("#") and not PERMALINK_CLASS.search(classes):
        return False
    near = anchor.getparent()
    if near is None or near.tag not in BESIDE_LINKS:
        return False
    return PERMALINK.fullmatch(clean(all_text(anchor))) is not None
