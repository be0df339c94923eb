"""How long a local language model takes to its first token: scripts/run first_token LIBRARY
QUESTIONS [COUNT]

QUESTIONS are JSON lines with question (and answerable). Printed are seconds of the model's CPU, on
all its threads, and by the clock until the first token: median and most of COUNT questions (default
14) that are answered.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

from litsearch.app.factories import generator
from litsearch.app.library import open_library
from litsearch.config import load_config
from litsearch.models.subprocess_generator import SubprocessGenerator


def main() -> None:
    """Ask, listen, print."""
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder, count = Path(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 14
    rows = [json.loads(line) for line in Path(sys.argv[2]).read_text("utf-8").splitlines()]
    asked = [row["question"] for row in rows if row.get("answerable", True)]
    with open_library(folder, load_config(folder)) as library:
        given = [
            answer for answer in map(library.ask, asked[: 2 * count]) if answer.status == "answered"
        ][:count]
    model = generator(load_config(folder), "llama_cpp", folder)
    if not isinstance(model, SubprocessGenerator):
        sys.exit("This measures the generator llama_cpp.")
    began = time.perf_counter()
    "".join(model.generate("what?", ["Moss is a plant."]))
    print(f"loaded and warm after {time.perf_counter() - began:.1f} s")
    heard = [
        listen(model, answer.question, [one.quote for one in answer.citations]) for answer in given
    ]
    for name, values in zip(("CPU", "clock"), zip(*heard, strict=True), strict=True):
        print(
            f"first token, {name:5s} median {statistics.median(values):.2f} s, most {max(values):.2f} s"
        )
    model.close()


def listen(model: SubprocessGenerator, question: str, quotes: list[str]) -> tuple[float, float]:
    """Seconds of CPU and by the clock until the first token; the rest is not waited for."""
    cpu, began = used(), time.perf_counter()
    with closing(model.generate(question, quotes)) as pieces:
        next(piece for piece in pieces if piece)
        return used() - cpu, time.perf_counter() - began


def used() -> float:
    """Seconds of CPU that the processes begun by this one have used. Linux only."""
    ours, total = os.getpid(), 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (
            sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
            if int(fields[1]) == ours
            else 0.0
        )
    return total


if __name__ == "__main__":
    main()
