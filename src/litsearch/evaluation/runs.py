"""Runs and judgments on disk: TREC files, a table of every query, a report and a plot beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict
from xml.sax.saxutils import escape

import msgspec
import numpy as np

from litsearch.errors import ConfigError
from litsearch.evaluation.measures import Outcome

DRAWS = 10_000
SEED = 20_070_611
Table = Mapping[str, Mapping[str, float]]


class Difference(TypedDict):
    """One measure in two runs."""

    now: float
    before: float
    difference: float
    low: float  # of the 95 % interval of the mean difference
    high: float
    p: float  # two-sided
    better: int  # queries
    worse: int


def compare(now: Table, before: Table) -> dict[str, Difference]:
    """Return each measure that both tables have, over the queries that both have."""
    names = dict.fromkeys(name for row in now.values() for name in row)
    found = {}
    for name in names:
        shared = [q for q in now if name in now[q] and name in before.get(q, {})]
        if shared:
            found[name] = _difference(
                np.array([now[query][name] for query in shared]),
                np.array([before[query][name] for query in shared]),
            )
    return found


def _difference(
    now: np.ndarray[tuple[int], np.dtype[np.float64]],
    before: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> Difference:
    changes = now - before
    rng = np.random.default_rng(SEED)
    mean = float(changes.mean())
    flips = rng.choice((-1.0, 1.0), size=(DRAWS, len(changes)))
    as_far = np.abs(flips @ changes / len(changes)) >= abs(mean) - 1e-12
    samples = changes[rng.integers(0, len(changes), (DRAWS, len(changes)))].mean(axis=1)
    low, high = np.percentile(samples, (2.5, 97.5))
    return {
        "now": round(float(now.mean()), 4),
        "before": round(float(before.mean()), 4),
        "difference": round(mean, 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "p": round((float(as_far.sum()) + 1) / (DRAWS + 1), 4),
        "better": int((changes > 0).sum()),
        "worse": int((changes < 0).sum()),
    }


TAG = "litsearch"
PLOT = "nDCG@10"
_BAR, _HEIGHT, _MARGIN = 6, 240, 40  # pixels of the plot


def write(
    folder: Path, name: str, found: Outcome, report: dict[str, Any], against: Table | None
) -> None:
    """Write NAME.run and NAME.qrels (TREC), NAME.json (every query), NAME.md and NAME.svg. Raises
    ConfigError.
    """
    table = found.table()
    files = {
        "run": _run(found),
        "qrels": _qrels(found),
        "json": msgspec.json.format(msgspec.json.encode(table), indent=1).decode() + "\n",
        "md": markdown(name, report, table),
        "svg": plot(table, against),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, text in files.items():
            (folder / f"{name}.{suffix}").write_text(text, "utf-8")
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be written to: {error.strerror}.", "Name another folder."
        ) from None


def read_table(path: Path) -> dict[str, dict[str, float]]:
    """Return the table of every query that an earlier evaluation wrote: NAME.json, or its NAME.run.

    Raises ConfigError.
    """
    path = path.with_suffix(".json")
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, float]])
    except (OSError, msgspec.MsgspecError) as error:
        raise ConfigError(
            f"{path} cannot be read as an earlier run: {error}.",
            "Name a file that `litsearch eval --runs DIR` wrote.",
        ) from None


def _run(found: Outcome) -> str:
    lines = []
    for query, documents in found.run.items():
        ordered = sorted(documents.items(), key=lambda pair: -pair[1])
        lines += [
            f"{_id(query)} Q0 {_id(doc)} {n} {score:.6f} {TAG}\n"
            for n, (doc, score) in enumerate(ordered, 1)
        ]
    return "".join(lines)


def _qrels(found: Outcome) -> str:
    judged = (
        (query, doc, grade) for query, docs in found.qrels.items() for doc, grade in docs.items()
    )
    return "".join(f"{_id(query)} 0 {_id(doc)} {grade}\n" for query, doc, grade in judged)


def _id(text: str) -> str:
    """TREC files are split at white space."""
    return "_".join(text.split()) or "_"


def markdown(name: str, report: dict[str, Any], table: Table) -> str:
    """Return a report for people: the measures, the comparison, and a line a query."""
    lines = [f"# {name}", "", *_facts(report)]
    if compared := report.get("compared"):
        lines += [
            "",
            "| measure | now | before | difference | 95 % | p | better | worse |",
            "|---|---|---|---|---|---|---|---|",
        ]
        lines += [_compared(measure, one) for measure, one in compared.items()]
    columns = list(dict.fromkeys(measure for row in table.values() for measure in row))
    lines += ["", f"| query | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    for query, row in table.items():
        cells = [f"{row[column]:.3g}" if column in row else "" for column in columns]
        lines.append(f"| {query.replace('|', ' ')} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _facts(report: dict[str, Any]) -> list[str]:
    lines = ["| measure | value |", "|---|---|"]
    for key, value in report.items():
        if isinstance(value, dict) and key != "compared":
            flat = {name: one for name, one in value.items() if not isinstance(one, dict)}
            lines += [f"| {key}: {name} | {one} |" for name, one in flat.items()]
        elif not isinstance(value, dict):
            lines.append(f"| {key} | {value} |")
    return lines


def _compared(measure: str, one: Difference) -> str:
    interval = f"{one['low']:+.4f} to {one['high']:+.4f}"
    cells = (
        measure,
        one["now"],
        one["before"],
        f"{one['difference']:+.4f}",
        interval,
        one["p"],
        one["better"],
        one["worse"],
    )
    return f"| {' | '.join(map(str, cells))} |"


def plot(table: Table, against: Table | None) -> str:
    """Return an SVG: a bar a query, sorted; its nDCG@10, or its difference to an earlier run."""
    before = against or {}
    values = sorted(
        (row[PLOT] - before.get(query, {}).get(PLOT, 0.0 if against is None else row[PLOT]), query)
        for query, row in table.items()
        if PLOT in row
    )[::-1]
    middle = _HEIGHT / 2 if against is not None else float(_HEIGHT)
    bars = []
    for place, (value, query) in enumerate(values):
        height = abs(value) * (middle - 10)
        top = middle - height if value >= 0 else middle
        colour = "#2a6f97" if value >= 0 else "#bc4b51"
        bars.append(
            f'<rect x="{_MARGIN + place * _BAR}" y="{top + 10:.1f}" width="{_BAR - 1}" height="{height:.1f}" '
            f'fill="{colour}"><title>{escape(query)}: {value:+.3f}</title></rect>'
        )
    width = 2 * _MARGIN + _BAR * len(values)
    label = f"difference of {PLOT}" if against is not None else PLOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT + 30}" font-family="sans-serif" '
        f'font-size="11"><rect width="100%" height="100%" fill="#fff"/><text x="{_MARGIN}" y="{_HEIGHT + 26}">'
        f"{label}, a bar a query, {len(values)} queries</text>{''.join(bars)}"
        f'<line x1="{_MARGIN}" x2="{width - _MARGIN}" y1="{middle + 10}" y2="{middle + 10}" stroke="#333"/></svg>\n'
    )
