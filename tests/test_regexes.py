"""Patterns that old patch releases of Python cannot run: CPython 3.11.2, of Debian 12, raises
SystemError on possessive quantifiers and atomic groups around capture groups."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import litsearch

ROOT = Path(litsearch.__file__).parent
FUNCTIONS = {
    "compile",
    "match",
    "search",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
}
NAMED = type(_constants.ATOMIC_GROUP)
REFUSED = {_constants.POSSESSIVE_REPEAT, _constants.ATOMIC_GROUP}


def operations(tree: Any) -> Iterator[Any]:
    """Every operation of a parsed pattern, those within others too."""
    for item in tree:
        if isinstance(item, tuple) and item and isinstance(item[0], NAMED):
            yield item[0]
        if isinstance(item, _parser.SubPattern | tuple | list):
            yield from operations(item)


def is_portable(pattern: str | bytes, flags: int = 0) -> bool:
    return not REFUSED & set(operations(_parser.parse(pattern, flags)))


def written_in(path: Path) -> Iterator[str]:
    """The patterns that calls of re have as plain strings, within functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        pattern = node.args[0] if of_re and node.func.attr in FUNCTIONS and node.args else None
        if isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
            yield pattern.value


def compiled_in(name: str) -> Iterator[re.Pattern[Any]]:
    try:
        module = importlib.import_module(name)
    except ImportError:  # an optional library is not installed
        return
    yield from (value for value in vars(module).values() if isinstance(value, re.Pattern))


MODULES = [
    module.name
    for module in pkgutil.walk_packages(litsearch.__path__, "litsearch.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("pattern", ["(a)*+", "(?>(a)|b)", "x++", "(?:(a)?+b)"])
def test_what_is_refused_is_seen(pattern: str) -> None:
    assert not is_portable(pattern)


def test_no_pattern_is_possessive_or_atomic() -> None:
    patterns = [pattern for name in MODULES for pattern in compiled_in(name)]
    assert len(patterns) > 200
    refused = [p.pattern for p in patterns if not is_portable(p.pattern, p.flags)]
    assert refused == []


def test_none_within_functions_either() -> None:
    refused = [
        (path.name, pattern)
        for path in sorted(ROOT.rglob("*.py"))
        for pattern in written_in(path)
        if not is_portable(pattern)
    ]
    assert refused == []
