"""Follow-up questions on what an answer listed."""

from __future__ import annotations

import pytest

from litsearch.answers.conversation import resolve
from litsearch.types import Turn

WORKS = Turn(
    "which papers are from 2021?",
    "2 of 9 works are papers from 2021. [1] On Moss and Stone, Ilse Brandt, 2021 [1] "
    "Tides: a Survey, 2021 [2]",
)
BY_HER = Turn("what did ilse brandt write?", "1 of 9 works is by Ilse Brandt. [1] Moss, 2021 [1]")
STEPS = Turn("What are the steps of RLHF?", "1- Collect text. [1]\n2- Train a reward. [2]")


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        ([WORKS], "which of them are about moss?", "which papers are from 2021 about moss?"),
        ([WORKS], "Which ones are unread?", "which papers are from 2021 unread?"),
        ([BY_HER], "which of those are about moss", "which works by ilse brandt about moss?"),
        ([WORKS], "summarize the first one", "summarize On Moss and Stone, Ilse Brandt, 2021"),
        ([WORKS], "who wrote the last paper?", "who wrote Tides: a Survey, 2021"),
        ([WORKS], "what is the first law of motion?", "what is the first law of motion?"),
        ([WORKS], "summarize the fourth one", "summarize the fourth one"),
        ([STEPS], "explain the second one", "RLHF: Train a reward."),
        ([Turn("What is MossNet?")], "and version 2?", "What is MossNet version 2?"),
    ],
)
def test_what_was_listed_is_asked_about(earlier: list[Turn], question: str, whole: str) -> None:
    assert resolve(question, earlier) == whole
