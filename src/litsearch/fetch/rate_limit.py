"""Gives turns at a host: one request at a time, spaced, none to a host that does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from litsearch.errors import FetchError

# timeouts in a row (of different pages, if the host answers at all) after which it is left alone
SILENCES = 3
DOWN_HOSTS = 3  # distinct hosts out of reach, none reached: then it is the network, not the hosts
_HINT = "Check the network, then run litsearch build again."


@dataclass(slots=True)
class _Host:
    """The state of one host."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # monotonic seconds
    answers: bool = False
    # addresses that timed out since the last answer
    silent: list[str] = field(default_factory=list)
    given_up: str = ""  # why


class RateLimiter:
    """Gives turns at each host met in this run, and knows which hosts are out of reach."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._reached = False
        self._unreached: set[str] = set()

    @contextmanager
    def turn(self, name: str, spacing: float) -> Iterator[None]:
        """Wait for the right to send one request to a host. Raises FetchError when the host was
        given up.

        spacing: seconds from the end of this request to the start of the next one.
        """
        host = self._host(name)
        self._refuse(host)
        with host.lock:
            self._refuse(host)  # it may have been given up while this thread waited
            self.wait(host.free_at - time.monotonic())
            try:
                yield
            finally:
                host.free_at = max(host.free_at, time.monotonic() + spacing)

    def postpone(self, name: str, seconds: float) -> None:
        """Send nothing to the host for so long: it said so."""
        host = self._host(name)
        host.free_at = max(host.free_at, time.monotonic() + seconds)

    def answered(self, name: str) -> None:
        """Note that the host answered, whatever it said."""
        host = self._host(name)
        host.answers = self._reached = True
        host.silent.clear()

    def silent(self, name: str, url: str) -> None:
        """Note that the host let a request time out. One bad page does not condemn a host that
        answers others.
        """
        host = self._host(name)
        if not (host.answers and url in host.silent):
            host.silent.append(url)
        if len(host.silent) >= SILENCES:
            host.given_up = (
                f"{name} let {SILENCES} requests in a row time out and is left alone for this run."
            )

    def out_of_reach(self, name: str, reason: str, *, network: bool) -> None:
        """Note that the host cannot be reached at all; `network`: it may be the network's fault."""
        self._host(name).given_up = reason
        if network:
            with self._lock:
                self._unreached.add(name)

    @property
    def network_down(self) -> bool:
        """Return whether several hosts were out of reach and none was reached."""
        return not self._reached and len(self._unreached) >= DOWN_HOSTS

    @property
    def unreachable(self) -> tuple[str, ...]:
        """Return the hosts that were given up, sorted."""
        with self._lock:
            given_up = [name for name, host in self._hosts.items() if host.given_up]
        return tuple(sorted(given_up))

    def wait(self, seconds: float) -> None:
        """Sleep, unless the run is stopped: then raise FetchError."""
        if self._stopped.is_set() or (seconds > 0 and self._stopped.wait(seconds)):
            raise FetchError(
                "The download was stopped.", "Run litsearch build again.", transient=True
            )

    def stop(self) -> None:
        """End all waiting."""
        self._stopped.set()

    def _refuse(self, host: _Host) -> None:
        if host.given_up:
            raise FetchError(host.given_up, _HINT, transient=True, unreachable=True)
        if self.network_down:
            raise FetchError(
                "The network cannot be reached; nothing more was asked for.",
                _HINT,
                transient=True,
                unreachable=True,
            )

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host())
