"""Read TOML: tables with titles and addresses, as site generators keep data in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from litsearch.errors import ListError
from litsearch.lists.fields import check
from litsearch.lists.objects import entries_of, works_of
from litsearch.types import Entry
from litsearch.untrusted import loads

SUFFIXES = (".toml",)
DEFAULT_FOR = SUFFIXES
_HINT = "Write a table [[works]] with `title = …` and `url = …` for each work."


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a table that names a work. Raises ListError."""
    text = check(text)
    try:
        value: Mapping[str, Any] = loads(text)
    except (ValueError, RecursionError) as error:
        raise ListError(f"The list is no TOML: {error}.", _HINT) from None
    entries = list(entries_of(works_of(value), path))
    if value and not entries:
        raise ListError("The file holds no table with a title and an address.", _HINT)
    return _with_lines(entries, text.split("\n"))


def _with_lines(entries: list[Entry], lines: list[str]) -> list[Entry]:
    """Return the entries with their lines, which the parser does not tell: tables keep order."""
    placed: list[Entry] = []
    at = 0
    for entry in entries:
        at = _row_with((entry.url or entry.title, entry.title), lines, at)
        placed.append(replace(entry, line=at + 1))
    return placed


def _row_with(words: tuple[str, str], lines: list[str], at: int) -> int:
    """Return the first row from one on that holds one of the words; that row when none does."""
    for row in range(at, len(lines)):
        if words[0] in lines[row] or words[1] in lines[row]:
            return row
    return at
