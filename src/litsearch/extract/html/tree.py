"""A page as a tree, with formulas as LaTeX and without what only serves the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from litsearch.extract.blocks import clean

_NEVER_TEXT = (
    "script style template noscript iframe object embed applet audio video canvas svg map area head meta "
    "link select option datalist textarea button input progress meter dialog frame frameset noframes img "
    "image picture source param track menuitem"
)
_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p section summary table tbody "
    "td tfoot th thead tr ul pre search html menu optgroup listing xmp plaintext"
)
DEAD = frozenset(_NEVER_TEXT.split())
BLOCKS = frozenset(_BLOCKS.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def texts(element: etree._Element, spaced: bool = False) -> Iterator[str]:
    """The pieces of text of an element, dead elements left out, blocks set apart when asked."""
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        name = inner.tag if isinstance(inner.tag, str) else ""
        if event == "start":
            if not name or name in DEAD:
                events.skip_subtree()
                continue
            if name == "br":
                yield "\n"
            elif spaced and name in BLOCKS:
                yield " "
            yield inner.text or ""
        else:
            if spaced and name in BLOCKS:
                yield " "
            if inner is not element:
                yield inner.tail or ""


def all_text(element: etree._Element) -> str:
    """The text of an element as it stands."""
    return "".join(texts(element))


def spaced_text(element: etree._Element) -> str:
    """The text of an element with its blocks set apart."""
    return "".join(texts(element, spaced=True))


def remove(element: etree._Element, instead: str = "") -> None:
    """Take an element out, put a text in its place, and keep what stands behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text = instead + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    element.tail = None
    parent.remove(element)


PERMALINK = re.compile(
    r"(?:[#¶§🔗\uf0c1\ue9cb]|link|permalink|anchor|copy link|\[?edit(?: source)?\]?)?", re.I
)
PERMALINK_CLASS = re.compile(
    r"anchor|headerlink|header-link|permalink|hash-link|heading-link|section-link|editsection", re.I
)
# a formula's picture beside its source
RENDERED = re.compile(r"katex-html|MathJax_Preview|(?:^|\s)MathJax(?:\s|$)")
CENTRED = re.compile(
    r"(<h[1-6]\b[^>]{0,300}>)\s*<(?:p|div)\b[^>]{0,300}>(.{0,500}?)</(?:p|div)>\s*(?=</h[1-6]>)",
    re.I | re.S,
)
LINE_NUMBERS = re.compile(
    r"(?:^|[\s_-])(?:linenos?|lineno|line-numbers?|lnt?|gutter|rouge-gutter|blob-num)(?:$|[\s_-])",
    re.I,
)
SPOKEN = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:$|\s)", re.I)
MAX_SPOKEN = 120  # characters
BUTTON = re.compile(r"(?:^|\s)(?:button|btn)(?:$|\s)", re.I)
ONLY_NUMBERS = re.compile(r"[\d\s]+")


def parse(text: str) -> etree._Element | None:
    """The tree of a page, or None when there is none. No network, no entities, no huge trees."""
    parser = html.HTMLParser(
        no_network=True, recover=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text.replace("\x00", ""))
    text = CENTRED.sub(r"\1\2", text)
    # as browsers do; libxml2 would leave it open
    text = re.sub(r"<(/?)image\b", r"<\1img", text, flags=re.I)
    try:
        return html.document_fromstring(text or "<p></p>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def simplify(root: etree._Element) -> None:
    """Turn formulas into their LaTeX and drop permalinks, line numbers and what is doubled for
    screen readers.
    """
    for element in list(root.iter(etree.Element)):
        kind, classes = element.get("type") or "", element.get("class") or ""
        if element.tag == "math":
            remove(element, _latex(element))
        elif element.tag == "script" and kind.startswith("math/tex"):
            remove(element, _dollars(element.text or "", "display" in kind))
        elif (
            _is_doubled(element, classes)
            or _is_line_number(element, classes)
            or _is_aside(element, classes)
        ):
            remove(element)


def _is_doubled(element: etree._Element, classes: str) -> bool:
    """A formula's picture, or a few words for screen readers, which say what the others see."""
    if RENDERED.search(classes):
        return True
    if (
        not SPOKEN.search(classes)
        or element.tag in HEADINGS
        or next(element.iter("math", *HEADINGS), None) is not None
    ):
        return False
    return len(all_text(element)) <= MAX_SPOKEN


def _is_line_number(element: etree._Element, classes: str) -> bool:
    """A gutter beside code."""
    beside = element.tag == "pre" and any(up.tag == "td" for up in element.iterancestors())
    if not beside and not (
        element.tag in ("span", "td", "div", "pre") and LINE_NUMBERS.search(classes)
    ):
        return False
    return ONLY_NUMBERS.fullmatch(all_text(element)) is not None


def _is_aside(element: etree._Element, classes: str) -> bool:
    """A link of a heading to itself, or a table of contents."""
    if element.tag == "a":
        return _is_permalink(element, classes) or (
            BUTTON.search(classes) is not None and _is_alone(element)
        )
    return element.tag in ("ul", "ol") and _is_contents(element)


def _is_contents(element: etree._Element) -> bool:
    """A list of three or more links into the page itself, and nothing else."""
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) < 3 or any(not link.get("href", "").startswith("#") for link in links):
        return False
    return len(_letters(element)) == sum(len(_letters(link)) for link in links)


def _is_alone(link: etree._Element) -> bool:
    """True for a link that is all that its block says."""
    block = link.getparent()
    return (
        block is not None
        and block.tag in ("p", "div")
        and clean(all_text(block)) == clean(all_text(link))
    )


def _letters(element: etree._Element) -> str:
    return re.sub(r"[\W\d_]+", "", all_text(element))


def _is_permalink(anchor: etree._Element, classes: str) -> bool:
    """A link beside a heading that shows a sign, or nothing, and leads to the heading itself."""
    if not (anchor.get("href") or "").startswith("#") and not PERMALINK_CLASS.search(classes):
        return False
    text = clean(all_text(anchor))
    near = anchor.getparent()
    beside = near is not None and (
        near.tag in HEADINGS or near.tag in ("figcaption", "caption", "dt", "p", "span", "div")
    )
    return beside and (PERMALINK.fullmatch(text) is not None)


def _latex(math: etree._Element) -> str:
    """The LaTeX that a formula carries, else its characters."""
    display = math.get("display") == "block" or math.get("mode") == "display"
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            return _dollars(note.text or "", display)
    spoken = math.get("alttext")
    if spoken:
        return _dollars(spoken, display)
    return clean("".join(math.itertext())).replace("\n", " ")


def _dollars(latex: str, display: bool) -> str:
    latex = re.sub(r"^\{\\(?:display|text)style (.*)\}$", r"\1", " ".join(latex.split()))
    sign = "$$" if display else "$"
    return f"{sign}{latex}{sign}" if latex else ""
