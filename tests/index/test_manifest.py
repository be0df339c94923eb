"""Checksums tell of any change, however many blocks a file has; what is said to be written is
written.
"""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import numpy as np
import pytest

from litsearch.index import manifest
from litsearch.index.manifest import RowFile, facts_of, settled

SMALL = 1000  # bytes a block


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a kilobyte, read in three parts, and files that count as large."""
    monkeypatch.setattr(manifest, "BLOCK", SMALL)
    monkeypatch.setattr(manifest, "_READ", 400)
    monkeypatch.setattr(manifest, "LARGE", 1)


def summed(data: bytes) -> str:
    blocks = [data[start : start + SMALL] for start in range(0, len(data), SMALL)]
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in blocks)).hexdigest()


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("size", [0, 1, SMALL - 1, SMALL, SMALL + 1, 7 * SMALL, 7 * SMALL + 13])
def test_a_checksum_is_that_of_its_blocks(tmp_path: Path, size: int) -> None:
    path, data = tmp_path / "file", random.Random(size).randbytes(size)
    path.write_bytes(data)
    assert facts_of(path) == manifest.FileFacts(size, summed(data))


@pytest.mark.usefixtures("small_blocks")
def test_every_change_shows_even_blocks_that_change_places(tmp_path: Path) -> None:
    path, data = tmp_path / "file", random.Random(1).randbytes(3 * SMALL + 5)
    path.write_bytes(data)
    good = facts_of(path)
    for at in (0, SMALL - 1, SMALL, 2 * SMALL + 1, len(data) - 1):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert facts_of(path) != good, at
    path.write_bytes(data[SMALL : 2 * SMALL] + data[:SMALL] + data[2 * SMALL :])
    assert facts_of(path) != good
    path.write_bytes(data)
    assert facts_of(path) == good


@pytest.mark.parametrize("large", [1, 1 << 40])
def test_all_files_are_synced_and_those_known_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(manifest, "LARGE", large)
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_text(path.name)
    synced: list[str] = []
    monkeypatch.setattr(manifest, "sync", lambda path: synced.append(path.name))
    known = manifest.FileFacts(9, "as it was")
    assert settled(paths, {"b": known}) == [facts_of(paths[0]), known, facts_of(paths[2])]
    assert sorted(synced) == ["a", "b", "c"]


@pytest.mark.parametrize("large", [1, 1 << 40])
def test_a_disk_that_does_not_take_it_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(manifest, "LARGE", large)
    (tmp_path / "a").write_text("a")

    def refused(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(manifest, "sync", refused)
    with pytest.raises(OSError, match="No space"):
        settled([tmp_path / "a"], {})


@pytest.mark.parametrize("rows", [0, 1, 9, 99, 1234])
def test_a_matrix_that_is_gone_on_with_is_the_one_written_at_once(
    tmp_path: Path, rows: int
) -> None:
    matrix = np.arange((rows + 120) * 3, dtype=np.float32).reshape(-1, 3)
    for name, parts in {"once": [matrix], "twice": [matrix[:rows], matrix[rows:]]}.items():
        before = 0
        for part in parts:
            with RowFile(tmp_path / name, 3, np.float32, before) as file:
                file.append(part)
            before += len(part)
    assert (np.load(tmp_path / "twice") == matrix).all()
    assert (tmp_path / "twice").read_bytes() == (tmp_path / "once").read_bytes()
