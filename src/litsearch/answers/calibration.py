"""A judge of claims, and how far it can be trusted, measured on pairs of our own before it judges
anything.

The pairs in calibration.jsonl are quotes with claims that are true in other words, and with claims
bent in a number, name, negation, direction, condition, scope, relation, or by an addition.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from litsearch.answers.agreement import bearing, disagreement
from litsearch.types import Wait

PRECISION = 0.98  # of the claims that a judge lets through, the share that must be true
# Of the true claims, the share that must be let through: a judge that knows a handful knows none.
RECALL = 0.1
STAGE = "Checking how well the model can judge, once"


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


@dataclass(frozen=True, slots=True)
class Pair:
    """A quote, a claim, and whether the quote says all of it."""

    quote: str
    claim: str
    true: bool
    bend: str = ""  # what is bent in a claim that is not true


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a judge did with the pairs. Its words are trusted from the threshold on."""

    threshold: float | None  # None: at no threshold is the judge precise enough
    precision: float
    recall: float
    pairs: int


@cache
def pairs() -> tuple[Pair, ...]:
    """Return the pairs that ship with litsearch."""
    text = files("litsearch.answers").joinpath("calibration.jsonl").read_text("utf-8")
    return tuple(read_pairs(text))


def read_pairs(text: str) -> Iterator[Pair]:
    """Yield the pairs of JSON lines with a quote, true claims, and bent claims by their kind."""
    for line in text.splitlines():
        row = json.loads(line)
        for claim in row["true"]:
            yield Pair(row["quote"], claim, true=True)
        for bend, claim in row["bent"].items():
            yield Pair(row["quote"], claim, true=False, bend=bend)


def undecided(every: Sequence[Pair]) -> list[Pair]:
    """Return the pairs whose words agree, so that only a judge can tell them apart."""
    return [pair for pair in every if not disagreement(pair.claim, pair.quote)]


def calibrate(probability: Callable[[str, str], float]) -> Steps[Wait, None, Calibration]:
    """Return what a judge is worth, asked about every pair that words leave undecided; yield how
    far it has come after each.

    probability: how surely a quote says all of a claim, 0..1.
    """
    doubtful = undecided(pairs())
    scored: list[tuple[float, bool]] = []

    for pair in doubtful:
        quote = bearing(pair.quote, pair.claim)
        scored.append((probability(quote, pair.claim), pair.true))
        yield Wait(STAGE, len(scored), len(doubtful))

    return measure(scored)


def measure(scored: Sequence[tuple[float, bool]]) -> Calibration:
    """Return the lowest threshold at which PRECISION of the claims let through are true.

    scored: probability and truth of each claim. At every higher threshold it holds as well.
    """
    ordered = sorted(scored, reverse=True)
    truths = sum(true for _, true in ordered)
    best = Calibration(None, 0.0, 0.0, len(ordered))
    passed = 0
    for count, (score, true) in enumerate(ordered, 1):
        passed += true
        if count < len(ordered) and ordered[count][0] == score:
            continue  # claims of one score are let through together
        if passed < PRECISION * count:
            break
        best = Calibration(score, passed / count, passed / max(1, truths), len(ordered))
    if best.recall < RECALL:
        return Calibration(None, best.precision, best.recall, len(ordered))
    return best
