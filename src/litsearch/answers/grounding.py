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
from itertools import chain, pairwise

from litsearch.answers.agreement import disagreement
from litsearch.answers.claims import of_its_subject, only_repeats, without_attribution
from litsearch.answers.reply import Statement
from litsearch.answers.tokens import read, telling
from litsearch.answers.verbatim import copied, taken_back
from litsearch.patterns import expression
from litsearch.sentences import lines, sentences
from litsearch.types import CatalogSource, Citation, Hit, Offsets, Passage

FEWEST_WORDS = 6  # of a sentence without a full stop; shorter ones are headings
WIDEST = 3  # sentences of a quote
LONGEST_LIST = 800  # characters that are taken for one sentence with its items
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


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a source that a model reads. Law: document.text[start : start + len(text)] ==
    text.
    """

    text: str
    start: int
    sentences: tuple[Offsets, ...]  # of the document, in order
    passage: Passage
    source: CatalogSource
    # The extractive answer cites the source, which thus says the question's names.
    cited: bool = False
    quoted: Offsets | None = None  # what of it the extractive answer quotes

    def cut(self, start: int, end: int) -> str:
        """Return the text between two offsets of the document."""
        return self.text[start - self.start : end - self.start]

    @property
    def reading(self) -> str:
        """Return what a model reads: the sentences, without headings between them, or those that
        the extractive answer quotes.
        """
        start, end = self.stretch
        units = [unit for unit in self.sentences if unit.start < end and start < unit.end]
        return " ".join(self.cut(*unit) for unit in units)

    @property
    def stretch(self) -> Offsets:
        """Return where what a model reads stands in the document."""
        return self.quoted or Offsets(self.start, self.start + len(self.text))

    def overlaps(self, other: Excerpt) -> bool:
        """Return True when half of what is shorter to read of two excerpts stands in the other."""
        if self.passage.source_id != other.passage.source_id:
            return False
        (start, end), (other_start, other_end) = self.stretch, other.stretch
        shared = min(end, other_end) - max(start, other_start)
        return 2 * shared > min(end - start, other_end - other_start)


def excerpt_of_hit(hit: Hit) -> Excerpt:
    """Return the passage of a hit as an excerpt."""
    passage = hit.passage
    units = _split(passage.text, passage.start)
    return Excerpt(passage.text, passage.start, units, passage, hit.source)


def excerpt_of_citation(citation: Citation) -> Excerpt:
    """Return the passage that a citation stands in, of which a model reads the quote; the quote
    alone, where it goes beyond that.
    """
    passage = citation.passage
    quoted = Offsets(citation.start, citation.end)
    if passage.start <= quoted.start and quoted.end <= passage.start + len(passage.text):
        units = _split(passage.text, passage.start)
        return Excerpt(passage.text, passage.start, units, passage, citation.source, quoted=quoted)
    units = _split(citation.quote, citation.start)
    return Excerpt(citation.quote, citation.start, units, passage, citation.source)


def _split(text: str, start: int) -> tuple[Offsets, ...]:
    """The sentences of a text, by offsets of the document that it starts in; headings are none."""
    split = (sentences(text, line.start, line.end) for line in lines(text, 0, len(text)))
    units: list[Offsets] = []
    for unit in chain.from_iterable(split):
        said = text[unit.start : unit.end]
        if units and _is_listed(text[units[-1].start : units[-1].end], said):
            units[-1] = Offsets(units[-1].start, unit.end)
        elif _is_sentence(said):
            units.append(unit)
    return tuple(Offsets(start + unit.start, start + unit.end) for unit in units)


def _is_listed(before: str, item: str) -> bool:
    """True for an item of a list over several lines, which a colon or a semicolon announces."""
    fits = len(before) + len(item) < LONGEST_LIST
    return fits and before.rstrip().endswith((":", ";")) and bool(item.strip())


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS or text.rstrip().endswith((".", "!", "?", ":"))


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
    "empty": "it only repeats the question",
    "leaning": "it leans on a sentence before it",
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
    if _LEANING.match(statement.text):
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
    gaps = (excerpt.cut(one.end, other.start) for one, other in pairwise(units))
    return not any(gap.strip() or "\n" in gap for gap in gaps)


def _copy(text: str, quotes: Sequence[Quote]) -> Support | None:
    for quote in quotes:
        share = copied(text, quote.text)
        if share and not quote.taken_back:
            return Support(quote, share, copy=True)
    return None


def _agreeing(text: str, quotes: Sequence[Quote], question: str) -> Support | Refusal:
    """The best of the quotes that share most words with a text and do not disagree with it."""
    wanted = telling(read(text))
    refusals: list[str] = []
    for quote in sorted(quotes, key=lambda quote: -_worth(wanted, quote))[:TRIED]:
        coverage = _coverage(wanted, quote)
        if coverage < LEAST:
            continue
        kind = _difference(text, quote, question)
        if not kind:
            claim = without_attribution(text, _by(quote.excerpt), question)
            claim = of_its_subject(claim, quote.text, _titles(quote.excerpt), question)
            return Support(quote, coverage, copy=False, claim=claim)
        refusals.append(kind)
    return Refusal(refusals[0] if refusals else "unsupported")


def _by(excerpt: Excerpt) -> str:
    """Who and what a source is by."""
    return " ".join([excerpt.source.title, *excerpt.source.authors])


def _difference(text: str, quote: Quote, question: str) -> str:
    if quote.taken_back:
        return "denied"
    return disagreement(text, quote.text, _context(quote.excerpt, question), question)


def _context(excerpt: Excerpt, question: str) -> str:
    """What is known of a source; the question, too, where that is answered from it."""
    known = _known(excerpt)
    if excerpt.cited:
        known.append(question)
    return " ".join(known)


def _known(excerpt: Excerpt) -> list[str]:
    """The titles of an excerpt's source, its authors, remarks, headings, the passage."""
    known = [*_titles(excerpt), *excerpt.source.authors, excerpt.text]
    for entry in excerpt.source.entries:
        known += [entry.remark, *entry.authors]
    return known


def _titles(excerpt: Excerpt) -> list[str]:
    """What a source and the part of it that an excerpt stands in are called."""
    titles = [entry.title for entry in excerpt.source.entries]
    return [excerpt.source.title, *titles, *excerpt.passage.heading]


def _coverage(wanted: set[str], quote: Quote) -> float:
    """The share of a statement's telling words that stand in a quote."""
    return len(wanted & _stems(quote.text)) / max(1, len(wanted))


@lru_cache(maxsize=2_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(telling(read(text)))


def _worth(wanted: set[str], quote: Quote) -> float:
    """Coverage, less something for every sentence more than one."""
    units = sum(quote.start <= unit.start < quote.end for unit in quote.excerpt.sentences)
    return _coverage(wanted, quote) - WIDER * (units - 1)
