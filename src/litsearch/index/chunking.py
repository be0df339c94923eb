"""Cut documents into passages: on sentence ends, one heading at a time, within the embedder's
window.

Every step is linear in the length of the document, so a long one costs time in proportion.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby
from typing import NamedTuple

from litsearch.patterns import expression
from litsearch.protocols import TokenCounter
from litsearch.sentences import lines, sentences
from litsearch.types import Document, Offsets, Passage, Role, Span

# changes when the same document would be cut otherwise, or its words be weighed otherwise
CHUNKER = "5"

# Passages of 40 to 60 words found the sought sentence within 300 words of reading for 58 % of the
# development questions, passages of 200 words for 38 %.
MIN_WORDS = 40
MAX_WORDS = 60
OVERLAP = 1  # sentences
# words; headings, lead-ins, formulas and ends that have fewer are no passages by themselves
SHORT = 12
MAX_UNIT_CHARACTERS = 2000
MAX_FORMULA = 400  # characters that a formula may have to keep a sentence together
# What is found by its words. Titles and bylines are fields of the source; boilerplate is nobody's.
FOUND: frozenset[Role] = frozenset(("text", "code", "table", "caption", "footnote", "references"))
FORMULA = expression(
    rf"\$\$.{{1,{MAX_FORMULA}}}?\$\$|\$[^$\n]{{1,{MAX_FORMULA}}}\$"
    rf"|\\\[.{{1,{MAX_FORMULA}}}?\\\]|\\\(.{{1,{MAX_FORMULA}}}?\\\)",
    re.S,
)
SPACE = expression(r"\s")
MARK = expression(r"[,;|)\]}>]")  # behind these a line of code or a row may be cut
AFTER_TOKEN = expression(rf"{SPACE.pattern}|{MARK.pattern}")
WIDE = expression("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{2}")  # two signs make about a word


def chunk(document: Document, count_tokens: TokenCounter, window: int) -> list[Passage]:
    """Return the passages of a document in reading order; its list of references gives none.

    No embedded unit (Passage.sentences) has more than `window` tokens.
    """
    text = document.text
    passages: list[Passage] = []
    digests: Counter[str] = Counter()
    for run in _runs(document):
        if run.role == "references":
            continue
        units = _within_window(text, _units(text, run.spans), count_tokens, window)
        ends = [span.end for span in run.spans]
        for group in _groups(text, units):
            span = run.spans[bisect_right(ends, group[0].start)]
            passages.append(_passage(document, group, run, span.page, digests))
    return passages


class _Run(NamedTuple):
    """Neighbouring spans that are cut into passages together."""

    heading: tuple[str, ...]
    role: Role
    spans: tuple[Span, ...]
    words: int = 0  # up to the first few


def _runs(document: Document) -> Iterator[_Run]:
    """Return the sections of a document, apart by role, where what cannot stand alone is with what
    it belongs to.
    """
    spans_of_text = [span for span in document.spans if span.role in FOUND] or document.spans
    runs = []
    for (heading, role), spans in groupby(
        spans_of_text, key=lambda span: (span.heading, span.role)
    ):
        section = tuple(spans)
        runs.append(_Run(heading, role, section, _few_words(document.text, section)))

    for place in reversed(range(len(runs))):
        host = _host(document.text, runs, place)
        runs[place] = runs[place]._replace(heading=host.heading, role=host.role)

    for (heading, role), parts in groupby(runs, key=lambda run: (run.heading, run.role)):
        yield _Run(heading, role, tuple(chain.from_iterable(part.spans for part in parts)))


def _few_words(text: str, spans: Sequence[Span]) -> int:
    """Return the words of a section, counted no further than decides whether it is short."""
    words = 0
    for span in spans:
        words += _words(text, span.start, span.end)
        if words > SHORT:
            break
    return words


def _host(text: str, runs: Sequence[_Run], place: int) -> _Run:
    """Return the run that a short one is part of, by heading and role: the next, or the one before;
    any other is its own.
    """
    run, before, after = runs[place], _at(runs, place - 1), _at(runs, place + 1)
    if _only_heading(text, run):
        return after or before or run  # the heading of a list of references goes with it
    if run.role == "references" or run.words >= SHORT:
        return run
    if after and _is_below(after, run):
        return after
    return before if before and _is_begun_by(text, before, run) else run


def _at(runs: Sequence[_Run], place: int) -> _Run | None:
    return runs[place] if 0 <= place < len(runs) else None


def _is_below(after: _Run, run: _Run) -> bool:
    """Return True for text under the same heading, or under one below it."""
    return after.role != "references" and after.heading[: len(run.heading)] == run.heading


def _is_begun_by(text: str, before: _Run, run: _Run) -> bool:
    """Return True for text before a run, under the same heading."""
    same = before.role != "references" and before.heading == run.heading
    return same and not _only_heading(text, before)


def _only_heading(text: str, run: _Run) -> bool:
    if run.role != "text" or not run.heading or len(run.spans) > 1:
        return False
    span = run.spans[0]
    return text[span.start : span.end] == run.heading[-1]


def _units(text: str, spans: Sequence[Span]) -> list[Offsets]:
    """Return sentences of prose; lines of code and tables, gathered up to half a passage."""
    return [unit for span in spans for unit in _units_of(text, span)]


def _units_of(text: str, span: Span) -> Iterable[Offsets]:
    if span.role in ("code", "table"):
        return _gather(text, lines(text, span.start, span.end))
    units = sentences(text, span.start, span.end)
    formulas = FORMULA.finditer(text, span.start, span.end)
    return _formulas_whole(units, [match.span() for match in formulas])


def _formulas_whole(
    units: Iterator[Offsets], formulas: Sequence[tuple[int, int]]
) -> Iterator[Offsets]:
    """Return sentences put together again where one would end inside a formula."""
    if not formulas:
        yield from units
        return
    starts = [start for start, _ in formulas]
    begun: Offsets | None = None
    for unit in units:
        begun = unit if begun is None else Offsets(begun.start, unit.end)
        place = bisect_right(starts, begun.end - 1) - 1
        if place < 0 or formulas[place][1] <= begun.end:
            yield begun
            begun = None
    if begun is not None:
        yield begun


def _gather(text: str, rows: Iterator[Offsets]) -> Iterator[Offsets]:
    begun: Offsets | None = None
    words = 0
    for row in rows:
        more = _words(text, row.start, row.end)
        if begun is not None and words + more > MIN_WORDS:
            yield begun
            begun, words = None, 0
        begun = row if begun is None else Offsets(begun.start, row.end)
        words += more
    if begun is not None:
        yield begun


def _within_window(
    text: str, units: list[Offsets], count_tokens: TokenCounter, window: int
) -> list[Offsets]:
    """Units that the embedder reads whole: those beyond its window are halved at white space
    until they fit.
    """
    fitting: list[Offsets] = []
    waiting = [piece for unit in units for piece in _pieces(text, unit, MAX_UNIT_CHARACTERS)]
    while waiting:
        counts = count_tokens([text[unit.start : unit.end] for unit in waiting])
        halves: list[Offsets] = []
        for unit, count in zip(waiting, counts, strict=True):
            length = unit.end - unit.start
            if count <= window or length < 2:
                fitting.append(unit)
            else:
                halves += _pieces(text, unit, max(1, length // 2))
        waiting = halves
    return sorted(fitting)


def _pieces(text: str, unit: Offsets, limit: int) -> Iterator[Offsets]:
    """Yield a unit in pieces of at most so many characters."""
    start, end = unit
    while end - start > limit:
        stop = _break(text, unit, start, start + limit)
        piece = text[start:stop].rstrip()
        if piece:
            yield Offsets(start, start + len(piece))
        start = stop
    if text[start:end].strip():
        yield Offsets(start, end)


def _break(text: str, unit: Offsets, start: int, stop: int) -> int:
    """Return where a piece ends that may reach from start to stop: behind its last whole token.

    A token that reaches beyond is left whole as well; only one that is all of a unit is cut.
    """
    for breaks in (SPACE, MARK):
        places = [match.end() for match in breaks.finditer(text, start + 1, stop)]
        if places:
            return places[-1]
    furthest = min(unit.end, 2 * stop - start)
    ahead = AFTER_TOKEN.search(text, stop, furthest)
    if ahead:
        return ahead.end()
    return furthest if furthest == unit.end and start > unit.start else stop


def _groups(text: str, units: Sequence[Offsets]) -> Iterator[Sequence[Offsets]]:
    """Yield runs of neighbouring units of MIN_WORDS to MAX_WORDS, each beginning with the last unit
    of the one before.
    """
    sizes = [_words(text, unit.start, unit.end) for unit in units]
    before = [0, *accumulate(sizes)]
    first = 0
    while first < len(units):
        last, words = first, sizes[first]
        while last + 1 < len(units) and not _is_full(words, sizes[last + 1]):
            last += 1
            words += sizes[last]
        if before[-1] - before[last + 1] < SHORT:
            last = len(units) - 1
        yield units[first : last + 1]
        if last + 1 >= len(units):
            return
        first = last + 1 - OVERLAP if last > first else last + 1


def _is_full(words: int, more: int) -> bool:
    """Return True when a passage of so many words takes no further unit."""
    return words >= MIN_WORDS or (words + more > MAX_WORDS and words >= MIN_WORDS // 2)


def _passage(
    document: Document, group: Sequence[Offsets], run: _Run, page: int | None, digests: Counter[str]
) -> Passage:
    start, end = group[0].start, group[-1].end
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.source_id}\0{text}".encode()).hexdigest()[:16]
    digests[digest] += 1
    return Passage(
        passage_id=digest if digests[digest] == 1 else f"{digest}-{digests[digest]}",
        source_id=document.source_id,
        text=text,
        start=start,
        end=end,
        heading=run.heading,
        page=page,
        role=run.role,
        sentences=tuple(group),
    )


def _words(text: str, start: int, end: int) -> int:
    """Return the words between two places; where no spaces are set, two signs count as one."""
    part = text[start:end]
    words = len(part.split())
    return words if part.isascii() else max(words, len(WIDE.findall(part)))
