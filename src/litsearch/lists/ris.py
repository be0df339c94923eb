"""RIS, the exchange format of reference managers and publishers."""

from __future__ import annotations

import re
from typing import Any

import rispy  # type: ignore[import-untyped]

from litsearch.errors import ListError
from litsearch.lists.fields import check, clean_remark, doi_url, read_tag, repair, squeeze, year_in
from litsearch.lists.urls import as_url, title_or_name
from litsearch.types import Entry

SUFFIXES = (".ris", ".txt")
DEFAULT_FOR = (".ris",)

_START = re.compile(r"^TY  -", re.MULTILINE)


def accepts(text: str) -> bool:
    """True for a text that begins with a record."""
    return text.lstrip("\ufeff \r\n").startswith(("TY  - ", "TY - "))


def parse(text: str, path: str) -> list[Entry]:
    """One entry a reference that has a title or an address. Raises ListError."""
    text = repair(check(text))
    starts = [number for number, line in enumerate(text.split("\n"), 1) if _START.match(line)]
    if text.strip() and not starts:
        raise ListError(
            "The list holds no RIS reference.", 'A reference begins with a line "TY  - ".'
        )
    try:
        records = rispy.loads(text[_START.search(text).start() :]) if starts else []  # type: ignore[union-attr]
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise ListError(f"The list is no RIS file: {error}.", "Export it again.") from None
    entries = [_entry(record, line, path) for record, line in zip(records, starts, strict=False)]
    return [entry for entry in entries if entry is not None]


def _entry(record: dict[str, Any], line: int, path: str) -> Entry | None:
    links = [*record.get("urls", []), *record.get("unknown_tag", {}).get("LK", [])]
    url = next((u for link in links if (u := as_url(link))), None)
    url = url or doi_url(record.get("doi", ""))
    title = title_or_name(record.get("title") or record.get("primary_title", ""), url)
    if not title:
        return None
    authors = record.get("authors") or record.get("first_authors", [])
    year = record.get("year") or record.get("publication_year") or record.get("date", "")
    topic = ", ".join(map(squeeze, record.get("keywords", [])[:20]))
    return Entry(
        list=path,
        line=line,
        title=title,
        url=url,
        topic=topic,
        remark=clean_remark(
            " ".join(record.get("notes", []))
            or record.get("abstract")
            or record.get("notes_abstract", "")
        ),
        authors=tuple(squeeze(" ".join(reversed(name.split(",", 1)))) for name in authors),
        year=year_in(year, anywhere=True),
        read=read_tag(topic),
    )
