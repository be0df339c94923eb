"""Forms that folders, files and words come in: spaces, umlauts, links, Windows' line ends and marks, other encodings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli import hostile

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile.make_library(tmp_path_factory.mktemp("forms") / "library")
    assert litsearch("--library", folder, "build", "--offline").returncode == 0
    return folder


def litsearch(
    *words: object, cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "litsearch", *(os.fsencode(str(word)) for word in words)]
    done = subprocess.run(
        line, capture_output=True, env=os.environ | environ, cwd=cwd, check=False, timeout=100
    )
    assert b"Traceback" not in done.stderr + done.stdout, done.stderr.decode("utf-8", "replace")
    return done


@pytest.mark.parametrize(
    "name",
    ["Bücher & Aufsätze", "a 'quoted' one", "-dash", "ends with space ", "図書館", "a#b?c%20"],
)
def test_a_library_of_any_name(library: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(library, tmp_path / name, ignore=shutil.ignore_patterns("index")))
    for words in (
        ("build", "--offline"),
        ("search", "bread"),
        ("doctor",),
        ("show", hostile.TITLE),
    ):
        assert litsearch(f"--library={folder}", *words).returncode == 0
    assert litsearch("search", "bread", cwd=folder / "config").returncode == 0
    assert litsearch("sources", LITSEARCH_LIBRARY=str(folder)).returncode == 0


@pytest.mark.parametrize(
    "words",
    [("build", "--offline"), ("search", "bread"), ("doctor",), ("init",), ("add", "https://a.b/")],
)
def test_a_library_whose_path_is_not_utf8(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    (folder / "config" / "lists").mkdir(parents=True)
    told = litsearch("--library", folder, *words)
    assert told.returncode == (1 if words == ("doctor",) else 2)
    assert b"caf\\xe9: the path is not UTF-8" in told.stdout + told.stderr
    assert not (folder / "index").exists()


@pytest.mark.parametrize("what", [".", "index", "config", "config/lists", "config/lists/small.md"])
def test_a_library_that_is_reached_by_a_link(library: Path, tmp_path: Path, what: str) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    linked = tmp_path / "link" if what == "." else folder / what
    if what == ".":
        linked.symlink_to(folder, target_is_directory=True)
    else:
        linked.rename(tmp_path / "elsewhere")
        linked.symlink_to(tmp_path / "elsewhere")
    place = linked if what == "." else folder
    expected = litsearch("--library", library, "search", "bread", "--format", "ids").stdout
    if what.startswith("config"):
        refused = litsearch("--library", place, "build", "--offline")
        assert refused.returncode == 1
        assert b"`litsearch trust --yes`" in refused.stderr
        assert litsearch("--library", place, "trust", "--yes").returncode == 0
    for words in (("build", "--offline"), ("doctor",)):
        assert litsearch("--library", place, *words).returncode == 0
    assert litsearch("--library", place, "search", "bread", "--format", "ids").stdout == expected
    assert litsearch("search", "bread", "--format", "ids", cwd=place).stdout == expected


@pytest.mark.parametrize(
    "settings",
    [
        b"\xef\xbb\xbf[search]\r\nk = 1\r\n",
        "[search]\nk = 1\n".encode("utf-16"),
        b"[search]\r\nk = 1\r\n",
        b"",
        b"\xef\xbb\xbf",
    ],
)
def test_settings_saved_on_windows(library: Path, tmp_path: Path, settings: bytes) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    (folder / "config" / "litsearch.toml").write_bytes(settings)
    done = litsearch("--library", folder, "search", "bread", "--format", "ids")
    assert done.returncode == 0, done.stderr
    assert (len(done.stdout.split()) == 1) == (b"k" in settings)


def test_settings_that_are_no_text_are_named(library: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    (folder / "config" / "litsearch.toml").write_bytes(b"[search]\nk = 1 # f\xfcr\n")
    done = litsearch("--library", folder, "search", "bread")
    assert done.returncode == 2
    assert b"litsearch.toml" in done.stderr
    assert b"UTF-8" in done.stderr


def test_lists_with_windows_line_ends(library: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    path = folder / "config" / "lists" / "small.md"
    before = litsearch("parse", path, "--json").stdout
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert litsearch("parse", path, "--json").stdout == before
    assert litsearch("--library", folder, "build", "--offline").returncode == 0
    added = litsearch(
        "--library", folder, "add", "https://x.reading.example/", "--list", "small", "--title", "X"
    )
    assert added.returncode == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


NO_UTF8 = "caf\udce9"
WORDS = [
    ("search", NO_UTF8),
    ("ask", NO_UTF8),
    ("show", NO_UTF8),
    ("why", NO_UTF8, "bread"),
    ("why", hostile.TITLE, NO_UTF8),
]
WORDS += [
    ("search", "bread", "--topic", NO_UTF8),
    ("search", "bread", "--author", NO_UTF8),
    ("changes", "--since", NO_UTF8),
]
WORDS += [
    ("add", f"https://x.example/{NO_UTF8}", "--list", "small", "--title", "T"),
    ("generations", "--use", NO_UTF8),
]
WORDS += [
    ("add", "https://x.example/", "--list", "small", "--title", NO_UTF8),
    ("export", "md", "--list", NO_UTF8),
]


@pytest.mark.parametrize("words", WORDS)
def test_words_that_are_no_utf8(library: Path, words: tuple[str, ...]) -> None:
    done = litsearch("--library", library, *words)
    assert done.returncode == 2
    assert b"UTF-8" in done.stderr
    assert b"surrogate" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [("parse", NO_UTF8), ("extract", NO_UTF8), ("bundle", "import", NO_UTF8), ("build", NO_UTF8)],
)
def test_names_of_files_may_be_any_bytes(
    library: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = litsearch("--library", library, *words, cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert b"litsearch: " in done.stderr or b"caf" in done.stderr
    if words[0] == "parse":
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")).write_text(
            "- [A](https://a.example/)\n"
        )
        assert litsearch("parse", NO_UTF8, cwd=tmp_path).returncode == 0


def test_a_working_folder_that_is_gone(library: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    script = f'cd "{gone}" && rmdir "{gone}" && exec "{sys.executable}" -m litsearch'
    for words, code in (
        (f'--library "{library}" search bread', 0),
        ("search bread", 3),
        ("parse x.md", 2),
        (f'parse "{library}/config/lists/small.md"', 0),
        (f'extract "{library}/page.md"', 0),
        ("build", 2),
        ("init", 2),
        ("init reading", 2),
    ):
        gone.mkdir()
        done = subprocess.run(
            ["/bin/sh", "-c", f"{script} {words}"], capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        assert "output cannot be written" not in done.stderr
        assert done.returncode == code, (words, done.stderr)
        assert "init" not in words or "The working folder is gone" in done.stderr
