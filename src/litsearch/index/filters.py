"""Tell whether a source passes the filters, and which source a name means."""

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
        values = getattr(filters, field)
        if values and not test(values, facts):
            return False
    return True


def _in_list(names: Iterable[str], path: str) -> bool:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    relative = [name.removeprefix("./") for name in names]
    return any(name in (path, stem) or path.endswith("/" + name) for name in relative)


def _within(values: Iterable[str], texts: Iterable[str]) -> bool:
    """Return True when one of the texts holds one of the wanted, as a part."""
    needles = [part.casefold() for part in values]
    haystacks = [text.casefold() for text in texts]
    return any(part in text for part, text in product(needles, haystacks))


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
        hostname = address.hostname or ""
    except ValueError:
        return False

    below = hostname == host or hostname.endswith(f".{host}")
    return bool(host) and below and _begins(address.path.strip("/"), path.strip("/"))


def _begins(path: str, start: str) -> bool:
    return not start or path == start or path.startswith(start + "/")


SHORTEST = 4  # letters of an id's start that may stand for it


class Candidate(NamedTuple):
    """What a source can be called by."""

    row: int
    source_id: str
    title: str
    addresses: tuple[str, ...]


Titles = list[tuple[int, str]]  # a row of a source, and one of its titles


def sources_meant(
    text: str, candidates: Sequence[Candidate], listed_titles: Iterable[tuple[int, str]]
) -> set[int]:
    """Return the rows of the sources that a text means: by id, address, start of an id, title, part
    of one.

    The first of these that matches anything wins. listed_titles: further titles, each with the row
    of its source.
    """
    name = text.strip().casefold()
    if not name:
        return set()

    rows = _by_id(name, candidates) or _by_address(text, candidates) or _by_start(name, candidates)
    if rows:
        return rows

    titles = [(source.row, source.title.casefold()) for source in candidates]
    titles += [(row, title.casefold()) for row, title in listed_titles]
    return _by_title(name, titles)


def _by_id(name: str, candidates: Sequence[Candidate]) -> set[int]:
    return {source.row for source in candidates if source.source_id.casefold() == name}


def _by_address(text: str, candidates: Sequence[Candidate]) -> set[int]:
    address = _plain(text)
    return {
        source.row
        for source in candidates
        if address in map(_plain, filter(None, source.addresses))
    }


def _by_start(name: str, candidates: Sequence[Candidate]) -> set[int]:
    if len(name) < SHORTEST:
        return set()
    return {source.row for source in candidates if source.source_id.casefold().startswith(name)}


def _by_title(name: str, titles: Titles) -> set[int]:
    """Return the rows of the sources with this title, else of those whose title holds it."""
    whole = {row for row, title in titles if title == name}
    return whole or {row for row, title in titles if name in title}


def _plain(url: str) -> str:
    """Return an address without scheme, "www.", case and closing slash."""
    text = url.strip().casefold()
    return text.removeprefix("http://").removeprefix("https://").removeprefix("www.").rstrip("/")
