"""The cache: what it keeps, what it refuses to believe, and what a kill leaves."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from litsearch.sources.cache import Cache
from litsearch.types import RawDocument, Verdict

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def document(body=b"text", url="https://a.example/end", **more):
    return RawDocument(url, "text/html", body, hashlib.sha256(body).hexdigest(), fetched_at=NOW, **more)


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
    assert (cache.find("u").failures, cache.find("u").next_try, cache.find("u").sha256) == (2, 99.5, None)
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


@pytest.mark.parametrize("damage", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_begun_anew(tmp_path, damage):
    (tmp_path / "fetches.sqlite").write_bytes(damage)
    with contextlib.closing(Cache(tmp_path)) as cache:
        assert cache.find("u") is None
        cache.store("u", document())
        assert cache.raw(cache.find("u")) is not None


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
from litsearch.sources.cache import Cache
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
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE) as writer:
            writer.stdout.readline()
            time.sleep(0.05 + 0.04 * n)
            writer.send_signal(signal.SIGKILL)
        with contextlib.closing(Cache(tmp_path)) as cache:
            found = [found for found in map(cache.find, (f"u{n}" for n in range(50))) if found]
            assert found
            assert all(cache.raw(one) is not None for one in found)
    with contextlib.closing(sqlite3.connect(tmp_path / "fetches.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
