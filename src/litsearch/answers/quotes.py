"""The quotes of an answer, and which of them goes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litsearch.answers.openings import opens_well
from litsearch.answers.rank import Scored
from litsearch.types import AnswerSentence, Citation, Offsets

# A quote that stands alone goes before a better one that leans, if it has so much of its score.
STANDING = 0.88
BEST = 2.0  # the score of a sentence that could not be better


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a source's text, and the sentence that it was quoted for."""

    sentence: Scored
    span: Offsets
    text: str

    def numbered(self, n: int) -> AnswerSentence:
        """Return it as the n-th sentence of an answer."""
        return AnswerSentence(self.text, (n,), max(0.0, min(1.0, self.sentence.score / BEST)))

    def cited(self, n: int) -> Citation:
        """Return it as the n-th citation."""
        candidate = self.sentence.candidate
        return Citation(n, self.text, *self.span, candidate.passage, candidate.source)


def standing_first(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes, the first one that stands alone in front if it is nearly as good."""
    ordered = list(quotes)
    for place, quote in enumerate(ordered):
        if quote.sentence.score < STANDING * ordered[0].sentence.score:
            continue
        if quote.sentence.candidate.head >= 0 or opens_well(quote.text):
            return [quote, *ordered[:place], *ordered[place + 1 :]]
    return ordered
