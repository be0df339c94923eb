"""What tells whether a quote says all of a claim."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Generator as Steps
from dataclasses import dataclass

from litsearch.types import Wait


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether a quote says all of a claim, from a calibrated threshold on."""

    probability: Callable[[str, str], float] | None = None
    threshold: float = 1.0
    note: str = ""  # why there is no judge

    def supports(self, quote: str, claim: str) -> float:
        """Return the probability if it reaches the threshold, else 0. Raises GenerationError."""
        if self.probability is None:
            return 0.0
        probability = self.probability(quote, claim)
        if probability < self.threshold:
            return 0.0
        return probability


NOBODY = Judge()
FindJudge = Callable[[], Steps[Wait, None, Judge]]  # tells how far a calibration has come
