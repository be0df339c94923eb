"""`litsearch watch` builds when a list changes or the time has come, survives builds that fail, and
ends cleanly.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import Shelf

from litsearch.app import watch
from litsearch.cli.main import main
from litsearch.config import load_config
from litsearch.errors import LitsearchError

pytestmark = pytest.mark.slow
LIST = "config/lists/small.md"


@pytest.fixture
def copy(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.folder, tmp_path / "copy"))


@pytest.fixture
def watcher(copy: Path) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "litsearch",
        "--library",
        str(copy),
        "watch",
        "--offline",
        "--json",
    ]
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept
    ) as running:
        yield running
        running.kill()


def said(running: subprocess.Popen[str]) -> Any:
    """The next line; the test's own timeout ends a wait for one that never comes."""
    assert running.stdout is not None
    return json.loads(running.stdout.readline())


def edit(copy: Path, old: str, new: str) -> None:
    """As editors do: another file takes the place of the old one."""
    path = copy / LIST
    beside = path.with_suffix(".tmp")
    beside.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    beside.replace(path)


def test_a_changed_list_is_built_a_failing_build_survived_and_an_interrupt_is_a_clean_end(
    copy: Path, watcher: subprocess.Popen[str]
) -> None:
    first = said(watcher)
    assert (first["because"], first["sources"]["total"]) == ("the start", 5)
    edit(copy, "- [x] [Keeping a sourdough starter](http://bread.reading.example/starter)", "")
    second = said(watcher)
    assert (second["because"], second["sources"]["removed"]) == ("small.md changed", 1)
    (copy / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 'wide'\n", "utf-8")
    failed = said(watcher)
    assert "spacing" in failed["error"]
    assert failed["hint"]
    (copy / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\n", "utf-8")
    assert said(watcher)["generation"] == second["generation"]
    watcher.send_signal(signal.SIGINT)
    assert watcher.wait(20) == 0
    assert watcher.stderr is not None
    assert "Watching has ended" in watcher.stderr.read()


def test_it_builds_on_a_schedule_too(copy: Path) -> None:
    stop, reasons = threading.Event(), []
    for done in watch.watch(
        copy, [], partial(load_config, copy), every=0.1, offline=True, stop=stop
    ):
        assert not isinstance(done.outcome, LitsearchError)
        reasons.append(done.because)
        if len(reasons) == 3:
            stop.set()
    assert reasons == ["the start", "the time has come", "the time has come"]


def test_what_stands_beside_a_named_list_is_not_waited_for(copy: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copyfile(copy / LIST, elsewhere / "mine.md")
    stop, reasons = threading.Event(), []
    for done in watch.watch(
        copy, [str(elsewhere / "mine.md")], partial(load_config, copy), offline=True, stop=stop
    ):
        reasons.append(done.because)
        if len(reasons) == 2:
            break
        (elsewhere / "other.md").write_text("- nothing", "utf-8")
        threading.Timer(
            1.5, lambda: (elsewhere / "mine.md").write_text("- [One](http://one.example/)", "utf-8")
        ).start()
    assert reasons == ["the start", "mine.md changed"]


@pytest.mark.parametrize("every", ["", "h", "0h", "1", "1.5h", "-1m", "99999d", "1w"])
def test_a_time_that_is_none_is_refused(every: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["watch", f"--every={every}"])
    assert ended.value.code == 2
    assert "30m, 1h or 2d" in capsys.readouterr().err
