"""Everything that a generation holds, without the numbers of its rows: equal for generations that
find the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import numpy as np

from litsearch.index.bm25 import BLOCK
from litsearch.index.catalog_rows import TERM_TABLES
from litsearch.index.generation import Generation

Name = tuple[str, int]  # of a row: its source, and its place among the rows of that source


def everything_in(generation: Generation) -> dict[str, Any]:
    """Sources, texts, passages and vectors in the order of the lists; what the lexical indexes say
    of each row.
    """
    catalog = generation.catalog
    rows = catalog.rows()
    prints = catalog.fingerprints()
    found: dict[str, Any] = {"sources": catalog.sources(), "prints": list(prints.items())}
    found["documents"] = [catalog.document(name) for name in rows]
    found["passages"] = [catalog.passages_of(name) for name in rows]
    found["vectors"] = [vectors_of(generation, row) for row in rows.values()]
    with closing(sqlite3.connect(generation.folder / "catalog.sqlite")) as db:
        for table in (*TERM_TABLES, "passages_fts", "sources_fts"):
            found[table] = lexical(db, table, name_of(generation, table.startswith("passage")))
    return found


def vectors_of(generation: Generation, row: int) -> list[list[list[float]]]:
    """The vectors of a source, of its passages and of their sentences."""
    places = generation.catalog.passage_rows_of([row])
    units = np.eye(generation.manifest.facts.dim, dtype=np.float32)
    passages = np.stack([generation.vectors.scores(unit, places) for unit in units], axis=1)
    sentences = [
        generation.sentences[first:last] for first, last in generation.catalog.sentence_rows(places)
    ]
    return [
        generation.sources[row].tolist(),
        passages.tolist(),
        *(one.tolist() for one in sentences),
    ]


def name_of(generation: Generation, passages: bool) -> Callable[[int], Name]:
    catalog = generation.catalog
    ids = {row: name for name, row in catalog.rows().items()}
    if not passages:
        return lambda row: (ids[row], 0)
    owners = {
        int(place): (ids[row], n)
        for row in ids
        for n, place in enumerate(catalog.passage_rows_of([row]).tolist())
    }
    return lambda row: owners[row]


def lexical(db: sqlite3.Connection, table: str, name: Callable[[int], Name]) -> list[Any]:
    if table.endswith("_fts"):
        db.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_all USING fts5vocab(main, {table}, instance)"
        )
        return sorted(
            (term, name(row), *where)
            for term, row, *where in db.execute(f"SELECT * FROM temp.{table}_all")
        )
    found: list[Any] = []
    for term, block, rows, counts in db.execute(f"SELECT * FROM {table}"):
        numbers = zip(
            np.frombuffer(rows, "<u2").tolist(), np.frombuffer(counts, "<u2").tolist(), strict=True
        )
        found += [(term, name(block * BLOCK + row), count) for row, count in numbers]
    (lengths,) = db.execute("SELECT lengths FROM lengths WHERE terms = ?", (table,)).fetchone()
    numbers = enumerate(np.frombuffer(lengths, "<f4").tolist())
    return [sorted(found), sorted((name(row), length) for row, length in numbers if length >= 0)]
