"""Files of the library folder: those that a list names, and those that stand in for pages which
programs may not read.

A file in config/files/ stands in for a source when its name without suffix is the source's id, or
the title, or the address (host, path and query), with everything but letters and digits written as
"-": some-title.pdf, example-com-blog-post.html; or when it is called as the document that a list of
Zotero or JabRef attaches to the source, wherever that was on another machine. So does a file that
the list names beside the link: [A title](https://…) [pdf](file:a.pdf).
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from litsearch.errors import FetchError
from litsearch.protocols import Get
from litsearch.types import Entry, RawDocument, Source
from litsearch.untrusted import read_bytes

# what a folder says of itself
_FRONTS = ("README.md", "readme.md", "README.txt", "README", "index.md", "index.html")
_OPEN = (("lists",), ("files",))  # what of config/ lists may name
_MARKDOWN = frozenset({".md", ".markdown"})
LARGEST = 2_000_000_000  # bytes: what the settings allow
_HINT = "Correct the path in the list, or remove the entry."


class LocalFiles:
    """Files under the library folder and further ones; with `anywhere`, of the whole machine.

    max_bytes: the largest that is read; secret: files that are never read. What a program keeps for
    itself is no document: folders and files with a dot, the settings and tokens in config/, and
    index/.
    """

    def __init__(
        self,
        library: Path,
        *,
        further: Sequence[Path] = (),
        secret: Sequence[Path] = (),
        anywhere: bool = False,
        max_bytes: int = 60_000_000,
    ) -> None:
        self._library, self._anywhere, self._limit = library.resolve(), anywhere, max_bytes
        self._further = [folder.resolve() for folder in further]
        self._secret = [path.resolve() for path in secret]

    def accepts(self, url: str) -> bool:
        """Return whether this is a file: address."""
        return url.lower().startswith("file:")

    def fetch(self, url: str, get: Get) -> RawDocument:
        """Return the bytes of a file; a relative path begins at the library folder, or at
        config/lists. Raises FetchError.
        """
        name = unquote(url[len("file:") :])
        try:
            path = self._path(name)
        except OSError as error:  # a name that no file system takes
            message = f"The file {name[:80]} cannot be read: {error.strerror}."
            raise FetchError(message, _HINT) from None
        try:
            if path.stat().st_size > self._limit:
                raise FetchError(f"{path} is larger than {self._limit / 1_000_000:g} MB.", _HINT)
            return _read(path, path.as_uri())
        except (OSError, ValueError) as error:
            raise FetchError(f"{path} cannot be read: {error}.", _HINT) from None

    def _path(self, name: str) -> Path:
        """Return the file that is meant; links are followed first, so that none leads out of the
        library.
        """
        name = "/" + name.lstrip("/") if name.startswith("/") else name
        if "\0" in name:
            raise FetchError("A path in the list has a NUL in it.", _HINT)

        for base in (self._library, self._library / "config" / "lists"):
            path = (base / name).resolve()
            file = _file_at(path)
            if file is not None and self._may_read(file.resolve()):
                return file
            if file is not None:
                break
            if path.is_dir() and (self._anywhere or path.is_relative_to(self._library)):
                hint = "Name its files, one entry each."
                raise FetchError(f"The folder {name} has no README.", hint)
        raise FetchError(f"There is no file {name} in the library folder.", _HINT, status="dead")

    def _may_read(self, path: Path) -> bool:
        """Return whether this is a document in one of the folders; path has no links in it."""
        if self._anywhere:
            return True
        if any(map(partial(_is_same, path), self._secret)):
            return False
        if path.is_relative_to(self._library):
            steps = path.relative_to(self._library).parts
            return not _is_own(steps) and not _is_hidden(steps)
        for folder in self._further:
            if path.is_relative_to(folder):
                return not _is_hidden(path.relative_to(folder).parts)
        return False


def _is_same(path: Path, secret: Path) -> bool:
    """Return whether two paths lead to one file, which may have several names."""
    with suppress(OSError):
        return path.samefile(secret)
    return path == secret


def _is_own(names: tuple[str, ...]) -> bool:
    """Return whether a path in the library leads to its settings or its index, on disks that take
    small letters for capitals, too.
    """
    steps = tuple(map(str.casefold, names))
    return steps[0] == "index" or (steps[0] == "config" and steps[1:2] not in _OPEN)


def _is_hidden(steps: tuple[str, ...]) -> bool:
    return any(step.startswith(".") for step in steps)


def _file_at(path: Path) -> Path | None:
    """Return a file, or the front file of a folder."""
    if path.is_file():
        return path
    for front in _FRONTS:
        if (path / front).is_file():
            return path / front
    return None


class OwnFiles:
    """The files of config/files/, by the names under which they stand in, and those that lists name
    beside a link.

    named: how a file that a list names is read. leads_out: tells a link that is not followed.
    """

    def __init__(
        self,
        folder: Path,
        beside: Callable[[str], RawDocument] | None = None,
        leads_out: Callable[[Path], bool] = lambda path: False,
    ) -> None:
        self._named, self._leads_out = beside, leads_out
        self._files: dict[str, Path] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                self._files[slug(path.stem)] = path

    def __call__(self, source: Source) -> RawDocument | None:
        """Return the file that stands in for a source, under the source's address; None when there
        is none.
        """
        titles = [entry.title for entry in source.entries]
        attachments = map(attachment_stem, source.entries)
        for name in (source.source_id, *titles, source.url or "", *source.aliases, *attachments):
            path = self._files.get(slug(re.sub(r"^https?://(?:www\.)?", "", name)))
            if path is not None and slug(name):
                if self._leads_out(path):
                    words = f"{path} is a link out of the library, which others may have written."
                    hint = "Put the file itself there; `litsearch trust` lets links lead out."
                    raise FetchError(words, hint)
                return _own(path, source)
        return self._beside(source)

    def _beside(self, source: Source) -> RawDocument | None:
        """Return the file that a list names beside the link, under the source's address; None when
        none is there.
        """
        for entry in source.entries:
            name = dict(entry.extra).get("file", "")
            if not name or self._named is None:
                continue
            path = name if name.lower().startswith("file:") else f"file:{name}"
            for place in (path, f"file:{entry.list.rpartition('/')[0]}/{path[5:]}"):
                # the page itself is asked for when there is no such file
                with suppress(FetchError):
                    raw = self._named(place)
                    return replace(raw, url=source.url or raw.url)
        return None


def attachment_stem(entry: Entry) -> str:
    """Return the name of the file that a list attaches to a work, without folder and suffix."""
    name = dict(entry.extra).get("file", "").replace("\\", "/")
    return name.rpartition("/")[2].rpartition(".")[0]


def _own(path: Path, source: Source) -> RawDocument:
    """Return the file that stands in for a source. Raises FetchError."""
    try:
        return _read(path, source.url or path.as_uri())
    except OSError as error:
        hint = "Mend the file, or remove it."
        raise FetchError(f"{path} cannot be read: {error}.", hint) from None


def slug(name: str) -> str:
    """Return a title or address as a file name: letters and digits in lower case, "-" for
    everything else, 80 at most.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-")


def _read(path: Path, url: str) -> RawDocument:
    """Return a file as a document, its media type guessed from its suffix. Raises OSError."""
    body = read_bytes(path, LARGEST)
    media_type = mimetypes.guess_type(path.name)[0] or ""
    if path.suffix.lower() in _MARKDOWN:
        media_type = "text/markdown"
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    digest = hashlib.sha256(body).hexdigest()
    return RawDocument(url, media_type, body, digest, fetched_at=changed)
