"""Exports as programs write them: every work with its line, title, address and what else the file tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists.shapes import programs

from litsearch.app.lists import read_list
from litsearch.types import Entry

SHAPES = programs.SHAPES


def read(name: str, folder: Path) -> list[Entry]:
    (folder / name).write_text(SHAPES[name][0], "utf-8", newline="")
    return read_list(folder / name, folder)


def differences(entries: list[Entry], gold: list[programs.Row]) -> list[str]:
    """What a reader would call wrong: works that are missing or too many, and fields that say something else."""
    named = [(entry.line, entry.title, entry.url) for entry in entries]
    wanted = [row[:3] for row in gold]
    if named != wanted:
        return [f"{named} instead of {wanted}"]
    return [
        f"line {entry.line}: {name} is {getattr(entry, name)!r}, not {value!r}"
        for entry, (*_, fields) in zip(entries, gold, strict=True)
        for name, value in fields.items()
        if getattr(entry, name) != value
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_each_program_is_read_wholly(name: str, tmp_path: Path) -> None:
    assert differences(read(name, tmp_path), SHAPES[name][1]) == []
