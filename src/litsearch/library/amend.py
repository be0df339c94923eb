"""The next generation as the live one, amended: what did not change is copied, and only what did is written.

What comes of it holds what a build from nothing would hold, and finds the same; but rows are numbered in the order of
arrival, and those of sources that went stay empty. When many are, everything is written anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litsearch.library.catalog import Catalog
from litsearch.library.catalog_writer import CatalogWriter
from litsearch.library.compose import Prepared, Tools, append, whole
from litsearch.library.draft import Draft
from litsearch.library.generation import CATALOG_FILE, SENTENCES_FILE, SOURCES_FILE, VECTORS_FILE, Generation
from litsearch.types import CatalogSource

MOST_HOLES = 0.25  # of all rows: so much more than need be is searched, and kept on the disk


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be done to a catalog so that it holds what is ready."""

    gone: tuple[CatalogSource, ...]  # sources of it that go, or whose text or title is another one now
    mended: tuple[tuple[CatalogSource, Prepared], ...]  # the lists say something else of them
    new: tuple[Prepared, ...]
    positions: Mapping[str, int]  # of all sources in the lists
    moved: bool  # the order of the sources that stay is another one
    holes: float  # the share of rows that would be empty

    @property
    def nothing(self) -> bool:
        """True when the catalog is right as it is."""
        return not (self.gone or self.mended or self.new or self.moved)

    @property
    def little(self) -> bool:
        """True when amending is worth it."""
        return self.holes <= MOST_HOLES


def difference(catalog: Catalog, ready: Sequence[Prepared]) -> Difference:
    """What is ready, compared with what the catalog holds."""
    rows = {row.source.source_id: row for row in catalog.sources()}
    prints, places = catalog.fingerprints(), catalog.rows()
    kept = {item.row.source.source_id: item for item in ready if _holds(catalog, rows, item)}
    gone = tuple(row for name, row in rows.items() if name not in kept)
    sizes, lost = catalog.sizes, catalog.passage_counts([places[row.source.source_id] for row in gone])
    new = tuple(item for item in ready if item.row.source.source_id not in kept)
    left = len(catalog.every_passage) - int(lost.sum()) + len(rows) - len(gone)
    used = sizes["passages"] + sizes["sources"]
    more = sum(item.count for item in new) + len(new)
    return Difference(
        gone=gone,
        mended=tuple(
            (rows[name], item)
            for name, item in kept.items()
            if rows[name] != item.row or prints[name] != item.fingerprint
        ),
        new=new,
        positions={item.row.source.source_id: place for place, item in enumerate(ready)},
        moved=[name for name in rows if name in kept] != list(kept),
        holes=1 - (left + more) / max(used + more, 1),
    )


def _holds(catalog: Catalog, rows: Mapping[str, CatalogSource], item: Prepared) -> bool:
    """True when the catalog has this source under this title, which is in all its vectors, with this very text."""
    name = item.row.source.source_id
    before = rows.get(name)
    if before is None or before.title != item.row.title:
        return False
    return item.cut is None or catalog.document(name) == item.document


def amend(draft: Draft, live: Generation, change: Difference, tools: Tools) -> str:
    """Write and publish the live generation with these changes; returns its id."""
    shutil.copyfile(live.folder / CATALOG_FILE, draft.folder / CATALOG_FILE)
    with CatalogWriter(draft.folder / CATALOG_FILE) as catalog:
        _mend(catalog, live.catalog, change)
        if change.new:
            _append(draft, live, catalog, change.new, tools)
        else:
            for name in (VECTORS_FILE, SENTENCES_FILE, SOURCES_FILE):
                draft.take(live, name)
        catalog.order(change.positions)
        catalog.finish()
    return draft.publish(tools.facts, keep=tools.keep)


def _mend(catalog: CatalogWriter, live: Catalog, change: Difference) -> None:
    rows = live.rows()
    for source in change.gone:
        name = source.source.source_id
        catalog.remove(rows[name], source, live.document(name), live.passages_of(name))
    for before, item in change.mended:
        row = rows[item.row.source.source_id]
        catalog.mend(row, before, item.row, item.fingerprint, item.document)


def _append(draft: Draft, live: Generation, catalog: CatalogWriter, new: Sequence[Prepared], tools: Tools) -> None:
    vectors = live.fresh_vectors()
    vectors = tools.vectors(tools.facts.dim, len(vectors) + sum(item.count for item in new), vectors)
    with draft.sentences(tools.facts.dim, live) as sentences, draft.sources(tools.facts.dim, live) as sources:
        append((whole(item, live.catalog) for item in new), catalog, vectors, sentences, sources, tools)
    vectors.save(draft.folder / VECTORS_FILE)
