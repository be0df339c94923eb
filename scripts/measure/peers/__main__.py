"""Compare with what one would use instead: usage scripts/run peers [--install] LIBRARY [PASSAGES
[NAME...]].

Everybody gets the same texts of the library and the same model on the same machine, in turn; the
others get them already cut, with their titles. Queries are sentences of the texts, every third word
left out; the right source should be found. The others are looked for in
scripts/measure/peers/.venv; --install puts them there, beside the torch of litsearch's own
environment. One that is not there, or fails, is said in its row.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.evaluation.collections import known_items
from litsearch.models.model_folder import find_model
from litsearch.types import CatalogSource, Document
from measure.memory import memory_of_tree
from measure.peers.engines import ENGINES, K
from measure.peers.engines import OURS as OWN

HERE = Path(__file__).resolve().parent
OURS = HERE.parents[2] / ".venv" / "bin" / "python"
THEIRS = HERE / ".venv" / "bin" / "python"
ROUNDS = 3
OF_EACH = 40  # passages of a source


def install() -> None:
    """Make the others' environment."""
    subprocess.run([sys.executable, "-m", "venv", str(THEIRS.parent.parent)], check=True)
    site = Path(next(iter(THEIRS.parent.parent.glob("lib/python*/site-packages"))))
    ours = Path(next(iter(OURS.parent.parent.glob("lib/python*/site-packages"))))
    (site / "ours.pth").write_text(f"{ours}\n", "utf-8")
    subprocess.run(
        [str(THEIRS), "-m", "pip", "install", "-q", "-r", str(HERE / "requirements.txt")],
        check=True,
    )


def make(library: Path, folder: Path, passages: int) -> list[int]:
    """Write texts, queries and litsearch's own library into a folder: the number of the source of
    each text.
    """
    texts: list[str] = []
    source_of: list[int] = []
    items: list[tuple[CatalogSource, Document]] = []
    home = folder / "litsearch"
    (home / "texts").mkdir(parents=True)
    (home / "config" / "lists").mkdir(parents=True)
    with (
        open_library(library, load_config(library)) as opened,
        (home / "config/lists/texts.md").open("w") as listed,
    ):
        rows = [row for row in opened.catalog.sources() if row.verdict.status == "indexed"]
        random.Random(1).shuffle(rows)
        for number, row in enumerate(rows):
            if len(texts) >= passages:
                break
            document = opened.catalog.document(row.source_id)
            first = opened.catalog.passages_of(row.source_id)[:OF_EACH]
            document = replace(
                document, text=document.text[: max(passage.end for passage in first)]
            )
            (home / "texts" / f"{number}.txt").write_text(document.text, "utf-8")
            listed.write(f"- [{row.title.translate({91: 40, 93: 41})}](file:texts/{number}.txt)\n")
            texts += [f"{row.title}\n{passage.text}" for passage in first]
            source_of += [number] * len(first)
            items.append((row, document))
    numbers = {row.source_id: number for number, (row, _) in enumerate(items)}
    asked = [item for item in known_items(items).values() if item.kind == "sentence"]
    for name, value in {
        "texts": texts,
        "queries": [item.text for item in asked],
        "right": [numbers[item.source_id] for item in asked],
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(value), "utf-8")
    return source_of


class Failed(Exception):
    """A process that did not do its work; the last thing that it said."""


def run(command: list[str], first: int = 1_000_000) -> tuple[str, float, float]:
    """Return what a process prints, its seconds, and its peak memory in MiB, that of its children
    included. Raises Failed.
    """
    began, peak, ended = time.perf_counter(), 0.0, threading.Event()
    kept = os.environ | {"FIRST": str(first), "TOKENIZERS_PARALLELISM": "true"}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, stdout=out, stderr=told, env=kept)
        while process.poll() is None:
            peak = max(peak, memory_of_tree(process.pid))
            ended.wait(0.05)
        took = time.perf_counter() - began
        if process.returncode:
            told.seek(0)
            said = told.read()
            print(said[-2000:], file=sys.stderr)
            raise Failed((said.strip() or f"exit code {process.returncode}").splitlines()[-1][:200])
        out.seek(0)
        return out.read(), took, peak / 2**20


def measure(name: str, folder: Path, model: str) -> dict[str, Any]:
    """Index (the exact scan uses litsearch's), ask cold, ask warm."""
    python = str(OURS if name in OWN else THEIRS)
    if not Path(python).exists():
        raise Failed("not installed; scripts/run peers --install does")
    engine = [python, str(HERE / "engines.py"), name]
    build = [
        python,
        "-m",
        "litsearch",
        "--library",
        str(folder / "litsearch"),
        "build",
        "--offline",
    ]
    index = build if name == "litsearch" else [*engine, "index", str(folder), model]
    _, seconds, memory = run(index) if name != OWN[1] else ("", 0.0, 0.0)
    ask = [*engine, "ask", str(folder), model]
    query = json.loads((folder / "queries.json").read_text("utf-8"))[0]
    search = [python, "-m", "litsearch", "--library", str(folder / "litsearch"), "search", query]
    cold = statistics.median(
        run(search if name == "litsearch" else ask, first=1)[1] for _ in range(ROUNDS)
    )
    told, _, serving = run(ask)
    asked = json.loads(told)
    warm = statistics.median(asked["took_ms"])
    return {
        "index": seconds,
        "memory": memory,
        "cold": cold,
        "warm": warm,
        "serving": serving,
        "found": asked["found"],
    }


def first_right(found: list[list[int]], right: list[int]) -> float:
    """Return the mean reciprocal rank of the right source among the first K texts."""
    ranks = [
        one.index(wanted) + 1 if wanted in one else None
        for one, wanted in zip(found, right, strict=True)
    ]
    return sum(1 / rank for rank in ranks if rank) / len(ranks)


def row(name: str, one: dict[str, Any], floor: float, quality: str) -> str:
    """Return a line of the table; the warm query also as a multiple of the floor."""
    index = f"{one['index']:.0f} s | {one['memory']:.0f} MiB" if one["index"] else " | "
    warm = f"{one['warm']:.1f} ms | {one['warm'] / floor:.1f}"
    return f"| {name} | {index} | {one['cold']:.2f} s | {warm} | {one['serving']:.0f} MiB | {quality} |"


def main(library: Path, passages: int, names: list[str]) -> None:
    """Print a Markdown table."""
    model = str(find_model("all-MiniLM-L6-v2"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source_of = make(library, folder, passages)
        right = json.loads((folder / "right.json").read_text())
        print(
            f"{len(source_of)} passages of {len(set(source_of))} sources, {len(right)} queries:\n"
        )
        print(
            f"| | time to index | peak memory | cold query | warm query | times the floor | memory then | RR@{K} |"
        )
        print(f"|{'---|' * 8}")
        own = {
            one: measure(one, folder, model) for one in OWN
        }  # in this order: the floor uses litsearch's library
        for engine in names or ENGINES:
            try:
                one = own.get(engine) or measure(engine, folder, model)
            except Failed as error:
                print(
                    f"| {engine} | not measured: {str(error).replace('|', '/')} |{' |' * 6}",
                    flush=True,
                )
                continue
            found = (
                one["found"]
                if engine in OWN
                else [[source_of[number] for number in asked] for asked in one["found"]]
            )
            quality = "" if engine == OWN[1] else f"{first_right(found, right):.3f}"
            print(row(engine, one, own[OWN[1]]["warm"], quality), flush=True)


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "--install"]
    if len(given) < len(sys.argv) - 1:
        install()
    main(Path(given[0]), int(given[1]) if len(given) > 1 else 5_000, given[2:])
