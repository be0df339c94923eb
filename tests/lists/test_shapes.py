"""Exports as programs write them: every work with its line, title, address and what else the file tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists.shapes import apart, programs

from litsearch.app.lists import read_list
from litsearch.errors import ListError
from litsearch.types import Entry

SHAPES = programs.SHAPES


def read(name: str, folder: Path) -> list[Entry]:
    text = (SHAPES.get(name) or apart.SHAPES[name])[0]
    (folder / name).write_text(text, "utf-8", newline="")
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


FLOOR = 41  # of 42; 32 when they were first counted, before their faults were looked at


def test_programs_kept_apart_are_read_as_often_as_before(tmp_path: Path) -> None:
    """These were written before the reading was, and not looked at while it was written."""
    whole = 0
    for name, (_, gold) in apart.SHAPES.items():
        try:
            whole += differences(read(name, tmp_path), gold) == []
        except ListError:
            continue
    assert whole >= FLOOR
