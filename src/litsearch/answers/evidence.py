"""What the library holds of a question's names and words, before any sentence is chosen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from litsearch.answers.entities import Entity
from litsearch.answers.question import Question
from litsearch.answers.short_forms import other_form_of
from litsearch.answers.works import titles_of, works_known_as
from litsearch.index.catalog import Catalog
from litsearch.patterns import expression
from litsearch.text import PART, keywords, stem
from litsearch.types import CatalogSource, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTH = 3_000  # sources looked at for one name
OFTEN = 4  # passages of a source that say a name: it is not said in passing
OPENING = 2  # first passages of a source: title, byline, abstract
VERSION_DEPTH = 150  # passages read to tell Llama 3 from Llama 3.1
MEANT_DEPTH = 20  # passages read for the work that they call by a name
LATER_VERSIONS = "2345"
Holders = tuple[frozenset[int], frozenset[int]]

_COMPOUND = expression(r"(?<![\w-])[a-z]+(?:-[a-z]+)+(?![\w-])")
_BRITISH = (
    (expression(r"is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (expression(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|able|ite|ites|hood|hoods)?$)"), "or"),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A name or word of the question, its weight (idf over passages) and, of words, the stem."""

    text: str
    weight: float
    stem: str = ""
    entity: Entity | None = None
    known: bool = True  # a passage of the library says it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the library says of the question's names and words."""

    entities: tuple[Entity, ...]
    holders: tuple[frozenset[int], ...]  # for each name the rows of the sources that say it
    # ... that say it in their title, their notes, at their beginning, or often
    devoted: tuple[frozenset[int], ...]
    terms: tuple[Term, ...]
    missing: tuple[str, ...]  # names that nothing in the library says
    uncredited: tuple[str, ...]  # names of whose text is asked for, and nothing says them
    subject: str  # of "what is SUBJECT?" as the library says it, else as the question does
    titled: bool  # a title or a note of the lists says the subject
    strange: bool  # "what is SUBJECT?", and nothing says the subject in these words
    other: str  # form of the subject, as a text gives it: "Long Name (LN)"
    # the sources that say all names, when none of their pages came
    unread: tuple[CatalogSource, ...]
    unsaid: tuple[str, ...] = ()  # compounds of plain words ("f-holes") that nothing says

    @property
    def thing(self) -> Entity | None:
        """Return the subject by its long form and its short one."""
        if not self.subject:
            return None
        return Entity(self.subject, (self.other,) if self.other else ())


class Reader:
    """Finds the terms of one question in texts; a text is read once, however often it is asked
    about.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self._total = sum(term.weight for term in terms)
        self._places = {term.stem: i for i, term in enumerate(terms) if term.entity is None}
        self._beginnings = {place[: max(2, len(place) - 1)] for place in self._places}
        self._read: dict[str, frozenset[int]] = {}

    def said(self, *texts: str) -> frozenset[int]:
        """The places of the terms that any of the texts says."""
        return frozenset().union(*map(self._said, texts))

    def share(self, places: frozenset[int]) -> float:
        """The share of the terms' weight that is said, 0..1; 1 when there are no terms."""
        if not self._total:
            return 1.0
        return sum(self.terms[i].weight for i in places) / self._total

    def rest(self, places: frozenset[int]) -> float:
        """The same for the words alone, without the names; 0 when there are none."""
        total = weight = 0.0
        for i, term in enumerate(self.terms):
            if term.entity is None:
                total += term.weight
                weight += term.weight if i in places else 0.0
        return weight / total if total else 0.0

    def names_share(self, places: frozenset[int]) -> float:
        """The same for the names alone; 0 when there are none."""
        names = [i for i, term in enumerate(self.terms) if term.entity]
        return len(places.intersection(names)) / len(names) if names else 0.0

    def unsaid(self, places: frozenset[int]) -> tuple[Term, ...]:
        """The other terms."""
        return tuple(term for i, term in enumerate(self.terms) if i not in places)

    def _said(self, text: str) -> frozenset[int]:
        if text not in self._read:
            self._read[text] = frozenset(self._terms_in(text))
        return self._read[text]

    def _terms_in(self, text: str) -> Iterator[int]:
        for word in self._likely(text.lower()):
            place = self._places.get(stem(american(word)))
            if place is not None:
                yield place
        for place, term in enumerate(self.terms):
            if term.entity and term.entity.found_in(text):
                yield place

    def _likely(self, low: str) -> set[str]:
        """The words that begin like a term: a stem is the beginning of its words but for its last
        letter (study, studi), so no other needs to be stemmed.
        """
        beginnings = tuple(beginning for beginning in self._beginnings if beginning in low)
        if not beginnings:
            return set()
        return {word for word in PART.findall(low) if word.startswith(beginnings)}


