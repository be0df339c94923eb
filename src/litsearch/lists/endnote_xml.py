"""Read the XML that EndNote exports: one record a reference."""

from __future__ import annotations

from typing import Any

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.markup import name_of_tag, text_of, xml_root
from litsearch.lists.records import Record, entry_of
from litsearch.types import Entry

SUFFIXES = (".xml",)

_FIELDS = {
    "title": "title",
    "author": "authors",
    "year": "year",
    "url": "url",
    "electronic-resource-num": "doi",
    "keyword": "tags",
    "abstract": "abstract",
    "notes": "note",
}
_MANY = ("authors", "tags", "url")


def accepts(text: str) -> bool:
    """Return True for a text that opens EndNote's records."""
    head = text[:4000].lower()
    return "<records>" in head and "<record>" in head


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a record that has a title. Raises ListError."""
    root = xml_root(text)
    records = [element for element in root.iter() if name_of_tag(element) == "record"]
    if not records:
        raise ListError("The list holds no EndNote record.", "Export it as XML or RIS.")
    entries = [
        entry_of(Record(record.sourceline or 1, _fields(record)), path) for record in records
    ]
    return [entry for entry in entries if entry is not None]


def _fields(record: etree._Element) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for element in record.iter():
        name = _FIELDS.get(name_of_tag(element))
        if name in _MANY:
            fields.setdefault(name, []).append(text_of(element))
        elif name:
            fields.setdefault(name, text_of(element))
    return fields
