"""The answers that were read: sixty, with a verdict each, and the shares that the documentation
prints.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs" / "answers.md"
VERDICTS = ("sufficient", "declined rightly", "partly", "wrong")


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def test_every_verdict_is_of_a_question_and_has_a_reason() -> None:
    known = {row["id"] for row in lines("questions.jsonl")}
    read = lines("read_verdicts.jsonl")
    assert len({row["id"] for row in read}) == len(read) >= 60
    assert all(row["verdict"] in VERDICTS and row["why"] for row in read)
    # those are not ours to print
    assert all(row["id"] in known for row in read if not row["id"].startswith("dev-"))


def test_the_shares_in_the_documentation_are_those_of_the_verdicts() -> None:
    counts = Counter(row["verdict"] for row in lines("read_verdicts.jsonl"))
    text = DOCS.read_text("utf-8")
    for verdict in VERDICTS:
        assert f"| {verdict} | {counts[verdict]} |" in text


def test_questions_repeat_nobody_s_sentences() -> None:
    rows = lines("questions.jsonl")
    assert len({row["id"] for row in rows}) == len(rows) >= 150
    assert not any("gold_quote" in row for row in rows)
    assert {row["split"] for row in rows} == {"tune", "held"}


def test_the_shares_of_learners_in_the_documentation_are_those_of_the_verdicts() -> None:
    questions = {row["id"]: row for row in lines("learners.jsonl")}
    read = lines("read_verdicts_learners.jsonl")
    assert len(read) >= 100
    assert all(row["verdict"] in VERDICTS and row["why"] for row in read)
    held = [row for row in read if row["held_out"] and questions[row["id"]]["expect"] == "held"]
    sufficient = sum(row["verdict"] == "sufficient" for row in held)
    first = sum(bool(row["first_quote_answers"]) for row in held)
    text = DOCS.read_text("utf-8")
    assert f"| held by the library: sufficient | {sufficient} of {len(held)} " in text
    assert f"| the first quote alone is an answer | {first} of {len(held)} |" in text


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("fields", ("| 4 of 5 |", "| 2 of 5 |", "| 0 of 5 |")),
        ("manuals", ("| 8 of 14 |", "| 5 of 14 |", "| 1 of 14 |")),
        ("readers", ("| 19 of 28 |", "| 12 of 28 |", "| 1 of 28 |")),
        ("students", ("| 9 of 19 |", "| 6 of 19 |", "| 3 of 19 |")),
    ],
)
def test_the_shares_of_other_fields_in_the_documentation_are_those_of_the_verdicts(
    name: str, rows: tuple[str, ...]
) -> None:
    questions = {row["id"]: row for row in lines(f"{name}.jsonl")}
    read = [row for row in lines(f"read_verdicts_{name}.jsonl") if row["held_out"]]
    assert {row["id"] for row in read} == {
        row["id"] for row in questions.values() if row["held_out"]
    }
    assert all(row["verdict"] in VERDICTS and row["why"] for row in read)
    held = [row for row in read if questions[row["id"]]["expect"] == "held"]
    sufficient = sum(row["verdict"] == "sufficient" for row in held)
    first = sum(bool(row["first_quote_answers"]) for row in held)
    odd = sum(bool(row["odd_first_sentence"]) for row in held)
    text = DOCS.read_text("utf-8")
    for beginning, count in zip(rows, (sufficient, first, odd), strict=True):
        assert f"{beginning} {count} of {len(held)} |" in text


def test_no_false_sentence_of_a_model_was_shown_and_the_share_of_true_ones_is_told() -> None:
    rows = lines("worded_verdicts.jsonl")
    true = [row for row in rows if row["true"]]
    shown = sum(bool(row["shown"]) for row in true)
    assert not any(row["shown"] for row in rows if not row["true"])
    assert all(row["why"] for row in rows)
    assert f"{shown} of {len(true)} ({100 * shown / len(true):.0f} %)" in DOCS.read_text("utf-8")


def test_the_verdicts_on_worded_answers_are_those_of_the_documentation() -> None:
    known = {row["id"] for row in lines("learners.jsonl") if row["held_out"]}
    rows = lines("worded_answers.jsonl")
    assert {row["id"] for row in rows} <= known
    assert {row["id"] for row in rows} == {row["id"] for row in lines("worded_verdicts.jsonl")} | {
        row["id"] for row in rows if "passages do not say" in row["why"]
    }
    counts = Counter(row["verdict"] for row in rows)
    told = f"{counts['better']} better, {counts['as good']} as good, {counts['worse']} worse"
    assert told in DOCS.read_text("utf-8")


@pytest.mark.parametrize("part", ["held", "development"])
def test_the_verdicts_on_answers_without_markers_are_those_of_the_documentation(part: str) -> None:
    rows = [row for row in lines("worded_unmarked.jsonl") if row["part"] == part]
    every = [statement for row in rows for statement in row["statements"]]
    assert all(row["why"] for row in [*rows, *every])
    assert not any(statement["shown"] for statement in every if not statement["true"])
    shares = []
    for true in (True, False):
        alike = [statement for statement in every if statement["true"] is true]
        shares.append(f"{sum(statement['in_the_run'] for statement in alike)} of {len(alike)}")
    counts = Counter(row["verdict"] for row in rows)
    told = f"{counts['better']} better, {counts['as good']} as good, {counts['worse']} worse"
    assert f"| {' | '.join([*shares, told])} |" in DOCS.read_text("utf-8")
