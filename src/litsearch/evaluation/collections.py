"""Test collections in the BEIR layout, indexed and searched by the code that users get.

Thakur et al. 2021, "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models".
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.answers import (
    Supports,
    citation_scores,
    cites,
    declining,
    recovered,
    says,
    timed,
    verbatim,
    waits,
)
from litsearch.evaluation.measures import (
    Outcome,
    latency,
    means,
    outcome,
    quote_within,
    ranked,
    retrieval,
)
from litsearch.types import (
    Answer,
    AnswerStep,
    Document,
    Entry,
    Hit,
    Ingested,
    Results,
    Source,
    Span,
    Verdict,
)

_GRADE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


class _Record(msgspec.Struct, frozen=True):
    id: str | int = msgspec.field(name="_id")
    text: str | None = ""
    title: str | None = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as ingested sources, queries by id, and judgments by query and document."""

    documents: tuple[Ingested, ...]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]


def read_collection(folder: Path) -> Collection:
    """Read a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv, or dev.tsv, or
    train.tsv; any of them as .gz too.

    Only judged queries count, and of documents with one id the first. Raises ConfigError.
    """
    qrels = _qrels(_first(folder / "qrels", "test.tsv", "dev.tsv", "train.tsv"))
    asked = {
        str(record.id): record.text or "" for record in _records(_first(folder, "queries.jsonl"))
    }
    queries = {query: text for query, text in asked.items() if query in qrels and text.strip()}
    records = {
        str(record.id): record
        for record in reversed(list(_records(_first(folder, "corpus.jsonl"))))
    }
    documents = tuple(_document(name, record) for name, record in reversed(records.items()))
    if not queries or not documents:
        raise ConfigError(
            f"{folder} has {len(documents)} documents and {len(queries)} judged queries.",
            "Name a whole collection.",
        )
    return Collection(documents, queries, {query: qrels[query] for query in queries})


def _first(folder: Path, *names: str) -> Path:
    """Return the first of these files that is there, packed or not; the first name when none is."""
    wanted = [folder / (name + packed) for name in names for packed in ("", ".gz")]
    return next((path for path in wanted if path.is_file()), wanted[0])


def report(found: Outcome, collection: Collection) -> dict[str, Any]:
    """Return what `eval --beir` prints."""
    counts = {"documents": len(collection.documents), "queries": len(collection.queries)}
    return {**counts, "retrieval": retrieval(found), "latency_ms": latency(found.took_ms)}


def _document(name: str, record: _Record) -> Ingested:
    title = " ".join((record.title or "").split())
    text = (record.text or "").strip() or title or name
    source = Source(name, None, "entry", (Entry("corpus.jsonl", 1, title),))
    document = Document(
        source_id=name,
        title=title,
        text=text,
        spans=(Span(0, len(text)),),
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    )
    return Ingested(source, Verdict("indexed"), document, document.sha256)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"{path} cannot be read: {why}.", "Name a folder in the BEIR layout."
        ) from None


