"""Read the passages of a catalog: which rows they have, in which sources, and what their texts say.

Rows of one source are neighbours, in the order of the sources' rows; where a source went, its rows
are holes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from litsearch.index import catalog_rows
from litsearch.index.catalog_rows import BLOCK, SqliteFile
from litsearch.types import Document, Figure, Offsets, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = Sequence[int] | NDArray[np.int64]


# passages whose sentences are looked up once and kept; of more, each question reads its own: 5 ms
AT_ONCE = 100_000
IDS = "(SELECT value FROM json_each(?))"


class PassageRows:
    """What the rows of one catalog file are. Every method raises IndexCorrupt."""

    def __init__(self, db: SqliteFile) -> None:
        self._db = db

    @cached_property
    def sizes(self) -> dict[str, int]:
        """Return how many rows of sources, passages and sentences were ever given, as many as there
        are vectors.
        """
        sizes = dict(self._db.rows("SELECT name, rows FROM sizes"))
        if sizes.keys() != {"sources", "passages", "sentences"}:
            raise self._db.corrupt("it does not say how many rows it has")
        return sizes

    def rows(self) -> dict[str, int]:
        """Return the row of each source, by its id, in the order of the lists."""
        return dict(self._db.rows("SELECT source_id, id FROM sources ORDER BY position"))

    def passage_rows_of(self, source_rows: Iterable[int]) -> NDArray[np.int64]:
        """Return the rows of all passages of these sources, sorted."""
        (firsts, lasts), sources = self._bounds, np.unique(np.fromiter(source_rows, np.int64))
        sizes = lasts[sources] - firsts[sources]
        ends = np.cumsum(sizes)
        rows: NDArray[np.int64] = np.arange(sizes.sum()) + np.repeat(
            firsts[sources] - ends + sizes, sizes
        )
        return rows

    @cached_property
    def every_passage(self) -> NDArray[np.int64]:
        """Return the rows of all passages, sorted."""
        return self.passage_rows_of(range(self.sizes["sources"]))

    @cached_property
    def without_holes(self) -> NDArray[np.int64] | None:
        """Return the rows of all passages, sorted; None when every row up to the last has one."""
        return None if len(self.every_passage) == self.sizes["passages"] else self.every_passage

    def passage_counts(self, source_rows: Rows) -> NDArray[np.int64]:
        """Return how many passages each of these sources has."""
        rows = np.asarray(source_rows, np.int64)
        counts: NDArray[np.int64] = self._bounds[1][rows] - self._bounds[0][rows]
        return counts

    def source_rows_of(self, passage_rows: Rows) -> NDArray[np.int64]:
        """Return the row of the source of each of these passages."""
        rows: NDArray[np.int64] = (
            np.searchsorted(self._bounds[0], np.asarray(passage_rows, np.int64), side="right") - 1
        )
        return rows

    def has_passages(self, rows: Rows) -> NDArray[np.bool_]:
        """Return at which of these rows there is a passage."""
        row_numbers = np.asarray(rows, np.int64)
        sources = self.source_rows_of(row_numbers)
        exists: NDArray[np.bool_] = (sources >= 0) & (row_numbers < self._bounds[1][sources])
        return exists

    def sentence_ranges(self, most: int) -> list[tuple[int, int]]:
        """Return the half-open sentence rows of so many sources, spread evenly over all by their
        ids.

        Which sources these are does not depend on the rows that they happen to have.
        """
        query = "SELECT first_passage, last_passage FROM sources ORDER BY source_id"
        bounds = self._db.rows(query)
        sample = bounds[:: max(1, -(-len(bounds) // most))]
        within = "id >= ? AND id < ? AND first_sentence < last_sentence"
        query = f"SELECT min(first_sentence), max(last_sentence) FROM passages WHERE {within}"
        ranges = [self._db.rows(query, *passages)[0] for passages in sample]
        return [(start, end) for start, end in ranges if start is not None]

    def sentence_rows(self, passage_rows: Rows) -> NDArray[np.int64]:
        """Return the half-open stretch of sentence rows of each of these passages, shape (n, 2).

        Raises KeyError.
        """
        rows = np.asarray(passage_rows, np.int64).reshape(-1)
        stretches = (
            self._stretches
            if self.sizes["passages"] <= AT_ONCE
            else self._read_stretches(np.unique(rows))
        )
        places = np.searchsorted(stretches[:, 0], rows)
        exists = places < len(stretches)
        exists[exists] = stretches[places[exists], 0] == rows[exists]
        if not exists.all():
            raise KeyError(int(rows[~exists][0]))
        ranges: NDArray[np.int64] = stretches[places, 1:]
        return ranges

    @cached_property
    def _stretches(self) -> NDArray[np.int64]:
        """Return what _read_stretches tells of every passage: read at once, since a question asks
        for many.
        """
        return self._read_stretches(self.every_passage)

    def _read_stretches(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return row, first sentence and the one after the last, of each of these passages that is
        there; sorted.
        """
        # of runs of neighbours: mostly whole sources
        begins = np.flatnonzero(np.diff(rows, prepend=-2) != 1)
        runs = [(int(run[0]), int(run[-1])) for run in np.split(rows, begins[1:]) if len(run)]
        query = "SELECT id, first_sentence, last_sentence FROM passages"
        query += " WHERE id BETWEEN ? AND ? ORDER BY id"
        return np.array(
            [row for run in runs for row in self._db.rows(query, *run)], np.int64
        ).reshape(-1, 3)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Return the kind of every source, by row; "" where none is any more."""
        kinds = dict(self._db.rows("SELECT id, kind FROM sources"))
        return tuple(kinds.get(row, "") for row in range(self.sizes["sources"]))

    @cached_property
    def _bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first passage row of every source, and the one after its last; rows of one
        source are neighbours.

        Where no source is any more, both are the first row of the next.
        """
        firsts = np.full(self.sizes["sources"], self.sizes["passages"], np.int64)
        sources = np.array(
            self._db.rows("SELECT id, first_passage, last_passage FROM sources"), np.int64
        ).reshape(-1, 3)
        if len(sources) and not 0 <= sources[:, 0].min() <= sources[:, 0].max() < len(firsts):
            raise self._db.corrupt("a source has a row that was never given")
        firsts[sources[:, 0]] = sources[:, 1]
        firsts = np.minimum.accumulate(firsts[::-1])[::-1]
        lasts = firsts.copy()
        lasts[sources[:, 0]] = sources[:, 2]
        return firsts, lasts


