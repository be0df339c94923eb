"""What people and pages get wrong: one clear sentence, the right exit code, and nothing that was
built is lost.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from litsearch.cli.main import main

LIST = "# L\n\n- [A title of a work](https://example.org/a)\n"


def run(*arguments: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lists = tmp_path / "config" / "lists"
    lists.mkdir(parents=True)
    (lists / "l.md").write_text(LIST, "utf-8")
    return tmp_path


def fails(code: int, *arguments: str) -> str:
    """The message of a command that fails as it should: short, and no traceback."""
    found, out, err = run(*arguments)
    assert (found, out) == (code, ""), (found, out, err)
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) <= 4
    return err


@pytest.mark.parametrize(
    "command", [("search", "x"), ("ask", "x"), ("sources",), ("show", "x"), ("serve",)]
)
def test_no_index_yet(folder: Path, command: tuple[str, ...]) -> None:
    assert "litsearch build" in fails(3, "--library", str(folder), *command)


@pytest.mark.parametrize(
    "arguments",
    [(), ("nonsense",), ("search",), ("search", "x", "-k", "0"), ("search", "x", "-k", "many"), ("eval",),
     ("search", "x", "--mode", "best"), ("ask", "x", "--generator", "oracle"), ("sources", "--status", "fine"),
     ("serve", "--port", "99999")],
)  # fmt: skip
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    found, _, err = run(*arguments)
    assert found == 2
    assert "usage:" in err


@pytest.mark.parametrize(
    "arguments",
    [("sources", "{}"), ("search", "x", "--{}"), ("{}",), ("search", "x", "-k", "{}"), ("show",)],
)
def test_wrong_usage_drives_no_terminal(arguments: tuple[str, ...]) -> None:
    hostile = "a\x1b]0;title\x07\u202e\x9b31m"
    found, out, err = run(*(word.format(hostile) for word in arguments))
    assert found == 2
    assert not set("\x1b\x07\x9b\u202e") & set(out + err)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("serach x", "search"),
        ("search x --unraed", "--unread"),
        ("search x --libary y", "--library"),
        ("search x --mode hybird", "hybrid"),
        ("search x --intent quesion", "question"),
        ("ask x --kind papr", "paper"),
        ("ask x --generator extractiv", "extractive"),
        ("export bibtx", "bibtex"),
        ("sources --status blockd", "blocked"),
        ("bundle exprot x", "export"),
        ("completion bsh", "bash"),
    ],
)
def test_a_slip_at_the_command_line(typed: str, meant: str) -> None:
    code, _, err = run(*typed.split())
    assert code == 2
    assert f"Did you mean '{meant}'?" in err


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("LITSEARCH_FETCH_SPACEING", "LITSEARCH_FETCH_SPACING"),
        ("LITSEARCH_SERCH_K", "LITSEARCH_SEARCH_K"),
        ("LITSEARCH_LIBARY", "LITSEARCH_LIBRARY"),
        ("LITSEARCH_TOKEN", "LITSEARCH_TOKENS"),
        ("LITSEARCH_ANSWER_APIKEY", "LITSEARCH_ANSWER_API_KEY"),
    ],
)
def test_a_slip_in_a_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str, meant: str
) -> None:
    monkeypatch.setenv(variable, "1")
    assert f"Did you mean {meant}?" in fails(2, "--library", str(folder), "search", "x")


@pytest.mark.parametrize(
    ("toml", "meant"),
    [("[fetch]\nspaceing = 1\n", "spacing"), ("[serch]\nk = 1\n", "search")],
)
def test_a_slip_in_a_setting(folder: Path, toml: str, meant: str) -> None:
    (folder / "config" / "litsearch.toml").write_text(toml, "utf-8")
    assert f"Did you mean '{meant}'?" in fails(2, "--library", str(folder), "search", "x")


@pytest.mark.parametrize(
    "words", [("parse", "config/lists/reeding.md"), ("build", "config/lists/reading.mds")]
)
def test_a_slip_in_the_name_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "config" / "lists" / "l.md").rename(folder / "config" / "lists" / "reading.md")
    assert "Did you mean 'reading.md'?" in fails(2, "--library", str(folder), *words)


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    assert "no library folder" in fails(2, "--library", str(tmp_path / "none"), "search", "x")


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[fetch]\nspeed = 3\n", "speed"),
        ("[fetching]\n", "fetching"),
        ("[fetch]\nspacing = -1\n", "spacing"),
        ("[search]\nk = 'ten'\n", "k"),
        ("[search\n", "litsearch.toml"),
        (b"\xff\xfe\xff", "litsearch.toml"),
    ],
)
def test_settings_that_cannot_be_used(folder: Path, toml: str | bytes, said: str) -> None:
    path = folder / "config" / "litsearch.toml"
    path.write_bytes(toml if isinstance(toml, bytes) else toml.encode())
    assert said in fails(2, "--library", str(folder), "search", "x")


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("none.md", None, 2, "no list"),
        ("folder.md", "folder", 1, "folder"),
        ("data.json", b'{"a": 1}', 1, "no object"),
    ],
)
def test_lists_that_cannot_be_read(
    folder: Path, name: str, content: bytes | str | None, code: int, said: str
) -> None:
    path = folder / name
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    assert said in fails(code, "parse", str(path))
    if content != "folder":
        assert said in fails(code, "--library", str(folder), "build", str(path))
    assert not list(folder.glob("index/generations/*"))


def test_parse_shows_entries_with_their_lines(folder: Path) -> None:
    code, out, _ = run("parse", str(folder / "config" / "lists" / "l.md"), "--json")
    assert code == 0
    (entry,) = json.loads(out)
    assert (entry["title"], entry["url"], entry["line"]) == (
        "A title of a work",
        "https://example.org/a",
        3,
    )
    assert set(entry) >= {
        "title",
        "url",
        "section",
        "topic",
        "remark",
        "authors",
        "year",
        "read",
        "line",
    }


def test_extract_goes_on_after_a_document_that_fails(folder: Path) -> None:
    good = folder / "good.md"
    good.write_text(
        "# A heading\n\nA paragraph of some words that is long enough to be kept.\n", "utf-8"
    )
    bad = folder / "bad.bin"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    code, out, _ = run(
        "--library", str(folder), "extract", str(bad), str(folder / "none.pdf"), str(good), "--json"
    )
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [("error" in row) for row in rows] == [True, True, False]
    assert set(rows[2]) >= {
        "source",
        "title",
        "authors",
        "published",
        "media_type",
        "text",
        "spans",
    }
    assert rows[2]["title"] == "A heading"


@pytest.mark.slow  # imports every library
def test_doctor_names_what_is_missing(folder: Path) -> None:
    code, out, _ = run("--library", str(folder), "doctor", "--json")
    assert code == 1
    bad = [finding for finding in json.loads(out) if not finding["ok"]]
    assert [finding["check"] for finding in bad] == ["index"]
    assert "litsearch build" in bad[0]["mend"]


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_settings_that_are_no_file_are_not_waited_for(
    folder: Path, make: Callable[[Path], None]
) -> None:
    make(folder / "config" / "litsearch.toml")
    assert "is no file" in fails(2, "--library", str(folder), "build", "--offline")