def look_up(
    catalog: Catalog, question: Question, passages: int, texts: Iterable[str] = ()
) -> Evidence:
    """Look every name and word up in the library, which has so many passages.

    texts: the passages found, which may tell the short form of the subject.
    """
    resolved = dict(_resolved(catalog, question.entities))
    names = tuple(resolved)
    holders, devoted = tuple(zip(*resolved.values(), strict=True)) or ((), ())
    together = frozenset.intersection(*holders) if holders else frozenset()

    subject_said = _said_subject(catalog, question.subjects)
    subject = "" if names else question.subject
    return Evidence(
        entities=names,
        holders=holders,
        devoted=devoted,
        terms=_terms(catalog, names, question.words, passages),
        missing=(*_unsaid(catalog, names, holders), *_missing_subject(catalog, subject)),
        unsaid=tuple(_unsaid_compounds(catalog, question.text)),
        uncredited=tuple(_uncredited(catalog, question.credited)),
        subject=subject_said or question.subject,
        titled=bool(subject and _noted(catalog, Entity(subject_said or subject))),
        strange=bool(subject) and not subject_said and question.kind == "definition",
        other=other_form_of(subject_said, texts) if subject_said else "",
        unread=_unread(catalog, together),
    )


def _terms(
    catalog: Catalog, names: Sequence[Entity], words: Sequence[str], passages: int
) -> tuple[Term, ...]:
    """Return names and words with their weights."""
    counts = _counts(catalog, [*(name.text for name in names), *words])
    weights = [math.log((passages + 1) / (count + 1)) + 0.1 for count in counts]
    terms = []
    for place, name in enumerate(names):
        terms.append(Term(name.text, weights[place], entity=name))
    for place, word in enumerate(words, len(names)):
        terms.append(Term(word, weights[place], stem(american(word)), known=counts[place] > 0))
    return tuple(terms)


def _unsaid(
    catalog: Catalog, names: Sequence[Entity], holders: Sequence[frozenset[int]]
) -> Iterator[str]:
    """Yield the names that nothing in the library says."""
    for name, rows in zip(names, holders, strict=True):
        if rows:
            continue
        version = _other_version(catalog, name)
        yield f"{name} (only {version})" if version else str(name)


def _other_version(catalog: Catalog, name: Entity) -> str:
    """Return the version that the library says of a name: AlphaFold2 for AlphaFold; or ""."""
    if name.versioned:
        return ""
    for number in LATER_VERSIONS:
        version = Entity(f"{name.text}{number}")
        if len(_saying(catalog, version)):
            return str(version)
    return ""


def _said_subject(catalog: Catalog, readings: Sequence[str]) -> str:
    """Return the first way to read the subject that a text of the library says; "" for none."""
    for reading in readings:
        if catalog.match_sources(Entity(reading).phrases(), 1):
            return reading
    return ""


def _missing_subject(catalog: Catalog, subject: str) -> tuple[str, ...]:
    """Return the subject of "what is SUBJECT?" when one of its words stands nowhere."""
    if subject and 0 in _counts(catalog, keywords(subject)):
        return (f"“{subject}”",)
    return ()


def _unsaid_compounds(catalog: Catalog, text: str) -> Iterator[str]:
    """Yield the compounds of plain words that nothing says, in whatever number they stand."""
    for compound in _COMPOUND.findall(text):
        forms = Entity(compound, (compound.removesuffix("s"), f"{compound}s")).phrases()
        if not catalog.match_sources(forms, 1):
            yield f"“{compound}”"


def _uncredited(catalog: Catalog, credited: Sequence[Entity]) -> Iterator[str]:
    """Yield the names of those whose text is asked for that nothing says."""
    for name in credited:
        if not holders_of(catalog, name)[0]:
            yield str(name)


def _resolved(catalog: Catalog, names: Sequence[Entity]) -> Iterator[tuple[Entity, Holders]]:
    """Yield each name with its holders; one that nothing says is taken apart, if it can be two."""
    for name in names:
        holders = holders_of(catalog, name)
        if holders[0]:
            yield name, holders
            continue

        pieces = {Entity(piece): holders_of(catalog, Entity(piece)) for piece in name.pieces}
        if pieces and all(saying for saying, _ in pieces.values()):
            yield from pieces.items()
        else:
            yield name, holders


