"""Define the shapes of what builds, generations and checks say, as `--json` prints it."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypedDict

from msgspec import Meta

from litsearch.views.records import Source, SourceBrief


class SourceCounts(TypedDict):
    """The sources of a build, by what became of them."""

    total: int
    indexed: int
    entry_only: int
    failed: int
    unchanged: int
    removed: int


class PassageCounts(TypedDict):
    """The passages of a build."""

    total: int
    embedded: int
    reused: int


class SkippedList(TypedDict):
    """A file among the lists that is not a list, and was passed over."""

    list: str
    reason: str
    hint: str


class ListFile(TypedDict):
    """A file among the lists, and why it is none."""

    list: str
    entries: int
    dropped: int
    problem: str
    hint: str


class Dropped(TypedDict):
    """A line of a list that became no entry."""

    line: int
    text: str
    reason: str


Skipped: TypeAlias = list[SkippedList]


class BuildReport(TypedDict):
    """What a build did."""

    generation: str
    sources: SourceCounts
    passages: PassageCounts
    requests: int
    unreachable: int
    took_s: float
    skipped: Skipped
    dropped: Annotated[int, Meta(description="lines of lists that became no entry")]


class Failure(TypedDict):
    """Why something was not done."""

    error: str
    hint: str


class Generation(TypedDict):
    """A generation of the index, as `generations` prints it."""

    id: str
    live: bool
    created: str
    sources: int
    passages: int
    problem: str


class EditedSource(TypedDict):
    """A source whose text changed."""

    source: SourceBrief
    added: list[str]
    removed: list[str]


class Changes(TypedDict):
    """What changed between two generations."""

    new: list[Source]
    gone: list[Source]
    reachable: list[Source]
    lost: list[Source]
    edited: list[EditedSource]
    relisted: list[Source]


class ChangedSource(TypedDict):
    """A source that a build changed, as it is named in a digest or a feed."""

    id: str
    title: str
    url: str | None
    kind: str
    status: str
    list: str
    line: int


class ChangeGroups(TypedDict):
    """Sources by what became of them; each stands in one group."""

    new: list[ChangedSource]
    reachable: list[ChangedSource]
    edited: list[ChangedSource]
    lost: list[ChangedSource]
    gone: list[ChangedSource]


class Digest(ChangeGroups):
    """What the builds of some time changed, taken together."""

    since: str
    builds: int
    counts: dict[str, int]


class LostQuote(TypedDict):
    """A quote of a kept answer that no longer stands in the library."""

    id: str
    question: str
    source: str
    title: str
    quote: str
    reason: str


class DigestWithAnswers(Digest):
    """A digest, and the kept answers whose quotes were edited or are gone."""

    answers: list[LostQuote]


class Finding(TypedDict):
    """One thing that was checked."""

    check: str
    ok: bool
    message: str
    mend: str
