"""Scores of rows as FAISS keeps them: its scanner of lists compares bytes, without making them numbers first.

Of 2,000 rows of 384 numbers in half precision that takes 0.7 ms, of those of lists 1.0 ms, where it took 1.4 and 3.5.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

_BLOCK = 256  # rows copied and compared at once (2,000 rows: 0.7 ms, as with 128; with 32 or all at once 1.2 ms)


class Scanner:
    """Compares rows with a query, by inner product. Safe for threads."""

    def __init__(self, quantizer: faiss.ScalarQuantizer) -> None:
        self._quantizer: Any = quantizer
        self._local = threading.local()

    def scores(
        self, query: Vector, rows: NDArray[np.int64], codes: Callable[[NDArray[np.int64]], NDArray[np.uint8]]
    ) -> Vector:
        """The score of each of these rows, in their order; codes: gives the bytes of some rows, one after the other."""
        asked = np.ascontiguousarray(query, np.float32)
        scores = np.full(len(rows), -np.inf, np.float32)
        self._scanner.set_query(faiss.swig_ptr(asked))
        for start in range(0, len(rows), _BLOCK):
            best, places = self._scanned(codes(rows[start : start + _BLOCK]))
            scores[start : start + _BLOCK][places] = best
        return scores

    def _scanned(self, codes: NDArray[np.uint8]) -> tuple[Vector, NDArray[np.int64]]:
        """The scores of these bytes, best first, and their places among them."""
        count, pointer = len(codes), faiss.swig_ptr
        best, places, every = np.full(count, -np.inf, np.float32), np.zeros(count, np.int64), np.arange(count)
        self._scanner.scan_codes(count, pointer(codes), pointer(every), pointer(best), pointer(places), count)
        return best, places

    @property
    def _scanner(self) -> Any:
        """One a thread, since it keeps the query; FAISS's Python cannot free it, so that each use had its own."""
        if not hasattr(self._local, "scanner"):
            choose = self._quantizer.select_InvertedListScanner
            self._local.scanner = choose(faiss.METRIC_INNER_PRODUCT, None, False, None)
        return self._local.scanner


class Listed:
    """The bytes of the rows of an index that is mapped from a file, where they lie: list after list."""

    def __init__(self, path: Path, index: faiss.IndexIVFScalarQuantizer, begins: NDArray[np.int64]) -> None:
        """begins: where in the file each list's vectors begin."""
        self.path, self.scanner = path, Scanner(index.sq)
        self._index = index  # which owns what _places lies in
        places: Any = index.direct_map.array
        self._places: NDArray[np.int64] = faiss.rev_swig_ptr(places.data(), index.ntotal)  # list << 32 | number in it
        self._begins, self._dim = begins - begins[0], index.d
        # From the first list on, which may be empty and then has no address of its own.
        kept: Any = index.invlists
        first = next((number for number in range(index.nlist) if kept.list_size(number)), 0)
        lists = faiss.rev_swig_ptr(kept.get_codes(first), index.ntotal * (index.d + 8))
        self._windows = np.lib.stride_tricks.sliding_window_view(lists, index.d) if index.ntotal else lists

    def codes(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The bytes of these rows, copied, shape (rows, dim)."""
        places = self._places[rows]
        codes: NDArray[np.uint8] = self._windows[self._begins[places >> 32] + (places & 0xFFFFFFFF) * self._dim]
        return codes
