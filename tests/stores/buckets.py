"""A server that speaks S3, on loopback: moto's, with its own versions of what it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(sys.prefix) / "s3"  # where `scripts/install dev` puts it
# It ends with the pipe that it reads, also when whoever started it is killed.
_PROGRAM = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://%s:%d" % server.get_host_and_port(), flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def bucket_server() -> Iterator[str]:
    """Run the server; gives its address."""
    command = [sys.executable, "-c", _PROGRAM]
    environ = os.environ | {"PYTHONPATH": str(SERVER)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environ, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
