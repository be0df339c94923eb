"""Builds of one library here and on a Ray cluster of two nodes: the processor time of all processes.

    scripts/run cluster [SOURCES [PAIRS]]

Pages and papers are those of `endurance`. Everything runs in a network of its own (`unshare`), the
cluster's processes as well as the build's, and the time of each of them is looked at ten times a
second until it ends (Linux only). A cluster is started once, and given a build to warm up with.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import endurance
from clusters import losses
from fakeweb import Web, serve

TICKS = os.sysconf("SC_CLK_TCK")
OWN = str(os.getpid())
HERE = Path("/proc/self/ns/net").readlink()


class ProcessorTime:
    """The processor time of every process of this network but this one, which serves the pages."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[str, str], float] = {}  # by process and when it began
        self._ended = threading.Event()

    @property
    def total(self) -> float:
        """Return the seconds of all processes until now."""
        self._look()
        return sum(self._seconds.values())

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
            self._seconds[place.name, fields[19]] = (int(fields[11]) + int(fields[12])) / TICKS


def cost(time: ProcessorTime, folder: Path, web: Web, sources: int, on: str) -> float:
    """Return the processor time of one build."""
    endurance.make_library(folder, web, sources)
    before = time.total
    with losses.building(folder, losses.environ(web), on) as process:
        outcome = losses.outcome(process)
    assert outcome["report"]["sources"]["indexed"] == sources, outcome
    return time.total - before


def main(folder: Path, sources: int, pairs: int) -> None:
    """Print a line a pair, and the median of their ratios."""
    time, ratios = ProcessorTime(), []
    on = f"ray://{losses.HEAD}"
    with (
        serve() as web,
        tempfile.TemporaryDirectory(prefix="ray-") as place,
        time.watched(),
        losses.cluster(Path(place), losses.environ(web)),
    ):
        cost(time, folder / "warm", web, 5, on)
        for pair in range(pairs):
            here = cost(time, folder / f"here{pair}", web, sources, "local")
            there = cost(time, folder / f"there{pair}", web, sources, on)
            ratios.append(there / here)
            print(f"{sources} sources: here {here:.1f} s, cluster {there:.1f} s", flush=True)
    print(f"ratio {median(ratios):.2f} (median of {pairs})")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        numbers = [*sys.argv[1:], *("200", "3")[len(sys.argv) - 1 :]]
        with tempfile.TemporaryDirectory() as name:
            subprocess.run(losses.isolated("clusters.cost", name, *numbers), check=True)
