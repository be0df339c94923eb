"""Read YAML: lists of objects, sections with lists below them, "title: address" pairs."""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]

from litsearch.errors import ListError
from litsearch.lists.fields import check
from litsearch.lists.objects import MAX_DEPTH, Object, entries_of, works_of
from litsearch.types import Entry

SUFFIXES = (".yaml", ".yml")
DEFAULT_FOR = SUFFIXES

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_NESTED = 100
_HINT = "Write a list of titles and addresses, such as `- title: …` with `url: …` below it."


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry an object or pair that names a work. Raises ListError."""
    data = check(text).encode("utf-8", "replace")
    try:
        if _depth(data) > MAX_NESTED:
            raise ListError("The list is nested too deeply.", _HINT)
        node = yaml.compose(data, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"Line {mark.line + 1} of the list" if mark else "The list"
        raise ListError(f"{place} is no YAML: {getattr(error, 'problem', error)}.", _HINT) from None
    if node is None:
        return []
    records = list(works_of(_value(node, set(), 0)))
    if not records:
        raise ListError("The file holds no object with a title and an address.", _HINT)
    return list(entries_of(records, path))


def _depth(data: bytes) -> int:
    """Return how deeply collections are nested, one more than MAX_NESTED at most.

    Events come one by one, where composing recurses: libyaml's ends the process at 5,000.
    """
    deepest = depth = 0
    for event in yaml.parse(data, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        deepest = max(deepest, depth)
        if deepest > MAX_NESTED:
            break
    return deepest


def _value(node: yaml.Node, ancestors: set[int], depth: int) -> Any:
    """Return a node's value; one that an alias repeats is read once: aliases cannot multiply."""
    if id(node) in ancestors or depth > MAX_DEPTH:
        return None
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    ancestors.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, ancestors, depth + 1) for item in node.value]
    item = Object()
    item.line = node.start_mark.line + 1
    for key, child in node.value:
        item[str(key.value)] = _value(child, ancestors, depth + 1)
    return item
