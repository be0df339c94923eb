"""Patterns are compiled when they are needed, and not before."""

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import litsearch
from litsearch.patterns import expression


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield child
            yield from at_import(child)


def test_nothing_is_compiled_before_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[object] = []
    monkeypatch.setattr(re, "compile", lambda *given: compiled.append(given) or re._compile(*given))  # type: ignore[attr-defined,func-returns-value]
    digits = expression(r"\d+")
    assert compiled == []
    assert digits.sub("#", "a1b22") == "a#b#"
    assert digits.split("a1b22c") == ["a", "b", "c"]
    assert len(compiled) == 1


def test_it_does_what_a_compiled_pattern_does() -> None:
    for pattern, flags, text in (("(?P<x>A)b", re.IGNORECASE, "xaB"), (r"\s*", 0, "a b")):
        lazy, eager = expression(pattern, flags), re.compile(pattern, flags)
        for method in ("search", "match", "fullmatch"):
            assert str(getattr(lazy, method)(text)) == str(getattr(eager, method)(text))
        assert lazy.findall(text) == eager.findall(text)
        assert lazy.subn("-", text) == eager.subn("-", text)
        assert (lazy.pattern, lazy.groups, lazy.groupindex) == (
            eager.pattern,
            eager.groups,
            eager.groupindex,
        )
    assert expression(rb"\d").search(b"a1")


def test_it_can_be_copied_and_sent_to_another_process() -> None:
    for digits in (copy.deepcopy(expression(r"\d")), pickle.loads(pickle.dumps(expression(r"\d")))):
        assert digits.search("a1")


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    places = []
    for path in Path(litsearch.__file__).parent.rglob("*.py"):
        for node in at_import(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile":
                places.append(f"{path}:{node.lineno}")
    assert places == []
