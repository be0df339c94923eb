"""The walker of ask: a message in; an answer in verbatim sentences out, or a refusal and why."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from litsearch.answers.abstain import judge, scale_of
from litsearch.answers.addressed import in_own_words, without_address, works_asked
from litsearch.answers.casing import with_capitals
from litsearch.answers.catalogue import answer_from_catalogue
from litsearch.answers.catalogue_question import CatalogueQuestion, read_catalogue_question
from litsearch.answers.chitchat import asks_for_help, invitation, is_smalltalk
from litsearch.answers.citations import compose
from litsearch.answers.conversation import resolve, shown_in
from litsearch.answers.cues import says_date, tells_maker
from litsearch.answers.deep_links import surroundings
from litsearch.answers.definitions import tells_what
from litsearch.answers.draft import Draft, declined, listed
from litsearch.answers.entities import Entity
from litsearch.answers.evidence import Evidence, look_up
from litsearch.answers.message import asked_as_term, asked_in, mend, questions_in, without_manner
from litsearch.answers.question import Question, read_question
from litsearch.answers.rank import Scored, rank
from litsearch.answers.responses import Response, together
from litsearch.answers.selection import pick
from litsearch.answers.sentences import gather, wider
from litsearch.answers.summary import summarize, work_to_summarize
from litsearch.answers.tables import table_rows
from litsearch.answers.works import Work, is_title_of
from litsearch.index.catalog import Catalog
from litsearch.index.cosines import DEFAULT
from litsearch.index.generation import Generation
from litsearch.languages import NAMES, language_of
from litsearch.types import (
    Answer,
    Citation,
    Hit,
    Results,
    Turn,
)

if TYPE_CHECKING:
    from litsearch.types import Vector

DEPTH = 40  # hits that an answer should be given to choose from
NEAREST = 3  # passages shown when there is no good answer
MOST_TITLES = 3  # under a refusal
MOST_QUESTIONS = 4  # of one message
EXTRACTIVE = "extractive"
# The version of the rules that find and choose sentences; a test holds it to them.
RULES = "2026-11"

# The hits for a text, of these sources where any are named by their ids, and its vector.
Retrieve = Callable[[str, Sequence[str]], "tuple[Results, Vector]"]

SCALE = scale_of(DEFAULT.random_quantiles)  # of candidates' cosines, whatever the embedder


@dataclass(frozen=True, slots=True)
class Corpus:
    """What an answer is drawn from: one generation, how to search it, and what is measured of it
    once.
    """

    generation: Generation
    retrieve: Retrieve
    languages: frozenset[str]  # ISO 639-1 codes of its documents, as far as known

    @property
    def catalog(self) -> Catalog:
        """Return the catalog of the generation."""
        return self.generation.catalog


def corpus_of(generation: Generation, retrieve: Retrieve) -> Corpus:
    """Measure what answers need to know of a generation; once is enough."""
    heads = generation.catalog.heads().values()
    languages = frozenset(head.language for head in heads if head.language)
    return Corpus(generation, retrieve, languages)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was asked of the texts, and what was found; works: those that were asked by name."""

    matter: str
    results: Results
    vector: Vector
    works: tuple[Work, ...] = ()


def answer(
    corpus: Corpus,
    message: str,
    *,
    turns: Sequence[Turn] = (),
    max_sentences: int = 3,
    nearest: int = NEAREST,
) -> Answer:
    """Answer a message from the library; turns are what was asked before, oldest first.

    A message may be no question, several questions, a question on the library, a wish for a
    summary, or lean on the turns before it. Raises QueryError.
    """
    began = time.perf_counter()
    resolved = resolve(message, turns)
    mended = mend(resolved, corpus.catalog)
    request = _Request(corpus, shown_in(turns), max_sentences, nearest)
    responses = [_respond(request, part) for part in _parts(message, mended, turns)]
    response = together(responses)
    took = (time.perf_counter() - began) * 1000
    note = f"Read as “{mended}”." if mended != resolved else ""
    question = mended if responses[0].whole else message
    return _dressed(corpus, question, response, max_sentences, took, note)


