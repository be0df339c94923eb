"""Say what of a library is kept in an engine: its generations, and who is writing amendments.

An engine keeps a log as one record, which only who has read what it says may replace. Rows of a
writer that was killed are told from those of one at work by when it was last heard of.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from litsearch.errors import IndexMismatch
from litsearch.stores.engine import overtaken

if TYPE_CHECKING:
    from litsearch.stores.engine import Edition

HOUR, DAY = 3_600.0, 86_400.0


def clock() -> float:
    """Return the seconds since 1970, by which writers are told from leftovers."""
    return time.time()


class Entry(Protocol):
    """A generation that can be read."""

    @property
    def id(self) -> str:
        """Return the name of the generation."""
        ...

    @property
    def base(self) -> str:
        """Return the generation that its tables were made for."""
        ...


E = TypeVar("E", bound=Entry)


class Writer(msgspec.Struct, frozen=True):
    """An amendment that was begun, and not published yet."""

    generation: str
    base: str
    stamp: int  # of its rows
    seen: float  # when its writer was last heard of, in seconds since 1970
    again: bool = False  # what has the stamp was published before: other generations may read it
    swept: bool = False  # its rows are being removed


class Log(msgspec.Struct, Generic[E], frozen=True):
    """The generations that can be read, the live one last, and the amendments under way."""

    entries: list[E] = []
    writers: list[Writer] = []

    @property
    def live(self) -> str:
        """Return the live generation, "" for none."""
        return self.entries[-1].id if self.entries else ""

    @property
    def bases(self) -> set[str]:
        """Return the generations whose tables are read."""
        return {entry.base for entry in self.entries}

    def entry(self, generation: str) -> E:
        """Return a generation. Raises IndexMismatch."""
        for entry in self.entries:
            if entry.id == generation:
                return entry
        raise IndexMismatch(f"There is no generation {generation!r} in this store.")

    def begun(self, edition: Edition, rows: int) -> Log[E]:
        """Note who amends a library, or that it goes on; rows: that have its stamp already.

        Raises IndexMismatch while what it left before is being removed.
        """
        if edition.base == edition.id:
            return self
        writer = self._writer(edition)
        if writer is None:
            now = clock()
            writer = Writer(edition.id, edition.base, edition.stamp, now, again=rows > 0)
        return self._with(writer)

    def going_on(self, edition: Edition) -> Log[E]:
        """Note that a writer is still at work. Raises IndexMismatch when it was given up."""
        if edition.base == edition.id:
            return self
        writer = self._writer(edition)
        if writer is None:
            raise _given_up(edition.id)
        return self._with(writer)

    def _writer(self, edition: Edition) -> Writer | None:
        for writer in self.writers:
            if writer.stamp == edition.stamp:
                if writer.swept:
                    raise _given_up(edition.id)
                return writer
        return None

    def _with(self, writer: Writer) -> Log[E]:
        others = [other for other in self.writers if other.stamp != writer.stamp]
        return Log(self.entries, [*others, msgspec.structs.replace(writer, seen=clock())])

    def published(self, entry: E, edition: Edition, after: str) -> Log[E]:
        """Make a generation the live one, after the one that its writer has seen.

        Raises IndexMismatch when another one is live, or when the writer was given up.
        """
        if self.live != after:
            raise overtaken(self.live)
        self.going_on(edition)
        writers = [writer for writer in self.writers if writer.stamp != edition.stamp]
        others = [other for other in self.entries if other.id != entry.id]
        return Log([*others, entry], writers)

    def moved(self, generation: str) -> Log[E]:
        """Make one of the generations the live one. Raises IndexMismatch."""
        entry = self.entry(generation)
        others = [other for other in self.entries if other is not entry]
        return Log([*others, entry], self.writers)

    def without(self, generation: str) -> Log[E]:
        """Leave out a generation, and who amends what goes with it. Raises IndexMismatch."""
        if generation == self.live:
            raise IndexMismatch(f"{generation} is live.", "Use another one first.")
        entry = self.entry(generation)
        rest = Log([other for other in self.entries if other is not entry])
        return Log(rest.entries, [writer for writer in self.writers if writer.base in rest.bases])

    def swept(self) -> Log[E]:
        """Mark the writers that nothing was heard of for a day; of those whose stamp was published
        before, nothing is to be removed.
        """
        latest = clock() - DAY
        silent = [writer for writer in self.writers if writer.seen < latest or writer.swept]
        rest = [writer for writer in self.writers if writer not in silent]
        unread = [writer for writer in silent if not writer.again]
        leftovers = [msgspec.structs.replace(writer, swept=True) for writer in unread]
        return Log(self.entries, [*rest, *leftovers])

    @property
    def given_up(self) -> list[Writer]:
        """Return the writers whose rows are to be removed."""
        return [writer for writer in self.writers if writer.swept]

    def cleared(self, removed: Sequence[Writer]) -> Log[E]:
        """Forget writers whose rows were removed."""
        return Log(self.entries, [writer for writer in self.writers if writer not in removed])


def reader_of(kind: type[E]) -> Callable[[str], Log[E]]:
    """Return what reads a log; before writers were noted it was the list of its entries."""
    whole: Any = Log
    decoder = msgspec.json.Decoder(whole[kind] | list[kind])  # type: ignore[valid-type]

    def read(text: str) -> Log[E]:
        log = decoder.decode(text)
        return Log(log) if isinstance(log, list) else log

    return read


def _given_up(generation: str) -> IndexMismatch:
    return IndexMismatch(
        f"What was put for {generation} was taken for a leftover after a day, and removed.",
        "Build or copy again: nothing is lost here. If this comes again, run `litsearch gc` first.",
    )
