"""Reads catalog.sqlite: what the lists and documents say, passages by row, BM25 scores, and full-text matches.

The file is opened read-only and as immutable; one Catalog may be used from any number of threads.
"""
# ruff: noqa: S608 - what is put into the text of a statement are constants of this module; values are bound.

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from litsearch.library import catalog_rows
from litsearch.library.catalog_schema import APPLICATION_ID, SCHEMA_VERSION
from litsearch.library.catalog_texts import Texts
from litsearch.library.filtering import Facts, passes
from litsearch.library.lexicon import Lexicon
from litsearch.library.meaning import Known, meant
from litsearch.library.numbering import IDS, ids
from litsearch.library.sqlite_file import SqliteFile
from litsearch.text import terms_of
from litsearch.types import CatalogSource, Entry, Filters, ScoredId, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.library.numbering import Rows

ANY = Filters()
_LETTERS = re.compile(r"[^\W\d_]+")


class Catalog(Texts):
    """One catalog file, read-only. Every method raises IndexCorrupt when the file cannot be read as a catalog."""

    def __init__(self, path: Path) -> None:
        super().__init__(SqliteFile(path))
        marks = [self._db.rows(f"PRAGMA {name}")[0][0] for name in ("application_id", "user_version")]
        if marks != [APPLICATION_ID, SCHEMA_VERSION]:
            raise self._db.corrupt("it is not a catalog of this version")

    def close(self) -> None:
        """Close the connections of all threads; nothing may be asked afterwards."""
        self._db.close()

    def counts(self) -> dict[str, int]:
        """How many sources, entries, passages and sentences there are."""
        tables = ("sources", "entries", "passages", "sentences")
        return {table: self._db.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}

    def fingerprints(self) -> dict[str, str]:
        """What ingest noted of each source, by source id: equal means that nothing needs to be done again."""
        return dict(self._db.rows("SELECT source_id, fingerprint FROM sources ORDER BY position"))

    def source(self, ref: str | int) -> CatalogSource:
        """A source by its id or its row. Raises KeyError."""
        column = "id" if isinstance(ref, int) else "source_id"
        found = self._sources(f"WHERE {column} = ?", ref)
        if not found:
            raise KeyError(ref)
        return found[0]

    def sources(self, status: Status | None = None) -> list[CatalogSource]:
        """Every source, in the order of the lists; only those of one status, when given."""
        return [row for row in self._every_source if not status or row.verdict.status == status]

    @cached_property
    def _every_source(self) -> list[CatalogSource]:
        """Read once: 10,000 take 0.3 s."""
        return self._sources("")

    def sources_at(self, rows: Rows) -> dict[int, CatalogSource]:
        """The sources at these rows, by row."""
        return dict(self._numbered(f"WHERE id IN {IDS}", ids({int(row) for row in rows})))

    def find_source(self, text: str) -> list[CatalogSource]:
        """The sources that a person may mean: by id, address, start of the id, title, part of the title.

        The first of these ways that finds anything wins; several sources mean that the text is ambiguous.
        """
        rows = self._db.rows("SELECT id, source_id, url, aliases, title FROM sources ORDER BY position")
        known = [
            Known(row, name, title, (url or "", *catalog_rows.names(more))) for row, name, url, more, title in rows
        ]
        listed = self._db.rows("SELECT source, title FROM entries")
        return self._sources(f"WHERE id IN {IDS}", ids(meant(text, known, listed)))

    def source_rows(self, filters: Filters) -> list[int] | None:
        """The rows of the sources that pass, sorted; None when nothing is filtered.

        One and the same entry must have the list, the topic, the section and the read state; the rest is the source's.
        """
        if not filters.active:
            return None
        return sorted({row for row, facts in self._facts if passes(filters, facts)})

    @cached_property
    def _facts(self) -> list[tuple[int, Facts]]:
        """What filters look at, with the row of the source: read once, since 10,000 entries take 0.25 s."""
        query = "SELECT s.id, s.kind, s.authors, s.year, s.title, s.url, s.aliases, s.document_url, e.*"
        rows = self._db.rows(f"{query} FROM sources s JOIN entries e ON e.source = s.id")
        with self._decoding():
            return [(row, catalog_rows.facts(columns)) for row, *columns in rows]

    def allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """The rows of the passages that pass, sorted; None when nothing is filtered."""
        rows = self.source_rows(filters)
        return None if rows is None else self.passage_rows_of(rows)

    def match_passages(
        self, query: str, k: int, filters: Filters = ANY, weights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    ) -> list[ScoredId]:
        """The best k rows for an FTS5 query by BM25 (weights: title, heading, text). Raises QueryError."""
        return self._match("passages_fts", query, k, self.allowed(filters), weights)

    def match_sources(
        self,
        query: str,
        k: int,
        filters: Filters = ANY,
        weights: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    ) -> list[ScoredId]:
        """The best k sources for an FTS5 query, likewise (weights: title, authors, notes, text). Raises QueryError."""
        return self._match("sources_fts", query, k, self.source_rows(filters), weights)

    def document_frequency(self, terms: Iterable[str]) -> list[int]:
        """How many passages hold each term (or phrase), stemmed as the index is."""
        query = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        return [self._db.search(query, phrase(term))[0][0] for term in terms]

    def holding(self, words: str) -> NDArray[np.int64]:
        """The rows of the passages whose title, headings or text hold these words in this order, stemmed; sorted."""
        query = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid"
        return np.array([row for (row,) in self._db.search(query, phrase(words))], np.int64)

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Every word of the titles and authors of all sources, lower case."""
        rows = self._db.rows("SELECT title, authors FROM sources UNION SELECT title, authors FROM entries")
        return frozenset(word for row in rows for text in row for word in _LETTERS.findall(text.casefold()))

    @staticmethod
    def terms(words: Iterable[str]) -> frozenset[str]:
        """What these words are looked up by."""
        return frozenset(term for word in words for term in terms_of(word))

    @cached_property
    def titles(self) -> tuple[tuple[str, ...], ...]:
        """Every title of every source, its own and the lists', by row; () where none is any more."""
        query = "SELECT id, title FROM sources UNION SELECT source, title FROM entries ORDER BY 1, 2"
        found: dict[int, list[str]] = {}
        for row, title in self._db.rows(query):
            found.setdefault(row, []).append(title)
        return tuple(tuple(found.get(row, ())) for row in range(self.sizes["sources"]))

    @cached_property
    def lexicon(self) -> Lexicon:
        """BM25 of passages and sources."""
        return Lexicon(self._db)

    def _match(
        self, table: str, query: str, k: int, allowed: Iterable[int] | None, weights: Sequence[float]
    ) -> list[ScoredId]:
        # "+rowid": else SQLite runs the whole match once for every allowed row.
        condition, only = ("", ()) if allowed is None else (f"AND +rowid IN {IDS}", (ids(allowed),))
        rows = self._db.search(
            f"SELECT rowid, bm25({table}, {','.join('?' * len(weights))}) AS cost FROM {table}"
            f" WHERE {table} MATCH ? {condition} ORDER BY cost, rowid LIMIT ?",
            *(*weights, query, *only, k),
        )
        return [ScoredId(row, -cost) for row, cost in rows]

    def _sources(self, condition: str, *arguments: object) -> list[CatalogSource]:
        return [source for _, source in self._numbered(condition, *arguments)]

    def _numbered(self, condition: str, *arguments: object) -> list[tuple[int, CatalogSource]]:
        """(row, source), in the order of the lists."""
        columns = "id, source_id, url, kind, title, authors, year, status, reason, remedy"
        query = f"SELECT {columns}, document_url, media_type, aliases FROM sources {condition} ORDER BY position"
        rows = self._db.rows(query, *arguments)
        entries: dict[int, list[Entry]] = {row[0]: [] for row in rows}
        listed = self._db.rows(f"SELECT * FROM entries WHERE source IN {IDS} ORDER BY source, position", ids(entries))
        with self._decoding():
            for source, _, *entry in listed:
                entries[source].append(catalog_rows.entry(entry))
            return [(row[0], catalog_rows.catalog_source(row[1:], tuple(entries[row[0]]))) for row in rows]


def phrase(term: str) -> str:
    """The FTS5 query for these words in this order, whatever characters they hold."""
    return '"' + term.replace("\0", " ").replace('"', '""') + '"'
