"""Two runs over the same queries: is the difference more than luck?

Paired sign-flip (Fisher randomisation) test and bootstrap interval: Smucker, Allan and Carterette 2007.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np

DRAWS = 10_000
SEED = 20_070_611
Table = Mapping[str, Mapping[str, float]]


class Difference(TypedDict):
    """One measure in two runs."""

    now: float
    before: float
    difference: float
    low: float  # of the 95 % interval of the mean difference
    high: float
    p: float  # two-sided
    better: int  # queries
    worse: int


def compare(now: Table, before: Table) -> dict[str, Difference]:
    """Each measure that both tables have, over the queries that both have."""
    names = dict.fromkeys(name for row in now.values() for name in row)
    found = {}
    for name in names:
        shared = [q for q in now if name in now[q] and name in before.get(q, {})]
        if shared:
            found[name] = _difference(
                np.array([now[query][name] for query in shared]), np.array([before[query][name] for query in shared])
            )
    return found


def _difference(
    now: np.ndarray[tuple[int], np.dtype[np.float64]], before: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Difference:
    changes = now - before
    rng = np.random.default_rng(SEED)
    mean = float(changes.mean())
    flips = rng.choice((-1.0, 1.0), size=(DRAWS, len(changes)))
    as_far = np.abs(flips @ changes / len(changes)) >= abs(mean) - 1e-12
    samples = changes[rng.integers(0, len(changes), (DRAWS, len(changes)))].mean(axis=1)
    low, high = np.percentile(samples, (2.5, 97.5))
    return {
        "now": round(float(now.mean()), 4),
        "before": round(float(before.mean()), 4),
        "difference": round(mean, 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "p": round((float(as_far.sum()) + 1) / (DRAWS + 1), 4),
        "better": int((changes > 0).sum()),
        "worse": int((changes < 0).sum()),
    }
