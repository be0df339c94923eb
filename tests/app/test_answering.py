"""Which model judges, and how long one waits to know how far it is trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from litsearch.answers.agreement import bearing
from litsearch.answers.calibration import Judge, pairs
from litsearch.app.answering import BUSY, NO_JUDGE, Judges
from litsearch.config import Config
from litsearch.protocols import Generator, Pieces
from litsearch.types import Parameters, Wait

TRUTH = {(bearing(pair.quote, pair.claim), pair.claim): pair.true for pair in pairs()}


@dataclass
class Silent:
    """A model that can only write."""

    name: str = "silent"
    parameters: Parameters = ()

    def generate(self, question: str, passages: list[str]) -> Pieces:  # type: ignore[override]
        yield from passages

    def close(self) -> None:
        pass


@dataclass
class Knowing(Silent):
    """A model that judges every pair rightly."""

    name: str = "knowing"
    asked: int = 0

    def entails(self, premise: str, hypothesis: str) -> float:
        self.asked += 1
        return 0.9 if TRUTH[premise, hypothesis] else 0.1


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def waited_for(judges: Judges, model: Generator) -> tuple[list[Wait], Judge]:
    steps = judges.find(model)
    waits: list[Wait] = []
    while True:
        try:
            waits.append(next(steps))
        except StopIteration as end:
            judge: Judge = end.value
            return waits, judge


def test_a_model_is_calibrated_once_and_one_sees_how_far_it_has_come() -> None:
    model = Knowing()
    waits, judge = waited_for(Judges(Config()), model)
    assert judge.threshold == 0.9
    assert [wait.done for wait in waits] == list(range(1, model.asked + 1))
    assert {wait.total for wait in waits} == {model.asked}

    again, judge = waited_for(Judges(Config()), model)  # as another process would
    assert not again
    assert judge.threshold == 0.9

    other = Judges(Config()).find(Knowing("other"))
    assert next(other).done == 1
    other.close()


def test_a_calibration_that_is_left_leaves_the_model_to_the_next() -> None:
    judges, model = Judges(Config()), Knowing()
    steps = judges.find(model)
    next(steps)
    assert waited_for(judges, model) == ([], Judge(note=BUSY))
    steps.close()
    waits, judge = waited_for(judges, model)
    assert waits
    assert judge.threshold == 0.9


def test_a_model_that_cannot_judge_is_told() -> None:
    assert waited_for(Judges(Config()), Silent()) == ([], Judge(note=NO_JUDGE))
