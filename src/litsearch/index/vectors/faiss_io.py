"""Whether a file is a whole FAISS index, by its heads: wrong sizes would make FAISS allocate or map
what they say.
"""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLAT, LISTS = b"IxSQ", b"IwSq"  # how the two kinds begin
# A scalar quantizer: kind, dim, rows, two unused, trained, metric; type of the quantizer, two
# settings of its training, dim, bytes a row, count of trained numbers; count of bytes.
_FLAT = struct.Struct("<4siqqq?iiifQQQQ")
# Lists: kind, dim, rows, two unused, trained, metric, lists, probes; their centres, with a head of
# their own; no map; type of the quantizer, two settings of its training, dim, bytes a row, count of
# trained numbers.
_HEAD = struct.Struct("<4siqqq?iQQ")
_CENTRES = struct.Struct("<4siqqq?iQ")
_QUANTIZER = struct.Struct("<?QiifQQQ")
# Bytes a row, residual; kind, lists, bytes a row, kind of the sizes, count of them.
_LISTS = struct.Struct("<Q?4sQQ4sQ")


def whole_flat(path: Path) -> bool:
    """Return True for vectors one after the other in half precision.

    Raises OSError, struct.error when it is too short.
    """
    with path.open("rb") as file:
        found = _FLAT.unpack(file.read(_FLAT.size))
    kind, dim, rows, _, _, trained, metric, quantizer, _, _, width, code, numbers, codes = found
    about = (kind, trained, metric, quantizer, width, code, numbers, codes)
    inner, half = faiss.METRIC_INNER_PRODUCT, faiss.ScalarQuantizer.QT_fp16
    wanted = (FLAT, True, inner, half, dim, 2 * dim, 0, 2 * dim * rows)
    return dim > 0 and rows >= 0 and about == wanted and path.stat().st_size == _FLAT.size + codes


def lists_of(path: Path) -> NDArray[np.int64] | None:
    """Return where in the file each list's vectors begin, a byte a number; None when it is no whole
    index of lists.

    Raises OSError, struct.error when it is too short.
    """
    with path.open("rb") as file:
        kind, dim, rows, _, _, *known, lists, _ = _HEAD.unpack(file.read(_HEAD.size))
        coarse, width, centres, _, _, *ready, numbers = _CENTRES.unpack(file.read(_CENTRES.size))
        if (kind, coarse, width, centres, numbers) != (LISTS, b"IxFI", dim, lists, dim * lists):
            return None

        file.seek(4 * numbers, os.SEEK_CUR)
        mapped, places, quantizer, _, _, *sizes_of_rows = _QUANTIZER.unpack(
            file.read(_QUANTIZER.size)
        )
        file.seek(4 * sizes_of_rows[-1], os.SEEK_CUR)
        *row, sizing, count = _LISTS.unpack(file.read(_LISTS.size))
        sizes = np.frombuffer(file.read(8 * min(count, 2 * lists)), np.uint64)
        begin = file.tell()

    usual = [True, faiss.METRIC_INNER_PRODUCT]  # trained, metric
    about = [known, ready, mapped, places, quantizer, sizes_of_rows, row]
    byte, layout = faiss.ScalarQuantizer.QT_8bit, [dim, False, b"ilar", lists, dim]
    wanted = [usual, usual, False, 0, byte, [dim, dim, 2 * dim], layout]
    if about != wanted or sizing not in (b"full", b"sprs") or dim <= 0 or rows < 0:
        return None

    each = _each(sizes.astype(np.int64), lists, sparse=sizing == b"sprs")
    held = (path.stat().st_size - begin) / (dim + 8)
    return _begins(each, begin, dim) if _holds(each, lists, rows) and rows == held else None


def _holds(each: NDArray[np.int64], lists: int, rows: int) -> bool:
    """Return True when there is a size of each list, and they make up the rows."""
    return len(each) == lists and each.min(initial=0) >= 0 and int(each.sum()) == rows


