"""Suggest questions that a library answers, made of its headings, and asked before they
are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from litsearch.app import headings
from litsearch.app.library import Library
from litsearch.errors import LitsearchError

SHOWN = 5
TRIED = 24  # questions asked to find those
SOURCES = 60  # whose headings are looked at
NEAREST = 8  # of those that a question finds


def questions(library: Library, near: str = "") -> list[str]:
    """Return a few questions that the library answers; near: about the sources that this question
    finds.
    """
    suggestions: list[str] = []
    for question, source in islice(_distinct(_candidates(library, near), near), TRIED):
        if _answers(library, question, source):
            suggestions.append(question)
        if len(suggestions) == SHOWN:
            break
    return suggestions


def _candidates(library: Library, near: str) -> Iterator[tuple[str, str]]:
    """Yield questions with the source whose heading each comes from, one a source in turn."""
    by_source = {source: _questions_of(library, source) for source in _sources(library, near)}
    for turn in zip_longest(*by_source.values()):
        for source, question in zip(by_source, turn, strict=True):
            if question is not None:
                yield question, source


def _sources(library: Library, near: str) -> list[str]:
    """Return the sources that a question finds, or some that are spread over the lists."""
    if near:
        hits = library.search(near, k=SOURCES).hits
        return list(dict.fromkeys(hit.source.source_id for hit in hits))[:NEAREST]
    ids: list[str] = []
    for row in library.catalog.sources():
        if row.verdict.status == "indexed":
            ids.append(row.source_id)
    return ids[:: max(1, len(ids) // SOURCES)]


def _questions_of(library: Library, source_id: str) -> list[str]:
    """Return what the headings of a source ask, and what the terms among them are."""
    passages = library.catalog.passages_of(source_id)
    running = [passage for passage in passages if passage.role == "text"]
    last_headings = [passage.heading[-1] for passage in running if passage.heading]
    return headings.questions(
        last_headings, headings.RunningText(passage.text for passage in running)
    )


def _distinct(candidates: Iterable[tuple[str, str]], near: str) -> Iterator[tuple[str, str]]:
    seen_keys = {near.casefold().strip(" ?")}
    for question, source in candidates:
        key = question.casefold().strip(" ?")
        if key not in seen_keys:
            seen_keys.add(key)
            yield question, source


def _answers(library: Library, question: str, source: str) -> bool:
    """Tell whether the library answers the question, and from the source that raises it."""
    try:
        answer = library.ask(question, generator="extractive")
    except LitsearchError:
        return False
    source_ids = {citation.source.source_id for citation in answer.citations}
    return answer.status == "answered" and source in source_ids
