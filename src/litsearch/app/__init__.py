"""Use cases, and the only place that picks adapters: the modules of a room, so a file adds one."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it; to import typing takes 5 ms
if TYPE_CHECKING:
    from types import ModuleType


def modules_of(package: str) -> list[ModuleType]:
    """Import every module of a room."""
    import pkgutil
    from importlib import import_module

    names = sorted(info.name for info in pkgutil.iter_modules(import_module(package).__path__))
    return [import_module(f"{package}.{name}") for name in names]
