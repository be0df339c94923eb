"""The tables of catalog.sqlite.

Rows of sources, passages and sentences are numbered in the order of their arrival. A source that goes, or whose text
changes, leaves a hole: its numbers are not given again. The vectors of passages, sentences and sources stand in their
files in the order of these numbers. A text stands once, cut into blocks; a passage is a stretch of it.
"""

APPLICATION_ID = 0x4C495453  # "LITS": tells file(1) and us that it is ours
SCHEMA_VERSION = 4
BLOCK = 1024  # characters of a text that are read at once: a passage has 280, and 7 blocks fill a page
TERM_TABLES = ("passage_terms", "source_terms", "card_terms")

_TERMS = "".join(
    f"CREATE TABLE {table} (term TEXT NOT NULL, block INTEGER NOT NULL, rows BLOB NOT NULL, counts BLOB NOT NULL,"
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
    id INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, url TEXT, kind TEXT NOT NULL, title TEXT NOT NULL,
    authors TEXT NOT NULL, year INTEGER, status TEXT NOT NULL, reason TEXT NOT NULL, remedy TEXT NOT NULL,
    document_url TEXT NOT NULL, media_type TEXT NOT NULL, aliases TEXT NOT NULL, fingerprint TEXT NOT NULL,
    first_passage INTEGER NOT NULL, last_passage INTEGER NOT NULL, position INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
    source INTEGER NOT NULL, position INTEGER NOT NULL, list TEXT NOT NULL, line INTEGER NOT NULL,
    title TEXT NOT NULL, url TEXT, section TEXT NOT NULL, topic TEXT NOT NULL, remark TEXT NOT NULL,
    authors TEXT NOT NULL, year INTEGER, read INTEGER, extra TEXT NOT NULL, PRIMARY KEY (source, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE documents (
    source INTEGER PRIMARY KEY, title TEXT, authors TEXT NOT NULL, published TEXT, language TEXT,
    url TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL, spans TEXT NOT NULL,
    first_block INTEGER NOT NULL, last_block INTEGER NOT NULL
) STRICT;
CREATE TABLE blocks (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, heading TEXT NOT NULL, page INTEGER, role TEXT NOT NULL,
    first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL
) STRICT;
CREATE TABLE sentences (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, start INTEGER, "end" INTEGER) STRICT;
{_TERMS}
CREATE TABLE lengths (terms TEXT PRIMARY KEY, lengths BLOB NOT NULL) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5(
    title, heading, text, content='', columnsize=1, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sources_fts USING fts5(
    title, authors, notes, text, content='', columnsize=1, tokenize='porter unicode61 remove_diacritics 2');
"""
