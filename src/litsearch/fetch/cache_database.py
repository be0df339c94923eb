"""Open the SQLite file of the cache, bring it up to date, and mend it: each row has a checksum."""

from __future__ import annotations

import contextlib
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from litsearch.errors import IndexMismatch, StoreError

_BUSY_S = 30.0
_FETCHES = """
CREATE TABLE IF NOT EXISTS fetches (
    url TEXT PRIMARY KEY,
    final_url TEXT NOT NULL DEFAULT '',
    status INTEGER NOT NULL DEFAULT 0,
    media_type TEXT NOT NULL DEFAULT '',
    charset TEXT,
    etag TEXT,
    last_modified TEXT,
    fetched_at TEXT,
    sha256 TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    next_try REAL NOT NULL DEFAULT 0
) WITHOUT ROWID
"""
_VERDICT = {"verdict": "'failed'", "reason": "''", "remedy": "''"}  # column: default
_ANSWERS = """
CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY,
    answer TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try REAL NOT NULL DEFAULT 0
) WITHOUT ROWID
"""


def open_database(path: Path, *, every_row: bool) -> tuple[sqlite3.Connection, str]:
    """Return the database with the tables of today; and, when the file was damaged, one line that
    says what became of it.

    every_row: hold each row to its checksum, not only the pages of the file to their form.
    Raises StoreError for a link, IndexMismatch when a later program made it,
    sqlite3.OperationalError when it cannot be used as it is: locked, no permission, full disk.
    """
    if path.is_symlink():
        raise StoreError(f"{path} is a link, and what it leads to would be changed.", "Remove it.")
    try:
        return _connect(path, every_row=every_row), ""
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if not _is_damage(error):
            raise
        return _mended(path)


def damaged(path: Path) -> bool:
    """Return whether this is a database that the next build has to mend."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as db:
            _check(db, every_row=_version(db) == len(STEPS))
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return _is_damage(error)
    return False


def _is_damage(error: sqlite3.DatabaseError | UnicodeDecodeError) -> bool:
    """Tell whether the file itself is at fault, and not its disk, its permissions or a lock.

    A name in the schema that is spoilt is a general error, or no text at all.
    """
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_ERROR
    return True


def _connect(path: Path, *, every_row: bool) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
    try:
        add_to(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        _check(db, every_row=False)
        _migrate(db, path)
        if every_row:
            _check(db, every_row=True)
    except BaseException:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection, *, every_row: bool) -> None:
    """Raise sqlite3.DatabaseError where pages or rows are damaged."""
    with contextlib.closing(db.execute("PRAGMA quick_check(1)")) as check:
        if check.fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the cache's database is damaged")
    if not every_row:
        return
    db.text_factory = text_of
    try:
        count = damaged_rows(db)
    finally:
        db.text_factory = str
    if count:
        raise sqlite3.DatabaseError(f"{count} rows of the cache's database are damaged")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Take every step from the version of the file to today's, all or none of them.

    Files from before there were versions say 0, whatever they have; so each step looks before it
    adds.
    """
    if _version(db) == len(STEPS):
        return
    db.execute("BEGIN IMMEDIATE")
    with db:
        version = _version(db)  # another process may have been faster
        if version > len(STEPS):
            hint = (
                "Update litsearch, or move the folder index/cache away:"
                " everything is then fetched again."
            )
            raise IndexMismatch(f"{path} was made by a later version of litsearch.", hint)
        for step in STEPS[version:]:
            step(db)
        db.execute(f"PRAGMA user_version = {len(STEPS)}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def _add_fetches(db: sqlite3.Connection) -> None:
    db.execute(_FETCHES)


def _add_verdicts(db: sqlite3.Connection) -> None:
    there = _columns(db, "fetches")
    for column, default in _VERDICT.items():
        if column not in there:
            db.execute(f"ALTER TABLE fetches ADD COLUMN {column} TEXT NOT NULL DEFAULT {default}")


def _add_answers(db: sqlite3.Connection) -> None:
    db.execute(_ANSWERS)


def _add_sums(db: sqlite3.Connection) -> None:
    for table in COLUMNS:
        if "sum" not in _columns(db, table):
            db.execute(f"ALTER TABLE {table} ADD COLUMN sum INTEGER")
            seal(db, table)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _add_fetches,
    _add_verdicts,
    _add_answers,
    _add_sums,
)


