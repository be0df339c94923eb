"""A model that crashes, hangs or babbles costs its own answer and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Thread

import pytest
from models import generators

from litsearch.errors import ModelUnavailable, PromptTooLong
from litsearch.models.subprocess_generator import SubprocessGenerator


@pytest.fixture(scope="module")
def model() -> Iterator[SubprocessGenerator]:
    with closing(SubprocessGenerator("scripted", generators.scripted, timeout=5)) as process:
        yield process


def said(model: SubprocessGenerator, question: str) -> str:
    return "".join(model.generate(question, ["a quote", "another"]))


def test_pieces_come_from_another_process(model: SubprocessGenerator) -> None:
    assert [piece for piece in model.generate("what?", ["a", "b"]) if piece] == [
        "One ",
        "of 2 [1].",
    ]
    assert model.parameters == (("seed", 7),)
    first, second = said(model, "who"), said(model, "who")
    assert first == second
    assert str(os.getpid()) not in first


@pytest.mark.parametrize(("question", "why"), [("crash", "SIGSEGV"), ("exit", "exit code 3")])
def test_a_crash_is_told_and_the_next_question_is_answered(
    model: SubprocessGenerator, question: str, why: str
) -> None:
    with pytest.raises(ModelUnavailable, match=why) as caught:
        said(model, question)
    assert caught.value.hint
    assert said(model, "what?") == "One of 2 [1]."


def test_what_the_model_raises_is_heard_and_it_lives_on(model: SubprocessGenerator) -> None:
    before = said(model, "who")
    with pytest.raises(PromptTooLong, match="too long") as caught:
        said(model, "too long")
    assert caught.value.hint == "shorter"
    with pytest.raises(ModelUnavailable, match="KeyError"):
        said(model, "bug")
    assert said(model, "who") == before


def test_who_stops_listening_stops_the_model(model: SubprocessGenerator) -> None:
    before = said(model, "who")
    with closing(model.generate("for ever", ["a"])) as pieces:
        told = (piece for piece in pieces if piece)
        assert [next(told) for _ in range(3)] == ["One ", "and on ", "and on "]
    assert said(model, "who") == before


def test_silence_is_filled_so_that_who_waits_can_leave(model: SubprocessGenerator) -> None:
    assert said(model, "what?")
    with closing(model.generate("hang", ["a"])) as first:
        assert next(piece for piece in first if piece) == "One "
        began = time.monotonic()
        assert next(first) == ""  # the model says nothing
        with closing(model.generate("what?", ["a"])) as second:
            assert next(second) == ""  # another question has the turn
        assert time.monotonic() - began < 2
        model.close()  # else leaving waits until the model listens
    assert said(model, "what?") == "One of 2 [1]."


def test_a_hanging_model_is_ended_in_time() -> None:
    with closing(SubprocessGenerator("scripted", generators.scripted, timeout=1)) as model:
        assert said(model, "what?")
        began = time.monotonic()
        with pytest.raises(ModelUnavailable, match="longer than 1 s"):
            said(model, "hang")
        assert time.monotonic() - began < 4
        assert said(model, "what?") == "One of 2 [1]."


@pytest.mark.parametrize(
    ("load", "why"),
    [
        (generators.missing, "no such model"),
        (generators.broken, "half a file"),
        (generators.dying, "SIGSEGV"),
    ],
)
def test_a_model_that_cannot_be_loaded_says_so_every_time(
    load: Callable[[], generators.Scripted], why: str
) -> None:
    with closing(SubprocessGenerator("none", load)) as model:
        for _ in range(2):
            with pytest.raises(ModelUnavailable, match=why):
                said(model, "what?")


def test_questions_take_turns(model: SubprocessGenerator) -> None:
    answers: list[str] = []
    threads = [Thread(target=lambda: answers.append(said(model, "what?"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["One of 2 [1]."] * 5


def test_closing_ends_the_process_at_once() -> None:
    model = SubprocessGenerator("scripted", generators.scripted)
    pid = int(said(model, "who").removeprefix("One ").partition("of")[0])
    model.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    model.close()
