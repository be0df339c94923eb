"""Edits the lists for the owner: links and files put in, entries changed and taken out, and each of
it undone.

A list file is replaced whole or not at all, and no other line of it changes.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from litsearch.app.lists import list_files, read_list
from litsearch.errors import ConfigError, ListError, did_you_mean
from litsearch.fetch.sites.local import slug
from litsearch.lists import editing, markdown, netscape
from litsearch.storage import storing
from litsearch.types import Entry

LISTS, FILES = "config/lists", "config/files"
MARKDOWN = (".md", ".markdown")
LIST_SUFFIXES = frozenset(
    ".bib .bibtex .csv .json .jsonl .ndjson .yaml .yml .opml .rdf .ris .nbib .enw .ciw .enex .rss "
    ".atom .tsv .xml".split()
)
DOCUMENT_SUFFIXES = frozenset(
    ".docx .epub .odt .htm .html .xhtml .mhtml .mht .ipynb .md .markdown .rst .tex .srt .vtt .pdf "
    ".txt".split()
)
FIRST_LIST = "reading.md"  # of a library that has none
LIST_SHARE = 0.4  # of a text's lines that name a work: with more it is a list, and no article
_ONE_AT_A_TIME = threading.Lock()

Contents = Mapping[str, bytes | None]  # by path from the library folder; None: no such file


@dataclass(frozen=True, slots=True)
class Edit:
    """What was written, and what stood there before."""

    id: str
    list: str  # path of the list file, from the library folder
    before: Contents
    after: Contents
    entry: Entry | None = None  # as the list has it now
    entries: int = 0  # of a list that was added whole


def add_link(
    library: Path,
    url: str,
    title: str = "",
    remark: str = "",
    list_name: str = "",
    section: str = "",
) -> Edit:
    """Write one more entry into a list. Raises ListError, ConfigError."""
    name = _list_name(library, list_name)
    text = _text(library, name)
    for entry in markdown.parse(text, name):
        if entry.url == url:
            raise ListError(f"{name}:{entry.line} names this address already.", "Edit that line.")
    shown = title.strip() or re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
    return _add(library, name, text, editing.item(shown, url, remark), section)


def check_address(url: str) -> None:
    """Raise ListError for what is no address of the web, before anything is asked of it."""
    editing.item("x", url)


def add_file(
    library: Path,
    name: str,
    body: bytes,
    list_name: str = "",
    section: str = "",
    source: str = "",
) -> Edit:
    """Keep a file: a document as an entry of a list, a list beside the others; source: it stands in
    for that one.

    Raises ListError, ConfigError.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    suffix = path.suffix.lower()
    if not body:
        raise ListError(f"The file {path.name} is empty.", "Choose another file.")
    if source:
        file = f"{FILES}/{slug(source)}{suffix}"
        return _write(library, "", {file: _bytes(library, file)}, {file: body})
    if suffix in LIST_SUFFIXES or _is_list(suffix, body):
        return _add_list(library, path, body)
    if suffix not in DOCUMENT_SUFFIXES:
        known = ", ".join(sorted(DOCUMENT_SUFFIXES | LIST_SUFFIXES))
        raise ListError(f"{path.name} is no kind of file that is read here.", f"Known are {known}.")

    file = _free_name(library, FILES, path, body)
    known_list = _list_name(library, list_name)
    words = editing.file_item(path.stem.replace("_", " ").replace("-", " "), "file:" + quote(file))
    return _add(library, known_list, _text(library, known_list), words, section, {file: body})


def change(
    library: Path,
    entry: Entry,
    *,
    read: bool | None = None,
    remark: str = "",
    title: str = "",
    tags: Sequence[str] = (),
) -> tuple[Edit, Entry]:
    """Change what a list says of an entry, in its own line; return the entry as it stands then.

    Raises ListError, ConfigError.
    """
    name = _list_name(library, entry.list)
    text, parse = _text(library, name), _parser(name)
    now = entry
    if read is not None or remark:
        text = editing.marked(text, parse, now, read=read, remark=remark)
        now = _same(markdown.parse(text, name), now, now.title)
    if tags:
        text = editing.tagged(text, parse, now, tags)
        now = _same(markdown.parse(text, name), now, now.title)
    if title:
        text = editing.retitled(text, parse, now, title)
        now = _same(markdown.parse(text, name), now, title)
    edit = _write(library, name, {name: _bytes(library, name)}, {name: text.encode()})
    return edit, now


def remove(library: Path, entry: Entry) -> Edit:
    """Take an entry's line out of its list. Raises ListError, ConfigError."""
    name = _list_name(library, entry.list)
    text = editing.removed(_text(library, name), _parser(name), entry)
    return _write(library, name, {name: _bytes(library, name)}, {name: text.encode()})


def undo(library: Path, edit: Edit) -> Edit:
    """Give back what stood before an edit. Raises ListError when the file was changed since."""
    return _write(library, edit.list, edit.after, edit.before)


