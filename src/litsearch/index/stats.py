"""A generation seen from afar: sources on a plane, sources like another one, and how many have
what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from litsearch.index.generation import Generation
from litsearch.types import CatalogSource

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.types import Matrix


@lru_cache(maxsize=1)
def places(generation: Generation) -> NDArray[np.float64]:
    """Every source on a plane by the first two principal components of their vectors, shape (n, 2),
    within [-1, 1].

    Rows are those of the catalog; the signs are fixed, so that the same library always looks the
    same.
    """
    _, vectors = _live(generation)
    vectors = vectors.astype(np.float64)
    if len(vectors) < 3:
        return (
            np.zeros((len(vectors), 2))
            + np.linspace(-0.5, 0.5, max(len(vectors), 1))[: len(vectors), None]
        )
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    plane = centred @ axes[:, [-1, -2]]
    plane *= np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    placed: NDArray[np.float64] = np.round(plane / max(np.abs(plane).max(), 1e-9), 4)
    return placed


def similar(generation: Generation, source_id: str, n: int) -> list[tuple[float, CatalogSource]]:
    """The n sources most like one, by the cosine of their vectors, best first. Raises KeyError."""
    sources, vectors = _live(generation)
    ids = [source.source_id for source in sources]
    if source_id not in ids:
        raise KeyError(source_id)
    place = ids.index(source_id)
    scores = vectors @ vectors[place]
    scores[place] = -2.0
    best = np.argsort(-scores, kind="stable")[:n]
    return [(float(scores[other]), sources[other]) for other in best if other != place]


def _live(generation: Generation) -> tuple[list[CatalogSource], Matrix]:
    """Return the sources in the order of the lists, and their unit vectors.

    The rows of sources that are gone stay in the file until much has gone.
    """
    rows = generation.catalog.sources_at(range(len(generation.sources)))
    return list(rows.values()), _unit(generation.sources[list(rows)])


@lru_cache(maxsize=1)
def tallies(generation: Generation) -> dict[str, list[dict[str, Any]]]:
    """How many sources have each year, kind, topic, verdict, list and read state: most first, years
    in order.
    """
    rows = generation.catalog.sources()
    by_entry = {
        name: [{getattr(entry, name) for entry in row.entries} for row in rows]
        for name in ("topic", "list")
    }
    return {
        "year": sorted(
            _tally(row.year for row in rows),
            key=lambda one: (one["value"] is None, one["value"] or ""),
        ),
        "kind": _tally(row.kind for row in rows),
        "topic": _tally(topic for topics in by_entry["topic"] for topic in topics),
        "status": _tally(row.verdict.status for row in rows),
        "list": _tally(name for names in by_entry["list"] for name in names),
        "read": _tally(_read(row) for row in rows),
    }


def _read(row: CatalogSource) -> str:
    """read when any list says so, as the filter for unread ones has it; else unread, or unmarked
    where none says.
    """
    marks = {entry.read for entry in row.entries}
    return "read" if True in marks else "unread" if False in marks else "unmarked"


def _tally(values: Iterable[Hashable]) -> list[dict[str, Any]]:
    return [
        {"value": None if v is None else str(v), "count": n}
        for v, n in Counter(values).most_common()
    ]


def _unit(matrix: Matrix) -> Matrix:
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Matrix = matrix / np.maximum(lengths, 1e-9)
    return unit
