"""Pack a library into one file, and unpack it: a zip of lists, cache, index and models.

Every file has its size and checksum in a table of contents, whose digest stands for the whole: who
gets the digest by another way than the file, and gives it to unpack(), gets what was packed or an
error.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from litsearch.errors import IndexCorrupt, IndexMismatch, StoreError
from litsearch.index.manifest import FileFacts
from litsearch.patterns import expression
from litsearch.storage import sync

FORMAT = 1
CONTENTS = "bundle.json"
MAX_CONTENTS = 64_000_000  # bytes of the table: some 400,000 files
_BLOCK = 1 << 20
_BROKEN = (  # what zipfile raises for files that are not what they should be
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
_ROOMS = {"config", "index"}
_SKIPPED = expression(
    r"index/(lock|CURRENT\.new|generations/.*|cache/.*\.new-.*)|.*\.sqlite-(wal|shm|journal)"
)
_AGAIN = "Export the bundle again, and copy it whole."


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """bundle.json: what is in the file."""

    format: int
    generation: str
    files: dict[str, FileFacts]


def pack(library: Path, generation: str, target: Path) -> str:
    """Write a bundle of a library and its live generation; returns its digest. The caller holds the
    lock.
    """
    beside = target.with_name(f"{target.name}.new")
    try:
        with TemporaryDirectory(dir=target.parent, prefix=".bundle-") as copies:
            paths = dict(_choose(library, generation, Path(copies)))
            files = {name: _facts(path) for name, path in paths.items()}
            contents = msgspec.json.encode(Contents(FORMAT, generation, files), order="sorted")
            with zipfile.ZipFile(
                beside,
                "w",
                zipfile.ZIP_DEFLATED,
                compresslevel=1,
                strict_timestamps=False,  # a clock may stand in 1970
            ) as bundle:
                # A ZipInfo of 1980: a clock may stand before that, which ZIP has no years for.
                bundle.writestr(zipfile.ZipInfo(CONTENTS), contents, zipfile.ZIP_DEFLATED)
                for name, path in paths.items():
                    bundle.write(path, name)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return hashlib.sha256(contents).hexdigest()


def _choose(library: Path, generation: str, copies: Path) -> Iterator[tuple[str, Path]]:
    """Return the files of a bundle by name; databases as copies that no reader's log is missing
    from.
    """
    live = f"index/generations/{generation}/"
    for room in sorted(_ROOMS):
        for path in sorted((library / room).rglob("*")):
            name = path.relative_to(library).as_posix()
            included = name.startswith(live) or not _SKIPPED.fullmatch(name)
            if path.is_symlink() or not path.is_file() or not included:
                continue
            if path.suffix == ".sqlite" and not name.startswith(live):
                yield name, _copy(path, copies)
            else:
                yield name, path


def _copy(path: Path, folder: Path) -> Path:
    copy = folder / f"{len(list(folder.iterdir()))}.sqlite"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as goal:
        source.backup(goal)
    return copy


def unpack(source: Path, library: Path, digest: str = "") -> str:
    """Put a bundle into a folder that has no index yet; returns its generation. digest: what pack()
    returned.

    Nothing stands in the folder before everything was checked. Raises IndexCorrupt for a bundle
    that is not what was packed, IndexMismatch for one of another format, StoreError when the folder
    is in use.
    """
    if (library / "index" / "CURRENT").exists():
        raise StoreError(
            f"There is an index in {library} already.", "Name a new folder with --library."
        )
    library.mkdir(parents=True, exist_ok=True)
    try:
        with (
            zipfile.ZipFile(source) as bundle,
            TemporaryDirectory(dir=library, prefix=".bundle-") as folder,
        ):
            contents = _contents(bundle, source, digest)
            for name, facts in contents.files.items():
                _unpack_one(bundle, name, facts, Path(folder))
            _settle(Path(folder), library, contents)
    except _BROKEN as error:
        raise IndexCorrupt(f"{source} cannot be read as a bundle: {error}.", _AGAIN) from None
    return contents.generation


def _contents(bundle: zipfile.ZipFile, source: Path, digest: str) -> Contents:
    names = bundle.namelist()
    if names[:1] != [CONTENTS] or bundle.getinfo(CONTENTS).file_size > MAX_CONTENTS:
        raise IndexCorrupt(f"{source} is not a litsearch bundle.", _AGAIN)
    data = bundle.read(CONTENTS)
    if digest and hashlib.sha256(data).hexdigest() != digest:
        raise IndexCorrupt(f"{source} is not the bundle with the digest {digest}.", _AGAIN)
    try:
        contents = msgspec.json.decode(data, type=Contents)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IndexCorrupt(f"{source} cannot be read as a bundle: {error}.", _AGAIN) from None
    if contents.format != FORMAT:
        raise IndexMismatch(
            f"{source} has format {contents.format}, not {FORMAT}.",
            "Use the same litsearch on both.",
        )
    if sorted(names[1:]) != sorted(contents.files) or not all(map(_within, contents.files)):
        raise IndexCorrupt(
            f"{source} does not hold the files that it names, or names files elsewhere.", _AGAIN
        )
    return contents


def _within(name: str) -> bool:
    """Return True for a plain path into a room of the library."""
    path = PurePosixPath(name)
    plain = path.as_posix() == name and "\\" not in name and ":" not in name and "\0" not in name
    inside = not path.is_absolute() and ".." not in path.parts
    return plain and inside and len(path.parts) > 1 and path.parts[0] in _ROOMS


def _unpack_one(bundle: zipfile.ZipFile, name: str, facts: FileFacts, folder: Path) -> None:
    """Write a file, never more of it than its size says."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    whole, remaining = hashlib.sha256(), facts.size
    with bundle.open(name) as file, target.open("wb") as out:
        while block := file.read(min(_BLOCK, remaining + 1)):
            remaining -= len(block)
            if remaining < 0:
                break
            whole.update(block)
            out.write(block)

    sync(target)
    if remaining or whole.hexdigest() != facts.sha256:
        raise IndexCorrupt(f"{name} in the bundle is not what was packed.", _AGAIN)


def _settle(folder: Path, library: Path, contents: Contents) -> None:
    """Move the files to their places, the name of the live generation last. Lists that are there
    are not replaced.
    """
    names = sorted(contents.files, key=lambda name: (name == "index/CURRENT", name))
    existing = [name for name in names if (library / name).exists()]
    if existing:
        raise StoreError(
            f"There is {library / existing[0]} already.", "Name a new folder with --library."
        )
    for name in names:
        target = library / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / name, target)


def digest_of(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _facts(path: Path) -> FileFacts:
    return FileFacts(path.stat().st_size, digest_of(path))
