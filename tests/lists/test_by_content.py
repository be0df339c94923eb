"""Lists whose name says nothing: standard input, and files of unknown suffix."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from lists.cases import CASES

from litsearch.app import lists
from litsearch.errors import FetchError
from litsearch.fetch.sites.local import LocalFiles
from litsearch.types import RawDocument
from litsearch.works.identity import identify, unite

URL = "https://example.org/lamps"
TEXTS = {
    "markdown": f"# Lamps\n\n- [On lamps]({URL}) - bright\n",
    "addresses": f"{URL}\n",
    "csv": f"title,url,tags\nOn lamps,{URL},light\n",
    "semicolons": f"Title;URL\nOn lamps;{URL}\n",
    "tsv": f"url\ttitle\n{URL}\tOn lamps\n",
    "quoted csv": f'"Title","URL"\n"On lamps","{URL}"\n',
    "bibtex": f"% my own\n@article{{ada2020,\n  title = {{On lamps}},\n  url = {{{URL}}}\n}}\n",
    "csl": f'[{{"title": "On lamps", "URL": "{URL}"}}]',
    "ris": f"TY  - JOUR\nTI  - On lamps\nUR  - {URL}\nER  - \n",
    "opml": f'<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="On lamps" url="{URL}"/></body></opml>',
    "bookmarks": f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="{URL}">On lamps</A></DL>',
}


@pytest.mark.parametrize("kind", TEXTS)
def test_standard_input_is_read_by_what_it_holds(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXTS[kind].encode())))
    (entry,) = lists.read_list(Path("-"), Path.cwd())
    assert (entry.url, entry.list) == (URL, "standard input")
    assert entry.title == ("Lamps" if kind == "addresses" else "On lamps")


@pytest.mark.parametrize("name", ["export", "export.dat"])
def test_a_file_of_no_known_suffix_is_read_by_what_it_holds(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(TEXTS["csv"])
    (entry,) = lists.read_list(tmp_path / name, tmp_path)
    assert (entry.title, entry.list) == ("On lamps", name)


def test_notes_are_taken_for_nothing_else() -> None:
    notes = [
        "Papers, talks, links\n\n- a\n",
        "Dear @ada, look at https://a.org\n",
        "title, and more words of prose\n",
        "{",
        "",
    ]
    for text in notes:
        assert lists._format_by_content(text).__name__ == "litsearch.lists.markdown"


@pytest.mark.parametrize("name", CASES)
def test_every_known_case_is_seen_as_what_it_is(name: str) -> None:
    text, _ = CASES[name]
    kind = lists._format_by_content(text).__name__.rpartition(".")[2]
    assert kind in name or kind == "markdown", kind


@pytest.mark.slow
def test_a_build_reads_a_list_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    command = [
        sys.executable,
        "-m",
        "litsearch",
        "--library",
        str(tmp_path),
        "build",
        "-",
        "--dry-run",
    ]
    done = subprocess.run(
        command, input=TEXTS["markdown"], capture_output=True, text=True, check=True
    )
    assert URL in done.stdout


def test_files_beside_a_list_in_a_subfolder_are_found_and_stay_apart(tmp_path: Path) -> None:
    library = tmp_path.resolve()
    for name in ("bees", "owls"):
        folder = library / "config" / "lists" / name
        (folder / "my notes").mkdir(parents=True)
        (folder / "my notes" / "a#1.md").write_text(f"# On {name}\n", "utf-8")
        (folder / "list.md").write_text(
            "- [Notes](my%20notes/a%231.md)\n- [Lost](gone.md)\n", "utf-8"
        )
    files = LocalFiles(library)
    read = [
        lists.read_list(library / "config" / "lists" / name / "list.md", library)
        for name in ("bees", "owls")
    ]
    texts = [
        files.fetch(identify(entries[0].url or "").url, no_download).body.decode()
        for entries in read
    ]
    assert texts == ["# On bees\n", "# On owls\n"]
    assert [entries[1].url for entries in read] == ["file:gone.md"] * 2
    assert len(unite(entry for entries in read for entry in entries[:1])) == 2


def test_a_list_in_a_subfolder_leads_to_no_file_outside_of_the_library(tmp_path: Path) -> None:
    library = tmp_path.resolve() / "library"
    (library / "config" / "lists" / "sub").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("# Secret\n", "utf-8")
    path = library / "config" / "lists" / "sub" / "list.md"
    path.write_text("- [Secret](file:../../../../secret.md)\n", "utf-8")
    (entry,) = lists.read_list(path, library)
    with pytest.raises(FetchError):
        LocalFiles(library).fetch(entry.url or "", no_download)


def no_download(url: str) -> RawDocument:
    raise FetchError(f"{url} is no file.")
