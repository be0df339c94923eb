"""What a build must not lose is in a bucket or a shared folder as well: another machine goes on."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from fakeweb import Web, page, serve
from stores.places import quiet

from litsearch.app.archive import archived
from litsearch.app.build import build
from litsearch.app.factories import embedder_facts
from litsearch.config import Config, FetchConfig, IndexConfig
from litsearch.errors import ConfigError, StoreUnavailable
from litsearch.fetch.cache import Cache, Remembered
from litsearch.fetch.cache_database import add_to, damaged, seal
from litsearch.index.embedding_store import EmbeddingStore
from litsearch.reports import BuildReport
from litsearch.types import RawDocument, Verdict

TEXTS = ("The tide turns twice a day.", "A pier stands in it.")
FACTS = embedder_facts(Config())[1]


class Fixed:
    """An embedder whose vectors depend on the text alone, and which counts them."""

    fingerprint, dim, window = FACTS.fingerprint, FACTS.dim, FACTS.window

    def __init__(self) -> None:
        self.count = 0

    def embed_passages(self, texts: list[str]) -> np.ndarray:
        self.count += len(texts)
        rows = np.array([[len(text), *range(1, self.dim)] for text in texts], np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Machine:
    """A machine that keeps its cache at an address."""

    def __init__(self, library: Path, address: str) -> None:
        self.library, self.config = library, Config(index=IndexConfig(cache=address))
        (library / "index").mkdir(parents=True, exist_ok=True)

    def sync(self) -> None:
        """Begin and end a build in which nothing happens."""
        with archived(self.library, self.config):
            pass

    def cache(self) -> Cache:
        return Cache(self.library / "index" / "cache", every_row=True)

    def fetched(self, url: str, body: bytes = b"water", day: int = 1) -> None:
        when = datetime(2026, 1, day, tzinfo=UTC)
        with closing(self.cache()) as cache:
            digest = hashlib.sha256(body).hexdigest()
            cache.store(url, RawDocument(url, "text/html", body, digest, fetched_at=when))

    def body(self, url: str) -> bytes | None:
        with closing(self.cache()) as cache:
            raw = cache.raw(cache.find(url))
        return raw.body if raw else None

    def embed(self) -> int:
        """Embed the texts; returns how many were not known."""
        file, embedder = self.library / "index" / "embeddings.sqlite", Fixed()
        with EmbeddingStore(file, FACTS.fingerprint, FACTS.dim) as store:
            vectors, _ = store.embed(TEXTS, embedder)
        assert np.allclose(vectors, embedder.embed_passages(list(TEXTS)), atol=1e-3)
        return embedder.count - len(TEXTS)


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two machines that keep a cache in one folder."""
    address = str(tmp_path / "shared")
    return Machine(tmp_path / "one", address), Machine(tmp_path / "other", address)


