"""Read notes that Evernote exports (.enex): a note clipped from a page is a work."""

from __future__ import annotations

from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.markup import name_of_tag, text_of, xml_root
from litsearch.lists.records import Record, entry_of
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".enex", ".xml")

_DOCTYPE = expression(r"<!DOCTYPE en-export [^>\[]{0,300}>")
_FIELDS = {"title": "title", "author": "authors", "source-url": "url"}


def accepts(text: str) -> bool:
    """Return True for a text that opens an Evernote export."""
    return "<en-export" in text[:4000]


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a note that was clipped from an address. Raises ListError."""
    root = xml_root(_DOCTYPE.sub("", text, count=1))
    notes = [element for element in root if name_of_tag(element) == "note"]
    if not notes and name_of_tag(root) != "en-export":
        raise ListError("The list is no Evernote export.", "Export the notebook as ENEX.")
    entries = [entry_of(Record(note.sourceline or 1, _fields(note)), path) for note in notes]
    return [entry for entry in entries if entry is not None and entry.url]


def _fields(note: etree._Element) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "tags": [text_of(child) for child in note if name_of_tag(child) == "tag"]
    }
    for element in note.iter():
        name = _FIELDS.get(name_of_tag(element))
        if name and name not in fields:
            fields[name] = text_of(element)
    return fields
