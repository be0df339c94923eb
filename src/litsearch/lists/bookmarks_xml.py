"""Read bookmarks in XML: XBEL, Safari's property list, the posts of Delicious and Pinboard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.markup import child, children, elements, name_of_tag, text_of, xml_root
from litsearch.lists.records import Record, entry_of
from litsearch.types import Entry

SUFFIXES = (".xml", ".xbel", ".plist")

MAX_DEPTH = 40  # folders within folders
_OWN = ("com.apple.", "BookmarksBar", "BookmarksMenu")  # names that Safari's user never sees


def accepts(text: str) -> bool:
    """Return True for a text that opens as one of the three, with addresses."""
    head = text[:4000].lower()
    if "<posts" in head:
        return "<post href" in head or "<post " in head
    return "<xbel" in head or ("<plist" in head and "<key>URLString</key>" in text)


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a bookmark, under its folders. Raises ListError."""
    entries = [entry_of(record, path) for record in _records(xml_root(text))]
    return [entry for entry in entries if entry is not None]


def _records(root: etree._Element) -> Iterator[Record]:
    name = name_of_tag(root)
    if name == "posts":
        return _posts(root)
    if name == "xbel":
        return _xbel(root)
    if name == "plist":
        return _safari(root)
    raise ListError("The list holds no bookmarks.", "Export it again as XML.")


# Delicious and Pinboard, as their interface gives them.


def _posts(root: etree._Element) -> Iterator[Record]:
    for post in elements(root, "post"):
        yield Record(post.sourceline or 1, _fields_of_post(post))


def _fields_of_post(post: etree._Element) -> dict[str, Any]:
    return {
        "url": post.get("href", ""),
        "title": post.get("description", ""),
        "note": post.get("extended", ""),
        "tags": post.get("tag", "").split(),
        "toread": post.get("toread", ""),
    }


# XBEL, as floccus, buku and Konqueror write it.


def _xbel(folder: etree._Element, section: tuple[str, ...] = ()) -> Iterator[Record]:
    for part in children(folder, "folder", "bookmark"):
        title = text_of(child(part, "title"))
        if name_of_tag(part) == "folder" and len(section) < MAX_DEPTH:
            yield from _xbel(part, (*section, title) if title else section)
        elif part.get("href"):
            fields = {"url": part.get("href"), "title": title, "note": text_of(child(part, "desc"))}
            yield Record(part.sourceline or 1, fields, section)


# Safari's bookmarks and reading list.


def _safari(root: etree._Element) -> Iterator[Record]:
    for folder in children(root, "dict"):
        yield from _below(folder, ())


def _below(folder: etree._Element, section: tuple[str, ...]) -> Iterator[Record]:
    """Yield the bookmarks in a folder, or the one that it is."""
    values = _values(folder)
    if "URLString" in values:
        yield Record(folder.sourceline or 1, _fields_of_leaf(values), section)
    name = _text(values, "Title")
    below = (*section, name) if name and not name.startswith(_OWN) else section
    if len(below) < MAX_DEPTH and "Children" in values:
        for inner in children(values["Children"], "dict"):
            yield from _below(inner, below)


def _values(element: etree._Element) -> dict[str, etree._Element]:
    """Return the values of a dictionary, each of which stands behind its key."""
    values: dict[str, etree._Element] = {}
    for key, value in pairwise(element):
        if name_of_tag(key) == "key":
            values[text_of(key)] = value
    return values


def _fields_of_leaf(values: Mapping[str, etree._Element]) -> dict[str, str]:
    names = _values(values["URIDictionary"]) if "URIDictionary" in values else {}
    later = _values(values["ReadingList"]) if "ReadingList" in values else {}
    return {
        "url": _text(values, "URLString"),
        "title": _text(names, "title"),
        "excerpt": _text(later, "PreviewText"),
    }


def _text(values: Mapping[str, etree._Element], name: str) -> str:
    return text_of(values.get(name))
