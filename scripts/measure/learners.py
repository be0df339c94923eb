"""Print answers to learners' questions, to be read: scripts/run learners LIBRARY [QUESTIONS] [kept]

LIBRARY is a built library that holds what the questions ask about; QUESTIONS are JSON lines with id and
question (default: tests/answers/learners.jsonl). Those marked "held_out" are asked only with "kept": they
are put once, when nothing is changed any more.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.types import Answer

QUESTIONS = Path(__file__).resolve().parents[2] / "tests" / "answers" / "learners.jsonl"


def main() -> None:
    """Ask, print, count."""
    arguments = [argument for argument in sys.argv[1:] if argument != "kept"]
    if not arguments:
        sys.exit(__doc__)

    path = Path(arguments[1]) if len(arguments) > 1 else QUESTIONS
    folder = Path(arguments[0])
    counts: Counter[str] = Counter()
    with open_library(folder, load_config(folder)) as library:
        for row in wanted(path, kept="kept" in sys.argv):
            answer = library.ask(row["question"], generator="extractive")
            counts[f"{row.get('expect', 'any')}: {answer.status}"] += 1
            print("\n".join(lines(row, answer)), end="\n\n")
    for name, count in sorted(counts.items()):
        print(f"{name:24} {count}")


def wanted(path: Path, *, kept: bool) -> Iterator[dict[str, Any]]:
    """Yield the questions of development, or those that are kept apart."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if bool(row.get("held_out")) == kept:
            yield row


def lines(row: dict[str, Any], answer: Answer) -> Iterator[str]:
    """Yield a question, how it was answered, and each quote under the title of its source."""
    told = " ".join(part for part in (answer.reason, answer.note) if part)
    yield f"## {row['id']} {row['question']} [{answer.status}] {told}"
    sources = {citation.n: citation.source.title for citation in answer.citations}
    for sentence in answer.sentences:
        title = sources[sentence.citations[0]] if sentence.citations else ""
        yield f"   {title}"
        yield f"      {' / '.join(sentence.text.splitlines())}"


if __name__ == "__main__":
    main()
