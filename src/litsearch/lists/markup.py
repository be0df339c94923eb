"""Read XML and HTML from strangers: no entities, no network, no huge trees."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import check


def xml_root(text: str) -> etree._Element:
    """Return the root of an XML text. Raises ListError."""
    text = check(text)
    if "<!ENTITY" in text:
        raise ListError(
            "The list defines XML entities, which are not read.", "Export it again without a DTD."
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_pis=True,
    )
    return _parsed(text, parser)


def html_root(text: str) -> etree._Element:
    """Return the root of an HTML text. Raises ListError."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True)
    return _parsed(check(text), parser)


def _parsed(text: str, parser: etree.XMLParser | etree.HTMLParser) -> etree._Element:
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ListError(
            f"The list is no well-formed document: {error}.", "Export it again."
        ) from None
    if root is None:
        raise ListError("The list is empty.", "Export it again.")
    return root


def text_of(element: etree._Element | None) -> str:
    """Return all the text in an element; "" for none."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def name_of_tag(element: etree._Element) -> str:
    """Return the tag without namespace, in lower case; "" for comments."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def elements(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements of these names at any depth, in document order."""
    for element in root.iter():
        if name_of_tag(element) in names:
            yield element


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names."""
    for part in element:
        if name_of_tag(part) in names:
            yield part


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name; None when there is none."""
    return next(children(element, name), None)
