"""The records that travel down the street: one stage takes one and returns the next.

    build:        list file -> Entry -> Source -> RawDocument -> Document -> Passage -> index
    search, ask:  query -> Hit -> Results -> Answer(Citation...)

Everything is frozen. Ids are strings, offsets count characters, ranks start at 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, Self, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from litsearch.errors import GenerationError

    Vector: TypeAlias = NDArray[np.float32]  # shape (dim,), unit length
    Matrix: TypeAlias = NDArray[np.float32]  # shape (n, dim), rows of unit length

Kind = Literal["article", "paper", "video", "code", "post", "book", "course", "entry"]
Status = Literal["indexed", "entry-only", "blocked", "dead", "unsupported", "failed"]
# What a block of a document is. "text" is the body, with its headings. "title": the title where it
# stands again; "byline": who wrote it and when; "caption": what a figure shows, or whose it is;
# "references": the works cited; "boilerplate" is of the page: calls to subscribe, links, counters.
Body = Literal["text", "code", "table"]
Beside = Literal["title", "byline", "caption", "footnote", "references", "boilerplate"]
Role: TypeAlias = Literal[Body, Beside]
Mode = Literal["hybrid", "dense", "lexical"]
Intent = Literal["navigational", "topic", "question", "claim"]
AnswerStatus = Literal["answered", "weak", "declined"]
Figure: TypeAlias = "tuple[int, str, str]"  # the place in the text behind it, address, description
Parameters: TypeAlias = "tuple[tuple[str, int | float | str], ...]"  # names and values


class Offsets(NamedTuple):
    """A half-open stretch of a document's text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One work named on one line of somebody's list, as the list says it."""

    list: str  # path of the list file, relative to the library folder, with "/"
    line: int  # 1-based
    title: str
    url: str | None = None
    section: tuple[str, ...] = ()  # headings above it, outermost first
    topic: str = ""
    remark: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    read: bool | None = None  # None: the list does not say
    extra: tuple[tuple[str, str], ...] = ()  # further columns, in the list's order


@dataclass(frozen=True, slots=True)
class Source:
    """One work, however many lists and addresses name it."""

    source_id: str  # stable across rebuilds, edits and moves of the list
    url: str | None  # canonical address, fetchable; None: the lists give no link
    kind: Kind
    entries: tuple[Entry, ...]  # at least one, in list order
    aliases: tuple[str, ...] = ()  # every address that the lists give, as written

    @property
    def listed_title(self) -> str:
        """Return what the lists call it."""
        return self.entries[0].title

    def merge(self, others: Iterable[Source]) -> Self:
        """Return this work with the entries and addresses of others that are the same work."""
        works: tuple[Source, ...] = (self, *others)
        if works == (self,):
            return self
        entries = dict.fromkeys(chain.from_iterable(work.entries for work in works))
        aliases = dict.fromkeys(chain.from_iterable(work.aliases for work in works))
        return replace(self, entries=tuple(entries), aliases=tuple(aliases))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a source, why, and what its owner can do about it."""

    status: Status
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """Bytes as they came, and what is needed to ask for them again politely."""

    url: str  # the final address, after redirects
    media_type: str  # as declared, lower case, without parameters; "" when not said
    body: bytes
    sha256: str
    charset: str | None = None  # as declared
    etag: str | None = None
    last_modified: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A block of a document's text: a paragraph, list item, table, code block."""

    start: int
    end: int
    heading: tuple[str, ...] = ()  # path of the headings above it, outermost first
    page: int | None = None  # 1-based, PDF only
    role: Role = "text"
    item: str = ""  # the mark of a list's item, which is not in the text: "•" or "3."


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a source. Spans are in reading order and do not overlap."""

    source_id: str
    title: str | None
    text: str
    spans: tuple[Span, ...]
    sha256: str  # of the text, UTF-8
    url: str = ""  # the address the text came from; "" for what the lists themselves say
    media_type: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None  # ISO 8601 date, as far as known: "2024", "2024-02", "2024-02-17"
    language: str | None = None  # ISO 639-1
    venue: str | None = None  # the journal or conference of a paper
    cut: str = ""  # how far it was read, when not to its end: "page 226 of 800"
    figures: tuple[Figure, ...] = ()  # images of an article, in reading order
    passages: tuple[Passage, ...] | None = None  # None: it is not cut into passages yet


@dataclass(frozen=True, slots=True)
class Ingested:
    """A source after the attempt to get its text."""

    source: Source
    verdict: Verdict
    document: Document | None = None  # None when there is no text, and when it is unchanged
    fingerprint: str = ""  # of the bytes and of the extraction; "" without text
    unchanged: bool = False  # the fingerprint is the one that was known
    works: tuple[str, ...] = ()  # keys of the addresses that the text came from and calls its own


@dataclass(frozen=True, slots=True)
class Passage:
    """What is found and shown. Law: document.text[start:end] == passage.text."""

    passage_id: str
    source_id: str
    text: str
    start: int
    end: int
    heading: tuple[str, ...] = ()
    page: int | None = None
    role: Role = "text"
    sentences: tuple[Offsets, ...] = ()  # the stretches of the document that are embedded, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogSource(Source):
    """A source as the index knows it: with its verdict, and what its document says of itself."""

    verdict: Verdict
    title: str  # the document's own, else the list's
    authors: tuple[str, ...] = ()
    year: int | None = None
    document_url: str = ""  # the address the text came from
    media_type: str = ""
    language: str = ""  # ISO 639-1; "": not known

    @classmethod
    def of(
        cls,
        source: Source,
        verdict: Verdict,
        title: str,
        authors: tuple[str, ...] = (),
        year: int | None = None,
        document_url: str = "",
        media_type: str = "",
        language: str = "",
    ) -> CatalogSource:
        """Return a source with what became known of it."""
        return cls(
            *(source.source_id, source.url, source.kind, source.entries, source.aliases),
            verdict=verdict,
            title=title,
            authors=authors,
            year=year,
            document_url=document_url,
            media_type=media_type,
            language=language,
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with what each stage thought of it."""

    rank: int
    score: float
    passage: Passage
    source: CatalogSource
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be: any of the values of each field. An empty field asks for nothing."""

    lists: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    unread: bool = False
    sections: tuple[str, ...] = ()  # part of the headings above an entry
    authors: tuple[str, ...] = ()  # part of a name
    years: tuple[int, ...] = ()
    sites: tuple[str, ...] = ()  # a host, with or without a path: github.com, arxiv.org/abs
    titles: tuple[str, ...] = ()  # part of a title, the document's or the lists'
    languages: tuple[str, ...] = ()  # of the text, ISO 639-1
    sources: tuple[str, ...] = ()  # ids

    @property
    def active(self) -> bool:
        """Tell whether any restriction is set."""
        return self != Filters()


# What requests call a filter -> its field in Filters.
FILTERS = {name.removesuffix("s"): name for name in Filters.__slots__ if name != "unread"}


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of one query, and the generation that they came from."""

    query: str
    mode: Mode
    generation: str
    hits: tuple[Hit, ...]
    took_ms: float
    degraded: str = ""  # what a time budget, or a store, left undone, in words
    notes: tuple[str, ...] = ()  # what was done to the query that its author may not expect
    intent: Intent = "navigational"  # what the query was taken for


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence of an answer stands. Law: quote == text of the source at [start:end]."""

    n: int  # the marker, from 1
    quote: str
    start: int
    end: int
    passage: Passage
    source: CatalogSource
    beside: tuple[str, str] = ("", "")  # words around it, when its first ones stand elsewhere too


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer, and the markers of the citations that support it."""

    text: str
    citations: tuple[int, ...]
    support: float  # 0..1
    worded: bool = False  # in the words of a language model; else it is the quote itself

    @property
    def marked(self) -> str:
        """Return the text with its markers: "... [1] [2]"."""
        return self.text + "".join(f" [{n}]" for n in self.citations)


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """What one of several questions got, and the markers of the citations that belong to it."""

    question: str
    status: AnswerStatus
    reason: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What ask returns: sentences with citations, or the reason why there are none."""

    question: str
    status: AnswerStatus
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    generator: str
    generation: str
    took_ms: float
    reason: str = ""  # why weak or declined
    nearest: tuple[Hit, ...] = ()  # when weak or declined
    parameters: Parameters = ()  # the same on the same generation give the same answer
    note: str = ""  # what was read otherwise than typed
    parts: tuple[AnswerPart, ...] = ()  # where several questions were asked at once
    degraded: str = ""  # what a store left unanswered, in words

    @property
    def answered(self) -> bool:
        """Tell whether there is an answer; False only when declined."""
        return self.status != "declined"

    @property
    def text(self) -> str:
        """Return the sentences with their markers: "... [1] ... [2]"."""
        return " ".join(sentence.marked for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Wait:
    """Something long that an answer waits for, and how far it has come."""

    stage: str
    done: int
    total: int


# What answering gives: an Answer first and last; between them a model's sentences, each after its
# citation; None while the model is at work, a Wait for what takes longer, its error when it fails.
AnswerStep: TypeAlias = "Answer | AnswerSentence | Citation | Wait | GenerationError | None"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, and what was answered."""

    question: str
    answer: str = ""
    quotes: tuple[str, ...] = ()  # that stood under the answer
