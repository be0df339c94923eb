"""A FAISS index that compares every vector, in half precision: it finds what exact search finds,
but for ties.

Of 29,000 vectors of 384 numbers a search takes 3.7 ms of processor time, where single precision
took 5.6 ms, and half the bytes are read from the disk; the scores of 2,000 rows take 1.0 ms instead
of 0.5. Scores are off by less than 1e-4. With AVX2 alone a search takes 4.2 ms; only a processor
without it, from before 2013, loses (40 ms instead of 6).
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

from litsearch.errors import IndexCorrupt

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix, Vector

    Nearest = tuple[Vector, NDArray[np.int64]]  # scores and rows

FLAT = b"IxSQ"  # how its file begins
# A scalar quantizer: kind, dim, rows, two unused, trained, metric; type of the quantizer, two
# settings of its training, dim, bytes a row, count of trained numbers; count of bytes.
_FLAT = struct.Struct("<4siqqq?iiifQQQQ")
# rows copied and compared at once (2,000 rows: 0.7 ms, as with 128; with 32 or all at once 1.2 ms)
_BLOCK = 256
_SLICE = 1 << 14  # rows copied at once
_NEAR = np.float32(1e-5)  # FAISS sums in another order when it looks for all above a score


ROOM = 1 << 16  # rows: more than 8 ms a search


class FlatIndex:
    """faiss.IndexScalarQuantizer of float16; equal scores are ordered by row."""

    room = ROOM

    def __init__(self, index: faiss.IndexScalarQuantizer, *, mapped: bool = False) -> None:
        self._index = index
        self._mapped = mapped
        self._scanner = Scanner(index.sq)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, vectors: Matrix) -> None:
        """Append rows."""
        if self._mapped:  # FAISS aborts the process when a mapped index is to grow
            before, codes = self._index, self._codes  # the codes lie in what is mapped
            self._index, self._mapped = _new(before.d), False
            self._scanner = Scanner(self._index.sq)
            for start in range(0, len(codes), _SLICE):
                self._index.add_sa_codes(codes[start : start + _SLICE])
        self._index.add_sa_codes(np.ascontiguousarray(vectors, np.float16).view(np.uint8))

    def search(
        self, query: Vector, k: int, allowed: NDArray[np.int64] | None = None
    ) -> tuple[Vector, NDArray[np.int64]]:
        """(scores, rows) of the best k rows, best first; of the allowed rows only, when given."""
        available = len(self) if allowed is None else len(allowed)
        if min(k, available) <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        # One query is no work for two threads: they wait for each other (13 ms with two, 4 ms with
        # one, on two busy cores). The setting is each calling thread's own.
        faiss.omp_set_num_threads(1)
        queries = np.ascontiguousarray(query, np.float32).reshape(1, -1)
        parameters = faiss.SearchParameters()
        if allowed is not None:
            mask: Any = bitmap(allowed, len(self))
            parameters.sel = faiss.IDSelectorBitmap(mask)  # type: ignore[call-arg]

        def best(count: int) -> tuple[Vector, NDArray[np.int64]]:
            scores, rows = self._index.search(queries, min(count, available), params=parameters)
            valid = rows[0] >= 0
            return scores[0][valid], rows[0][valid]

        def at_least(score: np.float32) -> tuple[Vector, NDArray[np.int64]]:
            return self._index.range_search(queries, float(score - _NEAR), params=parameters)[1:]

        return top_k(min(k, available), best, at_least)

    def scores(self, query: Vector, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, in their order. Raises IndexError."""
        row_numbers = np.asarray(rows, np.int64)
        if len(row_numbers) and not 0 <= row_numbers.min() <= row_numbers.max() < len(self):
            raise IndexError(
                f"Rows {row_numbers.min()} to {row_numbers.max()} are not all among {len(self)}."
            )
        codes = self._codes
        return self._scanner.scores(query, row_numbers, lambda some: codes[some])

    def vectors(self, start: int, stop: int) -> Matrix:
        """Return the vectors of these rows, as they are kept."""
        return self._codes[start:stop].view(np.float16).astype(np.float32)

    @property
    def _codes(self) -> NDArray[np.uint8]:
        """Return the bytes of the rows where they lie, shape (rows, 2 * dim)."""
        size, width = len(self), 2 * self._index.d
        if not size:
            return np.empty((0, width), np.uint8)
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(self._index.codes.data(), size * width)
        return codes.reshape(size, width)

    def save(self, path: Path) -> None:
        """Write the index in FAISS's own format. Raises OSError."""
        write(self._index, path)


