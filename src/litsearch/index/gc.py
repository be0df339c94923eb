"""Removes what no generation that is kept needs: vectors, downloads, exported models, and what
killed builds left.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from litsearch.index import embedding_store
from litsearch.index.catalog import Catalog
from litsearch.index.embedding_store import key_of
from litsearch.index.generation import Generation
from litsearch.index.write import Prepared, texts, whole


@dataclass(frozen=True, slots=True)
class Collected:
    """What was removed."""

    vectors: int
    pages: int
    models: int
    megabytes: float


def collect(index: Path, kept: Sequence[Generation], addresses: Collection[str]) -> Collected:
    """Remove what neither the generations nor a build of their sources needs. The caller holds the
    lock.

    addresses: what such a build would ask for.
    """
    before = _size(index)
    for left in (
        *(index / "generations").glob(".draft-*"),
        *(index / "cache" / "bodies").glob("*/.new-*"),
    ):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    vectors = _vectors(index / "embeddings.sqlite", kept)
    pages = _pages(index / "cache", addresses)
    models = _models(index / "models", {one.manifest.facts.embedder[:16] for one in kept})
    return Collected(vectors, pages, models, (before - _size(index)) / 1e6)


def _vectors(path: Path, kept: Sequence[Generation]) -> int:
    """Forget the vectors of texts that no generation has."""
    if not path.exists():
        return 0
    wanted = {
        (one.manifest.facts.embedder, key_of(text)) for one in kept for text in _texts(one.catalog)
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "CREATE TEMP TABLE wanted (fingerprint TEXT, text BLOB,"
            " PRIMARY KEY (fingerprint, text))"
        )
        db.execute("BEGIN")
        db.executemany("INSERT INTO wanted VALUES (?, ?)", wanted)
        named = "SELECT 1 FROM wanted w JOIN embedders e USING (fingerprint)"
        done = embedding_store.forget(
            db, f"EXISTS ({named} WHERE e.id = vectors.embedder AND w.text = vectors.text)"
        )
        db.execute(
            "DELETE FROM embedders WHERE fingerprint NOT IN (SELECT fingerprint FROM wanted)"
        )
        db.execute("COMMIT")
        if done:
            db.execute("VACUUM")
        return done


def _texts(catalog: Catalog) -> Iterator[str]:
    for row in catalog.sources():
        document = catalog.document(row.source_id)
        yield from texts(whole(Prepared(row, "", document, None, 0, unchanged=True), catalog))


def _pages(cache: Path, addresses: Collection[str]) -> int:
    """Forget the downloads from other addresses; those of robots.txt are small, and wear out by
    themselves.
    """
    if not (cache / "fetches.sqlite").exists():
        return 0
    with closing(sqlite3.connect(cache / "fetches.sqlite", isolation_level=None)) as db:
        db.execute("CREATE TEMP TABLE wanted (url TEXT PRIMARY KEY)")
        db.execute("BEGIN")
        db.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", [(url,) for url in addresses])
        asked = "SELECT url FROM wanted UNION SELECT final_url FROM fetches"
        asked += " WHERE url IN (SELECT url FROM wanted)"
        done = db.execute(
            f"DELETE FROM fetches WHERE url NOT LIKE '%/robots.txt' AND url NOT IN ({asked})"
        )
        db.execute("COMMIT")
        bodies = {
            body for (body,) in db.execute("SELECT sha256 FROM fetches WHERE sha256 IS NOT NULL")
        }
    for path in (cache / "bodies").glob("*/*"):
        if path.name not in bodies:
            path.unlink()
    return done.rowcount


def _models(folder: Path, wanted: Collection[str]) -> int:
    others = (
        [path for path in folder.iterdir() if path.name not in wanted] if folder.is_dir() else []
    )
    for path in others:
        shutil.rmtree(path)
    return len(others)


def _size(folder: Path) -> int:
    return sum(
        {
            path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()
        }.values()
    )
