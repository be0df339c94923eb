"""Read the posts of Delicious and Pinboard as their interface gives them in XML."""

from __future__ import annotations

from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.markup import elements, name_of_tag, xml_root
from litsearch.lists.records import Record, entry_of
from litsearch.types import Entry

SUFFIXES = (".xml",)


def accepts(text: str) -> bool:
    """Return True for a text that opens a list of posts with addresses."""
    head = text[:4000].lower()
    return "<posts" in head and ("<post href" in head or "<post " in head)


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a post. Raises ListError."""
    root = xml_root(text)
    if name_of_tag(root) != "posts":
        raise ListError("The list holds no posts.", "Export it again as XML.")
    records = [Record(post.sourceline or 1, _fields(post)) for post in elements(root, "post")]
    entries = [entry_of(record, path) for record in records]
    return [entry for entry in entries if entry is not None]


def _fields(post: etree._Element) -> dict[str, Any]:
    return {
        "url": post.get("href", ""),
        "title": post.get("description", ""),
        "note": post.get("extended", ""),
        "tags": post.get("tag", "").split(),
        "toread": post.get("toread", ""),
    }
