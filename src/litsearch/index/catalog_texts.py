"""Reads the texts of a catalog: documents, and the passages that they are cut into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from litsearch.index import catalog_rows
from litsearch.index.catalog_rows import BLOCK
from litsearch.index.row_ids import IDS, Numbering, ids
from litsearch.types import Document, Offsets, Passage

if TYPE_CHECKING:
    from litsearch.index.row_ids import Rows


_HEAD = "d.title, d.authors, d.published, d.language, d.url, d.media_type, d.sha256"


class Texts(Numbering):
    """What the documents and passages of one catalog file say. Every method raises IndexCorrupt."""

    def document(self, source_id: str) -> Document:
        """Return the text of a source, as it was added. Raises KeyError."""
        rows = self._db.rows(
            f"SELECT d.first_block, d.last_block, {_HEAD}, d.spans FROM documents d"
            " JOIN sources s ON s.id = d.source WHERE s.source_id = ?",
            source_id,
        )
        if not rows:
            raise KeyError(source_id)
        first, last, *columns = rows[0]
        blocks = self._db.rows(
            "SELECT text FROM blocks WHERE id >= ? AND id < ? ORDER BY id", first, last
        )
        with self._decoding():
            return catalog_rows.document(source_id, columns, "".join(text for (text,) in blocks))

    def heads(self) -> dict[str, Document]:
        """Return what is known of every document, by source id, without its text and spans."""
        rows = self._db.rows(
            f"SELECT s.source_id, {_HEAD} FROM documents d JOIN sources s ON s.id = d.source"
        )
        with self._decoding():
            return {
                name: catalog_rows.document(name, (*known, "[[],[]]"), "") for name, *known in rows
            }

    def passages(self, rows: Rows) -> list[tuple[Passage, int]]:
        """Return the passages at these rows, in this order, each with the row of its source.

        Raises KeyError.
        """
        found = {
            row: (passage, source)
            for row, passage, source in self._passages(f"p.id IN {IDS}", ids(rows))
        }
        return [found[int(row)] for row in rows]

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

    def _stretches_of(self, wanted: list[tuple[int, int, int, int]]) -> Iterator[str]:
        """Return the text of each (first block of a document, the one after its last, start, end in
        its text).
        """
        places = [
            range(a + start // BLOCK, min(b, a + (end - 1) // BLOCK + 1))
            for a, b, start, end in wanted
        ]
        named = ids(sorted({block for one in places for block in one}))
        blocks: dict[int, str] = dict(
            self._db.rows(f"SELECT id, text FROM blocks WHERE id IN {IDS}", named)
        )
        for (*_, start, end), place in zip(wanted, places, strict=True):
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
