"""Compile regular expressions at their first use.

Compiling took a third of a cold question's imports, and most patterns of a module are for texts
that one question, list or page does not have.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = (
    "search",
    "match",
    "fullmatch",
    "finditer",
    "findall",
    "split",
    "sub",
    "subn",
    "groups",
    "groupindex",
)


class _Expression:
    """A pattern that is not compiled yet; once it is, calls go to it straight."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled: Any = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what re.compile would, which compiles when it is asked for something first."""
    return cast("re.Pattern[AnyStr]", _Expression(pattern, flags))
