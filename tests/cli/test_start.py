"""Starting costs little: what each command loads, seen from inside a fresh process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Shelf, litsearch
from serving import served

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "fastapi",
    "uvicorn",
    "trafilatura",
    "lxml",
    "httpx",
    "pypdfium2",
    "pypdf",
    "rich",
    "sklearn",
    "scipy",
    "ir_measures",
    "markdown_it",
)
SEARCHING = ("numpy", "faiss", "onnxruntime", "tokenizers", "sqlite3", "msgspec")


def loaded(*arguments: str) -> set[str]:
    """The top-level modules that are loaded after a command."""
    code = (
        "import sys\nfrom litsearch.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ,
    )
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_next_to_nothing() -> None:
    names = loaded("--help")
    assert "argparse" in names
    assert not names & {*HEAVY, *SEARCHING}


@pytest.mark.slow
@pytest.mark.parametrize("command", [("search", "bread"), ("ask", "what is DoRA?"), ("sources",)])
def test_a_search_loads_no_torch(shelf: Shelf, command: tuple[str, ...]) -> None:
    names = loaded("--library", str(shelf.folder), *command)
    assert "numpy" in names
    assert not names & set(HEAVY)


@pytest.mark.slow
def test_a_search_loads_nothing_that_a_running_service_has(shelf: Shelf) -> None:
    with served(shelf.folder):
        names = loaded("--library", str(shelf.folder), "search", "bread")
    assert "msgspec" in names
    assert not names & {*HEAVY, "numpy", "faiss", "onnxruntime", "tokenizers", "sqlite3"}


def ratio(command: tuple[str, ...], other: tuple[str, ...], rounds: int = 7) -> float:
    """How many times as long a command takes as another, both started in turn: a quiet moment is a
    moment for both.
    """
    took: dict[tuple[str, ...], list[float]] = {command: [], other: []}
    for _ in range(rounds):
        for one, seconds in took.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *one], check=True, stdout=subprocess.DEVNULL, timeout=120
            )
            seconds.append(time.perf_counter() - began)
    return min(took[command]) / min(took[other])


def test_help_takes_little_more_than_python_itself() -> None:
    # 2.3 on a quiet machine; 5.9 with dataclasses
    assert ratio(("-m", "litsearch", "--help"), ("-c", "pass")) < 5


@pytest.mark.slow
def test_a_cold_search_takes_little_more_than_what_it_must_import(shelf: Shelf) -> None:
    search = ("-m", "litsearch", "--library", str(shelf.folder), "search", "bread")
    needs = ("-c", f"import {', '.join(SEARCHING)}")
    assert ratio(search, needs) < 3.5  # 1.8 on a quiet machine, where all of torch would be 14


CHECKED = """
import sys, time
from litsearch.app import factories
from litsearch.cli.main import main
from litsearch.index import generation, manifest

spent, check = [], manifest.damaged


def timed(*given, **named):
    began = time.process_time()
    broken = check(*given, **named)
    spent.append(time.process_time() - began)
    return broken


factories.damaged = generation.damaged = timed
main(sys.argv[1:])
print(len(spent), sum(spent) / time.process_time())
"""


@pytest.mark.slow
def test_looking_whether_bytes_have_changed_costs_little(shelf: Shelf) -> None:
    search = ("--library", str(shelf.folder), "search", "bread", "--format", "ids")
    line = [sys.executable, "-c", CHECKED, *search]
    subprocess.run(line, check=True, capture_output=True)  # notes what it found whole
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    checks, share = done.stdout.splitlines()[-1].split()
    assert int(checks) >= 2
    assert float(share) < 0.05  # .002 was measured


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("search", "bread"), ("ask", "what is DoRA?"), ("build", "--offline", "--full")]
)
def test_no_library_of_ours_reports_to_its_makers(
    shelf: Shelf, tmp_path: Path, command: tuple[str, ...]
) -> None:
    # nobody listens
    folder, home, proxy = tmp_path / "library", tmp_path / "home", "http://127.0.0.1:9"
    shutil.copytree(shelf.folder, folder)
    home.mkdir()
    # some report only where they take people to be
    no_ci = {"CI": "", "GITHUB_ACTIONS": "", "TF_BUILD": ""}
    hidden = {"HOME": str(home), "XDG_CACHE_HOME": "", "XDG_RUNTIME_DIR": str(home)}
    litsearch(folder, *command, http_proxy=proxy, https_proxy=proxy, **hidden, **no_ci)
    ours = home / ".cache" / "litsearch"  # which files were found whole
    assert [path for path in home.rglob("*") if path.is_file() and ours not in path.parents] == []
