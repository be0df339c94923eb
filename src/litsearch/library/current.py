"""Which generations there are, and which one is live: index/CURRENT names it, and is replaced by one rename."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CURRENT = "CURRENT"
ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")


def current_id(index: Path) -> str:
    """The id of the live generation; "" before the first build, or when CURRENT is not what was written."""
    try:
        text = (index / CURRENT).read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    return text if ID.fullmatch(text) else ""


def generation_ids(index: Path) -> list[str]:
    """The ids of all generations that are there, oldest first."""
    home = index / "generations"
    return sorted(folder.name for folder in home.iterdir() if ID.fullmatch(folder.name)) if home.is_dir() else []


def use(index: Path, generation: str) -> None:
    """Make a generation the live one. The caller holds the lock, and has checked the generation."""
    from litsearch.library.durable import sync  # 50 ms, which asking a running service does without

    beside = index / f"{CURRENT}.new"
    beside.write_text(f"{generation}\n", "ascii")
    sync(beside)
    beside.replace(index / CURRENT)
    sync(index)


def remove_others(index: Path, kept: set[str]) -> None:
    """Remove all generations but these."""
    for name in generation_ids(index):
        if name not in kept:
            shutil.rmtree(index / "generations" / name, ignore_errors=True)
