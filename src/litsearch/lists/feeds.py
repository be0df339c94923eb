"""Read feeds as lists: each post or episode of an RSS or Atom file is a work."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from operator import itemgetter
from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_title, plain_text
from litsearch.lists.markup import child, children, elements, name_of_tag, text_of, xml_root
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
    """Return one entry a post, in the feed's order, under its title. Raises ListError."""
    _, posts = _posts(text, path)
    return [entry for _, entry in posts]


def newest(text: str, count: int) -> tuple[str, list[Entry]]:
    """Return a feed's name and its newest posts, newest first; without dates in their order.

    Raises ListError.
    """
    name, posts = _posts(text, "")
    posts.sort(key=itemgetter(0), reverse=True)
    return name, list(map(itemgetter(1), posts[:count]))


def _posts(text: str, path: str) -> tuple[str, list[tuple[float, Entry]]]:
    """Return a feed's name and its posts, each with its time. Raises ListError."""
    root = xml_root(text)
    holder = next(elements(root, "channel", "feed"), None)
    if holder is None:
        raise ListError("The list is no feed.", "Save the feed's XML.")
    name = clean_title(text_of(child(holder, "title")))
    section = tuple(filter(None, [name]))
    posts: list[tuple[float, Entry]] = []
    for post in elements(root, "item", "entry"):
        fields = _fields(post)
        entry = entry_of(Record(post.sourceline or 1, fields, section), path)
        if entry is not None and entry.url:
            posts.append((_time_of(fields), entry))
    return name, posts


def _time_of(fields: dict[str, Any]) -> float:
    """Return when a post was published, in seconds since 1970; 0 when it does not say."""
    written = str(fields.get("published") or fields.get("date") or "")
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        with suppress(ValueError, TypeError, OverflowError, OSError):
            return read(written).timestamp()
    return 0.0


def _fields(post: etree._Element) -> dict[str, Any]:
    fields: dict[str, Any] = {"url": _address(post)}
    for part in post:
        tag = name_of_tag(part)
        name = _FIELDS.get(tag)
        if tag == "category":
            fields.setdefault("tags", []).append(part.get("term") or text_of(part))
        elif name == "authors":
            fields.setdefault(name, []).append(plain_text(_author(part)))
        elif name is not None and not fields.get(name):
            fields[name] = plain_text(text_of(part))
    return fields


def _author(element: etree._Element) -> str:
    """Return the name within an Atom author, else the words of an RSS one without the address."""
    name = child(element, "name")
    text = text_of(element if name is None else name)
    return text.partition("(")[2].strip(" )") if "@" in text else text


def _address(post: etree._Element) -> str:
    """Return the address of a post's page, else its permanent one, else that of its sound."""
    for link in children(post, "link"):
        if link.get("rel", "alternate") == "alternate":
            return str(link.get("href") or text_of(link))
    guid = child(post, "guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true":
        return text_of(guid)
    sound = child(post, "enclosure")
    return "" if sound is None else str(sound.get("url", ""))
