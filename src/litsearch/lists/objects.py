"""Find the works in nested objects, whatever program wrote them: JSON, JSON Lines and YAML share this walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from litsearch.lists.fields import clean_title
from litsearch.lists.records import Record, address_of, by_role, text_of
from litsearch.lists.urls import as_url

MAX_DEPTH = 40

# Names of containers that say nothing of what they hold.
_PLAIN = frozenset(
    "items list lists data results bookmarks links children entries records roots collections cards response rows "
    "bookmark_bar other synced content documents works library feed feeds articles pages tabs tabgroups groups "
    "nodes edges hits docs papers bookmarksmenufolder checksum sync_metadata urls messages value values".split()
)
# What a work may hold that is no further work of the list.
_PARTS = frozenset(
    "authors author tags labels highlights annotations citations references related recommendations attachments "
    "subtitles origin owner creators user publisher container alternate canonical enclosures media images".split()
)


_ROOTS = frozenset(["roots", "bookmark_bar", "other", "synced"])  # of Chrome


class Object(dict[str, Any]):
    """A JSON or YAML object, and the line on which it begins."""

    line: int = 1


def works_of(value: Any, line: int = 1) -> Iterator[Record]:
    """Yield the works of a value, in the list's order, each under the names of what holds it."""
    yield from _walk(value, (), line, 0, named=False)


def _walk(
    value: Any, section: tuple[str, ...], line: int, depth: int, *, named: bool
) -> Iterator[Record]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if as_url(value):
            yield Record(line, {"url": value}, section)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _walk(item, section, line, depth + 1, named=True)
    elif isinstance(value, Mapping):
        line = getattr(value, "line", line)
        yield from _object(value, section, line, depth, named=named)


def _object(
    value: Mapping[str, Any], section: tuple[str, ...], line: int, depth: int, *, named: bool
) -> Iterator[Record]:
    if _is_work(value, depth) and not _holds_works(value):
        yield Record(line, value, section)
        return
    if len(value) == 1 and depth:
        ((name, only),) = value.items()
        if isinstance(only, str) and as_url(only):
            yield Record(line, {"title": name, "url": only}, section)
            return
    own = _name(value) if named else ""
    inside = (*section, own) if own else section
    for name, child in value.items():
        if isinstance(child, list | Mapping) and name.lower() not in _PARTS:
            key = "" if own or name.lower() in _PLAIN or name.isdigit() else clean_title(name)
            below = (*inside, key) if key and _has_list(child) else inside
            yield from _walk(child, below, line, depth + 1, named=name not in _ROOTS and not key)


def _is_work(value: Mapping[str, Any], depth: int) -> bool:
    """True for an object with an address, or with a title and what only works have."""
    values = by_role(value)
    titled = any(text_of(title) for title in values.get("title", []))
    if address_of(values) is not None:
        return depth > 0 or titled
    return titled and ("authors" in values or "year" in values) and not _holds_works(value)


def _holds_works(value: Mapping[str, Any]) -> bool:
    """True for an object that holds a list of works: a folder or a page of results, whatever address it has."""
    for name, child in value.items():
        if isinstance(child, list) and name.lower() not in _PARTS:
            objects = [item for item in child[:3] if isinstance(item, Mapping)]
            if any(_names_work(item) for item in objects):
                return True
    return False


def _names_work(item: Mapping[str, Any]) -> bool:
    values = by_role(item)
    return address_of(values) is not None and ("title" in values or "name" in values)


def _has_list(child: Any) -> bool:
    return isinstance(child, list) or any(isinstance(inner, list) for inner in child.values())


def _name(value: Mapping[str, Any]) -> str:
    """Return the name of a folder; "" for the roots of a program's own tree."""
    if "root" in value or str(value.get("guid", "")).endswith("____"):
        return ""
    return clean_title(text_of(value.get("title") or value.get("name")))
