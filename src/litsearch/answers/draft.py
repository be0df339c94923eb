"""What an answer is made of before it is dressed: sentences, citations, and why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from litsearch.answers.works import Work, authors_of, date_of, titles_of
from litsearch.index.catalog import Catalog
from litsearch.types import AnswerSentence, AnswerStatus, CatalogSource, Citation, Passage

MOST_LISTED = 10  # works that an answer names; the first sentence says how many there are
MOST_AUTHORS = 6  # of one work; more are "and others"
FEWEST_WORDS = 4  # of a line that is quoted for a work
LONGEST_TITLE = 160  # characters of a quote that stands for a list line

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
    """Cite a work by its title, as its text says it, or else by the first line of its text."""
    passage = first_passage(catalog, work)
    at, length = _title_in(passage.text, titles_of(work.source))
    start = passage.start + at
    return Citation(1, passage.text[at : at + length], start, start + length, passage, work.source)


def _title_in(text: str, titles: Sequence[str]) -> tuple[int, int]:
    """Return where the first of the titles stands that a text says, else its first line; the
    length.
    """
    low = text.lower()
    for title in titles:
        at = low.find(title.lower())
        if title and at >= 0:
            return at, len(title)
    return _first_line(text)


def _first_line(text: str) -> tuple[int, int]:
    """Return where the first line begins that is more than a heading, and its length."""
    at = 0
    for line in text.split("\n"):
        if len(line.split()) >= FEWEST_WORDS:
            return at, _clipped(line)
        at += len(line) + 1
    return 0, _clipped(text.partition("\n")[0])


def _clipped(line: str) -> int:
    """Return how much of a line is quoted: a long one up to the end of a word."""
    if len(line) <= LONGEST_TITLE:
        return len(line)
    return line.rfind(" ", 1, LONGEST_TITLE + 1) if " " in line[1:LONGEST_TITLE] else LONGEST_TITLE


def first_passage(catalog: Catalog, work: Work) -> Passage:
    """Return the passage that opens a work."""
    rows = catalog.passage_rows_of([work.row])
    return catalog.passages(rows[:1])[0][0]


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
