"""Read the lists of a library: files of any format, folders of documents, vaults of notes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import quote, unquote

from litsearch.app import folders, modules_of, trust
from litsearch.config import ListsConfig
from litsearch.errors import ConfigError, ListError, did_you_mean
from litsearch.lists.dropped import dropped_lines
from litsearch.lists.encodings import decoded
from litsearch.protocols import ListFormat
from litsearch.reports import Dropped, Skipped
from litsearch.types import Entry, Source
from litsearch.works.identity import unite

STDIN = "standard input"
_NO_MORE = ListsConfig()
_EXPORTS = frozenset(".bib .bibtex .ris .json .jsonl .csv .tsv .opml .rdf .nbib .enw .enex".split())
OWN_FILES = frozenset(["litsearch.toml", "tokens.txt"])


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file among the lists: the works that it names, and what of it names none."""

    path: str  # as hits show it
    entries: tuple[Entry, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problem: str = ""  # why it was passed over
    hint: str = ""


def read_list(path: Path, library: Path) -> list[Entry]:
    """Return the entries of one list file; "-" is standard input.

    Raises ConfigError when it is not there, ListError when it cannot be read.
    """
    return list(read_file(path, library).entries)


def read_file(path: Path, library: Path) -> ListFile:
    """Return what one list file names and what it does not. Raises ConfigError, ListError."""
    text = text_of_list(path)
    is_stdin = path == Path("-")
    name = STDIN if is_stdin else _name_of(path, library)

    list_format = _format_of(path, text)
    entries = list_format.parse(text, name)
    drops = dropped_lines(text, name, entries)
    if hasattr(list_format, "dropped"):
        drops = [*list_format.dropped(text, name), *drops]

    if not is_stdin:
        folder, root = path.resolve().parent, library.resolve()
        entries = [_beside_list(entry, folder, root) for entry in entries]
    return ListFile(name, tuple(entries), tuple(sorted(drops, key=lambda drop: drop.line)))


def _beside_list(entry: Entry, folder: Path, library: Path) -> Entry:
    """Return the entry with its file's path from the library, when it stands beside its list.

    So files of one name beside different lists stay different works. Other files are looked for in
    the library and in config/lists.
    """
    scheme, _, name = (entry.url or "").partition(":")
    name = unquote(name)
    if scheme.lower() != "file" or not name or name.startswith("/") or "\0" in name:
        return entry
    if folder in (library, library / "config" / "lists") or not folder.is_relative_to(library):
        return entry

    file = (folder / name).resolve()
    if not file.is_relative_to(library) or not file.exists():
        return entry
    return replace(entry, url="file:" + quote(file.relative_to(library).as_posix()))


# Which files are lists.


def list_files(library: Path, names: Sequence[str]) -> list[Path]:
    """Return the files named, with folders opened up; all of config/lists by default. Raises
    ConfigError.
    """
    lists = library / "config" / "lists"
    if not names and not lists.is_dir():
        raise ConfigError(f"There is no folder {lists}.", "Make it, and put a list into it.")
    files: list[Path] = []
    for path in [Path(name) for name in names] or [lists]:
        files += folders.files_below(path) if path.is_dir() else [path]
    return files


def read_lists(
    library: Path, names: Sequence[str], settings: ListsConfig = _NO_MORE
) -> list[ListFile]:
    """Return every list, and every file among the lists that is none, with the reason.

    Without names, config/lists and what the settings name. A file that was named and cannot be
    read is an error. Raises ConfigError, ListError.
    """
    if names:
        return _named_lists(names, library)

    lists: list[ListFile] = []
    for place in folders.named_folders(settings, library):
        lists += _lists_below(place, library, settings)
    if not lists or (library / "config" / "lists").is_dir():
        lists += [_read_own(path, library) for path in list_files(library, ())]
    return lists


def _read_own(path: Path, library: Path) -> ListFile:
    """Return what a file of config/lists names, or why it names nothing."""
    if trust.leads_out(path, library):
        problem = "It is a link out of the library, which others may have written."
        hint = "`litsearch trust --yes` lets links of your own lead out; or name the folder that it"
        hint += " leads to under [lists] paths."
        return ListFile(path.as_posix(), problem=problem, hint=hint)
    return _read_if_list(path, library)


def _named_lists(names: Sequence[str], library: Path) -> list[ListFile]:
    """Return the lists that were named; in folders, files that are none are passed over."""
    paths = set(map(Path, names))
    lists: list[ListFile] = []
    for path in list_files(library, names):
        read = read_file if path in paths else _read_if_list
        lists.append(read(path, library))
    return lists


def _read_if_list(path: Path, library: Path) -> ListFile:
    """Return what a file names if its name is that of a list, or why it names nothing."""
    problem = _no_list(path)
    if problem:
        return ListFile(_name_of(path, library), problem=problem)
    return _read_or_skip(path, library)


def _lists_below(place: Path, library: Path, settings: ListsConfig) -> list[ListFile]:
    """Return what a path of the settings holds: a list, a folder of documents, or a vault."""
    shown = _name_of(place, library)
    if place.is_file():
        return [_read_or_skip(place, library)]
    files = _own_files_below(place, library)
    if not folders.is_vault(place):
        lists = [_read_or_skip(path, library) for path in _with_suffix(files, _EXPORTS)]
        documents = {file for path in lists for file in attachments(path, library)}
        rest = [path for path in files if path.resolve() not in documents]
        documents_of = ListFile(shown, tuple(folders.works_of(place, rest, shown)))
        return [documents_of, *lists, *_passed_over(rest, shown)]

    resolve = folders.resolver(files)
    notes = _with_suffix(files, folders.NOTES)
    lists = [_resolve_links(_read_or_skip(path, library), resolve) for path in notes]
    if settings.notes:
        lists.append(ListFile(shown, tuple(folders.works_of(place, notes, shown))))
    return lists


def _passed_over(files: Sequence[Path], folder: str) -> Iterator[ListFile]:
    """Yield the files of a folder that are no documents, all of one suffix as one."""
    suffixes = [path.suffix.lower() for path in files if not path.name.startswith(".")]
    for suffix, count in sorted(Counter(suffixes).items()):
        if suffix not in folders.DOCUMENTS | _EXPORTS:
            name = f"{folder}/*{suffix or '(no suffix)'}"
            yield ListFile(name, problem=f"{count} of no kind that is read.")


def _own_files_below(place: Path, library: Path) -> list[Path]:
    """Return the files of a folder; of one within the library without links that lead out of it."""
    files = folders.files_below(place)
    if not place.is_relative_to(library.resolve()):
        return files
    return [path for path in files if not trust.leads_out(path, library)]


def attachments(file: ListFile, library: Path) -> Iterator[Path]:
    """Yield the documents that an export keeps for its works, whether or not they are there."""
    folder = (library / file.path).parent
    for entry in file.entries:
        name = dict(entry.extra).get("file", "")
        if name and "\0" not in name:
            yield (folder / name).resolve()


def _with_suffix(files: Iterable[Path], suffixes: frozenset[str]) -> list[Path]:
    return [path for path in files if path.suffix.lower() in suffixes]


def _read_or_skip(path: Path, library: Path) -> ListFile:
    """Return what a list file names, or why it names nothing."""
    try:
        return read_file(path, library)
    except ListError as error:
        return ListFile(_name_of(path, library), problem=str(error), hint=error.hint)


def _resolve_links(file: ListFile, resolve: Callable[[str], str | None]) -> ListFile:
    """Return a note with the files that it links found wherever in its vault they are."""
    entries: list[Entry] = []
    for entry in file.entries:
        scheme, _, name = (entry.url or "").partition(":")
        address = resolve(name) if scheme == "file" else None
        entries.append(replace(entry, url=address) if address else entry)
    return replace(file, entries=tuple(entries))


def _no_list(path: Path) -> str:
    """Return why a file is no list, as far as its name tells."""
    if path.name.startswith("."):
        return "It is hidden."
    if path.name in OWN_FILES:
        return "It is a file of litsearch's own."
    suffix = path.suffix.lower()
    if suffix not in _formats():
        return f"Files ending in {suffix or 'no suffix'} are no lists."
    return ""


def sources_from(lists: Sequence[ListFile], further: Iterable[Entry] = ()) -> tuple[Source, ...]:
    """Return the works of lists, and of entries that stay, each once. Raises ListError."""
    entries = list(further)
    for file in lists:
        entries += file.entries
    sources = unite(entries)
    if not sources:
        message, hint = "The lists name no work at all; the index stays as it is.", ""
        for skip in skipped(lists):
            message, hint = f"{message} {skip.path}: {skip.reason}", hint or skip.hint
        raise ListError(message, hint or "Put links or titles into a list.")
    return sources


def skipped(lists: Iterable[ListFile]) -> tuple[Skipped, ...]:
    """Return the files among the lists that are none."""
    return tuple(Skipped(file.path, file.problem, file.hint) for file in lists if file.problem)


def entries_elsewhere(
    sources: Iterable[Source], library: Path, list_names: Sequence[str]
) -> Iterator[Entry]:
    """Yield the entries that other lists than those named gave the index, which a build keeps."""
    names = {_name_of(Path(name), library) for name in list_names}
    folders_named = tuple(f"{name}/" for name in names)
    for source in sources:
        for entry in source.entries:
            if entry.list not in names and not entry.list.startswith(folders_named):
                yield entry


# Which format a list has.


@cache
def _formats() -> Mapping[str, list[ListFormat]]:
    """Return the formats of each suffix."""
    formats: dict[str, list[ListFormat]] = {}
    for module in modules_of("litsearch.lists"):
        for suffix in getattr(module, "SUFFIXES", ()):
            formats.setdefault(suffix, []).append(module)
    return formats


def _format_of(path: Path, text: str) -> ListFormat:
    """Return the format of a list: told by its content first, then by its suffix.

    Raises ListError.
    """
    suffix = path.suffix.lower()
    of_suffix = _formats().get(suffix, [])
    accepting = _accepting(of_suffix, text)
    if accepting is not None:
        return accepting

    for module in of_suffix:
        if suffix in getattr(module, "DEFAULT_FOR", ()):
            return module

    by_content = _format_by_content(text)
    if of_suffix and by_content is _markdown():
        suffixes = ", ".join(sorted(_formats()))
        raise ListError(
            f"The file is not what its suffix {suffix} says.", f"Known are {suffixes} files."
        )
    return by_content


def _format_by_content(text: str) -> ListFormat:
    """Return the format that a text looks like; Markdown, which reads any notes, when like none."""
    modules = dict.fromkeys(chain.from_iterable(_formats().values()))
    return _accepting(list(modules), text) or _markdown()


def _markdown() -> ListFormat:
    return _formats()[".md"][0]


def _accepting(modules: Sequence[ListFormat], text: str) -> ListFormat | None:
    """Return the format that claims a text as its own; those of a whole suffix are asked last."""
    for module in sorted(modules, key=lambda module: bool(getattr(module, "DEFAULT_FOR", ()))):
        if hasattr(module, "accepts") and module.accepts(text):
            return module
    return None


# The text of a file.


def text_of_list(path: Path) -> str:
    """Return the text of a list file. Raises ConfigError, ListError."""
    try:
        data = sys.stdin.buffer.read() if path == Path("-") else path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"There is no list {path}.", _file_meant(path)) from None
    except OSError as error:
        raise ListError(
            f"The list {path} cannot be read: {error.strerror}.", "Name a file, not a folder."
        ) from None
    return decoded(data)


def _file_meant(path: Path) -> str:
    """Return a hint that names a file of a similar name in the same folder."""
    beside = [neighbour.name for neighbour in path.parent.glob("*") if neighbour.is_file()]
    return did_you_mean(path.name, beside) or "Name a file that is there."


def _name_of(path: Path, library: Path) -> str:
    """Return the path of a list as hits show it: relative to the library, when it is in it."""
    absolute, library = path.resolve(), library.resolve()
    if absolute.is_relative_to(library):
        return absolute.relative_to(library).as_posix()
    return path.as_posix()
