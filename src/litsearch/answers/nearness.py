"""How near texts are, in units of the embedder: what a cosine means differs from model to model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAIRS = 4_000  # of sentences that have nothing to do with each other
RARE = 0.99  # of such pairs as many are farther apart than the unit


@dataclass(frozen=True, slots=True)
class Scale:
    """Cosines of a library's embedder: that of any two sentences, and one that unrelated ones seldom reach."""

    zero: float  # the median of random pairs
    unit: float  # what 99 of 100 random pairs stay below, above zero

    def of(self, *cosines: float) -> float:
        """Return the sum of cosines in units of this embedder: each 0 for unrelated texts, 1 where unrelated ones seldom come."""
        return sum((cosine - self.zero) / self.unit for cosine in cosines)


# all-MiniLM-L6-v2 over 61,000 sentences on language models; for libraries too small to measure
TYPICAL = Scale(0.095, 0.296)
FEWEST_SENTENCES = 200


def measure(sentences: NDArray[np.float16]) -> Scale:
    """Return the scale of an embedder over the sentences of a library, shape (n, dim), by random pairs."""
    count = len(sentences)
    if count < FEWEST_SENTENCES:
        return TYPICAL
    drawn = np.random.default_rng(0).integers(0, count, (2, PAIRS))
    rows, places = np.unique(drawn, return_inverse=True)
    vectors = np.asarray(sentences[rows], np.float32)
    one, other = places.reshape(2, PAIRS)
    cosines = np.einsum("ij,ij->i", vectors[one], vectors[other])[drawn[0] != drawn[1]]
    zero, rare = np.quantile(cosines, (0.5, RARE))
    return Scale(float(zero), max(float(rare - zero), 1e-3))
