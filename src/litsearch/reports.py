"""The records of what was done to a library, and of what was looked at in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of a list that became no entry, and why."""

    list: str
    line: int  # 1-based
    text: str  # of the line, or the address that it links
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file among the lists that is no list, and why."""

    path: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts of sources add up: total = indexed + entry_only + failed."""

    generation: str
    total: int
    indexed: int
    entry_only: int
    failed: int  # blocked, dead, unsupported and failed
    unchanged: int
    removed: int
    passages: int
    embedded: int  # passages that needed at least one new embedding
    reused: int
    requests: int
    unreachable: int  # addresses that could not be reached at all
    took_s: float
    statuses: Mapping[str, int] = field(default_factory=dict)  # sources of each verdict
    skipped: tuple[Skipped, ...] = ()  # files among the lists that are none
    dropped: int = 0  # links and titles in the lists that became no entry


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that doctor looked at."""

    check: str
    ok: bool
    message: str
    mend: str = ""  # the command or edit that mends it
