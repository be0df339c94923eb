"""Turn the records of the catalog into rows of its tables, and back."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import IndexCorrupt
from litsearch.index.filters import Facts
from litsearch.types import (
    CatalogSource,
    Document,
    Entry,
    Figure,
    Offsets,
    Passage,
    Source,
    Span,
    Verdict,
)

_names = msgspec.json.Decoder(tuple[str, ...])
_extra = msgspec.json.Decoder(tuple[tuple[str, str], ...])
# A row has start, end, heading, page and role; that of a list's item its mark as well.
_spans = msgspec.json.Decoder(tuple[list[tuple[str, ...]], list[list[Any]]])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def source_columns(item: CatalogSource, fingerprint: str) -> tuple[object, ...]:
    """Return all but the row and the first passage."""
    verdict = item.verdict
    return (
        item.source_id,
        item.url,
        item.kind,
        item.title,
        _json(item.authors),
        item.year,
        verdict.status,
        verdict.reason,
        verdict.remedy,
        item.document_url,
        item.media_type,
        _json(item.aliases),
        item.language,
        fingerprint,
    )


def entry_columns(item: CatalogSource) -> list[tuple[object, ...]]:
    """Return one tuple an entry: all but the source and the position."""
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
        for entry in item.entries
    ]


def document_columns(document: Document) -> tuple[object, ...]:
    """Return all but the source and the blocks of the text."""
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
    """Return all but the row and the sentences."""
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
    """Headings once, spans as short rows: a long document has thousands of spans under the same few
    headings.
    """
    headings = list(dict.fromkeys(span.heading for span in spans))
    place = {heading: i for i, heading in enumerate(headings)}
    return _json((headings, [_row(span, place[span.heading]) for span in spans]))


def _row(span: Span, heading: int) -> tuple[int | str | None, ...]:
    row = (span.start, span.end, heading, span.page, span.role)
    return (*row, span.item) if span.item else row


def names(column: str) -> tuple[str, ...]:
    """Return a column that holds a list of strings."""
    return _names.decode(column)


def entry(columns: Sequence[Any]) -> Entry:
    """Return an entry from its columns, list first."""
    path, line, title, url, section, topic, remark, authors, year, read, extra = columns
    was_read = None if read is None else bool(read)
    by = names(authors)
    return Entry(
        path,
        line,
        title,
        url,
        names(section),
        topic,
        remark,
        by,
        year,
        was_read,
        _extra.decode(extra),
    )


def facts(columns: Sequence[Any]) -> Facts:
    """Return what filters look at, from a source's columns (source_id first) and all those of an
    entry.
    """
    source_id, language, kind, by, year, title, url, aliases, document_url, _, _, *entry_values = (
        columns
    )
    item = entry(entry_values)
    return Facts(
        kind=kind,
        list=item.list,
        topic=item.topic,
        read=item.read,
        section=item.section,
        authors=(*names(by), *item.authors),
        years=(year, item.year),
        titles=(title, item.title),
        addresses=tuple(filter(None, (url, document_url, *names(aliases)))),
        language=language or "",
        source=source_id,
    )


def catalog_source(columns: Sequence[Any], entries: tuple[Entry, ...]) -> CatalogSource:
    """Return a source from its columns, source_id first and language last."""
    (
        source_id,
        url,
        kind,
        title,
        authors,
        year,
        status,
        reason,
        remedy,
        document_url,
        media_type,
        aliases,
        language,
    ) = columns
    source = Source(source_id, url, kind, entries, names(aliases))
    verdict = Verdict(status, reason, remedy)
    return CatalogSource.of(
        source, verdict, title, names(authors), year, document_url, media_type, language
    )


def document(
    source_id: str, columns: Sequence[Any], text: str, figures: Sequence[Figure] = ()
) -> Document:
    """Return a document from its columns, title first."""
    title, authors, published, language, url, media_type, sha256, spans = columns
    parts = (names(authors), published, language)
    head = (source_id, title, text, _unpack(spans), sha256, url, media_type)
    return Document(*head, *parts, figures=tuple(figures))


def passage(columns: Sequence[Any], text: str, sentences: tuple[Offsets, ...]) -> Passage:
    """Return a passage from its columns, passage_id and source_id first."""
    passage_id, source_id, start, end, heading, page, role = columns
    return Passage(passage_id, source_id, text, start, end, names(heading), page, role, sentences)


def _unpack(text: str) -> tuple[Span, ...]:
    headings, rows = _spans.decode(text)
    return tuple(Span(start, end, headings[heading], *more) for start, end, heading, *more in rows)


APPLICATION_ID = 0x4C495453  # "LITS": tells file(1) and us that it is ours
SCHEMA_VERSION = 6
# characters of a text that are read at once: a passage has 280, and 7 blocks fill a page
BLOCK = 1024
TERM_TABLES = ("passage_terms", "source_terms", "card_terms")

# Not in catalogs from before there were figures; amended ones get it.
FIGURES = """
CREATE TABLE IF NOT EXISTS figures (
    source INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, url TEXT NOT NULL,
    alt TEXT NOT NULL, PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
"""
_TERMS = "".join(
    f"CREATE TABLE {table} (term TEXT NOT NULL, block INTEGER NOT NULL,"
    " rows BLOB NOT NULL, counts BLOB NOT NULL,"
    " PRIMARY KEY (term, block)) STRICT;\n"
    for table in TERM_TABLES
)
SCHEMA = f"""
PRAGMA page_size = 8192;
PRAGMA encoding = 'UTF-8';
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE sizes (name TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT;
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, url TEXT, kind TEXT NOT NULL,
    title TEXT NOT NULL, authors TEXT NOT NULL, year INTEGER, status TEXT NOT NULL,
    reason TEXT NOT NULL, remedy TEXT NOT NULL,
    document_url TEXT NOT NULL, media_type TEXT NOT NULL, aliases TEXT NOT NULL,
    language TEXT NOT NULL, fingerprint TEXT NOT NULL, first_passage INTEGER NOT NULL,
    last_passage INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
    source INTEGER NOT NULL, position INTEGER NOT NULL, list TEXT NOT NULL, line INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT, section TEXT NOT NULL, topic TEXT NOT NULL, remark TEXT NOT NULL,
    authors TEXT NOT NULL, year INTEGER, read INTEGER, extra TEXT NOT NULL,
    PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    source INTEGER PRIMARY KEY, title TEXT, authors TEXT NOT NULL, published TEXT, language TEXT,
    url TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL, spans TEXT NOT NULL,
    first_block INTEGER NOT NULL, last_block INTEGER NOT NULL
) STRICT;
CREATE TABLE blocks (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading TEXT NOT NULL,
    page INTEGER, role TEXT NOT NULL,
    first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL
) STRICT;
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL, start INTEGER, "end" INTEGER
) STRICT;
{FIGURES}
{_TERMS}
CREATE TABLE compounding (stem TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE lengths (terms TEXT PRIMARY KEY, lengths BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5(
    title, heading, text, content='', columnsize=1, tokenize="ascii tokenchars '+#'");
CREATE VIRTUAL TABLE sources_fts USING fts5(
    title, authors, notes, text, content='', columnsize=1, tokenize="ascii tokenchars '+#'");
"""


class SqliteFile:
    """Opened read-only and as immutable: no lock, no journal, one connection a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self.close = weakref.finalize(self, _close_all, self._connections)

    def rows(self, query: str, *arguments: object) -> list[Any]:
        """Return all rows of a query. Raises IndexCorrupt."""
        try:
            return self._connection.execute(query, arguments).fetchall()
        except (
            UnicodeEncodeError
        ):  # text that is no Unicode, from a command line: nothing in the file equals it
            return []
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self.corrupt(str(error)) from None

    def corrupt(self, why: str) -> IndexCorrupt:
        """Return the error that names this file and the mend."""
        return IndexCorrupt(f"{self._path} cannot be read: {why}.", "Run `litsearch build`.")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connections.append(connection)
            self._local.connection = connection
        return connection


def _close_all(connections: list[sqlite3.Connection]) -> None:
    for connection in connections:
        connection.close()
