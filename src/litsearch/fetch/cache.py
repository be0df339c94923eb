"""What was downloaded, for ever: bodies by sha256; in one SQLite file, what was asked and answered.

A kill at any moment leaves either the old answer or the new one: a body is in place before a row
names it, and it is checked against its name whenever it is read.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from litsearch.errors import IndexMismatch
from litsearch.storage import replace_file
from litsearch.types import RawDocument, Verdict

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
    """Return the database with the tables of today; and, when the file was damaged, one line that
    says what became of it.

    Raises IndexMismatch when a later program made it, sqlite3.OperationalError when it cannot be
    used as it is: locked, no permission, full disk.
    """
    try:
        return _connect(path), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return _mended(path)


def damaged(path: Path) -> bool:
    """Return whether this is a database that the next build has to mend."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as db:
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


def _add_fetches(db: sqlite3.Connection) -> None:
    db.execute(_FETCHES)


def _add_verdicts(db: sqlite3.Connection) -> None:
    there = {row[1] for row in db.execute("PRAGMA table_info(fetches)")}
    for column, default in _VERDICT.items():
        if column not in there:
            db.execute(f"ALTER TABLE fetches ADD COLUMN {column} TEXT NOT NULL DEFAULT {default}")


def _add_answers(db: sqlite3.Connection) -> None:
    db.execute(_ANSWERS)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _add_fetches,
    _add_verdicts,
    _add_answers,
)


def _mended(path: Path) -> tuple[sqlite3.Connection, str]:
    """Return a new database with what could be read of the damaged one, which is kept beside it."""
    now = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**6:06d}"
    damaged_file = path.with_name(f"{path.name}.damaged-{now}")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            beside = damaged_file.with_name(damaged_file.name + suffix)
            path.with_name(path.name + suffix).replace(beside)

    db, saved = _connect(path), 0
    with contextlib.closing(sqlite3.connect(damaged_file)) as broken, db:
        for table, key in _TABLES.items():
            for row in _readable(broken, table, key):
                with contextlib.suppress(sqlite3.Error):  # a row that is itself damaged
                    saved += _insert(db, table, row)
    return db, (
        f"The record of downloads {path} was damaged: {saved} entries of it were saved, the rest"
        f" is fetched again; the damaged file is kept as {damaged_file.name}."
    )


def _insert(db: sqlite3.Connection, table: str, row: dict[str, object]) -> int:
    """Insert what of a row today's table has; return how many rows that made."""
    columns = [info[1] for info in db.execute(f"PRAGMA table_info({table})")]
    columns = [name for name in columns if name in row]
    places = ", ".join("?" * len(columns))
    statement = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({places})"
    return db.execute(statement, [row[name] for name in columns]).rowcount


def _readable(broken: sqlite3.Connection, table: str, key: str) -> Iterator[dict[str, object]]:
    """Yield the rows before the damage, and those after it, read from the end."""
    for order in ("", " DESC"):
        with contextlib.suppress(sqlite3.Error, UnicodeError):
            rows = broken.execute(f"SELECT * FROM {table} ORDER BY {key}{order}")
            names = [column[0] for column in rows.description]
            for row in rows:
                yield dict(zip(names, row, strict=True))


_COLUMNS = (
    "final_url, status, media_type, charset, etag, last_modified, fetched_at, sha256,"
    " failures, next_try"
)
_FETCHED = ("url", *_COLUMNS.split(", "))
_STORE = (
    f"INSERT OR REPLACE INTO fetches (url, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"
)
_BUILD = "build:began"
RESUMED_S = 86_400.0  # what an interrupted build fetched is not asked for again for so long
GONE = 404  # the status of an address that was there, or never was


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of one requested address. sha256 is None when it never gave a body."""

    url: str
    final_url: str
    status: int  # of the last answer: 200 for a body, 404 for none
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime | None
    sha256: str | None
    failures: int  # since the last success
    next_try: float  # Unix time before which it is not to be asked again; 0: any time
    verdict: Verdict  # of the last failure


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a service answered to a question; text: None when it knew nothing, or did not answer."""

    text: str | None
    tries: int  # without an answer, since the last one
    next_try: float  # Unix time before which it is not to be asked again


