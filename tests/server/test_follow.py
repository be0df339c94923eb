"""A server under constant queries follows twenty rebuilds: nothing fails, nothing is mixed, nothing
old is held.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Shelf

from litsearch.app import build
from litsearch.config import load_config
from litsearch.index.current import current_id

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
LIST = "config/lists/small.md"
ROUNDS = 20
# KB that the memory may grow by in the last fifteen rebuilds; a generation held is more than the
# test's
FLAT = 24_000


@pytest.fixture
def copy(shelf: Shelf, tmp_path: Path) -> Path:
    return Path(shutil.copytree(shelf.folder, tmp_path / "copy"))


@pytest.fixture
def served(copy: Path) -> Iterator[tuple[int, int]]:
    """(process, port) of a server of the library."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "litsearch",
        "--library",
        str(copy),
        "serve",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        for _ in range(600):
            try:
                ask(port)
                break
            except OSError:
                time.sleep(0.1)
        yield server.pid, port
        server.terminate()


def ask(port: int) -> tuple[int, Any]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        client.request("GET", "/search?q=magnitude+and+direction&k=20")
        answer = client.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        client.close()


def round_of(folder: Path, n: int) -> None:
    """A remark changes each time; an entry without a page comes and goes, which leaves holes, and
    fills them.
    """
    path = folder / LIST
    text = re.sub(
        r"(A closer look at DoRA\].*\) - ).*", rf"\g<1>round {n} of twenty", path.read_text("utf-8")
    )
    text = re.sub(r"(?m)^- \[Something on .*\n", "", text)
    more = (
        f"- [Something on magnitude {n}](http://something.reading.example/{n})\n" if n % 2 else ""
    )
    path.write_text(text + more, "utf-8")


def said(found: Any) -> frozenset[str]:
    """What tells a generation's answers: the remark of one source, and the title of the one that
    comes and goes.
    """
    entries = [entry for hit in found["hits"] for entry in hit["entries"]]
    told = {entry["remark"] for entry in entries if entry["title"].startswith("A closer look")}
    return frozenset(
        told | {entry["title"] for entry in entries if entry["title"].startswith("Something")}
    )


def test_a_server_follows_twenty_rebuilds(copy: Path, served: tuple[int, int]) -> None:
    process, port = served
    answers: list[tuple[str, frozenset[str]]] = []
    failed: list[Any] = []
    stopped = threading.Event()

    def keep_asking() -> None:
        while not stopped.is_set():
            try:
                status, found = ask(port)
                answers.append(
                    (found["generation"], said(found))
                ) if status == 200 else failed.append(found)
            except (OSError, ValueError, KeyError) as error:
                failed.append(error)

    asking = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in asking:
        thread.start()
    late, wanted, memory = [], {}, {}
    quiet = {"full": False, "offline": True, "progress": lambda *_: None}
    for n in range(ROUNDS):
        round_of(copy, n)
        name = build.build(copy, load_config(copy), [], **quiet).generation  # type: ignore[arg-type]
        wanted[name] = frozenset(
            {f"round {n} of twenty"} | ({f"Something on magnitude {n}"} if n % 2 else set())
        )
        began = time.monotonic()
        if ask(port)[1]["generation"] != name or time.monotonic() - began > 5:
            late.append(n)
        memory[n] = kilobytes(process)
    stopped.set()
    for thread in asking:
        thread.join()
    assert (failed, late) == ([], [])
    assert len(wanted) == ROUNDS
    mixed = [(name, told) for name, told in answers if name in wanted and told != wanted[name]]
    assert mixed == []
    assert len({name for name, _ in answers} & wanted.keys()) > ROUNDS // 2
    ask(port)
    assert held(process) <= {current_id(copy / "index")}
    assert memory[ROUNDS - 1] - memory[4] < FLAT


def kilobytes(process: int) -> int:
    """Memory of the process that is its own, without what is mapped from files."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1])  # type: ignore[index]


def held(process: int) -> set[str]:
    """The generations that the process has files of open or mapped."""
    names = Path(f"/proc/{process}/maps").read_text("utf-8")
    for link in Path(f"/proc/{process}/fd").iterdir():
        try:
            names += f"\n{link.readlink()}"
        except OSError:  # closed since
            continue
    return set(re.findall(r"/generations/([^/\s]+)/", names))