def _parts(message: str, mended: str, turns: Sequence[Turn]) -> list[str]:
    """Return the questions of a message, each made whole by the one before."""
    if is_smalltalk(message) or asks_for_help(mended):
        return [message]
    questions = questions_in(mended)[:MOST_QUESTIONS]
    whole = questions[:1]
    for question in questions[1:]:
        before = [*turns, *map(Turn, whole)]
        whole.append(resolve(question, before))
    return whole


@dataclass(frozen=True, slots=True)
class _Request:
    """What the questions of a message are answered from, and what of it is wanted."""

    corpus: Corpus
    shown: Sequence[str]  # before
    quotes: int
    nearest: int  # passages


def _respond(request: _Request, question: str) -> Response:
    """Answer one whole question in the way that fits it."""
    corpus = request.corpus
    if is_smalltalk(question) or asks_for_help(question):
        return Response(question, declined(invitation(len(corpus.catalog.sources()))), whole=False)

    on_library = read_catalogue_question(question)
    from_catalogue = _from_catalogue(corpus, on_library) if on_library is not None else None
    if from_catalogue is not None and _is_last_word(from_catalogue, on_library):
        return Response(question, from_catalogue)

    summary = _summary(corpus, question)
    if summary is not None:
        return Response(question, summary)
    return _in_texts(request, question, from_catalogue)


def _in_texts(request: _Request, question: str, fallback: Draft | None) -> Response:
    """Answer from the texts; of a term alone they are asked first what it is."""
    if whole := asked_as_term(question):
        explained = _read(request, whole, fallback)
        if explained.draft.status == "answered":
            return replace(explained, question=question)
    return _read(request, question, fallback)


def _summary(corpus: Corpus, question: str) -> Draft | None:
    """Summarize the work that a question wants summarized; None when it wants none."""
    work = work_to_summarize(corpus.catalog, question)
    if work is None:
        return None
    return summarize(corpus.generation, work)


def _read(request: _Request, question: str, fallback: Draft | None) -> Response:
    """Answer from the texts; what the catalogue says stands where they do not name the work beside
    what is asked of it.
    """
    corpus, nearest = request.corpus, request.nearest
    retrieval = find(corpus, question)
    results = retrieval.results
    if foreign := _foreign(corpus, question):
        return Response(question, declined(foreign), _titles(results.hits, question)[:nearest])

    draft = _from_texts(corpus, retrieval, request.shown, request.quotes)
    if draft.status == "answered" and (fallback is None or _tells_more(draft, question)):
        return Response(question, draft)
    draft = fallback or draft
    hits = _titles(results.hits, question) if draft.status == "declined" else results.hits
    return Response(question, draft, tuple(hits[:nearest]))


def find(corpus: Corpus, question: str) -> Retrieval:
    """Search for what a question asks, in the works that it asks by name if it does."""
    matter = without_manner(question)
    works = works_asked(corpus.catalog, matter)
    if works:
        matter = without_address(matter, works)
        results, vector = corpus.retrieve(matter, [work.source.source_id for work in works])
        if results.hits:
            return Retrieval(matter, results, vector, works)
    return Retrieval(matter, *corpus.retrieve(matter, ()))


def _tells_more(draft: Draft, question: str) -> bool:
    """Tell whether the first quote names the work that is asked about, and a maker or a date; any
    may say who somebody is.
    """
    parsed, title = read_question(question), read_catalogue_question(question)
    text = draft.sentences[0].text
    if title is not None and _asks_who(title):
        return True
    if title is None or not Entity(title.title).found_in(text):
        return False
    return says_date(text, parsed) if title.want == "date" else tells_maker(text)


def _is_last_word(draft: Draft, question: CatalogueQuestion | None) -> bool:
    """Tell whether texts can add nothing: they may say who somebody is, and who wrote a work and
    when, where the catalogue does not.
    """
    if question is None or _asks_who(question):
        return False
    return draft.status == "answered" or question.want not in ("author", "date")


def _asks_who(question: CatalogueQuestion) -> bool:
    """Tell whether it is asked who somebody is, who may have written works of the library."""
    return question.want == "list" and not question.certain


