"""Answers to questions on the library itself, out of the catalog; each cites the list lines that it
counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from litsearch.answers.catalogue_question import CatalogueQuestion
from litsearch.answers.draft import Draft, declined, listed
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import about
from litsearch.answers.works import (
    Work,
    authors_of,
    byline,
    date_of,
    dateline,
    every_row,
    find_introducing,
    find_works,
    titles_of,
)
from litsearch.index.catalog import Catalog
from litsearch.types import AnswerSentence, CatalogSource, Citation, Filters, Offsets, Passage

_KIND_NOUNS = {"code": "code repository", "entry": "other"}
MOST_LISTED = 10  # works that an answer names; the first sentence says how many there are
MOST_AUTHORS = 6  # of one work; more are "and others"
FEWEST_WORDS = 4  # of a line that is quoted for a work
LONGEST_TITLE = 160  # characters of a quote that stands for a list line

Search = Callable[[str], Sequence[int]]  # the rows of the sources on a topic, best first


def answer_from_catalogue(
    catalog: Catalog, question: CatalogueQuestion, search: Search
) -> Draft | None:
    """Answer from what the lists and documents say of the works; None when they do not tell and
    texts may.
    """
    if question.want == "overview":
        return _overview(catalog)
    if question.want == "facets":
        return _facets(catalog, question.facet)
    if question.want == "unreadable":
        return _unreadable(catalog)
    if question.want in ("author", "date", "line"):
        return _on_works(catalog, question)
    if question.want == "held":
        return _held(catalog, question.title, search)
    return _listing(catalog, question, search)


def _on_works(catalog: Catalog, question: CatalogueQuestion) -> Draft | None:
    """Say who made a work, when it came out, or where it is listed."""
    works = find_works(catalog, question.title)
    if not works and question.want == "author":
        works = find_introducing(catalog, Entity(question.title))
    tell = {"author": _author, "date": _date, "line": _line}[question.want]
    told = [one for work in works if (one := tell(catalog, work)) is not None]
    if told:
        return _numbered(told)
    if not works or not question.certain:
        return None
    names = listed([f"“{work.source.listed_title}”" for work in works], "or")
    unknown = {"author": f"who wrote {names}", "date": f"when {names} was published"}
    return declined(f"Neither the lists nor the text that was read says {unknown[question.want]}.")


def _author(catalog: Catalog, work: Work) -> tuple[str, Citation] | None:
    names = authors_of(work.source)
    if names:
        return f"“{work.source.title}” is by {_people(names)}.", _list_citation(catalog, work)
    return _quoted(catalog, work, byline)


def _date(catalog: Catalog, work: Work) -> tuple[str, Citation] | None:
    source = work.source
    document = catalog.document(source.source_id)
    date = date_of(source, document.published)
    quoted = None if date else _quoted(catalog, work, lambda text, _: dateline(text))
    if quoted or not date:
        return quoted
    return f"“{source.title}” is dated {date}.", _list_citation(catalog, work)


def _line(catalog: Catalog, work: Work) -> tuple[str, Citation]:
    places = [f"{entry.list}, line {entry.line}" for entry in work.source.entries]
    said = f"“{work.source.title}” is listed in {listed(places, 'and')}."
    return said, _list_citation(catalog, work)


def _quoted(
    catalog: Catalog, work: Work, find: Callable[[str, Sequence[str]], Offsets | None]
) -> tuple[str, Citation] | None:
    """Quote the stretch of a document's opening that `find` names."""
    text = catalog.document(work.source.source_id).text
    place = find(text, titles_of(work.source))
    if place is None:
        return None
    quote = text[place.start : place.end]
    return quote, Citation(
        1, quote, place.start, place.end, _first_passage(catalog, work), work.source
    )


