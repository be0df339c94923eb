"""Zotero's RDF export: references with their collections, tags and notes."""

from __future__ import annotations

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_remark, clean_title, doi_url, read_tag, year_in
from litsearch.lists.markup import name_of_tag, text_of, xml_root
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".rdf", ".xml")

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NO_WORKS = frozenset(["memo", "attachment", "collection", "journal", "series"])
MAX_DEPTH = 50  # collections within collections


def accepts(text: str) -> bool:
    """True for a text whose beginning opens an RDF element."""
    return "<rdf:rdf" in text[:4000].lower()


def parse(text: str, path: str) -> list[Entry]:
    """One entry a reference that has a title or an address, under its collections. Raises ListError."""
    root = xml_root(text)
    if root.tag != f"{_RDF}RDF":
        raise ListError("The list is no RDF file.", 'Export it from Zotero as "Zotero RDF".')
    items = [element for element in root if isinstance(element.tag, str)]
    sections = _sections(items)
    notes = {_about(e): text_of(_child(e, "value")) for e in items if name_of_tag(e) == "memo"}
    entries = [_entry(e, sections, notes, path) for e in items if name_of_tag(e) not in _NO_WORKS]
    return [entry for entry in entries if entry is not None]


def _entry(
    element: etree._Element, sections: dict[str, tuple[str, ...]], notes: dict[str, str], path: str
) -> Entry | None:
    url = _url(element)
    title = title_or_name(text_of(_child(element, "title")), url)
    if not title:
        return None
    about = _about(element)
    section = sections.get(about, ())
    tags = [text_of(child) for child in element if name_of_tag(child) == "subject"]
    memos = [
        notes.get(c.get(f"{_RDF}resource", ""), "")
        for c in element
        if name_of_tag(c) == "isreferencedby"
    ]
    authors = _child(element, "authors")
    return Entry(
        list=path,
        line=element.sourceline or 1,
        title=title,
        url=url,
        section=section,
        topic=", ".join(t for t in tags if t) or (section[-1] if section else ""),
        remark=clean_remark(" ".join(memos) or text_of(_child(element, "abstract"))),
        authors=tuple(_person(p) for p in authors.iter() if name_of_tag(p) == "person")
        if authors is not None
        else (),
        year=year_in(text_of(_child(element, "date")), anywhere=True),
        read=read_tag(", ".join(tags)),
    )


def _url(element: etree._Element) -> str | None:
    named = [text_of(child) for child in element if name_of_tag(child) == "identifier"]
    inner = [text_of(child) for child in element.iter() if name_of_tag(child) == "identifier"]
    doi = next((name.split()[-1] for name in inner if name.upper().startswith("DOI ")), "")
    about = _about(element)
    return next((u for n in (*named, about) if (u := as_url(n))), None) or doi_url(doi)


def _person(person: etree._Element) -> str:
    given = text_of(
        _child(person, "givenname")
        if _child(person, "givenname") is not None
        else _child(person, "forename")
    )
    return f"{given} {text_of(_child(person, 'surname'))}".strip()


def _sections(items: list[etree._Element]) -> dict[str, tuple[str, ...]]:
    """The collections that hold each reference, outermost first."""
    parent: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in items:
        if name_of_tag(element) == "collection":
            names[_about(element)] = clean_title(text_of(_child(element, "title")))
            for child in element:
                if name_of_tag(child) == "haspart":
                    parent.setdefault(child.get(f"{_RDF}resource", ""), _about(element))
    found: dict[str, tuple[str, ...]] = {}
    for part in parent:
        steps: list[str] = []
        above = parent.get(part)
        while above is not None and len(steps) < MAX_DEPTH:
            steps.insert(0, names.get(above, ""))
            above = parent.get(above)
        found[part] = tuple(s for s in steps if s)
    return found


def _about(element: etree._Element) -> str:
    return str(element.get(f"{_RDF}about") or element.get(f"{_RDF}ID") or "")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if name_of_tag(child) == name), None)
