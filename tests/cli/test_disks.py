"""Disks that are full, that may not be written, and that know no locks: one true sentence, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli import hostile
from cli.hostile import Command, Environment, no_file_grows_beyond, run

from litsearch.index.current import current_id, generation_ids

pytestmark = pytest.mark.slow
WRITERS = (
    "build",
    "build --full",
    "add",
    "gc",
    "generations --use",
    "bundle export",
    "bundle import",
    "watch",
)
KILOBYTES = (0, 8, 40, 120, 400, 1_000)

# A file system without locks, as NFS may be: every way to lock says so. PRELOAD stands in for a mounted one.
NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/file.h>
int flock(int fd, int operation) { errno = ENOLCK; return -1; }
static int control(const char *name, int fd, int command, void *argument) {
    if (command == F_SETLK || command == F_SETLKW || command == F_GETLK) {
        errno = ENOLCK;
        return -1;
    }
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    return real(fd, command, argument);
}
int fcntl(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return control("fcntl", fd, command, argument);
}
int fcntl64(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return control("fcntl64", fd, command, argument);
}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = hostile.make_library(tmp_path_factory.mktemp("disks") / "library")
    litsearch(folder, "build", "--offline")
    return folder


def litsearch(folder: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "litsearch", "--library", str(folder), *words]
    return subprocess.run(line, capture_output=True, text=True, check=check, timeout=100)


def hits(folder: Path) -> str:
    return litsearch(folder, "search", hostile.QUERY, "--format", "ids").stdout


def change(folder: Path) -> None:
    path = folder / "config" / "lists" / "small.md"
    path.write_text(path.read_text("utf-8").replace("explained", "explained at length"), "utf-8")


@pytest.mark.parametrize("size", KILOBYTES)
@pytest.mark.parametrize("words", [("build", "--offline"), ("build", "--full", "--offline")])
def test_a_full_disk(library: Path, tmp_path: Path, words: tuple[str, ...], size: int) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    before = hits(folder)
    change(folder)
    full = Environment(limit=no_file_grows_beyond(size * 1000))
    told = run(folder, tmp_path, Command(words), full)
    assert "Traceback" not in told.err
    if told.code:
        assert told.code == 1
        assert "ulimit -f" in told.err
        assert "emove" not in told.err, "a full disk is no reason to remove anything"
        assert hits(folder) == before
    assert litsearch(folder, *words).returncode == 0
    assert litsearch(folder, "doctor", "--deep").returncode == 0


@pytest.mark.parametrize(
    "words", [("add", "http://new.reading.example/", "--list", "small", "--title", "A new one")]
)
def test_a_list_is_kept_whole_on_a_full_disk(
    library: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    path = folder / "config" / "lists" / "small.md"
    before = path.read_bytes()
    told = run(folder, tmp_path, Command(words), Environment(limit=no_file_grows_beyond(0)))
    assert "Traceback" not in told.err
    assert told.code == 1
    assert "ulimit -f" in told.err
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["small.md"]


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of its own that is soon full, where this user may mount one."""
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("free", [0, 8, 64, 200, 500, 2_000])
def test_a_small_disk_that_fills_while_a_first_build_runs(
    library: Path, tmp_path: Path, free: int
) -> None:
    size = sum(
        path.stat().st_size
        for path in library.rglob("*")
        if path.is_file() and "index" not in path.parts
    )
    with small_disk(tmp_path / "disk", size // 1000 + 200 + free) as disk:
        folder = disk / "library"
        shutil.copytree(library, folder, ignore=shutil.ignore_patterns("index"))
        told = run(folder, tmp_path, Command(("build", "--offline")), Environment())
        assert "Traceback" not in told.err
        assert told.code == 1
        assert "Make room on the disk" in told.err
        assert "emove" not in told.err
        searched = run(folder, tmp_path, Command(("search", "bread")), Environment())
        assert (searched.code, "Traceback" in searched.err) == (3, False)


@pytest.mark.parametrize(
    "words", [("bundle", "export", "{scratch}/library.zip"), ("search", "bread"), ("sources",)]
)
def test_what_is_written_elsewhere_when_the_disk_is_full(
    library: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    told = run(folder, tmp_path, Command(words), Environment(limit=no_file_grows_beyond(4_000)))
    assert "Traceback" not in told.err
    if words[0] == "bundle":
        assert told.code == 1
        assert "ulimit -f" in told.err
        assert list(tmp_path.glob("*.zip")) == []
    else:
        assert told.code == 0


PRINTING = {name: command for name, command in hostile.COMMANDS.items() if command.ends}
PRINTING |= {words: Command(tuple(words.split())) for words in ("--version", "search --help")}
del PRINTING["mcp"]  # which ends when nobody hears it


@pytest.fixture(scope="module")
def two_generations(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that the commands may change."""
    folder = Path(shutil.copytree(library, tmp_path_factory.mktemp("full") / "library"))
    change(folder)
    litsearch(folder, "build", "--offline")
    return folder


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no device that is always full"
)
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("name", PRINTING)
def test_output_that_cannot_be_written(
    two_generations: Path, tmp_path: Path, name: str, unbuffered: str
) -> None:
    older = next(iter(generation_ids(two_generations / "index")))
    where = Environment({"PYTHONUNBUFFERED": unbuffered}, limit=full_output)
    told = run(two_generations, tmp_path, PRINTING[name], where, older)
    assert "Traceback" not in told.err
    assert "Exception ignored" not in told.err
    assert told.code == 1
    assert "output cannot be written" in told.err


def full_output() -> None:
    """Let standard output be a device that is always full."""
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    "words", ["search bread", "sources --json", "ask 'what is DoRA?'", "search", "build --offline"]
)
def test_streams_that_are_closed(library: Path, tmp_path: Path, closed: str, words: str) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    script = f'exec "{sys.executable}" -m litsearch --library "{folder}" {words} {closed}'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    assert "Exception ignored" not in done.stderr
    assert done.returncode == (2 if words == "search" else 0), done.stderr


@pytest.fixture(scope="module")
def no_locks(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Processes whose every file lies on a file system without locks."""
    folder = tmp_path_factory.mktemp("nolocks")
    (folder / "nolocks.c").write_text(NO_LOCKS)
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no compiler for a file system without locks")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", folder / "nolocks.so", folder / "nolocks.c", "-ldl"],
        check=True,
    )
    return Environment({"LD_PRELOAD": str(folder / "nolocks.so")})


@pytest.mark.parametrize(
    "words", [("search", "bread"), ("ask", "what is DoRA?"), ("sources",), ("doctor",)]
)
def test_reading_needs_no_locks(
    library: Path, tmp_path: Path, no_locks: Environment, words: tuple[str, ...]
) -> None:
    told = run(library, tmp_path, Command(words), no_locks)
    assert (told.code, told.err.count("Traceback")) == (0, 0), told.err


def test_an_entry_is_added_without_locks(
    library: Path, tmp_path: Path, no_locks: Environment
) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    told = run(folder, tmp_path, hostile.COMMANDS["add"], no_locks)
    assert told.code == 0, told.err
    assert "new.reading.example" in (folder / "config" / "lists" / "small.md").read_text("utf-8")


def test_a_bundle_is_unpacked_without_locks(
    library: Path, tmp_path: Path, no_locks: Environment
) -> None:
    litsearch(library, "bundle", "export", str(tmp_path / "library.zip"))
    goal = tmp_path / "goal"
    goal.mkdir()
    told = run(goal, tmp_path, Command(("bundle", "import", "{scratch}/library.zip")), no_locks)
    assert told.code == 0, told.err
    assert hits(goal) == hits(library)


@pytest.mark.parametrize("name", ["build", "watch", "gc", "generations --use", "bundle export"])
def test_a_file_system_without_locks_is_named(
    library: Path, tmp_path: Path, no_locks: Environment, name: str
) -> None:
    folder = Path(shutil.copytree(library, tmp_path / "library"))
    live = current_id(folder / "index") or ""
    told = run(folder, tmp_path, hostile.COMMANDS[name], no_locks, live)
    assert "Traceback" not in told.err
    assert "Make room" not in told.err
    assert "locks" in told.err
    assert str(folder / "index") in told.err
    assert told.code == (0 if name == "watch" else 1)  # watch tells it, and tries again
    assert litsearch(folder, "doctor", "--deep").returncode == 0
