"""Named things: what counts as one, and where it is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.entities import Entity, entities_in


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what is DoRA?", ["DoRA"]),
        ("What context length does Claude 3 Opus support?", ["Claude 3 Opus"]),
        ("How does Ring Attention overlap work?", ["Ring Attention"]),
        ("Ring Attention overlaps what?", ["Ring Attention"]),
        (
            "Does Group Relative Policy Optimization (GRPO) need one?",
            ["Group Relative Policy Optimization (GRPO)"],
        ),
        ("What is new in DeepSeek-R1?", ["DeepSeek-R1"]),
        ("How does Phi-3-vision encode images?", ["Phi-3"]),
        ("In the GPU-as-a-plant analogy, what is fed?", ["GPU"]),
        ("Are LoRA-based and non-GPT models alike?", ["LoRA", "GPT"]),
        ("How much memory does a 65B model take in 16-bit?", []),
        ("How long does GPT-3 175B take?", ["GPT-3"]),
        ("Why do k-NN and t-SNE differ from word2vec?", ["k-NN", "t-SNE", "word2vec"]),
        ("What are TRL SFT trainers?", ["TRL", "SFT"]),
        ("What is the “alignment tax” of tuning?", ["alignment tax"]),
        ("What is Sutton's lesson?", ["Sutton"]),
        ("What Is The Difference Between LoRA And Plain Tuning?", ["LoRA"]),
        ("WHAT IS DORA?", []),
        ("What does N:M sparsity mean? Where is it used?", ["N:M"]),
        ("what is dora", []),
        ("I think I know, do you?", []),
    ],
)
def test_names_of_a_question(question: str, names: list[str]) -> None:
    assert [str(name) for name in entities_in(question)] == names


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("GPT-4", "we asked GPT4 and", True),
        ("GPT-4", "GPT 4's answers", True),
        ("GPT-4", "GPT-4o is another", False),
        ("GPT-3", "GPT-3.5 is another", False),
        ("LoRA+", "LoRA is another", False),
        ("LoRA+", "LoRA+ is faster", True),
        ("LLaMA-2", "Llama 2 models", True),
        ("Llama 2", "LLaMA-2-chat", True),
        ("Llama 3", "Llama 3.1 came later", False),
        ("Llama 3", "It came with Llama 3. Then", True),
        ("LLM.int8()", "the LLM.int8() paper", True),
        ("DoRA", "adorable", False),
        ("DoRA", "dora is", True),
        ("GPUs", "one GPU each", True),
        ("GPU", "many GPUs", True),
        ("Ring Attention", "attention in a ring", False),
        ("Ring Attention", "RingAttention works", True),
        ("Ring Attention", "ring\nattention", True),
        ("Chain-of-Thought", "chain of thought prompts", True),
        ("RoPE", "European", False),
    ],
)
def test_where_a_name_is_found(name: str, text: str, *, found: bool) -> None:
    assert Entity(name).found_in(text) is found


def test_either_form_of_a_name_is_enough() -> None:
    name = entities_in("What is Very Small Tuning (VST)?")[0]
    assert name.found_in("we use VST here")
    assert name.found_in("very small tuning is")
    assert not name.found_in("small tuning")


@given(st.text(max_size=200))
def test_any_text_is_a_question(text: str) -> None:
    for name in entities_in(text):
        assert name.phrases()
        name.found_in(text)


@given(
    st.lists(
        st.sampled_from(["LoRA", "Ring", "Attention", "GPT-4", "3", "the", "of", "what", "(", ")"]),
        max_size=12,
    )
)
def test_every_name_is_found_in_its_question(words: list[str]) -> None:
    text = " ".join(words)
    assert all(name.found_in(text) for name in entities_in(text))


@pytest.mark.parametrize(
    ("text", "versioned"),
    [
        ("Fern 2 grows.", True),
        ("Fern-2.1 grows.", True),
        ("Fern grows, and so does Fern 2.", False),
        ("Fern 7B grows.", False),
        ("Moss 2 grows.", False),
    ],
)
def test_another_version_is_a_thing_of_like_name(text: str, *, versioned: bool) -> None:
    assert Entity("Fern").is_versioned_in(text) is versioned


def test_a_name_may_own_the_rest_of_a_name() -> None:
    assert Entity("Shannon index").found_in("Shannon's index is the sum of logarithms.")
    assert Entity("Shannon index").found_in("It is Shannon’s index.")
    assert not Entity("Shannon index").found_in("It is Shannon's old index.")
