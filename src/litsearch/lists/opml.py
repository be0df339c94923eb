"""Read OPML outlines: subscriptions of feed readers, and outliners' notes with links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_remark, clean_title, plain_text
from litsearch.lists.markup import name_of_tag, xml_root
from litsearch.lists.url_names import title_or_name
from litsearch.lists.urls import as_url
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".opml", ".xml")


MAX_DEPTH = 50  # outlines within outlines that are named
MAX_ATTRIBUTES = 50  # of one outline

_LINKED = expression(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,200}>([^<]{0,500})</a>",
    re.IGNORECASE,
)
_BARE = expression(r"https?://[^\s<>\"]+")
_TAG = expression(r"(?<!\S)#[\w/-]{2,40}")


@dataclass(frozen=True, slots=True)
class _Outline:
    """An element of an outline: its words without tags, its address, its tags, its attributes."""

    line: int
    words: str
    url: str | None
    topic: str
    value: dict[str, str]


def accepts(text: str) -> bool:
    """Return True for a text whose beginning opens an opml element."""
    return "<opml" in text[:4000].lower()


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry an outline with an address, under those that hold it. Raises ListError."""
    root = xml_root(text)
    if name_of_tag(root) != "opml":
        raise ListError("The list is no OPML outline.", "Export it as OPML.")
    entries: list[Entry] = []
    section: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if name_of_tag(element) != "outline":
            continue
        if event == "end":
            section.pop()
            continue
        outline = _outline(element)
        if outline.url:
            entries.append(
                _entry(outline, tuple(name for name in section[-MAX_DEPTH:] if name), path)
            )
        section.append(outline.words)
    return entries


def feeds(text: str) -> list[str]:
    """Return the addresses of the feeds that an outline subscribes to, each once.

    Raises ListError.
    """
    addresses: list[str] = []
    for element in xml_root(text).iter():
        for key, value in element.attrib.items():
            if str(key).lower() == "xmlurl":
                addresses += filter(None, [as_url(str(value))])
    return list(dict.fromkeys(addresses))


def _outline(element: etree._Element) -> _Outline:
    """Return what an outline says: feed readers name its address, outliners link it in its text."""
    value: dict[str, str] = {}
    for key in element.keys()[:MAX_ATTRIBUTES]:
        value[str(key).lower()] = str(element.attrib[key])
    text = value.get("title") or value.get("text", "")
    addresses = map(as_url, (value.get(key, "") for key in ("htmlurl", "url", "xmlurl")))
    url = next(filter(None, addresses), None)
    if url is None:
        url, text = _url_in(text)

    plain = plain_text(text)
    tags = [tag.strip("#") for tag in _TAG.findall(plain)]
    topic = ", ".join(tags) or value.get("category", "").strip("/")
    words = clean_title(_TAG.sub(" ", plain))
    return _Outline(element.sourceline or 1, words, url, topic, value)


def _url_in(text: str) -> tuple[str | None, str]:
    """Return the first address that a text links or holds, and the text with its words first."""
    linked = _LINKED.search(text)
    if linked:
        rest = text[: linked.start()] + text[linked.end() :]
        return as_url(unescape(linked[1])), f"{linked[2]} {rest}"
    bare = _BARE.search(text)
    if bare:
        return as_url(bare[0].rstrip(".,;:!?)")), text.replace(bare[0], " ")
    return None, text


def _entry(outline: _Outline, section: tuple[str, ...], path: str) -> Entry:
    value = outline.value
    return Entry(
        list=path,
        line=outline.line,
        title=title_or_name(outline.words, outline.url),
        url=outline.url,
        section=section,
        topic=outline.topic or (section[-1] if section else ""),
        remark=clean_remark(plain_text(value.get("description") or value.get("_note", ""))),
        read=True if value.get("_complete") == "true" else None,
    )
