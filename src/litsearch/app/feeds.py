"""Take the newest posts or episodes of feeds into a list, each a work, when somebody asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from litsearch.app import adapters, editing
from litsearch.app.lists import read_list, text_of_list
from litsearch.config import Config
from litsearch.errors import ListError, LitsearchError
from litsearch.extract.charset import decode
from litsearch.lists import feeds, opml
from litsearch.patterns import expression
from litsearch.types import Entry, RawDocument
from litsearch.works.identity import key_of

FEEDS_LIST = "feeds.md"  # where posts go when no list is named
_ALTERNATE = expression(
    r"<link\b(?=[^<>]*\balternate\b)(?=[^<>]*application/(?:rss|atom)\+xml)"
    r"[^<>]*\bhref\s*=\s*[\"']([^\"'<>]{1,2000})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one feed gave: the posts that are new to the list, or why it gave none."""

    feed: str  # its address, or the file that it is
    title: str = ""
    list: str = ""
    entries: tuple[Entry, ...] = ()
    problem: str = ""
    hint: str = ""


def add_newest(
    library: Path, config: Config, thing: str, path: Path, newest: int, list_name: str
) -> Iterator[Taken]:
    """Write the newest posts of a feed, or of each feed of an OPML file, into a list.

    One that cannot be read costs itself. Raises ListError when nothing names a feed.
    """
    if not path.is_file():
        yield _taken(library, config, thing, newest, list_name)
        return
    text = text_of_list(path)
    if feeds.accepts(text):
        yield _written(library, path.name, text, newest, list_name)
        return
    addresses = opml.feeds(text) if opml.accepts(text) else []
    if not addresses:
        raise ListError(f"{path.name} names no feed.", "Name a feed, or an OPML file of feeds.")
    for address in addresses:
        yield _taken(library, config, address, newest, list_name)


def _taken(library: Path, config: Config, url: str, newest: int, list_name: str) -> Taken:
    try:
        editing.check_address(url)
        text = _feed_text(library, config, url)
        return _written(library, url, text, newest, list_name)
    except LitsearchError as error:
        return Taken(url, problem=str(error), hint=error.hint)


def _feed_text(library: Path, config: Config, url: str) -> str:
    """Return the feed at an address, or the one that the page there names. Raises ListError."""
    raw = adapters.download(library, config, url)
    text = decode(raw)
    if feeds.accepts(text):
        return text
    match = _ALTERNATE.search(text[:200_000])
    if match is None:
        raise ListError(f"{url} is no feed, and names none.", "Name the address of its feed.")
    return decode(adapters.download(library, config, _absolute(raw, match[1])))


def _absolute(raw: RawDocument, href: str) -> str:
    return urljoin(raw.url, unescape(href))


def _written(library: Path, feed: str, text: str, newest: int, list_name: str) -> Taken:
    """Write posts that the list does not name yet, the oldest of them first."""
    name = list_name or FEEDS_LIST
    title, posts = feeds.newest(text, newest)
    keys = _keys_of(library, name)
    added: list[Entry] = []
    for post in reversed(posts):
        if post.url is None or key_of(post.url) in keys:
            continue
        edit = editing.add_link(library, post.url, post.title, post.remark, name, title)
        name = edit.list
        if edit.entry is not None:
            added.append(edit.entry)
    return Taken(feed, title, name, tuple(added))


def _keys_of(library: Path, name: str) -> set[str]:
    """Return which works a list names, by the keys of their addresses; none for a new list."""
    path = library / "config" / "lists" / Path(name).with_suffix(".md").name
    keys: set[str] = set()
    if path.is_file():
        for entry in read_list(path, library):
            keys |= {key_of(entry.url)} if entry.url else set()
    return keys