def test_another_machine_has_what_one_kept(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    one.sync()
    one.fetched("http://a.example/")
    with closing(one.cache()) as cache:
        cache.failed("http://b.example/", Verdict("dead", "It is gone.", "Remove it."), 7.5)
        cache.remember("what?", Remembered("that", 0, 1.25))
    assert one.embed() == len(TEXTS)
    one.sync()

    other.sync()
    assert other.body("http://a.example/") == b"water"
    with closing(one.cache()) as mine, closing(other.cache()) as theirs:
        for url in ("http://a.example/", "http://b.example/"):
            assert theirs.find(url) == mine.find(url)
        assert theirs.answer("what?") == mine.answer("what?")
    assert not damaged(other.library / "index" / "cache" / "fetches.sqlite")
    assert other.embed() == 0


def test_only_what_is_new_is_put(machines: tuple[Machine, Machine], tmp_path: Path) -> None:
    one, other = machines
    one.fetched("http://a.example/")
    one.embed()
    one.sync()
    before = {path for path in (tmp_path / "shared").rglob("*") if path.is_file()}
    one.sync()
    other.sync()
    other.sync()
    assert {path for path in (tmp_path / "shared").rglob("*") if path.is_file()} == before


def test_of_two_answers_the_later_is_brought(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    for day, body in enumerate((b"ebb", b"flow"), 1):
        one.fetched("http://a.example/", body, day)
        one.sync()
    other.sync()
    assert other.body("http://a.example/") == b"flow"


def test_what_is_here_stays(machines: tuple[Machine, Machine]) -> None:
    one, other = machines
    one.fetched("http://a.example/", b"ebb")
    one.sync()
    other.fetched("http://a.example/", b"flow", day=2)
    other.sync()
    assert other.body("http://a.example/") == b"flow"


def test_what_a_killed_writer_left_is_passed_over(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, other = machines
    one.fetched("http://a.example/")
    one.fetched("http://b.example/", b"more water")
    one.sync()
    (segment,) = (tmp_path / "shared" / "fetches").iterdir()
    (tmp_path / "shared" / "fetches" / "00-cut.parquet").write_bytes(segment.read_bytes()[:100])
    for body in (tmp_path / "shared" / "bodies").rglob("*"):
        if body.is_file() and body.read_bytes() == b"water":
            body.write_bytes(b"wat")
    other.sync()
    assert other.body("http://b.example/") == b"more water"
    assert other.body("http://a.example/") is None


def test_a_row_that_names_a_path_takes_nothing_there_and_is_not_brought(tmp_path: Path) -> None:
    address = str(tmp_path / "far" / "away" / "shared")
    one, other = Machine(tmp_path / "one", address), Machine(tmp_path / "other", address)
    one.fetched("http://a.example/")
    cache, secret = one.library / "index" / "cache", one.library / "secret"
    secret.write_text("a key")
    assert (cache / "bodies" / "../../../secret").exists()
    with closing(sqlite3.connect(cache / "fetches.sqlite")) as db, db:
        db.execute("UPDATE fetches SET sha256 = '../../secret'")
        add_to(db)
        seal(db, "fetches", ["http://a.example/"])

    one.sync()
    assert list(tmp_path.rglob("secret")) == [secret]
    other.sync()
    with closing(other.cache()) as theirs:
        assert theirs.find("http://a.example/") is None


def test_a_place_that_cannot_be_reached_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    machine = Machine(tmp_path / "one", str(tmp_path / "file" / "shared"))
    machine.fetched("http://a.example/")
    with pytest.raises(StoreUnavailable) as raised:
        machine.sync()
    assert raised.tb is not None  # what it keeps alive is closed all the same
    descriptors = Path("/proc/self/fd")
    names = [str(file.readlink()) for file in descriptors.iterdir() if file.is_symlink()]
    assert not [name for name in names if Path(name).is_relative_to(tmp_path)]


def test_what_came_is_kept_also_when_a_build_fails(machines: tuple[Machine, Machine]) -> None:
    one, other = machines

    def interrupted() -> None:
        with archived(one.library, one.config):
            one.fetched("http://a.example/")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    other.sync()
    assert other.body("http://a.example/") == b"water"


def test_what_came_is_kept_now_and_then(
    machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    monkeypatch.setattr("litsearch.stores.archive.EVERY_S", 0.0)
    monkeypatch.setattr("litsearch.stores.archive.SHARE", 0)

    def ingest(_: object) -> object:
        one.fetched("http://a.example/")
        yield "a page"
        other.sync()
        yield "another"

    with archived(one.library, one.config) as watched:
        assert list(watched(ingest)({})) == ["a page", "another"]  # type: ignore[arg-type]
    assert other.body("http://a.example/") == b"water"


def test_a_place_that_is_none_is_told(tmp_path: Path) -> None:
    for address in ("ftp://host/name", "s3://", "folder"):
        with pytest.raises(ConfigError, match="There is no cache"):
            Machine(tmp_path / "one", address).sync()
    (tmp_path / "file").write_text("no folder")
    machine = Machine(tmp_path / "one", str(tmp_path / "file"))
    machine.fetched("http://a.example/")
    with pytest.raises(StoreUnavailable, match="file"):
        machine.sync()


def built(library: Path, web: Web, address: str, *, offline: bool = False) -> BuildReport:
    """Build a library of a few pages."""
    lines = [f"- [Report {n}]({web.base}/{n})" for n in range(3)]
    (library / "config" / "lists").mkdir(parents=True, exist_ok=True)
    (library / "config" / "lists" / "few.md").write_text("\n".join(["# Few", "", *lines]))
    settings = FetchConfig(spacing=0.0, timeout=5.0, retries=0, allow_private=True)
    config = Config(fetch=settings, index=IndexConfig(cache=address))
    return build(library, config, (), full=False, offline=offline, progress=quiet)


@pytest.mark.slow
def test_a_lost_machine_costs_no_page_and_no_vector(tmp_path: Path) -> None:
    address = str(tmp_path / "shared")
    with serve() as web:
        for n in range(3):
            text = " ".join(f"Station {n} measured {k} metres of water at noon." for k in range(40))
            web.pages[f"/{n}"] = page(f"<article><h1>Report {n}</h1><p>{text}</p></article>")
        first = built(tmp_path / "one", web, address)
        shutil.rmtree(tmp_path / "one")
        asked = len(web.log)
        second = built(tmp_path / "other", web, address, offline=True)
    assert len(web.log) == asked
    assert first.embedded > 0
    assert second.embedded == 0
    assert second.passages == first.passages
