"""Keep what a reader saves: answers, conversations and highlights in config/, notes in a vault.

Each is a file of one JSON record a line, which a person may edit and no build touches; a line
that is none is passed over. A kept answer is asked again, and told what has changed since.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

import msgspec

from litsearch.app.library import Library
from litsearch.errors import QueryError, StoreError
from litsearch.index.catalog import Catalog
from litsearch.patterns import expression
from litsearch.storage import replace_file, storing
from litsearch.types import Answer, Filters, Turn
from litsearch.untrusted import read_bytes
from litsearch.views import records
from litsearch.views.build_records import LostQuote
from litsearch.views.json import answer_view
from litsearch.views.replies import Conversation, KeptAnswer, Note, Replay

ANSWERS = "config/answers.jsonl"
GONE = "its source is no longer in the library"
EDITED = "its source no longer has these words"
_WRITING = threading.Lock()


def keep_answer(
    library: Path,
    answer: Answer,
    *,
    question: str,
    k: int | None = None,
    filters: Filters | None = None,
    turns: Sequence[Turn] = (),
) -> KeptAnswer:
    """Write down an answer with what was asked; return it with its id. Raises StoreError."""
    record: KeptAnswer = {
        "id": secrets.token_hex(4),
        "kept": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": question,
        "k": k,
        "filters": msgspec.to_builtins(filters or Filters()),
        "turns": [msgspec.to_builtins(turn) for turn in turns],
        "answer": answer_view(answer),
    }
    with _WRITING:
        _write_answers(library, [*_read_answers(library), record])
    return record


def kept_answers(library: Path) -> list[KeptAnswer]:
    """Return the answers that were kept, newest first; a damaged line is passed over."""
    return list(_read_answers(library))[::-1]


def kept_answer(library: Path, name: str) -> KeptAnswer:
    """Return the answer of this id, or of the only one that begins so. Raises QueryError."""
    alike = [record for record in _read_answers(library) if name and record["id"].startswith(name)]
    if len(alike) != 1:
        why = "Several kept answers begin" if alike else "No kept answer begins"
        raise QueryError(f"{why} with {name!r}.", "`litsearch replay` lists them.")
    return alike[0]


def forget_answer(library: Path, name: str) -> KeptAnswer:
    """Remove a kept answer; return it. Raises QueryError, StoreError."""
    with _WRITING:
        removed = kept_answer(library, name)
        _write_answers(
            library, [record for record in _read_answers(library) if record["id"] != removed["id"]]
        )
    return removed


def replay(library: Library, record: KeptAnswer) -> Replay:
    """Ask again what was asked then, and compare.

    Raises QueryError, ConfigError and MissingExtraError as asking does.
    """
    then = record["answer"]
    answer = library.ask(
        record["question"],
        k=record["k"],
        generator=then["generator"],
        turns=msgspec.convert(record["turns"], list[Turn]),
        filters=msgspec.convert(record["filters"], Filters),
    )
    now = answer_view(answer)
    same = _says(then) == _says(now)
    differences = [] if same else list(_differences(library.catalog, record, now))
    return {"id": record["id"], "same": same, "differences": differences, "then": then, "now": now}


def lost_quotes(catalog: Catalog, records: Sequence[KeptAnswer]) -> Iterator[LostQuote]:
    """Yield the quotes of kept answers that no longer stand in the library, and why."""
    for each in records:
        for citation in each["answer"]["citations"]:
            if reason := _reason_of_loss(catalog, citation):
                yield {
                    "id": each["id"],
                    "question": each["question"],
                    "source": citation["source"]["id"],
                    "title": citation["source"]["title"],
                    "quote": citation["quote"],
                    "reason": reason,
                }


def _reason_of_loss(catalog: Catalog, citation: records.Citation) -> str:
    try:
        text = catalog.document(citation["source"]["id"]).text
    except KeyError:
        return GONE
    return "" if _words(citation["quote"]) in _words(text) else EDITED


def _words(text: str) -> str:
    return " ".join(text.split())


def _quotes(answer: records.Answer) -> dict[tuple[str, str], str]:
    """Return the titles of sources by source and quote."""
    quotes = {}
    for citation in answer["citations"]:
        source = citation["source"]
        quotes[source["id"], _words(citation["quote"])] = source["title"]
    return quotes


def _says(answer: records.Answer) -> object:
    return answer["status"], answer["answer"], sorted(_quotes(answer))


def _differences(catalog: Catalog, record: KeptAnswer, now: records.Answer) -> Iterator[str]:
    """Yield what a kept answer and the one of today do not share, and why where that is known."""
    then = record["answer"]
    for field in ("status", "generator", "model", "parameters"):
        if then[field] != now[field]:
            yield f"{field}: {then[field]}, now {now[field]}"

    before, after = _quotes(then), _quotes(now)
    reasons = {_words(quote["quote"]): quote["reason"] for quote in lost_quotes(catalog, [record])}
    for place in sorted(before.keys() - after.keys()):
        why = reasons.get(place[1], "others come nearer")
        yield f"no longer quoted, {why}: {before[place]}: “{place[1]}”"
    for place in sorted(after.keys() - before.keys()):
        yield f"now quoted: {after[place]}: “{place[1]}”"
    if before == after and then["answer"] != now["answer"]:
        yield "the same quotes, worded or put together in another way"


def _read_answers(library: Path) -> Iterator[KeptAnswer]:
    return read_records(library / ANSWERS, KeptAnswer)


def _write_answers(library: Path, answers: Sequence[KeptAnswer]) -> None:
    write_records(library / ANSWERS, answers)


CONVERSATIONS = "config/conversations.jsonl"
MOST_CONVERSATIONS = 200  # conversations; the oldest make room


def conversations(library: Path) -> list[Conversation]:
    """Return the conversations that were kept, newest first; a damaged line is passed over."""
    return list(_read_conversations(library))


def keep_conversation(library: Path, changed: Conversation) -> None:
    """Write a conversation, in place of what it was. Raises StoreError."""
    with _WRITING:
        others = [each for each in _read_conversations(library) if each["id"] != changed["id"]]
        _write_conversations(library, [changed, *others][:MOST_CONVERSATIONS])


def forget_conversations(library: Path, name: str = "") -> None:
    """Remove a conversation, or all of them. Raises StoreError."""
    with _WRITING:
        _write_conversations(
            library, [each for each in _read_conversations(library) if name and each["id"] != name]
        )


def _read_conversations(library: Path) -> Iterator[Conversation]:
    return read_records(library / CONVERSATIONS, Conversation)


def _write_conversations(library: Path, conversations: Sequence[Conversation]) -> None:
    write_records(library / CONVERSATIONS, conversations)


NOTES = "config/notes.jsonl"


class NoteBook:
    """The notes of one library folder."""

    def __init__(self, library: Path) -> None:
        self._path = library / NOTES

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


LONGEST_NAME = 80  # characters of a name
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
        for path in (folder / name for name in _names_of_notes(title)):
            if not path.exists():
                replace_file(path, body)
                return path
            if path.is_file() and path.read_bytes() == body:
                return path
    raise AssertionError("names do not end")


def _names_of_notes(title: str) -> Iterator[str]:
    words = " ".join(_NOT_IN_NAMES.sub(" ", title).split())
    cut = words[:LONGEST_NAME].encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore")
    name = cut.strip(" .") or "Answer"
    yield f"{name}.md"
    for number in count(2):
        yield f"{name} {number}.md"


Record = TypeVar("Record")


def read_records(path: Path, record: type[Record]) -> Iterator[Record]:
    """Yield the records of a file, none where there is no file; a damaged line is passed over."""
    try:
        lines = read_bytes(path).splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(msgspec.MsgspecError):
            yield msgspec.json.decode(line, type=record)


def write_records(path: Path, records: Iterable[object]) -> None:
    """Replace a file by these records, at once. Raises StoreError."""
    with storing(path):
        replace_file(path, b"".join(msgspec.json.encode(record) + b"\n" for record in records))
