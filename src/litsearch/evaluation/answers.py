"""How good answers are: support of what is cited, the gold fact, silence where there is nothing,
and how soon.

Citation recall and precision as in Gao et al. 2023, "Enabling Large Language Models to Generate
Text with Citations" (ALCE), with whatever support check is given in the place of their NLI model.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from litsearch.evaluation.measures import plain
from litsearch.types import Answer, AnswerSentence, AnswerStep, Citation

FEWEST_LETTERS = 20  # of a cited quote that counts as a part of the gold one
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")

Steps = Iterator[AnswerStep]
Supports = Callable[[str, str], bool]  # whether the second text, a quote, says what the first does


@dataclass(frozen=True, slots=True)
class Timed:
    """An answer, and the milliseconds until its first sentence stood and until all of it did."""

    answer: Answer
    first_ms: float
    whole_ms: float


def timed(steps: Steps) -> Timed:
    """The last of the steps that answering gives. A refusal counts as said when it stands."""
    began, first, last = time.perf_counter(), 0.0, None
    for step in steps:
        said = isinstance(step, AnswerSentence | Answer) and bool(step.text)
        first = first or (_since(began) if said else 0.0)
        last = step if isinstance(step, Answer) else last
    if last is None:
        raise ValueError("answering ends with an answer")
    whole = _since(began)
    return Timed(last, first or whole, whole)


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def citation_scores(answer: Answer, supported: Supports) -> dict[str, float]:
    """Recall: the share of sentences that their citations support. Precision: the share of markers
    that do.
    """
    quotes = {citation.n: citation.quote for citation in answer.citations}
    marks = [
        supported(one.text, quotes.get(n, "")) for one in answer.sentences for n in one.citations
    ]
    whole = [
        any(supported(one.text, quotes.get(n, "")) for n in one.citations)
        or supported(one.text, " ".join(quotes.get(n, "") for n in one.citations))
        for one in answer.sentences
    ]
    return (
        {"citation_recall": _mean(whole), "citation_precision": _mean(marks)}
        if answer.sentences
        else {}
    )


def verbatim(citations: Iterable[Citation], text_of: Callable[[str], str]) -> list[bool]:
    """For each citation: the stored text of its source says the quote at its offsets."""
    return [text_of(one.source.source_id)[one.start : one.end] == one.quote for one in citations]


def cites(gold: str, answer: Answer) -> bool:
    """True when the gold quote and a cited one overlap: one holds the other, letters and digits
    only.
    """
    wanted = plain(gold)
    quotes = [plain(citation.quote) for citation in answer.citations]
    held = [*quotes, "".join(quotes)]
    return any(
        wanted in quote or (len(quote) > FEWEST_LETTERS and quote in wanted) for quote in held
    )


def says(fact: str, answer: Answer) -> bool:
    """True when the answer says the fact as whole words: one of the alternatives, which stand apart
    by "|".
    """
    text = " ".join(answer.text.split())
    facts = (" ".join(one.split()) for one in fact.split("|"))
    return any(
        re.search(rf"(?<![\w.,]){re.escape(one)}(?![^\W_]|[.,]\d)", text, re.I)
        for one in facts
        if one
    )


def recovered(digest: str, length: int, texts: Iterable[str]) -> str:
    """The stretch of the texts whose letters and digits have this SHA-256; "" when none has.

    So a question can name the sentence that answers it without repeating somebody else's words.
    """
    for text in texts:
        letters = plain(text)
        for start in _starts(text):
            if hashlib.sha256(letters[start : start + length].encode()).hexdigest() == digest:
                return letters[start : start + length]
    return ""


def _starts(text: str) -> Iterator[int]:
    """Where words begin, counted in letters and digits."""
    begin, count = 0, 0
    for match in _WORD_START.finditer(text):
        count += len(plain(text[begin : match.start()]))
        begin = match.start()
        yield count


def declining(
    answerable: Mapping[str, bool], answers: Mapping[str, Answer]
) -> dict[str, float | None]:
    """Recall: of what the library does not hold, the share declined. Precision: of what is
    declined, the share so.
    """
    declined = [query for query, answer in answers.items() if not answer.answered]
    absent = [query for query, held in answerable.items() if not held]
    right = len(set(declined) & set(absent))
    return {
        "declining_recall": round(right / len(absent), 4) if absent else None,
        "declining_precision": round(right / len(declined), 4) if declined else None,
    }


def waits(all_timed: Sequence[Timed]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds, until the first sentence and until the whole
    answer.
    """
    if not all_timed:
        return {}
    found: dict[str, float] = {}
    for name, values in (
        ("first", [t.first_ms for t in all_timed]),
        ("whole", [t.whole_ms for t in all_timed]),
    ):
        median, high = np.percentile(values, (50, 95))
        found |= {f"ask_{name}": round(float(median), 1), f"ask_{name}_p95": round(float(high), 1)}
    return found


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