def _held(catalog: Catalog, title: str, search: Search) -> Draft:
    """Say whether a work is in the library."""
    works = find_works(catalog, title)
    if works:
        return _numbered([_line(catalog, work) for work in works])
    rows = _on_topic(catalog, title, search)
    if rows:
        intro = f"No work is called “{title}”; {_many(len(rows), 'work')} about it:"
        return _list_of(catalog, rows, intro)
    return declined(f"No work of the library is called “{title}”, and none is about it.")


def _listing(catalog: Catalog, question: CatalogueQuestion, search: Search) -> Draft:
    """List or count the works that pass the filters."""
    rows = _passing(catalog, question, search)
    said = _description(question)
    if not rows:
        return declined(
            f"None of the {_total(catalog)} works of the library is {said}."
            + _hint(catalog, question)
        )
    if question.order:
        rows = _by_date(catalog, rows, question.order)
    verb = "is" if len(rows) == 1 else "are"
    intro = f"{len(rows)} of {_total(catalog)} works {verb} {said}."
    if question.filters == Filters() and not question.topic:
        intro = _holdings(catalog)
    return _list_of(catalog, rows, intro + _unmarked(catalog, question))


def _holdings(catalog: Catalog) -> str:
    """Say how many works there are, of which kinds, and how many list entries name them."""
    sources = catalog.sources()
    kinds = Counter(source.kind for source in sources)
    counted = [_many(count, _KIND_NOUNS.get(kind, kind)) for kind, count in kinds.most_common()]
    entries = sum(len(source.entries) for source in sources)
    named = _many(entries, "list entry")
    works = _many(len(sources), "work")
    return f"The library holds {works} ({listed(counted, 'and')}), named by {named}."


def _passing(catalog: Catalog, question: CatalogueQuestion, search: Search) -> list[int]:
    rows = catalog.source_rows(question.filters)
    passing = (
        [row for row, titles in enumerate(catalog.titles) if titles] if rows is None else list(rows)
    )
    if not question.topic:
        return passing
    allowed = set(passing)
    return [row for row in _on_topic(catalog, question.topic, search) if row in allowed]


def _filtered(catalog: Catalog, filters: Filters) -> list[int]:
    """Return the rows that pass, by the dates and the bylines that search's filters do not know."""
    rows = catalog.source_rows(replace(filters, years=(), authors=()))
    passing = every_row(catalog) if rows is None else list(rows)
    if filters.years:
        years = {str(year) for year in filters.years}
        sources = catalog.sources_at(passing)
        passing = [row for row in passing if date_of(sources[row])[:4] in years]
    if filters.authors:
        known = _by_authors(catalog, filters.authors)
        passing = [row for row in passing if row in known]
    return passing


def _by_authors(catalog: Catalog, names: Sequence[str]) -> set[int]:
    """Return the rows of the works by somebody: as the catalog says, or as their opening does."""
    known = set(catalog.source_rows(Filters(authors=tuple(names))) or ())
    for name in names:
        known.update(_signed(catalog, name))
    return known


def _signed(catalog: Catalog, name: str) -> Iterator[int]:
    """Yield the rows of the works whose opening names somebody as an author."""
    entity = Entity(name)
    sources = catalog.sources_at(sorted(about(catalog, entity)))
    for row, source in sources.items():
        text = catalog.document(source.source_id).text
        place = byline(text, titles_of(source))
        if place is not None and entity.found_in(text[place.start : place.end]):
            yield row


def _on_topic(catalog: Catalog, topic: str, search: Search) -> list[int]:
    """Return the rows of the works about a topic: those that say it in their title first, then in
    search's order.
    """
    entity = Entity(topic.strip())
    devoted = about(catalog, entity)
    titled = [row for row in sorted(devoted) if entity.found_in("\n".join(catalog.titles[row]))]
    found = [row for row in search(topic) if row in devoted]
    return list(dict.fromkeys([*titled, *found]))


