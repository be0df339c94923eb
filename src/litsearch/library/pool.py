"""A passage's vector from the vectors of its sentences and of its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from litsearch.types import Matrix, Vector

TITLE_SHARE = 0.15


def pool(sentences: Matrix, lengths: Sequence[int], title: Vector) -> Vector:
    """The length-weighted mean of sentence vectors plus a share of the title's, shape (dim,), unit length.

    Without sentences it is the title's vector.
    """
    if not len(sentences):
        return title
    weights = np.asarray(lengths, dtype=np.float32)
    mean = weights @ sentences / weights.sum()
    mixed = mean / max(float(np.linalg.norm(mean)), 1e-9) + TITLE_SHARE * title
    return np.asarray(mixed / max(float(np.linalg.norm(mixed)), 1e-9), dtype=np.float32)
