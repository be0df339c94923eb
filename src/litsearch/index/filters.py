"""Whether a source passes the filters: pure functions over what the lists and its page say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from litsearch.types import Filters


class Facts(NamedTuple):
    """One entry of a source, and what is known of the source itself."""

    kind: str
    list: str
    topic: str
    read: int | None
    section: tuple[str, ...]
    authors: tuple[str, ...]  # the entry's and the source's
    years: tuple[int | None, ...]
    titles: tuple[str, ...]
    addresses: tuple[str, ...]
    language: str = ""  # of the text; "" when not known
    source: str = ""  # id


def passes(filters: Filters, facts: Facts) -> bool:
    """Return True when every field that is filtered has one of the values asked for.

    Letter case does not matter.
    """
    return (
        (not filters.lists or _in_list(filters.lists, facts.list))
        and _within(filters.topics, [facts.topic])
        and _within(filters.sections, [" > ".join(facts.section), *facts.section])
        and _within(filters.authors, facts.authors)
        and _within(filters.titles, facts.titles)
        and (not filters.years or any(year in filters.years for year in facts.years))
        and (
            not filters.sites
            or any(_at(site, url) for site in filters.sites for url in facts.addresses)
        )
        and (not filters.kinds or facts.kind in filters.kinds)
        and (not filters.languages or facts.language in filters.languages)
        and (not filters.sources or facts.source in filters.sources)
        and not (filters.unread and facts.read)
    )


def _in_list(names: Iterable[str], path: str) -> bool:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    wanted = [name.removeprefix("./") for name in names]
    return any(name in (path, stem) or path.endswith("/" + name) for name in wanted)


def _within(wanted: tuple[str, ...], texts: Iterable[str]) -> bool:
    """Return True when nothing is wanted, or one of the texts holds one of the wanted, as a part."""
    folded = [text.casefold() for text in texts] if wanted else []
    return not wanted or any(part.casefold() in text for part in wanted for text in folded)


def _at(site: str, url: str) -> bool:
    """Return True for the host itself and hosts below it; a path after the host must begin the
    address's path.
    """
    host, _, path = site.casefold().partition("://")[2 if "://" in site else 0].partition("/")
    try:
        address = urlsplit(url.casefold())
        found = address.hostname or ""
    except ValueError:
        return False
    below = found == host.removeprefix("www.") or found.endswith("." + host.removeprefix("www."))
    return bool(host) and below and _begins(address.path.strip("/"), path.strip("/"))


def _begins(path: str, start: str) -> bool:
    return not start or path == start or path.startswith(start + "/")


SHORTEST = 4  # letters of an id's start that may stand for it


class Known(NamedTuple):
    """What a source can be called by."""

    row: int
    source_id: str
    title: str
    addresses: tuple[str, ...]


def meant(text: str, known: Sequence[Known], listed: Iterable[tuple[int, str]]) -> set[int]:
    """Return rows of the sources meant: by id, address, start of the id, title, part of the title.

    The first of these ways that finds anything wins. `listed`: further titles, each after the row
    of its source.
    """
    wanted, address = text.strip().casefold(), _plain(text)
    if not wanted:
        return set()
    titles = [
        (row, title.casefold())
        for row, title in [*((one.row, one.title) for one in known), *listed]
    ]
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
    """Return an address without scheme, "www.", case and closing slash."""
    text = url.strip().casefold()
    return text.removeprefix("http://").removeprefix("https://").removeprefix("www.").rstrip("/")
