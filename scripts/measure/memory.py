"""How much memory processes hold, as /proc tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def memory_of_tree(process: int) -> int:
    """Return the proportional set sizes of a process and all below it, in bytes."""
    return sum(map(memory_of, tree(process)))


def tree(root: int) -> Iterator[int]:
    """Yield a process and all below it."""
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:  # it has just ended
            continue


def memory_of(process: int) -> int:
    """Return the proportional set size of a process, in bytes; 0 when it cannot be told."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    for line in lines:
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
