"""Conversations in the library: newest first, the oldest make room, a damaged line costs itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litsearch.app import conversations


def talk(name: str, question: str = "What is a tide?") -> Any:
    return {"id": name, "turns": [{"question": question, "filters": {}, "answer": {}}]}


def test_the_one_that_went_on_is_first(tmp_path: Path) -> None:
    for each in (talk("a"), talk("b"), talk("a", "And an ebb?")):
        conversations.keep(tmp_path, each)
    assert conversations.conversations(tmp_path) == [talk("a", "And an ebb?"), talk("b")]
    conversations.forget(tmp_path, "a")
    assert conversations.conversations(tmp_path) == [talk("b")]
    conversations.forget(tmp_path)
    assert conversations.conversations(tmp_path) == []


def test_a_damaged_line_costs_itself(tmp_path: Path) -> None:
    conversations.keep(tmp_path, talk("a"))
    with (tmp_path / conversations.FILE).open("a") as file:
        file.write('{"id": 7}\nno json\n')
    conversations.keep(tmp_path, talk("b"))
    assert [each["id"] for each in conversations.conversations(tmp_path)] == ["b", "a"]


def test_the_oldest_make_room(tmp_path: Path) -> None:
    for n in range(conversations.MOST + 2):
        conversations.keep(tmp_path, talk(str(n)))
    kept = conversations.conversations(tmp_path)
    assert len(kept) == conversations.MOST
    assert kept[-1]["id"] == "2"
