"""Folders of documents and vaults of notes, read where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from litsearch.app import adding, folders, lists
from litsearch.config import Config, ListsConfig
from litsearch.errors import ConfigError, FetchError, ListError
from litsearch.fetch.sites.local import LocalFiles
from litsearch.index.publish import writing


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library" / "config" / "lists").mkdir(parents=True)
    return tmp_path / "library"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    (folder / "moss").mkdir(parents=True)
    (folder / ".cache").mkdir()
    for name in ("A_paper.pdf", "moss/book.epub", "moss/notes.md", "picture.png", ".cache/x.pdf"):
        (folder / name).write_text("x")
    (folder / "refs.bib").write_text("@misc{a, title = {On Moss}, url = {https://a.org/moss}}\n")
    return folder


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "Vault One"
    for name in (".obsidian", "Files", "Notes"):
        (folder / name).mkdir(parents=True)
    (folder / ".obsidian" / "app.json").write_text("{}")
    (folder / "Files" / "moss.pdf").write_text("x")
    (folder / "Notes" / "Moss.md").write_text(
        "- ![[moss.pdf]]\n- [ ] call Ann 📅 2024-01-01\n- [Oak](https://a.org/oak)\n"
    )
    (folder / "Clipped.md").write_text(
        '---\ntitle: "Elm"\nsource: "https://a.org/elm"\n---\nSee [more](https://a.org/more).\n'
    )
    return folder


def read(library: Path, *paths: Path, notes: bool = False) -> list[lists.ListFile]:
    settings = ListsConfig(paths=tuple(str(path) for path in paths), notes=notes)
    return lists.read_lists(library, [], settings)


def test_each_document_of_a_folder_is_a_work_and_its_exports_are_lists(
    library: Path, papers: Path
) -> None:
    works, exports, *_ = read(library, papers)
    named = [(entry.title, entry.section) for entry in works.entries]
    assert named == [("A paper", ()), ("book", ("moss",)), ("notes", ("moss",))]
    assert all(entry.url and entry.url.startswith(f"file:{papers}") for entry in works.entries)
    assert [entry.title for entry in exports.entries] == ["On Moss"]


def test_the_notes_of_a_vault_are_lists_and_links_to_files_are_found(
    library: Path, vault: Path
) -> None:
    clipped, moss = read(library, vault)
    assert [entry.url for entry in clipped.entries] == ["https://a.org/elm"]
    file, oak = moss.entries
    assert file.url == f"file:{vault}/Files/moss.pdf".replace(" ", "%20")
    assert oak.url == "https://a.org/oak"


def test_notes_are_works_when_asked_for_and_open_in_obsidian(library: Path, vault: Path) -> None:
    *_, notes = read(library, vault, notes=True)
    assert [entry.title for entry in notes.entries] == ["Clipped", "Moss"]
    address = dict(notes.entries[1].extra)["obsidian"]
    assert address == "obsidian://open?vault=Vault%20One&file=Notes%2FMoss.md"


def test_a_path_that_is_not_there_is_named(library: Path) -> None:
    with pytest.raises(ConfigError, match="absent"):
        read(library, library / "absent")


def test_a_folder_is_named_in_the_settings_once(library: Path, papers: Path, vault: Path) -> None:
    settings = library / "config" / "litsearch.toml"
    settings.write_text("[fetch]\nspacing = 2.0\n")
    assert adding.add_folder(library, papers) == 3
    adding.add_folder(library, papers)
    adding.add_folder(library, vault)
    text = settings.read_text()
    assert text.startswith("[fetch]\nspacing = 2.0\n")
    assert text.count(str(papers)) == text.count(str(vault)) == 1
    with pytest.raises(ListError):
        adding.add_folder(library, library)


def test_lists_reach_named_folders_and_nothing_else(
    library: Path, papers: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (papers / "out.txt").symlink_to(tmp_path / "secret.txt")
    for name in ("config/litsearch.toml", "config/tokens", "index/catalog", ".git/config"):
        (library / name).parent.mkdir(exist_ok=True)
        (library / name).write_text("secret")
    (library / "config" / "files").mkdir()
    (library / "config" / "files" / "own.txt").write_text("own")
    files = LocalFiles(library, further=folders.reachable(ListsConfig(paths=str(papers)), library))

    def fetch(path: object) -> bytes:
        return files.fetch(f"file:{path}", lambda url: pytest.fail(url)).body

    assert fetch(papers / "A_paper.pdf") == b"x"
    assert fetch("config/files/own.txt") == b"own"
    refused = [
        tmp_path / "secret.txt",
        papers / "out.txt",
        papers / ".cache" / "x.pdf",
        papers / ".." / "secret.txt",
        "config/litsearch.toml",
        "config/tokens",
        "index/catalog",
        ".git/config",
        "../secret.txt",
        "config/files/../../index/catalog",
    ]
    for path in refused:
        with pytest.raises(FetchError):
            fetch(path)


def test_documents_of_an_export_are_its_works_and_none_of_their_own(
    library: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "moss.pdf").write_text("x")
    (folder / "files" / "other.pdf").write_text("x")
    (folder / "library.bib").write_text("@misc{a, title = {On Moss}, file = {files/moss.pdf}}\n")
    read = lists.read_lists(library, [], ListsConfig(paths=(str(folder),)))
    titles = [entry.title for file in read for entry in file.entries]
    assert sorted(titles) == ["On Moss", "other"]


def test_a_work_is_added_while_a_build_holds_the_index(library: Path) -> None:
    with writing(library / "index"):
        adding.add_url(
            library, Config(), "https://a.org/moss", "new.md", "", "On Moss", "read it twice"
        )
    (file,) = lists.read_lists(library, [])
    (moss,) = file.entries
    assert (moss.title, moss.url) == ("On Moss", "https://a.org/moss")
    assert moss.remark == "read it twice"


def test_files_of_a_folder_that_are_no_documents_are_told(library: Path, papers: Path) -> None:
    (papers / "table.xlsx").write_text("x")
    problems = {Path(file.path).name: file.problem for file in read(library, papers)}
    assert problems["*.xlsx"] == "1 of no kind that is read."
