"""Keep answers in config/answers.jsonl, ask them again, and say what has changed since."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from litsearch.app.json_lines import read_records, write_records
from litsearch.app.library import Library
from litsearch.errors import QueryError
from litsearch.index.catalog import Catalog
from litsearch.types import Answer, Filters, Turn
from litsearch.views import records
from litsearch.views.build_records import LostQuote
from litsearch.views.json import answer_view
from litsearch.views.replies import KeptAnswer, Replay

FILE = "config/answers.jsonl"
GONE = "its source is no longer in the library"
EDITED = "its source no longer has these words"
_WRITING = threading.Lock()


def keep(
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
        _write(library, [*_read(library), record])
    return record


def kept_answers(library: Path) -> list[KeptAnswer]:
    """Return the answers that were kept, newest first; a damaged line is passed over."""
    return list(_read(library))[::-1]


def kept_answer(library: Path, name: str) -> KeptAnswer:
    """Return the answer of this id, or of the only one that begins so. Raises QueryError."""
    alike = [record for record in _read(library) if name and record["id"].startswith(name)]
    if len(alike) != 1:
        why = "Several kept answers begin" if alike else "No kept answer begins"
        raise QueryError(f"{why} with {name!r}.", "`litsearch replay` lists them.")
    return alike[0]


def forget(library: Path, name: str) -> KeptAnswer:
    """Remove a kept answer; return it. Raises QueryError, StoreError."""
    with _WRITING:
        removed = kept_answer(library, name)
        _write(library, [record for record in _read(library) if record["id"] != removed["id"]])
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


def _read(library: Path) -> Iterator[KeptAnswer]:
    return read_records(library / FILE, KeptAnswer)


def _write(library: Path, answers: Sequence[KeptAnswer]) -> None:
    write_records(library / FILE, answers)
