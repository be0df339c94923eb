"""Write files so that a kill loses nothing; tell what a disk refused, and the mend for it."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from litsearch.errors import StoreError

PROBE = 65_536  # bytes that a disk with room takes

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_LIMITED = frozenset({errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})
_TOO_MANY = frozenset({errno.EMFILE, errno.ENFILE})

_HINTS = {
    _NO_ROOM: "Make room on the disk, then run it again: nothing that was kept before is lost.",
    _LIMITED: "Raise the limit with `ulimit -f unlimited`, then run it again: nothing that was kept"
    " before is lost.",
    _FORBIDDEN: "Let this user write there, or work on a copy of the library.",
    _NO_LOCKS: "Put index/ on a local disk (it may be a symbolic link),"
    " or mount this one with locks.",
    _TOO_MANY: "Raise the limit with `ulimit -n 4096`, then run it again.",
}
_ELSE = "Look after that file and its disk, then run it again."

# SQLite hides the system's own codes; these are the nearest ones.
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_PROTOCOL: errno.ENOLCK,
}


def sync(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for sure on the disk, with the permissions that it had.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".new-{os.urandom(8).hex()}.tmp")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            draft.chmod(path.stat().st_mode)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Turn what the disk of a folder refuses, and too little memory, into a StoreError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise storage_error(error, folder) from error
    except MemoryError:
        hint = "Close other programs, then run it again: nothing that was kept before is lost."
        raise StoreError("There is not enough memory.", hint) from None


def storage_error(error: OSError | sqlite3.Error, folder: Path) -> StoreError:
    """Return what a disk refused as a sentence that names the cause, with its mend.

    folder: where something was to be written, for errors that name no file.
    """
    code = _code(error, folder)
    place = getattr(error, "filename", None) or folder
    reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
    hint = next((hint for codes, hint in _HINTS.items() if code in codes), _ELSE)
    return StoreError(f"{_sentence(code, str(place))}: {reason}.", hint)


def _sentence(code: int | None, place: str) -> str:
    if code in _NO_ROOM:
        return f"There is no room for {place}"
    if code in _LIMITED:
        return f"A limit on the size of files leaves no room for {place}"
    if code in _FORBIDDEN:
        return f"{place} may not be written"
    if code in _NO_LOCKS:
        return f"The file system of {place} has no locks, which keep two writers apart"
    return f"{place} cannot be used"


def _code(error: OSError | sqlite3.Error, folder: Path) -> int | None:
    """Return the system's code for an error; SQLite's "disk I/O error" is looked into."""
    if isinstance(error, OSError):
        return error.errno
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if primary in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return _refusal(folder)
    return _OF_SQLITE.get(primary)


def _refusal(folder: Path) -> int | None:
    """Return the code with which a folder refuses a file just now, or None when it takes one."""
    if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
        return errno.EFBIG
    probe = folder / ".probe"
    try:
        probe.write_bytes(bytes(PROBE))
    except OSError as error:
        return error.errno
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
    return None
