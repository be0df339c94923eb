"""Write catalog.sqlite, or amend a copy of one: sources, entries, texts, and posting lists.

The same calls give the same bytes: rows follow the order of the calls, and nothing in the file
depends on the time.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from litsearch.index import catalog_rows
from litsearch.index.bm25 import LEAST_PART, Fields, Postings, Stored
from litsearch.index.catalog_rows import BLOCK, FIGURES, SCHEMA, TERM_TABLES
from litsearch.languages import COMPOUNDING, ENGLISH
from litsearch.patterns import expression
from litsearch.text import tokens
from litsearch.types import CatalogSource, Document, Offsets, Passage

_SOURCE = f"INSERT INTO sources VALUES ({','.join('?' * 18)})"
_MENDED = (
    "source_id url kind title authors year status reason remedy document_url media_type aliases"
    " language fingerprint"
)
_MEND = f"UPDATE sources SET {', '.join(f'{name} = ?' for name in _MENDED.split())} WHERE id = ?"
_ENTRY = f"INSERT INTO entries VALUES ({','.join('?' * 13)})"
_DOCUMENT = f"INSERT INTO documents VALUES ({','.join('?' * 11)})"
_PASSAGE = f"INSERT INTO passages VALUES ({','.join('?' * 10)})"
_UNITS_OF = (
    "FROM passages WHERE source = :source AND first_sentence < last_sentence"
    " AND id >= :first AND id < :last"
)
FTS = {"passages_fts": "title, heading, text", "sources_fts": "title, authors, notes, text"}
# of title, authors, notes and text. Of long pages 1 each and 8, 4, 4, 1 ordered no worse; of
# abstracts twice as much of all but the text costs topics nDCG@10 .003 to .010.
SOURCE_WEIGHTS = (2.0, 1.0, 1.0, 1.0)
CARD_WEIGHTS = (2.0, 1.0, 1.0, 1.0)  # of title, authors, notes and how the text begins
CARD_OPENING = 400  # characters: papers begin with their authors and venue, which no list may name
PASSAGE_WEIGHTS = (1.0, 1.0, 1.0)  # of title, headings and text
# letters of an address that a person may remember it by
_URL_WORDS = expression(r"[^\W\d_]{3,}|\d{4,}")
_URL_NOISE = frozenset({"http", "https", "www", "com", "org", "html", "htm", "php", "index"})


def sentence_units(passages: Sequence[Passage]) -> tuple[Offsets, ...]:
    """Return the distinct sentences of one document's passages, in the order of their rows in
    sentences.npy.
    """
    return tuple(sorted({unit for passage in passages for unit in passage.sentences}))


def _place_of(passage: Passage, units: tuple[Offsets, ...], text: str) -> tuple[int, int]:
    """Return where among the units of its document the sentences of a passage begin and end.

    Raises ValueError when it is no stretch of the text, or its sentences are not neighbours.
    """
    first = bisect_left(units, passage.sentences[0]) if passage.sentences else 0
    last = first + len(passage.sentences)
    if units[first:last] != passage.sentences:
        raise ValueError(
            f"The sentences of passage {passage.passage_id} are not neighbours in its document."
        )
    if text[passage.start : passage.end] != passage.text:
        raise ValueError(f"Passage {passage.passage_id} is no stretch of its document.")
    return first, last


class CatalogWriter:
    """Writes a new catalog file, or continues one that is there; a context manager, ended by
    finish().
    """

    def __init__(self, path: Path) -> None:
        self._new = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(
            SCHEMA
            if self._new
            else f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;{FIGURES}"
        )
        self._db.execute("BEGIN")
        self._sizes = {"sources": 0, "passages": 0, "sentences": 0} | dict(
            self._db.execute("SELECT * FROM sizes")
        )
        lengths = dict(self._db.execute("SELECT * FROM lengths"))
        self._stems: set[str] = set()  # of languages that write compounds as one word
        self._postings = {table: Postings(lengths.get(table, b"")) for table in TERM_TABLES}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add(
        self,
        source: CatalogSource,
        fingerprint: str,
        document: Document,
        passages: Sequence[Passage],
    ) -> int:
        """Append a source with its document and passages; returns its row. In the order of the
        lists it is the last.

        Rows of passages and sentences go on where the last source's ended: vectors must be appended
        in the same order. Raises ValueError when a passage is no stretch of its document, or its
        sentences are not neighbours there.
        """
        row, first = int(self._sizes["sources"]), self._sizes["passages"]
        columns = catalog_rows.source_columns(source, fingerprint)
        self._db.execute(_SOURCE, (row, *columns, first, first + len(passages), row))
        self._add_entries(row, source)
        self._add_document(row, document)
        self._sizes["sources"] += 1
        fields, language = searchable(source, document), source.language or ENGLISH
        self._index("sources_fts", row, fields, language)
        for table, terms in _terms_of(fields, language).items():
            self._postings[table].add(terms)
        self._add_passages(row, source, document.text, passages)
        if language in COMPOUNDING:
            self._stems.update(token for field in fields for token in tokens(field, language))
        return row

    def remove(
        self, row: int, source: CatalogSource, document: Document, passages: Sequence[Passage]
    ) -> None:
        """Take out a source, which stands in this row with this document and these passages."""
        query = "SELECT first_passage, last_passage FROM sources WHERE id = ?"
        first, last = self._db.execute(query, (row,)).fetchone()
        fields, language = searchable(source, document), source.language or ENGLISH
        self._forget("sources_fts", row, fields, language)
        for table, terms in _terms_of(fields, language).items():
            self._postings[table].forget(row, terms)
        for place, passage in enumerate(passages, first):
            texts = _fields_of(source.title, passage)
            self._forget("passages_fts", place, texts, language)
            self._postings["passage_terms"].forget(place, _weighted(texts, language))
        begin = f"(SELECT min(first_sentence) {_UNITS_OF})"
        end = f"(SELECT max(last_sentence) {_UNITS_OF})"
        units = f"DELETE FROM sentences WHERE id >= {begin} AND id < {end}"
        self._db.execute(units, {"source": row, "first": first, "last": last})
        self._db.execute("DELETE FROM passages WHERE id >= ? AND id < ?", (first, last))
        blocks = "(SELECT {} FROM documents WHERE source = :source)"
        within = f"id >= {blocks.format('first_block')} AND id < {blocks.format('last_block')}"
        self._db.execute(f"DELETE FROM blocks WHERE {within}", {"source": row})
        self._db.execute("DELETE FROM sources WHERE id = ?", (row,))
        for table in ("entries", "documents", "figures"):
            self._db.execute(f"DELETE FROM {table} WHERE source = ?", (row,))

    def mend(
        self,
        row: int,
        before: CatalogSource,
        after: CatalogSource,
        fingerprint: str,
        document: Document,
    ) -> None:
        """Say of a source what the lists say now; its title and its text are what they were."""
        self._db.execute(_MEND, (*catalog_rows.source_columns(after, fingerprint), row))
        self._db.execute("DELETE FROM entries WHERE source = ?", (row,))
        self._add_entries(row, after)
        old, new = searchable(before, document), searchable(after, document)
        if old != new:
            language = after.language or ENGLISH
            self._forget("sources_fts", row, old, language)
            self._index("sources_fts", row, new, language)
            forgotten, put = _terms_of(old, language), _terms_of(new, language)
            for table in put:
                self._postings[table].forget(row, forgotten[table])
                self._postings[table].put(row, put[table])

    def order(self, positions: Mapping[str, int]) -> None:
        """Say where in the order of the lists each source stands, by its id."""
        change = "UPDATE sources SET position = :now WHERE source_id = :id AND position != :now"
        places = [{"id": name, "now": position} for name, position in positions.items()]
        self._db.executemany(change, places)

    def _add_entries(self, row: int, source: CatalogSource) -> None:
        entries = enumerate(catalog_rows.entry_columns(source))
        self._db.executemany(_ENTRY, [(row, position, *columns) for position, columns in entries])

    def _add_document(self, row: int, document: Document) -> None:
        text = document.text
        blocks = [text[start : start + BLOCK] for start in range(0, len(text), BLOCK)]
        query = "SELECT coalesce(max(id) + 1, 0) FROM blocks"
        (first,) = self._db.execute(query).fetchone()

        self._db.executemany("INSERT INTO blocks VALUES (?, ?)", enumerate(blocks, first))
        columns = catalog_rows.document_columns(document)
        self._db.execute(_DOCUMENT, (row, *columns, first, first + len(blocks)))
        figures = [(row, position, *figure) for position, figure in enumerate(document.figures)]
        self._db.executemany("INSERT INTO figures VALUES (?,?,?,?,?)", figures)

    def _add_passages(
        self, source_row: int, source: CatalogSource, text: str, passages: Sequence[Passage]
    ) -> None:
        units = sentence_units(passages)
        begin = self._sizes["sentences"]
        rows = []
        for row, passage in enumerate(passages, self._sizes["passages"]):
            first, last = _place_of(passage, units, text)
            columns = catalog_rows.passage_columns(passage, source_row)
            rows.append((row, *columns, begin + first, begin + last))
            self._add_words(row, source, passage)

        rows_of_sentences = []
        for row, unit in enumerate(units, begin):
            rows_of_sentences.append((row, source_row, unit.start, unit.end))

        self._db.executemany(_PASSAGE, rows)
        self._db.executemany("INSERT INTO sentences VALUES (?,?,?,?)", rows_of_sentences)
        self._sizes["passages"] += len(passages)
        self._sizes["sentences"] += len(units)

    def _add_words(self, row: int, source: CatalogSource, passage: Passage) -> None:
        """Enter a passage into the full-text index and the posting lists."""
        fields, language = _fields_of(source.title, passage), source.language or ENGLISH
        self._index("passages_fts", row, fields, language)
        self._postings["passage_terms"].add(_weighted(fields, language))

    def _index(self, table: str, row: int, fields: Sequence[str], language: str) -> None:
        places = ",".join("?" * len(fields))
        insert = f"INSERT INTO {table}(rowid, {FTS[table]}) VALUES (?, {places})"
        self._db.execute(insert, (row, *tokenized(fields, language)))

    def _forget(self, table: str, row: int, fields: Sequence[str], language: str) -> None:
        places = ",".join("?" * len(fields))
        forget = f"INSERT INTO {table}({table}, rowid, {FTS[table]}) VALUES ('delete', ?, {places})"
        self._db.execute(forget, (row, *tokenized(fields, language)))

    def finish(self) -> None:
        """Complete the file and close it. Durability is the business of the generation, which syncs
        its files.
        """
        for table in TERM_TABLES:
            self._write_lists(table)

        parts = filter(str.isalpha, sorted(self._stems))
        stems = [(stem,) for stem in parts if len(stem) >= LEAST_PART]
        self._db.executemany("INSERT OR IGNORE INTO compounding VALUES (?)", stems)
        self._db.executemany("INSERT OR REPLACE INTO sizes VALUES (?, ?)", self._sizes.items())

        if self._new:
            for fts in FTS:
                self._db.execute(f"INSERT INTO {fts}({fts}) VALUES ('optimize')")
            self._db.execute("CREATE INDEX entries_by_list ON entries(list, topic)")
        self._db.execute("COMMIT")
        self._db.close()

    def _write_lists(self, table: str) -> None:
        postings = self._postings[table]
        for term, block, rows, counts in postings.lists(
            (lambda *_: None) if self._new else self._stored(table)
        ):
            if rows:
                self._db.execute(
                    f"INSERT OR REPLACE INTO {table} VALUES (?,?,?,?)",
                    (term, block, rows, counts),
                )
            else:
                self._db.execute(f"DELETE FROM {table} WHERE term = ? AND block = ?", (term, block))
        self._db.execute(
            "INSERT OR REPLACE INTO lengths VALUES (?, ?)", (table, postings.lengths())
        )

    def _stored(self, table: str) -> Stored:
        query = f"SELECT rows, counts FROM {table} WHERE term = ? AND block = ?"
        return lambda term, block: self._db.execute(query, (term, block)).fetchone()


def _fields_of(title: str, passage: Passage) -> tuple[str, str, str]:
    """Title, headings and text of a passage, as the full-text index gets them."""
    return title, " > ".join(passage.heading), passage.text


def tokenized(fields: Sequence[str], language: str) -> list[str]:
    """Return what the full-text index gets of texts: our tokens, since its own know neither C++ nor
    CJK.
    """
    return [" ".join(tokens(field, language)) for field in fields]


def _weighted(fields: tuple[str, str, str], language: str) -> Fields:
    return Fields(tuple(zip(fields, PASSAGE_WEIGHTS, strict=True)), language)


def _terms_of(fields: tuple[str, str, str, str], language: str) -> dict[str, Fields]:
    """Return what the posting lists of sources and of cards, which only name a source, get of it:
    texts and their weights.
    """
    title, authors, notes, text = fields
    card = (title, authors, notes, text[:CARD_OPENING])
    return {
        "source_terms": Fields(tuple(zip(fields, SOURCE_WEIGHTS, strict=True)), language),
        "card_terms": Fields(tuple(zip(card, CARD_WEIGHTS, strict=True)), language),
    }


def searchable(item: CatalogSource, document: Document) -> tuple[str, str, str, str]:
    """Title, authors, notes and text of a source, as the full-text index gets them."""
    titles, authors, notes = [item.title, document.title or ""], list(item.authors), list[str]()
    authors += document.authors
    for entry in item.entries:
        titles.append(entry.title)
        authors += entry.authors
        notes += (entry.topic, *entry.section, entry.remark)

    for url in (item.url or "", *item.aliases):
        notes += filter(_tells, _URL_WORDS.findall(url))
    return _lines(titles), _lines(authors), _lines(notes), document.text


def _tells(word: str) -> bool:
    """Return False for what every address has in it."""
    return word.lower() not in _URL_NOISE


def _lines(texts: Iterable[str]) -> str:
    """Return the texts, none twice, one a line."""
    return "\n".join(dict.fromkeys(texts))
