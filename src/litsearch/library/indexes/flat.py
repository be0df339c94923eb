"""A FAISS flat index: every vector is compared, so nothing is approximate (4 ms for 23,000 vectors of 384 numbers)."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np

from litsearch.errors import IndexCorrupt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

_SLICE = 1 << 14  # rows copied at once
# FAISS's header of a flat inner-product index: kind, dim, rows, two unused, trained, metric, count of numbers.
_HEADER = struct.Struct("<4siqqq?iQ")


class FlatIndex:
    """faiss.IndexFlatIP; equal scores are ordered by row."""

    def __init__(self, index: faiss.Index, *, mapped: bool = False) -> None:
        self._index = index
        self._mapped = mapped

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, vectors: Matrix) -> None:
        """Append rows."""
        if self._mapped:  # FAISS aborts the process when a mapped index is to grow
            self._index, mapped = faiss.IndexFlatIP(self._index.d), self._index
            for start in range(0, mapped.ntotal, _SLICE):
                self._index.add(mapped.reconstruct_n(start, min(_SLICE, mapped.ntotal - start)))
            self._mapped = False
        self._index.add(np.ascontiguousarray(vectors, np.float32))

    def search(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k rows, best first; of the allowed rows only, when given."""
        available = len(self) if allowed is None else len(allowed)
        # One query is no work for two threads: they wait for each other (13 ms with two, 4 ms with one, on two busy
        # cores). The setting is each calling thread's own.
        faiss.omp_set_num_threads(1)
        k = min(k, available)
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        queries = np.ascontiguousarray(query, np.float32).reshape(1, -1)
        # One more than asked for shows whether the last place is shared: FAISS would give it to any of the equals.
        scores, rows = self._best(queries, min(k + 1, available), allowed)
        if len(scores) > k and scores[k] == scores[k - 1]:
            scores, rows = self._at_least(queries, scores[k], allowed)
        order = np.lexsort((rows, -scores))[:k]
        return scores[order], rows[order]

    def _best(self, queries: Matrix, k: int, allowed: NDArray[np.int64] | None) -> tuple[Vector, NDArray[np.int64]]:
        if allowed is None:
            scores, rows = self._index.search(queries, k)
        else:
            mask = np.zeros(len(self), bool)
            mask[allowed] = True
            selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg, arg-type]
            parameters = faiss.SearchParameters()
            parameters.sel = selector
            scores, rows = self._index.search(queries, k, params=parameters)
        found = rows[0] >= 0
        return scores[0][found], rows[0][found]

    def _at_least(
        self, queries: Matrix, score: np.float32, allowed: NDArray[np.int64] | None
    ) -> tuple[Vector, NDArray[np.int64]]:
        _, scores, rows = self._index.range_search(queries, float(np.nextafter(score, np.float32(-np.inf))))
        if allowed is None:
            return scores, rows
        kept = np.isin(rows, allowed)
        return scores[kept], rows[kept]

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """The score of each of these rows, in their order: nothing is copied, and no threads of BLAS wait."""
        queries, labels = np.ascontiguousarray(query, np.float32), np.ascontiguousarray(rows, np.int64)
        scores = np.empty(len(labels), np.float32)
        if not len(labels):
            return scores
        if not 0 <= labels.min() <= labels.max() < len(self):
            raise IndexError(f"Rows {labels.min()} to {labels.max()} are not all among {len(self)}.")
        faiss.omp_set_num_threads(1)
        compare = self._index.compute_distance_subset  # type: ignore[attr-defined]
        compare(1, faiss.swig_ptr(queries), len(labels), faiss.swig_ptr(scores), faiss.swig_ptr(labels))
        return scores

    def save(self, path: Path) -> None:
        """Write the index in FAISS's own format. Raises OSError."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:  # FAISS's only kind; a full disk, for one
            raise OSError(f"{path} cannot be written: {str(error).partition(': ')[2] or error}") from None


def empty(dim: int) -> FlatIndex:
    """An index without rows."""
    return FlatIndex(faiss.IndexFlatIP(dim))


def load(path: Path) -> FlatIndex:
    """The index that was saved to this file, its vectors mapped from the disk. Raises IndexCorrupt."""
    _check(path)
    try:
        return FlatIndex(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC), mapped=True)
    except RuntimeError as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", "Run `litsearch build`.") from None


def _check(path: Path) -> None:
    """Look at the header before FAISS does: a wrong count would make it allocate or map whatever it says."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
        kind, dim, rows, _, _, trained, metric, numbers = _HEADER.unpack(header)
        size = path.stat().st_size
    except (OSError, struct.error) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", "Run `litsearch build`.") from None
    whole = numbers == dim * rows and size == _HEADER.size + 4 * numbers
    if kind != b"IxFI" or dim <= 0 or rows < 0 or not trained or metric != faiss.METRIC_INNER_PRODUCT or not whole:
        raise IndexCorrupt(f"{path} is not a whole flat index.", "Run `litsearch build`.")
