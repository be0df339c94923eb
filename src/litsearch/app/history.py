"""Keep what each build changed, in index/changes.jsonl, longer than the generations it tells of."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import msgspec

from litsearch.app.factories import load_vectors
from litsearch.errors import QueryError, StoreError
from litsearch.index.diff import changes
from litsearch.index.generation import Generation, open_generation
from litsearch.patterns import expression
from litsearch.storage import replace_file
from litsearch.types import CatalogSource
from litsearch.untrusted import read_bytes
from litsearch.views.build_records import ChangedSource, ChangeGroups, Digest

FILE = "changes.jsonl"  # in index/
GROUPS = ("new", "reachable", "edited", "lost", "gone")
MOST = 500  # sources of one group of one build that are named
LARGEST = 20_000_000  # bytes, of which the older half then goes

_SPAN = expression(r"(\d{1,4})([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}
_SEALED = expression(rb'\{"sum":"([0-9a-f]{8})",')
_STAMP = expression(r"\d{8}T\d{6}")  # that an id of a generation begins with


class Build(msgspec.Struct, frozen=True):
    """What one build changed."""

    generation: str
    before: str  # "" of the first one
    created: str  # ISO 8601, UTC
    counts: dict[str, int]
    sources: dict[str, list[ChangedSource]]  # by group


def record(library: Path, before: str, after: str) -> int:
    """Write down what a build changed; a generation that cannot be read is passed over.

    Returns how many lines were damaged: they are left out.
    """
    path = library / "index" / FILE
    removed = 0
    with suppress(StoreError, sqlite3.Error, OSError):
        removed = _remove_damaged(path)
        if before != after:
            new = open_generation(path.parent, after, load_vectors)
            old = open_generation(path.parent, before, load_vectors) if before else None
            _append(path, _build(new, old))
    return removed


def builds(library: Path) -> Iterator[Build]:
    """Yield what every build changed, oldest first; a damaged line is passed over."""
    for line in _lines(library / "index" / FILE):
        build = _read(line)
        if build is not None:
            yield build


def damaged_lines(library: Path) -> int:
    """Return how many lines of the history are not what was written."""
    return sum(_read(line) is None for line in _lines(library / "index" / FILE))


def is_span(since: str) -> bool:
    """Tell whether some words are a time that has passed: "12h", "7d", "2w"."""
    return _SPAN.fullmatch(since) is not None


def digest(library: Path, since: str) -> Digest:
    """Return what builds changed since a span of time, a day or a generation, taken together.

    Raises QueryError when the words are none of these.
    """
    begin = _moment(since, datetime.now(UTC))
    all_builds = list(builds(library))
    generations = [build.generation for build in all_builds]
    later = [build for build in all_builds if _time(build.created) > begin]
    if since in generations:
        later = all_builds[generations.index(since) + 1 :]
    groups = _merge_builds(later)
    return {
        "since": begin.isoformat(timespec="seconds"),
        "builds": len(later),
        "counts": dict(sum((Counter(build.counts) for build in later), Counter())),
        **groups,
    }


def _build(new: Generation, old: Generation | None) -> Build:
    if old is None:
        rows = {"new": tuple(new.catalog.sources())}
    else:
        diff = changes(old.catalog, new.catalog)
        sources = tuple(edit.row for edit in diff.edited)
        rows = {name: sources if name == "edited" else getattr(diff, name) for name in GROUPS}
    return Build(
        generation=new.id,
        before=old.id if old else "",
        created=new.manifest.created,
        counts={name: len(group) for name, group in rows.items() if group},
        sources={name: list(_name_sources(group[:MOST])) for name, group in rows.items() if group},
    )


def _name_sources(rows: Iterable[CatalogSource]) -> Iterator[ChangedSource]:
    for row in rows:
        entry = row.entries[0]
        yield {
            "id": row.source_id,
            "title": row.title,
            "url": row.url,
            "kind": row.kind,
            "status": row.verdict.status,
            "list": entry.list,
            "line": entry.line,
        }


def _lines(path: Path) -> list[bytes]:
    try:
        return read_bytes(path).splitlines(keepends=True)
    except OSError:
        return []


def _read(line: bytes) -> Build | None:
    """Return the build of a line, or None when it is not what was written.

    Lines of earlier versions have no checksum.
    """
    sealed = _SEALED.match(line)
    if sealed and int(sealed[1], 16) != zlib.crc32(line[sealed.end() :].rstrip()):
        return None
    try:
        return msgspec.json.decode(line, type=Build)
    except msgspec.MsgspecError:
        return None


def _sealed(build: Build) -> bytes:
    """Return the line of a build: a JSON object whose first field is the checksum of the rest."""
    rest = msgspec.json.encode(build)[1:]
    return b'{"sum":"%08x",%s\n' % (zlib.crc32(rest), rest)


def _remove_damaged(path: Path) -> int:
    """Leave out damaged lines, and give those of earlier versions their checksum.

    Returns how many were damaged.
    """
    lines = _lines(path)
    if all(_SEALED.match(line) and _read(line) for line in lines):
        return 0
    whole = [build for build in map(_read, lines) if build is not None]
    replace_file(path, b"".join(map(_sealed, whole)))
    return len(lines) - len(whole)


def _append(path: Path, build: Build) -> None:
    line = _sealed(build)
    if path.exists() and path.stat().st_size > LARGEST:
        lines = path.read_bytes().splitlines(keepends=True)
        replace_file(path, b"".join(lines[len(lines) // 2 :]) + line)
        return
    with path.open("ab") as file:
        file.write(line)


def _merge_builds(later: Iterable[Build]) -> ChangeGroups:
    """Return each source in the one group that says what became of it over all the builds."""
    groups: dict[str, str] = {}
    sources: dict[str, ChangedSource] = {}
    for build in later:
        for group, rows in build.sources.items():
            for row in rows:
                groups[row["id"]] = _net_change(groups.get(row["id"], ""), group)
                sources[row["id"]] = row
    together: dict[str, list[ChangedSource]] = {group: [] for group in GROUPS}
    for name, group in groups.items():
        if group:
            together[group].append(sources[name])
    return cast(ChangeGroups, together)


def _net_change(earlier: str, later: str) -> str:
    """Return what two changes of a source come to: what came and went again is none."""
    if {earlier, later} in ({"new", "gone"}, {"reachable", "lost"}):
        return ""
    return "new" if earlier == "new" else later


def _moment(since: str, now: datetime) -> datetime:
    if span := _SPAN.fullmatch(since):
        return now - timedelta(hours=int(span[1]) * _HOURS[span[2]])
    stamp = _STAMP.match(since)
    form = "%Y%m%dT%H%M%S" if stamp else "%Y-%m-%d"
    try:
        return datetime.strptime(stamp[0] if stamp else since, form).replace(tzinfo=UTC)
    except ValueError:
        hint = "Name a span such as 7d, 12h or 2w, a day such as 2026-01-31, or a generation."
        raise QueryError(f"{since!r} is no time.", hint) from None


def _time(created: str) -> datetime:
    return datetime.fromisoformat(created).replace(microsecond=0)
