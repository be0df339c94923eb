"""Copy a library into another engine, or back, and compare the copy with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from litsearch.app.engines import SNAPSHOTS, EngineStore
from litsearch.app.factories import LOCAL, load_vectors, vectors_for
from litsearch.config import Config
from litsearch.errors import ConfigError, StoreError
from litsearch.index.generation import Generation, open_current
from litsearch.index.publish import draft, writing
from litsearch.protocols import Progress

if TYPE_CHECKING:
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Vector

SEARCHES = 100  # that a copy is compared by
SHOWN = 10  # hits of each of them
TIED = 0.01  # of two scores, which half precision may put in either order


def copy_to_store(library: Path, config: Config, progress: Progress) -> None:
    """Copy the live generation to the store that the settings name, if they name one."""
    if config.index.store != LOCAL:
        copy_out(library, config, config.index.store, progress)


def copy_library(
    library: Path, config: Config, source: str, target: str, progress: Progress
) -> str:
    """Copy the live generation from one store to another; returns its id there.

    Raises ConfigError, IndexMissing, StoreUnavailable, and StoreError when they differ.
    """
    if source == target:
        raise ConfigError(f"{source!r} is both FROM and TO.", "Name two stores.")
    if source == LOCAL:
        return copy_out(library, config, target, progress)
    if target == LOCAL:
        return copy_back(library, library, config, source, progress)
    between = library / "index" / SNAPSHOTS / "between"  # one of them has no lists of terms
    copy_back(library, between, config, source, progress)
    generation = copy_out(between, config, target, progress, library)
    shutil.rmtree(between)
    return generation


def copy_out(
    library: Path, config: Config, address: str, progress: Progress, home: Path | None = None
) -> str:
    """Copy the live generation of this machine into an engine; returns its id.

    home: the library's folder, where that of the index is another. What an earlier attempt copied
    is not copied again, nor what is there already. What was copied is read back and compared, and
    when that was all, so are searches. Raises IndexMissing, StoreUnavailable, IndexMismatch when
    another writer was first, and StoreError when they differ.
    """
    from litsearch.stores.copying import copy, differences

    generation = open_current(library / "index", load_vectors)
    engine = EngineStore(address, home or library, config.index)
    with writing(engine.cache):
        copied = copy(generation, engine.sink, engine.cache, progress)
        store = engine.open_generation(generation.id)
        faults = list(differences(generation, store, progress, copied.names))
        if copied.whole and not faults:
            faults = _other_hits(generation, store)
        _refuse(faults)
        for old in engine.sink.generations()[: -config.index.keep]:
            engine.sink.drop(old)
    return generation.id


def copy_back(library: Path, target: Path, config: Config, address: str, progress: Progress) -> str:
    """Bring the live generation of an engine back as the live one of a folder's index; returns its
    id there. What an earlier attempt loaded is not loaded again; everything is compared.
    """
    from litsearch.stores.copying import differences
    from litsearch.stores.returning import load_sources, write_generation

    store = EngineStore(address, library, config.index).open_generation()
    index = target / "index"
    with writing(index):
        loaded = index / f".{store.id}.loaded"
        load_sources(store, loaded, progress)
        with draft(index) as next_one:
            suited = partial(vectors_for, index)
            write_generation(store, loaded, next_one, suited, config.index.keep)
        loaded.unlink()
    generation = open_current(index, load_vectors)
    faults = list(differences(generation, store, progress))
    _refuse(faults or _other_hits(generation, store))
    return generation.id


def _refuse(faults: list[str]) -> None:
    if faults:
        raise StoreError(
            f"The copy is not what was copied: {'; '.join(faults[:5])}.",
            "Copy again; if that changes nothing, copy to another name.",
        )


def _other_hits(generation: Generation, store: RemoteStore) -> list[str]:
    """Say how many of a sample of searches find another passage first in the copy."""
    sources = generation.catalog.sources()
    sample = sources[:: max(1, len(sources) // SEARCHES)][:SEARCHES]
    rows = generation.catalog.rows()
    differing = 0
    for source in sample:
        query = source.title or source.source_id
        differing += _differ(generation, store, query, rows[source.source_id])
    return [f"{differing} of {len(sample)} searches find another passage first"] * bool(differing)


def _differ(generation: Generation, store: RemoteStore, query: str, row: int) -> bool:
    """Tell whether the copy finds another passage first, but for those of nearly the same score."""
    from litsearch.retrieval.search import search

    embed = _as_query(generation, row)
    mine, theirs = (
        search(place, embed, query, k=SHOWN, depth=200).hits for place in (generation, store)
    )
    best = {hit.passage.passage_id for hit in mine if hit.score >= mine[0].score - TIED}
    return any(hit.passage.passage_id not in best for hit in theirs[:1])


def _as_query(generation: Generation, row: int) -> Callable[[str], Vector]:
    """Return an embedder that answers with a source's own vector, so that no model is loaded."""

    def embed(_: str) -> Vector:
        vector: Vector = generation.sources[row]
        return vector

    return embed
