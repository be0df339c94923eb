"""Define the shapes of what only the service says: counts, jobs, edits, notes, and OpenAI's
replies.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, TypeAlias, TypedDict

from msgspec import Meta

from litsearch.types import AnswerStatus, Kind
from litsearch.views.build_records import Dropped
from litsearch.views.records import Answer, Citation, Mention


class Tally(TypedDict):
    """How many sources have a value."""

    value: str | None
    count: int


Tallies: TypeAlias = list[Tally]


class Stats(TypedDict):
    """What the library holds, counted."""

    generation: str
    created: str
    model: str
    counts: Annotated[
        dict[str, int], Meta(examples=[{"sources": 149, "entries": 150, "passages": 30899}])
    ]
    year: Tallies
    kind: Tallies
    topic: Tallies
    status: Tallies
    read: Tallies
    list: Tallies
    writable: Annotated[bool, Meta(description="whether the lists may be edited")]


class Point(TypedDict):
    """A source on the map, from -1 to 1 in both directions."""

    id: str
    title: str
    x: float
    y: float
    topic: str
    kind: Kind
    year: int | None
    lists: list[str]
    read: bool


class Region(TypedDict):
    """A part of the map, named by words that its titles share."""

    name: str
    x: float
    y: float
    count: int


class Map(TypedDict):
    """The sources on a plane, near what they resemble (PCA of their vectors)."""

    generation: str
    points: list[Point]
    regions: list[Region]


class Health(TypedDict):
    """Whether the service is alive, or ready."""

    status: Annotated[str, Meta(examples=["ok"])]
    generation: str
    version: str


class Job(TypedDict):
    """A build that was asked for."""

    id: str
    status: Annotated[str, Meta(examples=["running"], pattern="^(running|done|failed)$")]
    stage: str
    done: int
    total: int
    started: str
    message: str
    report: Annotated[str, Meta(description="what `litsearch build` prints, when done")]


class FacetValue(TypedDict):
    """How many sources have a value, under the filters of the other fields."""

    value: str
    count: int
    title: NotRequired[Annotated[str, Meta(description="of a source")]]


Facet: TypeAlias = list[FacetValue]


class Facets(TypedDict):
    """The values of every filter, with how many sources have them."""

    total: Annotated[int, Meta(description="sources that pass all filters")]
    unread: int
    list: Facet
    section: Facet
    topic: Facet
    author: Facet
    year: Facet
    kind: Facet
    site: Facet
    language: Facet
    source: Facet


Texts: TypeAlias = list[str]  # for classes with a field called `list`


class ReadingList(TypedDict):
    """A list with its sections."""

    list: str
    writable: Annotated[bool, Meta(description="whether entries can be added to it here")]
    sections: Texts
    sources: int
    unread: int


class LibraryPlace(TypedDict):
    """A library of a service that has several."""

    name: str
    path: Annotated[str, Meta(description="below the address of the service")]
    current: Annotated[bool, Meta(description="whether it is the one that was asked")]


class Libraries(TypedDict):
    """The libraries of a service; none when it has but one."""

    libraries: list[LibraryPlace]


class Lists(TypedDict):
    """Every list of the library."""

    lists: list[ReadingList]


class Questions(TypedDict):
    """Questions that the library answers."""

    questions: list[str]


class Edit(Mention):
    """An entry as a list names it after an edit."""

    undo: Annotated[str, Meta(description="id for POST /undo")]
    job: Job | None


class Added(TypedDict):
    """What was put into the library."""

    entry: Mention | None
    list: Annotated[str, Meta(description="the list file that was written")]
    entries: Annotated[int, Meta(description="how many, when a whole list was added; else 0")]
    dropped: Annotated[
        list[Dropped], Meta(description="lines of that list which became no entry, the first 20")
    ]
    undo: str
    job: Job | None


class KeptTurn(TypedDict):
    """A question that stood before a kept one, and its answer."""

    question: str
    answer: str
    quotes: NotRequired[list[str]]


class KeptAnswer(TypedDict):
    """An answer that was kept, with all that is needed to ask for it again."""

    id: str
    kept: Annotated[str, Meta(description="when, ISO 8601")]
    question: str
    k: int | None
    filters: dict[str, Any]
    turns: list[KeptTurn]
    answer: Answer


class KeptAnswers(TypedDict):
    """The answers that were kept, newest first."""

    answers: list[KeptAnswer]
    writable: Annotated[bool, Meta(description="whether answers can be kept here")]
    vault: Annotated[bool, Meta(description="whether they can be written into a folder of notes")]


class TalkTurn(TypedDict):
    """A question of a conversation, with what was answered."""

    question: str
    filters: dict[str, Any]
    answer: dict[str, Any]


class Conversation(TypedDict):
    """Questions that go on from each other."""

    id: str
    turns: list[TalkTurn]


class Conversations(TypedDict):
    """The conversations that the library keeps, newest first."""

    conversations: list[Conversation]
    kept: Annotated[bool, Meta(description="whether it keeps them, or each browser its own")]


class Noted(TypedDict):
    """A note that was written into the folder of notes."""

    name: Annotated[str, Meta(examples=["What is DoRA.md"])]
    open: Annotated[str, Meta(description="the address that opens it in Obsidian, or nothing")]


class Replay(TypedDict):
    """A kept answer, asked for again."""

    id: str
    same: Annotated[bool, Meta(description="whether it says the same, by the same quotes")]
    differences: Annotated[list[str], Meta(description="what changed, and why; none when same")]
    then: Answer
    now: Answer


class Removed(TypedDict):
    """What was taken out of a list, or undone."""

    list: str
    undo: str
    job: Job | None


class Note(TypedDict):
    """A highlight in a text, with words of one's own."""

    id: str
    source: str
    start: int
    end: int
    quote: str
    note: str


class Notes(TypedDict):
    """The highlights in one source, or in all."""

    notes: list[Note]
    writable: bool


class Model(TypedDict):
    """A model, as the OpenAI protocol lists it."""

    id: str
    object: str
    created: int
    owned_by: str


class Models(TypedDict):
    """All models."""

    object: str
    data: list[Model]


class Completion(TypedDict):
    """OpenAI's chat completion, with `citations` as POST /ask gives them."""

    id: str
    object: str
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: Annotated[dict[str, int], Meta(description="counted in words")]
    citations: list[Citation]
    status: AnswerStatus


class Response(TypedDict):
    """OpenAI's response, with `citations` as POST /ask gives them."""

    id: str
    object: str
    created_at: int
    model: str
    status: str
    output: list[dict[str, Any]]
    usage: dict[str, Any]
    citations: list[Citation]


class Embeddings(TypedDict):
    """Vectors of texts, as the OpenAI protocol has them."""

    object: str
    data: list[dict[str, Any]]
    model: str
    usage: dict[str, int]


class Problem(TypedDict):
    """RFC 9457 problem details, of media type application/problem+json."""

    type: str
    title: str
    status: int
    detail: str
    hint: NotRequired[Annotated[str, Meta(description="what to do next")]]
    error: NotRequired[
        Annotated[dict[str, Any], Meta(description="the same, as clients of OpenAI expect it")]
    ]
