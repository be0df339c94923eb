"""Measure answers: support by citations, the gold fact, declining, and waiting times.

Citation recall and precision as in Gao et al. 2023, "Enabling Large Language Models to Generate
Text with Citations" (ALCE), with any support check in the place of their NLI model.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from litsearch.evaluation.measures import plain
from litsearch.patterns import expression
from litsearch.types import Answer, AnswerSentence, AnswerStep, Citation

FEWEST_LETTERS = 20  # of a cited quote that counts as a part of the gold one
_WORD_START = expression(r"(?<![^\W_])[^\W_]")

Steps = Iterator[AnswerStep]
Supports = Callable[[str, str], bool]  # whether the second text, a quote, says what the first does


@dataclass(frozen=True, slots=True)
class Timed:
    """An answer, and the milliseconds until its first sentence stood and until all of it did."""

    answer: Answer
    first_ms: float
    whole_ms: float


def timed(steps: Steps) -> Timed:
    """Return the last of the steps that answering gives. A refusal is its own first sentence."""
    began = time.perf_counter()
    first_ms = 0.0
    answer: Answer | None = None

    for step in steps:
        if not first_ms and isinstance(step, AnswerSentence | Answer) and step.text:
            first_ms = _since(began)
        if isinstance(step, Answer):
            answer = step

    if answer is None:
        raise ValueError("answering ends with an answer")
    whole_ms = _since(began)
    return Timed(answer, first_ms or whole_ms, whole_ms)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def citation_scores(answer: Answer, supported: Supports) -> dict[str, float]:
    """Return citation recall, the share of sentences that their citations support, and precision,
    the share of markers that do; nothing for an answer without sentences.
    """
    if not answer.sentences:
        return {}

    quotes = {citation.n: citation.quote for citation in answer.citations}
    supporting_marks: list[bool] = []
    supported_sentences: list[bool] = []
    for sentence in answer.sentences:
        quotes_cited = [quotes.get(n, "") for n in sentence.citations]
        supporting = [supported(sentence.text, quote) for quote in quotes_cited]

        supporting_marks += supporting
        together = " ".join(quotes_cited)
        supported_sentences.append(any(supporting) or supported(sentence.text, together))

    return {
        "citation_recall": _mean(supported_sentences),
        "citation_precision": _mean(supporting_marks),
    }


def verbatim(citations: Iterable[Citation], text_of: Callable[[str], str]) -> list[bool]:
    """Tell of each citation whether the stored text of its source has the quote at its offsets."""
    results = []
    for citation in citations:
        text = text_of(citation.source.source_id)
        results.append(text[citation.start : citation.end] == citation.quote)
    return results


def cites(gold: str, answer: Answer) -> bool:
    """Tell whether the gold quote and a cited one overlap: one holds the other, letters and digits
    only.
    """
    gold = plain(gold)
    quotes = [plain(citation.quote) for citation in answer.citations]
    for quote in (*quotes, "".join(quotes)):
        if gold in quote or (len(quote) > FEWEST_LETTERS and quote in gold):
            return True
    return False


def says(fact: str, answer: Answer) -> bool:
    """Tell whether the answer says the fact as whole words: one of the alternatives, which stand
    apart by "|".
    """
    text = " ".join(answer.text.split())
    for alternative in fact.split("|"):
        words = re.escape(" ".join(alternative.split()))
        if words and re.search(rf"(?<![\w.,]){words}(?![^\W_]|[.,]\d)", text, re.IGNORECASE):
            return True
    return False


def recovered(digest: str, length: int, texts: Iterable[str]) -> str:
    """Return the stretch of the texts whose letters and digits have this SHA-256; "" when none has.

    So a question can name the sentence that answers it without repeating somebody else's words.
    """
    for text in texts:
        letters = plain(text)
        for start in _starts(text):
            stretch = letters[start : start + length]
            if hashlib.sha256(stretch.encode()).hexdigest() == digest:
                return stretch
    return ""


def _starts(text: str) -> Iterator[int]:
    """Yield where words begin, counted in letters and digits."""
    begin, count = 0, 0
    for match in _WORD_START.finditer(text):
        count += len(plain(text[begin : match.start()]))
        begin = match.start()
        yield count


def declining(
    answerable: Mapping[str, bool], answers: Mapping[str, Answer]
) -> dict[str, float | None]:
    """Return recall and precision of declining.

    Recall is the share declined of what the library does not hold; precision is the share not held
    of what is declined.
    """
    declined = {query for query, answer in answers.items() if not answer.answered}
    absent = {query for query, is_answerable in answerable.items() if not is_answerable}
    right = len(declined & absent)
    return {
        "declining_recall": round(right / len(absent), 4) if absent else None,
        "declining_precision": round(right / len(declined), 4) if declined else None,
    }


def waits(all_timed: Sequence[Timed]) -> dict[str, float]:
    """Return the median and 95th percentile of the waits for the first sentence and the whole
    answer.
    """
    if not all_timed:
        return {}
    milliseconds = np.array([(each.first_ms, each.whole_ms) for each in all_timed])
    (first, whole), (first_p95, whole_p95) = np.percentile(milliseconds, (50, 95), axis=0)
    return {
        "ask_first": round(float(first), 1),
        "ask_first_p95": round(float(first_p95), 1),
        "ask_whole": round(float(whole), 1),
        "ask_whole_p95": round(float(whole_p95), 1),
    }


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