def _mended(path: Path) -> tuple[sqlite3.Connection, str]:
    """Return a new database with what could be read of the damaged one, which is kept beside it."""
    now = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**6:06d}"
    damaged_file = path.with_name(f"{path.name}.damaged-{now}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            beside = damaged_file.with_name(damaged_file.name + suffix)
            path.with_name(path.name + suffix).replace(beside)

    db, saved = _connect(path, every_row=False), 0
    with contextlib.closing(sqlite3.connect(damaged_file)) as broken, db:
        for table in COLUMNS:
            for row in _readable(broken, table):
                with contextlib.suppress(sqlite3.Error, UnicodeError):  # itself damaged
                    saved += _insert(db, table, row)
            seal(db, table)
    return db, (
        f"The record of downloads {path} was damaged: {saved} entries of it were saved, the rest"
        f" is fetched again; the damaged file is kept as {damaged_file.name}."
    )


def _insert(db: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    """Insert what of a row today's table has; return how many rows that made."""
    columns = [name for name in _columns(db, table) if name in row]
    places = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({places})"
    return db.execute(statement, [row[name] for name in columns]).rowcount


def _readable(broken: sqlite3.Connection, table: str) -> Iterator[dict[str, object]]:
    """Yield the whole rows before a damaged page, and those after it, read from the end."""
    broken.text_factory = text_of
    key = COLUMNS[table][0]
    for order in ("", " DESC"):
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            rows = broken.execute(f"SELECT * FROM {table} ORDER BY {key}{order}")
            names = [column[0] for column in rows.description]
            for values in rows:
                row = dict(zip(names, values, strict=True))
                if is_whole(row, table):
                    yield row


# What a row says, by table; the first column is its key. "sum" stands beside them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "fetches": (
        *("url", "final_url", "status", "media_type", "charset", "etag", "last_modified"),
        *("fetched_at", "sha256", "failures", "next_try", "verdict", "reason", "remedy"),
    ),
    "answers": ("question", "answer", "tries", "next_try"),
}


def add_to(db: sqlite3.Connection) -> None:
    """Let statements of a connection call row_sum()."""
    db.create_function("row_sum", -1, _row_sum, deterministic=True)


def sql_of(table: str) -> tuple[tuple[str, ...], str, str]:
    """Return the columns of a table with its checksum, the query that gives them, and the statement
    that puts a row in unless there is one of its key.
    """
    columns = (*COLUMNS[table], "sum")
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})"
    return columns, f"SELECT {names} FROM {table}", insert


def seal(db: sqlite3.Connection, table: str, keys: Iterable[str] | None = None) -> None:
    """Write the checksums of rows that were just written; of all, where no keys are named."""
    columns = COLUMNS[table]
    statement = f"UPDATE {table} SET sum = row_sum({', '.join(columns)})"
    if keys is None:
        db.execute(statement)
    else:
        db.executemany(f"{statement} WHERE {columns[0]} = ?", [(key,) for key in keys])


def damaged_rows(db: sqlite3.Connection) -> int:
    """Return how many rows are not what was written."""
    count = 0
    for table, columns in COLUMNS.items():
        rows = db.execute(f"SELECT {', '.join(columns)}, sum FROM {table}")
        count += sum(_row_sum(*values) != checksum for *values, checksum in rows)
    return count


def is_whole(row: dict[str, object], table: str) -> bool:
    """Tell whether a row is what was written; one of an older file, without a checksum, is."""
    if row.get("sum") is None:
        return True
    return _row_sum(*(row.get(column) for column in COLUMNS[table])) == row["sum"]


def text_of(data: bytes) -> str:
    """Return a text of the file, also one that is damaged: as `text_factory` of a connection."""
    return data.decode("utf-8", "surrogateescape")


def _row_sum(*values: object) -> int:
    """Return the CRC-32 of values."""
    return zlib.crc32(ascii(values).encode())
