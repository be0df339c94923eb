"""The tables of the cache's database, how those of earlier programs are brought up to date, and what damage leaves.

Nothing that was fetched is lost: a column is added, never dropped, and of a damaged file every row that can still be
read goes into a new one, while the damaged one is put aside.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from litsearch.errors import IndexMismatch

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
_TABLES = {"fetches": "url", "answers": "question"}  # with the column that orders them


def open_database(path: Path) -> tuple[sqlite3.Connection, str]:
    """The database with the tables of today; and, when the file was damaged, one line that says what became of it.

    Raises IndexMismatch when a later program made it, sqlite3.OperationalError when it cannot be used as it is: locked,
    no permission, full disk.
    """
    try:
        return _connect(path), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return _mended(path)


def damaged(path: Path) -> bool:
    """True for a database that the next build has to mend."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_S, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        with contextlib.closing(db.execute("PRAGMA quick_check(1)")) as check:
            if check.fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the cache's database is damaged")
        _migrate(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Take every step from the version of the file to today's, all or none of them.

    Files from before there were versions say 0, whatever they have; so each step looks before it adds.
    """
    if _version(db) == len(STEPS):
        return
    db.execute("BEGIN IMMEDIATE")
    with db:
        version = _version(db)  # another process may have been faster
        if version > len(STEPS):
            hint = "Update litsearch, or move the folder index/cache away: everything is then fetched again."
            raise IndexMismatch(f"{path} was made by a later version of litsearch.", hint)
        for step in STEPS[version:]:
            step(db)
        db.execute(f"PRAGMA user_version = {len(STEPS)}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _add_fetches(db: sqlite3.Connection) -> None:
    db.execute(_FETCHES)


def _add_verdicts(db: sqlite3.Connection) -> None:
    there = {row[1] for row in db.execute("PRAGMA table_info(fetches)")}
    for column, default in _VERDICT.items():
        if column not in there:
            db.execute(f"ALTER TABLE fetches ADD COLUMN {column} TEXT NOT NULL DEFAULT {default}")


def _add_answers(db: sqlite3.Connection) -> None:
    db.execute(_ANSWERS)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_add_fetches, _add_verdicts, _add_answers)


def _mended(path: Path) -> tuple[sqlite3.Connection, str]:
    """A new database with what could be read of the damaged one, which is kept beside it."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**6:06d}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    db, saved = _connect(path), 0
    with contextlib.closing(sqlite3.connect(aside)) as broken, db:
        for table, key in _TABLES.items():
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            for row in _readable(broken, table, key):
                kept = {name: row[name] for name in names if name in row}
                statement = f"INSERT OR IGNORE INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})"  # noqa: S608
                with contextlib.suppress(sqlite3.Error):  # a row that is itself damaged
                    saved += db.execute(statement, tuple(kept.values())).rowcount
    return db, (
        f"The record of downloads {path} was damaged: {saved} entries of it were saved, the rest is fetched again; "
        f"the damaged file is kept as {aside.name}."
    )


def _readable(broken: sqlite3.Connection, table: str, key: str) -> Iterator[dict[str, object]]:
    """The rows before the damage, and those after it, read from the end."""
    for order in ("", " DESC"):
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            rows = broken.execute(f"SELECT * FROM {table} ORDER BY {key}{order}")  # noqa: S608
            names = [column[0] for column in rows.description]
            for row in rows:
                yield dict(zip(names, row, strict=True))
