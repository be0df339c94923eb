"""A generation is whole or not there; damage is found; a kill at any moment leaves the old one
served.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from index.made import items, write_catalog

from litsearch.errors import IndexCorrupt, IndexMismatch, IndexMissing, StoreError
from litsearch.index import generation as generations
from litsearch.index.cosines import DEFAULT
from litsearch.index.current import current_id, generation_ids
from litsearch.index.generation import CATALOG_FILE, VECTORS_FILE, Generation
from litsearch.index.manifest import FORMAT, MANIFEST_FILE, Facts
from litsearch.index.publish import Draft, draft
from litsearch.index.vectors import exact, flat

FACTS = Facts(embedder="hash", model="hash-8", dim=8, chunker="1", extraction="1")


def fill(made: Draft, sources: int = 3) -> None:
    """Write the three files of a generation of the first so many sources."""
    chosen = items()[:sources]
    write_catalog(made.folder / CATALOG_FILE, chosen)
    rng = np.random.default_rng(sources)
    index = flat.empty(8)
    index.add(rng.normal(size=(sum(len(one[3]) for one in chosen), 8)).astype(np.float32))
    index.save(made.folder / VECTORS_FILE)
    sentences = sum(
        len({unit for passage in one[3] for unit in passage.sentences}) for one in chosen
    )
    with made.sentences(8) as file:
        file.append(rng.normal(size=(sentences, 8)).astype(np.float32))
    with made.sources(8) as file:
        file.append(rng.normal(size=(len(chosen), 8)).astype(np.float32))


def publish(index: Path, sources: int = 3) -> str:
    with draft(index) as made:
        fill(made, sources)
        return made.publish(FACTS)


def open_current(index: Path) -> Generation:
    return generations.open_current(index, flat.load)


def test_what_was_published_is_opened(tmp_path: Path) -> None:
    name = publish(tmp_path)
    generation = open_current(tmp_path)
    assert generation.id == name == current_id(tmp_path)
    assert re.fullmatch(r"\d{8}T\d{12}Z-[0-9a-f]{8}", name)
    assert generation.manifest.facts == FACTS
    assert generation.manifest.counts == {"sources": 3, "entries": 4, "passages": 6, "sentences": 9}
    assert len(generation.vectors) == 6
    assert generation.vectors is generation.vectors
    assert generation.sentences.shape == (9, 8)
    assert generation.sentences.dtype == np.float16
    assert len(generation.catalog.sources()) == 3
    assert generation.check() == []
    assert {path.name for path in (tmp_path / "generations").iterdir()} == {name}


def test_an_empty_library_can_be_published(tmp_path: Path) -> None:
    publish(tmp_path, 0)
    generation = open_current(tmp_path)
    assert len(generation.vectors) == 0
    assert generation.sentences.shape == (0, 8)


def test_nothing_built_names_the_command(tmp_path: Path) -> None:
    for index in (tmp_path, tmp_path / "not there"):
        with pytest.raises(IndexMissing) as caught:
            open_current(index)
        assert caught.value.hint == "Run `litsearch build`."
        assert current_id(index) == ""


def test_ids_sort_by_age_and_the_last_two_are_kept(tmp_path: Path) -> None:
    names = [publish(tmp_path, sources) for sources in (1, 2, 3, 1)]
    assert names == sorted(names)
    assert len(set(names)) == 4
    assert {path.name for path in (tmp_path / "generations").iterdir()} == set(names[-2:])


def test_an_open_generation_outlives_its_removal(tmp_path: Path) -> None:
    publish(tmp_path, 2)
    old = open_current(tmp_path)
    assert len(old.vectors) == 5
    rows = old.sentences
    for _ in range(3):
        publish(tmp_path, 3)
    assert len(old.catalog.sources()) == 2
    assert old.vectors.search(np.ones(8, np.float32), 3)[1].shape == (3,)
    assert np.isfinite(rows).all()


def test_a_draft_that_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    name = publish(tmp_path)
    with contextlib.suppress(KeyError), draft(tmp_path) as made:
        fill(made, 1)
        raise KeyError
    assert current_id(tmp_path) == name
    assert {path.name for path in (tmp_path / "generations").iterdir()} == {name}


def test_a_draft_with_a_file_missing_is_not_published(tmp_path: Path) -> None:
    with draft(tmp_path) as made:
        write_catalog(made.folder / CATALOG_FILE)
        with pytest.raises(FileNotFoundError):
            made.publish(FACTS)
    assert current_id(tmp_path) == ""


def flip(path: Path, at: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(data)


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "vectors.faiss", "sentences.npy", "manifest.json", "CURRENT"]
)
def test_every_flipped_bit_is_found(tmp_path: Path, name: str) -> None:
    made = publish(tmp_path)
    path = tmp_path / name if name == "CURRENT" else tmp_path / "generations" / made / name
    good = path.read_bytes()
    rng = np.random.default_rng(3)
    for at in {0, len(good) - 2, *rng.integers(0, len(good) - 1, 60).tolist()}:
        flip(path, at, int(rng.integers(8)))
        try:
            assert open_current(tmp_path).check() == [name], f"byte {at}"
        except StoreError as error:
            assert "litsearch build" in error.hint  # noqa: PT017 - either way is right
        path.write_bytes(good)
    assert open_current(tmp_path).check() == []


@pytest.mark.parametrize(
    "name", ["catalog.sqlite", "vectors.faiss", "sentences.npy", "manifest.json", "CURRENT"]
)
@pytest.mark.parametrize("damage", ["cut", "longer", "empty", "gone"])
def test_a_file_of_another_size_is_found_on_opening(tmp_path: Path, name: str, damage: str) -> None:
    made = publish(tmp_path)
    path = tmp_path / name if name == "CURRENT" else tmp_path / "generations" / made / name
    data = path.read_bytes()
    changed = {"cut": data[:-3], "longer": data + b"more", "empty": b""}
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(changed[damage])
    with pytest.raises(
        IndexMissing if (name, damage) == ("CURRENT", "gone") else IndexCorrupt
    ) as caught:
        open_current(tmp_path)
    assert "litsearch build" in caught.value.hint


def test_another_format_is_a_mismatch_not_a_corruption(tmp_path: Path) -> None:
    path = tmp_path / "generations" / publish(tmp_path) / MANIFEST_FILE
    path.write_text(path.read_text().replace(f'"format": {FORMAT}', '"format": 9'))
    with pytest.raises(IndexMismatch, match="format 9"):
        open_current(tmp_path)


def test_a_generation_under_another_name_is_refused(tmp_path: Path) -> None:
    name = publish(tmp_path)
    other = name[:-8] + "00000000"
    (tmp_path / "generations" / name).rename(tmp_path / "generations" / other)
    (tmp_path / "CURRENT").write_text(other)
    with pytest.raises(IndexCorrupt, match="another generation"):
        open_current(tmp_path)


def test_a_current_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "CURRENT").write_text("../../etc\n")
    with pytest.raises(IndexCorrupt):
        open_current(tmp_path)


def test_vectors_of_another_number_are_corrupt(tmp_path: Path) -> None:
    with draft(tmp_path) as made:
        fill(made)
        flat.empty(8).save(made.folder / VECTORS_FILE)
        with made.sentences(8) as file:
            file.append(np.zeros((2, 8), np.float32))
        made.publish(FACTS)
    for ask in (lambda g: g.vectors, lambda g: g.sentences):
        with pytest.raises(IndexCorrupt):
            ask(open_current(tmp_path))


def test_no_pickle_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litsearch.index.publish._measure", lambda folder, catalog: DEFAULT)
    with draft(tmp_path) as made:
        fill(made)
        np.save(
            made.folder / "sentences.npy", np.array([{"a": 1}] * 9, dtype=object), allow_pickle=True
        )
        made.publish(FACTS)
    with pytest.raises(IndexCorrupt):
        _ = open_current(tmp_path).sentences


def test_readers_never_fail_while_a_writer_swaps(tmp_path: Path) -> None:
    publish(tmp_path)
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            generation = None
            try:
                generation = open_current(tmp_path)
                if len(generation.vectors) != generation.catalog.counts()["passages"]:
                    wrong.append("mixed")
            except StoreError as error:
                # The state before the live one is kept; who is overtaken twice before the vectors
                # are read opens anew.
                if generation is None or generation.id in generation_ids(tmp_path)[-2:]:
                    wrong.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for count in range(12):
        publish(tmp_path, 1 + count % 3)
    stop.set()
    for reader in readers:
        reader.join()
    assert wrong == []


_KILLED = """
import os, signal, sys
from pathlib import Path
import index.test_generation as tests
from litsearch.index import publish as draft
index, name = Path(sys.argv[1]), sys.argv[2]
owner = {"rename": Path, "replace": Path, "write_catalog": tests}.get(name, draft)
def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
if name == "second sync":
    real, calls = draft.sync, []
    def sync(path):
        calls.append(path)
        die() if len(calls) == 2 else real(path)
    draft.sync = sync
