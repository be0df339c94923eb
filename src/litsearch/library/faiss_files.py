"""Whether a file is a whole FAISS index, by its heads: wrong sizes would make FAISS allocate or map what they say."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLAT, LISTS = b"IxSQ", b"IwSq"  # how the two kinds begin
# A scalar quantizer: kind, dim, rows, two unused, trained, metric; type of the quantizer, two settings of its training,
# dim, bytes a row, count of trained numbers; count of bytes.
_FLAT = struct.Struct("<4siqqq?iiifQQQQ")
# Lists: kind, dim, rows, two unused, trained, metric, lists, probes; their centres, with a head of their own;
# no map; type of the quantizer, two settings of its training, dim, bytes a row, count of trained numbers.
_HEAD = struct.Struct("<4siqqq?iQQ")
_CENTRES = struct.Struct("<4siqqq?iQ")
_QUANTIZER = struct.Struct("<?QiifQQQ")
# Bytes a row, residual; kind, lists, bytes a row, kind of the sizes, count of them.
_LISTS = struct.Struct("<Q?4sQQ4sQ")


def whole_flat(path: Path) -> bool:
    """True for vectors one after the other in half precision. Raises OSError, struct.error when it is too short."""
    with path.open("rb") as file:
        found = _FLAT.unpack(file.read(_FLAT.size))
    kind, dim, rows, _, _, trained, metric, quantizer, _, _, width, code, numbers, codes = found
    about = (kind, trained, metric, quantizer, width, code, numbers, codes)
    inner, half = faiss.METRIC_INNER_PRODUCT, faiss.ScalarQuantizer.QT_fp16
    wanted = (FLAT, True, inner, half, dim, 2 * dim, 0, 2 * dim * rows)
    return dim > 0 and rows >= 0 and about == wanted and path.stat().st_size == _FLAT.size + codes


def lists_of(path: Path) -> NDArray[np.int64] | None:
    """Where in the file each list's vectors begin, a byte a number; None when it is no whole index of lists.

    Raises OSError, struct.error when it is too short.
    """
    with path.open("rb") as file:
        kind, dim, rows, _, _, trained, metric, lists, _ = _HEAD.unpack(file.read(_HEAD.size))
        coarse, width, centres, _, _, ready, measure, numbers = _CENTRES.unpack(file.read(_CENTRES.size))
        if (kind, coarse, width, centres, numbers) != (LISTS, b"IxFI", dim, lists, dim * lists):
            return None
        file.seek(4 * numbers, os.SEEK_CUR)
        mapped, places, quantizer, _, _, input_width, code, scale = _QUANTIZER.unpack(file.read(_QUANTIZER.size))
        file.seek(4 * scale, os.SEEK_CUR)
        row, residual, store, stored, bytes_a_row, sizing, count = _LISTS.unpack(file.read(_LISTS.size))
        sizes = np.frombuffer(file.read(8 * min(count, 2 * lists)), np.uint64)
        begin = file.tell()
    held = path.stat().st_size - begin
    each = _each(sizes.astype(np.int64), lists, sparse=sizing == b"sprs")
    about = (trained, ready, metric, measure, mapped, places, quantizer, input_width, code, scale, row, residual)
    inner, byte = faiss.METRIC_INNER_PRODUCT, faiss.ScalarQuantizer.QT_8bit
    wanted = (True, True, inner, inner, False, 0, byte, dim, dim, 2 * dim, dim, False)
    layout = (store, stored, bytes_a_row) == (b"ilar", lists, dim) and sizing in (b"full", b"sprs")
    whole = dim > 0 and rows >= 0 and about == wanted and layout and len(each) == lists
    if whole and each.min(initial=0) >= 0 and int(each.sum()) == rows == held / (dim + 8):
        begins: NDArray[np.int64] = begin + np.cumsum(each * (dim + 8)) - each * (dim + 8)
        return begins
    return None


def _each(sizes: NDArray[np.int64], lists: int, *, sparse: bool) -> NDArray[np.int64]:
    """The size of each list; sparse: of pairs of a list and its size, as it is written when most lists are empty."""
    if not sparse:
        return sizes
    named, found = sizes[::2], np.zeros(lists, np.int64)
    if len(sizes) % 2 or not ((named >= 0) & (named < lists)).all():
        return sizes[:0]
    found[named] = sizes[1::2]
    return found
