"""Every file that the index is made of: damage is found, the mend that is named mends it, and older
formats move on.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Shelf, litsearch

from litsearch.app import build, doctor, maintenance
from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.errors import IndexCorrupt, IndexMismatch, LitsearchError
from litsearch.index import embedding_store
from litsearch.index.current import current_id
from litsearch.index.embedding_store import EmbeddingStore

pytestmark = pytest.mark.slow
FILES = {
    "catalog": "generations/*/catalog.sqlite",
    "vectors": "generations/*/vectors.faiss",
    "sentences": "generations/*/sentences.npy",
    "sources": "generations/*/sources.npy",
    "manifest": "generations/*/manifest.json",
    "current": "CURRENT",
    "a download": "cache/bodies/*/*",
    "the history": "changes.jsonl",
    "the export": "models/*/*",
}


@pytest.fixture
def copy(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.folder, tmp_path / "copy"))


def found(folder: Path) -> list[str]:
    """What doctor --deep names as a mend."""
    try:
        findings = [*doctor.examine(folder), *maintenance.deep(folder)]
    except LitsearchError as error:
        return [error.hint]
    return [one.mend for one in findings if not one.ok]


def hits(folder: Path) -> list[tuple[str, float]]:
    with open_library(folder, load_config(folder)) as library:
        results = library.search("wild yeasts in a warm kitchen")
        return [(hit.passage.passage_id, round(hit.score, 5)) for hit in results.hits]


def mend(folder: Path, shelf: Shelf, advice: str) -> None:
    command = re.search(r"`litsearch ([^`]+)`", advice)
    assert command is not None, advice
    litsearch(folder, *command[1].split(), web=shelf.web)


@pytest.mark.parametrize("what", FILES)
def test_a_flipped_bit_is_found_and_the_mend_that_is_named_mends_it(
    copy: Path, shelf: Shelf, what: str
) -> None:
    before = hits(copy)
    assert found(copy) == []
    for path in (copy / "index").glob(FILES[what]):
        data = bytearray(path.read_bytes())
        if data:
            data[len(data) // 2] ^= 4
        path.write_bytes(data)
    advice = found(copy)
    assert advice, f"{what}: nothing was found"
    mend(copy, shelf, advice[0])
    assert found(copy) == []
    assert hits(copy) == before


def facts(folder: Path) -> tuple[object, ...]:
    """What a library says: its hits, and its works with their verdicts."""
    rows = json.loads(litsearch(folder, "sources", "--json").stdout)
    return hits(folder), [(row["id"], row["title"], row["status"]) for row in rows]


def files_of(index: Path) -> list[Path]:
    """Every file that holds something, which the lock does not."""
    paths = sorted(path for path in index.rglob("*") if path.is_file())
    return [path for path in paths if path.name != "lock" and path.stat().st_size]


@pytest.mark.parametrize("seed", range(4))
def test_bits_that_turn_at_random_are_noticed_or_change_nothing(
    copy: Path, shelf: Shelf, seed: int
) -> None:
    chance, before = random.Random(seed), facts(copy)
    for path in chance.sample(files_of(copy / "index"), 3):
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        advice = found(copy)
        if advice:
            mend(copy, shelf, advice[0])
        assert found(copy) == []
        assert facts(copy) == before, path


@pytest.mark.parametrize(
    "name", ["model.onnx", "model.onnx.data", "tokenizer.json", "embedder.json"]
)
def test_a_plain_build_mends_the_exported_embedder(copy: Path, shelf: Shelf, name: str) -> None:
    before = hits(copy)
    (path,) = (copy / "index" / "models").glob(f"*/{name}")
    flip_a_bit(path)
    told = litsearch(copy, "search", "wild yeasts", check=False)
    if name != "embedder.json":  # without it the model is loaded from its own folder
        assert told.returncode == 1
        assert name in told.stderr
        assert "`litsearch build`" in told.stderr
    litsearch(copy, "build", web=shelf.web)
    assert found(copy) == []
    assert hits(copy) == before


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "vectors.faiss", "sentences.npy", "sources.npy"]
)
def test_changed_bytes_are_noticed_when_the_index_is_opened(
    copy: Path, shelf: Shelf, name: str
) -> None:
    before = hits(copy)
    (path,) = (copy / "index" / "generations").glob(f"*/{name}")
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    flip_a_bit(path)
    os.utime(path, ns=times)  # even when the time of the change is set back
    told = litsearch(copy, "search", "wild yeasts", check=False)
    assert told.returncode == 1
    assert name in told.stderr
    assert "`litsearch build`" in told.stderr
    litsearch(copy, "build", web=shelf.web)
    assert hits(copy) == before


def test_a_library_that_stays_open_notices_changed_bytes(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("litsearch.app.library.LOOK_AFTER_S", 0.0)
    with open_library(copy, load_config(copy)) as library:
        assert library.search("wild yeasts").hits
        (path,) = (copy / "index" / "generations").glob("*/sources.npy")
        flip_a_bit(path)
        with pytest.raises(IndexCorrupt, match=r"sources\.npy"):
            library.search("wild yeasts")


def test_unchanged_files_are_not_read_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hits(copy)
    monkeypatch.setattr("litsearch.index.generation.facts_of", lambda path: pytest.fail("read"))
    assert hits(copy)


def flip_a_bit(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        (byte,) = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 4]))


def test_flipped_bits_of_kept_vectors_are_found_and_gc_forgets_them(
    copy: Path, shelf: Shelf
) -> None:
    path, before = copy / "index" / "embeddings.sqlite", hits(copy)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for row, column in ((1, "vector"), (2, "text"), (3, "sum")):
            ((value,),) = db.execute(f"SELECT {column} FROM vectors WHERE id = ?", (row,))
            other = value ^ 1 if isinstance(value, int) else bytes([value[0] ^ 1]) + value[1:]
            db.execute(f"UPDATE vectors SET {column} = ? WHERE id = ?", (other, row))
    assert embedding_store.damaged(path) == 3
    advice = found(copy)
    assert len(advice) == 1
    mend(copy, shelf, advice[0])
    assert found(copy) == []
    report = json.loads(litsearch(copy, "build", "--full", "--offline", "--json").stdout)
    assert 0 < report["passages"]["embedded"] < report["passages"]["total"]
    assert hits(copy) == before


def test_any_flipped_bit_of_the_file_of_vectors_is_found_or_changes_nothing(copy: Path) -> None:
    path = copy / "index" / "embeddings.sqlite"
    good = path.read_bytes()
    for at in range(0, len(good), len(good) // 150):
        path.write_bytes(good[:at] + bytes([good[at] ^ 16]) + good[at + 1 :])
        try:
            seen = embedding_store.damaged(path) > 0
        except LitsearchError as error:
            seen = "litsearch build" in error.hint
        assert seen or kept(path) == kept_in(good, path), f"byte {at}"
        path.write_bytes(good)


@pytest.mark.parametrize(
    "name", [b"id INTEGER PRIMARY KEY, f", b"fingerprint TEXT", b"embedder INT"]
)
def test_a_turned_bit_in_the_name_of_a_column_is_found(copy: Path, name: bytes) -> None:
    path = copy / "index" / "embeddings.sqlite"
    data = path.read_bytes()
    at = data.index(name)
    path.write_bytes(data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :])
    with pytest.raises(IndexCorrupt):
        embedding_store.damaged(path)


def kept(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as db:
        return list(
            db.execute(
                "SELECT e.fingerprint, text, vector FROM vectors JOIN embedders e ON e.id = embedder"
            )
        )


def kept_in(data: bytes, path: Path) -> list[object]:
    path.write_bytes(data)
    return kept(path)


def rebuilt(folder: Path) -> tuple[int, int, int, list[str]]:
    """Requests, passages embedded, sources indexed, and what was said, of a build without network."""
    said: list[str] = []
    quiet = {"full": False, "offline": True, "progress": lambda *_: None}
    report = build.build(folder, load_config(folder), [], **quiet, say=said.append)  # type: ignore[arg-type]
    return report.requests, report.embedded, report.indexed, said


@pytest.mark.parametrize("version", [1, 2, 99])
def test_a_generation_of_another_format_is_made_anew_from_what_is_kept(
    copy: Path, version: int
) -> None:
    before, index = hits(copy), copy / "index"
    manifest = index / "generations" / current_id(index) / "manifest.json"
    manifest.write_text(
        re.sub(r'"format": \d+', f'"format": {version}', manifest.read_text("utf-8")), "utf-8"
    )
    with pytest.raises(IndexMismatch, match=f"format {version}"):
        open_library(copy, load_config(copy))
    requests, embedded, indexed, said = rebuilt(copy)
    assert (requests, embedded, indexed) == (0, 0, 4)
    assert len(said) == 1
    assert f"format {version}" in said[0]
    assert hits(copy) == before


def as_of_old(path: Path) -> None:
    """Make the file of vectors what the first version was: without checksums."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE vectors DROP COLUMN sum")
        db.execute("PRAGMA user_version = 0")
        db.commit()