def _from_catalogue(corpus: Corpus, question: CatalogueQuestion) -> Draft | None:
    catalog = corpus.catalog

    def search(topic: str) -> list[int]:
        hits = corpus.retrieve(topic, ())[0].hits
        rows = [catalog.passage_row(hit.passage.passage_id) for hit in hits]
        return list(dict.fromkeys(catalog.source_rows_of(rows).tolist()))

    draft = answer_from_catalogue(catalog, question, search)
    is_unknown = draft is not None and draft.status == "declined" and _asks_who(question)
    return None if is_unknown else draft


def _from_texts(
    corpus: Corpus,
    retrieval: Retrieval,
    shown: Sequence[str],
    count: int,
) -> Draft:
    """Answer in sentences of what was found."""
    parsed, evidence, ranked = consider(corpus.generation, retrieval, shown)
    judgement = judge(parsed, evidence, ranked, SCALE)
    if judgement.status == "declined":
        return declined(judgement.reason)
    picked = pick(ranked, parsed)
    widen = partial(wider, corpus.catalog)
    sentences, citations = compose(picked, ranked, parsed, count, widen, shown)
    return Draft(sentences, citations, judgement.status, judgement.reason)


def consider(
    generation: Generation,
    retrieval: Retrieval,
    shown: Sequence[str] = (),
) -> tuple[Question, Evidence, list[Scored]]:
    """Return what an answer is judged and made by: the question as read, its evidence, the
    candidates, best first.
    """
    hits, vector = retrieval.results.hits, retrieval.vector
    texts = [hit.passage.text for hit in hits]
    parsed = read_question(with_capitals(retrieval.matter, texts))
    evidence = look_up(generation.catalog, parsed, generation.manifest.counts["passages"], texts)
    if evidence.missing:
        return parsed, evidence, []
    if parsed.kind == "definition" and tells_what(shown, evidence.thing):
        parsed = replace(parsed, kind="topic")  # more on it is wanted: what it is was said
    subjects = parsed.sides or ((evidence.thing,) if evidence.thing else ())
    candidates = gather(generation, hits, vector, shown, subjects)
    if retrieval.works:
        candidates = list(filter(in_own_words, candidates)) or candidates
    candidates += table_rows(generation, candidates, vector, parsed, evidence)
    return parsed, evidence, rank(candidates, parsed, evidence)


def _titles(hits: Sequence[Hit], question: str) -> tuple[Hit, ...]:
    """Return the best hit of each of the first few sources, of those first that are asked about by
    their titles.
    """
    on_work = read_catalogue_question(question)
    title = on_work.title if on_work is not None and on_work.title else question
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.source_id, hit)
    by_title = sorted(first.values(), key=lambda hit: not is_title_of(title, hit.source))
    return tuple(by_title[:MOST_TITLES])


def _foreign(corpus: Corpus, question: str) -> str:
    """Say that a question is in another language than the sources; "" when it is not, or nobody
    knows.
    """
    language = language_of(question) or asked_in(question)
    if language is None or not corpus.languages or language in corpus.languages:
        return ""
    theirs = listed(sorted(NAMES.get(code, code) for code in corpus.languages), "and")
    return (
        f"The question is in {NAMES.get(language, language)}, and the sources are in {theirs}: "
        "ask in their language."
    )


def _dressed(
    corpus: Corpus, question: str, response: Response, count: int, took_ms: float, note: str
) -> Answer:
    draft = response.draft
    return Answer(
        question=question,
        status=draft.status,
        sentences=draft.sentences,
        citations=tuple(_placed(corpus.catalog, citation) for citation in draft.citations),
        generator=EXTRACTIVE,
        generation=corpus.generation.id,
        took_ms=took_ms,
        reason=draft.reason,
        nearest=response.nearest,
        parameters=(("sentences", count), ("depth", DEPTH), ("rules", RULES)),
        note=note,
        parts=response.parts,
    )


def _placed(catalog: Catalog, citation: Citation) -> Citation:
    """Return the citation with the words beside it, where a link to a page needs them."""
    source = citation.source
    if not source.document_url or source.media_type == "application/pdf":
        return citation
    text = catalog.document(source.source_id).text
    return replace(citation, beside=surroundings(text, citation.start, citation.end))