def _begins(each: NDArray[np.int64], begin: int, dim: int) -> NDArray[np.int64]:
    """Return where in the file each list begins; a row takes its numbers and 8 bytes."""
    sizes = each * (dim + 8)
    begins: NDArray[np.int64] = begin + np.cumsum(sizes) - sizes
    return begins


def _each(sizes: NDArray[np.int64], lists: int, *, sparse: bool) -> NDArray[np.int64]:
    """Return the size of each list; sparse: of pairs of a list and its size, as it is written when
    most lists are empty.
    """
    if not sparse:
        return sizes
    named, found = sizes[::2], np.zeros(lists, np.int64)
    if len(sizes) % 2 or not ((named >= 0) & (named < lists)).all():
        return sizes[:0]
    found[named] = sizes[1::2]
    return found


if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

    Found = tuple[Vector, NDArray[np.int64]]


def ranked(k: int, best: Callable[[int], Found], at_least: Callable[[np.float32], Found]) -> Found:
    """(scores, rows) of the best k. best(k): any best k, best first; at_least(score): all of that
    score or a better.
    """
    # One more than asked for shows whether the last place is shared.
    scores, rows = best(k + 1)
    if len(scores) > k and scores[k] == scores[k - 1]:
        scores, rows = at_least(scores[k])
    order = np.lexsort((rows, -scores))[:k]
    return scores[order], rows[order]


def bits(rows: NDArray[np.int64], size: int) -> NDArray[np.uint8]:
    """Return a bit for each of so many rows, set for these, as FAISS reads them."""
    mask = np.zeros(size, bool)
    mask[rows] = True
    return np.packbits(mask, bitorder="little")


if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Vector

# rows copied and compared at once (2,000 rows: 0.7 ms, as with 128; with 32 or all at once 1.2 ms)
_BLOCK = 256


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
        asked = np.ascontiguousarray(query, np.float32)
        scores = np.full(len(rows), -np.inf, np.float32)
        self._scanner.set_query(faiss.swig_ptr(asked))
        for start in range(0, len(rows), _BLOCK):
            best, places = self._scanned(codes(rows[start : start + _BLOCK]))
            scores[start : start + _BLOCK][places] = best
        return scores

    def _scanned(self, codes: NDArray[np.uint8]) -> tuple[Vector, NDArray[np.int64]]:
        """Return the scores of these bytes, best first, and their places among them."""
        count, pointer = len(codes), faiss.swig_ptr
        best, places, every = (
            np.full(count, -np.inf, np.float32),
            np.zeros(count, np.int64),
            np.arange(count),
        )
        self._scanner.scan_codes(
            count, pointer(codes), pointer(every), pointer(best), pointer(places), count
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


class Listed:
    """The bytes of the rows of an index that is mapped from a file, where they lie: list after
    list.
    """

    def __init__(
        self, path: Path, index: faiss.IndexIVFScalarQuantizer, begins: NDArray[np.int64]
    ) -> None:
        """begins: where in the file each list's vectors begin."""
        self.path, self.scanner = path, Scanner(index.sq)
        self._index = index  # which owns what _places lies in
        places: Any = index.direct_map.array
        # list << 32 | number in it
        self._places: NDArray[np.int64] = faiss.rev_swig_ptr(places.data(), index.ntotal)
        self._begins, self._dim = begins - begins[0], index.d
        # From the first list on, which may be empty and then has no address of its own.
        kept: Any = index.invlists
        first = next((number for number in range(index.nlist) if kept.list_size(number)), 0)
        lists = faiss.rev_swig_ptr(kept.get_codes(first), index.ntotal * (index.d + 8))
        self._windows = (
            np.lib.stride_tricks.sliding_window_view(lists, index.d) if index.ntotal else lists
        )

    def codes(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the bytes of these rows, copied, shape (rows, dim)."""
        places = self._places[rows]
        codes: NDArray[np.uint8] = self._windows[
            self._begins[places >> 32] + (places & 0xFFFFFFFF) * self._dim
        ]
        return codes