def test_an_older_file_of_vectors_is_brought_up_to_date_and_embeds_nothing(copy: Path) -> None:
    path = copy / "index" / "embeddings.sqlite"
    before = kept(path)
    as_of_old(path)
    assert found(copy) == []
    report = json.loads(litsearch(copy, "build", "--full", "--offline", "--json").stdout)
    assert (report["passages"]["embedded"], report["requests"]) == (0, 0)
    assert kept(path) == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (embedding_store.VERSION,)
        db.execute("UPDATE vectors SET vector = zeroblob(768) WHERE id = 1")
        db.commit()
    assert embedding_store.damaged(path) == 1


def test_a_newer_file_of_vectors_is_left_alone(copy: Path) -> None:
    path = copy / "index" / "embeddings.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
        db.commit()
    with pytest.raises(IndexMismatch, match="newer"):
        EmbeddingStore(path, "any", 384)
    done = litsearch(copy, "build", "--offline", check=False)
    assert (done.returncode, "newer litsearch" in done.stderr) == (1, True)
    assert hits(copy)


@pytest.mark.parametrize("size", [0, 60_000])
def test_a_limit_of_sizes_is_one_sentence_and_the_index_stays(copy: Path, size: int) -> None:
    before = hits(copy)
    path = copy / "config" / "lists" / "small.md"
    path.write_text(path.read_text("utf-8").replace("explained", "explained at length"), "utf-8")

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    command = [sys.executable, "-m", "litsearch", "--library", str(copy), "build", "--offline"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ulimit -f" in done.stderr
    assert "Make room" not in done.stderr
    assert "emove" not in done.stderr
    assert hits(copy) == before
    assert rebuilt(copy)[1] == 0
    assert found(copy) == []


COMMANDS = (
    ("search", "wild yeasts in a warm kitchen", "--json"),
    ("ask", "what is DoRA?"),
    ("sources",),
    ("doctor", "--deep"),
    ("generations",),
)


def test_several_may_read_at_once_what_nobody_may_write(copy: Path) -> None:
    before = hits(copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    readers = [(command, powerless(copy, *command)) for command in COMMANDS]
    for command, running in readers:
        out, error = running.communicate(timeout=200)
        assert running.returncode == 0, (command, error)
        if command[0] == "search":
            assert [hit["passage_id"] for hit in json.loads(out)["hits"]] == [
                name for name, _ in before
            ]
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755)


_POWERLESS = """
import sys
from pathlib import Path
try:
    (Path(sys.argv[2]) / "index" / "probe").write_text("x")
except PermissionError:
    from litsearch.cli.main import main
    sys.exit(main())
sys.exit("The folder can be written to.")
"""


def powerless(folder: Path, *command: str) -> subprocess.Popen[str]:
    """The program, bound by the modes of files even when root starts it."""

    def bound() -> None:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            # PR_CAPBSET_DROP; fails for others than root
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)

    return subprocess.Popen(
        [sys.executable, "-c", _POWERLESS, "--library", str(folder), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=bound,
    )
