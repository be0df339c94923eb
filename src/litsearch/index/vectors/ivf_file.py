"""Read the file of an index of lists: where the vectors of each list lie, and their bytes, mapped.

Its head is checked before FAISS reads it: wrong sizes would make FAISS allocate or map what they
say.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np

from litsearch.index.vectors.flat import Scanner

if TYPE_CHECKING:
    from numpy.typing import NDArray

LISTS = b"IwSq"  # how its file begins
# Lists: kind, dim, rows, two unused, trained, metric, lists, probes; their centres, with a head of
# their own; no map; type of the quantizer, two settings of its training, dim, bytes a row, count of
# trained numbers.
_HEAD = struct.Struct("<4siqqq?iQQ")
_CENTRES = struct.Struct("<4siqqq?iQ")
_QUANTIZER = struct.Struct("<?QiifQQQ")
# Bytes a row, residual; kind, lists, bytes a row, kind of the sizes, count of them.
_LISTS = struct.Struct("<Q?4sQQ4sQ")


class MappedLists:
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
        inverted_lists: Any = index.invlists
        first = next(
            (number for number in range(index.nlist) if inverted_lists.list_size(number)), 0
        )
        lists = faiss.rev_swig_ptr(inverted_lists.get_codes(first), index.ntotal * (index.d + 8))
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


def list_offsets(path: Path) -> NDArray[np.int64] | None:
    """Return where in the file each list's vectors begin, a byte a number; None when it is no whole
    index of lists.

    Raises OSError, struct.error when it is too short.
    """
    with path.open("rb") as file:
        kind, dim, rows, _, _, *heads, lists, _ = _HEAD.unpack(file.read(_HEAD.size))
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
    actual = [heads, ready, mapped, places, quantizer, sizes_of_rows, row]
    byte, layout = faiss.ScalarQuantizer.QT_8bit, [dim, False, b"ilar", lists, dim]
    expected = [usual, usual, False, 0, byte, [dim, dim, 2 * dim], layout]
    if actual != expected or sizing not in (b"full", b"sprs") or dim <= 0 or rows < 0:
        return None

    each = _each(sizes.astype(np.int64), lists, sparse=sizing == b"sprs")
    file_rows = (path.stat().st_size - begin) / (dim + 8)
    return _begins(each, begin, dim) if _holds(each, lists, rows) and rows == file_rows else None


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
    numbers, counts = sizes[::2], np.zeros(lists, np.int64)
    if len(sizes) % 2 or not ((numbers >= 0) & (numbers < lists)).all():
        return sizes[:0]
    counts[numbers] = sizes[1::2]
    return counts
