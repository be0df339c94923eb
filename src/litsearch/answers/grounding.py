"""Finds the verbatim quote that supports a model's statement, or says why there is none.

A copy is trusted by its words alone. A statement in other words must agree with a quote in its
numbers, names, negation, direction and conditions, and then a judge must say that the quote
supports all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from litsearch.answers.agreement import disagreement
from litsearch.answers.claims import (
    lends,
    of_its_subject,
    only_repeats,
    without_attribution,
    without_place,
)
from litsearch.answers.excerpts import Excerpt
from litsearch.answers.reply import Statement
from litsearch.answers.tokens import read, telling
from litsearch.answers.verbatim import copied, taken_back
from litsearch.patterns import expression
from litsearch.types import Offsets

WIDEST = 3  # sentences of a quote
WIDER = 0.08  # share of a statement's words that each further sentence of a quote must add
TRIED = 4  # quotes that are compared with a statement in other words
# Share of a statement's telling words that its quote has: less is talk about something else.
LEAST = 0.34


# What such a word stands for is in another sentence, which the judge does not see.
_LEANING = expression(
    r"(?!it (?:takes?|took|is|was|costs?|needs?|requires?)\b.*\b(?:to|that)\b)"  # it took 3 days to
    r"(?:it|its|this|that|these|those|they|their|he|his|she|her|such)\b",
    re.IGNORECASE,
)
# "; it can be fused, too": a judge takes "it" for whatever the quote says so of.
_LEANING_CLAUSE = expression(r";\s+(?:it|this|these|they|he|she)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """A few neighbouring sentences of an excerpt."""

    excerpt: Excerpt
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the words of the quote."""
        return self.excerpt.cut(self.start, self.end)

    @property
    def aside(self) -> bool:
        """Return True when the extractive answer does not quote it."""
        start, end = self.excerpt.quoted or (self.end, self.start)
        return not start <= self.start < self.end <= end

    @property
    def taken_back(self) -> bool:
        """Return True when the sentence before announces an error, or the one after denies it."""
        before = after = ""
        for unit in self.excerpt.sentences:
            if unit.end <= self.start:
                before = self.excerpt.cut(*unit)
            elif unit.start >= self.end:
                after = self.excerpt.cut(*unit)
                break
        return taken_back(before, self.text, after)


