"""Give every row in an engine a key of its own: its number, and the stamp of the copy that put it.

What was put is never changed. An amendment puts the rows that differ under its own stamp, and its
snapshot says which stamp counts for each row; keys with any other are of no concern to a reader:
what an amendment replaced, what a writer left that was killed, what another is putting right now.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.catalog import Catalog
    from litsearch.stores.engine import Part

    Numbers = NDArray[np.int64]

BITS = 33  # of a row; 30 are left for the stamp
ROW = (1 << BITS) - 1
NONE = -1  # the stamp of a row that is no more


def stamp_of(generation: str, after: str = "") -> int:
    """Return the stamp of what is put for a generation, all of it or what differs from the one that
    it comes after: 30 bits of a checksum of their names.

    An attempt that was broken off is thus continued, unless another generation came between.
    """
    return zlib.crc32(f"{generation} {after}".encode()) >> 2


def keys_of(rows: Numbers, stamps: Numbers | int) -> Numbers:
    """Return the keys of rows under their stamps."""
    keys: Numbers = np.asarray(rows, np.int64) | (np.asarray(stamps, np.int64) << BITS)
    return keys


class Stamp(NamedTuple):
    """Under which stamps a source was put, and digests of what was put."""

    source: int  # row
    first_sentence: int
    texts: bytes  # of its document, passages and sentences, and of where they stand
    put: int  # their stamp
    words: bytes  # of what it is found by as a whole
    named: int  # the stamp of its own row


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps of one generation, by row."""

    catalog: Catalog
    put: Numbers  # by row of the source; NONE where there is none
    named: Numbers
    whole: bool  # everything was put under one stamp, and nothing has gone
    sentences: Numbers  # first rows of the sentences of sources that are there ...
    of_sentences: Numbers  # ... and their stamps

    @staticmethod
    def of(catalog: Catalog) -> Stamps:
        """Read the stamps in a snapshot."""
        rows = catalog.query(
            "SELECT source, first_sentence, put, named FROM stamps ORDER BY source"
        )
        sources, sentences, put, of_names = np.array(rows, np.int64).reshape(-1, 4).T
        size = catalog.sizes["sources"]
        whole = len(sources) == size and len(np.unique(np.concatenate([put, of_names]))) <= 1
        by_row = _by_row(size, sources, put), _by_row(size, sources, of_names)
        return Stamps(catalog, *by_row, whole, sentences, put)

    def keys(self, part: Part, rows: Numbers) -> Numbers:
        """Return the keys of rows of a part."""
        if part == "sources":
            return keys_of(rows, self.named[rows])
        if part == "documents":
            return keys_of(rows, self.put[rows])
        if part == "passages":
            return keys_of(rows, self.put[self.catalog.source_rows_of(rows)])
        places = np.searchsorted(self.sentences, rows, side="right") - 1
        return keys_of(rows, self.of_sentences[places])

    def known(self, part: Part, keys: Numbers) -> NDArray[np.bool_]:
        """Return which of these keys of passages or sources count in this generation."""
        rows, stamps = keys & ROW, keys >> BITS
        size = self.catalog.sizes["passages" if part == "passages" else "sources"]
        current: NDArray[np.bool_] = rows < size
        inside = rows[current]
        if part == "passages":
            stamps_of_sources = self.put[self.catalog.source_rows_of(inside)]
            expected = np.where(self.catalog.has_passages(inside), stamps_of_sources, NONE)
        else:
            expected = self.named[inside]
        current[current] = expected == stamps[current]
        return current


def _by_row(size: int, rows: Numbers, values: Numbers) -> Numbers:
    by_row = np.full(size, NONE, np.int64)
    by_row[rows] = values
    return by_row
