"""Write what every reader of a remote library keeps beside it: sources, entries, counts of terms.

The snapshot is a catalog without texts, passages and posting lists: about 2 KB a source, and 20
bytes a term. Filters, titles and weights of terms are answered from it; all else is asked of the
engine. It also says which row counts under which stamp. That of an amended library is the one
before, changed in place, so that most of its blocks are what they were.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.index.catalog_rows import SCHEMA
from litsearch.index.catalog_writer import FTS, searchable, tokenized
from litsearch.languages import ENGLISH
from litsearch.stores.engine import FIELDS
from litsearch.stores.keys import Stamp

if TYPE_CHECKING:
    from litsearch.stores.engine import Field
    from litsearch.types import Vector

_ALIKE = ("sizes", "sources", "entries", "compounding")
_OWN = ("documents", "frequencies", "means", "stamps")
_EXTRA = """
CREATE TABLE frequencies (
    field TEXT NOT NULL, term TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY (field, term)
) STRICT, WITHOUT ROWID;
CREATE TABLE means (field TEXT PRIMARY KEY, rows INTEGER NOT NULL, length REAL NOT NULL) STRICT;
CREATE TABLE stamps (
    source INTEGER PRIMARY KEY, first_sentence INTEGER NOT NULL,
    texts BLOB NOT NULL, put INTEGER NOT NULL, words BLOB NOT NULL, named INTEGER NOT NULL
) STRICT;
"""
_HEADS = (
    "INSERT INTO documents SELECT source, title, authors, published, language, url, media_type,"
    " sha256, '[[],[]]', 0, 0 FROM whole.documents"
)
DIGEST = 16  # bytes


def write_snapshot(
    catalog: Catalog,
    path: Path,
    target: Path,
    stamps: Iterable[Stamp],
    means: Mapping[Field, float],
) -> None:
    """Write the snapshot of a catalog, which stands at a path.

    means: the lengths of rows by which the weights of terms in the engine were made.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        db.executescript(SCHEMA + _EXTRA)
        db.execute("ATTACH ? AS whole", (_read_only(path),))
        db.execute("BEGIN")
        for table in _ALIKE:
            db.execute(f"INSERT INTO {table} SELECT * FROM whole.{table}")
        db.execute(_HEADS)
        db.executemany("INSERT INTO stamps VALUES (?,?,?,?,?,?)", stamps)
        _write_statistics(db, means)
        _write_notes(db, catalog, catalog.rows().values())
        db.execute("COMMIT")


def amend_snapshot(before: Path, fresh: Path, target: Path) -> None:
    """Write the snapshot that says what a fresh one says, as near to the one before as can be."""
    shutil.copyfile(before, target)
    old, new = read_stamps(before), read_stamps(fresh)
    gone = [row for row in old if row not in new or new[row].words != old[row].words]
    come = [row for row in new if row not in old or new[row].words != old[row].words]
    with (
        closing(sqlite3.connect(target, isolation_level=None)) as db,
        closing(Catalog(before)) as catalog_before,
        closing(Catalog(fresh)) as catalog,
    ):
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("ATTACH ? AS fresh", (_read_only(fresh),))
        db.execute("BEGIN")
        for row, columns in _notes(catalog_before, gone):
            forget = "INSERT INTO sources_fts(sources_fts, rowid, title, authors, notes, text)"
            db.execute(f"{forget} VALUES ('delete', ?, ?, ?, ?, '')", (row, *columns))
        for table in (*_ALIKE, *_OWN):
            _follow(db, table)
        _write_notes(db, catalog, come)
        db.execute("COMMIT")


def _follow(db: sqlite3.Connection, table: str) -> None:
    """Change what differs in a table from that of the fresh snapshot, and nothing else."""
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    key = ", ".join(name for _, name, _, _, _, place in columns if place)
    stale = f"SELECT * FROM main.{table} EXCEPT SELECT * FROM fresh.{table}"
    db.execute(f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM ({stale}))")
    missing = f"SELECT * FROM fresh.{table} EXCEPT SELECT * FROM main.{table}"
    db.execute(f"INSERT INTO {table} {missing}")


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _write_statistics(db: sqlite3.Connection, means: Mapping[Field, float]) -> None:
    for field, mean in means.items():
        table = f"whole.{field}_terms"
        select = f"SELECT ?, term, sum(length(rows)) / 2 FROM {table} GROUP BY term"
        db.execute(f"INSERT INTO frequencies {select}", (field,))

        query = "SELECT lengths FROM whole.lengths WHERE terms = ?"
        (blob,) = db.execute(query, (f"{field}_terms",)).fetchone()
        rows = len(there(np.frombuffer(blob, "<f4")))
        db.execute("INSERT INTO means VALUES (?, ?, ?)", (field, rows, mean))


