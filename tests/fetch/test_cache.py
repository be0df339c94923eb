"""The cache: what it keeps, what it refuses to believe, and what a kill leaves."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from litsearch.errors import IndexMismatch
from litsearch.fetch.cache import Cache, Remembered
from litsearch.fetch.cache_database import STEPS, damaged
from litsearch.types import RawDocument, Verdict

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def document(body=b"text", url="https://a.example/end", **more):
    return RawDocument(
        url, "text/html", body, hashlib.sha256(body).hexdigest(), fetched_at=NOW, **more
    )


def test_what_is_stored_is_found_under_both_addresses(cache):
    raw = document(charset="utf-8", etag='"1"', last_modified="then")
    cache.store("https://a.example/start", raw)
    for url in ("https://a.example/start", "https://a.example/end"):
        assert cache.raw(cache.find(url)) == raw
    found = cache.find("https://a.example/start")
    assert (found.status, found.failures, found.next_try) == (200, 0, 0)
    assert cache.find("https://a.example/other") is None
    assert cache.raw(None) is None


def test_it_is_there_after_closing(tmp_path):
    for _ in range(2):
        with contextlib.closing(Cache(tmp_path)) as cache:
            cache.store("u", document())
            assert cache.raw(cache.find("u")).body == b"text"


def test_failures_are_counted_and_leave_what_was_fetched(cache):
    failed, dead = Verdict("failed", "It is silent.", "Wait."), Verdict("dead", "It is gone.")
    cache.failed("u", dead)
    cache.failed("u", failed, next_try=99.5)
    assert (cache.find("u").failures, cache.find("u").next_try, cache.find("u").sha256) == (
        2,
        99.5,
        None,
    )
    assert cache.find("u").verdict == failed
    assert cache.raw(cache.find("u")) is None
    cache.store("u", document(url="u"))
    cache.failed("u", failed)
    assert (cache.find("u").failures, cache.find("u").status) == (1, 200)
    cache.failed("u", dead)
    assert cache.find("u").status == 404
    assert cache.raw(cache.find("u")).body == b"text"


@pytest.mark.parametrize("damage", [b"", b"texT", b"text and more", None])
def test_a_damaged_body_is_missing_until_it_is_stored_again(cache, tmp_path, damage):
    raw = document()
    cache.store("u", raw)
    path = tmp_path / "cache" / "bodies" / raw.sha256[:2] / raw.sha256
    path.unlink() if damage is None else path.write_bytes(damage)
    assert cache.raw(cache.find("u")) is None
    cache.store("u", raw)
    assert cache.raw(cache.find("u")) == raw


@pytest.mark.parametrize(
    "damage", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_database_is_put_aside_and_said(tmp_path, damage):
    (tmp_path / "fetches.sqlite").write_bytes(damage)
    assert damaged(tmp_path / "fetches.sqlite")
    with contextlib.closing(Cache(tmp_path)) as cache:
        assert "was damaged: 0 entries" in cache.mended
        assert cache.find("u") is None
        cache.store("u", document())
        assert cache.raw(cache.find("u")) is not None
    (aside,) = tmp_path.glob("fetches.sqlite.damaged-*")
    assert aside.read_bytes() == damage
    assert not damaged(tmp_path / "fetches.sqlite")
    with contextlib.closing(Cache(tmp_path)) as cache:
        assert cache.mended == ""
        assert cache.find("u")


@pytest.mark.parametrize("page", [3, 6, 9])
def test_what_can_be_read_of_a_damaged_database_is_saved(tmp_path, page):
    """One page of the file is overwritten; the rows of the others come through."""
    urls = [f"https://a.example/{n:03d}/{'x' * 200}" for n in range(200)]
    with contextlib.closing(Cache(tmp_path)) as cache:
        for url in urls:
            cache.store(url, document(url=url))
        cache.remember("who?", Remembered("me", 1, 2.0))
    path = tmp_path / "fetches.sqlite"
    with path.open("r+b") as file:
        size = int.from_bytes(path.read_bytes()[16:18], "big")
        file.seek(size * page)
        file.write(b"\xa5" * size)
    with contextlib.closing(Cache(tmp_path)) as cache:
        saved = [url for url in urls if cache.raw(cache.find(url)) is not None]
        assert f"{len(saved) + 1} entries of it were saved" in cache.mended
        assert len(saved) >= 120
        assert cache.answer("who?") == Remembered("me", 1, 2.0)


def rows_of(folder: Path, urls: list[str]) -> tuple[str, list[object]]:
    """What opening says, and what every row says, as a build reads them."""
    with contextlib.closing(Cache(folder, every_row=True)) as cache:
        return cache.mended, [*map(cache.find, urls), cache.answer("who?")]


@pytest.mark.parametrize("seed", range(120 if "CI" in os.environ else 30))
def test_a_turned_bit_anywhere_costs_its_own_row_and_is_told(tmp_path, seed):
    """Whatever bit of the file turns: each row is the one that was written, or is asked for anew."""
    urls = [f"https://a.example/{n}" for n in range(30)]
    with contextlib.closing(Cache(tmp_path)) as cache:
        for url in urls[:20]:
            cache.store(url, document(url=url, etag='"Köln"'))
        for url in urls[20:]:
            cache.failed(url, Verdict("dead", "It is gone.", "Remove it."), next_try=9.5)
        cache.rest(urls[3], 77.25)
        cache.remember("who?", Remembered("me", 1, 2.0))
    path = tmp_path / "fetches.sqlite"
    told, rows = rows_of(tmp_path, urls)
    assert not told
    assert None not in rows

    chance, data = random.Random(seed), bytearray(path.read_bytes())
    used = [n for n, byte in enumerate(data) if byte]  # most of so small a file is empty
    data[chance.choice(used)] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    noticed = damaged(path)
    with contextlib.suppress(IndexMismatch):  # the bit stood in the version of the file
        told, now = rows_of(tmp_path, urls)
        assert all(row in (None, before) for row, before in zip(now, rows, strict=True))
        assert bool(told) or now == rows
        assert noticed == bool(told)
        assert rows_of(tmp_path, urls) == ("", now)


FIRST = """
CREATE TABLE fetches (url TEXT PRIMARY KEY, final_url TEXT NOT NULL DEFAULT '', status INTEGER NOT NULL DEFAULT 0,
    media_type TEXT NOT NULL DEFAULT '', charset TEXT, etag TEXT, last_modified TEXT, fetched_at TEXT, sha256 TEXT,
    failures INTEGER NOT NULL DEFAULT 0, next_try REAL NOT NULL DEFAULT 0) WITHOUT ROWID;
