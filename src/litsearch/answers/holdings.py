"""What the library holds as a whole: works by kind, topic or year, and those never read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from litsearch.answers.draft import (
    MOST_LISTED,
    Draft,
    cite_work,
    declined,
    listed,
    many,
    name_works,
    numbered,
)
from litsearch.answers.works import Work, authors_of, date_of, every_row
from litsearch.index.catalog import Catalog
from litsearch.types import AnswerSentence, CatalogSource

KIND_NOUNS = {"code": "code repository", "entry": "other"}


def holdings(catalog: Catalog) -> str:
    """Say how many works there are, of which kinds, and how many list entries name them."""
    sources = catalog.sources()
    works = many(len(sources), "work")
    entries = sum(len(source.entries) for source in sources)
    return f"The library holds {works} ({_kinds(sources)}), named by {many(entries, 'list entry')}."


def overview(catalog: Catalog) -> Draft:
    """Say how many works there are, of which kinds, and under which headings."""
    sources = catalog.sources()
    if not sources:
        return declined("The library is empty.")
    works = many(len(sources), "work")
    lists = {entry.list for source in sources for entry in source.entries}
    read = len(catalog.sources("indexed"))
    intro = (
        f"The library holds {works} of {many(len(lists), 'list')} ({_kinds(sources)}); "
        f"the text of {read} could be read."
    )

    draft = facets(catalog, "section")
    if not draft.sentences:
        draft = name_works(catalog, list(_sources_by_row(catalog))[:1], intro)
    return Draft((AnswerSentence(intro, (1,), 1.0), *draft.sentences[1:]), draft.citations)


def facets(catalog: Catalog, facet: str) -> Draft:
    """Say which values a field of the catalog has, the commonest first, each with a work that has
    it.
    """
    counts: Counter[str] = Counter()
    first: dict[str, CatalogSource] = {}
    for source in catalog.sources():
        for value in dict.fromkeys(_values(source, facet)):
            counts[value] += 1
            first.setdefault(value, source)
    if not counts:
        return declined(f"The lists name no {facet}s.")

    rows = {source.source_id: row for row, source in _sources_by_row(catalog).items()}
    cited = []
    for value, count in counts.most_common(MOST_LISTED):
        work = Work(rows[first[value].source_id], first[value])
        cited.append((f"{value} ({many(count, 'work')})", cite_work(catalog, work)))
    return numbered(cited, f"The library has {many(len(counts), facet)}:")


def unreadable(catalog: Catalog) -> Draft:
    """Name the works whose text could not be read, with the reason."""
    failed = []
    for row, source in _sources_by_row(catalog).items():
        if source.verdict.status not in ("indexed", "entry-only"):
            failed.append(Work(row, source))

    total = len(catalog.sources())
    if not failed:
        return declined(f"The text of every one of the {total} works could be read.")
    cited = []
    for work in failed[:MOST_LISTED]:
        reason = work.source.verdict.reason or work.source.verdict.status
        cited.append((f"{work.source.listed_title}: {reason}", cite_work(catalog, work)))
    return numbered(cited, f"The text of {len(failed)} of {total} works could not be read.")


def _kinds(sources: Sequence[CatalogSource]) -> str:
    """Count the works of each kind in words, the commonest first."""
    kinds = Counter(source.kind for source in sources)
    counted = [many(count, KIND_NOUNS.get(kind, kind)) for kind, count in kinds.most_common()]
    return listed(counted, "and")


def _sources_by_row(catalog: Catalog) -> dict[int, CatalogSource]:
    return catalog.sources_at(every_row(catalog))


def _values(source: CatalogSource, facet: str) -> list[str]:
    """Return what a work has in a field of the catalog."""
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
    return list(filter(None, values[facet]))
