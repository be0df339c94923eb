"""Keep a library in LanceDB: in a folder or a bucket (s3://, gs://, az://), for any number of
servers.

One table a part; a generation is a version of each, and the last row of the table `generations`
names the live one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from lancedb.index import FTS, BTree, IvfFlat

from litsearch.errors import IndexMismatch, IndexMissing
from litsearch.stores.engine import PARTS, Manifest, Part
from litsearch.stores.lance_engine import LanceEngine
from litsearch.stores.lance_tables import (
    COLUMNS,
    KEYS,
    LOGGED,
    VERSIONS,
    Version,
    connect,
    quoted,
    reached,
    rows_of,
    schema_of,
)

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch

INDEXED = 200_000  # vectors, above which lists of near ones are made: 384 numbers take 60 ms below


class Lance:
    """A library in LanceDB, open for writing."""

    lists = True

    def __init__(self, place: str) -> None:
        """place: a folder or the address of a bucket. Raises StoreUnavailable."""
        self._place = place
        self._db = connect(place)
        self._manifest: Manifest | None = None

    def begin(self, manifest: Manifest, sizes: Mapping[Part, int]) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._manifest = manifest
        with reached(self._place):
            return {part: self._begin(part, manifest) for part in PARTS}

    def _begin(self, part: Part, manifest: Manifest) -> int:
        """Make a table, unless an attempt before has; returns its rows."""
        name = _table_of(part, manifest.generation)
        if name in self._tables():
            return int(self._db.open_table(name).count_rows())
        self._db.create_table(name, schema=schema_of(part, manifest.facts.dim))
        return 0

    def _tables(self) -> set[str]:
        return set(self._db.list_tables().tables)

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part."""
        with reached(self._place):
            table = self._db.open_table(_table_of(part, self._begun.generation))
            table.add(rows_of(batch, table.schema, COLUMNS[part]))

    def publish(self) -> None:
        """Index what was put, and make it the live generation."""
        manifest = self._begun
        with reached(self._place):
            versions = {part: self._indexed(part, manifest.generation) for part in PARTS}
            self._log(manifest.generation, msgspec.json.encode(manifest), versions)

    @property
    def _begun(self) -> Manifest:
        if self._manifest is None:
            raise ValueError("Nothing was begun.")
        return self._manifest

    def _indexed(self, part: Part, generation: str) -> Version:
        name = _table_of(part, generation)
        table = self._db.open_table(name)
        if table.count_rows():
            for column in KEYS[part]:
                table.create_index(column, config=BTree())
            if part == "passages":
                table.create_index("said", config=_PHRASES)
            if "vector" in COLUMNS[part] and table.count_rows() > INDEXED:
                table.create_index("vector", config=IvfFlat(distance_type="dot"))
        return name, int(table.version)

    def _log(self, generation: str, manifest: bytes, versions: Mapping[Part, Version]) -> None:
        row = [[generation], [manifest], [msgspec.json.encode(versions)]]
        if "generations" not in self._tables():
            self._db.create_table("generations", schema=LOGGED, exist_ok=True)
        self._db.open_table("generations").add(pa.table(row, schema=LOGGED))

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        with reached(self._place):
            names = [row["generation"] for row in _log(self._db)]
        return list(reversed(dict.fromkeys(reversed(names))))

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        with reached(self._place):
            row = _entry(self._db, generation, self._place)
            self._log(generation, row["manifest"], VERSIONS.decode(row["versions"]))

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live, with the tables that no other has."""
        if generation == self.generations()[-1]:
            raise IndexMismatch(f"{generation} is live.", "Use another one first.")
        with reached(self._place):
            tables = _tables_of(_entry(self._db, generation, self._place))
            self._db.open_table("generations").delete(f"generation = '{quoted(generation)}'")
            for row in _log(self._db):
                tables -= _tables_of(row)
            for name in tables:
                self._db.drop_table(name, ignore_missing=True)

    def open(self, generation: str = "") -> LanceEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        with reached(self._place):
            return LanceEngine(self._place, self._db, _entry(self._db, generation, self._place))


_PHRASES = FTS(
    base_tokenizer="whitespace",
    with_position=True,
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    max_token_length=None,
)


def _log(db: Any) -> list[dict[str, Any]]:
    """Return what was published, oldest first; the order is that of the commits."""
    if "generations" not in db.list_tables().tables:
        return []
    rows: list[dict[str, Any]] = db.open_table("generations").to_arrow().to_pylist()
    return rows


def _entry(db: Any, generation: str, place: str) -> dict[str, Any]:
    rows = [row for row in _log(db) if generation in ("", row["generation"])]
    if rows:
        return rows[-1]
    if generation:
        raise IndexMismatch(f"There is no generation {generation!r} in {place}.")
    hint = "Run `litsearch build`, then `litsearch store copy local PLACE`."
    raise IndexMissing(f"There is no library in {place} yet.", hint)


def _tables_of(entry: Mapping[str, Any]) -> set[str]:
    return {name for name, _ in VERSIONS.decode(entry["versions"]).values()}


def _table_of(part: Part, generation: str) -> str:
    return f"{part}-{generation}"
