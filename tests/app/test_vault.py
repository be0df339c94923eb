"""Answers as notes in a folder of one's own: names that files may have, nothing written over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litsearch.app.saved import write_note
from litsearch.errors import StoreError


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What is a tide?", "What is a tide.md"),
        ("../../etc: [[a|b]] #c", "etc a b c.md"),
        ("??", "Answer.md"),
        ("Ebbe und Flut — warum?", "Ebbe und Flut — warum.md"),
        ("x" * 300, "x" * 80 + ".md"),
        ("\N{BRAIN}" * 90, "\N{BRAIN}" * 50 + ".md"),
    ],
)
def test_a_note_has_the_name_of_its_question(tmp_path: Path, title: str, name: str) -> None:
    vault = tmp_path / "vault"
    path = write_note(vault, title, "text\n")
    assert path == vault / name
    assert path.read_text("utf-8") == "text\n"
    assert list(tmp_path.iterdir()) == [vault]


def test_no_note_is_written_over(tmp_path: Path) -> None:
    first = write_note(tmp_path, "Tides?", "one")
    assert write_note(tmp_path, "Tides?", "one") == first
    second = write_note(tmp_path, "Tides?", "two")
    assert second.name == "Tides 2.md"
    assert first.read_text("utf-8") == "one"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_told_of(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError):
        write_note(tmp_path / "vault", "Tides?", "one")


def test_a_file_in_place_of_the_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "vault").write_text("")
    with pytest.raises(StoreError):
        write_note(tmp_path / "vault", "Tides?", "one")
