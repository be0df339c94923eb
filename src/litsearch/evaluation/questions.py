"""Evaluate questions over a library whose sources, sentences and facts are known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.answers import (
    Supports,
    Timed,
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
    Ranked,
    latency,
    means,
    outcome,
    quote_within,
    ranked,
    retrieval,
)
from litsearch.types import Answer, AnswerStatus, AnswerStep, Hit, Results

CUTS = (1, 5, 10)  # hits that are read for the quote
READING = (300, 1000)  # words that are


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


@dataclass(frozen=True, slots=True)
class Library:
    """What an evaluation asks of a library.

    source_of: the id of the source that an address belongs to. text_of: the stored text of a
    source. supports: whether a quote says what a sentence says.
    """

    search: Callable[[str], Results]
    answering: Callable[[str], Iterator[AnswerStep]]
    source_of: Callable[[str], str]
    text_of: Callable[[str], str]
    supports: Supports


def read_questions(path: Path) -> list[Question]:
    """Read the questions of a file of JSON lines. Raises ConfigError."""
    try:
        lines = path.read_bytes().splitlines()
        return [msgspec.json.decode(line, type=Question) for line in lines if line.strip()]
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read: {error.strerror}.", "Name a file of JSON lines."
        ) from None
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"{path} is not a file of questions: {error}.", "Each line needs id and question."
        ) from None


def evaluate(questions: Sequence[Question], library: Library) -> tuple[Outcome, dict[str, Any]]:
    """Return the outcome for the answerable questions, and the report: retrieval over these,
    answers over all.
    """
    questions = [_with_quote(question, library) for question in questions]
    answerable = [question for question in questions if question.answerable]

    rankings: dict[str, Ranked] = {}
    quote_rows: dict[str, dict[str, float]] = {}
    for question in answerable:
        results = library.search(question.question)
        rankings[question.id] = ranked(results)
        quote_rows[question.id] = _quote_measures(question, results.hits)

    replies: dict[str, Timed] = {}
    answer_rows: dict[str, dict[str, float]] = {}
    rows: dict[str, dict[str, float]] = {}
    for question in questions:
        reply = timed(library.answering(question.question))
        measures = _answer_measures(question, reply.answer, library)
        replies[question.id] = reply
        answer_rows[question.id] = measures
        rows[question.id] = quote_rows.get(question.id, {}) | measures

    result = outcome(_qrels(answerable, library), rankings, rows)
    answer_means = means(answer_rows)
    return result, {
        "questions": len(questions),
        "answerable": len(answerable),
        "retrieval": _without(retrieval(result), answer_means),
        "by_kind": outcome(result.qrels, rankings).by_group(),
        "answers": _statuses(questions, replies) | answer_means,
        "latency_ms": latency(result.took_ms) | waits(list(replies.values())),
    }


def _qrels(questions: Sequence[Question], library: Library) -> dict[str, dict[str, int]]:
    """Return the judgments of the questions that name what is relevant."""
    qrels: dict[str, dict[str, int]] = {}
    for question in questions:
        if question.relevant_urls:
            sources = map(library.source_of, question.relevant_urls)
            qrels[question.id] = dict.fromkeys(sources, 1)
    return qrels


def _without(row: Mapping[str, float], names: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in row.items() if name not in names}


def _with_quote(question: Question, library: Library) -> Question:
    """Return the question with the quote that its digest means, if a relevant source has it."""
    if question.gold_quote or not question.quote_sha256:
        return question
    sources = map(library.source_of, question.relevant_urls)
    texts = map(library.text_of, sources)
    quote = recovered(question.quote_sha256, question.quote_letters, texts)
    return msgspec.structs.replace(question, gold_quote=quote or None)


def _quote_measures(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    """Return how soon a reader of the hits meets the quote that answers."""
    quote = question.gold_quote
    if not quote:
        return {}
    measures: dict[str, float] = {}
    for k in CUTS:
        measures[f"Quote@{k}"] = float(quote_within(quote, hits[:k]))
    for words in READING:
        measures[f"Quote@{words}w"] = float(quote_within(quote, hits, words))
    return measures


def _answer_measures(question: Question, answer: Answer, library: Library) -> dict[str, float]:
    """Return the measures of one answer; those of the gold only where there is one."""
    row = citation_scores(answer, library.supports)
    if answer.citations:
        verbatims = verbatim(answer.citations, library.text_of)
        row["quote_verbatim"] = round(sum(verbatims) / len(verbatims), 4)

    if not question.answerable:
        return row

    relevant = set(map(library.source_of, question.relevant_urls))
    first = [citation.source.source_id for citation in answer.citations[:1]]
    row["first_citation_right"] = float(not relevant.isdisjoint(first))
    if question.gold_quote:
        row["gold_quote_cited"] = float(cites(question.gold_quote, answer))
    if question.fact:
        row["fact_said"] = float(says(question.fact, answer))
    return row


def _statuses(
    questions: Sequence[Question], replies: Mapping[str, Timed]
) -> dict[str, float | None]:
    """Return the shares declined and weak, of answerable and of unanswerable questions."""
    statuses: dict[str, list[AnswerStatus]] = {"answerable": [], "unanswerable": []}
    for question in questions:
        group = "answerable" if question.answerable else "unanswerable"
        statuses[group].append(replies[question.id].answer.status)

    shares: dict[str, float | None] = {}
    for group, of_held in statuses.items():
        shares[f"{group}_declined"] = _share(of_held.count("declined"), len(of_held))
        shares[f"{group}_weak"] = _share(of_held.count("weak"), len(of_held))

    answerable = {question.id: question.answerable for question in questions}
    answers = {query: reply.answer for query, reply in replies.items()}
    return shares | declining(answerable, answers)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
