"""Writes catalog.sqlite: sources, entries, documents, passages, sentences, posting lists and two full-text indexes.

The same calls give the same bytes: ids follow the order of the calls, and nothing in the file tells the time.
"""
# ruff: noqa: S608 - what is put into the text of a statement are constants of this module; values are bound.

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from litsearch.library import catalog_rows
from litsearch.library.postings import Postings
from litsearch.types import CatalogSource, Document, Offsets, Passage

APPLICATION_ID = 0x4C495453  # "LITS": tells file(1) and us that it is ours
SCHEMA_VERSION = 2

_SCHEMA = f"""
PRAGMA page_size = 8192;
PRAGMA encoding = 'UTF-8';
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, url TEXT, kind TEXT NOT NULL, title TEXT NOT NULL,
    authors TEXT NOT NULL, year INTEGER, status TEXT NOT NULL, reason TEXT NOT NULL, remedy TEXT NOT NULL,
    document_url TEXT NOT NULL, media_type TEXT NOT NULL, aliases TEXT NOT NULL, fingerprint TEXT NOT NULL,
    first_passage INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
    source INTEGER NOT NULL, position INTEGER NOT NULL, list TEXT NOT NULL, line INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT, section TEXT NOT NULL, topic TEXT NOT NULL, remark TEXT NOT NULL,
    authors TEXT NOT NULL, year INTEGER, read INTEGER, extra TEXT NOT NULL, PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    source INTEGER PRIMARY KEY, title TEXT, authors TEXT NOT NULL, published TEXT, language TEXT,
    url TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL, spans TEXT NOT NULL
) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading TEXT NOT NULL, page INTEGER, role TEXT NOT NULL,
    first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL
) STRICT;
CREATE TABLE sentences (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, start INTEGER, "end" INTEGER) STRICT;
CREATE TABLE passage_terms (term TEXT PRIMARY KEY, rows BLOB NOT NULL, impacts BLOB NOT NULL) STRICT;
CREATE TABLE source_terms (term TEXT PRIMARY KEY, rows BLOB NOT NULL, impacts BLOB NOT NULL) STRICT;
CREATE TABLE card_terms (term TEXT PRIMARY KEY, rows BLOB NOT NULL, impacts BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5(
    title, heading, text, content='', columnsize=1, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sources_fts USING fts5(
    title, authors, notes, text, content='', columnsize=1, tokenize='porter unicode61 remove_diacritics 2');
"""
_SOURCE = f"INSERT INTO sources VALUES ({','.join('?' * 15)})"
_ENTRY = f"INSERT INTO entries VALUES ({','.join('?' * 13)})"
_DOCUMENT = f"INSERT INTO documents VALUES ({','.join('?' * 10)})"
_PASSAGE = f"INSERT INTO passages VALUES ({','.join('?' * 11)})"
_TERM_TABLES = ("passage_terms", "source_terms", "card_terms")
SOURCE_WEIGHTS = (4.0, 2.0, 2.0, 1.0)  # of title, authors, notes and text; 1 each and 8, 4, 4, 1 ordered no worse
CARD_WEIGHTS = (2.0, 1.0, 1.0)  # of title, authors and notes
_URL_WORDS = re.compile(r"[^\W\d_]{3,}|\d{4,}")  # letters of an address that a person may remember it by
_URL_NOISE = frozenset({"http", "https", "www", "com", "org", "html", "htm", "php", "index"})


def sentence_units(passages: Sequence[Passage]) -> tuple[Offsets, ...]:
    """The distinct sentences of one document's passages, in the order of their rows in sentences.npy."""
    return tuple(sorted({unit for passage in passages for unit in passage.sentences}))


class CatalogWriter:
    """Writes one catalog file; use it as a context manager and end with finish()."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._sources = self._passages = self._sentences = 0
        self._postings = {table: Postings() for table in _TERM_TABLES}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._db.close()

    def add(self, source: CatalogSource, fingerprint: str, document: Document, passages: Sequence[Passage]) -> int:
        """Append a source with its document and passages; returns its row.

        Rows of passages and sentences go on where the last source's ended: vectors must be appended in the same order.
        Raises ValueError when a passage's sentences are not neighbours in its document.
        """
        row = self._sources
        self._db.execute(_SOURCE, (row, *catalog_rows.source_columns(source, fingerprint), self._passages))
        self._db.executemany(
            _ENTRY, [(row, i, *columns) for i, columns in enumerate(catalog_rows.entry_columns(source))]
        )
        self._db.execute(_DOCUMENT, (row, *catalog_rows.document_columns(document)))
        searchable = _searchable(source, document)
        self._db.execute(
            "INSERT INTO sources_fts(rowid, title, authors, notes, text) VALUES (?,?,?,?,?)", (row, *searchable)
        )
        self._postings["source_terms"].add(zip(searchable, SOURCE_WEIGHTS, strict=True))
        self._postings["card_terms"].add(zip(searchable, CARD_WEIGHTS, strict=False))
        self._add_passages(row, source.title, passages)
        self._sources += 1
        return row

    def _add_passages(self, source: int, title: str, passages: Sequence[Passage]) -> None:
        units = sentence_units(passages)
        place = {unit: i for i, unit in enumerate(units)}
        rows, searchable = [], []
        for row, passage in enumerate(passages, self._passages):
            first = place[passage.sentences[0]] if passage.sentences else 0
            last = first + len(passage.sentences)
            if units[first:last] != passage.sentences:
                raise ValueError(f"The sentences of passage {passage.passage_id} are not neighbours in its document.")
            bounds = (self._sentences + first, self._sentences + last)
            rows.append((row, *catalog_rows.passage_columns(passage, source), *bounds))
            searchable.append((row, title, " > ".join(passage.heading), passage.text))
        self._db.executemany(_PASSAGE, rows)
        for _, *fields in searchable:
            self._postings["passage_terms"].add((field, 1.0) for field in fields)
        self._db.executemany("INSERT INTO passages_fts(rowid, title, heading, text) VALUES (?,?,?,?)", searchable)
        self._db.executemany(
            "INSERT INTO sentences VALUES (?,?,?,?)",
            [(row, source, unit.start, unit.end) for row, unit in enumerate(units, self._sentences)],
        )
        self._passages += len(passages)
        self._sentences += len(units)

    def finish(self) -> None:
        """Complete the file and close it. Durability is the business of the generation, which syncs its files."""
        for table, postings in self._postings.items():
            self._db.executemany(f"INSERT INTO {table} VALUES (?,?,?)", postings.lists())
        for table in ("passages_fts", "sources_fts"):
            self._db.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self._db.execute("CREATE INDEX entries_by_list ON entries(list, topic)")
        self._db.execute("COMMIT")
        self._db.close()


def _searchable(item: CatalogSource, document: Document) -> tuple[str, str, str, str]:
    """Title, authors, notes and text of a source, as the full-text index gets them."""
    entries = item.source.entries
    titles = dict.fromkeys([item.title, document.title or "", *(entry.title for entry in entries)])
    authors = dict.fromkeys([*item.authors, *document.authors, *(name for entry in entries for name in entry.authors)])
    notes = [note for entry in entries for note in (entry.topic, *entry.section, entry.remark)]
    words = [word for url in (item.source.url or "", *item.source.aliases) for word in _URL_WORDS.findall(url)]
    notes += [word for word in words if word.lower() not in _URL_NOISE]
    return "\n".join(titles), "\n".join(authors), "\n".join(dict.fromkeys(notes)), document.text
