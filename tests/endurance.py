"""Builds a library of many generated sources over loopback, and watches how long it takes and what
memory it needs.

    scripts/run endurance [SOURCES]

Pages and papers are made and served here, five to a host; every fifth is a PDF of three pages.
There are two builds: the first one, and a second one for which nothing has changed. Memory is the
peak of the sum over the process tree, looked at five times a second: proportional set size, in
which what processes share counts once (Linux only).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.papers import column, pdf
from fakeweb import Web, page, serve
from measure.memory import memory_of_tree

THINGS = "tide lamp glacier violin bridge starter kettle pendulum ledger harbour lens furnace loom orchard canal".split()
DEEDS = (
    "measured compared lowered raised weakened doubled halved delayed predicted explained".split()
)
PLACES = "Aster Birk Corran Dunmore Eskdale Fairholm Garva Hollin Inver Jura Kelso Lorne".split()
ON_A_HOST = 5


@dataclass(frozen=True)
class Built:
    """One build: wall time, the peak of memory in bytes (0 where it cannot be told), and what the
    program reported.
    """

    seconds: float
    memory: int
    report: dict[str, Any]
    asked: int  # pages
    conditional: int  # of them with a validator


def sentences(number: int, count: int) -> list[str]:
    """Sentences that no other source has."""
    rng = random.Random(number)
    return [
        f"In trial {number}-{n} the {rng.choice(THINGS)} of {rng.choice(PLACES)} {rng.choice(DEEDS)} the "
        f"{rng.choice(THINGS)} by {rng.randint(2, 97)} parts in a hundred, which {rng.choice(PLACES)} had not expected."
        for n in range(count)
    ]


def article(number: int) -> str:
    """A web page of some five hundred words under three headings."""
    said = sentences(number, 24)
    parts = "".join(
        f"<h2>Part {n} of report {number}</h2>"
        + "".join(f"<p>{' '.join(said[at : at + 4])}</p>" for at in (n * 8, n * 8 + 4))
        for n in range(3)
    )
    return (
        f"<html lang='en'><head><title>Report {number} on trials</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Report {number} on trials</h1>{parts}</article><footer>All rights</footer></body></html>"
    )


def paper(number: int) -> bytes:
    """A PDF of three pages."""
    said = sentences(number, 24)
    lines = [
        half
        for sentence in said
        for half in (sentence[: len(sentence) // 2], sentence[len(sentence) // 2 :])
    ]
    pages = [column([f"Paper {number} on trials"], 60, 740, size=18) + column(lines[:16], 60, 700)]
    return pdf(
        [*pages, column(lines[16:32], 60, 740), column(lines[32:], 60, 740)],
        title=f"Paper {number} on trials",
    )


def make_library(folder: Path, web: Web, count: int) -> None:
    """A list of so many sources, and the sources themselves on the web."""
    rows = []
    for n in range(count):
        name = f"h{n // ON_A_HOST}.example/{n}" + (".pdf" if n % 5 == 4 else "")
        made = (
            (paper(n), "application/pdf")
            if n % 5 == 4
            else (article(n), "text/html; charset=utf-8")
        )
        web.pages[name] = page(*made, etag=f'"{n}"')
        rows.append(f"- [Source {n}](http://{name}) - remark {n}\n")
    (folder / "config" / "lists").mkdir(parents=True)
    (folder / "config" / "lists" / "many.md").write_text("# Many\n\n" + "".join(rows), "utf-8")
    (folder / "config" / "litsearch.toml").write_text(
        "[fetch]\nspacing = 0.0\nretries = 0\n", "utf-8"
    )


def build(folder: Path, web: Web) -> Built:
    """Run the program, and watch it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
    }
    command = [sys.executable, "-m", "litsearch", "--library", str(folder), "build", "--json"]
    before, began, peak = len(web.log), time.monotonic(), 0
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(
            command, env=kept | {"http_proxy": web.base}, stdout=out, stderr=subprocess.DEVNULL
        ) as process,
    ):
        ended = threading.Event()
        while process.poll() is None:
            peak = max(peak, memory_of_tree(process.pid))
            ended.wait(0.2)
        seconds = time.monotonic() - began
        out.seek(0)
        report = json.loads(out.read())
    pages = [request for request in web.log[before:] if not request.url.endswith("/robots.txt")]
    return Built(
        seconds, peak, report, len(pages), sum("if-none-match" in one.headers for one in pages)
    )


def main(count: int) -> None:
    """Print a Markdown table."""
    with tempfile.TemporaryDirectory() as name, serve() as web:
        make_library(Path(name), web, count)
        print(f"{count} sources, load {os.getloadavg()[0]:.1f}\n")
        print(
            "| build | time | pages asked for | conditionally | peak memory |\n|---|---|---|---|---|"
        )
        first = build(Path(name), web)
        second = build(Path(name), web)
    for title, one in (("first", first), ("nothing changed", second)):
        memory = f"{one.memory / 2**20:.0f} MiB" if one.memory else "not known here"
        print(f"| {title} | {one.seconds:.1f} s | {one.asked} | {one.conditional} | {memory} |")
    print(
        f"\nThe second took {second.seconds / first.seconds:.1%} of the first. {json.dumps(first.report['sources'])}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
