"""Read JSON of any program, reference managers, bookmark services, browsers; and JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from litsearch.errors import ListError
from litsearch.lists.fields import check, clean_title
from litsearch.lists.folders_by_id import Paths, paths_of, section_of
from litsearch.lists.objects import Note, Object, entries_of, works_of
from litsearch.lists.records import Record
from litsearch.patterns import expression
from litsearch.reports import Dropped
from litsearch.types import Entry

SUFFIXES = (".json", ".jsonl", ".ndjson")
DEFAULT_FOR = SUFFIXES

_TOKENS = expression(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\n]')
_OWN_CONFIG = frozenset(["dependencies", "devDependencies", "scripts", "compilerOptions", "main"])
_HINT = "Export it again as JSON."


def accepts(text: str) -> bool:
    """Return True for a text that begins as a JSON list or object."""
    return re.match(r"\ufeff?\s*(?:\[\s*[\[{\"\]]|\{\s*[\"}])", text) is not None


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry an object that has a title or an address. Raises ListError."""
    text = check(text)
    if not text.strip():
        return []
    works: list[Record | Note] = []
    for value, line in _values(text, []):
        paths = paths_of(value)
        for work in filter(_is_kept, works_of(value, line)):
            works.append(_placed(work, paths))
    entries = list(entries_of(works, path))
    if not works and not _is_empty(text):
        raise ListError(
            "The file holds no object with a title and an address.",
            "Keep only exports of reading lists there.",
        )
    return entries


def dropped(text: str, path: str) -> list[Dropped]:
    """Return the lines of JSON Lines that cannot be read."""
    faults: list[Dropped] = []
    for _ in _values(check(text), faults, path):
        pass
    return faults


def _placed(record: Record | Note, paths: Paths) -> Record | Note:
    """Return a record under its folder, or the collections that CSL-JSON names in it.

    CSL-JSON writes "Plants > Mosses"; other programs name a folder by its key.
    """
    if isinstance(record, Note) or record.section:
        return record
    if paths and (section := section_of(record.fields, paths)):
        return Record(record.line, record.fields, section)
    collection = record.fields.get("collection")
    if not isinstance(collection, str):
        return record
    fields = {name: value for name, value in record.fields.items() if name != "collection"}
    return Record(
        record.line, fields, tuple(filter(None, map(clean_title, collection.split(" > "))))
    )


def _is_kept(record: Record | Note) -> bool:
    """Tell works from what is kept beside them: searches of a history, attachments and notes."""
    if isinstance(record, Note):
        return True
    item = record.fields.get("data", record.fields)
    if isinstance(item, dict) and item.get("parentItem"):
        return False
    return "/results?search_query" not in str(record.fields.get("titleUrl", ""))


def _is_empty(text: str) -> bool:
    return re.fullmatch(r"\s*(?:\[\s*\]|\{\s*\})\s*", text) is not None


def _values(text: str, faults: list[Dropped], path: str = "") -> Iterator[tuple[Any, int]]:
    """Yield the JSON values of a text with their lines: one, or one a line."""
    try:
        yield _loaded(text, 1), 1
        return
    except ValueError as error:
        whole = error
    except RecursionError:
        raise ListError("The list is nested too deeply.", _HINT) from None
    lines = text.split("\n")
    values = [
        pair
        for number, line in enumerate(lines, 1)
        if line.strip() and (pair := _line(line, number, path, faults))
    ]
    if len(values) < 2 and not (len(values) == 1 and len(faults) <= 1):
        place = getattr(whole, "lineno", 1)
        raise ListError(
            f"Line {place} of the list is no JSON: {getattr(whole, 'msg', whole)}.", _HINT
        )
    for value, number in values:
        yield [value], number


def _line(line: str, number: int, path: str, faults: list[Dropped]) -> tuple[Any, int] | None:
    try:
        value = _loaded(line, number)
    except (ValueError, RecursionError):
        faults.append(Dropped(path, number, line.strip()[:200], "the line is no JSON"))
        return None
    return (value, number) if isinstance(value, dict) else None


def _loaded(text: str, line: int) -> Any:
    """Return a JSON value whose objects know their lines. Raises ValueError, RecursionError."""
    objects: list[Object] = []

    def made(pairs: list[tuple[str, Any]]) -> Object:
        objects.append(Object(pairs))
        return objects[-1]

    value = json.loads(text, object_pairs_hook=made)
    for item, number in zip(objects, _lines_of_objects(text, line), strict=False):
        item.line = number
    return {} if isinstance(value, dict) and _OWN_CONFIG & value.keys() else value


def _lines_of_objects(text: str, line: int) -> Iterator[int]:
    """Yield the lines on which objects open, in the order in which they close."""
    opened: list[int] = []
    for match in _TOKENS.finditer(text):
        sign = match[0]
        if sign == "\n":
            line += 1
        elif sign == "{":
            opened.append(line)
        elif sign == "}":
            yield opened.pop()
