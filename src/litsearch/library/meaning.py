"""Which sources a person may mean by an id, an address or a title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

SHORTEST = 4  # letters of an id's start that may stand for it


class Known(NamedTuple):
    """What a source can be called by."""

    row: int
    source_id: str
    title: str
    addresses: tuple[str, ...]


def meant(text: str, known: Sequence[Known], listed: Iterable[tuple[int, str]]) -> set[int]:
    """Rows of the sources meant: by id, address, start of the id, title, part of the title.

    The first of these ways that finds anything wins. `listed`: further titles, each after the row of its source.
    """
    wanted, address = text.strip().casefold(), _plain(text)
    if not wanted:
        return set()
    titles = [(row, title.casefold()) for row, title in [*((one.row, one.title) for one in known), *listed]]
    ids = [(one.row, one.source_id.casefold()) for one in known]
    ways = (
        {row for row, name in ids if name == wanted},
        {one.row for one in known if address in {_plain(url) for url in one.addresses if url}},
        {row for row, name in ids if len(wanted) >= SHORTEST and name.startswith(wanted)},
        {row for row, title in titles if title == wanted},
        {row for row, title in titles if wanted in title},
    )
    return next(filter(None, ways), set())


def _plain(url: str) -> str:
    """An address without scheme, "www.", case and closing slash."""
    text = url.strip().casefold()
    return text.removeprefix("http://").removeprefix("https://").removeprefix("www.").rstrip("/")
