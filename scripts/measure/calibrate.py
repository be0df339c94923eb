"""Draws how declining changes with its threshold: scripts/run calibrate LIBRARY [QUESTIONS] [SVG]

LIBRARY is a built library that holds what the questions ask about; QUESTIONS are JSON lines with
question and answerable (default: tests/answers/questions.jsonl, those marked "tune"). The threshold
is LEAST of answers/abstain.py, in units of the embedder; what names alone decide is the same at
every threshold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from litsearch.answers import abstain as judging
from litsearch.answers.abstain import Scale, scale_of
from litsearch.answers.answer import DEPTH, Retrieval, consider
from litsearch.answers.evidence import Evidence
from litsearch.answers.question import Question
from litsearch.answers.rank import Scored
from litsearch.app.library import Library, open_library
from litsearch.config import load_config
from litsearch.index.cosines import DEFAULT

ROOT = Path(__file__).resolve().parents[2]
THRESHOLDS = [step / 20 for step in range(41)]
LINES = {
    "recall: declined of what is not held": "#2a6f97",
    "precision: not held of what is declined": "#5a8f3c",
    "declined of what is held": "#bc4b51",
}
Judged = tuple[Question, Evidence, list[Scored], Scale]
WIDTH, HEIGHT, MARGIN = 560, 280, 40


def main() -> None:
    """Ask every question once, judge it at every threshold, draw."""
    library_folder, questions, svg = [*sys.argv[1:], *[None] * 3][:3]
    if library_folder is None:
        sys.exit(__doc__)
    path = Path(questions or ROOT / "tests/answers/questions.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row.get("split", "tune") == "tune"]
    folder = Path(library_folder)
    with open_library(folder, load_config(folder)) as library:
        seen = [(considered(library, row["question"]), row.get("answerable", True)) for row in rows]
    set_to, curves = judging.LEAST, {}
    for threshold in THRESHOLDS:
        judging.LEAST = threshold
        declined = [(judging.judge(*one).status == "declined", held) for one, held in seen]
        curves[threshold] = measures(declined)
    judging.LEAST = set_to
    target = Path(svg) if svg else ROOT / "docs" / "declining.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(drawn(curves, set_to, len(rows)), "utf-8")
    for threshold, values in curves.items():
        print(f"{threshold:.2f}  " + "  ".join(f"{value:.3f}" for value in values))


def considered(library: Library, question: str) -> Judged:
    """Return what the judge is given."""
    results = library.search(question, k=DEPTH)
    vector = library._embed_query(question)
    generation = library.generation
    judged = consider(generation, Retrieval(question, results, vector))
    return *judged, scale_of(DEFAULT.random_quantiles)


def measures(declined: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Recall and precision of declining, and the share of the answerable that is declined."""
    absent = [said for said, held in declined if not held]
    present = [said for said, held in declined if held]
    right, wrong = sum(absent), sum(present)
    return right / max(1, len(absent)), right / max(1, right + wrong), wrong / max(1, len(present))


def drawn(curves: dict[float, tuple[float, float, float]], set_to: float, count: int) -> str:
    """Return an SVG with a line a measure, and a mark where the threshold stands."""
    low, high = min(curves), max(curves)

    def x(threshold: float) -> float:
        return MARGIN + (threshold - low) / (high - low) * (WIDTH - 2 * MARGIN)

    def y(value: float) -> float:
        return MARGIN / 2 + (1 - value) * HEIGHT

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT + 110}"'
        ' font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(
            f'<line x1="{MARGIN}" x2="{WIDTH - MARGIN}"'
            f' y1="{y(tick)}" y2="{y(tick)}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="8" y="{y(tick) + 4}">{tick}</text>')
    for place, (label, colour) in enumerate(LINES.items()):
        points = " ".join(
            f"{x(threshold):.1f},{y(values[place]):.1f}" for threshold, values in curves.items()
        )
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        parts.append(
            f'<text x="{MARGIN}" y="{HEIGHT + 58 + 14 * place}" fill="{colour}">{label}</text>'
        )
    mark = f'x1="{x(set_to)}" x2="{x(set_to)}" y1="{y(1)}" y2="{y(0)}"'
    parts.append(f'<line {mark} stroke="#333" stroke-dasharray="4"/>')
    parts += [
        f'<text x="{x(threshold):.1f}" y="{y(0) + 16}">{threshold}</text>'
        for threshold in (0.3, 0.5, 0.7, 0.9, 1.1)
    ]
    parts.append(
        f'<text x="{MARGIN}" y="{HEIGHT + 102}">'
        f"threshold (dashed: {set_to}), {count} questions</text></svg>"
    )
    return "".join(parts) + "\n"


if __name__ == "__main__":
    main()
