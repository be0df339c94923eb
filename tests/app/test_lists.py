"""Lists among strangers' files: one bad thing costs itself, and is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litsearch.app import lists
from litsearch.errors import ConfigError, ListError

NOTE = "# Note\n\n- [A page](https://example.org/a)\n"
STRAYS = {
    "workspace.json": ('{"main": {"id": "1", "type": "split"}}', "no object"),
    "package.json": ('{"name": "x", "homepage": "https://example.org/x"}', "no object"),
    "broken.json": ('{"title": "x"', "no JSON"),
    "broken.xml": ("<opml><body>", "well-formed"),
    "picture.png": ("\x89PNG", "no lists"),
    "paper.pdf": ("%PDF-1.7", "no lists"),
    ".DS_Store": ("x", "hidden"),
    "litsearch.toml": ("[fetch]", "own"),
    "numbers.csv": ("a,b\n1,2\n", "no column"),
}


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "config" / "lists"
    folder.mkdir(parents=True)
    (folder / "note.md").write_text(NOTE)
    return tmp_path


@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_file_is_named_with_its_reason_and_the_lists_are_read(
    name: str, library: Path
) -> None:
    text, reason = STRAYS[name]
    (library / "config" / "lists" / name).write_text(text)
    stray = next(f for f in lists.read_lists(library, []) if f.path == f"config/lists/{name}")
    assert reason in stray.problem
    (source,) = lists.sources_from(lists.read_lists(library, []))
    assert source.url == "https://example.org/a"


def test_folders_with_a_dot_are_never_opened(library: Path) -> None:
    for name in (".obsidian", ".trash", ".git"):
        (library / "config" / "lists" / name).mkdir()
        (library / "config" / "lists" / name / "list.md").write_text(NOTE.replace("/a", "/b"))
    assert [file.path for file in lists.read_lists(library, [])] == ["config/lists/note.md"]


def test_a_file_that_was_named_is_an_error_when_it_is_no_list(library: Path) -> None:
    stray = library / "config" / "lists" / "package.json"
    stray.write_text('{"name": "x"}')
    with pytest.raises(ListError):
        lists.read_lists(library, [str(stray)])
    with pytest.raises(ConfigError):
        lists.read_lists(library, [str(library / "absent.md")])


def test_what_other_lists_named_stays_and_the_named_list_is_new(library: Path) -> None:
    other = library / "config" / "lists" / "other.md"
    other.write_text("- [B](https://example.org/b)\n")
    sources = lists.sources_from(lists.read_lists(library, []))
    elsewhere = list(lists.entries_elsewhere(sources, library, [str(other)]))
    assert [entry.url for entry in elsewhere] == ["https://example.org/a"]
    folder = library / "config" / "lists"
    assert list(lists.entries_elsewhere(sources, library, [str(folder)])) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("![p](https://a.org/p.png)", "picture"),
        ("`https://a.org/x`", "not understood"),
        ("[n](obsidian://open?vault=v)", "program"),
        ("[m](mailto:a@b.org)", "no page"),
        ("Thanks to [Ann](https://github.com/ann)", "person"),
        ("- a mere thought about lamps", "no link"),
        ("<!-- [x](https://a.org/hidden) -->", "comment"),
    ],
)
def test_every_line_that_became_no_entry_is_told(line: str, reason: str, library: Path) -> None:
    path = library / "config" / "lists" / "note.md"
    path.write_text(f"{NOTE}\n\nWords.\n\n{line}\n")
    file = lists.read_file(path, library)
    assert [entry.url for entry in file.entries] == ["https://example.org/a"]
    (dropped,) = file.dropped
    assert dropped.line == 8
    assert reason in dropped.reason


def test_lines_of_json_that_cannot_be_read_are_told(library: Path) -> None:
    path = library / "config" / "lists" / "rows.jsonl"
    rows = [{"title": f"T{n}", "url": f"https://a.org/{n}"} for n in range(3)]
    lines = [json.dumps(row) for row in rows]
    lines[1] = lines[1][:-3]
    path.write_text("\n".join(lines))
    file = lists.read_file(path, library)
    assert [entry.line for entry in file.entries] == [1, 3]
    assert (2, "the line is no JSON") in [(drop.line, drop.reason) for drop in file.dropped]


def test_links_that_belong_to_a_work_are_not_dropped(library: Path) -> None:
    path = library / "config" / "lists" / "note.md"
    path.write_text("- [A page](https://a.org/a) [[code](https://github.com/a/a)] [[pdf](s.pdf)]\n")
    file = lists.read_file(path, library)
    assert len(file.entries) == 1
    assert file.dropped == ()
