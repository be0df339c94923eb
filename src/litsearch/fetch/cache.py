"""What was downloaded, for ever: bodies by sha256; in one SQLite file, what was asked and answered.

A kill at any moment leaves either the old answer or the new one: a body is in place before a row
names it, and it is checked against its name whenever it is read.
"""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from litsearch.fetch import cache_database
from litsearch.fetch.cache_database import open_database
from litsearch.storage import replace_file
from litsearch.types import RawDocument, Verdict
from litsearch.untrusted import read_bytes

_COLUMNS = (
    "final_url, status, media_type, charset, etag, last_modified, fetched_at, sha256,"
    " failures, next_try"
)
_FETCHED = ("url", *_COLUMNS.split(", "))
_STORE = (
    f"INSERT OR REPLACE INTO fetches (url, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"
)
_REMEMBER = "INSERT OR REPLACE INTO answers (question, answer, tries, next_try) VALUES (?, ?, ?, ?)"
_BUILD = "build:began"
RESUMED_S = 86_400.0  # what an interrupted build fetched is not asked for again for so long
LARGEST = 2_000_000_000  # bytes of a body: what the settings allow
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

    every_row: hold each row to its checksum, as builds do.
    mended: one line on what was damaged and is mended; "" when all was well. Raises IndexMismatch
    for a later format.
    """

    def __init__(self, folder: Path, *, every_row: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._lock = folder, threading.Lock()
        database = folder / "fetches.sqlite"
        self._db, self.mended = open_database(database, every_row=every_row)

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
            body = read_bytes(self._path(fetched.sha256), LARGEST)
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
            names = tuple(dict.fromkeys((url, raw.url)))
            self._db.executemany(_STORE, [(name, *rest) for name in names])
            cache_database.seal(self._db, "fetches", names)

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
            cache_database.seal(self._db, "fetches", [url])

    def rest(self, url: str, next_try: float) -> None:
        """Ask an address that is known not again before this time, whether it gave something or
        failed.
        """
        with self._lock, self._db:
            self._db.execute("UPDATE fetches SET next_try = ? WHERE url = ?", (next_try, url))
            cache_database.seal(self._db, "fetches", [url])

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
            self._db.execute(_REMEMBER, row)
            cache_database.seal(self._db, "answers", [question])

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
        return hashlib.sha256(read_bytes(path, LARGEST)).hexdigest() == sha256
    except OSError:
        return False
