"""What replies look like, for OpenAPI and its readers: `views` makes them, nothing is converted
through these.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from litsearch.types import AnswerStatus, Kind, Mode, Role, Status

EVENTS = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "description": "one event; data is JSON",
            "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
            "required": ["data"],
        }
    }
}


class Mention(BaseModel):
    """Where a list names a source."""

    list: str = Field(examples=["config/lists/llm.md"])
    line: int = Field(ge=1)
    section: str = Field(description="headings, outermost first, joined by ' > '")
    topic: str
    remark: str
    title: str
    url: str | None
    read: bool | None = Field(description="null: the list does not say")


class SourceBrief(BaseModel):
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


class Locator(BaseModel):
    """Where in the stored text of its source something stands; offsets in characters."""

    section: str
    page: int | None
    start: int
    end: int


class Hit(BaseModel):
    """A passage found."""

    rank: int
    score: float
    passage_id: str
    text: str
    source: SourceBrief
    entries: list[Mention]
    locator: Locator
    link: str
    scores: dict[str, float]


class Results(BaseModel):
    """The hits of one query, best first."""

    query: str
    mode: Mode
    generation: str
    took_ms: float = Field(
        description="of the search, which may have been made for an earlier request"
    )
    hits: list[Hit]


class Sentence(BaseModel):
    """A sentence of an answer, with the numbers of its citations."""

    text: str
    citations: list[int]
    support: float = Field(description="0 to 1")


class Citation(BaseModel):
    """Where a sentence of an answer stands."""

    n: int
    quote: str
    passage_id: str
    source: SourceBrief
    entries: list[Mention]
    locator: Locator
    link: str


class AnswerPart(BaseModel):
    """What one of several questions got."""

    question: str
    status: AnswerStatus
    reason: str
    citations: list[int]


class Answer(BaseModel):
    """An answer with citations, or the reason why there is none."""

    question: str
    status: AnswerStatus
    answered: bool
    answer: str
    generation: str
    generator: str
    model: str | None
    took_ms: float
    sentences: list[Sentence]
    citations: list[Citation]
    reason: str
    nearest: list[Hit]
    note: str
    parts: list[AnswerPart]


class Similar(BaseModel):
    """A source near another one."""

    score: float = Field(description="cosine of the two")
    source: SourceBrief


class PassageBrief(BaseModel):
    """A passage of a source."""

    passage_id: str
    text: str
    locator: Locator
    role: Role


class SourceWhole(Source):
    """Everything about a source but its text, which is at /documents/{id}."""

    document_url: str = Field(description="the address that the text came from")
    media_type: str
    passages: list[PassageBrief]
    similar: list[Similar]


class PassageWhole(PassageBrief):
    """A passage with its source and its neighbours in the text."""

    source: SourceBrief
    entries: list[Mention]
    link: str
    before: str | None = Field(description="id of the passage before it")
    after: str | None


class Block(BaseModel):
    """A block of a document's text."""

    start: int
    end: int
    heading: list[str]
    page: int | None
    role: Role


class Mark(BaseModel):
    """The stretch that was asked for; section and link are those of the passage it lies in."""

    start: int
    end: int
    page: int | None
    section: str
    link: str


class Document(BaseModel):
    """The stored text of a source. It is text: never to be shown as HTML."""

    source: SourceBrief
    title: str | None
    authors: list[str]
    published: str | None
    media_type: str
    text: str
    spans: list[Block]
    mark: Mark | None


class Tally(BaseModel):
    """How many sources have a value."""

    value: str | None
    count: int


class Stats(BaseModel):
    """What the library holds, counted."""

    generation: str
    created: str
    model: str
    counts: dict[str, int] = Field(
        examples=[{"sources": 149, "entries": 150, "passages": 30899, "sentences": 61203}]
    )
    year: list[Tally]
    kind: list[Tally]
    topic: list[Tally]
    status: list[Tally]
    read: list[Tally]
    list: list[Tally]
    writable: bool = Field(description="whether read marks and remarks may be written")


class Point(BaseModel):
    """A source on the map, from -1 to 1 in both directions."""

    id: str
    title: str
    x: float
    y: float
    topic: str
    kind: Kind
    year: int | None


class Map(BaseModel):
    """The sources on a plane, near what they resemble (PCA of their vectors)."""

    generation: str
    points: list[Point]


class Health(BaseModel):
    """Whether the service is alive, or ready."""

    status: str = Field(examples=["ok"])
    generation: str
    version: str


class Job(BaseModel):
    """A build that was asked for."""

    id: str
    status: str = Field(examples=["running"], pattern="^(running|done|failed)$")
    stage: str
    done: int
    total: int
    started: str
    message: str
    report: str = Field(description="what `litsearch build` prints, when done")


class Problem(BaseModel):
    """RFC 9457 problem details, of media type application/problem+json."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "QueryError",
                "status": 422,
                "detail": "The query is empty.",
                "hint": "Say what to look for.",
            }
        }
    )

    type: str
    title: str
    status: int
    detail: str
    hint: str = Field("", description="what to do next")
