"""An answer is printed as it comes: each sentence of a language model once it is verified."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace

import pytest
from answers.test_liars import QUOTES, extractive

from litsearch.cli.query import _print_as_it_comes
from litsearch.types import Answer, AnswerSentence, AnswerStep, Wait

FIRST = AnswerSentence("The pond is deep and cold.", (1,), 1.0, worded=True)
SECOND = AnswerSentence("Nobody swims in it before the end of May.", (1,), 1.0, worded=True)


@pytest.fixture
def quoted() -> Answer:
    return extractive(QUOTES[:1])


def printed(
    quoted: Answer, final: Answer, capsys: pytest.CaptureFixture[str], **options: bool
) -> list[str]:
    """What stands on stdout when each step has been taken, and at the end."""
    seen: list[str] = []

    def steps() -> Iterator[AnswerStep]:
        for step in (quoted, Wait("Checking", 1, 10), None, FIRST, SECOND, final):
            yield step
            seen.append(capsys.readouterr().out)

    _print_as_it_comes(steps(), Namespace(**({"json": False} | options)))
    return [*seen, capsys.readouterr().out]


def test_sentences_are_printed_once_they_are_verified(
    quoted: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    final = replace(quoted, sentences=(FIRST, SECOND, *quoted.sentences))
    *before, first, second, _, rest = printed(quoted, final, capsys)
    assert "".join(before) == ""
    assert first == "The pond is deep and cold. [1]\n"
    assert second == "Nobody swims in it before the end of May. [1]\n"
    assert "The pond" not in rest
    assert " ".join(rest.split()).count(quoted.citations[0].quote) == 1


def test_when_the_model_fails_the_quotes_follow_what_it_began(
    quoted: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    *_, rest = printed(quoted, quoted, capsys)
    assert rest.startswith("\n[1] ")
    assert quoted.citations[0].quote in " ".join(rest.split())


def test_json_is_printed_whole_at_the_end(
    quoted: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    *before, whole = printed(quoted, quoted, capsys, json=True)
    assert "".join(before) == ""
    assert json.loads(whole)["status"] == "answered"
