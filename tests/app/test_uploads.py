"""Documents that a list attaches are files of its works, and no works of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from litsearch.app import editing
from litsearch.app.adding import make_library
from litsearch.app.lists import read_lists
from litsearch.app.uploads import attaching_entry

BIB = r"""@article{lee,
  title = {Tidal flats in winter},
  author = {Lee, Ann},
  file = {Full Text PDF:/Users/ann/Zotero/storage/AB12CD34/Lee - Tidal flats.pdf:application/pdf}
}
"""
RIS = "TY  - JOUR\nTI  - Salt marshes\nAU  - Lee, Ann\nL1  - internal-pdf://0042/Lee-Marshes.pdf\nER  - \n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    make_library(folder)
    editing.add_file(folder, "My Library.bib", BIB.encode())
    editing.add_file(folder, "marshes.ris", RIS.encode())
    return folder


@pytest.mark.parametrize(
    ("name", "title"),
    [("Lee - Tidal flats.pdf", "Tidal flats in winter"), ("Lee-Marshes.pdf", "Salt marshes")],
)
def test_a_document_that_a_list_attaches_is_no_second_work(
    library: Path, name: str, title: str
) -> None:
    lists = read_lists(library, ())
    edit = editing.add_file(library, name, b"%PDF-1.4 some pages")
    assert edit.entry is not None
    assert edit.entry.title == title
    assert read_lists(library, ()) == lists
    [path] = edit.after
    assert (library / path).read_bytes() == b"%PDF-1.4 some pages"
    editing.undo(library, edit)
    assert not (library / path).exists()


@pytest.mark.parametrize("name", ["Lee - Other flats.pdf", "flats.pdf", ".pdf", "pdf.pdf"])
def test_any_other_document_is_a_work(library: Path, name: str) -> None:
    assert attaching_entry(library, name) is None


def test_another_document_of_the_same_name_is_a_work(library: Path) -> None:
    editing.add_file(library, "Lee - Tidal flats.pdf", b"%PDF-1.4 some pages")
    edit = editing.add_file(library, "Lee - Tidal flats.pdf", b"%PDF-1.4 other pages")
    assert edit.list.endswith("reading.md")


def test_a_folder_without_lists_attaches_nothing(tmp_path: Path) -> None:
    assert attaching_entry(tmp_path, "Lee - Tidal flats.pdf") is None
