"""What is no file is not waited for, and what is too long is not read: one sentence says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Shelf, litsearch

from litsearch.app.history import builds
from litsearch.app.saved import NoteBook, conversations
from litsearch.errors import StoreError
from litsearch.fetch.cache import _intact
from litsearch.index.current import current_id
from litsearch.models.model_card import declared_languages
from litsearch.models.model_folder import check_export, read_export
from litsearch.untrusted import read_bytes


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


NO_FILE = r"no file|Is a directory"
KINDS = (os.mkfifo, endless, os.mkdir)


def put(path: Path, make: Callable[[Path], None]) -> Path:
    """Make something that is no file in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    return path


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.timeout(20)
def test_only_files_are_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    with pytest.raises(OSError, match=NO_FILE):
        read_bytes(put(tmp_path / "x", make))


def test_no_more_is_read_than_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")
    assert read_bytes(tmp_path / "x", 5) == b"12345"
    with pytest.raises(OSError, match="more than 4 bytes"):
        read_bytes(tmp_path / "x", 4)


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.timeout(20)
def test_what_a_library_keeps_is_read_from_files_alone(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    put(tmp_path / "index" / "CURRENT", make)
    with pytest.raises(OSError, match=NO_FILE):
        current_id(tmp_path / "index")
    put(tmp_path / "index" / "changes.jsonl", make)
    assert list(builds(tmp_path)) == []
    put(tmp_path / "config" / "conversations.jsonl", make)
    assert conversations(tmp_path) == []
    put(tmp_path / "config" / "notes.jsonl", make)
    with pytest.raises(StoreError, match=NO_FILE):
        NoteBook(tmp_path).of()
    put(tmp_path / "embedder.json", make)
    assert read_export(tmp_path) is None
    assert check_export(tmp_path) == ["embedder.json"]
    put(tmp_path / "README.md", make)
    assert declared_languages(tmp_path) == ()
    assert not _intact(put(tmp_path / "body", make), "0" * 64)


def test_notes_that_are_not_utf_8_are_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config" / "notes.jsonl"
    path.parent.mkdir()
    NoteBook(tmp_path).add("s", 0, 1, "first", "")
    path.write_bytes(path.read_bytes() + b"\xff\n")
    NoteBook(tmp_path).add("s", 2, 3, "second", "")
    assert [note["quote"] for note in NoteBook(tmp_path).of()] == ["first", "second"]


def test_aliases_of_a_model_card_do_not_multiply(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    card = "\n".join(["---", *lines, "language: [*a8]", "---"])
    (tmp_path / "README.md").write_text(card, "utf-8")
    assert declared_languages(tmp_path) == ()


@pytest.mark.slow
@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("name", ["CURRENT", "generations/*/manifest.json"])
def test_a_command_says_in_a_sentence_what_is_no_file(
    shelf: Shelf, tmp_path: Path, make: Callable[[Path], None], name: str
) -> None:
    folder = Path(shutil.copytree(shelf.folder, tmp_path / "copy"))
    (place,) = (folder / "index").glob(name)
    put(place, make)
    told = litsearch(folder, "search", "bread", check=False)
    assert told.returncode in (1, 3)
    assert place.name in told.stderr
    assert len(told.stderr.splitlines()) == 1
