"""Elements of HTML: which are blocks, which are never text, and their text."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

_NEVER_TEXT = (
    "script style template noscript iframe object embed applet audio video canvas svg map area "
    "head meta link select option datalist textarea button input progress meter dialog frame "
    "frameset noframes img image param track menuitem"
)
_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main nav ol p section summary "
    "table tbody td tfoot th thead tr ul pre search html menu optgroup listing xmp plaintext"
)
WRITTEN = "bdi"  # the element that stands for a mark or formula which is written as characters
DEAD = frozenset(_NEVER_TEXT.split())
BLOCKS = frozenset(_BLOCKS.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}


_BREAKS = {"br": "\n"}
_SPACES = dict.fromkeys(BLOCKS, " ")
_SPACED = _SPACES | _BREAKS


def name_of(element: etree._Element) -> str:
    """Return the name of an element; "" for a comment or an entity."""
    return element.tag if isinstance(element.tag, str) else ""


def texts(element: etree._Element, *, spaced: bool = False) -> Iterator[str]:
    """Yield the pieces of text of an element without dead elements; blocks set apart if spaced."""
    before, behind = (_SPACED, _SPACES) if spaced else (_BREAKS, {})
    events = etree.iterwalk(element, events=("start", "end"))
    for event, inner in events:
        name = name_of(inner)
        if event == "end":
            yield behind.get(name, "")
            yield inner.tail or "" if inner is not element else ""
        elif not name or name in DEAD:
            events.skip_subtree()
        else:
            yield before.get(name, "")
            yield inner.text or ""


def all_text(element: etree._Element) -> str:
    """Return the text of an element as it stands."""
    return "".join(texts(element))


def spaced_text(element: etree._Element) -> str:
    """Return the text of an element with its blocks set apart."""
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


def rewrite(element: etree._Element, text: str) -> None:
    """Put a text in the place of what an element holds; linear, however many stand in one line."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = WRITTEN, text, tail
