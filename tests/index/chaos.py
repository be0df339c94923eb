"""Kills builds at every file operation and at random instants, fills their disk and their memory,
and pulls the folder away from under them; then builds on, and compares.

    python -m index.chaos KILLS     (in tests/)

Prints what went wrong, and exits with 1 when anything did. Builds run in forks, so that one costs
50 ms.
"""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.living import World, opened, text

FILE_EVENTS = {
    "open",
    "os.rename",
    "os.link",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "sqlite3.connect",
    "shutil.copyfile",
}
State = tuple[object, ...]
Act = Callable[[], None]


def first(_: World) -> None:
    """Nothing has changed since the beginning."""


def everything(world: World) -> None:
    """A page is edited, one comes back, one is new, one goes, remarks change."""
    world.pages["tides"] = world.pages["tides"].replace("region 14 ", "region fourteen ")
    world.pages["bees"] = text("bees")
    world.pages["kites"] = text("kites")
    world.entries[1:2] = [
        world.entries[1].__class__("config/lists/b.md", 1, "kites", "https://example.org/kites")
    ]
    world.edit(3, remark="with another remark")


def remark(world: World) -> None:
    """Only what a list says changes: the catalog is mended, not written anew."""
    world.edit(2, remark="a remark that is much longer than it was before", line=40)


def another(world: World) -> None:
    """One page is new, one is edited: the live generation is amended."""
    world.pages["kites"] = text("kites")
    world.entries.insert(
        2, world.entries[1].__class__("config/lists/b.md", 1, "kites", "https://example.org/kites")
    )
    world.pages["glaciers"] = world.pages["glaciers"].replace("Note 3 ", "Remark 3 ")


SCENARIOS = (
    ("first build", None, first),
    ("all kinds of changes", first, everything),
    ("a remark", first, remark),
    ("a new page", first, another),
)


def world_of(change: Callable[[World], None]) -> World:
    world = World()
    change(world)
    return world


def state(index: Path) -> State:
    """What a generation is, but for times: the name's checksum, the facts, the counts, every file's
    size and sha256.
    """
    manifest = opened(index).manifest
    return manifest.generation.rpartition("-")[2], manifest.facts, manifest.counts, manifest.files


def forked(act: Act) -> int:
    """Start something in a process of its own; returns its id."""
    child = os.fork()
    if child == 0:
        try:
            act()
        except BaseException:  # noqa: BLE001 - whatever it was, the child ends here
            os._exit(1)
        os._exit(0)
    return child


def waited(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_event(n: int, index: Path, blow: Act) -> None:
    """Call blow at the nth file operation in the index folder."""
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event in FILE_EVENTS and str(arguments[0]).startswith(str(index)):
            seen += 1
            if seen == n:
                blow()

    sys.addaudithook(hook)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def no_space() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def limited(size: int) -> None:
    """Let no file grow beyond a size: writes within SQLite and FAISS fail, too."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def starved(more: int) -> None:
    """Leave only so much memory beyond what is in use."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    size = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


class Trial:
    """One scenario: where it begins, what it shall come to."""

    def __init__(
        self,
        folder: Path,
        name: str,
        before: Callable[[World], None] | None,
        after: Callable[[World], None],
    ):
        self.name, self._after, self._folder = name, after, folder
        self._start, self._index = folder / "start", folder / "index"
        self.spool = folder / "aside"
        self._start.mkdir(parents=True)
        if before is not None:
            world_of(before).build(self._start)
        self._old = state(self._start) if before is not None else None
        self._reset()
        began = time.monotonic()
        assert waited(forked(self._build)) == 0
        self.took = time.monotonic() - began
        self._goal = state(self._index)
        self.problems: list[str] = []

    def _reset(self) -> None:
        shutil.rmtree(self._index, ignore_errors=True)
        shutil.copytree(self._start, self._index)

    def _build(self) -> None:
        world_of(self._after).build(self._index)

    def disturbed(self, what: str, prepare: Act, delay: float | None = None) -> int:
        """Build with a disturbance, look at what is left, build on, compare; returns how the first
        one ended.
        """
        self._reset()

        def act() -> None:
            prepare()
            self._build()

        child = forked(act)
        if delay is not None:
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)
        code = waited(child)
        if self.spool.exists():
            # what the build may have begun in its place
            shutil.rmtree(self._index, ignore_errors=True)
            self.spool.rename(self._index)
        self._look(f"{self.name}, {what}")
        return code

    def _look(self, where: str) -> None:
        try:
            if self._old is not None or (self._index / "CURRENT").exists():
                if opened(self._index).check():
                    self.problems.append(f"{where}: the generation that serves is damaged")
                if state(self._index) not in (self._old, self._goal):
                    self.problems.append(
                        f"{where}: the generation that serves is neither the old nor the new one"
                    )
            if waited(forked(self._build)) != 0:
                self.problems.append(f"{where}: the next build failed")
            if state(self._index) != self._goal:
                self.problems.append(f"{where}: the next build came to another result")
            if list((self._index / "generations").glob(".draft*")):
                self.problems.append(f"{where}: a draft was left")
        except Exception as error:  # noqa: BLE001 - everything that goes wrong is to be told
            self.problems.append(f"{where}: {type(error).__name__}: {error}")


def every_operation(trial: Trial, index: Path, blow: Act, what: str, step: int = 1) -> int:
    """Disturb at every file operation until the build gets through; returns how often."""
    n = 1
    while trial.disturbed(f"{what} at operation {n}", lambda n=n: at_event(n, index, blow)) != 0:  # type: ignore[misc]
        n += step
    return n // step


def main(kills: int) -> int:
    rng, problems, count = random.Random(4), [], 0
    step = 1 if kills >= 100 else 7
    with tempfile.TemporaryDirectory() as folder:
        for name, before, after in SCENARIOS:
            place = Path(folder) / name.replace(" ", "-")
            trial = Trial(place, name, before, after)
            count += every_operation(trial, place / "index", die, "killed", step)
            count += every_operation(trial, place / "index", no_space, "disk full", step)
            pull = partial(os.rename, place / "index", trial.spool)
            count += every_operation(trial, place / "index", pull, "pulled away", step)
            for more in (0, 1 << 18, 1 << 20, 1 << 22):
                trial.disturbed(f"{more} bytes of memory", partial(starved, more))
                count += 1
            for size in (0, 4096, 40_000, 100_000)[:: 1 if step == 1 else 2]:
                trial.disturbed(f"files of {size} bytes at most", lambda size=size: limited(size))  # type: ignore[misc]
                count += 1
            for n in range(-(-kills // len(SCENARIOS))):
                trial.disturbed(f"random kill {n}", lambda: None, rng.uniform(0, trial.took))
                count += 1
            problems += trial.problems
    print(f"{count} disturbed builds, {len(problems)} problems", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
