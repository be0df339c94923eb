"""Writes answers as notes into a folder outside the library, such as a vault of Obsidian's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from litsearch.patterns import expression
from litsearch.storage import replace_file, storing

LONGEST = 80  # characters of a name
MOST_BYTES = 200  # of it; file systems take 255, and a number and the ending follow
# What file systems, or the links of Obsidian, do not allow in a name.
_NOT_IN_NAMES = expression(r"[\x00-\x1f\\/:*?\"<>|#^\[\]]+")


def write_note(folder: Path, title: str, text: str) -> Path:
    """Write a note under a name that no other note has; return its path. Raises StoreError.

    A note that stands there already, word for word, is not written twice.
    """
    body = text.encode("utf-8")
    with storing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for path in (folder / name for name in _names(title)):
            if not path.exists():
                replace_file(path, body)
                return path
            if path.is_file() and path.read_bytes() == body:
                return path
    raise AssertionError("names do not end")


def _names(title: str) -> Iterator[str]:
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    cut = words[:LONGEST].encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
    name = cut.strip(" .") or "Answer"
    yield f"{name}.md"
    for number in count(2):
        yield f"{name} {number}.md"