def _by_date(catalog: Catalog, rows: Sequence[int], order: str) -> list[int]:
    """Sort rows by date, those without a date last."""
    sources = catalog.sources_at(rows)
    dates = {row: date_of(source) for row, source in sources.items()}
    dated = sorted(
        (row for row in rows if dates.get(row)),
        key=lambda row: dates[row],
        reverse=order == "newest",
    )
    return [*dated, *(row for row in rows if not dates.get(row))]


def _list_of(catalog: Catalog, rows: Sequence[int], intro: str) -> Draft:
    """Name the first works of a list after a sentence that says what they are."""
    shown = list(rows[:MOST_LISTED])
    sources = catalog.sources_at(shown)
    works = [Work(row, sources[row]) for row in shown if row in sources]
    told = [(_named(work.source), _list_citation(catalog, work)) for work in works]
    draft = _numbered(told)
    markers = tuple(citation.n for citation in draft.citations)
    more = f" The first {len(works)} are named." if len(rows) > len(works) else ""
    return Draft(
        (AnswerSentence(intro + more, markers[:1], 1.0), *draft.sentences), draft.citations
    )


def _named(source: CatalogSource) -> str:
    """Return a work in one line: its title, authors and date."""
    parts = [source.listed_title, _people(authors_of(source)), date_of(source)]
    return ", ".join(part for part in parts if part)


def _numbered(told: Iterable[tuple[str, Citation]]) -> Draft:
    sentences, citations = [], []
    for n, (text, citation) in enumerate(told, 1):
        sentences.append(AnswerSentence(text, (n,), 1.0))
        citations.append(Citation(n, *_fields(citation)))
    return Draft(tuple(sentences), tuple(citations))


def _fields(citation: Citation) -> tuple[str, int, int, Passage, CatalogSource]:
    return citation.quote, citation.start, citation.end, citation.passage, citation.source


def _list_citation(catalog: Catalog, work: Work) -> Citation:
    """Cite a work by its title, as its text says it, or else by the first line of its text."""
    passage = _first_passage(catalog, work)
    low = passage.text.lower()
    places = [(low.find(title.lower()), len(title)) for title in titles_of(work.source) if title]
    at, length = next(((at, n) for at, n in places if at >= 0), _first_line(passage.text))
    start = passage.start + at
    return Citation(1, passage.text[at : at + length], start, start + length, passage, work.source)


def _first_line(text: str) -> tuple[int, int]:
    """Return where the first line begins that is more than a heading, and its length."""
    at = 0
    for line in text.split("\n"):
        if len(line.split()) >= FEWEST_WORDS:
            return at, min(len(line), LONGEST_TITLE)
        at += len(line) + 1
    return 0, min(len(text.partition("\n")[0]), LONGEST_TITLE)


def _first_passage(catalog: Catalog, work: Work) -> Passage:
    rows = catalog.passage_rows_of([work.row])
    return catalog.passages(rows[:1])[0][0]


def _facets(catalog: Catalog, facet: str) -> Draft:
    """Say which values a field of the catalog has, the commonest first, each with a work that has
    it.
    """
    values: Counter[str] = Counter()
    first: dict[str, CatalogSource] = {}
    for source in catalog.sources():
        for value in dict.fromkeys(_values(source, facet)):
            values[value] += 1
            first.setdefault(value, source)
    if not values:
        return declined(f"The lists name no {facet}s.")
    rows = {source.source_id: row for row, source in _rows(catalog)}
    told = [
        (
            f"{value} ({_many(count, 'work')})",
            _list_citation(catalog, Work(rows[first[value].source_id], first[value])),
        )
        for value, count in values.most_common(MOST_LISTED)
    ]
    draft = _numbered(told)
    intro = f"The library has {_many(len(values), facet)}:"
    return Draft((AnswerSentence(intro, (1,), 1.0), *draft.sentences), draft.citations)


def _rows(catalog: Catalog) -> Iterator[tuple[int, CatalogSource]]:
    return iter(catalog.sources_at(every_row(catalog)).items())


