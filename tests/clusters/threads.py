"""A cluster of threads: what goes there and comes back is copied, as if it went over a wire."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from litsearch.errors import WorkLost

MACHINES = 3


def copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


class Threads:
    """Machines that are threads. lose: how many of the next calls are lost for good."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(MACHINES)
        self.lose = 0
        self.failure: Exception | None = None  # of every call from now on
        self.closed = False
        self._made: list[Any] = []

    size = 9  # more than a batch of one machine is enough for

    def everywhere(self, function: Callable[..., object], *arguments: object) -> None:
        for _ in range(MACHINES):
            self.run(function, *arguments).result()

    def run(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        return self._pool.submit(self._call, function, arguments)

    def actors(
        self, make: Callable[..., Callable[..., Any]], *arguments: object, at_once: int = 1
    ) -> Sequence[Callable[..., Future[Any]]]:
        made = [copied(make)(*copied(arguments)) for _ in range(MACHINES)]
        self._made += made
        return [partial(self._pool.submit, self._ask, function) for function in made]

    def close(self) -> None:
        """End, as machines do: with the connections that they have."""
        self._pool.shutdown(wait=False)
        for machine in self._made:
            machine.close()
        self.closed = True

    def _call(self, function: Callable[..., Any], arguments: object) -> Any:
        return self._ask(copied(function), *copied(arguments))

    def _ask(self, function: Callable[..., Any], *arguments: object) -> Any:
        if self.failure is not None:
            raise self.failure
        if self.lose:
            self.lose -= 1
            raise WorkLost("Machines were lost with it.", "Look after them.")
        try:
            return copied(function(*copied(arguments)))
        except Exception as error:  # noqa: BLE001
            raise copied(error) from None
