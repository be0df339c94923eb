"""The registry of each kind of adapter: the modules of its room, so that a file adds one."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType


def adapters(package: str) -> list[ModuleType]:
    """Import every module of a room."""
    names = sorted(info.name for info in pkgutil.iter_modules(import_module(package).__path__))
    return [import_module(f"{package}.{name}") for name in names]
