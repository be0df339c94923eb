"""Builds of one library here and on a Ray cluster of two nodes: the processor time of all processes.

    scripts/run cluster [SOURCES [SENTENCES]]

Everything runs in a network of its own (`unshare`), the cluster's processes as well as the build's,
and the time of each of them is looked at ten times a second until it ends (Linux only). The cluster
is given a small build first, to warm up.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import endurance
from clusters import losses
from fakeweb import Web, page, serve

TICKS = os.sysconf("SC_CLK_TCK")
HOSTS = 40
KINDS = {  # by a part of the command line
    "multiprocessing": "extraction",
    "ray::": "tasks and actors",
    "default_worker": "tasks and actors, starting",
    "litsearch": "the build",
    "client.server": "Ray's servers of clients",
    "gcs_server": "Ray's head",
    "raylet": "Ray's nodes",
    "ray": "Ray's other processes",
}
OWN = str(os.getpid())
HERE = Path("/proc/self/ns/net").readlink()


class ProcessorTime:
    """The processor time of every process of this network but this one, which serves the pages."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, str], float] = {}  # by process and when it began
        self._kinds: dict[tuple[str, str], str] = {}
        self._ended = threading.Event()

    @property
    def total(self) -> float:
        """Return the seconds of all processes until now."""
        return self.by_kind().total()

    def by_kind(self) -> Counter[str]:
        """Return the seconds of all processes until now, by what they are for."""
        self._look()
        kinds: Counter[str] = Counter()
        for process, seconds in self._seconds.items():
            kinds[self._kinds[process]] += seconds
        return kinds

    def processes(self, kind: str) -> int:
        """Return how many there were of a kind."""
        return sum(other == kind for other in self._kinds.values())

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look often, so that little is lost of those that end."""
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            self._look()

    def _look(self) -> None:
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if place.name == OWN or (place / "ns" / "net").readlink() != HERE:
                    continue
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended
                continue
            process = place.name, fields[19]
            self._seconds[process] = (int(fields[11]) + int(fields[12])) / TICKS
            self._kinds[process] = kind_of(losses.title(int(place.name))) or self._kinds.get(
                process, ""
            )


def kind_of(title: str) -> str:
    """Return what a process is for, by its command line."""
    for sign, kind in KINDS.items():
        if sign in title:
            return kind
    return title.replace("\0", " ")[:60]


def make_library(folder: Path, web: Web, sources: int, sentences: int) -> None:
    """Make a library of pages of so many sentences, some hosts of them."""
    lines = ["# Many", ""]
    for n in range(sources):
        words = endurance.sentences(n, sentences)
        text = "".join(f"<p>{' '.join(words[at : at + 4])}</p>" for at in range(0, sentences, 4))
        web.pages[f"h{n % HOSTS}.example/{n}"] = page(
            f"<article><h1>Report {n}</h1>{text}</article>"
        )
        lines.append(f"- [Source {n}](http://h{n % HOSTS}.example/{n}) - remark {n}")
    (folder / "config" / "lists").mkdir(parents=True)
    (folder / "config" / "lists" / "many.md").write_text("\n".join(lines), "utf-8")
    (folder / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\n", "utf-8")


def cost(time: ProcessorTime, folder: Path, web: Web, sources: int, on: str) -> float:
    """Print the processor time of one build by what it went to, and return it all."""
    before = time.by_kind()
    with losses.building(folder, losses.environ(web), on) as process:
        outcome = losses.outcome(process)
    assert outcome["code"] == 0, outcome["err"]
    assert outcome["report"]["sources"]["indexed"] == sources, outcome["report"]
    spent = time.by_kind()
    spent.subtract(before)
    for kind, seconds in spent.most_common(9):
        print(f"  {kind}: {seconds:.1f} s, {time.processes(kind)} processes until now", flush=True)
    return spent.total()


def main(folder: Path, sources: int, sentences: int) -> None:
    """Print what both builds cost, and their ratio."""
    time, on = ProcessorTime(), f"ray://{losses.HEAD}"
    with serve() as web, tempfile.TemporaryDirectory(prefix="ray-") as place, time.watched():
        for name, count in {"warm": 5, "there": sources, "here": sources}.items():
            make_library(folder / name, web, count, sentences)
        here = cost(time, folder / "here", web, sources, "local")
        print(f"{sources} pages of {sentences} sentences: here {here:.1f} s", flush=True)
        with losses.cluster(Path(place), losses.environ(web)):
            cost(time, folder / "warm", web, 5, on)
            there = cost(time, folder / "there", web, sources, on)
    print(f"cluster {there:.1f} s, ratio {there / here:.2f}")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        numbers = [*sys.argv[1:], *("200", "80")[len(sys.argv) - 1 :]]
        with tempfile.TemporaryDirectory() as name:
            subprocess.run(losses.isolated("clusters.cost", name, *numbers), check=True)