class Cache:
    """The downloads of a library, in one folder. Safe for threads, and for several processes.

    mended: one line on what was damaged and is mended; "" when all was well. Raises IndexMismatch
    for a later format.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._lock = folder, threading.Lock()
        self._db, self.mended = open_database(folder / "fetches.sqlite")

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def find(self, url: str) -> Fetched | None:
        """Return what is known of an address."""
        query = f"SELECT url, {_COLUMNS}, verdict, reason, remedy FROM fetches WHERE url = ?"
        with self._lock:
            row = self._db.execute(query, (url,)).fetchone()
        if row is None:
            return None
        facts = dict(zip(_FETCHED, row, strict=False))
        when, verdict = facts["fetched_at"], Verdict(*row[len(_FETCHED) :])
        return Fetched(
            **facts | {"fetched_at": datetime.fromisoformat(when) if when else None},
            verdict=verdict,
        )

    def raw(self, fetched: Fetched | None) -> RawDocument | None:
        """Return the document that was fetched; None when there is none, or its bytes are not what
        they were.
        """
        if fetched is None or fetched.sha256 is None:
            return None
        try:
            body = self._path(fetched.sha256).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(body).hexdigest() != fetched.sha256:
            return None
        return RawDocument(
            url=fetched.final_url,
            media_type=fetched.media_type,
            body=body,
            sha256=fetched.sha256,
            charset=fetched.charset,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            fetched_at=fetched.fetched_at,
        )

    def store(self, url: str, raw: RawDocument, status: int = 200) -> None:
        """Keep a document under the address that was asked for, and under its final one."""
        self._write(raw.sha256, raw.body)
        when = raw.fetched_at.isoformat() if raw.fetched_at else None
        answer = (raw.url, status, raw.media_type, raw.charset)
        rest = (*answer, raw.etag, raw.last_modified, when, raw.sha256)
        with self._lock, self._db:
            self._db.executemany(_STORE, [(name, *rest) for name in dict.fromkeys((url, raw.url))])

    def failed(self, url: str, verdict: Verdict, next_try: float = 0.0) -> None:
        """Note a failure, and when to ask again; what was fetched before stays."""
        statement = (
            "INSERT INTO fetches (url, status, failures, next_try, verdict, reason, remedy)"
            " VALUES (?, ?, 1, ?, ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET"
            " failures = failures + 1, next_try = excluded.next_try,"
            " verdict = excluded.verdict, reason = excluded.reason, remedy = excluded.remedy,"
            " status = CASE excluded.status WHEN 0 THEN status ELSE excluded.status END"
        )
        status = GONE if verdict.status == "dead" else 0
        with self._lock, self._db:
            self._db.execute(
                statement, (url, status, next_try, verdict.status, verdict.reason, verdict.remedy)
            )

    def rest(self, url: str, next_try: float) -> None:
        """Ask an address that is known not again before this time, whether it gave something or
        failed.
        """
        with self._lock, self._db:
            self._db.execute("UPDATE fetches SET next_try = ? WHERE url = ?", (next_try, url))

    def answer(self, question: str) -> Remembered | None:
        """Return what is remembered of a question to a service."""
        query = "SELECT answer, tries, next_try FROM answers WHERE question = ?"
        with self._lock:
            row = self._db.execute(query, (question,)).fetchone()
        return Remembered(*row) if row else None

    def remember(self, question: str, answer: Remembered) -> None:
        """Remember what a service answered."""
        row = (question, answer.text, answer.tries, answer.next_try)
        with self._lock, self._db:
            self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)

    def begin(self) -> float | None:
        """Note that a build begins; return the Unix time when one began that never finished, if
        that was not long ago.
        """
        now, last = time.time(), self.answer(_BUILD)
        began = float(last.text) if last and last.text else None
        if began is not None and 0 <= now - began < RESUMED_S:
            return began
        self.remember(_BUILD, Remembered(repr(now), 0, 0.0))
        return None

    def finish(self) -> None:
        """Note that the build is done."""
        self.remember(_BUILD, Remembered(None, 0, 0.0))

    def _path(self, sha256: str) -> Path:
        return self._folder / "bodies" / sha256[:2] / sha256

    def _write(self, sha256: str, body: bytes) -> None:
        path = self._path(sha256)
        if _intact(path, sha256):
            return
        replace_file(path, body)


def _intact(path: Path, sha256: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False
