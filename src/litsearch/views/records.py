"""Define the shape of every JSON record once: what `--json` prints, HTTP sends and OpenAPI
describes.

`views.json` makes the records; mypy holds its functions to these definitions, field by field.
"""

# No `from __future__ import annotations`: records of other modules extend these, and msgspec, in
# Python 3.14, reads annotations that are strings by the names of the module that extends.
from typing import Annotated, NotRequired, TypedDict

from msgspec import Meta

from litsearch.types import AnswerStatus, Intent, Kind, Mode, Role, Status

Line = Annotated[int, Meta(ge=1)]
Headings = Annotated[str, Meta(description="headings, outermost first, joined by ' > '")]
ReadMark = Annotated[bool | None, Meta(description="null: the list does not say")]


class Entry(TypedDict):
    """One entry of a list, as `parse` prints it."""

    title: str
    url: str | None
    section: Headings
    topic: str
    remark: str
    authors: list[str]
    year: int | None
    read: ReadMark
    line: Line
    extra: Annotated[dict[str, str], Meta(description="further columns of the list")]


class Mention(TypedDict):
    """Where a list names a source."""

    list: Annotated[str, Meta(examples=["config/lists/llm.md"])]
    line: Line
    section: Headings
    topic: str
    remark: str
    title: str
    url: str | None
    read: ReadMark


class SourceBrief(TypedDict):
    """A source, as hits and citations show it."""

    id: str
    title: str
    url: str | None
    authors: list[str]
    year: int | None
    kind: Kind


class Source(SourceBrief):
    """A source with its verdict and the entries that name it."""

    status: Status
    reason: str
    remedy: str
    entries: list[Mention]


class Locator(TypedDict):
    """Where in the stored text of its source something stands; offsets in characters."""

    section: Headings
    page: int | None
    start: int
    end: int


class Stage(TypedDict):
    """What one part of the score thought of a hit."""

    score: float
    rank: int
    added: float


class Hit(TypedDict):
    """A passage found."""

    rank: int
    score: float
    passage_id: str
    text: str
    source: SourceBrief
    entries: list[Mention]
    locator: Locator
    link: Annotated[
        str, Meta(description="opens the source at the passage; empty without an address")
    ]
    scores: dict[str, float]
    explain: NotRequired[Annotated[dict[str, Stage], Meta(description="with `--explain`")]]


class Results(TypedDict):
    """The hits of one query, best first."""

    query: str
    mode: Mode
    generation: str
    took_ms: Annotated[
        float, Meta(description="of the search, which may have been made for an earlier request")
    ]
    degraded: NotRequired[Annotated[str, Meta(description="what was left undone, and why")]]
    intent: Annotated[Intent, Meta(description="what the query was taken for")]
    notes: NotRequired[Annotated[list[str], Meta(description="what was done to the query")]]
    hits: list[Hit]


class Sentence(TypedDict):
    """A sentence of an answer, with the numbers of its citations."""

    text: str
    citations: list[int]
    support: Annotated[float, Meta(ge=0, le=1)]
    worded: Annotated[
        bool, Meta(description="in the words of a language model; else it is the quote")
    ]


class Citation(TypedDict):
    """Where a sentence of an answer stands."""

    n: int
    quote: str
    passage_id: str
    source: SourceBrief
    entries: list[Mention]
    locator: Locator
    link: str


class AnswerPart(TypedDict):
    """What one of several questions got, with the numbers of its citations."""

    question: str
    status: AnswerStatus
    reason: str
    citations: list[int]


class Answer(TypedDict):
    """An answer with citations, or the reason why there is none."""

    question: str
    status: AnswerStatus
    answered: bool
    answer: str
    generation: str
    generator: str
    model: str | None
    parameters: Annotated[
        dict[str, int | float | str], Meta(description="what the answer was made with")
    ]
    took_ms: float
    sentences: list[Sentence]
    citations: list[Citation]
    reason: Annotated[str, Meta(description="why the answer is weak, or declined")]
    nearest: list[Hit]
    note: Annotated[str, Meta(description="what was read otherwise than typed")]
    parts: Annotated[list[AnswerPart], Meta(description="where several questions were asked")]
    degraded: NotRequired[Annotated[str, Meta(description="what was left undone, and why")]]


class Similar(TypedDict):
    """A source near another one."""

    score: Annotated[float, Meta(description="cosine of the two")]
    source: SourceBrief


class PassageBrief(TypedDict):
    """A passage of a source."""

    passage_id: str
    text: str
    locator: Locator
    role: Role


class SourceWhole(Source):
    """Everything about a source but its text, which is at /documents/{id}."""

    document_url: Annotated[str, Meta(description="the address that the text came from")]
    media_type: str
    passages: list[PassageBrief]
    similar: list[Similar]


class PassageWhole(PassageBrief):
    """A passage with its source and its neighbours in the text."""

    source: SourceBrief
    entries: list[Mention]
    link: str
    before: Annotated[str | None, Meta(description="id of the passage before it")]
    after: str | None


class Block(TypedDict):
    """A block of a document's text."""

    start: int
    end: int
    heading: list[str]
    page: int | None
    role: Role
    item: Annotated[str, Meta(description="the mark of a list's item, or nothing")]


class Extracted(TypedDict):
    """What the extractor made of a document, as `extract` prints it."""

    source: str
    title: str | None
    authors: list[str]
    published: str | None
    media_type: str
    text: str
    venue: Annotated[str | None, Meta(description="the journal or conference of a paper")]
    cut: Annotated[str, Meta(description="how far it was read, when not to its end")]
    spans: list[Block]


class Mark(TypedDict):
    """The stretch that was asked for; section and link are those of the passage it lies in."""

    start: int
    end: int
    page: int | None
    section: str
    link: str


class Formula(TypedDict):
    """A formula of a text, as MathML."""

    start: int
    end: int
    mathml: str


class Document(TypedDict):
    """The stored text of a source. It is text: never to be shown as HTML."""

    source: SourceBrief
    title: str | None
    authors: list[str]
    published: str | None
    media_type: str
    text: str
    spans: list[Block]
    mark: Mark | None
    original: Annotated[bool, Meta(description="whether /originals/{id} has its bytes")]
    math: NotRequired[Annotated[list[Formula], Meta(description="with `math=true`")]]


class Figure(TypedDict):
    """An image of a text; its bytes are at /figures/{id}/{number}."""

    number: int
    at: Annotated[int, Meta(description="the place in the text that it stands before")]
    alt: Annotated[str, Meta(description="what the page says that it shows")]


class Figures(TypedDict):
    """The images of a text that the library has, in reading order."""

    figures: list[Figure]
