"""Conversations in the library: newest first, the oldest make room, a damaged line costs itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litsearch.app import saved


def talk(name: str, question: str = "What is a tide?") -> Any:
    return {"id": name, "turns": [{"question": question, "filters": {}, "answer": {}}]}


def test_the_one_that_went_on_is_first(tmp_path: Path) -> None:
    for each in (talk("a"), talk("b"), talk("a", "And an ebb?")):
        saved.keep_conversation(tmp_path, each)
    assert saved.conversations(tmp_path) == [talk("a", "And an ebb?"), talk("b")]
    saved.forget_conversations(tmp_path, "a")
    assert saved.conversations(tmp_path) == [talk("b")]
    saved.forget_conversations(tmp_path)
    assert saved.conversations(tmp_path) == []


def test_a_damaged_line_costs_itself(tmp_path: Path) -> None:
    saved.keep_conversation(tmp_path, talk("a"))
    with (tmp_path / saved.CONVERSATIONS).open("a") as file:
        file.write('{"id": 7}\nno json\n')
    saved.keep_conversation(tmp_path, talk("b"))
    assert [each["id"] for each in saved.conversations(tmp_path)] == ["b", "a"]


def test_the_oldest_make_room(tmp_path: Path) -> None:
    for n in range(saved.MOST_CONVERSATIONS + 2):
        saved.keep_conversation(tmp_path, talk(str(n)))
    kept = saved.conversations(tmp_path)
    assert len(kept) == saved.MOST_CONVERSATIONS
    assert kept[-1]["id"] == "2"