else:
    setattr(owner, name, die)
tests.publish(index, 1)
"""


@pytest.mark.parametrize(
    "moment",
    ["write_catalog", "second sync", "rename", "replace", "remove_others"],
)
def test_a_kill_at_any_moment_leaves_a_whole_index(tmp_path: Path, moment: str) -> None:
    before = publish(tmp_path)
    tests = str(Path(__file__).parents[1])
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(tmp_path), moment], cwd=tests, check=False
    )
    assert run.returncode == -signal.SIGKILL
    after = open_current(tmp_path)
    assert after.check() == []
    assert (after.id == before) == (moment != "remove_others")
    newest = publish(tmp_path, 2)
    assert {path.name for path in (tmp_path / "generations").iterdir()} == {newest, after.id}


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path)

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(generations, "read_manifest", refuse)
    with pytest.raises(IndexCorrupt, match="Permission denied"):
        open_current(tmp_path)


def test_any_index_kind_will_do(tmp_path: Path) -> None:
    load: Callable[[Path], exact.ExactIndex] = exact.load
    with draft(tmp_path) as made:
        fill(made)
        index = exact.empty(8)
        index.add(np.ones((6, 8), np.float32))
        index.save(made.folder / VECTORS_FILE)
        made.publish(FACTS)
    assert len(generations.open_current(tmp_path, load).vectors) == 6
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [current_id(tmp_path)]
