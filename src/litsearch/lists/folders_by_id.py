"""Put works into the folders that a program keeps beside them, each under a key of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from litsearch.lists.fields import clean_title
from litsearch.lists.phrases import word_set
from litsearch.lists.values import text_of

MAX_DEPTH = 20
_FOLDERS = word_set("lists collections folders groups notebooks categories projects")
_KEYS = ("id", "key", "uuid", "_id")
_PARENTS = ("parentId", "parent_id", "parentCollection", "parent")

Paths = Mapping[str, tuple[str, ...]]


def paths_of(value: Any) -> Paths:
    """Return the names of each folder's path, outermost first, by the folder's key."""
    if not isinstance(value, Mapping):
        return {}
    children = [child for name, child in value.items() if name.lower() in _FOLDERS]
    folders = dict(chain.from_iterable(map(_keyed, children)))
    return {key: _path(key, folders) for key in folders}


def _keyed(folders: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for folder in folders if isinstance(folders, list) else []:
        if isinstance(folder, Mapping) and (key := _first(folder, _KEYS)):
            yield key, folder


def _first(folder: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next(filter(None, map(text_of, map(folder.get, names))), "")


def _path(key: str, folders: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the path of a folder; a folder that holds itself ends it."""
    names: list[str] = []
    while key in folders and len(names) < MAX_DEPTH:
        names.append(clean_title(text_of(folders[key].get("name") or folders[key].get("title"))))
        key = _first(folders[key], _PARENTS)
    return tuple(filter(None, reversed(names)))


def section_of(fields: Mapping[str, Any], paths: Paths) -> tuple[str, ...]:
    """Return the path of the first folder that a work names by its key; () for none."""
    for name, value in fields.items():
        if name.lower() in _FOLDERS and isinstance(value, list):
            sections = filter(None, map(paths.get, map(text_of, value)))
            return next(sections, ())
    return ()
