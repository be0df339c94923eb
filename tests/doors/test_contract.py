"""The whole API against its own description, by schemathesis: no 5xx, and nothing that OpenAPI does not say."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from conftest import Shelf

pytestmark = pytest.mark.slow
EXAMPLES = "25"  # of each operation, in each phase


@pytest.fixture(scope="module")
def base(shelf: Shelf) -> Iterator[str]:
    """A running service, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "litsearch", "--library", str(shelf.folder), "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(300):
                try:
                    httpx.get(f"http://127.0.0.1:{port}/readyz").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            assert server.wait(20) in (0, -15)


def test_every_reply_is_what_the_description_says(base: str, tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "st", "run", f"{base}/openapi.json", "--max-examples", EXAMPLES]
    options = ["--seed", "1", "--generation-database", "none", "--no-color"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout[-9000:]