def holders_of(catalog: Catalog, name: Entity) -> Holders:
    """Return the rows of the sources that say the name in passages, title, authors or list notes;
    and of those devoted to it.
    """
    noted, rows = _noted(catalog, name), _saying(catalog, name)
    owners = catalog.source_rows_of(rows)
    often = {row for row, count in Counter(owners.tolist()).items() if count >= OFTEN}
    opening = _openings(catalog, rows)
    is_clear = bool(noted) or name.versioned
    guesses = frozenset[int]() if is_clear else _meant(catalog, name, rows)
    saying = {*noted, *owners.tolist(), *guesses}
    return frozenset(saying), frozenset(noted | often | opening | guesses)


def _meant(catalog: Catalog, name: Entity, rows: NDArray[np.int64]) -> frozenset[int]:
    """Return the rows of the works that others call by a name that stands in no title."""
    passages = catalog.passages([int(row) for row in rows[:MEANT_DEPTH]])
    texts = [f"{' '.join(passage.heading)}\n{passage.text}" for passage, _ in passages]
    return works_known_as(catalog, name, texts)


def about(catalog: Catalog, name: Entity) -> frozenset[int]:
    """Return the rows of the sources that say a name in title, authors, list notes or opening."""
    return frozenset(_noted(catalog, name) | _openings(catalog, _saying(catalog, name)))


def _noted(catalog: Catalog, name: Entity) -> set[int]:
    """Return the rows of the sources whose title, authors or list notes say the name."""
    rows = set(dict(catalog.match_sources(name.phrases(), DEPTH, notes_only=True)))
    if not name.versioned:
        return rows
    sources = catalog.sources_at(sorted(rows))
    return {row for row, source in sources.items() if name.found_in(_about(source))}


def _openings(catalog: Catalog, rows: NDArray[np.int64]) -> set[int]:
    """Return the rows of the sources that have one of these passages among their first."""
    owners, before = catalog.source_rows_of(rows), catalog.source_rows_of(rows - OPENING)
    return set(owners[owners != before].tolist())


def _saying(catalog: Catalog, name: Entity) -> NDArray[np.int64]:
    """The rows of the passages that say the name; of a version only among the best VERSION_DEPTH by
    BM25.
    """
    if not name.versioned:
        return np.unique(
            np.concatenate([catalog.rows_with_phrase(phrase) for phrase in name.phrases()])
        )
    rows = [row for row, _ in catalog.match_passages(name.phrases(), VERSION_DEPTH)]
    saying = []
    for row, (passage, _) in zip(rows, catalog.passages(rows), strict=True):
        if name.found_in("\n".join((passage.text, *passage.heading))):
            saying.append(row)
    return np.array(saying, np.int64)


def _about(source: CatalogSource) -> str:
    """What the title, the authors and the lists say of a source, as one text."""
    notes = [source.title, *source.authors]
    for entry in source.entries:
        notes += [entry.title, *entry.authors, entry.topic, *entry.section, entry.remark]
    return "\n".join(dict.fromkeys(notes))


def _counts(catalog: Catalog, terms: Sequence[str]) -> list[int]:
    """How many passages say each term, in British or American spelling."""
    spellings = [american(term) for term in terms]
    distinct = list(dict.fromkeys([*terms, *spellings]))
    counts = dict(zip(distinct, catalog.document_frequency(distinct), strict=True))
    return [
        max(counts[term], counts[spelling]) for term, spelling in zip(terms, spellings, strict=True)
    ]


def american(word: str) -> str:
    """Return a word in American spelling: neighbor for neighbour, optimize for optimise."""
    for british, letters in _BRITISH:
        word = british.sub(letters, word)
    return word


def _unread(catalog: Catalog, rows: frozenset[int]) -> tuple[CatalogSource, ...]:
    """These sources, when no page of theirs came."""
    sources = tuple(catalog.sources_at(sorted(rows)[:50]).values())
    indexed = any(source.verdict.status == "indexed" for source in sources)
    return () if indexed else sources


def heading_of(passage: Passage, source: CatalogSource) -> str:
    """What stands over a passage: the source's titles and the headings."""
    titles = dict.fromkeys(titles_of(source))
    return "\n".join([*titles, *passage.heading])
