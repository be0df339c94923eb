"""Questions that lean on earlier ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.conversation import resolve
from litsearch.types import Turn

DORA = Turn("what is DoRA?", "DoRA is a way to tune. [1]")


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        ([DORA], "and how does it differ from LoRA?", "how does DoRA differ from LoRA?"),
        ([DORA], "What are its limits?", "What are DoRA's limits?"),
        ([DORA], "what about QLoRA?", "what is QLoRA?"),
        ([DORA], "and why?", "why DoRA?"),
        ([DORA], "How many layers does GPT-3 have?", "How many layers does GPT-3 have?"),
        (
            [DORA],
            "What is QLoRA and how does it save memory?",
            "What is QLoRA and how does it save memory?",
        ),
        ([DORA], "and what does the cache cost?", "and what does the cache cost?"),
        ([DORA, Turn("and its cost?")], "how is it measured?", "how is DoRA measured?"),
        ([DORA, Turn("what is QLoRA?")], "who made it?", "who made QLoRA?"),
        ([Turn("what is operator fusion?")], "why does it help?", "why does operator fusion help?"),
        (
            [Turn("which one is best?", "Ring Attention is the best. [1]")],
            "is it fast?",
            "is Ring Attention fast?",
        ),
        ([], "and how does it differ from LoRA?", "and how does it differ from LoRA?"),
    ],
)
def test_a_question_is_made_whole(earlier: list[Turn], question: str, whole: str) -> None:
    assert resolve(question, earlier) == whole


@given(
    st.text(max_size=200),
    st.lists(st.builds(Turn, st.text(max_size=80), st.text(max_size=80)), max_size=4),
)
def test_whatever_was_said_a_question_stays_a_question(question: str, turns: list[Turn]) -> None:
    assert resolve(question, []) == question
    assert resolve(question, turns) or not question.strip()
