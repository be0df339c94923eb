"""Suggest questions that a library answers, made of its headings, and asked before they
are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from operator import itemgetter

from litsearch.answers.definitions import share_in
from litsearch.answers.entities import Entity
from litsearch.app import heading_questions
from litsearch.app.heading_questions import DEFINED, Candidate
from litsearch.app.library import Library
from litsearch.errors import LitsearchError
from litsearch.text import keywords, stems
from litsearch.types import Answer, Passage

SHOWN = 5
TRIED = 24  # questions asked to find those
SOURCES = 60  # whose headings are looked at
NEAREST = 8  # of those that a question finds
PASSAGES = 60  # that it finds, and in which a related question is mentioned


def questions(library: Library, near: str = "") -> list[str]:
    """Return a few questions that the library answers; near: about the sources that this question
    finds.
    """
    suggestions: list[str] = []
    for candidate in islice(_distinct(_candidates(library, near), near), TRIED):
        if _answers(library, candidate):
            suggestions.append(candidate.question)
        if len(suggestions) == SHOWN:
            break
    return suggestions


def _candidates(library: Library, near: str) -> Iterator[Candidate]:
    """Return what the headings of sources raise, one a source in turn; near a question, those that
    most of the passages it finds speak of.
    """
    if not near:
        return _in_turn(library, _spread(library))
    passages = [hit.passage for hit in library.search(near, k=PASSAGES).hits]
    nearest = list(dict.fromkeys(passage.source_id for passage in passages))[:NEAREST]
    texts = [" ".join((*passage.heading, passage.text)).casefold() for passage in passages]
    counted = [(_mentions(each, texts), each) for each in _in_turn(library, nearest)]
    counted.sort(key=itemgetter(0), reverse=True)
    return (candidate for mentions, candidate in counted if mentions)


def _mentions(candidate: Candidate, texts: Sequence[str]) -> int:
    subject = (candidate.term or candidate.heading).casefold()
    return sum(subject in text for text in texts)


def _in_turn(library: Library, source_ids: Iterable[str]) -> Iterator[Candidate]:
    subjects = stems(" ".join(library.catalog.title_words))
    by_source = [_candidates_of(library, source, subjects) for source in source_ids]
    return chain.from_iterable(filter(None, turn) for turn in zip_longest(*by_source))


def _spread(library: Library) -> list[str]:
    """Return some sources that are spread over the lists."""
    ids: list[str] = []
    for row in library.catalog.sources():
        if row.verdict.status == "indexed":
            ids.append(row.source_id)
    return ids[:: max(1, len(ids) // SOURCES)]


def _candidates_of(library: Library, source_id: str, subjects: frozenset[str]) -> list[Candidate]:
    """Return what the headings of a source ask about subjects of the library, and the terms that
    its text defines.
    """
    passages = library.catalog.passages_of(source_id)
    running = [passage for passage in passages if passage.role == "text"]
    last_headings = [passage.heading[-1] for passage in running if passage.heading]
    text = heading_questions.RunningText(map(_below_heading, running))
    candidates = heading_questions.questions(last_headings, text)
    return [each for each in candidates if each.term or _is_about(each.question, subjects)]


def _below_heading(passage: Passage) -> str:
    """Return the text of a passage without the heading that it may begin with."""
    first, _, rest = passage.text.partition("\n")
    is_heading = bool(passage.heading) and first.rstrip().endswith(passage.heading[-1])
    return rest if is_heading else passage.text


def _is_about(question: str, subjects: frozenset[str]) -> bool:
    """Tell whether a question names what a title names; one about a page's own example does not."""
    return not subjects.isdisjoint(stems(" ".join(keywords(question))))


def _distinct(candidates: Iterable[Candidate], near: str) -> Iterator[Candidate]:
    seen_keys = {near.casefold().strip(" ?")}
    for candidate in candidates:
        key = candidate.question.casefold().strip(" ?")
        if key not in seen_keys:
            seen_keys.add(key)
            yield candidate


def _answers(library: Library, candidate: Candidate) -> bool:
    """Tell whether the library answers well: a term by a sentence that defines it, another question
    by what stands under its heading.
    """
    try:
        answer = library.ask(candidate.question, generator="extractive")
    except LitsearchError:
        return False
    if answer.status != "answered" or not answer.citations:
        return False
    return _defines(answer, candidate.term) if candidate.term else _is_under(answer, candidate)


def _defines(answer: Answer, term: str) -> bool:
    return share_in(answer.citations[0].quote, Entity(term)) >= DEFINED


def _is_under(answer: Answer, candidate: Candidate) -> bool:
    headings_of_first = answer.citations[0].passage.heading
    return any(heading.endswith(candidate.heading) for heading in headings_of_first)
