"""Read references with a tag a line: PubMed (.nbib), EndNote (.enw), Web of Science (.txt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from litsearch.errors import ListError
from litsearch.lists.fields import check, repair
from litsearch.lists.records import Record, entry_of
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".nbib", ".enw", ".ciw", ".txt")

_LINE = expression(
    r"(?:%(?P<endnote>[\w@+!?&(*^>]) "
    r"|(?P<pubmed>[A-Z]{2,4}) *- "
    r"|(?P<science>[A-Z][A-Z\d])(?: |$))(?P<value>.*)"
)
_FIRST = expression(r"\ufeff?\s*(?:PMID- \d|%0 \w|FN .+\nVR |PT [JBSP]\n)")
_PUBMED = {
    "TI": "title",
    "BTI": "book title",
    "FAU": "author full names",
    "AU": "authors",
    "DP": "year",
    "AB": "abstract",
    "AID": "doi",
    "LID": "doi",
    "OT": "tags",
    "PMID": "pmid",
}
_ENDNOTE = {
    "T": "title",
    "A": "authors",
    "D": "year",
    "U": "url",
    "R": "doi",
    "K": "keywords",
    "X": "abstract",
    "Z": "note",
    ">": "file",
}
_SCIENCE = {
    "TI": "title",
    "AF": "author full names",
    "AU": "authors",
    "PY": "year",
    "DI": "doi",
    "AB": "abstract",
    "DE": "keywords",
    "UR": "url",
}
_NAMES = {"pubmed": _PUBMED, "endnote": _ENDNOTE, "science": _SCIENCE}
_STARTS = ("PMID", "0", "PT")
_ENDS = ("ER", "EF", "FN", "VR")


def accepts(text: str) -> bool:
    """Return True for a text that begins with a record of one of the three."""
    return _FIRST.match(text[:2000]) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a record that has a title. Raises ListError."""
    text = repair(check(text))
    records = list(_records(text))
    if text.strip() and not records:
        raise ListError(
            "The list holds no reference with tagged lines.", "Export it as RIS or BibTeX."
        )
    entries = [entry_of(record, path) for record in records]
    return [entry for entry in entries if entry is not None]


def _records(text: str) -> Iterator[Record]:
    start = 0
    fields: dict[tuple[str, str], list[str]] = {}
    latest: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match is None or line[:1].isspace():
            _continue(latest, line)
            continue
        kind = next(filter(match.__getitem__, _NAMES))
        tag = match[kind]
        if tag in (*_STARTS, *_ENDS):
            yield from _record(start, fields)
            start, fields = number, {}
        latest = [] if tag in _ENDS else fields.setdefault((kind, tag), [])
        latest.append(match["value"].strip())
    yield from _record(start, fields)


def _record(line: int, fields: Mapping[tuple[str, str], list[str]]) -> list[Record]:
    return [Record(line, _named(fields))] if fields else []


def _continue(latest: list[str], line: str) -> None:
    """Add a line without a tag to the value above it: authors are one a line, others go on."""
    if latest and line.strip():
        latest.append(line.strip())


def _named(tagged: Mapping[tuple[str, str], list[str]]) -> dict[str, Any]:
    """Return the fields by their names; a DOI only where the tag says that it is one."""
    fields: dict[str, Any] = {}
    for (kind, tag), values in tagged.items():
        name = _NAMES[kind].get(tag, "")
        if name == "doi":
            fields.setdefault(name, _dois(kind, values))
        elif name == "pmid":
            fields["permalink"] = f"https://pubmed.ncbi.nlm.nih.gov/{values[0]}/"
        elif name:
            fields[name] = _value(name, values)
    if fields.get("doi"):
        fields.pop("permalink", None)
    return fields


def _dois(kind: str, values: list[str]) -> list[str]:
    """Return the DOIs of a tag; PubMed's has other numbers too."""
    identifiers = [value for value in values if kind != "pubmed" or "[doi]" in value]
    return [value.split()[0] for value in identifiers if value.strip()]


def _value(name: str, values: list[str]) -> list[str] | str:
    if name in ("authors", "author full names"):
        return values
    if name == "keywords":
        return list(map(str.strip, ";".join(values).split(";")))
    text = " ".join(values)
    return text.removesuffix(".") if name == "title" else text
