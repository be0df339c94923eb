"""README.md and docs/ say what is there: every command, every module, every dependency, every setting."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import Shelf, litsearch
from msgspec import json
from msgspec.structs import fields

from litsearch.cli.main import COMMANDS
from litsearch.config import Config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"\]\((?!https?:|file:|#)([^)#]+)")


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) < 200


def test_what_is_written_from_the_program_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "docs.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_table_of_commands_is_that_of_the_program() -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)", table, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(document.read_text("utf-8")):
        assert (document.parent / link).exists(), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_scripts_that_a_document_names_are_there(document: Path) -> None:
    if document.name == "CHANGELOG.md":  # it tells of those that were
        return
    named = re.findall(r"\bscripts/[\w./-]*\w", document.read_text("utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_modules_that_a_document_names_are_there(document: Path) -> None:
    if document.name in (
        "CHANGELOG.md",
        "architecture.md",
    ):  # of those that were; written by docs.py
        return
    names = re.findall(r"`([\w/]+/\w+\.py)`", document.read_text("utf-8"))
    roots = (ROOT, ROOT / "src" / "litsearch", ROOT / "tests")
    assert [name for name in names if not any((root / name).exists() for root in roots)] == []


def test_every_promise_of_security_names_tests_that_are_there() -> None:
    table = (ROOT / "SECURITY.md").read_text("utf-8").partition("|---|")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(tests/[\w./]+)(?:::(\w+))?`", row.split("|")[4])
        assert named, row
        for file, name in named:
            text = (ROOT / file).read_text("utf-8")
            assert not name or f"\ndef {name}(" in text, (file, name)


def test_every_setting_stands_in_the_file_with_its_default() -> None:
    text = (ROOT / "config" / "litsearch.toml").read_text("utf-8")
    shown = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", text))
    for section in fields(Config):
        defaults = {key.name: key.default for key in fields(section.type)}
        assert shown[section.name] == json.decode(json.encode(defaults)), section.name


@pytest.mark.slow
def test_the_answer_of_the_readme_is_what_is_printed(shelf: Shelf) -> None:
    command, _, answer = (
        README.partition("```\n$ litsearch ")[2].partition("```")[0].partition("\n")
    )
    printed = litsearch(shelf.folder, *shlex.split(command), web=shelf.web, COLUMNS="100").stdout
    assert printed == answer


@pytest.mark.slow
def test_the_session_of_the_readme_runs(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reading").symlink_to(shelf.folder)
    monkeypatch.chdir(tmp_path)
    session = README.partition("```python\n")[2].partition("```")[0]
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    result = doctest.DocTestRunner().run(test)
    assert result.attempted >= 4
    assert result.failed == 0
