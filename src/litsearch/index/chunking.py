"""Documents into passages: sentence ends, one heading at a time, within the embedder's window."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from litsearch.protocols import TokenCounter
from litsearch.text import lines, sentences
from litsearch.types import Document, Offsets, Passage, Role, Span

CHUNKER = "2"  # changes when the same document would be cut otherwise

# Passages of 40 to 60 words found the sought sentence within 300 words of reading for 58 % of the
# development questions, passages of 200 words for 38 %.
MIN_WORDS = 40
MAX_WORDS = 60
OVERLAP = 1  # sentences
# words; headings, lead-ins, formulas and ends that have fewer are no passages by themselves
SHORT = 12
MAX_UNIT_CHARACTERS = 2000


def chunk(document: Document, count_tokens: TokenCounter, window: int) -> list[Passage]:
    """The passages of a document in reading order; its list of references gives none.

    No embedded unit (Passage.sentences) has more than `window` tokens.
    """
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for run in _runs(document):
        if run.role != "references":
            units = _within_window(
                document.text, _units(document.text, run.spans), count_tokens, window
            )
            passages += [
                _passage(document, group, run, seen) for group in _groups(document.text, units)
            ]
    return passages


class _Run(NamedTuple):
    """Neighbouring spans that are cut into passages together."""

    heading: tuple[str, ...]
    role: Role
    spans: tuple[Span, ...]


def _runs(document: Document) -> Iterator[_Run]:
    """The sections of a document, apart by role, where what cannot stand alone is with what it
    belongs to.
    """
    sections = groupby(document.spans, key=lambda span: (span.heading, span.role))
    runs = [_Run(heading, role, tuple(spans)) for (heading, role), spans in sections]
    for place in reversed(range(len(runs))):
        host = _host(document.text, runs, place)
        runs[place] = runs[place]._replace(heading=host.heading, role=host.role)
    for (heading, role), parts in groupby(runs, key=lambda run: (run.heading, run.role)):
        yield _Run(heading, role, tuple(chain.from_iterable(part.spans for part in parts)))


def _host(text: str, runs: Sequence[_Run], place: int) -> _Run:
    """The run that a short one is part of, by heading and role: the next, or the one before; any
    other is its own.
    """
    run = runs[place]
    before, after = (
        runs[place - 1] if place else None,
        runs[place + 1] if place + 1 < len(runs) else None,
    )
    if _only_heading(text, run):
        return after or before or run  # the heading of a list of references goes with it
    if (
        run.role == "references"
        or len(text[run.spans[0].start : run.spans[-1].end].split()) >= SHORT
    ):
        return run
    if after and after.role != "references" and after.heading[: len(run.heading)] == run.heading:
        return after
    same = before and before.heading == run.heading and before.role != "references"
    return before if before and same and not _only_heading(text, before) else run


def _only_heading(text: str, run: _Run) -> bool:
    words = text[run.spans[0].start : run.spans[-1].end].split()
    return run.role == "text" and bool(run.heading) and words == run.heading[-1].split()


def _units(text: str, spans: Sequence[Span]) -> list[Offsets]:
    """Sentences of prose; lines of code and tables, gathered up to half a passage."""
    return [unit for span in spans for unit in _units_of(text, span)]


def _units_of(text: str, span: Span) -> Iterator[Offsets]:
    if span.role == "text":
        return sentences(text, span.start, span.end)
    return _gathered(text, lines(text, span.start, span.end))


def _gathered(text: str, rows: Iterator[Offsets]) -> Iterator[Offsets]:
    begin: Offsets | None = None
    for row in rows:
        if begin is not None and _words(text, begin.start, row.end) > MIN_WORDS:
            yield begin
            begin = None
        begin = row if begin is None else Offsets(begin.start, row.end)
    if begin is not None:
        yield begin


def _within_window(
    text: str, units: list[Offsets], count_tokens: TokenCounter, window: int
) -> list[Offsets]:
    """Units that the embedder reads whole: those beyond its window are halved at white space until
    they fit.
    """
    fitting: list[Offsets] = []
    todo = [piece for unit in units for piece in _pieces(text, unit, MAX_UNIT_CHARACTERS)]
    while todo:
        counts = count_tokens([text[unit.start : unit.end] for unit in todo])
        rest: list[Offsets] = []
        for unit, count in zip(todo, counts, strict=True):
            if count <= window or unit.end - unit.start < 2:
                fitting.append(unit)
            else:
                rest += _pieces(text, unit, max(1, (unit.end - unit.start) // 2))
        todo = rest
    return sorted(fitting)


def _pieces(text: str, unit: Offsets, limit: int) -> Iterator[Offsets]:
    start, end = unit
    while end - start > limit:
        stop = text.rfind(" ", start + limit // 2, start + limit)
        stop = stop if stop > start else start + limit
        if text[start:stop].strip():
            yield Offsets(start, stop)
        start = stop + 1 if text[stop].isspace() else stop
    if text[start:end].strip():
        yield Offsets(start, end)


def _groups(text: str, units: Sequence[Offsets]) -> Iterator[Sequence[Offsets]]:
    """Runs of neighbouring units of MIN_WORDS to MAX_WORDS, each beginning with the last unit of
    the one before.
    """
    first = 0
    while first < len(units):
        last, words = first, _words(text, *units[first])
        while last + 1 < len(units):
            more = _words(text, *units[last + 1])
            if words >= MIN_WORDS or (words + more > MAX_WORDS and words >= MIN_WORDS // 2):
                break
            last, words = last + 1, words + more
        if _words(text, units[last].end, units[-1].end) < SHORT:
            last = len(units) - 1
        yield units[first : last + 1]
        if last + 1 >= len(units):
            return
        first = last + 1 - OVERLAP if last > first else last + 1


def _passage(
    document: Document, group: Sequence[Offsets], run: _Run, seen: Counter[str]
) -> Passage:
    start, end = group[0].start, group[-1].end
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.source_id}\0{text}".encode()).hexdigest()[:16]
    seen[digest] += 1
    return Passage(
        passage_id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
        source_id=document.source_id,
        text=text,
        start=start,
        end=end,
        heading=run.heading,
        page=next(span.page for span in run.spans if span.end > start),
        role=run.role,
        sentences=tuple(group),
    )


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
