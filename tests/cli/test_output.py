"""The command line to live with: formats for pipes, adding to a list, exports, completion, opening,
grouped help.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Shelf, litsearch

from litsearch.cli import main, output
from litsearch.cli.main import COMMANDS


def test_help_names_every_command_in_a_group(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["--help"])
    text = capsys.readouterr().out
    assert [line[:-1] for line in text.splitlines() if line[:-1] in main.GROUPS] == list(
        main.GROUPS
    )
    assert all(f"\n  {name} " in text for name in COMMANDS)


@pytest.mark.slow
def test_formats_for_pipes(shelf: Shelf) -> None:
    rows = list(csv.DictReader(io.StringIO(shelf.run("sources", "--format", "csv").stdout)))
    assert [row["line"] for row in rows] == ["5", "6", "10", "11", "15"]
    hits = [
        json.loads(line)
        for line in shelf.run(
            "search", "yeasts", "-k", "2", "--format", "jsonl"
        ).stdout.splitlines()
    ]
    ids = shelf.run("search", "yeasts", "-k", "2", "--format", "ids").stdout.split()
    assert ids == [hit["passage_id"] for hit in hits]
    assert shelf.run("search", "yeasts", "-k", "5", "--format", "md").stdout.startswith(
        "- [x] [Keeping a sourdough starter]("
    )
    assert "@" in shelf.run("export", "bibtex", "--topic", "kitchen").stdout


@pytest.mark.slow
def test_an_entry_is_added_and_found(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    path = copy / "config" / "lists" / "small.md"
    before = path.read_text("utf-8")
    add = ("add", "https://new.reading.example/x", "--list", "small", "--section", "kitchen")
    done = litsearch(copy, *add, "--title", "Rye [dark]", "--remark", "for winter", "--json")
    assert json.loads(done.stdout)["line"] == 16
    assert (
        path.read_text("utf-8")
        == before + "- [ ] [Rye \\[dark\\]](https://new.reading.example/x) - for winter\n"
    )
    again = litsearch(copy, *add, "--title", "Rye", check=False)
    assert (again.returncode, "small.md:16" in again.stderr) == (1, True)
    for name in ("../litsearch.toml", "nothing", "/etc/passwd"):
        wrong = litsearch(
            copy, "add", "https://a.example/", "--list", name, "--title", "x", check=False
        )
        assert wrong.returncode == 2
    assert (
        litsearch(
            copy, "add", "javascript:alert(1)", "--list", "small", "--title", "x", check=False
        ).returncode
        == 1
    )


@pytest.mark.slow
def test_the_title_of_an_addition_is_asked_for(shelf: Shelf, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(shelf.folder, copy)
    (copy / "config" / "lists" / "other.md").write_text("# Other\n", "utf-8")
    url = "http://bread.reading.example/starter"
    done = litsearch(copy, "add", url, "--list", "other.md", web=shelf.web)
    assert "Keeping a sourdough starter" in done.stdout
    assert f"- [Keeping a sourdough starter]({url})\n" in (
        copy / "config" / "lists" / "other.md"
    ).read_text("utf-8")


@pytest.mark.slow
def test_a_hit_is_opened(shelf: Shelf, tmp_path: Path) -> None:
    note = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {note}\n')
    browser.chmod(0o755)
    litsearch(shelf.folder, "search", "yeasts", "--open", "1", BROWSER=f"{browser} %s")
    assert note.read_text().startswith("http://bread.reading.example/starter#:~:text=")
    assert (
        litsearch(
            shelf.folder, "search", "yeasts", "-k", "1", "--open", "9", check=False
        ).returncode
        == 2
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["completion", shell]) == 0
    assert "litsearch" in capsys.readouterr().out


def test_completion_completes(tmp_path: Path) -> None:
    line = "litsearch sear"
    asked = {
        "_ARGCOMPLETE": "1",
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "out"),
    }
    command = [sys.executable, "-m", "litsearch"]
    subprocess.run(
        command,
        env=os.environ | asked,
        check=False,
        timeout=60,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert (tmp_path / "out").read_text().strip() == "search"


def test_links_are_clickable_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://a.example/#:~:text=x"
    assert output.link(url) == url
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert output.link(url).startswith(f"\x1b]8;;{url}\x1b\\")
    assert "]8;;" not in output.link("file:/etc/passwd")
    assert output.link("https://a.example/\x1b]8;;evil").count("\x1b]8;;") == 2


@pytest.mark.slow
def test_without_a_browser_the_address_is_printed(shelf: Shelf) -> None:
    nowhere = {"BROWSER": "", "PATH": "/nonexistent", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    told = litsearch(shelf.folder, "search", "yeasts", "--open", "1", **nowhere)
    assert "http://bread.reading.example/starter#:~:text=" in told.stdout + told.stderr
    assert "browser" in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", ["search", "ask"])
def test_words_need_no_quotation_marks(shelf: Shelf, command: str) -> None:
    unquoted = shelf.run(command, "what", "is", "a", "sourdough", "starter").stdout
    assert unquoted == shelf.run(command, "what is a sourdough starter").stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("search", "bread", "--list", "smal"), "small"),
        (("search", "bread", "--topic", "kichen"), "Kitchen"),
        (("ask", "what is a starter?", "--topic", "kichen"), "Kitchen"),
        (("export", "md", "--list", "smal"), "small"),
        (("export", "md", "--topic", "kichen"), "Kitchen"),
        (("add", "https://a.example/", "--list", "smal", "--title", "x"), "small"),
    ],
)
def test_a_slip_in_a_list_or_topic(shelf: Shelf, words: tuple[str, ...], meant: str) -> None:
    told = shelf.run(*words, check=False)
    assert f"Did you mean '{meant}'?" in told.stderr


@pytest.mark.slow
def test_every_id_of_a_search_can_be_shown(shelf: Shelf) -> None:
    for name in shelf.run("search", "bread", "--format", "ids").stdout.split()[:3]:
        assert shelf.run("show", name).stdout


def test_slow_work_says_how_far_it_is_every_minute(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 3,000 pages of one site a tenth takes ten minutes."""
    quick = output.plain_progress()
    for done in range(1, 31):
        quick("Sources", done, 3_000)
    assert capsys.readouterr().err == "Sources: 1 of 3000\n"

    monkeypatch.setattr(output, "MINUTE", 0.0)
    slow = output.plain_progress()
    for done in range(1, 4):
        slow("Sources", done, 3_000)
    assert capsys.readouterr().err.splitlines()[-1] == "Sources: 3 of 3000"
