"""Read RIS, the exchange format of reference managers and publishers."""

from __future__ import annotations

import re
from typing import Any

import rispy  # type: ignore[import-untyped]

from litsearch.errors import ListError
from litsearch.lists.authors.names import turned
from litsearch.lists.fields import check, clean_remark, doi_url, read_tag, repair, squeeze, year_in
from litsearch.lists.url_names import title_or_name
from litsearch.lists.urls import as_url, is_document
from litsearch.patterns import expression
from litsearch.types import Entry

SUFFIXES = (".ris", ".txt")
DEFAULT_FOR = (".ris",)

MAX_KEYWORDS = 20
_ATTACHMENTS = ("file_attachments1", "file_attachments2", "figure")

_START = expression(r"^TY  -", re.MULTILINE)


def accepts(text: str) -> bool:
    """Return True for a text that begins with a record."""
    return text.lstrip("\ufeff \r\n").startswith(("TY  - ", "TY - "))


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a reference that has a title or an address. Raises ListError."""
    text = repair(check(text))
    first = _START.search(text)
    if first is None:
        if not text.strip():
            return []
        raise ListError(
            "The list holds no RIS reference.", 'A reference begins with a line "TY  - ".'
        )
    try:
        records = rispy.loads(text[first.start() :])
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ListError(f"The list is no RIS file: {error}.", "Export it again.") from None
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _START.match(line)]
    entries = [_entry(record, line, path) for record, line in zip(records, lines, strict=False)]
    return [entry for entry in entries if entry is not None]


def _entry(record: dict[str, Any], line: int, path: str) -> Entry | None:
    links = [*record.get("urls", []), *record.get("unknown_tag", {}).get("LK", [])]
    url = next(filter(None, map(as_url, links)), None) or doi_url(record.get("doi", ""))
    title = title_or_name(_first(record, "title", "primary_title"), url)
    if not title:
        return None
    topic = ", ".join(map(squeeze, record.get("keywords", [])[:MAX_KEYWORDS]))
    remark = " ".join(record.get("notes", [])) or _first(record, "abstract", "notes_abstract")
    return Entry(
        list=path,
        line=line,
        title=title,
        url=url,
        topic=topic,
        remark=clean_remark(remark),
        authors=tuple(map(turned, record.get("authors") or record.get("first_authors", []))),
        year=year_in(_first(record, "year", "publication_year", "date"), anywhere=True),
        read=read_tag(topic),
        extra=(*_venue(record), *_document(record)),
    )


def _venue(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the journal, conference or book that a work stands in."""
    venue = squeeze(_first(record, "journal_name", "secondary_title", "alternate_title1"))
    return (("venue", venue),) if venue else ()


def _document(record: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the first document that is attached: "internal-pdf://moss.pdf"."""
    attached = ";".join([str(record.get(name, "")) for name in _ATTACHMENTS])
    for path in map(str.strip, attached.split(";")):
        if is_document(path):
            return (("file", path.removeprefix("internal-pdf://").removeprefix("file://")),)
    return ()


def _first(record: dict[str, Any], *names: str) -> str:
    return next((record[name] for name in names if record.get(name)), "")
