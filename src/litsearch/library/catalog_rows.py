"""The records of the catalog as rows of its tables, and back: what one half writes, the other reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from litsearch.library.filtering import Facts
from litsearch.types import CatalogSource, Document, Entry, Offsets, Passage, Source, Span, Verdict

_names = msgspec.json.Decoder(tuple[str, ...])
_extra = msgspec.json.Decoder(tuple[tuple[str, str], ...])
_spans = msgspec.json.Decoder(tuple[list[tuple[str, ...]], list[tuple[int, int, int, Any, Any]]])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def source_columns(item: CatalogSource, fingerprint: str) -> tuple[object, ...]:
    """All but the row and the first passage."""
    source, verdict = item.source, item.verdict
    return (
        source.source_id,
        source.url,
        source.kind,
        item.title,
        _json(item.authors),
        item.year,
        verdict.status,
        verdict.reason,
        verdict.remedy,
        item.document_url,
        item.media_type,
        _json(source.aliases),
        fingerprint,
    )


def entry_columns(item: CatalogSource) -> list[tuple[object, ...]]:
    """One tuple an entry: all but the source and the position."""
    return [
        (
            entry.list,
            entry.line,
            entry.title,
            entry.url,
            _json(entry.section),
            entry.topic,
            entry.remark,
            _json(entry.authors),
            entry.year,
            entry.read,
            _json(entry.extra),
        )
        for entry in item.source.entries
    ]


def document_columns(document: Document) -> tuple[object, ...]:
    """All but the source and the blocks of the text."""
    return (
        document.title,
        _json(document.authors),
        document.published,
        document.language,
        document.url,
        document.media_type,
        document.sha256,
        _pack(document.spans),
    )


def passage_columns(passage: Passage, source: int) -> tuple[object, ...]:
    """All but the row and the sentences."""
    return (
        passage.passage_id,
        source,
        passage.start,
        passage.end,
        _json(passage.heading),
        passage.page,
        passage.role,
    )


def _pack(spans: Sequence[Span]) -> str:
    """Headings once, spans as short rows: a long document has thousands of spans under the same few headings."""
    headings = list(dict.fromkeys(span.heading for span in spans))
    place = {heading: i for i, heading in enumerate(headings)}
    rows = [(span.start, span.end, place[span.heading], span.page, span.role) for span in spans]
    return _json((headings, rows))


def names(column: str) -> tuple[str, ...]:
    """A column that holds a list of strings."""
    return _names.decode(column)


def entry(columns: Sequence[Any]) -> Entry:
    """An entry from its columns, list first."""
    path, line, title, url, section, topic, remark, authors, year, read, extra = columns
    seen = None if read is None else bool(read)
    by = names(authors)
    return Entry(path, line, title, url, names(section), topic, remark, by, year, seen, _extra.decode(extra))


def facts(columns: Sequence[Any]) -> Facts:
    """What filters look at, from a source's columns (kind first, document_url last) and all those of an entry."""
    kind, by, year, title, url, aliases, document_url, _, _, *listed = columns
    one = entry(listed)
    addresses = tuple(filter(None, (url, document_url, *names(aliases))))
    authors, years, titles = (*names(by), *one.authors), (year, one.year), (title, one.title)
    return Facts(kind, one.list, one.topic, one.read, one.section, authors, years, titles, addresses)


def catalog_source(columns: Sequence[Any], entries: tuple[Entry, ...]) -> CatalogSource:
    """A source from its columns, source_id first and aliases last."""
    source_id, url, kind, title, authors, year, status, reason, remedy, document_url, media_type, aliases = columns
    source = Source(source_id, url, kind, entries, names(aliases))
    verdict = Verdict(status, reason, remedy)
    return CatalogSource(source, verdict, title, names(authors), year, document_url, media_type)


def document(source_id: str, columns: Sequence[Any], text: str) -> Document:
    """A document from its columns, title first."""
    title, authors, published, language, url, media_type, sha256, spans = columns
    parts = (names(authors), published, language)
    return Document(source_id, title, text, _unpack(spans), sha256, url, media_type, *parts)


def passage(columns: Sequence[Any], text: str, sentences: tuple[Offsets, ...]) -> Passage:
    """A passage from its columns, passage_id and source_id first."""
    passage_id, source_id, start, end, heading, page, role = columns
    return Passage(passage_id, source_id, text, start, end, names(heading), page, role, sentences)


def _unpack(text: str) -> tuple[Span, ...]:
    headings, rows = _spans.decode(text)
    return tuple(Span(start, end, headings[heading], page, role) for start, end, heading, page, role in rows)
