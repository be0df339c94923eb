"""Name the generations that are there, and the live one, which index/CURRENT names.

A light module of its own: a command that asks a running service loads neither numpy nor SQLite.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from litsearch.patterns import expression
from litsearch.untrusted import read_bytes

CURRENT = "CURRENT"
ID = expression(r"\d{8}T\d{12}Z-[0-9a-f]{8}")


def current_id(index: Path) -> str:
    """Return the id of the live generation, or "" when CURRENT is missing or names none."""
    try:
        text = read_bytes(index / CURRENT).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    return text if ID.fullmatch(text) else ""


def generation_ids(index: Path) -> list[str]:
    """Return the ids of all generations that are there, oldest first."""
    home = index / "generations"
    if not home.is_dir():
        return []
    return sorted(folder.name for folder in home.iterdir() if ID.fullmatch(folder.name))


def use(index: Path, generation: str) -> None:
    """Make a generation the live one. The caller holds the lock, and has checked the generation."""
    from litsearch.storage import sync

    beside = index / f"{CURRENT}.new"
    beside.write_text(f"{generation}\n", "ascii")
    sync(beside)
    beside.replace(index / CURRENT)
    sync(index)


def remove_others(index: Path, keep: set[str]) -> None:
    """Remove all generations but these."""
    for name in generation_ids(index):
        if name not in keep:
            shutil.rmtree(index / "generations" / name, ignore_errors=True)