@dataclass(frozen=True, slots=True)
class Support:
    """A quote for a statement. A copy needs no judge."""

    quote: Quote
    share: float  # of the quote that a copy keeps, or of the statement's words that the quote has
    copy: bool
    claim: str = ""  # what a judge is asked about


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a statement has no quote: one of the kinds in `REASONS`."""

    kind: str


REASONS = {
    "number": "a number that the source does not say",
    "name": "a name that the source does not say",
    "unfinished": "it breaks off",
    "lent": "words of the question that the source does not say",
    "empty": "it only repeats the question",
    "again": "it says again what one before it says",
    "leaning": "it leans on a sentence before it",
    "beside": "true, but beside the question",
    "negation": "a negation that differs from the source",
    "direction": "a comparison or order that differs from the source",
    "condition": "a condition of the source left out",
    "extent": "a doubt or limit of the source left out",
    "scope": "more than the source says",
    "denied": "something that the source itself takes back",
    "unsupported": "no sentence of the sources that says it",
    "judge": "not all of it in the source, as far as the model can judge",
    "unjudged": "other words than the source, and no model that can judge them",
}


def support(statement: Statement, excerpts: Sequence[Excerpt], question: str) -> Support | Refusal:
    """Find the quote whose words agree with a statement: in the excerpts that it cites first, then
    in the others.
    """
    if only_repeats(statement.text, question):
        return Refusal("empty")
    quotes = list(_quotes(excerpts, statement.markers))
    copy = _copy(statement.text, quotes)
    if copy is not None:
        return copy
    if not statement.finished:
        return Refusal("unfinished")
    if _LEANING.match(statement.text) or _LEANING_CLAUSE.search(statement.text):
        return Refusal("leaning")
    return _agreeing(statement.text, quotes, question)


def _quotes(excerpts: Sequence[Excerpt], cited: Sequence[int]) -> Iterator[Quote]:
    """Yield the quotes of the cited excerpts, then those of the others; short ones first."""
    numbers = range(1, len(excerpts) + 1)
    for n in dict.fromkeys([*cited, *numbers]):
        if n in numbers:
            yield from _quotes_of(excerpts[n - 1])


def _quotes_of(excerpt: Excerpt) -> Iterator[Quote]:
    for width in range(1, WIDEST + 1):
        for first in range(len(excerpt.sentences) - width + 1):
            units = excerpt.sentences[first : first + width]
            if _are_neighbours(excerpt, units):
                yield Quote(excerpt, units[0].start, units[-1].end)


def _are_neighbours(excerpt: Excerpt, units: Sequence[Offsets]) -> bool:
    """True when sentences stand in one paragraph, with nothing but space between them.

    Over a paragraph's end, the subject of one sentence was joined to the predicate of the next.
    """
    gaps = (excerpt.cut(unit.end, following.start) for unit, following in pairwise(units))
    return not any(gap.strip() or "\n" in gap for gap in gaps)


def _copy(text: str, quotes: Sequence[Quote]) -> Support | None:
    for quote in quotes:
        share = copied(text, quote.text)
        if share and not quote.taken_back:
            return Support(quote, share, copy=True)
    return None


def _agreeing(text: str, quotes: Sequence[Quote], question: str) -> Support | Refusal:
    """The best of the quotes that share most words with a text and do not disagree with it."""
    claim_stems = telling(read(text))
    refusals: list[str] = []
    best_first = sorted(quotes, key=lambda quote: (-_worth(claim_stems, quote), quote.aside))
    for quote in best_first[:TRIED]:
        coverage = _coverage(claim_stems, quote)
        if coverage < LEAST:
            continue
        kind = _difference(text, quote, question)
        if not kind and lends(text, question, _told(quote, quotes)):
            kind = "lent"
        if not kind:
            titles = _titles(quote.excerpt)
            claim = without_attribution(text, _by(quote.excerpt), question)
            claim = without_place(claim, quote.text, titles, question)
            claim = of_its_subject(claim, quote.text, titles, question)
            return Support(quote, coverage, copy=False, claim=claim)
        refusals.append(kind)
    return Refusal(refusals[0] if refusals else "unsupported")


def _told(quote: Quote, quotes: Sequence[Quote]) -> str:
    """What is known of the source of a quote, and what of it is at hand."""
    texts = dict.fromkeys(_known(quote.excerpt))
    for other in quotes:
        if other.excerpt.passage.source_id == quote.excerpt.passage.source_id:
            texts[other.excerpt.text] = None
    return " ".join(texts)


def _by(excerpt: Excerpt) -> str:
    """Who and what a source is by."""
    return " ".join([excerpt.source.title, *excerpt.source.authors])


def _difference(text: str, quote: Quote, question: str) -> str:
    if quote.taken_back:
        return "denied"
    return disagreement(text, quote.text, _context(quote.excerpt, question), question)


def _context(excerpt: Excerpt, question: str) -> str:
    """What is known of a source; the question, too, where that is answered from it."""
    texts = _known(excerpt)
    if excerpt.cited:
        texts.append(question)
    return " ".join(texts)


def _known(excerpt: Excerpt) -> list[str]:
    """The titles of an excerpt's source, its authors, remarks, headings, the passage."""
    texts = [*_titles(excerpt), *excerpt.source.authors, excerpt.text]
    for entry in excerpt.source.entries:
        texts += [entry.remark, *entry.authors]
    return texts


def _titles(excerpt: Excerpt) -> list[str]:
    """What a source and the part of it that an excerpt stands in are called."""
    titles = [entry.title for entry in excerpt.source.entries]
    return [excerpt.source.title, *titles, *excerpt.passage.heading]


def _coverage(claim_stems: set[str], quote: Quote) -> float:
    """The share of a statement's telling words that stand in a quote."""
    return len(claim_stems & _stems(quote.text)) / max(1, len(claim_stems))


@lru_cache(maxsize=2_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(telling(read(text)))


def _worth(claim_stems: set[str], quote: Quote) -> float:
    """Coverage, less something for every sentence more than one."""
    units = sum(quote.start <= unit.start < quote.end for unit in quote.excerpt.sentences)
    return _coverage(claim_stems, quote) - WIDER * (units - 1)
