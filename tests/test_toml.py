"""TOML of strangers: keys of thousands of parts are refused at once, in settings and in lists."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from timing import cpu_seconds

from litsearch.config import load_config
from litsearch.errors import ConfigError, ListError
from litsearch.lists.toml import parse
from litsearch.untrusted import loads

DEEP = ("a." * 50_000 + "b = 1\n", "[" + "a." * 50_000 + "b]\nc = 1\n", "x = 1\n" + "a . " * 50_000)


@pytest.mark.parametrize("text", DEEP)
def test_a_key_of_thousands_of_parts_is_refused_at_once(tmp_path: Path, text: str) -> None:
    def refused() -> None:
        with pytest.raises(ValueError, match="too many parts"):
            loads(text)
        with pytest.raises(ListError, match="too many parts"):
            parse(text, "list.toml")
        with pytest.raises(ConfigError, match="too many parts"):
            load_config(tmp_path)

    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "litsearch.toml").write_text(text, "utf-8")
    assert cpu_seconds(refused, runs=1) < 5  # the parser alone takes a minute


@pytest.mark.parametrize(
    "text",
    ["a.b.c = 1", 'x = "' + "One. " * 1_000 + '"', "[[a]]\nurl = 'https://a.b.c/d.e'\n" * 50],
)
def test_all_else_is_read_as_ever(text: str) -> None:
    assert loads(text) == tomllib.loads(text)
