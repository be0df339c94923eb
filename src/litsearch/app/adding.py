"""Make a library, and take in what a person has: addresses, documents, lists, folders, feeds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from litsearch.app import adapters, editing, trust
from litsearch.app.editing import EXAMPLE, EXAMPLE_LIST, Edit
from litsearch.app.folders import DOCUMENTS, files_below
from litsearch.app.lists import attachments, read_file, read_list, text_of_list
from litsearch.config import Config, checked_place, is_library
from litsearch.errors import ConfigError, FetchError, ListError, LitsearchError, QueryError
from litsearch.extract.plain_text import decode
from litsearch.fetch.addresses import checked_url
from litsearch.lists import feeds, opml
from litsearch.patterns import expression
from litsearch.storage import storing
from litsearch.types import Entry, RawDocument
from litsearch.untrusted import loads
from litsearch.works.identity import key_of

_PATHS = expression(r"^(paths[ \t]*=[ \t]*)\[([^\]\n]*)\]", re.MULTILINE)
_TABLE = expression(r"^\[lists\][ \t]*$", re.MULTILINE)


def make_library(folder: Path) -> Path:
    """Make a library with one example list, whose path is returned.

    Raises ConfigError where there is one already or can be none, StoreError when the disk refuses.
    """
    if is_library(checked_place(folder)):
        raise ConfigError(f"There is a library in {folder} already.", "Run `litsearch build`.")
    example = folder / EXAMPLE_LIST
    with storing(folder):
        example.parent.mkdir(parents=True)
        example.write_text(EXAMPLE, "utf-8")
    trust.trust_made(folder)
    return example


def add_url(
    library: Path, config: Config, url: str, list_name: str, section: str, title: str, remark: str
) -> Edit:
    """Write an address into a list, under the page's own title when none is given.

    Raises ListError, ConfigError, QueryError when the page has no title.
    """
    check_link(config, url)
    if not title:
        _, page = next(adapters.extract_all(library, config, [url]))
        if isinstance(page, LitsearchError) or not page.title:
            message = f"The title of {url} could not be found out."
            raise QueryError(message, "Give it with --title.")
        title = page.title
    return editing.add_link(library, url, title, remark, list_name, section)


def check_link(config: Config, url: str) -> None:
    """Raise ListError for an address that no build would ask for."""
    editing.check_address(url)
    try:
        checked_url(url, allow_private=config.fetch.allow_private)
    except FetchError as error:
        raise ListError(str(error), error.hint) from None


def add_file(library: Path, path: Path, list_name: str, section: str) -> Edit:
    """Copy a document or a list into the library. Raises ListError, ConfigError."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path} cannot be read: {error.strerror}.", "Correct the path.") from None
    return editing.add_file(library, path.name, body, list_name, section)


def add_folder(library: Path, folder: Path) -> int:
    """Name a folder in the settings, so that its documents are works; returns how many it has.

    Raises ListError for one without documents, ConfigError when the settings cannot be changed.
    """
    documents = [path for path in files_below(folder) if path.suffix.lower() in DOCUMENTS]
    if not documents:
        raise ListError(f"The folder {folder} holds no document.", "Name files or another folder.")
    _name_in_settings(library, folder)
    return len(documents)


def add_in_place(library: Path, path: Path) -> tuple[int, int] | None:
    """Name a list in the settings that attaches documents which stand beside it.

    A copy of it would not find them. Returns how many works and how many documents it has; None for
    a list without any, and for what is no list. Raises ConfigError when the settings cannot be
    changed.
    """
    if path.suffix.lower() in DOCUMENTS:
        return None
    try:
        file = read_file(path.resolve(), library)
    except ListError:
        return None
    documents = sum(map(Path.is_file, attachments(file, library)))
    if not documents:
        return None
    _name_in_settings(library, path)
    return len(file.entries), documents


def _name_in_settings(library: Path, path: Path) -> None:
    """Name a folder or list under [lists] in the settings, which stay trusted if they were."""
    settings = library / "config" / "litsearch.toml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    new_text = _with_path(text, str(path.resolve()))
    others_hold = "lists.paths" not in trust.withheld(library)
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(new_text, "utf-8")
    if others_hold:
        trust.trust(library, ["lists.paths"])


def _with_path(text: str, path: str) -> str:
    """Return settings that name one more path under [lists]. Raises ConfigError."""
    lists = _lists_table(text)
    paths = lists.get("paths", [])
    if path == paths or (isinstance(paths, list) and path in paths):
        return text

    line = f"paths = [{json.dumps(path)}]"
    if "paths" in lists:
        new_text = _PATHS.sub(lambda match: _longer(match, path), text, count=1)
    elif _TABLE.search(text):
        new_text = _TABLE.sub(lambda match: f"{match[0]}\n{line}", text, count=1)
    else:
        before = text.rstrip("\n") + "\n\n" if text else ""
        new_text = f"{before}[lists]\n{line}\n"

    if path not in _lists_table(new_text).get("paths", []):
        raise ConfigError("[lists] paths could not be changed.", f"Add {path} to it by hand.")
    return new_text


def _lists_table(text: str) -> dict[str, Any]:
    """Return what settings say under [lists]."""
    table: dict[str, Any] = loads(text.removeprefix("\ufeff")).get("lists", {})
    return table


def _longer(match: re.Match[str], path: str) -> str:
    """Return a list of paths with one more."""
    inside = match[2].strip().rstrip(",")
    paths = f"{inside}, {json.dumps(path)}" if inside else json.dumps(path)
    return f"{match[1]}[{paths}]"


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
