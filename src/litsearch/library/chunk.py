"""Documents into passages: sentence ends, one heading at a time, within the embedder's window."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from litsearch.library.sentences import lines, sentences
from litsearch.protocols import TokenCounter
from litsearch.types import Document, Offsets, Passage, Role, Span

CHUNKER = "1"  # changes when the same document would be cut otherwise

# Passages of 40 to 60 words found the sought sentence within 300 words of reading for 58 % of the development
# questions, passages of 200 words for 38 %.
MIN_WORDS = 40
MAX_WORDS = 60
OVERLAP = 1  # sentences
MAX_UNIT_CHARACTERS = 2000


def chunk(document: Document, count_tokens: TokenCounter, window: int) -> list[Passage]:
    """The passages of a document in reading order; its list of references gives none.

    No embedded unit (Passage.sentences) has more than `window` tokens.
    """
    spans = (span for span in document.spans if span.role != "references")
    passages: list[Passage] = []
    seen: Counter[str] = Counter()
    for (_, role), section in groupby(spans, key=lambda span: (span.heading, span.role)):
        block = list(section)
        units = _within_window(document.text, _units(document.text, block, role), count_tokens, window)
        passages += [_passage(document, group, block, seen) for group in _groups(document.text, units)]
    return passages


def _units(text: str, spans: Sequence[Span], role: Role) -> list[Offsets]:
    """Sentences of prose; lines of code and tables, gathered up to half a passage."""
    if role == "text":
        return [unit for span in spans for unit in sentences(text, span.start, span.end)]
    return [unit for span in spans for unit in _gathered(text, lines(text, span.start, span.end))]


def _gathered(text: str, rows: Iterator[Offsets]) -> Iterator[Offsets]:
    begin: Offsets | None = None
    for row in rows:
        if begin is not None and _words(text, begin.start, row.end) > MIN_WORDS:
            yield begin
            begin = None
        begin = row if begin is None else Offsets(begin.start, row.end)
    if begin is not None:
        yield begin


def _within_window(text: str, units: list[Offsets], count_tokens: TokenCounter, window: int) -> list[Offsets]:
    """Units that the embedder reads whole: those beyond its window are halved at white space until they fit."""
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
    """Runs of neighbouring units of MIN_WORDS to MAX_WORDS, each beginning with the last unit of the one before."""
    first = 0
    while first < len(units):
        last, words = first, _words(text, *units[first])
        while last + 1 < len(units):
            more = _words(text, *units[last + 1])
            if words >= MIN_WORDS or (words + more > MAX_WORDS and words >= MIN_WORDS // 2):
                break
            last, words = last + 1, words + more
        yield units[first : last + 1]
        if last + 1 >= len(units):
            return
        first = last + 1 - OVERLAP if last > first else last + 1


def _passage(document: Document, group: Sequence[Offsets], spans: Sequence[Span], seen: Counter[str]) -> Passage:
    start, end = group[0].start, group[-1].end
    span = next(span for span in spans if span.end > start)
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.source_id}\0{text}".encode()).hexdigest()[:16]
    seen[digest] += 1
    return Passage(
        passage_id=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}",
        source_id=document.source_id,
        text=text,
        start=start,
        end=end,
        heading=span.heading,
        page=span.page,
        role=span.role,
        sentences=tuple(group),
    )


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
