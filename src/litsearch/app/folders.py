"""Read the folders that settings name: each document is a work, each note of a vault a list.

[lists]
paths = ["~/papers", "~/vault"]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from litsearch.config import ListsConfig, place_of
from litsearch.errors import ConfigError
from litsearch.lists.fields import clean_title
from litsearch.patterns import expression
from litsearch.types import Entry

DOCUMENTS = frozenset(
    ".pdf .epub .docx .odt .html .htm .xhtml .mhtml .mht .webarchive .ipynb .md .markdown .txt"
    " .rst .tex .srt .vtt .djvu".split()
)
NOTES = frozenset([".md", ".markdown"])
MAX_FILES = 100_000

_SEPARATORS = expression(r"[_]+|(?<=\w)\.(?=\w)")


def named_folders(settings: ListsConfig, library: Path) -> list[Path]:
    """Return the folders and files of [lists] paths. Raises ConfigError when one is not there."""
    return [_existing(name, library) for name in paths_in(settings.paths)]


def reachable(settings: ListsConfig, library: Path) -> list[Path]:
    """Return the folders outside the library whose files lists may name."""
    folders: list[Path] = []
    for name in (*paths_in(settings.paths), *paths_in(settings.files)):
        place = place_of(name, library)
        if place.is_dir():
            folders.append(place)
        elif place.exists():
            folders.append(place.parent)
    return folders


def paths_in(value: str | tuple[str, ...]) -> list[str]:
    """Return the paths of a setting: a list, or one string with the system's separator between."""
    return value.split(os.pathsep) if isinstance(value, str) and value else list(value)


def _existing(name: str, library: Path) -> Path:
    place = place_of(name, library)
    if not place.exists():
        raise ConfigError(f"[lists] paths names {name}, which is not there.", "Correct the path.")
    return place


def files_below(folder: Path) -> list[Path]:
    """Return the files of a folder and of those in it; folders with a dot are never opened.

    None is opened twice, so that links that lead in a circle end.
    """
    return list(_files_below(folder, set()))


def _files_below(folder: Path, opened: set[Path]) -> Iterator[Path]:
    place = folder.resolve()
    if place in opened:
        return
    opened.add(place)
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.is_dir() and not path.name.startswith("."):
            yield from _files_below(path, opened)


def is_vault(folder: Path) -> bool:
    """Tell whether a folder is an Obsidian vault."""
    return (folder / ".obsidian").is_dir()


def vault_of(folder: Path) -> Path | None:
    """Return the vault that a folder is, or lies in."""
    return next(filter(is_vault, (folder, *folder.parents)), None)


def works_of(folder: Path, files: list[Path], shown: str) -> list[Entry]:
    """Return an entry for each document of a folder, called by its file's name until it is read."""
    vault = vault_of(folder)
    entries: list[Entry] = []
    for path in files[:MAX_FILES]:
        if path.suffix.lower() in DOCUMENTS:
            entries.append(_entry(path, folder, vault, shown))
    return entries


def _entry(path: Path, folder: Path, vault: Path | None, shown: str) -> Entry:
    """Return the entry of a document; the folders that it lies in are its section."""
    section: tuple[str, ...] = ()
    if path.is_relative_to(folder):
        section = path.parent.relative_to(folder).parts
    return Entry(
        list=shown,
        line=1,
        title=_title(path),
        url=f"file:{quote(path.as_posix())}",
        section=section,
        topic="".join(section[-1:]),
        extra=_obsidian(path, vault),
    )


def _title(path: Path) -> str:
    words = _SEPARATORS.sub(" ", path.stem)
    return clean_title(words) or path.name


def _obsidian(path: Path, vault: Path | None) -> tuple[tuple[str, str], ...]:
    address = obsidian_address(path, vault)
    return (("obsidian", address),) if address else ()


def obsidian_address(path: Path, vault: Path | None) -> str:
    """Return the address that opens a note of a vault in Obsidian; "" for what is none."""
    if vault is None or path.suffix.lower() not in NOTES:
        return ""
    name, file = quote(vault.name, safe=""), quote(path.relative_to(vault).as_posix(), safe="")
    return f"obsidian://open?vault={name}&file={file}"


def resolver(files: list[Path]) -> Callable[[str], str | None]:
    """Return what finds a file that a note links by name alone, wherever in the vault it is."""
    by_name: dict[str, Path] = {}
    for path in files:
        by_name.setdefault(path.name.casefold(), path)

    def resolve(name: str) -> str | None:
        path = by_name.get(unquote(name).rpartition("/")[2].casefold())
        if path is None:
            return None
        return f"file:{quote(path.as_posix())}"

    return resolve
