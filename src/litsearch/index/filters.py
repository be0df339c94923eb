"""Whether a source passes the filters, by what the lists and its page say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from litsearch.patterns import expression
from litsearch.types import Filters

_SCHEME = expression(r"^.*?://")


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


Test = Callable[[Any, Facts], bool]  # the values asked for of one field, and an entry

_TESTS: Mapping[str, Test] = {
    "lists": lambda names, facts: _in_list(names, facts.list),
    "topics": lambda parts, facts: _within(parts, [facts.topic]),
    "sections": lambda parts, facts: _within(parts, [" > ".join(facts.section), *facts.section]),
    "authors": lambda parts, facts: _within(parts, facts.authors),
    "titles": lambda parts, facts: _within(parts, facts.titles),
    "years": lambda years, facts: not set(years).isdisjoint(facts.years),
    "sites": lambda sites, facts: _at_any(sites, facts.addresses),
    "kinds": lambda kinds, facts: facts.kind in kinds,
    "languages": lambda codes, facts: facts.language in codes,
    "sources": lambda ids, facts: facts.source in ids,
    "unread": lambda _, facts: not facts.read,
}


def passes(filters: Filters, facts: Facts) -> bool:
    """Return True when every field that is filtered has one of the values asked for.

    Letter case does not matter.
    """
    for field, test in _TESTS.items():
        wanted = getattr(filters, field)
        if wanted and not test(wanted, facts):
            return False
    return True


def _in_list(names: Iterable[str], path: str) -> bool:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    wanted = [name.removeprefix("./") for name in names]
    return any(name in (path, stem) or path.endswith("/" + name) for name in wanted)


def _within(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Return True when one of the texts holds one of the wanted, as a part."""
    parts = [part.casefold() for part in wanted]
    folded = [text.casefold() for text in texts]
    return any(part in text for part, text in product(parts, folded))


def _at_any(sites: Iterable[str], addresses: Iterable[str]) -> bool:
    """Return True when one of the addresses is at one of the sites."""
    pairs = product(sites, addresses)
    return any(_at(site, address) for site, address in pairs)


def _at(site: str, url: str) -> bool:
    """Return True for the host itself and hosts below it; a path after the host must begin the
    address's path.
    """
    place = _SCHEME.sub("", site.casefold())
    host, _, path = place.removeprefix("www.").partition("/")

    try:
        address = urlsplit(url.casefold())
        named = address.hostname or ""
    except ValueError:
        return False

    below = named == host or named.endswith(f".{host}")
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


Titles = list[tuple[int, str]]  # a row of a source, and one of its titles


def meant(text: str, known: Sequence[Known], listed: Iterable[tuple[int, str]]) -> set[int]:
    """Return rows of the sources meant: by id, address, start of the id, title, part of the title.

    The first of these ways that finds anything wins. `listed`: further titles, each after the row
    of its source.
    """
    wanted = text.strip().casefold()
    if not wanted:
        return set()

    rows = _by_id(wanted, known) or _by_address(text, known) or _by_start(wanted, known)
    if rows:
        return rows

    titles = [(source.row, source.title.casefold()) for source in known]
    titles += [(row, title.casefold()) for row, title in listed]
    return _by_title(wanted, titles)


def _by_id(wanted: str, known: Sequence[Known]) -> set[int]:
    return {source.row for source in known if source.source_id.casefold() == wanted}


def _by_address(text: str, known: Sequence[Known]) -> set[int]:
    address = _plain(text)
    return {
        source.row for source in known if address in map(_plain, filter(None, source.addresses))
    }


def _by_start(wanted: str, known: Sequence[Known]) -> set[int]:
    if len(wanted) < SHORTEST:
        return set()
    return {source.row for source in known if source.source_id.casefold().startswith(wanted)}


def _by_title(wanted: str, titles: Titles) -> set[int]:
    """Return the rows of the sources with this title, else of those whose title holds it."""
    whole = {row for row, title in titles if title == wanted}
    return whole or {row for row, title in titles if wanted in title}


def _plain(url: str) -> str:
    """Return an address without scheme, "www.", case and closing slash."""
    text = url.strip().casefold()
    return text.removeprefix("http://").removeprefix("https://").removeprefix("www.").rstrip("/")
