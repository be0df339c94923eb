"""How near texts are, in units of the embedder: what a cosine means differs from model to model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_UNIT = 1e-3  # of an embedder that tells nothing apart


@dataclass(frozen=True, slots=True)
class Scale:
    """Cosines of a library's embedder: of any two sentences, and the most of unrelated ones."""

    zero: float  # the median of random pairs
    unit: float  # from there to what 99 of 100 random pairs stay below

    def of(self, *cosines: float) -> float:
        """Return the sum of cosines in units: 0 for unrelated texts, 1 where few of them come."""
        return sum((cosine - self.zero) / self.unit for cosine in cosines)


def scale_of(random_quantiles: Sequence[float]) -> Scale:
    """Return the scale of the cosines of random pairs, by quantiles from the lowest to .99.

    The middle one must be the median.
    """
    zero, rare = random_quantiles[len(random_quantiles) // 2], random_quantiles[-1]
    return Scale(zero, max(rare - zero, LEAST_UNIT))
