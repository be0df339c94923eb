"""Remove what no generation that is kept needs: vectors, downloads, exported models, and leftovers
of killed builds.
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
    copies: int = 0  # that killed writers left in the store of the settings


def collect(
    index: Path, generations: Sequence[Generation], addresses: Collection[str]
) -> Collected:
    """Remove what neither the generations nor a build of their sources needs. The caller holds the
    lock.

    addresses: what such a build would ask for.
    """
    before = _size(index)
    for leftover in (
        *(index / "generations").glob(".draft-*"),
        *(index / "cache" / "bodies").glob("*/.new-*"),
    ):
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    vectors = _vectors(index / "embeddings.sqlite", generations)
    pages = _pages(index / "cache", addresses)
    models = _models(
        index / "models", {generation.manifest.facts.embedder[:16] for generation in generations}
    )
    return Collected(vectors, pages, models, (before - _size(index)) / 1e6)


def _vectors(path: Path, generations: Sequence[Generation]) -> int:
    """Forget the vectors of texts that no generation has."""
    if not path.exists():
        return 0
    needed_texts = {
        (generation.manifest.facts.embedder, key_of(text))
        for generation in generations
        for text in _texts(generation.catalog)
    }
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(
            "CREATE TEMP TABLE wanted (fingerprint TEXT, text BLOB,"
            " PRIMARY KEY (fingerprint, text))"
        )
        db.execute("BEGIN")
        db.executemany("INSERT INTO wanted VALUES (?, ?)", needed_texts)
        needed = "SELECT 1 FROM wanted w JOIN embedders e USING (fingerprint)"
        removed = embedding_store.forget(
            db, f"EXISTS ({needed} WHERE e.id = vectors.embedder AND w.text = vectors.text)"
        )
        db.execute(
            "DELETE FROM embedders WHERE fingerprint NOT IN (SELECT fingerprint FROM wanted)"
        )
        db.execute("COMMIT")
        if removed:
            db.execute("VACUUM")
        return removed


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
        needed = "SELECT url FROM wanted UNION SELECT final_url FROM fetches"
        needed += " WHERE url IN (SELECT url FROM wanted)"
        removed = db.execute(
            f"DELETE FROM fetches WHERE url NOT LIKE '%/robots.txt' AND url NOT IN ({needed})"
        )
        db.execute("COMMIT")
        bodies = {
            body for (body,) in db.execute("SELECT sha256 FROM fetches WHERE sha256 IS NOT NULL")
        }
    for path in (cache / "bodies").glob("*/*"):
        if path.name not in bodies:
            path.unlink()
    return removed.rowcount


def _models(folder: Path, names: Collection[str]) -> int:
    unneeded = (
        [path for path in folder.iterdir() if path.name not in names] if folder.is_dir() else []
    )
    for path in unneeded:
        shutil.rmtree(path)
    return len(unneeded)


def _size(folder: Path) -> int:
    return sum(
        {
            path.stat().st_ino: path.stat().st_size for path in folder.rglob("*") if path.is_file()
        }.values()
    )
