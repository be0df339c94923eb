"""Read references whose fields are tagged lines: PubMed (.nbib), EndNote (.enw), Web of Science (.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from litsearch.errors import ListError
from litsearch.lists.fields import check, repair
from litsearch.lists.records import Record, entry_of
from litsearch.types import Entry

SUFFIXES = (".nbib", ".enw", ".ciw", ".txt")

_LINE = re.compile(
    r"(?:%(?P<endnote>[\w@+!?&(*^>]) |(?P<pubmed>[A-Z]{2,4}) *- |(?P<science>[A-Z][A-Z\d])(?: |$))(?P<value>.*)"
)
_FIRST = re.compile(r"\ufeff?\s*(?:PMID- \d|%0 \w|FN .+\nVR |PT [JBSP]\n)")
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
    start, fields = 0, {}  # type: tuple[int, dict[str, list[str]]]
    latest: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match is None or line[:1].isspace():
            _continue(latest, line)
            continue
        kind = str(match.lastgroup and next(name for name in _NAMES if match[name]))
        tag = match[kind]
        if tag in _STARTS or tag in _ENDS:
            if fields:
                yield Record(start, _known(fields))
            start, fields = number, {}
        latest = fields.setdefault(f"{kind}.{tag}", []) if tag not in _ENDS else []
        latest.append(match["value"].strip())
    if fields:
        yield Record(start, _known(fields))


def _continue(latest: list[str], line: str) -> None:
    """Add a line without a tag to the value above it: authors are one a line, other values go on."""
    if latest and line.strip():
        latest.append(line.strip())


def _known(tagged: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return the fields by their names; a DOI only where the tag says that it is one."""
    fields: dict[str, Any] = {}
    for key, values in tagged.items():
        kind, tag = key.split(".", 1)
        name = _NAMES[kind].get(tag, "")
        if name == "doi":
            dois = [
                value.split()[0]
                for value in values
                if value.strip() and (kind != "pubmed" or "[doi]" in value)
            ]
            fields.setdefault(name, dois)
        elif name in ("authors", "author full names"):
            fields[name] = values
        elif name == "keywords":
            fields[name] = [part.strip() for value in values for part in value.split(";")]
        elif name == "pmid":
            fields["permalink"] = f"https://pubmed.ncbi.nlm.nih.gov/{values[0]}/"
        elif name:
            fields[name] = (
                " ".join(values).removesuffix(".") if name == "title" else " ".join(values)
            )
    if fields.get("doi"):
        fields.pop("permalink", None)
    return fields
