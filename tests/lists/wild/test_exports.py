"""Sections, tags, remarks, authors, years, read states and lines survive from every program's
export.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from lists.wild.exports import EXPORTS

from litsearch.app.lists import read_list
from litsearch.types import Entry

Row = tuple[
    int, str, str | None, tuple[str, ...], str, str, tuple[str, ...], int | None, bool | None
]


def row(e: Entry) -> Row:
    return (e.line, e.title, e.url, e.section, e.topic, e.remark, e.authors, e.year, e.read)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_field_of_every_export(name: str, tmp_path: Path) -> None:
    text, expected = EXPORTS[name]
    (tmp_path / name).write_text(text, "utf-8", newline="")
    assert [row(e) for e in read_list(tmp_path / name, tmp_path)] == expected


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_from_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, expected = EXPORTS[name]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [row(e) for e in read_list(Path("-"), Path.cwd())] == expected


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_every_encoding_that_programs_save_in(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "list.md").write_bytes(
        "# Café\r\n- [Über Öl](https://a.org/oel) - schön\r\n".encode(encoding)
    )
    (entry,) = read_list(tmp_path / "list.md", tmp_path)
    assert (entry.title, entry.section, entry.remark, entry.line) == (
        "Über Öl",
        ("Café",),
        "schön",
        2,
    )
