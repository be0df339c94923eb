"""Rows of tables that answer: the row, what stands above its column or above the table says what is
asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from litsearch.answers.evidence import Evidence, Reader, heading_of
from litsearch.answers.question import Question, figures_in, figures_of_row
from litsearch.answers.sentence_vectors import BEFORE, PLACE
from litsearch.answers.sentences import Candidate, Window, window_of
from litsearch.answers.works import titles_of
from litsearch.index.catalog import Catalog
from litsearch.index.generation import Generation
from litsearch.patterns import expression
from litsearch.types import Offsets, Passage

if TYPE_CHECKING:
    from litsearch.types import Vector

KINDS = ("number", "date", "topic")  # of questions that a row may answer
PASSAGES = 40  # that say most of the question's words: the tables among them are read
BACK = 8  # passages in which a table may have begun before
LEAST_SAID = 0.7  # of the weight of the question's terms
HEAD_LINES = 3  # of a table without cells: lines before its first figures
MOST_ALIKE = 2  # rows of one table that say what is asked, beyond which none tells it
CELLS = " | "
_DATES = expression(r"\b(?:dates?|years?|released?|published|since|founded|born|built)\b", re.I)
_Near = dict[int, tuple[Passage, int]]  # passages with the rows of their sources, by row
_LINE = expression(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table as far as it was loaded."""

    passage: Passage  # whose lines are read
    sibling: Candidate  # of the same source
    window: Window  # from the beginning of the table to the end of the passage
    head: Offsets  # the line or lines that name its columns
    above: tuple[str, ...]  # title, headings, captions


def table_rows(
    generation: Generation,
    candidates: Sequence[Candidate],
    query_vector: Vector,
    question: Question,
    evidence: Evidence,
) -> list[Candidate]:
    """Return the rows that say what is asked, of tables in the sources of the candidates."""
    if not (question.kind in KINDS or question.wants_number) or not evidence.terms:
        return []
    siblings: dict[int, Candidate] = {}
    for candidate in sorted(candidates, key=lambda candidate: -candidate.source_cosine):
        siblings.setdefault(candidate.source_row, candidate)

    reader = Reader(evidence.terms)
    rows: dict[tuple[int, int], Candidate] = {}
    likely = _likely(generation.catalog, candidates, siblings, reader)
    near = _with_neighbours(generation.catalog, likely)
    for row in likely:
        table = _table(row, near, siblings)
        if table is not None:
            cosine = _cosine(generation, row, query_vector)
            place = list(siblings).index(table.sibling.source_row)
            promise = (1 + BEFORE) * cosine + PLACE / (1 + place)
            for line in _telling(table, reader, question):
                candidate = _candidate(table, line, row, cosine, promise)
                rows.setdefault((candidate.source_row, candidate.start), candidate)
    return list(rows.values())


def _likely(
    catalog: Catalog,
    candidates: Sequence[Candidate],
    siblings: dict[int, Candidate],
    reader: Reader,
) -> list[int]:
    """Return the rows of passages that may be tables worth reading: candidates' own, and those that
    say most of the terms that stand in no title.
    """
    own = catalog.passage_rows_of(list(siblings))
    owners = catalog.source_rows_of(own)
    counts: Counter[int] = Counter()
    for place, term in enumerate(reader.terms):
        phrases = term.entity.phrases() if term.entity else (term.text,)
        saying = np.unique(np.concatenate([catalog.rows_with_phrase(phrase) for phrase in phrases]))
        untitled = [
            row
            for row, sibling in siblings.items()
            if place not in reader.said(*titles_of(sibling.source))
        ]
        counts.update(np.intersect1d(own[np.isin(owners, untitled)], saying).tolist())
    tables = {candidate.row for candidate in candidates if candidate.passage.role == "table"}
    return sorted(tables | {row for row, _ in counts.most_common(PASSAGES)})