def _add(
    library: Path, name: str, text: str, words: str, section: str, files: Contents | None = None
) -> Edit:
    changed = editing.added(text, _parser(name), words, section)
    old = {(entry.title, entry.url, entry.section) for entry in markdown.parse(text, name)}
    after = markdown.parse(changed, name)
    new = [entry for entry in after if (entry.title, entry.url, entry.section) not in old]
    before = {path: _bytes(library, path) for path in (name, *(files or {}))}
    contents = {name: changed.encode(), **(files or {})}
    return _write(library, name, before, contents, entry=(new or after)[-1])


def _add_list(library: Path, path: PurePosixPath, body: bytes) -> Edit:
    name = _free_name(library, LISTS, path, body)
    edit = _write(library, name, {name: _bytes(library, name)}, {name: body})
    try:
        entries = len(read_list(library / name, library))
        if not entries:
            raise ListError(f"{path.name} names no work.", "Choose a list of links, or a document.")
    except (ListError, ConfigError):
        undo(library, edit)
        raise
    return Edit(edit.id, name, edit.before, edit.after, entries=entries)


def _write(
    library: Path, name: str, before: Contents, after: Contents, entry: Entry | None = None
) -> Edit:
    """Replace the files, each whole; before: what they must hold now. Raises ListError,
    StoreError.
    """
    with _ONE_AT_A_TIME:
        for path, expected in before.items():
            if _bytes(library, path) != expected:
                raise ListError(
                    f"{path} was changed meanwhile.", "Look at it, and edit it by hand."
                )
        with storing(library / name):
            for path, content in after.items():
                _replace(library / path, content)
    return Edit(secrets.token_hex(8), name, before, after, entry)


def _replace(path: Path, content: bytes | None) -> None:
    """Write a file whole or not at all, with the permissions that it had. Raises OSError."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".litsearch-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _list_name(library: Path, name: str) -> str:
    """Return the path of a Markdown list from the library folder; "" means the first one. Raises
    ConfigError.
    """
    folder = (library / LISTS).resolve()
    if not name:
        with suppress(ConfigError):
            for path in list_files(library, ()):
                if path.suffix.lower() in MARKDOWN:
                    return path.resolve().relative_to(library.resolve()).as_posix()
        return f"{LISTS}/{FIRST_LIST}"
    names = [name, f"{LISTS}/{name}", *(f"{LISTS}/{name}{suffix}" for suffix in MARKDOWN)]
    with suppress(OSError, ValueError):  # of a name that no file could have
        for path in [library / each for each in names]:
            resolved = path.resolve()
            is_list = path.suffix.lower() in MARKDOWN and resolved.is_relative_to(folder)
            if is_list and path.is_file():
                return resolved.relative_to(library.resolve()).as_posix()
    if re.fullmatch(r"[\w][\w .-]{0,80}\.(?:md|markdown)", name):
        return f"{LISTS}/{name}"  # a list that this entry starts
    known = [path.stem for path in list_files(library, ()) if path.suffix.lower() in MARKDOWN]
    near = did_you_mean(name, known)
    hint = near or f"There are: {', '.join(known)}; one that ends in .md is started."
    raise ConfigError(f"There is no Markdown list {name!r} in {LISTS}.", hint)


def _text(library: Path, name: str) -> str:
    body = _bytes(library, name)
    try:
        heading = PurePosixPath(name).stem.replace("-", " ").replace("_", " ").capitalize()
        return f"# {heading}\n" if body is None else body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ListError(f"The list {name} cannot be read: {error}.", "Save it as UTF-8.") from None


def _bytes(library: Path, name: str) -> bytes | None:
    try:
        return (library / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ListError(f"{name} cannot be read: {error.strerror}.") from None


def _parser(name: str) -> Callable[[str], list[Entry]]:
    return lambda text: markdown.parse(text, name)


def _same(entries: Sequence[Entry], entry: Entry, title: str) -> Entry:
    """Return the entry as it stands after an edit: of this title and address, on its line if it is
    there.
    """
    same = [other for other in entries if (other.title, other.url) == (title, entry.url)]
    return next((other for other in same if other.line == entry.line), (same or [entry])[0])


def _is_list(suffix: str, body: bytes) -> bool:
    """True for exported bookmarks, and for a text that is mostly links."""
    text = body.decode("utf-8", "replace")
    if suffix in (".html", ".htm"):
        return netscape.accepts(text)
    if suffix not in (*MARKDOWN, ".txt"):
        return False
    linked = {entry.line for entry in markdown.parse(text, "") if entry.url}
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return len(linked) >= 2 and len(linked) >= LIST_SHARE * len(lines)


def _free_name(library: Path, folder: str, path: PurePosixPath, body: bytes) -> str:
    """Return a name for a file that no other one has; the same content keeps its name."""
    stem = slug(path.stem) or "file"
    suffix = path.suffix.lower()
    for n in range(1, 1000):
        name = f"{folder}/{stem}{f'-{n}' if n > 1 else ''}{suffix}"
        if _bytes(library, name) in (None, body):
            return name
    raise ListError(f"There are too many files called {stem}{suffix}.", "Give it another name.")
