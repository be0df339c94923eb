"""Chooses what a language model reads: the sentences that matter of the quotes, then of the best
passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from litsearch.answers.hostile import is_disguised, is_hostile
from litsearch.answers.tokens import read, telling
from litsearch.sentences import lines, sentences
from litsearch.types import Answer, CatalogSource, Citation, Hit, Offsets, Passage

READABLE = ("text", "table")  # roles of passages
READ = 12  # excerpts offered to a model; it reads as many as it has time for
# Words of an excerpt that a model reads: of whole quotes for how and why, one filled its window.
MOST_WORDS = 50
FEWEST_WORDS = 6  # of a sentence without a full stop; shorter ones are headings
LONGEST_LIST = 800  # characters that are taken for one sentence with its items


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
    told: tuple[Offsets, ...] = ()  # what of that matters to the question; empty: all

    def cut(self, start: int, end: int) -> str:
        """Return the text between two offsets of the document."""
        return self.text[start - self.start : end - self.start]

    @property
    def reading(self) -> str:
        """Return what a model reads: the sentences that matter, without headings between them."""
        return " ".join(self.cut(*unit) for unit in self.told or self.offered)

    @property
    def told_under_title(self) -> str:
        """Return what a model reads, under the title of its source."""
        return f"{self.source.title}\n{self.reading}"

    @property
    def offered(self) -> list[Offsets]:
        """Return the sentences, or those that the extractive answer quotes."""
        start, end = self.stretch
        return [unit for unit in self.sentences if unit.start < end and start < unit.end]

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
        words = text[unit.start : unit.end]
        if units and _is_listed(text[units[-1].start : units[-1].end], words):
            units[-1] = Offsets(units[-1].start, unit.end)
        elif _is_sentence(words):
            units.append(unit)
    return tuple(Offsets(start + unit.start, start + unit.end) for unit in units)


def _is_listed(before: str, item: str) -> bool:
    """True for an item of a list over several lines, which a colon or a semicolon announces."""
    fits = len(before) + len(item) < LONGEST_LIST
    return fits and before.rstrip().endswith((":", ";")) and bool(item.strip())


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS or text.rstrip().endswith((".", "!", "?", ":"))


def excerpts(extractive: Answer, hits: Sequence[Hit], shown: Sequence[str] = ()) -> list[Excerpt]:
    """Return what a model may read: where the extractive answer stands, then the best passages,
    without the sentences that were shown before.
    """
    before = _plain("\n".join(shown))
    readable = (hit for hit in hits if hit.passage.role in READABLE)
    sources = {citation.passage.source_id for citation in extractive.citations}

    chosen: list[Excerpt] = []
    cited = map(excerpt_of_citation, extractive.citations)
    for whole in chain(cited, map(excerpt_of_hit, readable)):
        excerpt = _harmless(_without(before, whole) if before else whole)
        if excerpt.offered and not any(map(excerpt.overlaps, chosen)):
            cites = excerpt.passage.source_id in sources
            units = _mattering(excerpt, extractive.question)
            chosen.append(replace(excerpt, cited=cites, told=units))
    return chosen[:READ]


def _mattering(excerpt: Excerpt, question: str) -> tuple[Offsets, ...]:
    """Return the first sentence of a long excerpt, since a quote begins with what answers, and the
    others that say most of the question's words, or come first, in their order.
    """
    first, *others = excerpt.offered
    question_words = telling(read(question))
    by_unit = {unit: telling(read(excerpt.cut(*unit))) for unit in excerpt.offered}
    lacking = question_words - by_unit[first]
    others.sort(key=lambda unit: -len(by_unit[unit] & lacking))

    units, words = [first], _length(excerpt, first)
    for unit in others:
        words += _length(excerpt, unit)
        if words > MOST_WORDS:
            break
        units.append(unit)
    return tuple(sorted(units))


def _length(excerpt: Excerpt, unit: Offsets) -> int:
    return len(excerpt.cut(*unit).split())


def _without(before: str, excerpt: Excerpt) -> Excerpt:
    """Return an excerpt without the sentences whose letters were shown before."""
    new = [unit for unit in excerpt.sentences if _plain(excerpt.cut(*unit)) not in before]
    return replace(excerpt, sentences=tuple(new))


def _harmless(excerpt: Excerpt) -> Excerpt:
    """Return an excerpt without what gives orders to a model, which then neither reads nor quotes
    it; nothing of a disguised one.
    """
    if is_disguised(excerpt.text):
        return replace(excerpt, sentences=())
    units = [unit for unit in excerpt.sentences if not is_hostile(excerpt.cut(*unit))]
    return replace(excerpt, sentences=tuple(units))


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
