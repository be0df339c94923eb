"""Compare two generations, in the words of a reader of the lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    prints = before.fingerprints(), after.fingerprints()

    reachable: list[CatalogSource] = []
    lost: list[CatalogSource] = []
    relisted: list[CatalogSource] = []
    edited: list[Edited] = []
    for name in filter(old.__contains__, new):
        row, then = new[name], old[name]
        if _has_text(row) != _has_text(then):
            (reachable if _has_text(row) else lost).append(row)
        elif _differs(row, *prints) and (edit := _edited(row, before, after)):
            edited.append(edit)
        elif row.entries != then.entries:
            relisted.append(row)

    return Changes(
        new=_without(new, old),
        gone=_without(old, new),
        reachable=tuple(reachable),
        lost=tuple(lost),
        edited=tuple(edited),
        relisted=tuple(relisted),
    )


Sources = Mapping[str, CatalogSource]


def _without(sources: Sources, excluded: Sources) -> tuple[CatalogSource, ...]:
    """Return the sources that are not among the others."""
    return tuple(source for name, source in sources.items() if name not in excluded)


def _by_id(catalog: Catalog) -> dict[str, CatalogSource]:
    return {source.source_id: source for source in catalog.sources()}


def _has_text(row: CatalogSource) -> bool:
    return row.verdict.status == "indexed"


def _differs(row: CatalogSource, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Return False when the text is the same for sure: it came from the same bytes by the same
    extraction.
    """
    name = row.source_id
    return _has_text(row) and before[name] != after[name]


def _edited(row: CatalogSource, before: Catalog, after: Catalog) -> Edited | None:
    """Return what differs between the two texts of a source, or None when they are the same."""
    name = row.source_id
    if before.document(name).text == after.document(name).text:
        return None

    old, new = before.passages_of(name), after.passages_of(name)
    return Edited(row, added=_only_in(new, old), removed=_only_in(old, new))


def _only_in(passages: Sequence[Passage], other_passages: Sequence[Passage]) -> tuple[Passage, ...]:
    ids = {passage.passage_id for passage in other_passages}
    return tuple(passage for passage in passages if passage.passage_id not in ids)
