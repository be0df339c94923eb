"""The quotes of an answer, and which of them goes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litsearch.answers.openings import opens_well
from litsearch.answers.quality import quotability
from litsearch.answers.rank import Scored
from litsearch.answers.sentences import Candidate, Window
from litsearch.types import AnswerSentence, Citation, Offsets

# A quote that stands alone goes before a better one that leans, if it has so much of its score.
STANDING = 0.88
# Of two quotes with at most a sentence between them, which a learner reads as one: of 388
# development questions the first quote answers 19 more and 1 fewer, with 10 words more.
LONGEST_JOINED = 800  # characters
MOST_BETWEEN = 1  # sentences
LEAST_BETWEEN = 0.3  # of their quality
BEST = 2.0  # the score of a sentence that could not be better


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text of the source in one row."""

    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a source's text, and the sentence that it was quoted for."""

    sentence: Scored
    span: Offsets
    window: Window

    @property
    def text(self) -> str:
        """Return what is quoted."""
        return self.window.cut(*self.span)

    @property
    def leads_on(self) -> bool:
        """Tell whether it is one sentence that ends with a colon, without what that leads on to."""
        is_alone = len(self.sentence.candidate.text) >= len(self.text)
        return is_alone and self.text.rstrip().endswith(":")

    def is_near(self, candidate: Candidate) -> bool:
        """Tell whether a sentence, not of a table, may be one quote with this."""
        (start, end), own = self.span, self.sentence.candidate
        if candidate.source_row != own.source_row or max(own.head, candidate.head) >= 0:
            return False
        return max(end, candidate.end) - min(start, candidate.start) <= LONGEST_JOINED

    def joined(self, other: Quote) -> Quote | None:
        """Return both as one quote, or None where they are apart or would open worse."""
        (start, end), (other_start, other_end) = self.span, other.span
        whole = Offsets(min(start, other_start), max(end, other_end))
        gap = Offsets(min(end, other_end), max(start, other_start))
        if not self.is_near(other.sentence.candidate) or whole.end - whole.start > LONGEST_JOINED:
            return None
        for window in (self.window, other.window):
            quote = replace(self, span=whole, window=window)
            if window.holds(whole) and _is_short(gap, window):
                return quote if opens_well(quote.text) or not opens_well(self.text) else None
        return None

    def numbered(self, n: int) -> AnswerSentence:
        """Return it as the n-th sentence of an answer."""
        return AnswerSentence(self.text, (n,), max(0.0, min(1.0, self.sentence.score / BEST)))

    def cited(self, n: int) -> Citation:
        """Return it as the n-th citation."""
        candidate = self.sentence.candidate
        return Citation(n, self.text, *self.span, candidate.passage, candidate.source)


def placed(
    quote: Quote, quotes: Sequence[Quote], definitions: Sequence[Stretch]
) -> tuple[int, Quote]:
    """Return the place of the quote that another makes one with, and both as one; else that behind
    all. Nothing that was shown before comes between them.
    """
    row = quote.sentence.candidate.source_row
    for place, other in enumerate(quotes):
        whole = other.joined(quote)
        if whole is not None and not overlaps(Stretch(row, *whole.span), definitions):
            return place, whole
    return len(quotes), quote


def overlaps(stretch: Stretch, quoted: Sequence[Stretch]) -> bool:
    """Tell whether a stretch shares text with one that is quoted."""
    others = (other for other in quoted if other.row == stretch.row)
    return any(stretch.start < other.end and other.start < stretch.end for other in others)


def _is_short(gap: Offsets, window: Window) -> bool:
    """Tell whether hardly anything stands in a gap, and it can be quoted."""
    texts = []
    for unit in window.sentences:
        if gap.start <= unit.start and unit.end <= gap.end:
            texts.append(window.cut(*unit))
    return len(texts) <= MOST_BETWEEN and all(quotability(text) >= LEAST_BETWEEN for text in texts)


def standing_first(quotes: Sequence[Quote]) -> list[Quote]:
    """Return the quotes, the first one that stands alone in front if it is nearly as good."""
    ordered = list(quotes)
    for place, quote in enumerate(ordered):
        if quote.sentence.score < STANDING * ordered[0].sentence.score:
            continue
        if quote.sentence.candidate.head >= 0 or opens_well(quote.text):
            return [quote, *ordered[:place], *ordered[place + 1 :]]
    return ordered
