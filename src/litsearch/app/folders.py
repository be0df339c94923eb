"""Read folders that settings name: each document in one is a work, and the notes of a vault are lists.

[lists]
paths = ["~/papers", "~/vault"]
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from litsearch.config import ListsConfig
from litsearch.errors import ConfigError
from litsearch.lists.fields import clean_title
from litsearch.types import Entry

DOCUMENTS = frozenset(
    ".pdf .epub .docx .odt .html .htm .xhtml .mhtml .mht .webarchive .ipynb .md .markdown .txt .rst "
    ".tex .srt .vtt .djvu".split()
)
NOTES = frozenset([".md", ".markdown"])
MAX_FILES = 100_000

_SEPARATORS = re.compile(r"[_]+|(?<=\w)\.(?=\w)")


def named_folders(settings: ListsConfig, library: Path) -> list[Path]:
    """Return the folders and files of [lists] paths. Raises ConfigError when one is not there."""
    return [_existing(name, library) for name in _names(settings.paths)]


def reachable(settings: ListsConfig, library: Path) -> list[Path]:
    """Return the folders outside the library whose files lists may name."""
    names = [*_names(settings.paths), *_names(settings.files)]
    places = [_place(name, library) for name in names]
    return [place if place.is_dir() else place.parent for place in places if place.exists()]


def _names(value: str | tuple[str, ...]) -> list[str]:
    """Return the paths of a setting: a list, or one string with the system's separator between."""
    return value.split(os.pathsep) if isinstance(value, str) and value else list(value)


def _place(name: str, library: Path) -> Path:
    path = Path(name).expanduser()
    return (path if path.is_absolute() else library / path).resolve()


def _existing(name: str, library: Path) -> Path:
    place = _place(name, library)
    if not place.exists():
        raise ConfigError(f"[lists] paths names {name}, which is not there.", "Correct the path.")
    return place


def files_below(folder: Path) -> list[Path]:
    """Return the files of a folder and of those in it; folders with a dot are never opened."""
    files: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            files += [] if path.name.startswith(".") else files_below(path)
        elif path.is_file():
            files.append(path)
    return files


def is_vault(folder: Path) -> bool:
    """Return True for a vault of Obsidian's."""
    return (folder / ".obsidian").is_dir()


def works_of(folder: Path, files: list[Path], shown: str) -> list[Entry]:
    """Return an entry for each document of a folder, called by its file's name until it is read."""
    vault = _vault_of(folder)
    entries: list[Entry] = []
    for path in files[:MAX_FILES]:
        if path.suffix.lower() not in DOCUMENTS:
            continue
        section = path.parent.relative_to(folder).parts if path.is_relative_to(folder) else ()
        entries.append(
            Entry(
                list=shown,
                line=1,
                title=_title(path),
                url=f"file:{quote(path.as_posix())}",
                section=section,
                topic=section[-1] if section else "",
                extra=_obsidian(path, vault) if path.suffix.lower() in NOTES else (),
            )
        )
    return entries


def _title(path: Path) -> str:
    words = _SEPARATORS.sub(" ", path.stem)
    return clean_title(words) or path.name


def _vault_of(folder: Path) -> Path | None:
    return next((place for place in (folder, *folder.parents) if is_vault(place)), None)


def _obsidian(path: Path, vault: Path | None) -> tuple[tuple[str, str], ...]:
    """Return the address that opens a note of a vault in Obsidian."""
    if vault is None:
        return ()
    name, file = quote(vault.name, safe=""), quote(path.relative_to(vault).as_posix(), safe="")
    return (("obsidian", f"obsidian://open?vault={name}&file={file}"),)


def resolver(files: list[Path]) -> Callable[[str], str | None]:
    """Return what finds a file that a note links by name alone, wherever in the vault it is."""
    by_name: dict[str, Path] = {}
    for path in files:
        by_name.setdefault(path.name.casefold(), path)

    def resolve(name: str) -> str | None:
        path = by_name.get(unquote(name).rpartition("/")[2].casefold())
        return None if path is None else f"file:{quote(path.as_posix())}"

    return resolve
