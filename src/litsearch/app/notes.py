"""Keep the reader's highlights in config/notes.jsonl, a JSON object a line; no build
touches them.
"""

from __future__ import annotations

import json
import secrets
import threading
from pathlib import Path

from litsearch.errors import StoreError
from litsearch.regular_files import read_bytes
from litsearch.storage import replace_file, storing
from litsearch.views.replies import Note

FILE = "config/notes.jsonl"
_WRITING = threading.Lock()


class NoteBook:
    """The notes of one library folder."""

    def __init__(self, library: Path) -> None:
        self._path = library / FILE

    def of(self, source: str = "") -> list[Note]:
        """Return the notes on a source, or all, in the order of the texts; a line that is no note
        is passed over. Raises StoreError.
        """
        notes = [note for note in self._read() if not source or note["source"] == source]
        return sorted(notes, key=lambda note: (note["source"], note["start"]))

    def add(self, source: str, start: int, end: int, quote: str, note: str) -> Note:
        """Write a note; return it with its id."""
        record: Note = {
            "id": secrets.token_hex(8),
            "source": source,
            "start": start,
            "end": end,
            "quote": quote,
            "note": note,
        }
        with _WRITING:
            self._write([*self._read(), record])
        return record

    def remove(self, note_id: str) -> Note | None:
        """Take a note out; return it, or None when there is none of this id."""
        with _WRITING:
            notes = self._read()
            removed = next((note for note in notes if note["id"] == note_id), None)
            if removed is not None:
                self._write([note for note in notes if note["id"] != note_id])
        return removed

    def _read(self) -> list[Note]:
        try:
            with storing(self._path):
                lines = read_bytes(self._path).decode("utf-8", "replace").splitlines()
        except StoreError:
            if self._path.exists():  # what cannot be read is not written over
                raise
            return []
        notes = []
        for line in lines:
            note = _note(line)
            if note is not None:
                notes.append(note)
        return notes

    def _write(self, notes: list[Note]) -> None:
        """Replace the file at once, so that a kill loses nothing."""
        lines = [json.dumps(note, ensure_ascii=False) + "\n" for note in notes]
        replace_file(self._path, "".join(lines).encode("utf-8"))


def _note(line: str) -> Note | None:
    try:
        row = json.loads(line)
        return {
            "id": str(row["id"]),
            "source": str(row["source"]),
            "start": int(row["start"]),
            "end": int(row["end"]),
            "quote": str(row["quote"]),
            "note": str(row["note"]),
        }
    except (ValueError, TypeError, KeyError):
        return None