def ids(rows: Iterable[int]) -> str:
    """Return row numbers, as IDS takes them."""
    return "[" + ",".join(str(int(row)) for row in rows) + "]"


_HEAD = "d.title, d.authors, d.published, d.language, d.url, d.media_type, d.sha256"


class Texts(PassageRows):
    """What the documents and passages of one catalog file say. Every method raises IndexCorrupt."""

    def document(self, source_id: str) -> Document:
        """Return the text of a source, as it was added. Raises KeyError."""
        rows = self._db.rows(
            f"SELECT d.source, d.first_block, d.last_block, {_HEAD}, d.spans FROM documents d"
            " JOIN sources s ON s.id = d.source WHERE s.source_id = ?",
            source_id,
        )
        if not rows:
            raise KeyError(source_id)
        row, first, last, *columns = rows[0]
        blocks = self._db.rows(
            "SELECT text FROM blocks WHERE id >= ? AND id < ? ORDER BY id", first, last
        )
        with self._decoding():
            text = "".join(text for (text,) in blocks)
            return catalog_rows.document(source_id, columns, text, self._figures(row))

    def figure_addresses(self) -> list[str]:
        """Return the addresses of all images of all documents, in the order of the sources."""
        if not self._has_figures():
            return []
        rows = self._db.rows("SELECT url FROM figures ORDER BY source, position")
        return list(dict.fromkeys(url for (url,) in rows))

    def _figures(self, row: int) -> list[Figure]:
        """Return the images of a document."""
        if not self._has_figures():
            return []
        query = "SELECT at, url, alt FROM figures WHERE source = ? ORDER BY position"
        return self._db.rows(query, row)

    def _has_figures(self) -> bool:
        """Tell whether the file has the table: not when it is from before there were figures."""
        query = "SELECT 1 FROM sqlite_master WHERE name = 'figures'"
        return bool(self._db.rows(query))

    def heads(self) -> dict[str, Document]:
        """Return what is known of every document, by source id, without its text and spans."""
        rows = self._db.rows(
            f"SELECT s.source_id, {_HEAD} FROM documents d JOIN sources s ON s.id = d.source"
        )
        with self._decoding():
            return {
                name: catalog_rows.document(name, (*columns, "[[],[]]"), "")
                for name, *columns in rows
            }

    def passages(self, rows: Rows) -> list[tuple[Passage, int]]:
        """Return the passages at these rows, in this order, each with the row of its source.

        Raises KeyError.
        """
        by_row = {
            row: (passage, source)
            for row, passage, source in self._passages(f"p.id IN {IDS}", ids(rows))
        }
        return [by_row[int(row)] for row in rows]

    def passage(self, passage_id: str) -> tuple[int, Passage]:
        """Return a passage by its id, after its row. Raises KeyError."""
        for row, passage, _ in self._passages("p.passage_id = ?", passage_id):
            return row, passage
        raise KeyError(passage_id)

    def passage_row(self, passage_id: str) -> int:
        """Return the row of a passage. Raises KeyError."""
        for (row,) in self._db.rows("SELECT id FROM passages WHERE passage_id = ?", passage_id):
            return int(row)
        raise KeyError(passage_id)

    def passages_of(self, source_id: str) -> list[Passage]:
        """Return the passages of a source, in the order of its text."""
        return [passage for _, passage, _ in self._passages("s.source_id = ?", source_id)]

    def _passages(self, condition: str, *arguments: object) -> list[tuple[int, Passage, int]]:
        """(row, passage, row of the source), in the order of the rows."""
        columns = "d.first_block, d.last_block, p.passage_id, s.source_id"
        columns += ', p.start, p."end", p.heading, p.page, p.role'
        where = "JOIN sources s ON s.id = p.source JOIN documents d ON d.source = p.source"
        rows = self._db.rows(
            f"SELECT p.id, p.source, {columns} FROM passages p {where}"
            f" WHERE {condition} ORDER BY p.id",
            *arguments,
        )
        join = "JOIN sentences u ON u.id >= p.first_sentence AND u.id < p.last_sentence"
        query = 'SELECT p.id, u.start, u."end" FROM passages p'
        query += f" {join} WHERE p.id IN {IDS} ORDER BY u.id"
        units: dict[int, list[Offsets]] = {row[0]: [] for row in rows}
        for row, start, end in self._db.rows(query, ids(units)):
            units[row].append(Offsets(start, end))
        with self._decoding():
            texts = self._stretches_of(
                [(first, last, start, end) for _, _, first, last, _, _, start, end, *_ in rows]
            )
            return [
                (row, catalog_rows.passage(columns, text, tuple(units[row])), source)
                for (row, source, _, _, *columns), text in zip(rows, texts, strict=True)
            ]

    def _stretches_of(self, stretches: list[tuple[int, int, int, int]]) -> Iterator[str]:
        """Return the text of each (first block of a document, the one after its last, start, end in
        its text).
        """
        places = [
            range(a + start // BLOCK, min(b, a + (end - 1) // BLOCK + 1))
            for a, b, start, end in stretches
        ]
        numbers = ids(sorted({block for blocks_of_place in places for block in blocks_of_place}))
        blocks: dict[int, str] = dict(
            self._db.rows(f"SELECT id, text FROM blocks WHERE id IN {IDS}", numbers)
        )
        for (*_, start, end), place in zip(stretches, places, strict=True):
            begin = start % BLOCK
            yield "".join(blocks[block] for block in place)[begin : begin + end - start]

    @contextmanager
    def _decoding(self) -> Iterator[None]:
        try:
            yield
        except (
            msgspec.MsgspecError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:  # a damaged page holds anything
            raise self._db.corrupt(str(error)) from None