def _values(source: CatalogSource, facet: str) -> list[str]:
    entries = source.entries
    values: dict[str, list[str]] = {
        "topic": [entry.topic or " > ".join(entry.section) for entry in entries],
        "section": [" > ".join(entry.section) for entry in entries],
        "list": [entry.list for entry in entries],
        "author": list(authors_of(source)),
        "kind": [source.kind],
        "year": [date_of(source)[:4]],
        "site": [(source.url or "").partition("://")[2].partition("/")[0]],
    }
    return [value for value in values[facet] if value]


def _overview(catalog: Catalog) -> Draft:
    """Say how many works there are, of which kinds, and under which headings."""
    sources = catalog.sources()
    if not sources:
        return declined("The library is empty.")
    kinds = Counter(source.kind for source in sources)
    lists = {entry.list for source in sources for entry in source.entries}
    read = sum(source.verdict.status == "indexed" for source in sources)
    counted = listed(
        [_many(count, _KIND_NOUNS.get(kind, kind)) for kind, count in kinds.most_common()], "and"
    )
    intro = (
        f"The library holds {_many(len(sources), 'work')} of {_many(len(lists), 'list')} "
        f"({counted}); the text of {read} could be read."
    )
    facets = _facets(catalog, "section")
    sentences = facets.sentences[1:] if facets.sentences else ()
    first = _list_of(catalog, [next(_rows(catalog))[0]], intro) if not sentences else facets
    return Draft(
        (AnswerSentence(intro, (1,), 1.0), *(sentences or first.sentences[1:])), first.citations
    )


def _unreadable(catalog: Catalog) -> Draft:
    """Name the works whose text could not be read, with the reason."""
    failed = [
        (row, source)
        for row, source in _rows(catalog)
        if source.verdict.status not in ("indexed", "entry-only")
    ]
    if not failed:
        return declined(f"The text of every one of the {_total(catalog)} works could be read.")
    told = [
        (
            f"{source.listed_title}: {source.verdict.reason or source.verdict.status}",
            _list_citation(catalog, Work(row, source)),
        )
        for row, source in failed[:MOST_LISTED]
    ]
    draft = _numbered(told)
    intro = f"The text of {len(failed)} of {_total(catalog)} works could not be read."
    return Draft((AnswerSentence(intro, (1,), 1.0), *draft.sentences), draft.citations)


def _description(question: CatalogueQuestion) -> str:
    """Say in words what the works are that were asked for."""
    filters = question.filters
    parts = []
    if filters.kinds:
        parts.append("of kind " + listed(filters.kinds, "or"))
    if filters.unread:
        parts.append("not marked as read")
    if filters.authors:
        parts.append("by " + listed(filters.authors, "or"))
    if filters.years:
        first, last = filters.years[0], filters.years[-1]
        parts.append(f"from {first}" if first == last else f"from {first} to {last}")
    if question.topic:
        parts.append(f"about “{question.topic}”")
    return ", ".join(parts) or "in the library"


def _hint(catalog: Catalog, question: CatalogueQuestion) -> str:
    """Say of how many works an author or a date is known, when one was asked for."""
    if question.filters.authors:
        known = sum(bool(authors_of(source)) for source in catalog.sources())
        return f" The authors of {known} are known."
    if question.filters.years:
        known = sum(bool(date_of(source)) for source in catalog.sources())
        return f" The year of {known} is known."
    return ""


def _unmarked(catalog: Catalog, question: CatalogueQuestion) -> str:
    if not question.filters.unread:
        return ""
    marked = any(entry.read for source in catalog.sources() for entry in source.entries)
    return "" if marked else " No list marks what was read."


def _total(catalog: Catalog) -> int:
    return len(catalog.sources())


def _people(names: Sequence[str]) -> str:
    shown = [name.strip(" *†‡") for name in names[:MOST_AUTHORS]]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(shown)} and others"
    return listed(shown, "and") if shown else ""


def _many(count: int, noun: str, plural: str = "") -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count} {plural or re.sub('y$', 'ie', noun) + 's'}"
