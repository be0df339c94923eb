"""A service in a process of its own, on a free port of loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn


@contextmanager
def served(folder: Path, *options: str, ready: str = "/readyz", **environ: str) -> Iterator[str]:
    """The address of a running service; it ends by SIGTERM, and must do so soon.

    ready: what answers with 200 once it can be used; a library without an index is never ready.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "litsearch",
        "--library",
        str(folder),
        "serve",
        "--port",
        str(port),
        *options,
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | environ) as server:
        try:
            for _ in range(600):
                try:
                    reply = httpx.get(f"http://127.0.0.1:{port}{ready}", trust_env=False)
                    reply.raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            assert server.wait(30) in (0, -15)


@contextmanager
def running(server: uvicorn.Server) -> Iterator[int]:
    """The port of a server that runs in a thread of this process."""
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)
