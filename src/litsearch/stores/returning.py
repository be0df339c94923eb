"""Bring a generation in an engine back to this machine, as one of the local index.

Sources are loaded one after the other into a file, which a broken-off attempt is continued with;
then they are written as a build writes them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from litsearch.index.catalog_writer import CatalogWriter
from litsearch.index.generation import CATALOG_FILE, VECTORS_FILE
from litsearch.stores.parts import pieces
from litsearch.types import Document, Passage

if TYPE_CHECKING:
    from litsearch.index.publish import Draft
    from litsearch.protocols import Progress, VectorIndex
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Matrix

AT_ONCE = 32  # sources
_SCHEMA = """
CREATE TABLE IF NOT EXISTS loaded (
    place INTEGER PRIMARY KEY, document BLOB NOT NULL, passages BLOB NOT NULL,
    vectors BLOB NOT NULL, sentences BLOB NOT NULL, vector BLOB NOT NULL
) STRICT;
"""
_document = msgspec.msgpack.Decoder(Document)
_passages = msgspec.msgpack.Decoder(list[Passage])


def load_sources(store: RemoteStore, file: Path, progress: Progress) -> None:
    """Load every source of a generation into a file; those that are there are not loaded again."""
    sources, rows_by_id = store.catalog.sources(), store.catalog.rows()
    with closing(sqlite3.connect(file)) as db:
        db.executescript(_SCHEMA)
        (done,) = db.execute("SELECT count(*) FROM loaded").fetchone()
        for places in pieces(range(done, len(sources)), AT_ONCE):
            for place in places:
                name = sources[place].source_id
                columns = (place, *_loaded(store, name, rows_by_id[name]))
                db.execute("INSERT INTO loaded VALUES (?,?,?,?,?,?)", columns)
            db.commit()
            progress("Loading sources", places[-1] + 1, len(sources))


def _loaded(store: RemoteStore, source_id: str, row: int) -> tuple[bytes, ...]:
    catalog = store.catalog
    rows = catalog.passage_rows_of([row])
    bounds = catalog.sentence_rows(rows)
    bounds = bounds[bounds[:, 0] < bounds[:, 1]]
    sentences = np.arange(bounds[:, 0].min(), bounds[:, 1].max()) if len(bounds) else rows[:0]
    return (
        msgspec.msgpack.encode(catalog.document(source_id)),
        msgspec.msgpack.encode([passage for passage, _ in catalog.passages(rows)]),
        store.vectors.at(rows).astype("<f4").tobytes(),
        np.asarray(store.sentences[sentences], "<f2").tobytes(),
        store.source_vectors(np.array([row])).astype("<f4").tobytes(),
    )


def write_generation(
    store: RemoteStore,
    file: Path,
    draft: Draft,
    vectors_for: Callable[[int, int, VectorIndex | None], VectorIndex],
    keep: int,
) -> str:
    """Write and publish what was loaded; returns the generation's name here."""
    facts, sources = store.manifest.facts, store.catalog.sources()
    prints = store.catalog.fingerprints()
    vectors = vectors_for(facts.dim, store.counts["passages"], None)
    with (
        CatalogWriter(draft.folder / CATALOG_FILE) as catalog,
        draft.sentences(facts.dim) as sentences,
        draft.sources(facts.dim) as source_vectors,
    ):
        for source, row in zip(sources, _rows(file), strict=True):
            document, passages = _document.decode(row[0]), _passages.decode(row[1])
            catalog.add(source, prints[source.source_id], document, passages)
            if passages:
                vectors.add(_matrix(row[2], "<f4", facts.dim))
            sentences.append(_matrix(row[3], "<f2", facts.dim))
            source_vectors.append(_matrix(row[4], "<f4", facts.dim))
        catalog.finish()
    vectors.save(draft.folder / VECTORS_FILE)
    return draft.publish(facts, keep=keep)


def _rows(file: Path) -> Iterator[Sequence[bytes]]:
    with closing(sqlite3.connect(file)) as db:
        columns = "document, passages, vectors, sentences, vector"
        yield from db.execute(f"SELECT {columns} FROM loaded ORDER BY place")


def _matrix(data: bytes, kind: str, dim: int) -> Matrix:
    return np.frombuffer(data, kind).astype(np.float32).reshape(-1, dim)
