"""Each example of docs/extending.md is a module that offers what its socket asks for, and does what it shows."""

from __future__ import annotations

import doctest
import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from litsearch import protocols
from litsearch.stores import engine

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "extending.md").read_text("utf-8")
EXAMPLE = re.compile(r"```python\n# (src/\S+)\n(.*?)```\n\n```python\n(.*?)```", re.DOTALL)
EXAMPLES = {path: (code, session) for path, code, session in EXAMPLE.findall(TEXT)}
SOCKETS = {
    "src/litsearch/lists/links.py": protocols.ListFormat,
    "src/litsearch/fetch/sites/gitlab.py": protocols.Fetcher,
    "src/litsearch/extract/gemtext.py": protocols.Extractor,
    "src/litsearch/models/hashing.py": protocols.Embedder,
    "src/litsearch/models/overlap.py": protocols.Reranker,
    "src/litsearch/index/vectors/halves.py": protocols.VectorIndex,
    "src/litsearch/stores/memory.py": engine.Engine,
    "src/litsearch/models/parrot.py": protocols.Generator,
}


def load(path: str) -> ModuleType:
    """The module that an example is."""
    module = ModuleType(Path(path).stem)
    exec(compile(EXAMPLES[path][0], path, "exec"), module.__dict__)
    return module


def test_every_example_is_run() -> None:
    assert set(EXAMPLES) == set(SOCKETS)
    assert TEXT.count("# src/litsearch/") == len(EXAMPLES)


@pytest.mark.parametrize("path", SOCKETS)
def test_an_example_offers_what_its_socket_asks_for(path: str) -> None:
    module = load(path)
    classes = [
        thing
        for thing in vars(module).values()
        if inspect.isclass(thing) and thing.__module__ == module.__name__
    ]
    adapter = classes[0] if classes else module
    socket = SOCKETS[path]
    wanted = {name for name in vars(socket) if not name.startswith("_")}
    wanted |= set(socket.__annotations__)
    assert not {name for name in wanted if not hasattr(adapter, name)}


@pytest.mark.parametrize("path", SOCKETS)
def test_an_example_does_what_it_shows(path: str) -> None:
    module = load(path)
    session = EXAMPLES[path][1]
    test = doctest.DocTestParser().get_doctest(session, vars(module), path, "docs/extending.md", 0)
    result = doctest.DocTestRunner().run(test)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("path", SOCKETS)
def test_an_example_stands_where_its_kind_is_looked_for(path: str) -> None:
    assert (ROOT / path).parent.is_dir()
    assert not (ROOT / path).exists()
