"""Changes to list files, written whole or not at all, and the making of new libraries."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from litsearch.config import checked_place, is_library
from litsearch.errors import ConfigError, ListError, did_you_mean
from litsearch.index.publish import writing
from litsearch.lists import editing, markdown
from litsearch.storage import storing
from litsearch.types import Entry

SUFFIXES = (".md", ".markdown")
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


def make_library(folder: Path) -> Path:
    """Make a library with one example list, whose path is returned.

    Raises ConfigError where there is one already or can be none, StoreError when the disk refuses.
    """
    if is_library(checked_place(folder)):
        raise ConfigError(f"There is a library in {folder} already.", "Run `litsearch build`.")
    example = folder / "config" / "lists" / "example.md"
    with storing(folder):
        example.parent.mkdir(parents=True)
        example.write_text(EXAMPLE, "utf-8")
    return example


def mark(library: Path, entry: Entry, *, read: bool | None, remark: str) -> Entry:
    """Set a read mark or add a remark where a list names an entry; returns it as it then stands.

    Raises ListError, ConfigError.
    """
    path = _find(library, entry.list)
    parse = partial(markdown.parse, path=entry.list)
    change = partial(editing.marked, parse=parse, entry=entry, read=read, remark=remark)
    _rewrite(library, path, change)

    entries = parse(_read(path))
    alike = [other for other in entries if (other.title, other.url) == (entry.title, entry.url)]
    return next((other for other in alike if other.line == entry.line), alike[0])


def add(library: Path, name: str, url: str, title: str, section: str, remark: str) -> Entry:
    """Write one more entry into a list; returns it as it is read from there.

    Raises ListError, ConfigError.
    """
    path = _find(library, name)
    known_as = path.relative_to(library.resolve()).as_posix()
    parse = partial(markdown.parse, path=known_as)
    before = parse(_read(path))
    for entry in before:
        if entry.url == url:
            message = f"{known_as}:{entry.line} names this address already."
            raise ListError(message, "Edit that line.")

    item = editing.item(title, url, remark)
    _rewrite(library, path, partial(editing.added, parse=parse, words=item, section=section))

    old = {(entry.title, entry.url, entry.section) for entry in before}
    after = parse(_read(path))
    new = (entry for entry in after if (entry.title, entry.url, entry.section) not in old)
    return next(new, after[-1])


def _find(library: Path, name: str) -> Path:
    """Return a Markdown list of config/lists, by its path or its name. Raises ConfigError."""
    lists = (library / "config" / "lists").resolve()
    paths = [library / name, lists / name, *(lists / f"{name}{suffix}" for suffix in SUFFIXES)]
    for path in paths:
        inside = path.is_file() and path.resolve().is_relative_to(lists)
        if inside and path.suffix.lower() in SUFFIXES:
            return path.resolve()

    known = [path.stem for path in sorted(lists.rglob("*")) if path.suffix.lower() in SUFFIXES]
    hint = did_you_mean(name, known) or f"There are: {', '.join(known)}."
    raise ConfigError(f"There is no Markdown list {name!r} in config/lists.", hint)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The list {path.name} cannot be read: {error}."
        raise ListError(message, "Save it as UTF-8.") from None


def _rewrite(library: Path, path: Path, change: Callable[[str], str]) -> None:
    """Replace a file at once, with its permissions; nothing is lost when it goes wrong halfway."""
    with writing(library / "index"), storing(path):
        changed = change(_read(path)).encode("utf-8")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".litsearch-", suffix=".tmp")
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(changed)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
