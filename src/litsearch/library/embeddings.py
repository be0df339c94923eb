"""Vectors by the hash of their text and the embedder's fingerprint, in one SQLite file: nothing is embedded twice."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np

from litsearch.errors import IndexCorrupt

if TYPE_CHECKING:
    from litsearch.protocols import Embedder
    from litsearch.types import Matrix

CHUNK = 1024  # texts embedded between two commits: what a kill may cost, some seconds of work
_READ = 4096  # vectors read at once
_OFF = 0.01  # a stored vector whose length is further from 1 was damaged; float16 alone is off by 0.001
# Rows are appended in the order of the texts and found through the small index: with the vectors themselves in the
# order of their hashes, writing 60,000 took 12 s instead of 3 s.
_SCHEMA = """
PRAGMA page_size = 16384;
CREATE TABLE IF NOT EXISTS embedders (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS vectors (
    id INTEGER PRIMARY KEY, embedder INTEGER NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
    UNIQUE (embedder, text)
) STRICT;
"""


class EmbeddingStore:
    """The vectors of one embedder, as float16. A context manager; the caller holds the writer's lock."""

    def __init__(self, path: Path, fingerprint: str, dim: int) -> None:
        """Open the file, or make it. Raises IndexCorrupt."""
        self._path, self._dim = path, dim
        self._db = sqlite3.connect(path, isolation_level=None)
        with self._database():
            self._db.executescript(_SCHEMA)
            self._db.execute("INSERT OR IGNORE INTO embedders(fingerprint) VALUES (?)", (fingerprint,))
            query = "SELECT id FROM embedders WHERE fingerprint = ?"
            self._embedder: int = self._db.execute(query, (fingerprint,)).fetchone()[0]
            known = self._db.execute("SELECT text, id FROM vectors WHERE embedder = ?", (self._embedder,))
            self._rows: dict[bytes, int] = dict(known)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def known(self, texts: Sequence[str]) -> list[bool]:
        """Which of the texts have a vector already."""
        return [key_of(text) in self._rows for text in texts]

    def embed(self, texts: Sequence[str], embedder: Embedder) -> tuple[Matrix, int]:
        """(unit vectors of the texts, shape (n, dim); how many of them had to be made now).

        What is made is committed a chunk at a time, and every vector returned has been through the file, so a build
        that was killed and resumed gets the very vectors of one that was not. Raises IndexCorrupt.
        """
        keys = [key_of(text) for text in texts]
        with self._database():
            made = self._make(keys, texts, embedder)
            matrix, damaged = self._read(keys)
            if damaged:
                for key in damaged:
                    self._rows.pop(key, None)
                made += self._make(keys, texts, embedder)
                matrix, damaged = self._read(keys)
        return matrix, made

    def _make(self, keys: Sequence[bytes], texts: Sequence[str], embedder: Embedder) -> int:
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        todo = list(missing)
        for start in range(0, len(todo), CHUNK):
            chunk = todo[start : start + CHUNK]
            vectors = embedder.embed_passages([missing[key] for key in chunk])
            if vectors.shape != (len(chunk), self._dim) or not (abs(np.linalg.norm(vectors, axis=1) - 1) < _OFF).all():
                raise ValueError(f"The embedder did not give {len(chunk)} unit vectors of {self._dim} numbers.")
            self._write(chunk, vectors.astype(np.float16))
        return len(todo)

    def _write(self, keys: list[bytes], vectors: np.ndarray[tuple[int, ...], np.dtype[np.float16]]) -> None:
        insert = "INSERT OR REPLACE INTO vectors(embedder, text, vector) VALUES (?, ?, ?)"
        rows = {}
        self._db.execute("BEGIN")
        try:
            for key, vector in zip(keys, vectors, strict=True):
                rows[key] = self._db.execute(insert, (self._embedder, key, vector.tobytes())).lastrowid or 0
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        self._rows |= rows

    def _read(self, keys: Sequence[bytes]) -> tuple[Matrix, list[bytes]]:
        """The stored vectors, made unit again, and the keys of those that are damaged."""
        matrix = np.empty((len(keys), self._dim), np.float32)
        blank = bytes(2 * self._dim)
        for start in range(0, len(keys), _READ):
            rows = [self._rows[key] for key in keys[start : start + _READ]]
            query = "SELECT id, vector FROM vectors WHERE id IN (SELECT value FROM json_each(?))"
            found = dict(self._db.execute(query, (json.dumps(rows),)))
            blobs = [found.get(row, blank) for row in rows]
            whole = b"".join(blob if len(blob) == len(blank) else blank for blob in blobs)
            matrix[start : start + _READ] = np.frombuffer(whole, np.float16).reshape(-1, self._dim)
        with np.errstate(all="ignore"):  # damaged numbers may be infinite
            lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
            matrix /= np.where(lengths > 0, lengths, 1)
        return matrix, [key for key, length in zip(keys, lengths[:, 0], strict=True) if not abs(length - 1) < _OFF]

    @contextmanager
    def _database(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self._db.close()
            raise IndexCorrupt(
                f"{self._path} cannot be used: {error}.",
                "Remove that file and run `litsearch build`: it will embed everything again.",
            ) from None


def key_of(text: str) -> bytes:
    """What a text is stored under."""
    return hashlib.sha256(text.encode()).digest()
