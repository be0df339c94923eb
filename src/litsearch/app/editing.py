"""Edit the lists for their owner: add links and files, change or remove entries, undo any of it.

A list file is replaced whole or not at all, and no other line of it changes.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import quote

from litsearch.app.lists import list_files, read_file
from litsearch.app.uploads import attaching_entry, is_list
from litsearch.errors import ConfigError, ListError, did_you_mean
from litsearch.fetch.sites.local import slug
from litsearch.lists import editing, markdown
from litsearch.patterns import expression
from litsearch.reports import Dropped
from litsearch.storage import replace_file, storing
from litsearch.types import Entry
from litsearch.untrusted import read_bytes

LISTS, FILES = "config/lists", "config/files"
MARKDOWN = (".md", ".markdown")
LIST_SUFFIXES = frozenset(
    ".bib .bibtex .csv .json .jsonl .ndjson .yaml .yml .toml .opml .rdf .ris .nbib .enw .ciw .enex "
    ".rss .atom .tsv .xml .bbl .org .adoc .asciidoc .wiki .wikitext .mediawiki .jira".split()
)
DOCUMENT_SUFFIXES = frozenset(
    ".docx .epub .odt .htm .html .xhtml .mhtml .mht .ipynb .md .markdown .rst .tex .srt .vtt .pdf "
    ".txt".split()
)
FIRST_LIST = "reading.md"  # of a library that has none
EXAMPLE_LIST = f"{LISTS}/example.md"  # of a new library, until its owner has a list
_NEW_LIST = expression(r"[\w][\w .-]{0,80}\.(?:md|markdown)")  # that an entry may start
_ONE_AT_A_TIME = threading.Lock()

EXAMPLE = """\
# Example list

Any file of links will do: Markdown, bookmarks, BibTeX, RIS, OPML, CSV. A heading is a topic, and
what you say of an entry can be searched, too. Replace these with your own.

## Adapters

