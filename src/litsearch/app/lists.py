"""From list files to the sources that they name."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

from litsearch.app.adapters import adapters
from litsearch.errors import ConfigError, ListError
from litsearch.protocols import ListFormat
from litsearch.types import Entry, Source
from litsearch.works.identity import unite

STDIN = "standard input"


def read_list(path: Path, library: Path) -> list[Entry]:
    """The entries of one list file; "-" is standard input.

    Raises ConfigError when it is not there, ListError when it cannot be read.
    """
    text = _text_of(path)
    if path == Path("-"):
        return _format_of(path, text).parse(text, STDIN)
    entries = _format_of(path, text).parse(text, _name_of(path, library))
    return [_placed(entry, path.resolve().parent, library.resolve()) for entry in entries]


def _placed(entry: Entry, folder: Path, library: Path) -> Entry:
    """The entry, its file's path told from the library when it stands beside a list in a folder of
    its own.

    So files of one name beside different lists stay different works. Other files are looked for in
    the library and in config/lists.
    """
    name = entry.url[len("file:") :] if entry.url and entry.url[:5].lower() == "file:" else ""
    usual = folder in (library, library / "config" / "lists") or not folder.is_relative_to(library)
    if not name or name.startswith("/") or usual or "\0" in unquote(name):
        return entry
    file = (folder / unquote(name)).resolve()
    if not file.is_relative_to(library) or not file.exists():
        return entry
    return replace(entry, url="file:" + quote(file.relative_to(library).as_posix()))


def list_files(library: Path, named: Sequence[str]) -> list[Path]:
    """The list files that were named, folders opened up; without names, all of config/lists. Raises
    ConfigError.
    """
    if not named and not (library / "config" / "lists").is_dir():
        raise ConfigError(
            f"There is no folder {library / 'config' / 'lists'}.",
            "Make it, and put a list into it.",
        )
    found: list[Path] = []
    for path in [Path(name) for name in named] or [library / "config" / "lists"]:
        if path.is_dir():
            found += sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix.lower() in _formats()
            )
        else:
            found.append(path)
    return found


@cache
def _formats() -> Mapping[str, list[ListFormat]]:
    """The formats of each suffix; a format may also have `accepts(text)`, for suffixes that others
    have too.
    """
    found: dict[str, list[ListFormat]] = {}
    for module in adapters("litsearch.lists"):
        for suffix in getattr(module, "SUFFIXES", ()):
            found.setdefault(suffix, []).append(module)
    return found


def _format_of(path: Path, text: str) -> ListFormat:
    """Return the format of a list: told by its content first, then by its suffix.

    Raises ListError.
    """
    suffix = path.suffix.lower()
    modules = _formats().get(suffix, [])
    general = [module for module in modules if suffix in getattr(module, "DEFAULT_FOR", ())]
    chosen = _accepting(modules, text) or next(iter(general), None)
    by_content = chosen or _format_by_content(text)
    if modules and chosen is None and by_content is _formats()[".md"][0]:
        known = ", ".join(sorted(_formats()))
        raise ListError(
            f"The file is not what its suffix {suffix} says.", f"Known are {known} files."
        )
    return by_content


def _format_by_content(text: str) -> ListFormat:
    """Return the format that a text looks like; Markdown, which reads any notes, when like none."""
    modules = list(dict.fromkeys(module for modules in _formats().values() for module in modules))
    return _accepting(modules, text) or _formats()[".md"][0]


def _accepting(modules: Sequence[ListFormat], text: str) -> ListFormat | None:
    """Return the format that knows a text for its own; those of a whole suffix are asked last."""
    special = sorted(modules, key=lambda module: bool(getattr(module, "DEFAULT_FOR", ())))
    accepting = (m for m in special if hasattr(m, "accepts") and m.accepts(text))
    return next(accepting, None)


def _text_of(path: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"There is no list {path}.", "Name a file that is there.") from None
    except OSError as error:
        raise ListError(
            f"The list {path} cannot be read: {error.strerror}.", "Name a file, not a folder."
        ) from None
    return _decoded(data)


def _decoded(data: bytes) -> str:
    """Text as programs save it: UTF-8, UTF-16 with or without its mark, else the code page of old
    Windows programs.
    """
    zeros = data[:2000:2].count(0), data[1:2000:2].count(0)
    wide = {(False, True): "utf-16-le", (True, False): "utf-16-be"}.get(
        (zeros[0] > 0, zeros[1] > len(data[:2000]) // 3)
    )
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16" if marked else wide or "utf-8-sig", "utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def _name_of(path: Path, library: Path) -> str:
    """The path of a list as hits show it: relative to the library, when it is in it."""
    absolute = path.resolve()
    return (absolute.relative_to(library) if absolute.is_relative_to(library) else path).as_posix()


def read_sources(library: Path, lists: Sequence[str]) -> tuple[Source, ...]:
    """The works that the lists name, each once. Raises ConfigError, ListError."""
    sources = unite(
        entry for path in list_files(library, lists) for entry in read_list(path, library)
    )
    if not sources:
        raise ListError(
            "The lists name no work at all; the index stays as it is.",
            "Put links or titles into a list.",
        )
    return sources
