"""Questions with known sources and quotes, put to the library as a person would put them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec

from litsearch.errors import ConfigError
from litsearch.evaluation.measures import plain, quote_within
from litsearch.evaluation.outcome import Outcome, latency, outcome, retrieval, search_all
from litsearch.types import Answer, Hit, Results


class Question(msgspec.Struct, frozen=True):
    """One line of a questions file; further keys are ignored."""

    id: str
    question: str
    answerable: bool = True
    relevant_urls: tuple[str, ...] = ()
    gold_quote: str | None = None


def read_questions(path: Path) -> list[Question]:
    """The questions of a file of JSON lines. Raises ConfigError."""
    try:
        return [msgspec.json.decode(line, type=Question) for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.", "Name a file of JSON lines.") from None
    except msgspec.MsgspecError as error:
        raise ConfigError(f"{path} is not a file of questions: {error}.", "Each line needs id and question.") from None


def evaluate(
    questions: Sequence[Question],
    search: Callable[[str], Results],
    ask: Callable[[str], Answer],
    source_of: Callable[[str], str],
) -> tuple[Outcome, dict[str, Any]]:
    """What was found for the answerable questions, and the report: retrieval over these, answers over all.

    `source_of` gives the id of the source that an address belongs to.
    """
    answerable = [question for question in questions if question.answerable]
    results = search_all({question.id: question.question for question in answerable}, search)
    answers = {question.id: ask(question.question) for question in questions}
    qrels = {q.id: {source_of(url): 1 for url in q.relevant_urls} for q in answerable if q.relevant_urls}
    quotes = {q.id: _quotes(q.gold_quote, results[q.id].hits) for q in answerable if q.gold_quote}
    found = outcome(qrels, results, quotes)
    asked = round(median(answer.took_ms for answer in answers.values()), 1) if answers else None
    return found, {
        "questions": len(questions),
        "answerable": len(answerable),
        "retrieval": retrieval(found),
        "answers": _answers(questions, answers, source_of),
        "latency_ms": latency(found.took_ms) | {"ask": asked},
    }


def _quotes(quote: str, hits: Sequence[Hit]) -> dict[str, float]:
    at_k = {f"Quote@{k}": float(quote_within(quote, hits[:k])) for k in (1, 5, 10)}
    return at_k | {f"Quote@{words}w": float(quote_within(quote, hits, words)) for words in (300, 1000)}


def _answers(
    questions: Sequence[Question], answers: dict[str, Answer], source_of: Callable[[str], str]
) -> dict[str, Any]:
    yes = [question for question in questions if question.answerable]
    no = [question for question in questions if not question.answerable]
    quoted = [question for question in yes if question.gold_quote]
    first = [q for q in yes if answers[q.id].citations and _right_source(q, answers[q.id], source_of)]
    return {
        "answerable_declined": _share(sum(not answers[q.id].answered for q in yes), len(yes)),
        "answerable_weak": _share(sum(answers[q.id].status == "weak" for q in yes), len(yes)),
        "unanswerable_declined": _share(sum(not answers[q.id].answered for q in no), len(no)),
        "unanswerable_weak": _share(sum(answers[q.id].status == "weak" for q in no), len(no)),
        "first_citation_right": _share(len(first), len(yes)),
        "gold_quote_cited": _share(sum(_cites(q, answers[q.id]) for q in quoted), len(quoted)),
    }


def _right_source(question: Question, answer: Answer, source_of: Callable[[str], str]) -> bool:
    relevant = {source_of(url) for url in question.relevant_urls}
    return answer.citations[0].source.source.source_id in relevant


def _cites(question: Question, answer: Answer) -> bool:
    """True when the gold quote and a cited one overlap: one holds the other, letters and digits only."""
    gold = plain(question.gold_quote or "")
    quotes = [plain(citation.quote) for citation in answer.citations]
    return any(gold in quote or (len(quote) > 20 and quote in gold) for quote in [*quotes, "".join(quotes)])


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