def _new(dim: int) -> faiss.IndexScalarQuantizer:
    return faiss.IndexScalarQuantizer(
        dim, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def empty(dim: int) -> FlatIndex:
    """Return an index without rows."""
    return FlatIndex(_new(dim))


def load(path: Path) -> FlatIndex:
    """Return the index that was saved to this file, its vectors mapped from the disk.

    Raises IndexCorrupt.
    """
    try:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC) if whole_flat(path) else None
    except (OSError, struct.error, RuntimeError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}.", "Run `litsearch build`.") from None
    if not isinstance(index, faiss.IndexScalarQuantizer):
        raise IndexCorrupt(f"{path} is not a whole flat index.", "Run `litsearch build`.")
    return FlatIndex(index, mapped=True)


def write(index: faiss.Index, path: Path) -> None:
    """Write an index of FAISS's. Raises OSError."""
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:  # FAISS's only kind; a full disk, for one
        reason = str(error).partition(": ")[2] or error
        raise OSError(f"{path} cannot be written: {reason}") from None


def whole_flat(path: Path) -> bool:
    """Tell whether a file is a whole index of vectors in half precision, one after the other.

    Wrong sizes would make FAISS allocate or map what they say. Raises OSError, and struct.error
    when it is too short.
    """
    with path.open("rb") as file:
        head = _FLAT.unpack(file.read(_FLAT.size))
    kind, dim, rows, _, _, trained, metric, quantizer, _, _, width, code, numbers, codes = head
    actual = (kind, trained, metric, quantizer, width, code, numbers, codes)
    inner, half = faiss.METRIC_INNER_PRODUCT, faiss.ScalarQuantizer.QT_fp16
    expected = (FLAT, True, inner, half, dim, 2 * dim, 0, 2 * dim * rows)
    return (
        dim > 0 and rows >= 0 and actual == expected and path.stat().st_size == _FLAT.size + codes
    )


def top_k(
    k: int, best: Callable[[int], Nearest], at_least: Callable[[np.float32], Nearest]
) -> Nearest:
    """Return scores and rows of the best k, equals ordered by row.

    best(k): any best k, best first; at_least(score): all of that score or a better.
    """
    # One more than asked for shows whether the last place is shared.
    scores, rows = best(k + 1)
    if len(scores) > k and scores[k] == scores[k - 1]:
        scores, rows = at_least(scores[k])
    order = np.lexsort((rows, -scores))[:k]
    return scores[order], rows[order]


def bitmap(rows: NDArray[np.int64], size: int) -> NDArray[np.uint8]:
    """Return a bitmap of this size in which the bits of these rows are set, as FAISS reads it."""
    mask = np.zeros(size, bool)
    mask[rows] = True
    return np.packbits(mask, bitorder="little")


class Scanner:
    """Compares rows with a query, by inner product. Safe for threads."""

    def __init__(self, quantizer: faiss.ScalarQuantizer) -> None:
        self._quantizer: Any = quantizer
        self._local = threading.local()

    def scores(
        self,
        query: Vector,
        rows: NDArray[np.int64],
        codes: Callable[[NDArray[np.int64]], NDArray[np.uint8]],
    ) -> Vector:
        """Return the score of each of these rows, in their order; codes: gives the bytes of some
        rows, one after the other.
        """
        vector = np.ascontiguousarray(query, np.float32)
        scores = np.full(len(rows), -np.inf, np.float32)
        self._scanner.set_query(faiss.swig_ptr(vector))
        for start in range(0, len(rows), _BLOCK):
            best, places = self._scan(codes(rows[start : start + _BLOCK]))
            scores[start : start + _BLOCK][places] = best
        return scores

    def _scan(self, codes: NDArray[np.uint8]) -> tuple[Vector, NDArray[np.int64]]:
        """Return the scores of these bytes, best first, and their places among them."""
        count, pointer = len(codes), faiss.swig_ptr
        best, places, ids = (
            np.full(count, -np.inf, np.float32),
            np.zeros(count, np.int64),
            np.arange(count),
        )
        self._scanner.scan_codes(
            count, pointer(codes), pointer(ids), pointer(best), pointer(places), count
        )
        return best, places

    @property
    def _scanner(self) -> Any:
        """Return one a thread, since it keeps the query; FAISS's Python cannot free it, so that
        each use had its own.
        """
        if not hasattr(self._local, "scanner"):
            choose = self._quantizer.select_InvertedListScanner
            self._local.scanner = choose(faiss.METRIC_INNER_PRODUCT, None, False, None)
        return self._local.scanner
