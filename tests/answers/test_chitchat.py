"""Messages that ask nothing of a library."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litsearch.answers.chitchat import asks_for_help, is_smalltalk

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "message",
    [
        "hi",
        "Hello there!",
        "thanks, that helped",
        "ok cool",
        "?",
        "...",
        "👍",
        "What's the weather today?",
        "whats the weather like",
        "what is the temperature in New York today?",
        "what time is it?",
        "2 + 2",
        "tell me a joke",
        "Hola, ¿qué tal?",
        "Merry Christmas",
        "thanks, that helps!",
        "great answer",
        "that's not right",
        "ok, that is all for today",
        "hm, interesting",
        "this doesn't make any sense",
        "see you tomorrow",
        "merci beaucoup",
        "I don't understand",
        "write me some python code for sorting",
        "give me a quiz on bees",
    ],
)
def test_small_talk(message: str) -> None:
    assert is_smalltalk(message)


@pytest.mark.parametrize(
    "message",
    [
        "what can you do?",
        "Who are you?",
        "help",
        "how do I use this?",
        "how old are you?",
        "do you speak German?",
        "which model are you?",
    ],
)
def test_questions_on_who_answers(message: str) -> None:
    assert asks_for_help(message)
    assert not is_smalltalk(message)


@pytest.mark.parametrize(
    "message",
    [
        "How do weather models represent clouds?",
        "What is your context length?",
        "what is temperature in sampling?",
        "What is the temperature in LLM sampling?",
        "What is the temperature parameter?",
        "what is weather prediction with graph networks",
        "What time does training take?",
        "order of words in BERT",
        "hello world program in RASP",
        "How do you use LoRA?",
        "thanks to attention, what became possible?",
        "what makes a good answer?",
        "Is it clear why dropout helps?",
        "do you know what a tokenizer is?",
        "2106.09685",
        "code for attention",
        "What is not right about the Turing test?",
    ],
)
def test_questions_are_no_small_talk(message: str) -> None:
    assert not is_smalltalk(message)
    assert not asks_for_help(message)


@pytest.mark.parametrize("name", ["learners", "questions", "about_library"])
def test_no_question_of_ours_is_small_talk(name: str) -> None:
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert not [question for question in questions if is_smalltalk(question)]


WORDS = "so not all good quite nice right it is that this very thanks a great answer no ok you"


@given(st.lists(st.sampled_from(WORDS.split()), min_size=11, max_size=11))
def test_courtesies_are_told_soon(words: list[str]) -> None:
    """However many ways there are to read a message, it costs no more than a search."""
    began = time.process_time()
    is_smalltalk(" ".join((*words, "x")))
    assert time.process_time() - began < 0.5


@given(st.text(alphabet="?!. \n👋-", max_size=12))
def test_marks_alone_ask_nothing(message: str) -> None:
    assert is_smalltalk(message)


@pytest.mark.parametrize(
    "message",
    ["good evening, can you help me with something?", "hi, what can you do?", "I have a question"],
)
def test_a_greeting_before_a_wish_for_help(message: str) -> None:
    assert asks_for_help(message)
