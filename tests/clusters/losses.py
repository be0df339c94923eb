"""Builds one library here and on a Ray cluster of two nodes, of which a worker and a node are lost.

    scripts/run losses [SOURCES]

All of it runs in a network of its own that has a loopback and nothing else (Linux: `unshare`), and
Ray listens nowhere else. The build on the cluster is interrupted, and gone on with; then a process
of a node is killed, and then the node. Printed is what came of the builds, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import endurance
from fakeweb import Web, serve

HEAD = "127.0.0.1:10001"
TOKEN = "a-token-for-tests-0123456789abcdef"
PATIENCE = 900.0  # seconds for what takes twenty


def isolated(module: str, *arguments: str) -> list[str]:
    """A command that runs a module in a network of its own."""
    script = 'ip link set lo up && exec "$0" -m "$@"'
    return ["unshare", "-rn", "sh", "-c", script, sys.executable, module, *arguments]


def environ(web: Web) -> dict[str, str]:
    """What the nodes and the builds are told: the token, and the web that there is."""
    outer = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN, "RAY_USAGE_STATS_ENABLED": "0"}
    return outer | token | {"http_proxy": web.base}


@dataclass(frozen=True)
class Node:
    """A node of a cluster, with all processes below the one that started it."""

    process: subprocess.Popen[bytes]

    def family(self) -> Iterator[int]:
        """The processes of the node, youngest last."""
        pids = [self.process.pid]
        for pid in pids:
            yield pid
            with suppress(OSError):
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                pids += map(int, children)

    def workers(self) -> list[int]:
        """Its processes that are doing something for somebody."""
        return [pid for pid in self.family() if title(pid).startswith("ray::_call")]

    def end(self) -> None:
        """Kill it, as a power cut would."""
        for pid in list(self.family()):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def title(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    return ""


@contextmanager
def node(folder: Path, environ: dict[str, str], *role: str) -> Iterator[Node]:
    """Start a node of one core, and wait until it runs."""
    options = ["--node-ip-address=127.0.0.1", "--num-cpus=1", "--object-store-memory=200000000"]
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--block", *options, *role]
    folder.mkdir()
    log = folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, f"--temp-dir={folder}"], stdout=file, stderr=file, env=environ
        )
    try:
        until(lambda: "runtime started" in log.read_text("utf-8"), log.read_text("utf-8"))
        yield Node(process)
    finally:
        Node(process).end()


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


def answers(address: str) -> bool:
    host, port = address.split(":")
    with suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False


@contextmanager
def cluster(folder: Path, environ: dict[str, str]) -> Iterator[Node]:
    """Two nodes; the second one is returned."""
    port = "127.0.0.1:6390"
    head = ("--head", "--port=6390", "--ray-client-server-port=10001", "--include-dashboard=false")
    with (
        node(folder / "head", environ, *head),
        node(folder / "second", environ, f"--address={port}") as second,
    ):
        until(lambda: answers(HEAD), "the head's client server")
        yield second


@contextmanager
def building(
    library: Path, environ: dict[str, str], on: str = f"ray://{HEAD}"
) -> Iterator[subprocess.Popen[str]]:
    """Run a build."""
    command = [sys.executable, "-m", "litsearch", "--library", str(library), "build", "--json"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environ = environ | {"LITSEARCH_BUILD_ON": on}
    with subprocess.Popen(command, env=environ, text=True, **streams) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def outcome(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a build said, once it has ended."""
    out, err = process.communicate(timeout=PATIENCE)
    report = json.loads(out) if process.returncode == 0 else {}
    return {"code": process.returncode, "err": err, "report": report}


def asked(web: Web, since: int, count: int) -> Callable[[], bool]:
    """Tell whether so many pages were asked for since so many requests."""

    def enough() -> bool:
        log = web.log[since:]
        return sum(not request.url.endswith("/robots.txt") for request in log) >= count

    return enough


def interrupted(library: Path, web: Web, environ: dict[str, str], pages: int) -> dict[str, Any]:
    """Build on the cluster, and press Ctrl-C after so many pages."""
    with building(library, environ) as process:
        until(asked(web, len(web.log), pages), "some pages")
        process.send_signal(signal.SIGINT)
        return outcome(process)


def with_losses(
    library: Path, web: Web, environ: dict[str, str], second: Node, pages: int
) -> dict[str, Any]:
    """Build on the cluster; kill a process of the second node after so many pages, and the node
    after as many more.
    """
    since = len(web.log)
    with building(library, environ) as process:
        until(asked(web, since, pages), "some pages")
        until(lambda: bool(second.workers()), "a worker at work")
        worker = second.workers()[0]
        os.kill(worker, signal.SIGKILL)
        until(asked(web, since, 2 * pages), "more pages")
        second.end()
        lost_at = len(web.log) - since
        return outcome(process) | {"worker": worker, "lost_at": lost_at}


def run(folder: Path, sources: int) -> dict[str, Any]:
    """Build everywhere, and return what came of it."""
    # of its own, however long the folder's name is: Ray's sockets allow 107 characters
    with serve() as web, tempfile.TemporaryDirectory(prefix="ray-") as place:
        told = environ(web)
        for name in ("local", "cluster"):
            endurance.make_library(folder / name, web, sources)
        results: dict[str, Any] = {}
        with building(folder / "local", told, "local") as process:
            results["local"] = outcome(process)
        with cluster(Path(place), told) as second:
            library, begun = folder / "cluster", len(web.log)
            wrong = told | {"RAY_AUTH_TOKEN": TOKEN[::-1]}
            with building(library, wrong) as process:
                results["wrong"] = outcome(process)
            results["interrupted"] = interrupted(library, web, told, sources // 6)
            results["cluster"] = with_losses(library, web, told, second, sources // 4)
            results["asked_again"] = len(web.log) - begun
            results["at_once"] = max(web.most_at_once().values())
            results["listening"] = listening()
    return results


def listening() -> list[str]:
    """The addresses of this network that something listens at, as the kernel writes them."""
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sorted({row[1].split(":")[0] for row in map(str.split, lines) if row[3] == "0A"})


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(run(Path(sys.argv[2]), int(sys.argv[1]))))
    else:
        with tempfile.TemporaryDirectory() as name:
            count = sys.argv[1] if len(sys.argv) > 1 else "200"
            subprocess.run(isolated("clusters.losses", count, name), check=True)
