"""Read Zotero's RDF export: references with their collections, tags and notes."""

from __future__ import annotations

from urllib.parse import unquote

from lxml import etree

from litsearch.errors import ListError
from litsearch.lists.fields import clean_remark, clean_title, doi_url, read_tag, year_in
from litsearch.lists.markup import child, children, elements, name_of_tag, text_of, xml_root
from litsearch.lists.url_names import title_or_name
from litsearch.lists.urls import as_url, is_document
from litsearch.types import Entry

SUFFIXES = (".rdf", ".xml")

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NO_WORKS = frozenset(["memo", "attachment", "collection", "journal", "series"])
MAX_DEPTH = 50  # collections within collections


def accepts(text: str) -> bool:
    """Return True for a text whose beginning opens an RDF element."""
    return "<rdf:rdf" in text[:4000].lower()


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a reference that has a title or an address, under its collections.

    Raises ListError.
    """
    root = xml_root(text)
    if root.tag != f"{_RDF}RDF":
        raise ListError("The list is no RDF file.", 'Export it from Zotero as "Zotero RDF".')
    library = _Library([element for element in root if isinstance(element.tag, str)])
    entries = [
        _entry(element, library, path)
        for element in library.items
        if name_of_tag(element) not in _NO_WORKS
    ]
    return [entry for entry in entries if entry is not None]


class _Library:
    """The items of an export, with the collections that hold them and the notes on them."""

    def __init__(self, items: list[etree._Element]) -> None:
        self.items = items
        self._notes: dict[str, str] = {}
        self._names: dict[str, str] = {}  # of collections
        self._parents: dict[str, str] = {}
        self._files: dict[str, str] = {}  # of attachments
        for element in items:
            self._take(element)

    def _take(self, element: etree._Element) -> None:
        about = _about(element)
        if name_of_tag(element) == "memo":
            self._notes[about] = text_of(child(element, "value"))
        elif name_of_tag(element) == "attachment":
            file = child(element, "resource")
            self._files[about] = "" if file is None else _resource(file)
        elif name_of_tag(element) == "collection":
            self._names[about] = clean_title(text_of(child(element, "title")))
            for part in children(element, "haspart"):
                self._parents.setdefault(_resource(part), about)

    def note(self, element: etree._Element) -> str:
        """Return the notes on a reference."""
        references = children(element, "isreferencedby")
        return " ".join([self._notes.get(_resource(part), "") for part in references])

    def document(self, element: etree._Element) -> tuple[tuple[str, str], ...]:
        """Return the first document that is attached to a reference."""
        paths = [self._files.get(_resource(part), "") for part in children(element, "link")]
        path = next(filter(is_document, paths), "")
        return (("file", unquote(path)),) if path else ()

    def section(self, about: str) -> tuple[str, ...]:
        """Return the collections that hold a reference, outermost first."""
        steps: list[str] = []
        above = self._parents.get(about)
        while above is not None and len(steps) < MAX_DEPTH:
            steps.append(self._names.get(above, ""))
            above = self._parents.get(above)
        return tuple(filter(None, reversed(steps)))


def _entry(element: etree._Element, library: _Library, path: str) -> Entry | None:
    url = _url(element)
    title = title_or_name(text_of(child(element, "title")), url)
    if not title:
        return None
    section = library.section(_about(element))
    tags = ", ".join(filter(None, map(text_of, children(element, "subject"))))
    remark = library.note(element) or text_of(child(element, "abstract"))
    return Entry(
        list=path,
        line=element.sourceline or 1,
        title=title,
        url=url,
        section=section,
        topic=tags or "".join(section[-1:]),
        remark=clean_remark(remark),
        authors=_authors(element),
        year=year_in(text_of(child(element, "date")), anywhere=True),
        read=read_tag(tags),
        extra=library.document(element),
    )


def _url(element: etree._Element) -> str | None:
    identifiers = [*map(text_of, children(element, "identifier")), _about(element)]
    url = next(filter(None, map(as_url, identifiers)), None)
    return url or doi_url(_doi(element))


def _doi(element: etree._Element) -> str:
    for identifier in map(text_of, elements(element, "identifier")):
        if identifier.upper().startswith("DOI "):
            return identifier.split()[-1]
    return ""


def _authors(element: etree._Element) -> tuple[str, ...]:
    authors = child(element, "authors")
    return () if authors is None else tuple(map(_name, elements(authors, "person")))


def _name(person: etree._Element) -> str:
    given_name = next(children(person, "givenname"), None)
    given_name = child(person, "forename") if given_name is None else given_name
    return f"{text_of(given_name)} {text_of(child(person, 'surname'))}".strip()


def _about(element: etree._Element) -> str:
    return str(element.get(f"{_RDF}about") or element.get(f"{_RDF}ID") or "")


def _resource(element: etree._Element) -> str:
    return str(element.get(f"{_RDF}resource", ""))
