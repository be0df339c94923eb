"""What a local language model makes of answers, to be read: scripts/run worded LIBRARY QUESTIONS MODEL OUT [COUNT]

QUESTIONS are JSON lines with id and question, MODEL is a GGUF file. OUT gets a JSON line a question: the extractive
answer, the model's text, each of its statements with the quote and the judge's probability or why it is left out, and
seconds of CPU until the first token, for the text, and for the judge. What OUT has already is not asked again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from litsearch.answers.generate import excerpts, is_quoted
from litsearch.answers.grounding import Excerpt, Refusal, support
from litsearch.answers.reply import Statement, declines, statements
from litsearch.app.library import Library, open_library
from litsearch.config import load_config
from litsearch.models.llama_cpp import LlamaCpp
from litsearch.types import Answer


def main() -> None:
    """Ask, word, judge, write down."""
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    folder, questions, model, out = map(Path, sys.argv[1:5])
    count = int(sys.argv[5]) if len(sys.argv) > 5 else None
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()][:count]
    known = {row["id"] for row in read(out)}
    llama = LlamaCpp(model)
    with open_library(folder, load_config(folder)) as library, out.open("a") as file:
        for row in rows:
            if row["id"] not in known:
                record = {"id": row["id"], **recorded(library, llama, row["question"])}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
                file.flush()


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what a file has already."""
    if path.exists():
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def recorded(library: Library, llama: LlamaCpp, question: str) -> dict[str, Any]:
    """Return what becomes of one question."""
    answer = library.ask(question, generator="extractive")
    record: dict[str, Any] = {
        "question": question,
        "status": answer.status,
        "extractive": [sentence.text for sentence in answer.sentences],
    }
    if not is_quoted(answer):
        return record
    hits = library._answering()._corpus(library.generation, None).retrieve(answer.question)[0].hits
    given = excerpts(answer, hits)
    text, first, whole = written(llama, answer, given)
    judged = [judgement(llama, each, given, answer) for each in statements(text)]
    times = {"first_cpu": first, "text_cpu": whole}
    return record | times | {"text": text, "declines": declines(text), "statements": judged}


def written(
    llama: LlamaCpp, answer: Answer, given: Sequence[Excerpt]
) -> tuple[str, float | None, float]:
    """Return the model's text, and seconds of CPU until its first token and for all of it."""
    began, first, text = cpu(), None, ""
    for piece in llama.generate(answer.question, [excerpt.reading for excerpt in given]):
        if piece and first is None:
            first = cpu() - began
        text += piece
    return text, first, cpu() - began


def judgement(
    llama: LlamaCpp, statement: Statement, given: Sequence[Excerpt], answer: Answer
) -> dict[str, Any]:
    """Return a statement with what supports it."""
    found = support(statement, given, answer.question)
    if isinstance(found, Refusal):
        return {"text": statement.text, "refused": found.kind}
    judged = {"text": statement.text, "copy": found.copy, "quote": found.quote.text}
    if found.copy:
        return judged
    began = cpu()
    probability = llama.entails(found.quote.text, found.claim)
    return judged | {"judge": probability, "judge_cpu": cpu() - began}


def cpu() -> float:
    """Return the seconds of CPU that this process has used, on all threads."""
    return sum(os.times()[:2])


if __name__ == "__main__":
    main()
