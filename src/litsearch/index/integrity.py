"""Whether files are still what was written, without reading them each time.

A file that was found whole is remembered by what the system notes of it: inode, size, and the times
of its last changes, of which one cannot be set back. While they stay, its bytes are not read again.
The notes stand in the user's cache folder: readers write nothing into a library.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from litsearch.config import user_folder
from litsearch.errors import ConfigError

IsWhole = Callable[[str], bool]  # reads a file, by its name, to the end
Stamp = list[int]


def damaged(
    folder: Path, names: Sequence[str], is_whole: IsWhole, *, thorough: bool = False
) -> list[str]:
    """Return the files that are not what was written; only what changed since is read.

    Where this user can keep no notes, nothing is read, and nothing found; thorough: everything is.
    """
    path = _notes(folder)
    if path is None:
        return [name for name in names if thorough and not is_whole(name)]

    stamps = {name: _stamp(folder / name) for name in names}
    known = _read(path)
    changed = [name for name in names if known.get(name) != stamps[name]]
    broken = [name for name in changed if not is_whole(name)]
    if changed and not broken:
        _write(path, stamps)
    return broken


def remember_whole(folder: Path, names: Sequence[str]) -> None:
    """Note that files are what was written: somebody has just written or read them."""
    path = _notes(folder)
    if path is not None:
        _write(path, {name: _stamp(folder / name) for name in names})


def _stamp(path: Path) -> Stamp:
    try:
        facts = path.stat()
    except OSError:
        return []
    return [facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns]


def _notes(folder: Path) -> Path | None:
    """Return where the notes on a folder stand, or None where this user can keep none."""
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    try:
        home = user_folder("XDG_CACHE_HOME", ".cache") / "whole"
        home.mkdir(parents=True, exist_ok=True)
    except (OSError, ConfigError):
        return None
    return home / f"{name}.json" if os.access(home, os.W_OK) else None


def _read(path: Path) -> Mapping[str, Stamp]:
    try:
        notes = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _write(path: Path, stamps: Mapping[str, Stamp]) -> None:
    beside = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        beside.write_text(json.dumps(stamps), "utf-8")
        beside.replace(path)
