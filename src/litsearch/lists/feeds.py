"""Read feeds as lists: each post or episode of an RSS or Atom file is a work."""

from __future__ import annotations

from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_title, plain_text
from litsearch.lists.markup import name_of_tag, text_of, xml_root
from litsearch.lists.records import Record, entry_of
from litsearch.types import Entry

SUFFIXES = (".rss", ".atom", ".xml")

_FIELDS = {
    "title": "title",
    "creator": "authors",
    "author": "authors",
    "pubdate": "published",
    "published": "published",
    "date": "published",
    "updated": "date",
    "description": "description",
    "summary": "summary",
}


def accepts(text: str) -> bool:
    """Return True for a text that opens an RSS or Atom feed."""
    head = text[:4000].lower()
    return "<rss" in head or ("<feed" in head and "atom" in head) or "purl.org/rss/1.0/" in head


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a post, newest first as feeds are, under the feed's title. Raises ListError."""
    root = xml_root(text)
    posts = [element for element in root.iter() if name_of_tag(element) in ("item", "entry")]
    holder = next(
        (element for element in root.iter() if name_of_tag(element) in ("channel", "feed")), None
    )
    if holder is None:
        raise ListError("The list is no feed.", "Save the feed's XML.")
    name = clean_title(
        text_of(next((child for child in holder if name_of_tag(child) == "title"), None))
    )
    section = (name,) if name else ()
    records = [Record(post.sourceline or 1, _fields(post), section) for post in posts]
    entries = [entry_of(record, path) for record in records]
    return [entry for entry in entries if entry is not None and entry.url]


def _fields(post: etree._Element) -> dict[str, Any]:
    fields: dict[str, Any] = {"url": _address(post)}
    for child in post:
        tag = name_of_tag(child)
        name = _FIELDS.get(tag)
        if tag == "category":
            fields.setdefault("tags", []).append(child.get("term") or text_of(child))
        elif name is not None and not fields.get(name):
            fields[name] = plain_text(_author(child) if name == "authors" else text_of(child))
    return fields


def _author(element: etree._Element) -> str:
    """Return the name within an Atom author, else the words of an RSS one without the address."""
    name = next((child for child in element if name_of_tag(child) == "name"), element)
    text = text_of(name)
    return text.partition("(")[2].strip(" )") if "@" in text else text


def _address(post: etree._Element) -> str:
    links = [child for child in post if name_of_tag(child) == "link"]
    page = next((link for link in links if link.get("rel", "alternate") == "alternate"), None)
    if page is not None:
        return page.get("href") or text_of(page)
    guid = next((child for child in post if name_of_tag(child) == "guid"), None)
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        return text_of(guid)
    audio = next((child for child in post if name_of_tag(child) == "enclosure"), None)
    return "" if audio is None else str(audio.get("url", ""))