def _records(path: Path) -> Iterator[_Record]:
    try:
        for line in _lines(path):
            yield msgspec.json.decode(line, type=_Record)
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"{path} is not in the BEIR layout: {error}.", "Each line needs _id and text."
        ) from None


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgments by query: lines of query, document and grade, apart by tabs; a heading line
    has no grade.
    """
    judged: dict[str, dict[str, int]] = {}
    for line in _lines(path):
        query, document, grade, *_ = [
            *line.decode("utf-8", "replace").rstrip("\r\n").split("\t"),
            "",
            "",
        ]
        if _GRADE.fullmatch(grade.strip()):
            judged.setdefault(query, {})[document] = int(float(grade))
    return judged


class Question(msgspec.Struct, frozen=True):
    """One line of a questions file; further keys are ignored."""

    id: str
    question: str
    answerable: bool = True
    relevant_urls: tuple[str, ...] = ()
    gold_quote: str | None = None
    quote_sha256: str = ""  # of its letters and digits, instead of the quote itself
    quote_letters: int = 0  # how many those are
    fact: str = ""  # what an answer must say; alternatives apart by "|"


def read_questions(path: Path) -> list[Question]:
    """Read the questions of a file of JSON lines. Raises ConfigError."""
    try:
        return [
            msgspec.json.decode(line, type=Question)
            for line in path.read_bytes().splitlines()
            if line.strip()
        ]
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}.", "Name a file of JSON lines."
        ) from None
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"{path} is not a file of questions: {error}.", "Each line needs id and question."
        ) from None


def evaluate(
    questions: Sequence[Question],
    search: Callable[[str], Results],
    answering: Callable[[str], Iterator[AnswerStep]],
    source_of: Callable[[str], str],
    text_of: Callable[[str], str],
    supports: Supports,
) -> tuple[Outcome, dict[str, Any]]:
    """Return what was found for the answerable questions, and the report: retrieval over these,
    answers over all.

    `source_of` gives the id of the source that an address belongs to, `text_of` the stored text of
    a source; `supports` tells whether a quote says what a sentence says.
    """
    questions = [_with_quote(question, source_of, text_of) for question in questions]
    answerable = [question for question in questions if question.answerable]
    results = {question.id: search(question.question) for question in answerable}
    asked = {question.id: timed(answering(question.question)) for question in questions}
    answers = {name: one.answer for name, one in asked.items()}
    qrels = {
        q.id: {source_of(url): 1 for url in q.relevant_urls} for q in answerable if q.relevant_urls
    }
    quotes = {q.id: _quotes(q.gold_quote, results[q.id].hits) for q in answerable if q.gold_quote}
    rows = {q.id: _measures(q, answers[q.id], source_of, text_of, supports) for q in questions}
    extra = {q.id: {**quotes.get(q.id, {}), **rows[q.id]} for q in questions}
    found = outcome(qrels, {query: ranked(one) for query, one in results.items()}, extra)
    return found, {
        "questions": len(questions),
        "answerable": len(answerable),
        "retrieval": {
            name: value for name, value in retrieval(found).items() if name not in means(rows)
        },
        "answers": _statuses(questions, answers) | means(rows),
        "latency_ms": latency(found.took_ms) | waits(list(asked.values())),
    }


def _quotes(quote: str, hits: Sequence[Hit]) -> dict[str, float]:
    at_k = {f"Quote@{k}": float(quote_within(quote, hits[:k])) for k in (1, 5, 10)}
    return at_k | {
        f"Quote@{words}w": float(quote_within(quote, hits, words)) for words in (300, 1000)
    }


def _with_quote(
    question: Question, source_of: Callable[[str], str], text_of: Callable[[str], str]
) -> Question:
    """Return the question with the quote that its digest stands for, when a relevant source has it."""
    if question.gold_quote or not question.quote_sha256:
        return question
    texts = (text_of(source_of(url)) for url in question.relevant_urls)
    quote = recovered(question.quote_sha256, question.quote_letters, texts)
    return msgspec.structs.replace(question, gold_quote=quote or None)


def _statuses(questions: Sequence[Question], answers: dict[str, Answer]) -> dict[str, float | None]:
    shares: dict[str, float | None] = {}
    for name, held in (("answerable", True), ("unanswerable", False)):
        asked = [answers[q.id] for q in questions if q.answerable == held]
        shares[f"{name}_declined"] = _share(sum(not one.answered for one in asked), len(asked))
        shares[f"{name}_weak"] = _share(sum(one.status == "weak" for one in asked), len(asked))
    return shares | declining({q.id: q.answerable for q in questions}, answers)


def _measures(
    question: Question,
    answer: Answer,
    source_of: Callable[[str], str],
    text_of: Callable[[str], str],
    supports: Supports,
) -> dict[str, float]:
    """Return the measures of one answer; those of the gold only where there is one."""
    row = citation_scores(answer, supports)
    if answer.citations:
        row["quote_verbatim"] = (
            _share(sum(verbatim(answer.citations, text_of)), len(answer.citations)) or 0.0
        )
    if question.answerable:
        relevant = {source_of(url) for url in question.relevant_urls}
        row["first_citation_right"] = float(
            bool(answer.citations) and answer.citations[0].source.source_id in relevant
        )
        if question.gold_quote:
            row["gold_quote_cited"] = float(cites(question.gold_quote, answer))
        if question.fact:
            row["fact_said"] = float(says(question.fact, answer))
    return row


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
