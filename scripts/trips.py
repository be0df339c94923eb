#!/usr/bin/env python3
"""Count the modules that four trips through the house enter: parse, search, ask, build of a page.

usage: scripts/trips.py [--names]

A small library is built of pages served on loopback, then each trip is traced: every call into a
function of litsearch counts its module; what importing it runs does not. Extraction, which runs in
a process of its own, is traced here too.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import fakeweb  # noqa: E402
import smallweb  # noqa: E402

import litsearch  # noqa: E402
from litsearch.cli.main import main as litsearch_command  # noqa: E402

SOURCE = str(Path(litsearch.__file__).parent)


def trace(trip: Callable[[], object]) -> set[str]:
    """Run a trip and return the modules whose functions it calls, in any thread."""
    entered: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        name = frame.f_code.co_filename
        is_ours = event == "call" and name.startswith(SOURCE)
        if is_ours and name not in entered and not is_import(frame):
            entered.add(name)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        trip()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return {Path(name).relative_to(SOURCE).as_posix() for name in entered}


def is_import(frame: FrameType | None) -> bool:
    """Tell whether a call only defines: the body of a module or class, or what it computes."""
    while frame is not None:
        code = frame.f_code
        if code.co_name == "<module>" and code.co_filename.startswith(SOURCE):
            return True
        frame = frame.f_back
    return False


def command(library: Path, *arguments: str) -> None:
    """Run a command of litsearch in this process, with its output thrown away."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), suppress(SystemExit):
        litsearch_command(["--library", str(library), *arguments])


def extract_page(library: Path) -> None:
    """Extract the first page that the build downloaded."""
    from litsearch.app.extraction import extract
    from litsearch.types import RawDocument

    body = next((library / "index" / "cache" / "bodies").rglob("*/*"))
    extract(RawDocument("https://a.example/", "text/html", body.read_bytes(), body.name), "id")


def library_of(folder: Path, text: str) -> Path:
    """Make a library folder with one list."""
    (folder / "config" / "lists").mkdir(parents=True)
    text = text.replace("https://", "http://")  # what the proxy of the tests can answer
    (folder / "config" / "lists" / "small.md").write_text(text, "utf-8")
    (folder / "config" / "litsearch.toml").write_text("[fetch]\nspacing = 0.0\n", "utf-8")
    return folder


def trips() -> dict[str, set[str]]:
    """Trace the four trips; the page that is built is one of five, alone on a list."""
    one_page = "".join(line for line in smallweb.LIST.splitlines(True) if "DoRA" in line)
    with tempfile.TemporaryDirectory() as folder, fakeweb.serve() as web:
        smallweb.put_pages(web)
        os.environ.update(http_proxy=web.base, https_proxy=web.base, no_proxy="")

        page = library_of(Path(folder) / "page", one_page)
        build = trace(lambda: command(page, "build")) | trace(lambda: extract_page(page))

        library = library_of(Path(folder) / "library", smallweb.LIST)
        command(library, "build")
        listed = str(library / "config" / "lists" / "small.md")
        return {
            "parse of one Markdown list": trace(lambda: command(library, "parse", listed)),
            "search": trace(lambda: command(library, "search", "low-rank adaptation")),
            "ask": trace(lambda: command(library, "ask", "what is DoRA?")),
            "one page through build": build,
        }


def table(*, names: bool = False) -> Iterator[str]:
    """Yield the lines of a table: how many modules each trip enters; names: and which."""
    yield "| trip | modules entered |"
    yield "|---|---|"
    for trip, modules in trips().items():
        yield f"| {trip} | {len(modules)} |"
        if names:
            yield from (f"|   {module} |" for module in sorted(modules))


def main() -> None:
    """Print how many modules each trip enters; with --names, which."""
    print("\n".join(table(names="--names" in sys.argv)))


if __name__ == "__main__":
    main()