def _with_neighbours(catalog: Catalog, rows: Sequence[int]) -> _Near:
    """Return the passages at these rows, with their sources, and those beside the tables among
    them: in two calls, since an engine over a network answers each.
    """
    near = dict(zip(rows, catalog.passages(rows), strict=True))
    beside: set[int] = set()
    for row in rows:
        if near[row][0].role == "table":
            beside.update(range(max(0, row - BACK), row + 2))
    further = sorted(beside.intersection(range(catalog.sizes["passages"])) - near.keys())
    return near | dict(zip(further, catalog.passages(further), strict=True))


def _table(row: int, near: _Near, siblings: dict[int, Candidate]) -> _Table | None:
    """Return the table that a passage is part of, from its beginning on; None when it is none, or
    begins too far away.
    """
    passage, source_row = near[row]
    if passage.role != "table":
        return None

    kin: list[Passage] = []
    for place in range(row - BACK, row + 2):
        other, owner = near.get(place, (passage, -1))
        if owner == source_row:
            kin.append(other)
    before = filter(partial(_goes_before, passage), reversed(kin))
    window = window_of(passage, list(before))
    farthest, owner = near.get(row - BACK, (passage, -1))
    if owner == source_row and window.start <= farthest.start:
        return None
    sibling = siblings[source_row]
    above = (heading_of(passage, sibling.source), *_captions(kin))
    return _Table(passage, sibling, window, _head(window), above)


def _goes_before(passage: Passage, other: Passage) -> bool:
    return other.role == "table" and other.start < passage.start


def _captions(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        if passage.role == "caption":
            yield passage.text


def _head(window: Window) -> Offsets:
    """Return the line that names the columns; where there are no cells, those before figures."""
    lines = list(_lines(window.text, window.start))
    for line in lines:
        if CELLS in window.cut(*line):
            return line
    end = lines[0].end
    for line in lines[1:HEAD_LINES]:
        if any(figures_in(window.cut(*line))):
            break
        end = line.end
    return Offsets(lines[0].start, end)


def _lines(text: str, start: int) -> Iterator[Offsets]:
    for match in _LINE.finditer(text):
        yield Offsets(start + match.start(), start + match.end())


def _telling(table: _Table, reader: Reader, question: Question) -> list[Offsets]:
    """Return the lines that say what is asked; none where more than a few say it alike."""
    head = table.window.cut(*table.head)
    above, columns = reader.said(*table.above), reader.said(head)
    dated = question.kind == "date" and _DATES.search(head) is not None
    lines: dict[frozenset[int], list[Offsets]] = {}
    for line in _lines(table.passage.text, table.passage.start):
        text = table.window.cut(*line)
        own = reader.said(text)
        places = above | columns | own
        names_share = reader.names_share(places) if dated else 0.0
        share = max(names_share, min(reader.share(places), reader.rest(places)))
        tells = bool(own) and bool((own | columns) - above) and share >= LEAST_SAID
        if tells and line.start >= table.head.end and _is_filled(text, question):
            lines.setdefault(own, []).append(line)
    best = max(lines, key=lambda own: reader.share(own), default=frozenset())
    return lines.get(best, []) if len(lines.get(best, [])) <= MOST_ALIKE else []


def _is_filled(text: str, question: Question) -> bool:
    """Tell whether a row has a figure that is not asked with, and, of cells, more than one."""
    if question.figures.issuperset(figures_of_row(text)):
        return False
    cells = text.split(CELLS.rstrip())
    return len(cells) == 1 or len(list(filter(str.strip, cells))) > 1


def _cosine(generation: Generation, row: int, query_vector: Vector) -> float:
    """Return the cosine of the best stretch of a passage."""
    first, end = generation.catalog.sentence_rows([row])[0]
    vectors = np.asarray(generation.sentences[first:end], np.float32)
    best = float(np.max(vectors @ query_vector)) if len(vectors) else 0.0
    return generation.cosines.common(best)


def _candidate(table: _Table, line: Offsets, row: int, cosine: float, promise: float) -> Candidate:
    text = table.window.cut(*line)
    return replace(
        table.sibling,
        start=line.start,
        end=line.end,
        text=text,
        passage=table.passage,
        row=row,
        cosine=cosine,
        promise=promise,
        found=0.0,
        around=(table.window.cut(*table.head), text, *table.above),
        window=table.window,
        vector=None,
        head=table.head.start,
    )
