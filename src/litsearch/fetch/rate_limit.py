"""Turns at a host: one request at a time, spaced, and none at all to a host that does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

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


class Hosts:
    """Whose turn it is at each host met in this run, and which hosts are out of reach."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._reached = False
        self._unreached: set[str] = set()

    @contextmanager
    def turn(self, name: str, spacing: float) -> Iterator[None]:
        """The right to send one request to a host, waited for. Raises FetchError when the host was
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
            return tuple(sorted(name for name, host in self._hosts.items() if host.given_up))

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


MAX_BYTES = 512 * 1024  # RFC 9309: a crawler reads at least 500 KiB
# characters of rules kept parsed, which takes some thirty times as many bytes; the oldest go
MAX_KEPT = 4_000_000
MAX_CRAWL_DELAY_S = 10.0  # a site that asks for more gets this: a list names few pages of one site


class Robots:
    """The rules of the sites met in this run. `load` gives the text of a robots.txt, "" when there
    is none.
    """

    def __init__(self, agent: str, load: Callable[[str], str]) -> None:
        self._agent, self._load = agent, load
        self._rules: dict[str, tuple[Protego, int]] = {}  # with the length of its text
        self._size = 0
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """Return whether the site lets this agent ask for the address."""
        return bool(self._of(url).can_fetch(url, self._agent))

    def delay(self, url: str) -> float:
        """Return the seconds that the site wants between two requests, bounded."""
        return min(float(self._of(url).crawl_delay(self._agent) or 0.0), MAX_CRAWL_DELAY_S)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:  # a second thread waits for the first one's answer
            kept = self._rules.get(site)
            return (
                kept[0] if kept is not None else self._added(site, self._load(site + "/robots.txt"))
            )

    def _added(self, site: str, text: str) -> Protego:
        """Return the rules of a site, parsed and kept; the oldest ones go when there are too many,
        and may be loaded again.
        """
        rules = Protego.parse(text)
        with self._lock:
            self._rules[site] = rules, len(text)
            self._size += len(text)
            for oldest in [
                name for name, (_, size) in self._rules.items() if size and name != site
            ]:
                if self._size <= MAX_KEPT:
                    break
                self._size -= self._rules.pop(oldest)[1]
        return rules