"""
VERDICTS = "".join(
    f"ALTER TABLE fetches ADD COLUMN {name} TEXT NOT NULL DEFAULT '';"
    for name in ("verdict", "reason")
)


@pytest.mark.parametrize("older", [FIRST, FIRST + VERDICTS, FIRST + "PRAGMA user_version = 1;"])
def test_a_cache_of_an_earlier_program_is_brought_up_to_date(tmp_path, older):
    raw = document(etag='"1"')
    folder = tmp_path / "bodies" / raw.sha256[:2]
    folder.mkdir(parents=True)
    (folder / raw.sha256).write_bytes(raw.body)
    with contextlib.closing(sqlite3.connect(tmp_path / "fetches.sqlite")) as db, db:
        db.executescript(older)
        row = (
            "https://a.example/end",
            "https://a.example/end",
            200,
            "text/html",
            '"1"',
            NOW.isoformat(),
            raw.sha256,
        )
        db.execute(
            "INSERT INTO fetches (url, final_url, status, media_type, etag, fetched_at, sha256) VALUES (?,?,?,?,?,?,?)",
            row,
        )
        db.execute("INSERT INTO fetches (url, failures, next_try) VALUES ('gone', 3, 99.0)")
    for _ in range(2):
        with contextlib.closing(Cache(tmp_path)) as cache:
            assert cache.raw(cache.find("https://a.example/end")) == raw
            assert (cache.find("gone").failures, cache.find("gone").next_try) == (3, 99.0)
            cache.failed("gone", Verdict("dead", "It is gone.", "Remove it."))
            assert cache.find("gone").verdict == Verdict("dead", "It is gone.", "Remove it.")
            cache.remember("who?", Remembered("me", 1, 2.0))
            assert cache.mended == ""
        with contextlib.closing(sqlite3.connect(tmp_path / "fetches.sqlite")) as db, db:
            assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
            db.execute("UPDATE fetches SET failures = 3, next_try = 99.0 WHERE url = 'gone'")


def test_a_cache_of_a_later_program_is_left_alone(tmp_path):
    with contextlib.closing(Cache(tmp_path)) as cache:
        cache.store("u", document())
    with contextlib.closing(sqlite3.connect(tmp_path / "fetches.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexMismatch, match="later version") as caught:
        Cache(tmp_path)
    assert caught.value.hint
    assert not list(tmp_path.glob("*.damaged-*"))


def test_threads_and_processes_share_it(tmp_path):
    with contextlib.closing(Cache(tmp_path)) as one, contextlib.closing(Cache(tmp_path)) as two:

        def work(n):
            cache = (one, two)[n % 2]
            cache.store(f"u{n}", document(b"%d" % (n % 7), url=f"u{n}"))
            return cache.raw(cache.find(f"u{n}")).body

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(work, range(60))) == [b"%d" % (n % 7) for n in range(60)]


WRITER = """
import hashlib, sys
from pathlib import Path
from litsearch.errors import IndexMismatch
from litsearch.fetch.cache import Cache
from litsearch.types import RawDocument, Verdict
cache = Cache(Path(sys.argv[1]))
for n in range(100_000):
    body = b"%d " % n * 20_000
    cache.store(f"u{n % 50}", RawDocument(f"u{n % 50}", "t", body, hashlib.sha256(body).hexdigest()))
    if n == 0:
        print("begun", flush=True)
"""


def test_a_kill_leaves_only_whole_documents(tmp_path):
    for n in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            writer.stdout.readline()
            time.sleep(0.05 + 0.04 * n)
            writer.send_signal(signal.SIGKILL)
        with contextlib.closing(Cache(tmp_path)) as cache:
            found = [found for found in map(cache.find, (f"u{n}" for n in range(50))) if found]
            assert found
            assert all(cache.raw(one) is not None for one in found)
    with contextlib.closing(sqlite3.connect(tmp_path / "fetches.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