- [LoRA: Low-Rank Adaptation of Large Language Models](https://arxiv.org/abs/2106.09685) (2021) - \
where low-rank adapters begin
- [DoRA: Weight-Decomposed Low-Rank Adaptation](https://arxiv.org/abs/2402.09353) (2024)

## Transformers

- [x] [Attention Is All You Need](https://arxiv.org/abs/1706.03762) (2017)
- [The Annotated Transformer](https://nlp.seas.harvard.edu/annotated-transformer/) - line by line
"""
Shape = Literal["", "list", "document"]
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
    dropped: tuple[Dropped, ...] = ()  # lines of that list which became no entry


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
    shape: Shape = "",
) -> Edit:
    """Keep a file: a document as an entry of a list, unless one attaches it; a list beside the
    others.

    source: it stands in for that one; shape: what it is, when its content does not say.
    Raises ListError, ConfigError.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    suffix = path.suffix.lower()
    if not body:
        raise ListError(f"The file {path.name} is empty.", "Choose another file.")
    if source:
        file = f"{FILES}/{slug(source)}{suffix}"
        return _write(library, "", {file: _bytes(library, file)}, {file: body})
    if suffix in LIST_SUFFIXES or (shape == "list" if shape else is_list(suffix, body)):
        return _add_list(library, path, body)
    if suffix not in DOCUMENT_SUFFIXES:
        suffixes = ", ".join(sorted(DOCUMENT_SUFFIXES | LIST_SUFFIXES))
        raise ListError(
            f"{path.name} is no kind of file that is read here.", f"Known are {suffixes}."
        )

    file = _free_name(library, FILES, path, body)
    entry = attaching_entry(library, file)
    if entry is not None:
        return _write(library, entry.list, {file: _bytes(library, file)}, {file: body}, entry)
    target = _list_name(library, list_name)
    words = editing.file_item(path.stem.replace("_", " ").replace("-", " "), "file:" + quote(file))
    return _add(library, target, _text(library, target), words, section, {file: body})


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
        now = _as_edited(parse(text), now, now.title)
    if tags:
        text = editing.tagged(text, parse, now, tags)
        now = _as_edited(parse(text), now, now.title)
    if title:
        text = editing.retitled(text, parse, now, title)
        now = _as_edited(parse(text), now, title)
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
    """Write an entry into a list, and the files that come with it."""
    parse = _parser(name)
    new_text = editing.added(text, parse, words, section)
    contents = {**_no_example(library), name: new_text.encode(), **(files or {})}
    before = {path: _bytes(library, path) for path in contents}

    entries = parse(new_text)
    old = set(map(_identity, parse(text)))
    new = [entry for entry in entries if _identity(entry) not in old]
    return _write(library, name, before, contents, entry=(new or entries)[-1])


def _identity(entry: Entry) -> tuple[str, str | None, tuple[str, ...]]:
    return entry.title, entry.url, entry.section


def _add_list(library: Path, path: PurePosixPath, body: bytes) -> Edit:
    name = _free_name(library, LISTS, path, body)
    contents = {**_no_example(library), name: body}
    edit = _write(library, name, {path: _bytes(library, path) for path in contents}, contents)
    try:
        file = read_file(library / name, library)
        if not file.entries:
            raise ListError(f"{path.name} names no work.", "Choose a list of links, or a document.")
    except (ListError, ConfigError):
        undo(library, edit)
        raise
    return replace(edit, entries=len(file.entries), dropped=file.dropped)


def is_example(library: Path, name: str) -> bool:
    """Return True for the list that a new library begins with, as long as nobody has changed it."""
    return name == EXAMPLE_LIST and _bytes(library, name) == EXAMPLE.encode()


def _no_example(library: Path) -> Contents:
    """Return the removal of the example list, unless somebody has changed it or built from it."""
    is_built = (library / "index" / "CURRENT").exists()
    return {} if is_built or not is_example(library, EXAMPLE_LIST) else {EXAMPLE_LIST: None}


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
                if content is None:
                    (library / path).unlink(missing_ok=True)
                else:
                    replace_file(library / path, content)
    return Edit(secrets.token_hex(8), name, before, after, entry)


def _list_name(library: Path, name: str) -> str:
    """Return the path of a Markdown list from the library folder; "" means the first one. Raises
    ConfigError.
    """
    if not name:
        return _first_list(library)

    with suppress(OSError, ValueError):  # of a name that no file could have
        for path in (name, f"{LISTS}/{name}", f"{LISTS}/{name}.md", f"{LISTS}/{name}.markdown"):
            if _is_own_list(library / path, library):
                return _within(library, library / path)

    if _NEW_LIST.fullmatch(name):
        return f"{LISTS}/{name}"

    stems = [path.stem for path in list_files(library, ()) if _is_markdown(path)]
    near = did_you_mean(name, stems)
    hint = near or f"There are: {', '.join(stems)}; one that ends in .md is started."
    raise ConfigError(f"There is no Markdown list {name!r} in {LISTS}.", hint)


def _first_list(library: Path) -> str:
    """Return the first Markdown list, or the one that is to be the first."""
    with suppress(ConfigError):
        for path in list_files(library, ()):
            name = _within(library, path)
            if _is_markdown(path) and not is_example(library, name):
                return name
    return f"{LISTS}/{FIRST_LIST}"


def _is_own_list(path: Path, library: Path) -> bool:
    """Tell whether a file is a Markdown list of config/lists, links followed."""
    lists = (library / LISTS).resolve()
    return _is_markdown(path) and path.resolve().is_relative_to(lists) and path.is_file()


def _is_markdown(path: Path) -> bool:
    return path.suffix.lower() in MARKDOWN


def _within(library: Path, path: Path) -> str:
    """Return a path as seen from the library folder."""
    return path.resolve().relative_to(library.resolve()).as_posix()


def _text(library: Path, name: str) -> str:
    body = _bytes(library, name)
    try:
        heading = PurePosixPath(name).stem.replace("-", " ").replace("_", " ").capitalize()
        return f"# {heading}\n" if body is None else body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ListError(f"The list {name} cannot be read: {error}.", "Save it as UTF-8.") from None


def _bytes(library: Path, name: str) -> bytes | None:
    try:
        return read_bytes(library / name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ListError(f"{name} cannot be read: {error.strerror}.") from None


def _parser(name: str) -> Callable[[str], list[Entry]]:
    return lambda text: markdown.parse(text, name)


def _as_edited(entries: Sequence[Entry], entry: Entry, title: str) -> Entry:
    """Return the entry as it stands after an edit: of this title and address, on its line if it is
    there.
    """
    same = [
        entry_now for entry_now in entries if (entry_now.title, entry_now.url) == (title, entry.url)
    ]
    return next(
        (entry_now for entry_now in same if entry_now.line == entry.line), (same or [entry])[0]
    )


def _free_name(library: Path, folder: str, path: PurePosixPath, body: bytes) -> str:
    """Return a name for a file that no other one has; the same content keeps its name."""
    stem = slug(path.stem) or "file"
    suffix = path.suffix.lower()
    for number in ("", *map("-{}".format, range(2, 1000))):
        name = f"{folder}/{stem}{number}{suffix}"
        if _bytes(library, name) in (None, body):
            return name
    raise ListError(f"There are too many files called {stem}{suffix}.", "Give it another name.")
