"""Search exhaustively with numpy: the oracle that the other indexes are compared with."""

from __future__ import annotations

import sys
from pathlib import Path
from tokenize import TokenError
from typing import TYPE_CHECKING

import numpy as np

from litsearch.errors import IndexCorrupt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector


class ExactIndex:
    """A matrix, searched by inner product; equal scores are ordered by row."""

    room = sys.maxsize

    def __init__(self, vectors: Matrix) -> None:
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, vectors: Matrix) -> None:
        """Append rows."""
        self._vectors = np.concatenate([self._vectors, vectors.astype(np.float32)])

    def search(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k rows, best first; of the allowed rows only, when given."""
        rows = np.arange(len(self), dtype=np.int64) if allowed is None else allowed
        scores = (self._vectors[rows] @ query).astype(np.float32)
        best = np.lexsort((rows, -scores))[:k]
        return scores[best], rows[best]

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, in their order."""
        return (self._vectors[rows] @ query).astype(np.float32)

    def vectors(self, start: int, stop: int) -> Matrix:
        """Return the vectors of these rows."""
        return self._vectors[start:stop]

    def save(self, path: Path) -> None:
        """Write the matrix as .npy, whatever the name of the file."""
        with path.open("wb") as file:
            np.save(file, self._vectors, allow_pickle=False)


def empty(dim: int) -> ExactIndex:
    """Return an index without rows."""
    return ExactIndex(np.empty((0, dim), np.float32))


def load(path: Path) -> ExactIndex:
    """Return the index that was saved to this file. Raises IndexCorrupt."""
    try:
        vectors = np.load(path, allow_pickle=False)
    except (OSError, EOFError, ValueError, SyntaxError, TokenError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", "Run `litsearch build`.") from None
    if vectors.dtype != np.float32 or vectors.ndim != 2:
        raise IndexCorrupt(f"{path} does not hold vectors.", "Run `litsearch build`.")
    return ExactIndex(vectors)
