"""What a language model is worth as a judge of its own sentences: scripts/run judge MODEL

MODEL is a GGUF file. It is asked about each pair of the calibration that checks of words leave
undecided. Printed are how well its probabilities part true claims from bent ones (AUC), the
threshold from which on litsearch would trust it, and what would pass then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from litsearch.answers.agreement import bearing
from litsearch.answers.calibration import measure, pairs, undecided


def main() -> None:
    """Ask, and print what comes of it."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the program does
    from litsearch.models.llama_cpp import LlamaCpp

    model = LlamaCpp(Path(sys.argv[1]))
    scored: list[tuple[float, bool]] = []
    began = sum(os.times()[:2])
    for pair in undecided(pairs()):
        quote = bearing(pair.quote, pair.claim)
        scored.append((model.entails(quote, pair.claim), pair.true))
    seconds = (sum(os.times()[:2]) - began) / len(scored)
    model.close()

    calibration = measure(scored)
    print(f"{len(scored)} pairs, AUC {area(scored):.3f}, {seconds:.1f} s of CPU each")
    print(f"threshold {calibration.threshold}, precision {calibration.precision:.2f}")
    print(f"of true claims pass {calibration.recall:.2f}")


def area(scored: Sequence[tuple[float, bool]]) -> float:
    """Return how often a true claim has a higher probability than a bent one; ties count half."""
    true = [score for score, is_true in scored if is_true]
    bent = [score for score, is_true in scored if not is_true]
    wins = sum((one > other) + (one == other) / 2 for one, other in product(true, bent))
    return wins / (len(true) * len(bent))


if __name__ == "__main__":
    main()
