"""Ask an engine what one query matches: by every signal at once, and by a deadline.

A signal that is not answered in time, or for which a part of the engine is away, is left out and
named, so that nobody takes less for all. When none is answered, the store is unavailable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

import numpy as np

from litsearch.errors import StoreUnavailable
from litsearch.index.matches import best_rows, signals_of
from litsearch.protocols import RowFilter
from litsearch.stores.engine import RankedRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from litsearch.protocols import Signal, StoreQuery
    from litsearch.stores.by_row import ByRow
    from litsearch.stores.catalog import RemoteCatalog
    from litsearch.stores.engine import Field, Unit
    from litsearch.types import Vector

POOL = 200  # sources by each signal, of which the best by their sum are chosen
MOST = 10_000  # passages that are counted to tell a rank
DEADLINE_S = 5.0  # of one request; where an engine is well, they take milliseconds
FIELDS: Mapping[Signal, Field] = {
    "lexical": "passage",
    "source_lexical": "source",
    "card": "card",
}
UNITS: Mapping[Signal, Unit] = {"dense": "passage", "source_dense": "source"}
NOTHING = RankedRows(np.empty(0, np.float32), np.empty(0, np.int64))

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sent(Generic[T]):
    """A request that a thread waits for."""

    answer: Future[T]
    deadline: float


class Requests:
    """The requests of one query: sent side by side, each waited for until a deadline of its own."""

    def __init__(self, threads: ThreadPoolExecutor, seconds: float) -> None:
        self._threads, self._seconds = threads, seconds
        self.missed: dict[Signal, str] = {}

    def send(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Sent[T]:
        """Send a request."""
        answer = self._threads.submit(call, *args, **kwargs)
        return Sent(answer, time.monotonic() + self._seconds)

    def receive(self, signal: Signal, request: Sent[T]) -> T | None:
        """Return an answer, or None when it is late or refused; the signal is then missed."""
        try:
            return request.answer.result(timeout=max(0.0, request.deadline - time.monotonic()))
        except Late:
            request.answer.cancel()
            self.missed.setdefault(signal, f"no answer within {self._seconds:g} s")
        except StoreUnavailable as error:
            self.missed.setdefault(signal, str(error).rstrip("."))
        return None


class RemoteMatches:
    """One query over an engine: requests go out side by side, as soon as it is made."""

    def __init__(
        self,
        engine: ByRow,
        catalog: RemoteCatalog,
        query: StoreQuery,
        where: RowFilter,
        requests: Requests,
    ) -> None:
        self._engine, self._catalog = engine, catalog
        self._wanted, self._where, self._requests = query, where, requests
        self._known: dict[Signal, dict[int, float]] = {}  # scores, by row
        self._pools: dict[Signal, Sent[RankedRows]] = {}
        self._greatest: dict[Signal, Sent[RankedRows]] = {}
        for signal in self._of_sources:
            self._pools[signal] = requests.send(self._best, signal, POOL, where)
            if where.sources is not None:
                self._greatest[signal] = requests.send(self._best, signal, 1, RowFilter())

    @property
    def missed(self) -> Mapping[Signal, str]:
        """Return the signals that the engine did not answer for, each with the reason."""
        return self._requests.missed

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """Return the signals that there are for this query."""
        return signals_of(self._wanted)

    @property
    def _of_sources(self) -> tuple[Signal, ...]:
        signals: tuple[Signal, ...] = ("source_lexical", "card", "source_dense")
        return tuple(signal for signal in signals if signal in self.signals)

    def best(self, signal: Signal, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k passages by one of their signals, of those that may be
        found.
        """
        nearest = self._answer(signal, self._requests.send(self._best, signal, k, self._where))
        pairs = zip(nearest.rows.tolist(), nearest.scores.tolist(), strict=True)
        self._known.setdefault(signal, {}).update(pairs)
        return nearest.rows

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k sources by the sum of their signals, each stretched to its
        greatest; of those that are among the best by any of them.
        """
        pools = {signal: self._answer(signal, pool) for signal, pool in self._pools.items()}
        rows = np.unique(np.concatenate([pool.rows for pool in pools.values()]))
        self._look_up(dict.fromkeys(pools, rows))

        total = np.zeros(len(rows), np.float32)
        for signal, pool in pools.items():
            first = pool
            if signal in self._greatest:
                first = self._answer(signal, self._greatest[signal])
            greatest = float(first.scores.max(initial=0.0))
            total += self.scores(signal, rows) / max(greatest, 1e-9)
        if "kind" in self.signals:
            total += self.scores("kind", rows)
        return rows[best_rows(total, k)]

    def scores(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        """Return the score by a signal of each of these rows, of passages or of sources."""
        if signal == "kind":
            kinds = [self._catalog.kinds[row] in self._wanted.kinds for row in rows.tolist()]
            return np.array(kinds, np.float32)
        self._look_up({signal: rows})
        scores = self._known.get(signal, {})
        return np.array([scores.get(row, 0.0) for row in rows.tolist()], np.float32)

    def _look_up(self, rows_of: Mapping[Signal, NDArray[np.int64]]) -> None:
        """Ask for the scores that are not known yet, of all signals at once."""
        sent: dict[Signal, tuple[list[int], Sent[Vector]]] = {}
        for signal, rows in rows_of.items():
            scores = self._known.setdefault(signal, {})
            unknown = sorted({row for row in rows.tolist() if row not in scores})
            if unknown and signal not in self.missed:
                answer = self._requests.send(self._ask, signal, np.array(unknown, np.int64))
                sent[signal] = unknown, answer
        for signal, (unknown, answer) in sent.items():
            values = self._requests.receive(signal, answer)
            if values is not None:
                self._known[signal].update(zip(unknown, values.tolist(), strict=True))

    def _answer(self, signal: Signal, answer: Sent[RankedRows]) -> RankedRows:
        """Return an answer; nothing of a signal that is missed."""
        nearest = self._requests.receive(signal, answer)
        if not set(self.signals) - self.missed.keys() - {"kind"}:
            raise StoreUnavailable(
                f"The store did not answer: {self.missed[signal]}.", "Try again in a while."
            )
        return NOTHING if nearest is None else nearest

    def better(self, signal: Signal, score: float) -> int:
        """Return how many of the passages that may be found have a better score, of so many."""
        return int((self._best(signal, MOST, self._where).scores > score).sum())

    def _best(self, signal: Signal, k: int, where: RowFilter) -> RankedRows:
        if signal in UNITS:
            return self._engine.nearest(UNITS[signal], self._vector, k, where)
        return self._engine.best_words(FIELDS[signal], self._weights(signal), k, where)

    def _ask(self, signal: Signal, rows: NDArray[np.int64]) -> Vector:
        if signal in UNITS:
            return self._engine.products(UNITS[signal], self._vector, rows)
        return self._engine.word_scores(FIELDS[signal], self._weights(signal), rows)

    def _weights(self, signal: Signal) -> Mapping[str, float]:
        return self._catalog.lexicon.weights(FIELDS[signal], self._wanted.words or ())

    @property
    def _vector(self) -> Vector:
        if self._wanted.vector is None:
            raise ValueError("Nothing is looked up by meaning without a vector.")
        return self._wanted.vector
