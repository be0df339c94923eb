"""Ask an engine what one query matches: by every signal at once, and by a deadline.

A signal that is not answered in time, or for which a part of the engine is away, is left out and
named, so that nobody takes less for all. When none is answered, the store is unavailable.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

import numpy as np

from litsearch.errors import StoreUnavailable
from litsearch.index.generation import best_rows, signals_of
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
OF_PASSAGES: tuple[Signal, ...] = ("lexical", "dense")

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


@dataclass(slots=True)
class Known:
    """The scores by one signal that are known, by row."""

    rows: NDArray[np.int64] = field(default_factory=lambda: NOTHING.rows)  # sorted
    scores: Vector = field(default_factory=lambda: NOTHING.scores)
    all_others_are_0: bool = False

    def add(self, rows: NDArray[np.int64], scores: Vector) -> None:
        """Take further scores; rows: each once, in any order."""
        new = ~self._among(rows)
        rows = np.concatenate([self.rows, rows[new]])
        scores = np.concatenate([self.scores, scores[new]])
        order = np.argsort(rows, kind="stable")
        self.rows, self.scores = rows[order], scores[order]

    def unknown(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return those of the rows whose scores are to be asked for, each once, sorted."""
        return NOTHING.rows if self.all_others_are_0 else np.unique(rows[~self._among(rows)])

    def of(self, rows: NDArray[np.int64]) -> Vector:
        """Return the score of each of these rows, 0 where it is not known."""
        scores, there = np.zeros(len(rows), np.float32), self._among(rows)
        scores[there] = self.scores[np.searchsorted(self.rows, rows[there])]
        return scores

    def _among(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        places = np.searchsorted(self.rows, rows)
        there: NDArray[np.bool_] = places < len(self.rows)
        there[there] = self.rows[places[there]] == rows[there]
        return there


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
        self._known: dict[Signal, Known] = defaultdict(Known)
        self._best_rows: dict[Signal, NDArray[np.int64]] = {}
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
        self._learn(signal, nearest, k)
        self._best_rows[signal] = nearest.rows
        return nearest.rows

    def _learn(self, signal: Signal, nearest: RankedRows, k: int) -> None:
        """Keep the scores of the best k; where fewer hold any of the words, all others have 0."""
        scores = self._known[signal]
        scores.add(nearest.rows, nearest.scores)
        is_answered = signal in FIELDS and signal not in self.missed
        if is_answered and self._where.passages is None:
            scores.all_others_are_0 = len(nearest.rows) < k

    def best_sources(self, k: int) -> NDArray[np.int64]:
        """Return the rows of the best k sources by the sum of their signals, each stretched to its
        greatest; of those that are among the best by any of them.
        """
        pools = {signal: self._answer(signal, pool) for signal, pool in self._pools.items()}
        for signal, pool in pools.items():
            self._learn(signal, pool, POOL)
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
        self._look_up({signal: np.concatenate([rows, *self._needed_too(signal)])})
        return self._known[signal].of(rows)

    def _needed_too(self, signal: Signal) -> list[NDArray[np.int64]]:
        """Return the rows that the other signals of passages found: their scores are asked for
        sooner or later, and one request costs less than two.
        """
        if signal not in OF_PASSAGES:
            return []
        return [rows for other, rows in self._best_rows.items() if other != signal]

    def _look_up(self, rows_of: Mapping[Signal, NDArray[np.int64]]) -> None:
        """Ask for the scores that are not known yet, of all signals at once."""
        sent: dict[Signal, tuple[NDArray[np.int64], Sent[Vector]]] = {}
        for signal, rows in rows_of.items():
            unknown = self._known[signal].unknown(rows)
            if len(unknown) and signal not in self.missed:
                sent[signal] = unknown, self._requests.send(self._ask, signal, unknown)
        for signal, (unknown, answer) in sent.items():
            scores = self._requests.receive(signal, answer)
            if scores is not None:
                self._known[signal].add(unknown, scores)

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
