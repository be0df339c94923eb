"""What differs between two generations, in the words of a reader of the lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from litsearch.index.catalog import Catalog
from litsearch.types import CatalogSource, Passage


@dataclass(frozen=True, slots=True)
class Edited:
    """A source whose text changed: the passages that only the newer, or only the older generation
    has.
    """

    row: CatalogSource
    added: tuple[Passage, ...]
    removed: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reader may want to know of the newer of two generations. A source stands in one of the
    groups at most.
    """

    new: tuple[CatalogSource, ...]
    gone: tuple[CatalogSource, ...]  # as they were
    reachable: tuple[CatalogSource, ...]  # they had no text, and now have
    lost: tuple[CatalogSource, ...]  # they had a text, and now have none
    edited: tuple[Edited, ...]
    # only what the lists say of them changed: line, section, title, remark
    relisted: tuple[CatalogSource, ...]


def changes(before: Catalog, after: Catalog) -> Changes:
    """Compare two catalogs. Raises IndexCorrupt."""
    old, new = _by_id(before), _by_id(after)
    both = [row for name, row in new.items() if name in old]
    reachable = [row for row in both if _has_text(row) and not _has_text(old[row.source_id])]
    lost = [row for row in both if not _has_text(row) and _has_text(old[row.source_id])]
    prints = before.fingerprints(), after.fingerprints()
    same = [row for row in both if _has_text(row) == _has_text(old[row.source_id])]
    edited = [
        one for row in same if _differs(row, *prints) and (one := _edited(row, before, after))
    ]
    texts = {one.row.source_id for one in edited}
    listed = [row for row in same if row.source_id not in texts]
    return Changes(
        new=tuple(row for name, row in new.items() if name not in old),
        gone=tuple(row for name, row in old.items() if name not in new),
        reachable=tuple(reachable),
        lost=tuple(lost),
        edited=tuple(edited),
        relisted=tuple(row for row in listed if row.entries != old[row.source_id].source.entries),
    )


def _by_id(catalog: Catalog) -> dict[str, CatalogSource]:
    return {row.source_id: row for row in catalog.sources()}


def _has_text(row: CatalogSource) -> bool:
    return row.verdict.status == "indexed"


def _differs(row: CatalogSource, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Return False when the text is the same for sure: it came from the same bytes by the same
    extraction.
    """
    name = row.source_id
    return _has_text(row) and before[name] != after[name]


def _edited(row: CatalogSource, before: Catalog, after: Catalog) -> Edited | None:
    name = row.source_id
    if before.document(name).text == after.document(name).text:
        return None
    old, new = before.passages_of(name), after.passages_of(name)
    was, now = {one.passage_id for one in old}, {one.passage_id for one in new}
    added = tuple(one for one in new if one.passage_id not in was)
    return Edited(row, added, tuple(one for one in old if one.passage_id not in now))
