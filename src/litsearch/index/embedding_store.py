"""Keep vectors by the hash of their text and the embedder's fingerprint, so that no text is
embedded twice.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from litsearch.errors import IndexCorrupt, IndexMismatch

if TYPE_CHECKING:
    from litsearch.protocols import Embedder
    from litsearch.types import Matrix, Vector


CHUNK = 1024  # texts embedded between two commits: what a kill may cost, some seconds of work
VERSION = 2  # of the file; the first had no checksums, and said nothing of a version
# a vector whose length is further from 1 is no unit vector; float16 alone is off by 0.001
_OFF = 0.01
# Rows are appended in the order of the texts and found through the small index: with the vectors
# themselves in the order of their hashes, writing 60,000 took 12 s instead of 3 s.
_SCHEMA = f"""
PRAGMA page_size = 16384;
BEGIN IMMEDIATE;
CREATE TABLE embedders (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY, embedder INTEGER NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
    sum INTEGER NOT NULL DEFAULT 0, UNIQUE (embedder, text)
) STRICT;
PRAGMA user_version = {VERSION};
COMMIT;
"""
_MIGRATION = f"""
BEGIN IMMEDIATE;
ALTER TABLE vectors ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
UPDATE vectors SET sum = checksum(text, vector);
PRAGMA user_version = {VERSION};
COMMIT;
"""
_DAMAGED = "sum != checksum(text, vector)"
_REMOVE = "Remove that file and run `litsearch build`: it will embed everything again."


class EmbeddingStore:
    """The vectors of one embedder, as float16. A context manager; the caller holds the writer's
    lock.
    """

    def __init__(self, path: Path, fingerprint: str, dim: int, chunk: int = CHUNK) -> None:
        """Open the file, or make it. Raises IndexCorrupt, IndexMismatch.

        chunk: texts embedded between two commits.
        """
        self._path, self._dim, self._chunk = path, dim, chunk
        self._db = sqlite3.connect(path, isolation_level=None)
        with _database(self._db, path):
            self._prepare()
            self._db.execute(
                "INSERT OR IGNORE INTO embedders(fingerprint) VALUES (?)", (fingerprint,)
            )
            query = "SELECT id FROM embedders WHERE fingerprint = ?"
            self._embedder: int = self._db.execute(query, (fingerprint,)).fetchone()[0]

    def _prepare(self) -> None:
        """Bring the file to the newest version; the vectors stay."""
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            self._db.close()
            raise IndexMismatch(
                f"{self._path} was written by a newer litsearch.", "Upgrade litsearch."
            )
        if not self._db.execute("SELECT 1 FROM sqlite_schema").fetchone():
            self._db.executescript(_SCHEMA)
        elif version < VERSION:
            self._db.create_function("checksum", 2, _sum, deterministic=True)
            self._db.executescript(_MIGRATION)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def known(self, texts: Sequence[str]) -> list[bool]:
        """Return which of the texts have a vector already."""
        with _database(self._db, self._path):
            return [self._find("1", key_of(text)) is not None for text in texts]

    def embed(self, texts: Sequence[str], embedder: Embedder) -> tuple[Matrix, int]:
        """Return (unit vectors of the texts, shape (n, dim); how many of them had to be made now).

        What is made is committed a chunk at a time, and every vector returned has been through the
        file, so a build that was killed and resumed gets the very vectors of one that was not.
        Raises IndexCorrupt.
        """
        keys = [key_of(text) for text in texts]
        with _database(self._db, self._path):
            missing = {
                key: text for key, text in zip(keys, texts, strict=True) if self._blob(key) is None
            }
            self._make(missing, embedder)
            blobs = [self._blob(key) for key in keys]
        if None in blobs:
            raise IndexCorrupt(f"{self._path} does not give back what was written.", _REMOVE)
        known_vectors = np.frombuffer(b"".join(blob for blob in blobs if blob), np.float16).reshape(
            -1, self._dim
        )
        matrix = known_vectors.astype(np.float32)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        return matrix, len(missing)

    def _make(self, missing: dict[bytes, str], embedder: Embedder) -> None:
        todo = list(missing)
        for start in range(0, len(todo), self._chunk):
            chunk = todo[start : start + self._chunk]
            vectors = embedder.embed_passages([missing[key] for key in chunk])
            if (
                vectors.shape != (len(chunk), self._dim)
                or not (abs(np.linalg.norm(vectors, axis=1) - 1) < _OFF).all()
            ):
                raise ValueError(
                    f"The embedder did not give {len(chunk)} unit vectors of {self._dim} numbers."
                )
            self._write(chunk, [vector.tobytes() for vector in vectors.astype(np.float16)])

    def _write(self, keys: list[bytes], vectors: list[bytes]) -> None:
        insert = "INSERT OR REPLACE INTO vectors(embedder, text, vector, sum) VALUES (?, ?, ?, ?)"
        rows = [
            (self._embedder, key, vector, _sum(key, vector))
            for key, vector in zip(keys, vectors, strict=True)
        ]
        self._db.execute("BEGIN")
        try:
            self._db.executemany(insert, rows)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _blob(self, key: bytes) -> bytes | None:
        """Return the stored vector; None when there is none, or a damaged one."""
        vector, checksum = self._find("vector, sum", key) or (b"", 0)
        whole = len(vector) == 2 * self._dim and _sum(key, vector) == checksum
        return bytes(vector) if whole else None

    def _find(self, columns: str, key: bytes) -> tuple[bytes, int] | None:
        query = f"SELECT {columns} FROM vectors WHERE embedder = ? AND text = ?"
        row: tuple[bytes, int] | None = self._db.execute(query, (self._embedder, key)).fetchone()
        return row


def sql_of(fingerprint: str) -> tuple[tuple[str, ...], str, str]:
    """Return the columns of the vectors of an embedder that has been opened once, the query that
    gives them, and the statement that puts one in unless there is one.
    """
    columns = ("text", "vector", "sum")
    embedder = f"(SELECT id FROM embedders WHERE fingerprint = '{fingerprint}')"
    select = f"SELECT text, vector, sum FROM vectors WHERE embedder = {embedder}"
    values = f"VALUES ({embedder}, ?, ?, ?)"
    return columns, select, f"INSERT OR IGNORE INTO vectors (embedder, text, vector, sum) {values}"


def damaged(path: Path) -> int:
    """Return how many vectors of the file are not what was written.

    Raises IndexCorrupt when it is no such file, or broken.
    """
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    with closing(db), _database(db, path):
        (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise IndexCorrupt(f"{path} cannot be used: {verdict.splitlines()[-1]}.", _REMOVE)
        if db.execute("PRAGMA user_version").fetchone()[0] < VERSION:
            return 0
        db.create_function("checksum", 2, _sum, deterministic=True)
        # The join reads the names of all columns, which stand in the file as text, unchecked.
        whose = "LEFT JOIN embedders AS e ON e.id = embedder"
        query = f"SELECT count(*) FROM vectors {whose} WHERE {_DAMAGED} OR e.fingerprint IS NULL"
        count: int = db.execute(query).fetchone()[0]
        return count


def forget(db: sqlite3.Connection, unless: str) -> int:
    """Remove the damaged vectors, and those for which a condition in SQL does not hold; returns how
    many.
    """
    db.create_function("checksum", 2, _sum, deterministic=True)
    versions = db.execute("PRAGMA user_version").fetchone()[0]
    damage = _DAMAGED if versions >= VERSION else "0"
    return db.execute(f"DELETE FROM vectors WHERE NOT ({unless}) OR {damage}").rowcount


@contextmanager
def _database(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        db.close()
        raise IndexCorrupt(f"{path} cannot be used: {error}.", _REMOVE) from None


def _sum(key: bytes, vector: bytes) -> int:
    return zlib.crc32(vector, zlib.crc32(key))


def key_of(text: str) -> bytes:
    """Return what a text is stored under."""
    return hashlib.sha256(text.encode()).digest()


TITLE_SHARE = 0.15


def pool(sentences: Matrix, lengths: Sequence[int], title: Vector) -> Vector:
    """Return the length-weighted mean of sentence vectors plus a share of the title's, shape
    (dim,), unit length.

    Without sentences it is the title's vector.
    """
    if not len(sentences):
        return title
    weights = np.asarray(lengths, dtype=np.float32)
    mean = weights @ sentences / weights.sum()
    mixed = mean / max(float(np.linalg.norm(mean)), 1e-9) + TITLE_SHARE * title
    return np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-9), dtype=np.float32)
