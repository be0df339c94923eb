"""Decide what a generation puts into an engine: all of it, or what differs from the one there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from litsearch.index.catalog import Catalog
from litsearch.stores.blocks import BLOCK, MAP, block_at, blocks_that_differ, encode_map
from litsearch.stores.engine import Edition
from litsearch.stores.keys import stamp_of
from litsearch.stores.snapshot import (
    amend_snapshot,
    frozen_means,
    mean_lengths,
    read_stamps,
    stamps_for,
    write_snapshot,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.generation import Generation
    from litsearch.stores.blocks import Cached
    from litsearch.stores.engine import Field
    from litsearch.stores.keys import Stamp

DRIFT = 0.02  # of mean lengths since the weights of terms were made; scores move by a tenth of it
MOST_NEW = 0.5  # of the passages; putting all of them then leaves less behind


@dataclass(frozen=True, slots=True)
class Plan:
    """What is put for a generation, all of it under its stamp."""

    edition: Edition
    after: str  # the generation that is live there, "" for none
    means: Mapping[Field, float]  # lengths of rows, by which terms are weighed
    put: list[int]  # rows of the sources whose texts are put ...
    passages: NDArray[np.int64]
    sentences: NDArray[np.int64]
    named: list[int]  # ... and of those that are found by other words than before
    snapshot: Path
    blocks: list[int]  # of the snapshot, that are put
    stamps: NDArray[np.int64]  # of every block of the snapshot

    @property
    def stamp(self) -> int:
        """Return the stamp of all that is put."""
        return self.edition.stamp

    @property
    def is_whole(self) -> bool:
        """Return True when nothing of what is there is used."""
        return self.edition.base == self.edition.id

    def directory(self) -> Iterator[tuple[int, bytes]]:
        """Yield the blocks that are put by their numbers, and last the map of all of them."""
        for block in self.blocks:
            yield block, block_at(self.snapshot, block)
        yield MAP, encode_map(self.snapshot.stat().st_size, self.stamps)


@dataclass(frozen=True, slots=True)
class Live:
    """What is live in an engine: its edition, and its snapshot on this machine."""

    edition: Edition
    snapshot: Cached


def plan_for(generation: Generation, live: Live | None, folder: Path) -> Plan:
    """Return what to put for a generation; folder: where its snapshot may be written."""
    if live is not None and _alike(generation, live):
        plan = _amendment(generation, live, folder)
        if plan is not None:
            return plan
    return _whole(generation, live.edition.id if live else "", folder)


def _alike(generation: Generation, live: Live) -> bool:
    """Tell whether texts were cut and embedded alike, and terms weigh what they would now."""
    if generation.manifest.facts != live.edition.manifest.facts:
        return False
    then, now = frozen_means(live.snapshot.path), mean_lengths(generation.catalog)
    return all(abs(now[field] / then[field] - 1) <= DRIFT for field in now)


def _whole(generation: Generation, after: str, folder: Path) -> Plan:
    catalog, snapshot = generation.catalog, folder / "whole.sqlite"
    stamp, means = stamp_of(generation.id), mean_lengths(generation.catalog)
    stamps = list(stamps_for(catalog, {}, stamp))
    write_snapshot(catalog, generation.folder / "catalog.sqlite", snapshot, stamps, means)
    count = -(-snapshot.stat().st_size // BLOCK)
    edition = Edition(generation.manifest, generation.id, stamp)
    rows = [source.source for source in stamps]
    return Plan(
        edition,
        after,
        means,
        rows,
        catalog.every_passage,
        np.arange(catalog.sizes["sentences"]),
        rows,
        snapshot,
        list(range(count)),
        np.full(count, stamp, np.int64),
    )


def _amendment(generation: Generation, live: Live, folder: Path) -> Plan | None:
    """Return what differs from what is live; None when that is most of it."""
    catalog, before = generation.catalog, live.snapshot.path
    stamp, means = stamp_of(generation.id, live.edition.id), frozen_means(before)
    stamps = list(stamps_for(catalog, read_stamps(before), stamp))
    put = [source.source for source in stamps if source.put == stamp]
    passages = catalog.passage_rows_of(put)
    if len(passages) > MOST_NEW * len(catalog.every_passage):
        return None

    fresh, snapshot = folder / "fresh.sqlite", folder / "amended.sqlite"
    write_snapshot(catalog, generation.folder / "catalog.sqlite", fresh, stamps, means)
    amend_snapshot(before, fresh, snapshot)
    blocks = blocks_that_differ(before, snapshot)
    return Plan(
        Edition(generation.manifest, live.edition.base, stamp),
        live.edition.id,
        means,
        put,
        passages,
        _sentences(catalog, stamps, stamp),
        [source.source for source in stamps if source.named == stamp],
        snapshot,
        blocks,
        live.snapshot.stamps_after(snapshot, blocks, stamp),
    )


def _sentences(catalog: Catalog, stamps: list[Stamp], stamp: int) -> NDArray[np.int64]:
    """Return the rows of the sentences of the sources whose texts are put, sorted."""
    ends = [*(source.first_sentence for source in stamps[1:]), catalog.sizes["sentences"]]
    pairs = zip(stamps, ends, strict=True)
    ranges = [np.arange(source.first_sentence, end) for source, end in pairs if source.put == stamp]
    return np.concatenate([np.empty(0, np.int64), *ranges])
