"""What an answer is made of before it is dressed: sentences, citations, and why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.types import AnswerSentence, AnswerStatus, Citation


@dataclass(frozen=True, slots=True)
class Draft:
    """Sentences with their citations, numbered from 1; or a status and the reason for it."""

    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    status: AnswerStatus = "answered"
    reason: str = ""


def declined(reason: str) -> Draft:
    """Return a refusal."""
    return Draft(status="declined", reason=reason)


def listed(things: Sequence[object], last: str) -> str:
    """Join things as a sentence lists them: "A, B or C"."""
    words = [str(thing) for thing in things]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
