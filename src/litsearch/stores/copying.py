"""Copy a generation into an engine part by part, and compare what is read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from litsearch.errors import IndexMissing
from litsearch.stores.blocks import load
from litsearch.stores.engine import PARTS
from litsearch.stores.parts import Parts, pieces
from litsearch.stores.plan import Live, plan_for

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from litsearch.index.catalog import Catalog
    from litsearch.index.generation import Generation
    from litsearch.protocols import Progress
    from litsearch.stores.engine import Sink
    from litsearch.stores.plan import Plan
    from litsearch.stores.remote import RemoteStore
    from litsearch.types import Matrix

AT_ONCE = 32  # sources whose texts are compared
ROUNDED = 1e-3  # what half precision may change in a number of a vector


class Copied(NamedTuple):
    """What was put of a generation."""

    generation: str
    whole: bool  # False: it amends what was there
    names: frozenset[str]  # of the sources whose texts were put


def copy(generation: Generation, sink: Sink, cache: Path, progress: Progress) -> Copied:
    """Write into an engine what it lacks of a generation of this machine, and make it the live one
    there.

    cache: a folder for snapshots. What an attempt before has written is not written again. Raises
    IndexMismatch when another writer publishes meanwhile.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache) as folder:
        plan = plan_for(generation, _live(sink, cache), Path(folder))
        _put(generation, plan, sink, progress)
        sink.publish(plan.after)
        sources = generation.catalog.sources_at(plan.put)
        names = frozenset(source.source_id for source in sources.values())
        return Copied(generation.id, plan.is_whole, names)


def _live(sink: Sink, cache: Path) -> Live | None:
    try:
        engine = sink.open()
    except IndexMissing:
        return None
    return Live(engine.edition, load(engine, cache))


def _put(generation: Generation, plan: Plan, sink: Sink, progress: Progress) -> None:
    parts = Parts(generation, plan, lists=sink.lists)
    written = sink.begin(plan.edition)
    for part in PARTS:
        rows = written.get(part, 0)
        for batch in parts.batches(part, rows):
            sink.put(part, batch)
            rows += len(batch)
            progress(f"Copying {part}", rows, max(rows, parts.rows(part)))


def differences(
    generation: Generation,
    store: RemoteStore,
    progress: Progress,
    names: Collection[str] | None = None,
) -> Iterator[str]:
    """Yield in a few words each what a copy holds otherwise, whichever of the two was copied.

    names: of the sources whose texts and vectors are read; None for all.
    """
    counts = store.catalog.counts()
    if counts != generation.manifest.counts:
        yield f"it counts {counts}, not {generation.manifest.counts}"
        return
    sources = generation.catalog.sources()
    if sources != store.catalog.sources():
        yield "its sources are others"
        return
    ids = [source.source_id for source in sources]
    chosen = [name for name in ids if names is None or name in names]
    for piece in pieces(chosen, AT_ONCE):
        yield from _differences_of(piece, generation, store)
        progress("Comparing", chosen.index(piece[-1]) + 1, len(chosen))


def _differences_of(
    names: Sequence[str], generation: Generation, store: RemoteStore
) -> Iterator[str]:
    span = f"{names[0]} to {names[-1]}"
    for name in names:
        if generation.catalog.document(name) != store.catalog.document(name):
            yield f"the text of {name} differs"

    mine, theirs = _passage_rows(generation.catalog, names), _passage_rows(store.catalog, names)
    passages = [passage for passage, _ in generation.catalog.passages(mine)]
    if passages != [passage for passage, _ in store.catalog.passages(theirs)]:
        yield f"passages of the sources from {span} differ"
        return
    if not _near(_vectors_at(generation, mine), store.vectors.at(theirs)):
        yield f"vectors of passages from {span} differ"
    mine, theirs = _sentences(generation.catalog, mine), _sentences(store.catalog, theirs)
    if not _near(generation.sentences[mine], store.sentences[theirs]):
        yield f"vectors of sentences from {span} differ"


def _passage_rows(catalog: Catalog, names: Sequence[str]) -> NDArray[np.int64]:
    """Return the rows of the passages of these sources, in their order."""
    rows = catalog.rows()
    pieces_of_rows = [catalog.passage_rows_of([rows[name]]) for name in names]
    return np.concatenate([np.empty(0, np.int64), *pieces_of_rows])


def _sentences(catalog: Catalog, passages: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of the sentences of these passages, in their order."""
    stretches = [np.arange(first, last) for first, last in catalog.sentence_rows(passages)]
    return np.concatenate([np.empty(0, np.int64), *stretches])


def _vectors_at(generation: Generation, rows: NDArray[np.int64]) -> Matrix:
    """Return the vectors of these passages; those of neighbours are read at once."""
    runs = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1)
    vectors = [generation.vectors.vectors(int(run[0]), int(run[-1]) + 1) for run in runs]
    return np.concatenate(vectors)


def _near(mine: NDArray[np.floating[Any]], theirs: NDArray[np.floating[Any]]) -> bool:
    return mine.shape == theirs.shape and bool(np.allclose(mine, theirs, atol=ROUNDED))
