"""Suggests questions that a library answers: made of its sources' headings, and asked before they
are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

from litsearch.app.library import Library
from litsearch.errors import LitsearchError

SHOWN = 5
TRIED = 24  # questions asked to find those
SOURCES = 60  # whose headings are looked at
NEAREST = 8  # of those that a question finds
WORDS = range(3, 15)  # of a heading that is a question
# Headings of every paper, which say nothing of what it is about.
_COMMON = frozenset(
    "a abstract acknowledgements acknowledgments analysis appendix approach background citation"
    " code conclusion conclusions contents contributions course data dataset datasets details"
    " discussion evaluation example examples experiments experimental faq features footnotes"
    " getting i implementation installation introduction learn license limitations links method"
    " methods methodology model models more motivation my notes of our overview part"
    " preliminaries quick reading references related requirements resources results setup"
    " started summary support table the this training usage we work you your".split()
)
_OWN = frozenset("i my our this us we you your".split())  # of a page that speaks of itself
_TERM = re.compile(r"[A-Za-z][A-Za-z0-9+#/-]*(?: [A-Za-z0-9+#/-]+){0,3}")
_NUMBER = re.compile(r"^\s*(?:[A-Z]?\d+(?:\.\d+)*\.?|[IVX]+\.)\s+")
_ACRONYM = re.compile(r"^(?=(?:.*[A-Z]){2})[A-Za-z0-9+-]{2,12}$")


def questions(library: Library, near: str = "") -> list[str]:
    """Return a few questions that the library answers; near: about the sources that this question
    finds.
    """
    answered: list[str] = []
    for question, source in islice(_distinct(_candidates(library, near), near), TRIED):
        if _answers(library, question, source):
            answered.append(question)
        if len(answered) == SHOWN:
            break
    return answered


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
    indexed: list[str] = []
    for row in library.catalog.sources():
        if row.verdict.status == "indexed":
            indexed.append(row.source_id)
    return indexed[:: max(1, len(indexed) // SOURCES)]


def _questions_of(library: Library, source_id: str) -> list[str]:
    """Return what the headings of a source ask, and what the terms among them are."""
    headings: dict[str, None] = {}
    for passage in library.catalog.passages_of(source_id):
        if passage.heading and passage.role == "text":
            headings.setdefault(_NUMBER.sub("", passage.heading[-1]).strip())
    return [*filter(_is_question, headings), *map(_asked, filter(_is_term, headings))]


def _is_question(heading: str) -> bool:
    words = heading.lower().split()
    return heading.endswith("?") and len(words) in WORDS and not _OWN & set(words)


def _is_term(heading: str) -> bool:
    words = heading.lower().split()
    if not _TERM.fullmatch(heading) or not _COMMON.isdisjoint(words):
        return False
    if len(words) == 1:
        return bool(_ACRONYM.match(heading))
    return not words[-1].endswith("ing")


def _asked(heading: str) -> str:
    """Return the question for a term: of several things, what they are."""
    words = [*map(_uncapitalised, heading.split())]
    last = words[-1]
    is_plural = last.endswith("s") and not last.endswith(("ss", "is", "us")) and last.islower()
    verb = "are" if is_plural else "is"
    return f"What {verb} {' '.join(words)}?"


def _uncapitalised(word: str) -> str:
    """Return a word of a heading as it stands in a sentence; an acronym keeps its capitals."""
    parts = word.split("-")
    if any(part[1:] != part[1:].lower() for part in parts):
        return word
    return word.lower()


def _distinct(candidates: Iterable[tuple[str, str]], near: str) -> Iterator[tuple[str, str]]:
    known = {near.casefold().strip(" ?")}
    for question, source in candidates:
        key = question.casefold().strip(" ?")
        if key not in known:
            known.add(key)
            yield question, source


def _answers(library: Library, question: str, source: str) -> bool:
    """Tell whether the library answers the question, and from the source that raises it."""
    try:
        answer = library.ask(question, generator="extractive")
    except LitsearchError:
        return False
    cited = {citation.source.source_id for citation in answer.citations}
    return answer.status == "answered" and source in cited
