"""Find sources that turn out to be one work once they are fetched, so that its text is kept once.

Two sources are one when their texts came from one address, or when a page names the other's address
as its own (rel=canonical) and both texts agree. The first in the lists stays, with its id and what
its lists call it; the entries of both come together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from litsearch.types import CatalogSource, Document

LOOKED_AT = 20_000  # characters of a text
SHINGLE = 5  # words
AGREE = 0.8  # share of the shorter text's shingles that the other one has too
SIZES = 2.0  # the longer text may have so many times the shingles of the shorter


class FetchedSource(Protocol):
    """A source with its text, as the build prepares it."""

    @property
    def row(self) -> CatalogSource:
        """Return the source."""
        ...

    @property
    def document(self) -> Document:
        """Its text."""
        ...

    @property
    def works(self) -> tuple[str, ...]:
        """Return the keys of where the text came from, and of what the page calls its own address;
        "" for none.
        """
        ...


M = TypeVar("M", bound=FetchedSource)


def duplicate_groups(items: Iterable[M]) -> dict[str, list[M]]:
    """Return the sources by the id of the first of those that are one work; in the order of the
    lists.
    """
    groups: dict[str, list[M]] = {}
    first: dict[str, M] = {}
    for item in items:
        first_item = _earliest(item, first)
        groups.setdefault(first_item.row.source_id, []).append(item)
        for work in filter(None, item.works):
            first.setdefault(work, first_item)
    return groups


def _earliest(item: M, first: dict[str, M]) -> M:
    """Return the earlier source that is the same work, else the item itself."""
    for place, work in enumerate(item.works):
        other = first.get(work)
        if other is None:
            continue
        if (place == 0 and other.works[0] == work) or same_text(item.document, other.document):
            return other
    return item


def same_text(first: Document, second: Document) -> bool:
    """Return True when two texts are the same but for what stands around them."""
    if first.sha256 == second.sha256:
        return True
    few, many = sorted((_shingles(first.text), _shingles(second.text)), key=len)
    return bool(few) and len(many) <= SIZES * len(few) and len(few & many) >= AGREE * len(few)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text[:LOOKED_AT].casefold())
    return {tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)}
