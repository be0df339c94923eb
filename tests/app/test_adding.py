"""What a person has comes in where it stands: exports with the documents beside them."""

from __future__ import annotations

from pathlib import Path

from litsearch.app import adding
from litsearch.app.lists import read_lists
from litsearch.config import load_config

ENTRY = "@book{lee, title = {Moss}, author = {Lee, Ann}, file = {PDF:files/1/moss.pdf:pdf}}\n"


def made_library(folder: Path) -> Path:
    library = folder / "library"
    (library / "config" / "lists").mkdir(parents=True)
    return library


def test_an_export_with_documents_beside_it_stays_where_they_are(tmp_path: Path) -> None:
    library = made_library(tmp_path)
    export = tmp_path / "My Library.bib"
    export.write_text(ENTRY, "utf-8")
    document = tmp_path / "files" / "1" / "moss.pdf"
    document.parent.mkdir(parents=True)
    document.write_bytes(b"%PDF-1.4")

    assert adding.add_in_place(library, export) == (1, 1)
    (file,) = [file for file in read_lists(library, (), load_config(library).lists) if file.entries]
    assert Path(file.path) == export
    assert dict(file.entries[0].extra)["file"] == "files/1/moss.pdf"


def test_an_export_without_its_documents_is_copied_as_others_are(tmp_path: Path) -> None:
    library = made_library(tmp_path)
    export = tmp_path / "My Library.bib"
    export.write_text(ENTRY, "utf-8")
    assert adding.add_in_place(library, export) is None
    assert not (library / "config" / "litsearch.toml").exists()
