"""The README says what is there: every module, every command, every dependency, every setting."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from msgspec.structs import fields

from litsearch.cli.parser import COMMANDS
from litsearch.config import Config

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_tour_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "tour", "--check"], check=False)
    assert done.returncode == 0, "run scripts/tour"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_documented(command: str) -> None:
    assert f"| `{command}" in README


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in [
        *project["dependencies"],
        *chain(*project["optional-dependencies"].values()),
    ]:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert f"| {name} |" in README, name


def test_every_setting_stands_in_the_file_with_its_default() -> None:
    text = (ROOT / "config" / "litsearch.toml").read_text("utf-8")
    shown = tomllib.loads(re.sub(r"(?m)^# (?=\w+ = )", "", text))
    for section in fields(Config):
        defaults = {key.name: key.default for key in fields(section.type)}
        assert shown[section.name] == defaults, section.name
