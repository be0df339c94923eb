"""Changes to list files: read marks, remarks and new entries, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from litsearch.errors import ConfigError, ListError
from litsearch.library.lock import writing
from litsearch.lists import editing, markdown
from litsearch.types import Entry

SUFFIXES = (".md", ".markdown")


def mark(library: Path, entry: Entry, *, read: bool | None, remark: str) -> Entry:
    """Set a read mark or add a remark where a list names an entry; the entry as it stands then. Raises ListError."""
    path = _list(library, entry.list)
    _rewrite(library, path, lambda text: editing.marked(text, _parser(entry.list), entry, read=read, remark=remark))
    entries = markdown.parse(_read(path), entry.list)
    same = [one for one in entries if (one.title, one.url) == (entry.title, entry.url)]
    return next((one for one in same if one.line == entry.line), same[0])


def add(library: Path, name: str, url: str, title: str, section: str, remark: str) -> Entry:
    """Write one more entry into a list; the entry as it is read from there. Raises ListError, ConfigError."""
    path = _list(library, name)
    known = path.relative_to(library.resolve()).as_posix()
    words = editing.item(title, url, remark)
    before = markdown.parse(_read(path), known)
    for one in before:
        if one.url == url:
            raise ListError(f"{known}:{one.line} names this address already.", "Edit that line.")
    _rewrite(library, path, lambda text: editing.added(text, _parser(known), words, section))
    old = {(one.title, one.url, one.section) for one in before}
    after = markdown.parse(_read(path), known)
    return next((one for one in after if (one.title, one.url, one.section) not in old), after[-1])


def _parser(name: str) -> Callable[[str], list[Entry]]:
    return lambda text: markdown.parse(text, name)


def _list(library: Path, name: str) -> Path:
    """A Markdown list of config/lists, by its path or its name. Raises ConfigError."""
    lists = (library / "config" / "lists").resolve()
    tried = [library / name, lists / name, *(lists / f"{name}{suffix}" for suffix in SUFFIXES)]
    for path in tried:
        if path.is_file() and path.resolve().is_relative_to(lists) and path.suffix.lower() in SUFFIXES:
            return path.resolve()
    raise ConfigError(f"There is no Markdown list {name!r} in config/lists.", "Name a list that is there.")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ListError(f"The list {path.name} cannot be read: {error}.", "Save it as UTF-8.") from None


def _rewrite(library: Path, path: Path, change: Callable[[str], str]) -> None:
    """Replace a file at once, with its permissions; nothing is lost when it goes wrong halfway."""
    with writing(library / "index"):
        changed = change(_read(path)).encode("utf-8")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".litsearch-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(changed)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
