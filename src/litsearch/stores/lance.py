"""Keep a library in LanceDB: in a folder or a bucket (s3://, gs://, az://), for any number of
servers.

One table a part, to which an amendment adds rows; a generation is a version of each. The one row of
the table `current` names the live generation, and is changed only by who saw it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
from lancedb.index import FTS, BTree, IvfFlat

from litsearch.stores.engine import PARTS, Edition, Part, missing, unpublished
from litsearch.stores.keys import BITS
from litsearch.stores.lance_engine import FEW, LIST, LanceEngine
from litsearch.stores.lance_tables import (
    COLUMNS,
    CURRENT,
    CURRENTLY,
    KEYS,
    Logged,
    connect,
    reached,
    read_log,
    rows_of,
    schema_of,
    table_of,
)
from litsearch.stores.log import HOUR, Log, clock

if TYPE_CHECKING:
    from litsearch.stores.engine import Batch
    from litsearch.stores.log import Writer

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
        self._noted = 0.0  # when the log was last told that this writer is at work

    def begin(self, edition: Edition) -> Mapping[Part, int]:
        """Make room for a generation; returns how many rows of each part are there already."""
        self._edition = edition
        with reached(self._place):
            if CURRENT not in self._tables():
                first = pa.table([[0], ["[]"]], schema=CURRENTLY)
                self._db.create_table(CURRENT, first, exist_ok=True)
            there = {part: self._begin(part, edition) for part in PARTS}
        self._note(lambda log: log.begun(edition, sum(there.values())))
        return there

    def _note(self, change: Callable[[Log[Logged]], Log[Logged]]) -> None:
        self._change(change)
        self._noted = clock()

    def _begin(self, part: Part, edition: Edition) -> int:
        """Make a table, unless there is one; returns its rows of this generation."""
        name = table_of(part, edition.base)
        if name in self._tables():
            return int(self._db.open_table(name).count_rows(_of_stamp(edition.stamp)))
        self._db.create_table(name, schema=schema_of(part, edition.manifest.facts.dim))
        return 0

    def _tables(self) -> set[str]:
        return set(self._db.list_tables().tables)

    def put(self, part: Part, batch: Batch) -> None:
        """Keep further rows of a part. Raises IndexMismatch when this writer was given up."""
        edition = self._begun
        if clock() - self._noted > HOUR:
            self._note(lambda log: log.going_on(edition))
        with reached(self._place):
            table = self._db.open_table(table_of(part, edition.base))
            table.add(rows_of(batch, table.schema, COLUMNS[part]))

    def publish(self, after: str) -> None:
        """Index what was put, and make it the live generation."""
        edition = self._begun
        with reached(self._place):
            if edition.base not in _current(self._db)[1].bases:
                self._put_together(edition.base)
            versions = {part: self._indexed(part, edition) for part in PARTS}
        logged = Logged(edition, versions)
        self._change(lambda log: log.published(logged, edition, after))

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
        entries = [entry for entry in _current(self._db)[1].entries if entry.base == base]
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

    def _change(self, change: Callable[[Log[Logged]], Log[Logged]]) -> Log[Logged]:
        """Change what is kept and live, and return it; what another writer does meanwhile is seen
        first.
        """
        with reached(self._place):
            while True:
                number, log = _current(self._db)
                changed = change(log)
                if changed == log or self._replaced(number, changed):
                    return changed

    def _replaced(self, number: int, log: Log[Logged]) -> bool:
        """Replace the log, and return True, unless it was replaced meanwhile."""
        text = msgspec.json.encode(log).decode()
        table = self._db.open_table(CURRENT)
        update = {"number": number + 1, "log": text}
        done = table.update(where=f"number = {number}", values=update)
        return bool(done.rows_updated == 1)

    def generations(self) -> list[str]:
        """Return the generations that can be read, oldest first, the live one last."""
        with reached(self._place):
            return [entry.id for entry in _current(self._db)[1].entries]

    def use(self, generation: str) -> None:
        """Make one of them the live one. Raises IndexMismatch."""
        self._change(lambda log: log.moved(generation))

    def drop(self, generation: str) -> None:
        """Remove a generation that is not live, with the tables that no other has."""
        with reached(self._place):
            base = _current(self._db)[1].entry(generation).base
        log = self._change(lambda log: log.without(generation))
        self._remove({base} - log.bases)

    def _remove(self, bases: Iterable[str]) -> None:
        with reached(self._place):
            for base in bases:
                for part in PARTS:
                    self._db.drop_table(table_of(part, base), ignore_missing=True)

    def sweep(self) -> list[str]:
        """Remove the tables of copies older than the live one that were never published, and the
        rows of amendments whose writers nothing was heard of for a day.
        """
        log = self._change(Log.swept)
        with reached(self._place):
            leftovers = unpublished(self._tables(), log.bases, log.live)
        self._remove(leftovers)
        for writer in log.given_up:
            self._remove_rows(writer)
        self._change(lambda now: now.cleared(log.given_up))
        return [*leftovers, *(writer.generation for writer in log.given_up)]

    def _remove_rows(self, writer: Writer) -> None:
        with reached(self._place):
            names = {table_of(part, writer.base) for part in PARTS} & self._tables()
            for name in sorted(names):
                self._db.open_table(name).delete(_of_stamp(writer.stamp))

    def open(self, generation: str = "") -> LanceEngine:
        """Return a generation, the live one unless named.

        Raises IndexMissing, IndexMismatch, StoreUnavailable.
        """
        with reached(self._place):
            log = _current(self._db)[1]
            if not log.entries and not generation:
                raise missing(self._place)
            return LanceEngine(self._place, self._db, log.entry(generation or log.live))


_PHRASES = FTS(
    base_tokenizer="whitespace",
    with_position=True,
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    max_token_length=None,
)


def _current(db: Any) -> tuple[int, Log[Logged]]:
    """Return how often what is live was changed, and what is kept."""
    if CURRENT not in db.list_tables().tables:
        return 0, Log()
    (row,) = db.open_table(CURRENT).to_arrow().to_pylist()
    return row["number"], read_log(row["log"])


def _of_stamp(stamp: int) -> str:
    """Return the condition for the rows that were put under a stamp."""
    first = stamp << BITS
    return f"key >= {first} AND key < {first + (1 << BITS)}"
