"""A message before its questions are read."""

from __future__ import annotations

import pytest

from litsearch.answers.message import asked_as_term, without_manner


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("explain backflow like I'm five", "explain backflow"),
        ("explain a siphon to a 5-year-old", "explain a siphon"),
        ("what is a siphon, in one sentence?", "what is a siphon"),
        ("describe a heat pump in simple terms.", "describe a heat pump"),
        ("ELI5: what is a heat pump?", "what is a heat pump?"),
        ("how do I reply to a customer?", "how do I reply to a customer?"),
        ("how are words laid out in one model?", "how are words laid out in one model?"),
        ("explain simply", "explain simply"),
    ],
)
def test_the_manner_of_an_answer_is_not_asked_about(message: str, question: str) -> None:
    assert without_manner(message) == question


@pytest.mark.parametrize(
    ("message", "whole"),
    [
        ("KV cache", "what is KV cache?"),
        ("moss?", "what is moss?"),
        ("moss vs fern", ""),
        ("how moss grows", ""),
        ("moss on the old wall", ""),
        ("What is moss?", ""),
        ("", ""),
    ],
)
def test_a_term_alone_is_asked_for_what_it_is(message: str, whole: str) -> None:
    assert asked_as_term(message) == whole
