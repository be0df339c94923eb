"""Read catalog.sqlite: what the lists and documents say, passages by row, BM25 scores, full-text
matches.

The file is opened read-only and as immutable; any number of threads may use one Catalog.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from litsearch.index import catalog_rows
from litsearch.index.bm25 import Lexicon
from litsearch.index.catalog_passages import IDS, Texts, ids
from litsearch.index.catalog_rows import APPLICATION_ID, SCHEMA_VERSION, SqliteFile
from litsearch.index.filters import Candidate, Facts, passes, sources_meant
from litsearch.languages import ENGLISH
from litsearch.patterns import expression
from litsearch.text import tokens
from litsearch.types import (
    CatalogSource,
    Entry,
    Filters,
    Status,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.index.catalog_passages import Rows

ANY = Filters()
_LETTERS = expression(r"[^\W\d_]+")


class ScoredRow(NamedTuple):
    """A row of the catalog, and its score (more is better)."""

    id: int
    score: float


class Catalog(Texts):
    """One catalog file, read-only. Every method raises IndexCorrupt when the file cannot be read as
    a catalog.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(SqliteFile(path))
        marks = [
            self._db.rows(f"PRAGMA {name}")[0][0] for name in ("application_id", "user_version")
        ]
        if marks != [APPLICATION_ID, SCHEMA_VERSION]:
            raise self._db.corrupt("it is not a catalog of this version")

    def close(self) -> None:
        """Close the connections of all threads; nothing may be asked afterwards."""
        self._db.close()

    def query(self, query: str, *arguments: object) -> list[Any]:
        """Return all rows of a query in SQL: for those who copy a catalog elsewhere."""
        return self._db.rows(query, *arguments)

    def counts(self) -> dict[str, int]:
        """Return how many sources, entries, passages and sentences there are."""
        tables = ("sources", "entries", "passages", "sentences")
        return {table: self._db.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}

    def fingerprints(self) -> dict[str, str]:
        """Return what ingest noted of each source, by source id: equal means that nothing needs to
        be done again.
        """
        return dict(self._db.rows("SELECT source_id, fingerprint FROM sources ORDER BY position"))

    def source(self, ref: str | int) -> CatalogSource:
        """Return a source by its id or its row. Raises KeyError."""
        column = "id" if isinstance(ref, int) else "source_id"
        sources = self._sources(f"WHERE {column} = ?", ref)
        if not sources:
            raise KeyError(ref)
        return sources[0]

    def sources(self, status: Status | None = None) -> list[CatalogSource]:
        """Return every source, in the order of the lists; only those of one status, when given."""
        return [row for row in self._every_source if not status or row.verdict.status == status]

    @cached_property
    def _every_source(self) -> list[CatalogSource]:
        """Read once: 10,000 take 0.3 s."""
        return self._sources("")

    def sources_at(self, rows: Rows) -> dict[int, CatalogSource]:
        """Return the sources at these rows, by row."""
        return dict(self._with_rows(f"WHERE id IN {IDS}", ids({int(row) for row in rows})))

    def find_source(self, text: str) -> list[CatalogSource]:
        """Return the sources that a person may mean: by id, address, start of the id, title, part
        of a title.

        The first of these that matches anything wins; several sources mean that the text is
        ambiguous.
        """
        rows = self._db.rows(
            "SELECT id, source_id, url, aliases, title FROM sources ORDER BY position"
        )
        candidates = [
            Candidate(row, name, title, (url or "", *catalog_rows.names(more)))
            for row, name, url, more, title in rows
        ]
        titles = self._db.rows("SELECT source, title FROM entries")
        return self._sources(f"WHERE id IN {IDS}", ids(sources_meant(text, candidates, titles)))

    def source_rows(self, filters: Filters) -> list[int] | None:
        """Return the rows of the sources that pass, sorted; None when nothing is filtered.

        One and the same entry must have the list, the topic, the section and the read state; the
        rest is the source's.
        """
        if not filters.active:
            return None
        return sorted({row for row, facts in self.facts if passes(filters, facts)})

    @cached_property
    def facts(self) -> list[tuple[int, Facts]]:
        """Return what filters look at, each with the row of its source.

        Read once, since 10,000 entries take 0.25 s.
        """
        source = "s.id, s.source_id, s.language, s.kind, s.authors, s.year, s.title, s.url"
        rows = self._db.rows(
            f"SELECT {source}, s.aliases, s.document_url, e.* FROM sources s"
            " JOIN entries e ON e.source = s.id"
        )
        with self._decoding():
            return [(row, catalog_rows.facts(columns)) for row, *columns in rows]

    def allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Return the rows of the passages that pass, sorted; None when nothing is filtered."""
        rows = self.source_rows(filters)
        return None if rows is None else self.passage_rows_of(rows)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the sources, most frequent first; English where none is known."""
        query = "SELECT language FROM sources GROUP BY language ORDER BY count(*) DESC, language"
        codes = dict.fromkeys(code or ENGLISH for (code,) in self._db.rows(query))
        return tuple(codes) or (ENGLISH,)

    def match_passages(
        self, phrases: Iterable[str], k: int, filters: Filters = ANY
    ) -> list[ScoredRow]:
        """Return the best k rows that say any of the phrases in title, headings or text, by
        BM25."""
        return self._match("passages_fts", self._saying(phrases), k, self.allowed(filters))

    def match_sources(
        self, phrases: Iterable[str], k: int, filters: Filters = ANY, *, notes_only: bool = False
    ) -> list[ScoredRow]:
        """Return the best k sources likewise; notes_only: that say it outside of their text."""
        query = self._saying(phrases)
        if notes_only:
            query = f"{{title authors notes}} : ({query})"
        return self._match("sources_fts", query, k, self.source_rows(filters))

    def document_frequency(self, terms: Iterable[str]) -> list[int]:
        """Return how many passages hold each term (or phrase), stemmed as the index is."""
        query = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?"
        return [self._db.rows(query, self._saying([term]))[0][0] for term in terms]

    def rows_with_phrase(self, words: str) -> NDArray[np.int64]:
        """Return the rows of the passages whose title, headings or text hold these words in this
        order, stemmed; sorted.
        """
        query = "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rowid"
        return np.array([row for (row,) in self._db.rows(query, self._saying([words]))], np.int64)

    def _saying(self, phrases: Iterable[str]) -> str:
        """Return the FTS5 query for any of these phrases, in the terms of each language."""
        queries = (phrase(words, code) for words in phrases for code in self.languages)
        return " OR ".join(dict.fromkeys(queries)) or phrase("")

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Return every word of the titles and authors of all sources, lower case."""
        rows = self._db.rows(
            "SELECT title, authors FROM sources UNION SELECT title, authors FROM entries"
        )
        return frozenset(
            word for row in rows for text in row for word in _LETTERS.findall(text.casefold())
        )

    def has_title(self, text: str) -> bool:
        """Return True when a source, or a line of a list, has this very title, in any case."""
        query = "SELECT 1 FROM {} WHERE title = ? COLLATE NOCASE LIMIT 1"
        return any(self._db.rows(query.format(table), text) for table in ("sources", "entries"))

    @cached_property
    def titles(self) -> tuple[tuple[str, ...], ...]:
        """Return every title of every source, its own and the lists', by row; () where none is any
        more.
        """
        query = (
            "SELECT id, title FROM sources UNION SELECT source, title FROM entries ORDER BY 1, 2"
        )
        by_row: dict[int, list[str]] = {}
        for row, title in self._db.rows(query):
            by_row.setdefault(row, []).append(title)
        return tuple(tuple(by_row.get(row, ())) for row in range(self.sizes["sources"]))

    @cached_property
    def lexicon(self) -> Lexicon:
        """BM25 of passages and sources."""
        return Lexicon(self._db, self.languages)

    def source_frequency(self, word: str) -> int:
        """Return how many sources hold all terms of a word, at most."""
        return self.lexicon.source_frequency(word)

    def _match(
        self,
        table: str,
        query: str,
        k: int,
        allowed: Iterable[int] | None,
    ) -> list[ScoredRow]:
        # "+rowid": else SQLite runs the whole match once for every allowed row.
        condition, only = ("", ()) if allowed is None else (f"AND +rowid IN {IDS}", (ids(allowed),))
        rows = self._db.rows(
            f"SELECT rowid, bm25({table}) AS cost FROM {table}"
            f" WHERE {table} MATCH ? {condition} ORDER BY cost, rowid LIMIT ?",
            *(query, *only, k),
        )
        return [ScoredRow(row, -cost) for row, cost in rows]

    def _sources(self, condition: str, *arguments: object) -> list[CatalogSource]:
        return [source for _, source in self._with_rows(condition, *arguments)]

    def _with_rows(self, condition: str, *arguments: object) -> list[tuple[int, CatalogSource]]:
        """(row, source), in the order of the lists."""
        columns = "id, source_id, url, kind, title, authors, year, status, reason, remedy"
        columns += ", document_url, media_type, aliases, language"
        rows = self._db.rows(
            f"SELECT {columns} FROM sources {condition} ORDER BY position", *arguments
        )
        entries: dict[int, list[Entry]] = {row[0]: [] for row in rows}
        rows_of_entries = self._db.rows(
            f"SELECT * FROM entries WHERE source IN {IDS} ORDER BY source, position",
            ids(entries),
        )
        with self._decoding():
            for source, _, *entry in rows_of_entries:
                entries[source].append(catalog_rows.entry(entry))
            return [
                (row[0], catalog_rows.catalog_source(row[1:], tuple(entries[row[0]])))
                for row in rows
            ]


def phrase(words: str, language: str = ENGLISH) -> str:
    """Return the FTS5 query for these words in this order; a single sign of Chinese may begin a
    pair.
    """
    terms = tokens(words, language)
    prefix = " *" if len(terms) == 1 and len(terms[0]) == 1 and not terms[0].isascii() else ""
    return f'"{" ".join(terms)}"{prefix}'
