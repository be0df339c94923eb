"""Measure everything in one run, and write the figures into docs/benchmarks.md: scripts/bench
[LIBRARY].

Each part is a measurement of its own that prints Markdown. Its figures go between `<!-- bench:PART
-->` and `<!-- end of bench:PART -->`, under a line that names the machine, so that none is typed. A
part that cannot run says so, and keeps the figures that it had.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "docs" / "benchmarks.md"
RUN = str(ROOT / "scripts" / "run")
PARTS = {
    "latency": "whole commands and requests to a service, beside a bare Python",
    "load": "clients at once",
    "embedding": "in bulk, beside plain sentence-transformers",
    "peers": "beside txtai, chromadb, llama-index, haystack, and sentence-transformers with FAISS",
    "growth": "generated libraries of growing size; also draws docs/growth.svg",
}


def command(part: str, options: argparse.Namespace) -> list[str]:
    """Return what measures a part."""
    library = str(options.library.resolve())
    install = ["--install"] if options.install else []
    arguments = {
        "latency": [library],
        "load": [library],
        "embedding": [library],
        "peers": [*install, library, str(options.passages)],
        "growth": [str(size) for size in options.sizes],
    }
    return [RUN, part, *arguments[part]]


def machine() -> str:
    """Describe what the figures were measured on, and how busy it was."""
    try:
        facts = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        facts = ""
    named = re.search(r"^model name\s*:\s*(.+)$", facts, re.MULTILINE)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} before"
    return f"{named[1] if named else platform.machine()}, {cores} cores, {memory:.0f} GiB, {python}"


def measure(part: str, options: argparse.Namespace) -> str | None:
    """Run a part, print its Markdown as it comes, and return it; None when the part failed."""
    where = f"{datetime.datetime.now(datetime.UTC).date()}, {machine()}"
    print(f"\n## {part}: {PARTS[part]}\n\n{where}\n", flush=True)
    began = time.perf_counter()
    lines = []
    with subprocess.Popen(
        command(part, options), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    figures = "".join(lines).strip()
    print(f"\n{part}: {time.perf_counter() - began:.0f} s", flush=True)
    if process.returncode or not figures:
        print(
            f"{part} could not be measured (exit code {process.returncode});"
            " docs/benchmarks.md keeps its figures.",
            flush=True,
        )
        return None
    return f"{where}; `scripts/bench --only {part}`:\n\n{figures}"


def insert_figures(text: str, part: str, figures: str) -> str:
    """Return a text with the figures of a part between its marks. Raises ValueError unless it has
    them once.
    """
    marks = rf"(<!-- bench:{part} -->\n).*?(<!-- end of bench:{part} -->\n)"
    new, places = re.subn(
        marks, lambda match: f"{match[1]}\n{figures}\n\n{match[2]}", text, flags=re.DOTALL
    )
    if places != 1:
        raise ValueError(f"The text has {places} places for the figures of {part}.")
    return new


def parse_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parts = "; ".join(f"{part}: {what}" for part, what in PARTS.items())
    parser = argparse.ArgumentParser(description=__doc__, epilog=f"Parts. {parts}.")
    parser.add_argument("library", nargs="?", type=Path, default=ROOT, help="one that is built")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help="these parts"
    )
    parser.add_argument("--print", action="store_true", help="leave docs/benchmarks.md as it is")
    parser.add_argument(
        "--install", action="store_true", help="the peers, into scripts/measure/peers/.venv"
    )
    parser.add_argument("--passages", type=int, default=1000, help="that the peers get")
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=int,
        default=[2_000, 20_000],
        help="of generated libraries, passages",
    )
    return parser.parse_args(arguments)


def main() -> None:
    """Measure the parts that are asked for, one after the other."""
    options = parse_options()
    if options.only != ["growth"] and not (options.library / "index" / "CURRENT").exists():
        sys.exit(f"{options.library} has no index yet: run litsearch build, or name one that has.")

    failed = []
    for part in options.only:
        figures = measure(part, options)
        if figures is None:
            failed.append(part)
        elif not options.print:
            text = BENCHMARKS.read_text("utf-8")
            BENCHMARKS.write_text(insert_figures(text, part, figures), "utf-8")

    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
