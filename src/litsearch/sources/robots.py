"""What a site's robots.txt allows: asked once a site and run, and believed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 512 * 1024  # RFC 9309: a crawler reads at least 500 KiB
MAX_KEPT = 4_000_000  # characters of rules kept parsed, which takes some thirty times as many bytes; the oldest go
MAX_CRAWL_DELAY_S = 10.0  # a site that asks for more gets this: a list names few pages of one site


class Robots:
    """The rules of the sites met in this run. `load` gives the text of a robots.txt, "" when there is none."""

    def __init__(self, agent: str, load: Callable[[str], str]) -> None:
        self._agent, self._load = agent, load
        self._rules: dict[str, tuple[Protego, int]] = {}  # with the length of its text
        self._size = 0
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """True when the site lets this agent ask for the address."""
        return bool(self._of(url).can_fetch(url, self._agent))

    def delay(self, url: str) -> float:
        """Seconds that the site wants between two requests, bounded."""
        return min(float(self._of(url).crawl_delay(self._agent) or 0.0), MAX_CRAWL_DELAY_S)

    def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:  # a second thread waits for the first one's answer
            kept = self._rules.get(site)
            return kept[0] if kept is not None else self._added(site, self._load(site + "/robots.txt"))

    def _added(self, site: str, text: str) -> Protego:
        """The rules of a site, parsed and kept; the oldest ones go when there are too many, and may be loaded again."""
        rules = Protego.parse(text)
        with self._lock:
            self._rules[site] = rules, len(text)
            self._size += len(text)
            for oldest in [name for name, (_, size) in self._rules.items() if size and name != site]:
                if self._size <= MAX_KEPT:
                    break
                self._size -= self._rules.pop(oldest)[1]
        return rules