def _write_notes(db: sqlite3.Connection, catalog: Catalog, rows: Iterable[int]) -> None:
    """Enter what is said of sources outside of their text into the full-text index."""
    insert = f"INSERT INTO sources_fts(rowid, {FTS['sources_fts']}) VALUES (?, ?, ?, ?, '')"
    for row, columns in _notes(catalog, rows):
        db.execute(insert, (row, *columns))


def _notes(catalog: Catalog, rows: Iterable[int]) -> Iterator[tuple[int, list[str]]]:
    heads = catalog.heads()
    for row, source in sorted(catalog.sources_at(list(rows)).items()):
        fields = searchable(source, heads[source.source_id])[:3]
        yield row, tokenized(fields, source.language or ENGLISH)


def there(lengths: Vector) -> Vector:
    """Return the lengths of the rows that are there, of all that ever were."""
    return lengths[lengths >= 0].astype(np.float64)


def mean_of(lengths: Vector) -> float:
    """Return the mean length, 1 where nothing has any."""
    return float(lengths.mean()) if lengths.any() else 1.0


def mean_lengths(catalog: Catalog) -> dict[Field, float]:
    """Return how many terms the rows of each field have, in the mean."""
    means: dict[Field, float] = {}
    for field in FIELDS:
        query = "SELECT lengths FROM lengths WHERE terms = ?"
        (lengths,) = catalog.query(query, f"{field}_terms")[0]
        means[field] = mean_of(there(np.frombuffer(lengths, "<f4")))
    return means


def frozen_means(snapshot: Path) -> dict[Field, float]:
    """Return the same as they were when the engine's tables were made."""
    with closing(Catalog(snapshot)) as catalog:
        return dict(catalog.query("SELECT field, length FROM means"))


def read_stamps(snapshot: Path) -> dict[int, Stamp]:
    """Return the stamps of a snapshot, by the row of the source."""
    with closing(Catalog(snapshot)) as catalog:
        rows = catalog.query("SELECT * FROM stamps ORDER BY source")
    return {row[0]: Stamp(*row) for row in rows}


def stamps_for(catalog: Catalog, before: Mapping[int, Stamp], stamp: int) -> Iterator[Stamp]:
    """Yield the stamps of every source: those that it had before, where it is what it was."""
    texts, firsts = _digests(catalog)
    heads = catalog.heads()
    for row, source in sorted(catalog.sources_at(list(texts)).items()):
        fields = searchable(source, heads[source.source_id])[:3]
        words = _digest(texts[row], source.language, fields)
        old = before.get(row)
        put = old.put if old and old.texts == texts[row] else stamp
        of_name = old.named if old and old.words == words else stamp
        yield Stamp(row, firsts[row], texts[row], put, words, of_name)


_TEXTS = (
    "SELECT s.id, s.source_id, s.title, s.language, s.first_passage, s.last_passage,"
    " d.title, d.authors, d.published, d.language, d.url, d.media_type, d.sha256, d.spans,"
    " d.first_block, d.last_block"
    " FROM sources s JOIN documents d ON d.source = s.id ORDER BY s.id"
)
_SENTENCES = (
    "SELECT source, min(first_sentence), max(last_sentence) FROM passages"
    " WHERE first_sentence < last_sentence GROUP BY source"
)


def _digests(catalog: Catalog) -> tuple[dict[int, bytes], dict[int, int]]:
    """Return a digest of the texts of each source and of where they stand, and its first sentence,
    both by its row.
    """
    sentences = {row: (first, last) for row, first, last in catalog.query(_SENTENCES)}
    figures = _figures(catalog)
    digests, firsts, end = {}, {}, 0
    for row, *columns, first_block, last_block in catalog.query(_TEXTS):
        query = "SELECT text FROM blocks WHERE id >= ? AND id < ? ORDER BY id"
        text = catalog.query(query, first_block, last_block)
        firsts[row], end = sentences.get(row, (end, end))
        digests[row] = _digest(columns, firsts[row], end, text, figures.get(row, ()))
    return digests, firsts


def _figures(catalog: Catalog) -> dict[int, list[Sequence[object]]]:
    if not catalog.query("SELECT 1 FROM sqlite_master WHERE name = 'figures'"):
        return {}
    figures: dict[int, list[Sequence[object]]] = {}
    for row, *columns in catalog.query("SELECT * FROM figures ORDER BY source, position"):
        figures.setdefault(row, []).append(columns)
    return figures


def _digest(*parts: object) -> bytes:
    return blake2b(msgspec.msgpack.encode(parts), digest_size=DIGEST).digest()
