"""Answers to questions on the library itself, out of the catalog; each cites the list lines that it
counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from litsearch.answers.catalogue_question import CatalogueQuestion
from litsearch.answers.draft import (
    Cited,
    Draft,
    cite_work,
    declined,
    listed,
    many,
    name_works,
    numbered,
    opening_passages,
    people,
)
from litsearch.answers.entities import Entity
from litsearch.answers.holdings import facets, overview, unreadable
from litsearch.answers.listings import Search, list_works, on_topic
from litsearch.answers.works import (
    Work,
    authors_of,
    byline,
    date_of,
    dateline,
    find_introducing,
    find_works,
    is_title_of,
    titles_of,
)
from litsearch.index.catalog import Catalog
from litsearch.types import Citation, Offsets

_FIRST_HAND = ("paper", "code")  # what those who invented a thing write; articles are by others


def answer_from_catalogue(
    catalog: Catalog, question: CatalogueQuestion, search: Search
) -> Draft | None:
    """Answer from what the lists and documents say of the works; None when they do not tell and
    texts may.
    """
    if question.want == "overview":
        return overview(catalog)
    if question.want == "facets":
        return facets(catalog, question.facet)
    if question.want == "unreadable":
        return unreadable(catalog)
    if question.want in ("author", "date", "line"):
        return _on_works(catalog, question)
    if question.want == "held":
        return _held(catalog, question.title, search)
    return list_works(catalog, question, search)


def _on_works(catalog: Catalog, question: CatalogueQuestion) -> Draft | None:
    """Say who made a work, when it came out, or where it is listed."""
    works = find_works(catalog, question.title)
    if not question.certain:
        works = [work for work in works if work.source.kind in _FIRST_HAND]
    if not works and (question.want == "author" or not question.certain):
        works = find_introducing(catalog, Entity(question.title))

    tell = {"author": _author, "date": _date, "line": _line}[question.want]
    cited = list(filter(None, (tell(catalog, work) for work in works)))
    return numbered(cited) if cited else _untold(question, works)


def _untold(question: CatalogueQuestion, works: Sequence[Work]) -> Draft | None:
    """Say that nobody says who made these works, or when; None where texts may."""
    works = [work for work in works if is_title_of(question.title, work.source)]
    if not works or not question.certain:
        return None
    titles = listed([f"“{work.source.listed_title}”" for work in works], "or")
    unknown = {"author": f"who wrote {titles}", "date": f"when {titles} was published"}
    return declined(f"Neither the lists nor the text that was read says {unknown[question.want]}.")


def _author(catalog: Catalog, work: Work) -> Cited | None:
    names = authors_of(work.source)
    if names:
        year = date_of(work.source)[:4]
        by = f"“{work.source.title}” is by {people(names)}"
        return f"{by}, {year}." if year else f"{by}.", cite_work(catalog, work)
    return _quoted(catalog, work, byline)


def _date(catalog: Catalog, work: Work) -> Cited | None:
    source = work.source
    document = catalog.document(source.source_id)
    date = date_of(source, document.published)
    if date:
        return f"“{source.title}” is dated {date}.", cite_work(catalog, work)
    return _quoted(catalog, work, lambda text, _: dateline(text))


def _line(catalog: Catalog, work: Work) -> Cited:
    places = [f"{entry.list}, line {entry.line}" for entry in work.source.entries]
    text = f"“{work.source.title}” is listed in {listed(places, 'and')}."
    return text, cite_work(catalog, work)


def _quoted(
    catalog: Catalog, work: Work, find: Callable[[str, Sequence[str]], Offsets | None]
) -> Cited | None:
    """Quote the stretch of a document's opening that `find` names."""
    text = catalog.document(work.source.source_id).text
    place = find(text, titles_of(work.source))
    if place is None:
        return None
    quote = text[place.start : place.end]
    passage = opening_passages(catalog, work)[0]
    return quote, Citation(1, quote, place.start, place.end, passage, work.source)


def _held(catalog: Catalog, title: str, search: Search) -> Draft:
    """Say whether a work is in the library."""
    works = find_works(catalog, title)
    if works:
        return numbered(_line(catalog, work) for work in works)

    rows = on_topic(catalog, title, search)
    if rows:
        intro = f"No work is called “{title}”; {many(len(rows), 'work')} about it:"
        return name_works(catalog, rows, intro)
    return declined(f"No work of the library is called “{title}”, and none is about it.")
