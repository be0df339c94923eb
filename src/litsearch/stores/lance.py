"""Keep a library in LanceDB: in a folder or a bucket (s3://, gs://, az://), for any number of
servers.

One table a part, to which an amendment adds rows; a generation is a version of each. The one row of
the table `current` names the live generation, and is changed only by who saw it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from lancedb.index import FTS, BTree, IvfFlat

from litsearch.errors import IndexMismatch
from litsearch.stores.engine import PARTS, Edition, Part, missing, overtaken, unpublished
from litsearch.stores.keys import BITS
from litsearch.stores.lance_engine import FEW, LIST, LanceEngine
from litsearch.stores.lance_tables import (
    COLUMNS,
    CURRENT,
    CURRENTLY,
    KEYS,
    LOG,
    Logged,
    connect,
    reached,
    rows_of,
    schema_of,
    table_of,
)

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch

SEARCHED: tuple[Part, ...] = ("passages", "sources")
AT_ONCE = timedelta(milliseconds=1)
WEEK, MARGIN = timedelta(days=7), timedelta(days=1)  # MARGIN: for putting together, and for clocks
FRAGMENTS = 32  # small ones of a table, which are put together when there are more


class Lance:
    """A library in LanceDB, open for writing."""

    lists = True

    def __init__(self, place: str) -> None:
        """place: a folder or the address of a bucket. Raises StoreUnavailable."""
        self._place = place
        self._db = connect(place)
        self._edition: Edition | None = None

    def begin(self, edition: Edition) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._edition = edition
        with reached(self._place):
            if CURRENT not in self._tables():
                first = pa.table([[0], ["[]"]], schema=CURRENTLY)
                self._db.create_table(CURRENT, first, exist_ok=True)
            return {part: self._begin(part, edition) for part in PARTS}

    def _begin(self, part: Part, edition: Edition) -> int:
        """Make a table, unless there is one; returns its rows of this generation."""
        name = table_of(part, edition.base)
        if name in self._tables():
            first = edition.stamp << BITS
            condition = f"key >= {first} AND key < {first + (1 << BITS)}"
            return int(self._db.open_table(name).count_rows(condition))
        self._db.create_table(name, schema=schema_of(part, edition.manifest.facts.dim))
        return 0

    def _tables(self) -> set[str]:
        return set(self._db.list_tables().tables)

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part."""
        with reached(self._place):
            table = self._db.open_table(table_of(part, self._begun.base))
            table.add(rows_of(batch, table.schema, COLUMNS[part]))

    def publish(self, after: str) -> None:
        """Index what was put, and make it the live generation."""
        edition = self._begun
        with reached(self._place):
            bases = {entry.edition.base for entry in _current(self._db)[1]}
            if edition.base not in bases:
                self._put_together(edition.base)
            versions = {part: self._indexed(part, edition) for part in PARTS}
        logged = Logged(edition, versions)

        def live(log: Sequence[Logged]) -> list[Logged]:
            if _live(log) != after:
                raise overtaken(_live(log))
            return [*(entry for entry in log if entry.edition.id != edition.id), logged]

        self._change(live)

    @property
    def _begun(self) -> Edition:
        if self._edition is None:
            raise ValueError("Nothing was begun.")
        return self._edition

    def _put_together(self, base: str) -> None:
        """Make one piece of the batches of each new table, of which no generation reads a version,
        so that no amendment has to.
        """
        for part in PARTS:
            self._db.open_table(table_of(part, base)).optimize(cleanup_older_than=AT_ONCE)

    def _indexed(self, part: Part, edition: Edition) -> int:
        """Make the indexes of a new table; returns its version."""
        table = self._db.open_table(table_of(part, edition.base))
        if edition.base == edition.id:
            self._index(table, part)
        elif table.stats()["fragment_stats"]["num_small_fragments"] > FRAGMENTS:
            table.optimize(cleanup_older_than=self._age(table, part, edition.base))
        return int(table.version)

    def _age(self, table: Any, part: Part, base: str) -> timedelta:
        """Return how old a version is that nobody reads: older than those of all generations that
        are kept, and than a week, since a request may still be at one that was dropped.
        """
        entries = [entry for entry in _current(self._db)[1] if entry.edition.base == base]
        read = {entry.versions[part] for entry in entries}
        made = [facts["timestamp"] for facts in table.list_versions() if facts["version"] in read]
        ages: list[timedelta] = [datetime.now() - time + MARGIN for time in made]
        return max([WEEK, *ages])

    def _index(self, table: Any, part: Part) -> None:
        rows = table.count_rows()
        if not rows:
            return
        for column in KEYS[part]:
            table.create_index(column, config=BTree())
        if part == "passages":
            table.create_index("said", config=_PHRASES)
        if part in SEARCHED and rows > FEW:
            lists = -(-rows // LIST)
            table.create_index("vector", config=IvfFlat("dot", num_partitions=lists))

    def _change(self, change: Callable[[Sequence[Logged]], list[Logged]]) -> None:
        """Change what is kept and live; what another writer does meanwhile is seen first."""
        with reached(self._place):
            done = False
            while not done:
                number, log = _current(self._db)
                text = msgspec.json.encode(change(log)).decode()
                values = {"number": number + 1, "log": text}
                table = self._db.open_table(CURRENT)
                done = table.update(where=f"number = {number}", values=values).rows_updated == 1

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        with reached(self._place):
            return [entry.edition.id for entry in _current(self._db)[1]]

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""

        def moved(log: Sequence[Logged]) -> list[Logged]:
            entry = _entry(log, generation, self._place)
            return [*(other for other in log if other is not entry), entry]

        self._change(moved)

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live, with the tables that no other has."""
        bases: set[str] = set()

        def without(log: Sequence[Logged]) -> list[Logged]:
            """Return the log without the generation; note the tables that only it has."""
            entry = _entry(log, generation, self._place)
            if entry is log[-1]:
                raise IndexMismatch(f"{generation} is live.", "Use another one first.")
            rest = [other for other in log if other is not entry]
            bases.update({entry.edition.base} - {other.edition.base for other in rest})
            return rest

        self._change(without)
        self._remove(bases)

    def _remove(self, bases: Iterable[str]) -> None:
        with reached(self._place):
            for base in bases:
                for part in PARTS:
                    self._db.drop_table(table_of(part, base), ignore_missing=True)

    def sweep(self) -> list[str]:
        """Remove the tables of copies older than the live one that were never published."""
        with reached(self._place):
            log = _current(self._db)[1]
            bases = {entry.edition.base for entry in log}
            leftovers = unpublished(self._tables(), bases, _live(log))
        self._remove(leftovers)
        return leftovers

    def open(self, generation: str = "") -> LanceEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        with reached(self._place):
            log = _current(self._db)[1]
            if not log and not generation:
                raise missing(self._place)
            entry = _entry(log, generation or _live(log), self._place)
            return LanceEngine(self._place, self._db, entry)


_PHRASES = FTS(
    base_tokenizer="whitespace",
    with_position=True,
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    max_token_length=None,
)


def _current(db: Any) -> tuple[int, list[Logged]]:
    """Return how often what is live was changed, and the generations, the live one last."""
    if CURRENT not in db.list_tables().tables:
        return 0, []
    (row,) = db.open_table(CURRENT).to_arrow().to_pylist()
    return row["number"], LOG.decode(row["log"])


def _live(log: Sequence[Logged]) -> str:
    return log[-1].edition.id if log else ""


def _entry(log: Sequence[Logged], generation: str, place: str) -> Logged:
    for entry in log:
        if entry.edition.id == generation:
            return entry
    raise IndexMismatch(f"There is no generation {generation!r} in {place}.")
