"""What an answer is made of before it is dressed: sentences, citations, and why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from litsearch.answers.openings import leans_back
from litsearch.answers.quality import is_apparatus, quotability
from litsearch.answers.works import Work, authors_of, date_of, titles_of
from litsearch.index.catalog import Catalog
from litsearch.types import AnswerSentence, AnswerStatus, CatalogSource, Citation, Offsets, Passage

MOST_LISTED = 10  # works that an answer names; the first sentence says how many there are
MOST_AUTHORS = 6  # of one work; more are "and others"
FEWEST_WORDS = 4  # of a line that is quoted for a work
LONGEST_TITLE = 160  # characters of a line that stands for a list line
LONGEST_SENTENCE = 400  # characters of a sentence that does
PASSAGES = 4  # of a work's opening, where a sentence that may be quoted is looked for

Cited = tuple[str, Citation]  # a sentence and what it cites


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


def numbered(cited: Iterable[Cited], intro: str = "") -> Draft:
    """Return sentences with citations numbered from 1; an introduction cites the first."""
    sentences, citations = [], []
    for n, (text, citation) in enumerate(cited, 1):
        sentences.append(AnswerSentence(text, (n,), 1.0))
        citations.append(replace(citation, n=n))

    if intro:
        markers = (1,) if citations else ()
        sentences.insert(0, AnswerSentence(intro, markers, 1.0))
    return Draft(tuple(sentences), tuple(citations))


def name_works(catalog: Catalog, rows: Sequence[int], intro: str) -> Draft:
    """Name the first works of a list after a sentence that says what they are."""
    shown = list(rows[:MOST_LISTED])
    sources = catalog.sources_at(shown)
    cited = []
    for row in shown:
        if row in sources:
            work = Work(row, sources[row])
            cited.append((_named(work.source), cite_work(catalog, work)))

    if len(rows) > len(cited):
        intro += f" The first {len(cited)} are named."
    return numbered(cited, intro)


def _named(source: CatalogSource) -> str:
    """Return a work in one line: its title, authors and date."""
    parts = [source.listed_title, people(authors_of(source)), date_of(source)]
    return ", ".join(filter(None, parts))


def cite_work(catalog: Catalog, work: Work) -> Citation:
    """Cite a work by its title, as its text says it, or else by the first sentence that may be
    quoted, or else by the first line.
    """
    passages = opening_passages(catalog, work)
    first = passages[0]
    place = _title_in(first, titles_of(work.source))
    if place:
        return _cited(place, first, work)
    for passage in passages:
        for sentence in passage.sentences:
            if _may_open(sentence, passage):
                return _cited(sentence, passage, work)
    return _cited(_first_line(first), first, work)


def opening_passages(catalog: Catalog, work: Work) -> list[Passage]:
    """Return the passages that open a work, at least one."""
    rows = catalog.passage_rows_of([work.row])
    return [passage for passage, _ in catalog.passages(rows[:PASSAGES])]


def _cited(place: Offsets, passage: Passage, work: Work) -> Citation:
    quote = passage.text[place.start - passage.start : place.end - passage.start]
    return Citation(1, quote, place.start, place.end, passage, work.source)


def _title_in(passage: Passage, titles: Sequence[str]) -> Offsets | None:
    """Return where the first of the titles stands that a passage says."""
    low = passage.text.lower()
    for title in titles:
        at = low.find(title.lower())
        if title and at >= 0:
            start = passage.start + at
            return Offsets(start, start + len(title))
    return None


def _may_open(sentence: Offsets, passage: Passage) -> bool:
    """Tell whether a sentence is a whole statement of the work itself."""
    text = passage.text[sentence.start - passage.start : sentence.end - passage.start]
    if passage.role != "text" or len(text) > LONGEST_SENTENCE or is_apparatus(passage.heading):
        return False
    is_aside = text.startswith(("[", "("))
    return quotability(text) == 1.0 and not is_aside and not leans_back(text)


def _first_line(passage: Passage) -> Offsets:
    """Return the first line that is more than a heading."""
    start = passage.start
    for line in passage.text.split("\n"):
        if len(line.split()) >= FEWEST_WORDS:
            return Offsets(start, start + _clipped(line))
        start += len(line) + 1
    return Offsets(passage.start, passage.start + _clipped(passage.text.partition("\n")[0]))


def _clipped(line: str) -> int:
    """Return how much of a line is quoted: a long one up to the end of a word."""
    if len(line) <= LONGEST_TITLE:
        return len(line)
    return line.rfind(" ", 1, LONGEST_TITLE + 1) if " " in line[1:LONGEST_TITLE] else LONGEST_TITLE


def listed(things: Sequence[object], last: str) -> str:
    """Join things as a sentence lists them: "A, B or C"."""
    *words, end = map(str, things)
    return f"{', '.join(words)} {last} {end}" if words else end


def people(names: Sequence[str]) -> str:
    """Join the names of a work's authors, without the marks of their footnotes; "" for none."""
    if not names:
        return ""
    shown = [name.strip(" *†‡") for name in names[:MOST_AUTHORS]]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(shown)} and others"
    return listed(shown, "and")


def many(count: int, noun: str) -> str:
    """Return a number with its noun: "1 entry", "2 entries"."""
    return f"1 {noun}" if count == 1 else f"{count} {plural(noun)}"


def plural(noun: str) -> str:
    """Return "entries" for "entry"."""
    return re.sub("y$", "ie", noun) + "s"
