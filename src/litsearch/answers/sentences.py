"""The sentences that an answer may quote: those of the sources found, nearest to the question
first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from litsearch.answers.definitions import as_entry, definition_share
from litsearch.answers.entities import Entity
from litsearch.answers.quality import quotability
from litsearch.answers.sentence_vectors import BEFORE, PLACE, SentenceVectors
from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.patterns import expression
from litsearch.types import CatalogSource, Hit, Offsets, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.cosines import CosineScale
    from litsearch.types import Vector

SOURCES = 10  # whose sentences are all compared with the question
# Sentences of those that are looked at closely; 200 gave the same answers for a third more time.
PROMISING = 60
NEAREST = 30  # ... and those nearest to the question, wherever they stand
OPENING_SENTENCES = 30  # abstracts say what a thing is in other words than a question
DEFINING_PASSAGES = 12  # of a source, that say what is to be defined
LEAST_DEFINING = 0.5  # of a definition
HITS = 30  # passages found whose sentences are looked at in any case
PASSAGES_BEFORE, PASSAGES_AFTER = 2, 6  # of a candidate, that an explanation may be taken from
MOST_APPARATUS = 500  # characters of a page before its first statement: bylines, other languages
_TITLE_MARK = expression(r":\s|\s[-–—|]\s")
_REMARK_SENTENCE = expression(r"(?<=[.!?])\s+(?=[A-Z])")
_LETTER = expression(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Window:
    """A passage with what its neighbours add without a gap. Law: document.text[start : start +
    len(text)] == text.
    """

    start: int
    text: str
    sentences: tuple[Offsets, ...]

    def cut(self, start: int, end: int) -> str:
        """Return the text between two offsets of the document."""
        return self.text[start - self.start : end - self.start]

    def holds(self, stretch: Offsets) -> bool:
        """Tell whether a stretch of the document lies within."""
        return self.start <= stretch.start and stretch.end <= self.start + len(self.text)

    def before(self, start: int) -> Offsets | None:
        """Return the sentence before the one that starts here."""
        return max((sentence for sentence in self.sentences if sentence.end <= start), default=None)

    def after(self, end: int) -> Offsets | None:
        """Return the sentence after the one that ends here."""
        return min((sentence for sentence in self.sentences if sentence.start >= end), default=None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its surroundings. Law: document.text[start:end] == text."""

    start: int
    end: int
    text: str
    passage: Passage
    source: CatalogSource
    source_row: int
    cosine: float
    source_cosine: float  # of its source as a whole
    row: int  # of its passage in the catalog
    promise: float  # the cosine, with shares of that of the sentence before and of the place
    found: float  # score of its passage in the search, 0..1
    around: tuple[str, ...]  # the passage and those beside it; of a row, its table's headings
    window: Window
    vector: Vector | None  # None for what only the lists say, and for rows
    head: int = -1  # of a row of a table: where the names of its columns begin


def entry_of(candidate: Candidate, subject: Entity) -> str:
    """Return what a candidate says, under the subject where a line above it names that alone, or
    the title does so for the first statement of a page.
    """
    above = candidate.window.before(candidate.start)
    line = candidate.window.cut(*above) if above else ""
    entry = as_entry(line, candidate.text, subject)
    if entry != candidate.text or not _is_first_statement(candidate):
        return entry
    return as_entry(_TITLE_MARK.split(candidate.source.title)[-1], candidate.text, subject)


def _is_first_statement(candidate: Candidate) -> bool:
    """Tell whether nothing that can be quoted stands before a candidate on its page."""
    if candidate.start > MOST_APPARATUS:
        return False
    before = (unit for unit in candidate.window.sentences if unit.end <= candidate.start)
    return not any(quotability(candidate.window.cut(*unit)) for unit in before)


def gather(
    generation: Generation,
    hits: Sequence[Hit],
    query_vector: Vector,
    shown: Sequence[str] = (),
    subjects: Sequence[Entity] = (),
) -> list[Candidate]:
    """Return the candidates for an answer, from the sources of the hits; nothing shown before.

    subjects: what a question wants defined or compared; sentences that define them are candidates
    wherever they stand.
    """
    context = _context(generation, hits, query_vector, subjects)
    candidates = [_candidate(*choice, context) for choice in context.wanted]
    for hit in hits[:HITS]:
        if not hit.passage.sentences:
            candidates += _remarks(hit, context)
    if not shown:
        return candidates
    before = "\n".join(map(letters, shown))
    return [candidate for candidate in candidates if letters(candidate.text) not in before]


