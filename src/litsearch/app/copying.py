"""Copy a library into another engine, and compare the copy with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app.factories import LOCAL, EngineStore, load_vectors
from litsearch.config import Config
from litsearch.errors import StoreError
from litsearch.index.generation import Generation, open_current
from litsearch.protocols import Progress

if TYPE_CHECKING:
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Vector

SEARCHES = 100  # that a copy is compared by
SHOWN = 10  # hits of each of them


def copy_to_store(library: Path, config: Config, progress: Progress) -> None:
    """Copy the live generation to the store that the settings name, if they name one."""
    if config.index.store != LOCAL:
        copy_out(library, config.index.store, progress, config.index.keep)


def copy_out(library: Path, address: str, progress: Progress, keep: int = 2) -> str:
    """Copy the live generation of this machine into an engine; returns its id.

    keep: generations to keep there, the new one included. What an earlier attempt copied is not
    copied again. Everything is read back and compared, and so are searches. Raises IndexMissing,
    StoreUnavailable, and StoreError when they differ.
    """
    from litsearch.stores.copying import copy

    generation = open_current(library / "index", load_vectors)
    engine = EngineStore(address, library)
    copy(generation, engine.sink, progress)
    compare(generation, engine.open(generation.id), progress)
    for old in engine.sink.generations()[:-keep]:
        engine.sink.drop(old)
    return generation.id


def compare(generation: Generation, store: RemoteStore, progress: Progress) -> None:
    """Compare what is kept, and what is found, in both. Raises StoreError when they differ."""
    from litsearch.stores.copying import differences

    faults = list(differences(generation, store, progress)) or _other_hits(generation, store)
    if faults:
        raise StoreError(
            f"The copy is not what was copied: {'; '.join(faults)}.",
            "Drop this generation in the store, and copy again.",
        )


def _other_hits(generation: Generation, store: RemoteStore) -> list[str]:
    """Say how many of a sample of searches find another passage first in the copy."""
    from litsearch.retrieval.search import search

    sources = generation.catalog.sources()
    sample = sources[:: max(1, len(sources) // SEARCHES)][:SEARCHES]
    rows, differing = generation.catalog.rows(), 0
    for source in sample:
        embed = _as_query(generation, rows[source.source_id])
        first, second = (
            search(place, embed, source.title or source.source_id, k=SHOWN, depth=200).hits
            for place in (generation, store)
        )
        local_ids = [hit.passage.passage_id for hit in first[:1]]
        differing += local_ids != [hit.passage.passage_id for hit in second[:1]]
    return (
        [f"{differing} of {len(sample)} searches find another passage first"] if differing else []
    )


def _as_query(generation: Generation, row: int) -> Callable[[str], Vector]:
    """Return an embedder that answers with a source's own vector, so that no model is loaded."""

    def embed(_: str) -> Vector:
        vector: Vector = generation.sources[row]
        return vector

    return embed
