"""Measure processor time so that a busy machine or the garbage collector is not blamed on the code."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object], *, runs: int = 3) -> float:
    """Return the processor time of a call in seconds: the least of some runs, none collected in."""
    return min(_once(call) for _ in range(runs))


def _once(call: Callable[[], object]) -> float:
    gc.disable()
    start = time.process_time()
    try:
        call()
        return time.process_time() - start
    finally:
        gc.enable()
