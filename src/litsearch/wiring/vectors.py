"""Which kind of vector index a library gets: by the number of its passages, and as the file says once there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litsearch.protocols import VectorIndex

_SLICE = 1 << 14  # rows moved at once


def load_vectors(path: Path) -> VectorIndex:
    """Read vectors.faiss. Raises IndexCorrupt."""
    from litsearch.library.faiss_files import LISTS
    from litsearch.library.indexes import flat, ivf

    try:
        with path.open("rb") as file:
            kind = file.read(4)
    except OSError:
        kind = b""  # flat says what is wrong
    return ivf.load(path) if kind == LISTS else flat.load(path)


def vectors_for(folder: Path, dim: int, rows: int, before: VectorIndex | None) -> VectorIndex:
    """An index that is good for so many rows, and holds those from before; folder: where rows may wait in a file.

    Every vector is compared while that takes less time than the rest of a search; then lists save time and memory.
    """
    from litsearch.library.indexes import flat, ivf

    if before is not None and rows <= before.room:
        return before
    index: VectorIndex = flat.empty(dim) if rows <= flat.ROOM else ivf.empty(dim, folder)
    if before is not None:
        for start in range(0, len(before), _SLICE):
            index.add(before.vectors(start, start + _SLICE))
    return index
