"""Scanned PDF files: their text by ocrmypdf, where it is installed, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from litsearch.errors import ExtractError

# never reached before the limit of [extract] timeout, which ends this process and its children
SECONDS = 3600
OPTIONS = ("--quiet", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "--optimize", "0")
INSTALL = "`pip install 'litsearch[ocr]'` and the program tesseract (`apt install tesseract-ocr`)"


def recognised(body: bytes) -> bytes:
    """The same pages with a text layer. Raises ExtractError, which names what is missing or what
    failed.
    """
    program = _program("ocrmypdf")
    if program is None or _program("tesseract") is None:
        raise _unread(
            "its pages are scans without text",
            f"Install {INSTALL} and run `litsearch build --full`; or run ocrmypdf on the file elsewhere, and name the "
            "new file in the list.",
        )
    with TemporaryDirectory(prefix="litsearch-ocr-") as folder:
        scan, read = Path(folder, "scan.pdf"), Path(folder, "read.pdf")
        scan.write_bytes(body)
        environ = {**os.environ, "TMPDIR": folder, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(  # noqa: S603 - a program found on the path, with files of our own
            [program, *OPTIONS, str(scan), str(read)],
            capture_output=True,
            env=environ,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode or not read.exists():
            said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
            raise _unread(
                f"ocrmypdf fails on it: {said or done.returncode}", "Name another copy of the work."
            )
        return read.read_bytes()


def _program(name: str) -> str | None:
    """Where a program is: beside this Python, else on the path."""
    return shutil.which(
        name, path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    )


def _unread(why: str, remedy: str) -> ExtractError:
    return ExtractError(f"The PDF is all pictures: {why}.", remedy, status="unsupported")