def _context(
    generation: Generation, hits: Sequence[Hit], query_vector: Vector, subjects: Sequence[Entity]
) -> _Context:
    """Load the sentences of the first sources found, and the passages of those worth a look."""
    catalog = generation.catalog
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.source_id, hit)
    chosen = list(first.values())[:SOURCES]
    rows = [catalog.passage_row(hit.passage.passage_id) for hit in chosen]
    owners = list(map(int, catalog.source_rows_of(rows)))

    vectors = SentenceVectors(generation, owners, query_vector)
    choice = vectors.best(PROMISING, NEAREST, OPENING_SENTENCES)
    for subject in subjects:
        choice = list({**dict(_defining(catalog, vectors, subject)), **dict(choice)}.items())

    sources: dict[str, CatalogSource] = {}
    places: dict[str, _Place] = {}
    for place, (hit, owner) in enumerate(zip(chosen, owners, strict=True)):
        source_id = hit.passage.source_id
        cosine = generation.cosines.common(float(generation.sources[owner] @ query_vector))
        sources[source_id] = hit.source
        places[source_id] = _Place(place, owner, cosine)
    return _Context(
        cosines=generation.cosines,
        vectors=vectors,
        wanted=choice,
        texts=_loaded(catalog, vectors.passages, set(dict(choice).values())),
        sources=sources,
        places=places,
        found=_found(hits),
    )


def _defining(
    catalog: Catalog, vectors: SentenceVectors, subject: Entity
) -> Iterator[tuple[int, int]]:
    """Yield the places of the sentences of the first sources that say what the subject is."""
    indices = _saying(catalog, vectors, subject)
    passages = catalog.passages(list(map(int, vectors.passages[indices])))
    for index, (passage, _) in zip(indices, passages, strict=True):
        above = ""
        for number, unit in enumerate(passage.sentences):
            text = passage.text[unit.start - passage.start : unit.end - passage.start]
            entry, above = as_entry(above, text, subject), text
            if definition_share(entry, subject) >= LEAST_DEFINING:
                place = np.searchsorted(vectors.rows, vectors.bounds[index, 0] + number)
                yield int(place), index


