"""Questions that lean on earlier ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.conversation import resolve
from litsearch.types import Turn

DORA = Turn("what is DoRA?", "DoRA is a way to tune. [1]")
CACHE = Turn("What is the KV cache?")


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
        ([CACHE], "why is it so large?", "why is KV cache so large?"),
        ([CACHE, Turn("why is it so large?")], "can it shrink?", "can KV cache shrink?"),
        ([DORA], "What are the drawbacks?", "What are the drawbacks of DoRA?"),
        ([DORA], "and are there any alternatives?", "are there any alternatives of DoRA?"),
        ([DORA], "What are the drawbacks of QLoRA?", "What are the drawbacks of QLoRA?"),
    ],
)
def test_a_question_is_made_whole(earlier: list[Turn], question: str, whole: str) -> None:
    assert resolve(question, earlier) == whole


STEPS = Turn("What are the steps of RLHF?", "1. Collect text. 2. Train a reward. 3. Tune. [1]")
RLHF = Turn("what is RLHF?", "RLHF uses preferences. [1] It trains a reward. [2] It is slow. [3]")
BEAM = [Turn("what is nucleus sampling?"), Turn("and for beam search?")]


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        ([Turn("who invented DoRA?")], "tell me more", "what is DoRA?"),
        ([Turn("Why does LoRA work?")], "go on", "Why does LoRA work?"),
        ([Turn("why does FlashAttention work?")], "and in Mamba?", "why does Mamba work?"),
        ([RLHF], "same question for DPO", "what is DPO?"),
        ([RLHF], "what about for DPO?", "what is DPO?"),
        ([RLHF], "and for code models?", "RLHF for code models"),
        ([RLHF], "what about memory?", "what about memory of RLHF?"),
        ([RLHF], "how exactly?", "how does RLHF work?"),
        ([RLHF], "since when?", "when RLHF?"),
        ([RLHF], "ok. who invented it?", "who invented RLHF?"),
        ([RLHF], "hm, and why does that matter?", "why does RLHF matter?"),
        ([RLHF], "do you agree?", "do you agree?"),
        *(
            ([RLHF], asked, "example of RLHF")
            for asked in (
                "an example?",
                "e.g.?",
                "for instance?",
                "like what?",
                "what's an example?",
                "and can you show me an example of that?",
            )
        ),
        *(
            ([RLHF], asked, "RLHF: It trains a reward.")
            for asked in (
                "the second one",
                "number two",
                "the 2nd one?",
                "more on the second point",
                "and what about the second?",
            )
        ),
        ([STEPS], "explain the third step", "RLHF: Tune."),
        ([STEPS, Turn("why?", "Because. [1] So. [2]")], "and the last one?", "RLHF: Tune."),
        (BEAM, "how do they compare?", "how do nucleus sampling and beam search compare?"),
        (
            BEAM,
            "what is the difference between them?",
            "what is the difference between nucleus sampling and beam search?",
        ),
        (BEAM, "which is better?", "which is better, nucleus sampling or beam search?"),
        (
            [Turn("Compare LoRA and QLoRA")],
            "which one needs less memory?",
            "which one needs less memory, LoRA or QLoRA?",
        ),
    ],
)
def test_what_people_say_next_is_made_whole(earlier: list[Turn], question: str, whole: str) -> None:
    assert resolve(question, earlier) == whole


@given(
    st.text(max_size=200),
    st.lists(st.builds(Turn, st.text(max_size=80), st.text(max_size=80)), max_size=4),
)
def test_whatever_was_said_a_question_stays_a_question(question: str, turns: list[Turn]) -> None:
    assert resolve(question, []) == question
    assert resolve(question, turns) or not question.strip()
