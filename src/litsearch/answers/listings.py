"""Lists of the works that a question asks for: by kind, author, year, topic, read or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from litsearch.answers.catalogue_question import CatalogueQuestion
from litsearch.answers.draft import Draft, declined, listed, name_works, plural
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import about
from litsearch.answers.holdings import KIND_NOUNS, holdings
from litsearch.answers.works import authors_of, date_of, every_row
from litsearch.index.catalog import Catalog
from litsearch.types import Filters

Search = Callable[[str], Sequence[int]]  # the rows of the sources on a topic, best first


def list_works(catalog: Catalog, question: CatalogueQuestion, search: Search) -> Draft:
    """List or count the works that pass the filters."""
    question = _of_its_kind(catalog, question, search)
    rows = _passing(catalog, question, search)
    unmarked = question.filters.unread and not _marks_read(catalog)
    if unmarked:
        question = replace(question, filters=replace(question.filters, unread=False))
    description = _description(question, single=len(rows) < 2)
    total = len(catalog.sources())
    if not rows:
        refusal = f"None of the {total} works of the library is {description}."
        return declined(refusal + _hint(catalog, question))

    if question.order:
        rows = _by_date(catalog, rows, question.order)
    verb = "is" if len(rows) == 1 else "are"
    intro = [f"{len(rows)} of {total} works {verb} {description}."]
    if question.filters == Filters() and not question.topic:
        intro = [holdings(catalog)]
    if question.order:
        intro.append(f"The {question.order} come first.")
    if unmarked:
        intro.append("No list marks what was read.")
    return name_works(catalog, rows, " ".join(intro))


def _of_its_kind(
    catalog: Catalog, question: CatalogueQuestion, search: Search
) -> CatalogueQuestion:
    """Return the question for works of any kind where no papers pass: many call any work so."""
    if question.filters.kinds != ("paper",) or _passing(catalog, question, search):
        return question
    return replace(question, filters=replace(question.filters, kinds=()))


def _passing(catalog: Catalog, question: CatalogueQuestion, search: Search) -> list[int]:
    """Return the rows of the works that pass the filters and are on the topic."""
    rows = catalog.source_rows(question.filters)
    if rows is None:
        rows = every_row(catalog)
    if not question.topic:
        return list(rows)
    allowed = set(rows)
    return [row for row in on_topic(catalog, question.topic, search) if row in allowed]


def on_topic(catalog: Catalog, topic: str, search: Search) -> list[int]:
    """Return the rows of the works about a topic: those that say it in their title first, then in
    search's order.
    """
    entity = Entity(topic.strip())
    devoted = about(catalog, entity)
    rows: dict[int, None] = {}  # in this order, none twice
    for row in sorted(devoted):
        if entity.found_in("\n".join(catalog.titles[row])):
            rows[row] = None
    for row in search(topic):
        if row in devoted:
            rows[row] = None
    return list(rows)


def _by_date(catalog: Catalog, rows: Sequence[int], order: str) -> list[int]:
    """Sort rows by date, those without a date last."""
    sources = catalog.sources_at(rows)
    dated: dict[int, str] = {}
    undated: list[int] = []
    for row in rows:
        date = date_of(sources[row]) if row in sources else ""
        if date:
            dated[row] = date
        else:
            undated.append(row)
    return [*sorted(dated, key=dated.__getitem__, reverse=order == "newest"), *undated]


def _description(question: CatalogueQuestion, *, single: bool) -> str:
    """Say in words what the works are that were asked for, or the only one."""
    filters = question.filters
    parts = []
    if filters.unread:
        parts.append("not marked as read")
    if filters.authors:
        parts.append("by " + listed(filters.authors, "or"))
    if filters.years:
        first, last = filters.years[0], filters.years[-1]
        parts.append(f"from {first}" if first == last else f"from {first} to {last}")
    if question.topic:
        parts.append(f"about “{question.topic}”")
    words = [_kinds(filters.kinds, single=single), ", ".join(parts)]
    return " ".join(filter(None, words)) or "in the library"


def _kinds(kinds: Sequence[str], *, single: bool) -> str:
    """Return "books or videos", or "a book or a video" for the only one; "" for no kinds."""
    nouns = [KIND_NOUNS.get(kind, kind) for kind in kinds]
    words = [f"a {noun}" if single else plural(noun) for noun in nouns]
    return listed(words, "or") if words else ""


def _hint(catalog: Catalog, question: CatalogueQuestion) -> str:
    """Say of how many works an author or a date is known, when one was asked for."""
    if question.filters.authors:
        credited = filter(None, map(authors_of, catalog.sources()))
        return f" The authors of {len(list(credited))} are known."
    if question.filters.years:
        dated = filter(None, map(date_of, catalog.sources()))
        return f" The year of {len(list(dated))} is known."
    return ""


def _marks_read(catalog: Catalog) -> bool:
    """Tell whether any list marks what was read."""
    return any(entry.read for source in catalog.sources() for entry in source.entries)
