"""OPML outlines: subscriptions of feed readers, and outliners' notes with links."""

from __future__ import annotations

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_remark, clean_title, name_of_tag, xml_root
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".opml", ".xml")


def accepts(text: str) -> bool:
    """True for a text whose beginning opens an opml element."""
    return "<opml" in text[:4000].lower()


def parse(text: str, path: str) -> list[Entry]:
    """One entry an outline with an address, under the outlines that hold it. Raises ListError."""
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
        value = {str(key).lower(): str(v) for key, v in element.attrib.items()}
        words = clean_title(value.get("title") or value.get("text", ""))
        url = next(
            (u for key in ("htmlurl", "url", "xmlurl") if (u := as_url(value.get(key, "")))), None
        )
        if url:
            entries.append(
                _entry(
                    value, words, url, tuple(s for s in section if s), element.sourceline or 1, path
                )
            )
        section.append(words)
    return entries


def _entry(
    value: dict[str, str], words: str, url: str, section: tuple[str, ...], line: int, path: str
) -> Entry:
    return Entry(
        list=path,
        line=line,
        title=title_or_name(words, url),
        url=url,
        section=section,
        topic=value.get("category", "").strip("/") or (section[-1] if section else ""),
        remark=clean_remark(value.get("description") or value.get("_note", "")),
    )
