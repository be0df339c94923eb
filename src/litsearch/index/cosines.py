"""Measure how an embedder spreads its cosines over a library, so that thresholds suit any.

Two sentences of different sources have little to do with each other, two neighbours in one text
have much: a cosine means something only between these two. Thresholds that say where between them
they lie hold for any embedder; a bare cosine of one is none of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Cosine = TypeVar("Cosine", float, "NDArray[np.float32]")

QUANTILES = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
SOURCES = 512  # whose sentences are compared
PAIRS = 4_096  # of each kind: the median of random pairs is then within .004
LEAST = 64  # pairs; fewer tell too little
SEED = 1
LEAST_UNIT = 1e-3  # of an embedder that tells nothing apart


class CosineScale(msgspec.Struct, frozen=True):
    """Quantiles (QUANTILES) of the cosines of random sentences and of neighbouring ones."""

    random_quantiles: tuple[float, ...]
    neighbour_quantiles: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return the cosine so far between the two medians: 0 for random pairs, 1 for
        neighbours."""
        middle = QUANTILES.index(0.5)
        low, high = self.random_quantiles[middle], self.neighbour_quantiles[middle]
        return low + share * (high - low)

    def common(self, cosine: Cosine) -> Cosine:
        """Return a cosine as the embedder of DEFAULT would give it: random pairs alike."""
        zero, unit = _spread(self)
        default_zero, default_unit = _spread(DEFAULT)
        return default_zero + (cosine - zero) * (default_unit / unit)


def _spread(scale: CosineScale) -> tuple[float, float]:
    """Return the median of random pairs, and how far above it one in a hundred lies."""
    zero = scale.random_quantiles[QUANTILES.index(0.5)]
    return zero, max(scale.random_quantiles[-1] - zero, LEAST_UNIT)


# all-MiniLM-L6-v2 over 149 articles and papers: for libraries too small to be measured.
DEFAULT = CosineScale(
    random_quantiles=(-0.083, -0.044, -0.018, 0.034, 0.095, 0.169, 0.241, 0.289, 0.391),
    neighbour_quantiles=(-0.019, 0.044, 0.086, 0.172, 0.32, 0.477, 0.615, 0.691, 0.831),
)


def cosine_scale(sentences: NDArray[np.float16], ranges: Sequence[tuple[int, int]]) -> CosineScale:
    """Measure the cosines of sentences, shape (n, dim); ranges: the rows of each source.

    The same sources in the same order give the same scale, whatever rows their sentences have.
    """
    rows = np.concatenate([np.arange(*pair) for pair in ranges] or [np.empty(0, np.int64)])
    owners = np.repeat(np.arange(len(ranges)), [end - start for start, end in ranges])
    firsts = np.flatnonzero(owners[1:] == owners[:-1])
    rng = np.random.default_rng(SEED)
    left, right = rng.integers(0, max(len(rows), 1), (2, PAIRS))
    apart = owners[left] != owners[right] if len(rows) else np.empty(0, bool)
    if min(len(firsts), int(apart.sum())) < LEAST:
        return DEFAULT
    if len(firsts) > PAIRS:
        firsts = rng.choice(firsts, PAIRS, replace=False)
    return CosineScale(
        random_quantiles=_quantiles(sentences, rows[left[apart]], rows[right[apart]]),
        neighbour_quantiles=_quantiles(sentences, rows[firsts], rows[firsts + 1]),
    )


def _quantiles(
    sentences: NDArray[np.float16], rows: NDArray[np.int64], other_rows: NDArray[np.int64]
) -> tuple[float, ...]:
    left = np.asarray(sentences[rows], np.float32)
    right = np.asarray(sentences[other_rows], np.float32)
    cosines = np.einsum("ij,ij->i", left, right)
    return tuple(round(float(cosine), 4) for cosine in np.quantile(cosines, QUANTILES))
