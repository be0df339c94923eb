"""What the lists themselves say of a source, as a document: all there is when its page never came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from litsearch.types import Document, Entry, Source, Span

MEDIA_TYPE = "text/x-reading-list"


def card(source: Source) -> Document:
    """Return the lists' titles, authors, remarks and topics for a source, one span each, nothing
    said twice.
    """
    lines = list(dict.fromkeys(line for entry in source.entries for line in _lines(entry) if line))
    text, spans = "", []
    for line in lines:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{line}" if text else line
        spans.append(Span(start, len(text)))
    return Document(
        source_id=source.source_id,
        title=None,
        text=text,
        spans=tuple(spans),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        media_type=MEDIA_TYPE,
    )


def _lines(entry: Entry) -> Iterator[str]:
    yield _byline(entry)
    yield entry.remark
    yield " > ".join(dict.fromkeys((*entry.section, entry.topic) if entry.topic else entry.section))


def _byline(entry: Entry) -> str:
    by = f", by {', '.join(entry.authors)}" if entry.authors else ""
    return f"{entry.title}{by}{f' ({entry.year})' if entry.year else ''}"