def _saying(catalog: Catalog, vectors: SentenceVectors, subject: Entity) -> list[int]:
    """Return the places of the passages that say the subject: the first few of each source."""
    rows = np.concatenate([catalog.rows_with_phrase(phrase) for phrase in subject.phrases()])
    indices = np.flatnonzero(np.isin(vectors.passages, rows))
    owners = vectors.places[indices]
    places: list[int] = []
    for owner in range(SOURCES):
        places += indices[owners == owner][:DEFINING_PASSAGES].tolist()
    return places


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a source stands among those found, and how near it is."""

    place: int
    row: int
    cosine: float


@dataclass(frozen=True, slots=True)
class _Context:
    """What all candidates of one question share."""

    cosines: CosineScale
    vectors: SentenceVectors
    wanted: list[tuple[int, int]]  # (place of a sentence, place of its passage) in the vectors
    texts: dict[int, Passage]  # by place among the passages of the vectors
    sources: dict[str, CatalogSource]
    places: dict[str, _Place]
    found: dict[str, float]


def _found(hits: Sequence[Hit]) -> dict[str, float]:
    top = max((hit.score for hit in hits), default=1.0) or 1.0
    return {hit.passage.passage_id: max(0.0, hit.score / top) for hit in hits}


def letters(text: str) -> str:
    """Return the letters and figures of a text alone: what is the same in any layout."""
    return "".join(_LETTER.findall(text)).lower()


def _loaded(catalog: Catalog, rows: NDArray[np.int64], places: set[int]) -> dict[int, Passage]:
    """Return the passages at these places and their neighbours."""
    near: set[int] = set()
    for place in places:
        near.update((place - 1, place, place + 1))
    inside = sorted(near.intersection(range(len(rows))))

    loaded = catalog.passages(list(map(int, rows[inside])))
    return {place: passage for place, (passage, _) in zip(inside, loaded, strict=True)}


def _candidate(sentence: int, index: int, context: _Context) -> Candidate:
    vectors, texts = context.vectors, context.texts
    passage = texts[index]
    number = int(vectors.rows[sentence]) - int(vectors.bounds[index, 0])
    unit = passage.sentences[number]
    near = []
    for neighbour in map(texts.get, (index - 1, index + 1)):
        if neighbour is not None and neighbour.source_id == passage.source_id:
            near.append(neighbour)
    window = window_of(passage, near)
    place = context.places[passage.source_id]
    return Candidate(
        start=unit.start,
        end=unit.end,
        text=window.cut(unit.start, unit.end),
        passage=passage,
        source=context.sources[passage.source_id],
        source_row=place.row,
        cosine=float(vectors.cosines[sentence]),
        source_cosine=place.cosine,
        row=int(vectors.passages[index]),
        promise=float(vectors.promise[sentence]),
        found=context.found.get(passage.passage_id, 0.0),
        around=(passage.text, *(other.text for other in near)),
        window=window,
        vector=vectors.matrix[sentence],
    )


def window_of(passage: Passage, near: Sequence[Passage]) -> Window:
    """Return the passage, longer where a neighbour touches it; neighbours in the text's order."""
    start, end, text = passage.start, passage.end, passage.text
    sentences = set(passage.sentences)
    for other in near:
        if other.start < start <= other.end:
            text, start = other.text[: start - other.start] + text, other.start
            sentences.update(other.sentences)
        elif other.start <= end < other.end:
            text, end = text + other.text[end - other.start :], other.end
            sentences.update(other.sentences)
    return Window(start, text, tuple(sorted(sentences)))


def wider(catalog: Catalog, candidate: Candidate) -> Window:
    """Return what stands around a candidate under the same headings: enough for an explanation."""
    if candidate.vector is None:
        return candidate.window
    passage = candidate.passage
    first = max(0, candidate.row - PASSAGES_BEFORE)
    end = min(candidate.row + PASSAGES_AFTER + 1, catalog.sizes["passages"])
    rows = np.arange(first, end)
    own = rows[catalog.source_rows_of(rows) == candidate.source_row]

    kin = [other for other, _ in catalog.passages(own) if _is_kin(other, passage)]
    before = [other for other in kin if other.start < passage.start]
    after = [other for other in kin if other.start > passage.start]
    return window_of(passage, [*reversed(before), *after])


def _is_kin(passage: Passage, other: Passage) -> bool:
    return passage.heading == other.heading and passage.role == other.role


def _remarks(hit: Hit, context: _Context) -> Iterator[Candidate]:
    """Yield the remarks that the lists make on a source whose page never came; titles are no
    statements.
    """
    passage, source = hit.passage, hit.source
    remarks = {entry.remark for entry in source.entries if entry.remark}
    if passage.source_id not in context.places:
        return
    place = context.places[passage.source_id]
    cosine = max(0.0, context.cosines.common(hit.scores.get("dense", 0.0)))
    for stretch in _stretches(passage, remarks):
        yield Candidate(
            start=stretch.start,
            end=stretch.end,
            text=passage.text[stretch.start - passage.start : stretch.end - passage.start],
            passage=passage,
            source=source,
            source_row=place.row,
            cosine=cosine,
            source_cosine=place.cosine,
            row=-1,
            promise=(1 + BEFORE) * cosine + PLACE / (1 + place.place),
            found=context.found[passage.passage_id],
            around=(passage.text,),
            window=Window(passage.start, passage.text, ()),
            vector=None,
        )


def _stretches(passage: Passage, remarks: set[str]) -> Iterator[Offsets]:
    """Yield the sentences of the remarks that lie within the passage."""
    for remark in remarks:
        begin = 0
        for piece in _REMARK_SENTENCE.split(remark):
            begin = remark.index(piece, begin)
            at = passage.text.find(piece) if piece.strip() else -1
            if at >= 0:
                yield Offsets(passage.start + at, passage.start + at + len(piece))
