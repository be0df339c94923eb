"""What a local language model makes of answers, to be read: scripts/run worded LIBRARY QUESTIONS
MODEL OUT [COUNT]

QUESTIONS are JSON lines with id and question, MODEL is a GGUF file. What the model writes and how
it judges is kept in the folder OUT, so that it is asked once and a change of the checks costs
nothing. OUT/answers.jsonl gets a line a question: the extractive answer, the model's text, each of
its statements with the quote and what the judge says of it or why it is left out, the answer as it
would be shown, and seconds of CPU until the first token, for the text, and for the judge.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from litsearch.answers.agreement import bearing
from litsearch.answers.answer import find
from litsearch.answers.calibration import Judge
from litsearch.answers.excerpts import Excerpt, excerpts
from litsearch.answers.generate import is_quoted, worded
from litsearch.answers.grounding import Refusal, support
from litsearch.answers.reply import Statement, declines, spelled_out, statements
from litsearch.answers.wishes import asked
from litsearch.app.answering import Judges
from litsearch.app.library import Library, open_library
from litsearch.config import Config, load_config
from litsearch.models.generators.gguf import describe
from litsearch.models.prompt import fingerprint, judge_fingerprint
from litsearch.protocols import Pieces
from litsearch.types import Answer, Parameters


class Record:
    """What was computed before, by its key, in a file of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Any] = {}
        if path.exists():
            rows = map(json.loads, path.read_text("utf-8").splitlines())
            self._known = {row["key"]: row["value"] for row in rows}

    def of(self, key: Sequence[object], compute: Callable[[], Any]) -> Any:
        """Return what is known for a key, or compute it and write it down."""
        name = json.dumps(key, ensure_ascii=False)
        if name not in self._known:
            self._known[name] = compute()
            row = {"key": name, "value": self._known[name]}
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return self._known[name]


class Recorded:
    """A model that is loaded only for what it was not asked before."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.name, self._path = f"llama_cpp:{describe(path)}", path
        self.parameters: Parameters = (("prompt", fingerprint()),)
        self._texts = Record(folder / "texts.jsonl")
        self._judgements = Record(folder / "judgements.jsonl")

    @cached_property
    def _model(self) -> Any:
        # As the program does; threads that spin on busy cores made a token twice as dear.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from litsearch.models.llama_cpp import LlamaCpp

        return LlamaCpp(self._path)

    def text(self, question: str, passages: Sequence[str]) -> dict[str, Any]:
        """Return what it writes, and seconds of CPU until the first token and for all of it."""
        key = [self.name, fingerprint(), question, list(passages)]
        recorded: dict[str, Any] = self._texts.of(key, lambda: self._written(question, passages))
        return recorded

    def _written(self, question: str, passages: Sequence[str]) -> dict[str, Any]:
        pieces = self._model.generate(question, passages)
        began = cpu()
        text, first = "", None
        for piece in pieces:
            text += piece
            if text and first is None:
                first = cpu() - began
        return {"text": text, "first_cpu": first, "text_cpu": cpu() - began}

    def generate(self, question: str, passages: Sequence[str]) -> Pieces:
        """Yield the text in one piece."""
        yield self.text(question, passages)["text"]

    def judgement(self, premise: str, hypothesis: str) -> dict[str, float]:
        """Return the probability that a premise says all of a hypothesis, and seconds of CPU."""

        def judged() -> dict[str, float]:
            model = self._model
            began = cpu()
            return {"judge": model.entails(premise, hypothesis), "judge_cpu": cpu() - began}

        key = [self.name, judge_fingerprint(), premise, hypothesis]
        recorded: dict[str, float] = self._judgements.of(key, judged)
        return recorded

    def entails(self, premise: str, hypothesis: str) -> float:
        """Return the probability alone."""
        return self.judgement(premise, hypothesis)["judge"]

    def close(self) -> None:
        """Free the model's memory, if it was loaded."""
        if "_model" in self.__dict__:
            self._model.close()


def main() -> None:
    """Ask, word, judge, write down."""
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    folder, questions, path, out = map(Path, sys.argv[1:5])
    count = int(sys.argv[5]) if len(sys.argv) > 5 else None
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()][:count]
    out.mkdir(parents=True, exist_ok=True)
    config, model = load_config(folder), Recorded(path, out)

    with open_library(folder, config) as library, (out / "answers.jsonl").open("w") as file:
        for row in rows:
            record = {"id": row["id"], **recorded(library, config, model, row["question"])}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            file.flush()
    model.close()


def recorded(library: Library, config: Config, model: Recorded, question: str) -> dict[str, Any]:
    """Return what becomes of one question."""
    answer = library.ask(question, generator="extractive")
    record: dict[str, Any] = {
        "question": question,
        "status": answer.status,
        "extractive": [sentence.text for sentence in answer.sentences],
    }
    if not is_quoted(answer):
        return record

    corpus = library._answering()._corpus(library.generation, None, {})
    hits = find(corpus, answer.question).results.hits
    given = excerpts(answer, hits)
    passages = [excerpt.told_under_title for excerpt in given]
    text = model.text(asked(answer.question), passages)
    reply = text["text"]
    judged = [judgement(model, each, given, answer) for each in spelled(reply, answer.question)]
    shown = final(model, answer, given, config)
    return (
        record
        | text
        | {"declines": declines(reply), "statements": judged}
        | {"shown": [[each.text, each.worded] for each in shown.sentences], "reason": shown.reason}
    )


def spelled(reply: str, question: str) -> Iterator[Statement]:
    """Yield the statements of a reply as they are checked."""
    before = ""
    for wording in statements(reply):
        statement = spelled_out(wording, before, question)
        before = statement.text
        yield statement


def judgement(
    model: Recorded, statement: Statement, given: Sequence[Excerpt], answer: Answer
) -> dict[str, Any]:
    """Return a statement with what supports it."""
    evidence = support(statement, given, answer.question)
    if isinstance(evidence, Refusal):
        return {"text": statement.text, "refused": evidence.kind}
    row = {"text": statement.text, "copy": evidence.copy, "quote": evidence.quote.text}
    if evidence.copy:
        return row
    return row | model.judgement(bearing(evidence.quote.text, evidence.claim), evidence.claim)


def final(model: Recorded, answer: Answer, given: Sequence[Excerpt], config: Config) -> Answer:
    """Return the answer as it would be shown."""

    def find_judge() -> Any:
        judge: Judge = yield from Judges(config).find(model)
        return judge

    *_, last = worded(model, answer, given, find_judge)
    if not isinstance(last, Answer):
        raise TypeError("worded() ends with an Answer")
    return last


def cpu() -> float:
    """Return the seconds of CPU that this process has used, on all threads."""
    return sum(os.times()[:2])


if __name__ == "__main__":
    main()
