"""The registry of generators: one file each, and nothing else knows their names."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import litsearch
from litsearch.app.factories import generator
from litsearch.app.library import open_library
from litsearch.config import AnswerConfig, Config
from litsearch.errors import ConfigError, MissingExtraError
from litsearch.models import generators


def test_every_generator_can_be_opened_and_tells_doctor() -> None:
    assert generators.names()[0] == generators.EXTRACTIVE
    assert {"llama_cpp", "openai"} <= set(generators.names())
    for name in generators.names()[1:]:
        module = import_module(f"litsearch.models.generators.{name}")
        assert callable(module.open_generator)
        assert callable(module.findings)
        assert module.NEEDS == "" or module.INSTALL


def test_names_stand_nowhere_else() -> None:
    root = Path(litsearch.__file__).parent
    for path in root.rglob("*.py"):
        if "models" not in path.parts:
            assert not re.search(r"[\"']llama_cpp[\"']", path.read_text("utf-8")), path


@pytest.mark.parametrize("name", ["gpt", "OpenAI", "", "chat_stream", "extractive"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        generator(Config(), name)
    assert caught.value.hint


def test_an_unknown_name_in_the_settings_is_refused_when_a_library_is_opened(
    tmp_path: Path,
) -> None:
    config = Config(answer=AnswerConfig(generator="chatgpt"))
    with pytest.raises(ConfigError, match="chatgpt"):
        open_library(tmp_path, config)


def test_a_package_that_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generators, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="llama-cpp-python") as caught:
        generator(Config(), "llama_cpp")
    assert "litsearch[llm]" in caught.value.hint
