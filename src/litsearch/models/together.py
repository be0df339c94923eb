"""Texts of several threads embedded at once: a batch reads a model's weights once, however many texts it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

MOST = 16  # texts at once: nobody waits long for a batch to end


class Together:
    """One batch at a time. Who comes alone is embedded at once; who comes meanwhile goes with the others that wait."""

    def __init__(self, embed: Callable[[Sequence[str]], Matrix]) -> None:
        """embed: the vectors of some texts, one a row, each as if it were alone."""
        self._embed = embed
        self._waiting: list[tuple[str, Future[Vector]]] = []
        self._running = False
        self._changed = Condition()

    def __call__(self, text: str) -> Vector:
        """The vector of a text. Raises what embed raises, to all whose texts it was given."""
        mine: Future[Vector] = Future()
        with self._changed:
            self._waiting.append((text, mine))
        while not mine.done():
            if batch := self._turn(mine):
                self._run(batch)
        return mine.result()

    def _turn(self, mine: Future[Vector]) -> list[tuple[str, Future[Vector]]]:
        """Wait until mine is done or nobody else works; in this case, what to do now."""
        with self._changed:
            self._changed.wait_for(lambda: mine.done() or not self._running)
            if mine.done():
                return []
            self._running = True
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return batch

    def _run(self, batch: list[tuple[str, Future[Vector]]]) -> None:
        try:
            for (_, future), vector in zip(batch, self._embed([text for text, _ in batch]), strict=True):
                future.set_result(vector)
        except BaseException as error:  # noqa: BLE001 - each of them raises it
            for _, future in batch:
                future.set_exception(error)
        finally:
            with self._changed:
                self._running = False
                self._changed.notify_all()
