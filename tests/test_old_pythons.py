"""The oldest Python that is supported, Debian 12's 3.11.2, breaks on possessive quantifiers and atomic groups.

`re` of that patch release raises SystemError ("The span of capturing group is wrong") where they stand around capture
groups. CI runs the fast tests under it; this test refuses the constructs wherever the tests themselves run.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import litsearch

SOURCE = Path(litsearch.__file__).parent
BROKEN = ("POSSESSIVE_REPEAT", "ATOMIC_GROUP")
SIGNS = re.compile(r"[*+?}]\+|\(\?>")  # without which a pattern need not be parsed
CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
RECORD = """
import importlib, json, pkgutil, re, sys
import litsearch.patterns
litsearch.patterns.expression = re.compile
compiled, original = [], re._compiler.compile
def compile(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals.get("__name__", "").split(".")[0] == "re":
        frame = frame.f_back
    if frame.f_globals.get("__name__", "").startswith("litsearch"):
        place = f"{frame.f_code.co_filename}:{frame.f_lineno}"
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        compiled.append((place, text, int(flags)))
    return original(pattern, flags)
re._compiler.compile = compile
for module in pkgutil.walk_packages(litsearch.__path__, "litsearch."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ImportError:
            pass  # an extra that is not installed
print(json.dumps(compiled))
"""


def breaks(pattern: str, flags: int = 0) -> bool:
    """Whether a pattern has a construct that old patch releases break on."""
    if not SIGNS.search(pattern):
        return False
    try:
        parsed = repr(re._parser.parse(pattern, flags))  # type: ignore[attr-defined]
    except re.error:
        return False
    return any(name in parsed for name in BROKEN)


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    """Return every node of the program's modules with its file; they are parsed once."""
    paths = sorted(SOURCE.rglob("*.py"))
    return [(path, node) for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8")))]


def written_patterns() -> Iterator[tuple[str, str]]:
    """The string literals that functions of `re`, and `expression`, are called with, and where."""
    for path, node in nodes():
        match node:
            case ast.Call(
                ast.Attribute(ast.Name("re"), name), [ast.Constant(str(pattern)), *_]
            ) if name in CALLS:
                yield f"{path}:{node.lineno}", pattern
            case ast.Call(ast.Name("expression"), [ast.Constant(str(pattern)), *_]):
                yield f"{path}:{node.lineno}", pattern


@pytest.mark.parametrize(
    ("pattern", "broken"),
    [
        ("(a)*+b", True),
        ("(?>a|b)c", True),
        ("(a){1,3}+", True),
        ("a+?b*", False),
        (r"C\+\+", False),
        ("[*+]+", False),
    ],
)
def test_the_constructs_are_recognised(pattern: str, broken: bool) -> None:
    assert breaks(pattern) == broken


@pytest.mark.slow
def test_no_pattern_written_into_a_call_breaks() -> None:
    patterns = list(written_patterns())
    assert len(patterns) > 50
    assert [place for place, pattern in patterns if breaks(pattern)] == []


@pytest.mark.slow  # imports everything, torch and its like included: 16 s of processor time
def test_every_pattern_of_a_module_compiles_and_none_breaks() -> None:
    done = subprocess.run(
        [sys.executable, "-c", RECORD], capture_output=True, text=True, check=True
    )
    compiled = json.loads(done.stdout)
    assert len(compiled) > 700
    assert [place for place, pattern, flags in compiled if breaks(pattern, flags)] == []


def test_no_statement_numbers_its_placeholders() -> None:
    """Python 3.12 warns of "?1" with a sequence, and 3.14 refuses it."""
    numbered = re.compile(r"(?:=|[<>(,]|VALUES)\s*\?\d")
    places = []
    for path, node in nodes():
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and " WHERE " in text and numbered.search(text):
            places.append(f"{path}:{node.lineno}")
    assert places == []
