"""What a judge must show before it is trusted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.agreement import bearing
from litsearch.answers.calibration import (
    PRECISION,
    Calibration,
    calibrate,
    measure,
    pairs,
    read_pairs,
    undecided,
)
from litsearch.types import Wait

HELD = Path(__file__).with_name("calibration_held.jsonl")


def calibrated(probability: Callable[[str, str], float]) -> Calibration:
    steps = calibrate(probability)
    waits: list[Wait] = []
    while True:
        try:
            waits.append(next(steps))
        except StopIteration as end:
            assert [wait.done for wait in waits] == list(range(1, waits[0].total + 1))
            result: Calibration = end.value
            return result


def test_the_pairs_are_enough_and_of_every_kind() -> None:
    every = pairs()
    assert len(every) >= 200
    assert len(set(every)) == len(every)
    bends = Counter(pair.bend for pair in every if not pair.true)
    assert min(bends.values()) >= 5
    assert set(bends) >= {"number", "name", "negation", "direction", "condition", "scope"}
    held = list(read_pairs(HELD.read_text("utf-8")))
    assert len(held) >= len(every) // 3
    assert not {pair.quote for pair in held} & {pair.quote for pair in every}


def test_judges_that_know_nothing_are_not_trusted() -> None:
    chance = random.Random(1)
    for judge in (lambda *_: 1.0, lambda *_: 0.0, lambda *_: chance.random()):
        assert calibrated(judge).threshold is None
    shared = lambda quote, claim: len(set(quote.split()) & set(claim.split())) / 20  # noqa: E731
    assert calibrated(shared).threshold is None


def test_a_judge_that_knows_is_trusted_from_where_it_is_right() -> None:
    truth = {(bearing(pair.quote, pair.claim), pair.claim): pair.true for pair in pairs()}
    calibration = calibrated(lambda quote, claim: 0.8 if truth[quote, claim] else 0.3)
    assert calibration == Calibration(0.8, 1.0, 1.0, len(undecided(pairs())))


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.6, 0.9, 1.0]), st.booleans())))
def test_above_the_threshold_precision_holds(scored: list[tuple[float, bool]]) -> None:
    calibration = measure(scored)
    if calibration.threshold is not None:
        for least in {score for score, _ in scored if score >= calibration.threshold}:
            passed = [true for score, true in scored if score >= least]
            assert sum(passed) >= PRECISION * len(passed)
