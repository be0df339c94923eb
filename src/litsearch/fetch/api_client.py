"""Questions to the services of libraries and publishers: each asked once and its answer kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from litsearch.errors import FetchError
from litsearch.fetch.cache import Cache, Remembered

DAY_S = 86_400.0
ANSWER_KEPT_S = 180 * DAY_S
NOTHING_S = (7 * DAY_S, 30 * DAY_S, 90 * DAY_S)  # until a question without an answer is asked again
# until a service that failed is
OUT_OF_ORDER_S = (DAY_S / 24, DAY_S / 4, DAY_S, 7 * DAY_S, 30 * DAY_S)
T = TypeVar("T")
Ask = Callable[[str, float], bytes]  # Downloader.ask: address, spacing in seconds


class Services:
    """Asks services, of which each failure rests the whole service: no second question is lost on
    it.

    ask: the download. offline: only what is remembered is answered.
    """

    def __init__(self, cache: Cache, ask: Ask, *, offline: bool = False) -> None:
        self._cache, self._ask, self._offline = cache, ask, offline
        self._silent: set[str] = set()  # out of reach in this run: perhaps it is only the network
        self._lock = threading.Lock()

    def fresh(self, question: str) -> bool:
        """Return whether the question need not be asked now."""
        answer = self._cache.answer(question)
        return answer is not None and answer.next_try > time.time()

    def known(self, question: str) -> bool:
        """Return whether the question was answered once, be it with nothing."""
        return self._cache.answer(question) is not None

    def kept(self, question: str) -> str | None:
        """Return what was answered last."""
        answer = self._cache.answer(question)
        return answer.text if answer else None

    def keep(self, question: str, text: str | None) -> None:
        """Remember an answer; None: the service knows nothing."""
        wait, tries = ANSWER_KEPT_S, 0
        if text is None:
            last = self._cache.answer(question)
            tries = last.tries + 1 if last else 0
            wait = NOTHING_S[min(tries, len(NOTHING_S) - 1)]
        self._cache.remember(question, Remembered(text, tries, time.time() + wait))

    def send(self, service: str, url: str, spacing: float) -> bytes | None:
        """Return what a service says; None when it is not to be asked now, or fails, which is
        remembered of it.
        """
        return self.attempt(service, lambda: self._ask(url, spacing))

    def attempt(self, service: str, question: Callable[[], T]) -> T | None:
        """Return what a service gives to a question of several requests; None as for `send`."""
        with self._lock:
            if self._offline or service in self._silent or self.fresh(_state(service)):
                return None
            try:
                answer = question()
            except FetchError as error:
                self._failed(service, error)
                return None
            if self._cache.answer(_state(service)) is not None:
                self._cache.remember(_state(service), Remembered(None, 0, 0.0))
            return answer

    def _failed(self, service: str, error: FetchError) -> None:
        if error.unreachable:
            self._silent.add(service)
            return
        last = self._cache.answer(_state(service))
        tries = last.tries if last else 0
        wait = OUT_OF_ORDER_S[min(tries, len(OUT_OF_ORDER_S) - 1)]
        self._cache.remember(_state(service), Remembered(None, tries + 1, time.time() + wait))


def _state(service: str) -> str:
    return f"service:{service}"
