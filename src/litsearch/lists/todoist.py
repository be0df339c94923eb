"""Read Todoist's CSV: tasks that link a page are works, under their sections."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from litsearch.errors import ListError
from litsearch.lists import markdown
from litsearch.lists.fields import check, clean_remark, joined, repair
from litsearch.types import Entry

SUFFIXES = (".csv",)


def accepts(text: str) -> bool:
    """Return True for a table whose first columns are Todoist's."""
    return text[:60].lstrip("\ufeff").replace('"', "").upper().startswith("TYPE,CONTENT,")


def parse(text: str, path: str) -> list[Entry]:
    """Return one entry a task that links a page. Raises ListError."""
    try:
        return list(_entries(repair(check(text)), path))
    except csv.Error as error:
        raise ListError(
            f"The table cannot be read: {error}.", "Check its quotation marks."
        ) from None


def _entries(text: str, path: str) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    section = ""
    line = 2
    for row in reader:
        values = {
            str(name).upper().lstrip("\ufeff"): value or ""
            for name, value in row.items()
            if isinstance(value, str)
        }
        kind, content = values.get("TYPE", ""), values.get("CONTENT", "")
        if kind == "section":
            section = content
        elif kind == "task" and (entry := _task(content, values.get("DESCRIPTION", ""), path)):
            topic = entry.topic or section
            yield replace(entry, line=line, section=(section,) if section else (), topic=topic)
        line = reader.line_num + 1


def _task(content: str, description: str, path: str) -> Entry | None:
    """Return the work of a task; its labels ("@soft") are tags."""
    words = [f"#{word[1:]}" if word.startswith("@") else word for word in content.split()]
    entries = [entry for entry in markdown.parse(f"- {' '.join(words)}", path) if entry.url]
    if not entries:
        return None
    return replace(entries[0], remark=clean_remark(joined([entries[0].remark, description])))
