"""Keeps conversations in config/conversations.jsonl, where the settings say so: newest first."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from litsearch.app.json_lines import read_records, write_records
from litsearch.views.replies import Conversation

FILE = "config/conversations.jsonl"
MOST = 200  # conversations; the oldest make room
_WRITING = threading.Lock()


def conversations(library: Path) -> list[Conversation]:
    """Return the conversations that were kept, newest first; a damaged line is passed over."""
    return list(_read(library))


def keep(library: Path, changed: Conversation) -> None:
    """Write a conversation, in place of what it was. Raises StoreError."""
    with _WRITING:
        others = [each for each in _read(library) if each["id"] != changed["id"]]
        _write(library, [changed, *others][:MOST])


def forget(library: Path, name: str = "") -> None:
    """Remove a conversation, or all of them. Raises StoreError."""
    with _WRITING:
        _write(library, [each for each in _read(library) if name and each["id"] != name])


def _read(library: Path) -> Iterator[Conversation]:
    return read_records(library / FILE, Conversation)


def _write(library: Path, conversations: Sequence[Conversation]) -> None:
    write_records(library / FILE, conversations)
