"""Write runs and judgments to disk: TREC files, a table of every query, a report and a plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    pairs: dict[str, list[tuple[float, float]]] = {}
    for query, row in now.items():
        earlier = before.get(query, {})
        for name, value in row.items():
            if name in earlier:
                pairs.setdefault(name, []).append((value, earlier[name]))
    columns = [name for name in _columns(now) if name in pairs]
    return {name: _difference(*np.array(pairs[name]).T) for name in columns}


def _columns(table: Table) -> list[str]:
    """Return the measures of a table, in the order of their first appearance."""
    names: dict[str, None] = {}
    for row in table.values():
        names |= dict.fromkeys(row)
    return list(names)


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
    folder: Path, name: str, result: Outcome, report: dict[str, Any], against: Table | None
) -> None:
    """Write NAME.run and NAME.qrels (TREC), NAME.json (every query), NAME.md and NAME.svg. Raises
    ConfigError.
    """
    table = result.table()
    files = {
        "run": _run(result),
        "qrels": _qrels(result),
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


def _run(result: Outcome) -> str:
    lines = []
    for query, documents in result.run.items():
        ranking = sorted(documents.items(), key=lambda pair: -pair[1])
        for rank, (document, score) in enumerate(ranking, 1):
            lines.append(f"{_id(query)} Q0 {_id(document)} {rank} {score:.6f} {TAG}\n")
    return "".join(lines)


def _qrels(result: Outcome) -> str:
    lines = []
    for query, grades in result.qrels.items():
        for document, grade in grades.items():
            lines.append(f"{_id(query)} 0 {_id(document)} {grade}\n")
    return "".join(lines)


def _id(text: str) -> str:
    """Return an id without white space, at which TREC files are split."""
    return "_".join(text.split()) or "_"


def markdown(name: str, report: dict[str, Any], table: Table) -> str:
    """Return a report for people: the measures, the comparison, and a line a query."""
    lines = [f"# {name}", "", *_summary(report)]
    if comparison := report.get("compared"):
        lines += ["", *_comparison(comparison)]
    lines += ["", *_by_query(table)]
    return "\n".join(lines) + "\n"


def _summary(report: dict[str, Any]) -> Iterator[str]:
    yield _row("measure", "value")
    yield _row("---", "---")
    for key, value in report.items():
        if not isinstance(value, dict):
            yield _row(key, value)
        elif key != "compared":
            yield from _summary_of(key, value)


def _summary_of(key: str, values: dict[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if not isinstance(value, dict):
            yield _row(f"{key}: {name}", value)


def _comparison(comparison: Mapping[str, Difference]) -> Iterator[str]:
    columns = ("measure", "now", "before", "difference", "95 %", "p", "better", "worse")
    yield _row(*columns)
    yield _row(*["---"] * len(columns))
    for measure, row in comparison.items():
        difference = f"{row['difference']:+.4f}"
        interval = f"{row['low']:+.4f} to {row['high']:+.4f}"
        means = (row["now"], row["before"])
        yield _row(measure, *means, difference, interval, row["p"], row["better"], row["worse"])


def _by_query(table: Table) -> Iterator[str]:
    columns = _columns(table)
    yield _row("query", *columns)
    yield _row(*["---"] * (len(columns) + 1))
    for query, row in table.items():
        cells = [_three_digits(row.get(column)) for column in columns]
        yield _row(query.replace("|", " "), *cells)


def _three_digits(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def plot(table: Table, against: Table | None) -> str:
    """Return an SVG: a bar a query, sorted; its nDCG@10, or its difference to an earlier run."""
    differs = against is not None
    middle = _HEIGHT / 2 if differs else float(_HEIGHT)
    values = sorted(_values(table, against), reverse=True)

    bars = []
    for place, (value, query) in enumerate(values):
        bars.append(_bar(_MARGIN + place * _BAR, value, middle, query))

    width = 2 * _MARGIN + _BAR * len(values)
    label = f"difference of {PLOT}" if differs else PLOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT + 30}"'
        ' font-family="sans-serif" font-size="11">'
        '<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_MARGIN}" y="{_HEIGHT + 26}">'
        f"{label}, a bar a query, {len(values)} queries</text>{''.join(bars)}"
        f'<line x1="{_MARGIN}" x2="{width - _MARGIN}"'
        f' y1="{middle + 10}" y2="{middle + 10}" stroke="#333"/></svg>\n'
    )


def _values(table: Table, against: Table | None) -> Iterator[tuple[float, str]]:
    """Yield the height of each query's bar; it is flat where the earlier run lacks the query."""
    for query, row in table.items():
        if PLOT in row:
            before = 0.0 if against is None else against.get(query, {}).get(PLOT, row[PLOT])
            yield row[PLOT] - before, query


def _bar(left: int, value: float, middle: float, query: str) -> str:
    height = abs(value) * (middle - 10)
    top = middle - height if value >= 0 else middle
    colour = "#2a6f97" if value >= 0 else "#bc4b51"
    return (
        f'<rect x="{left}" y="{top + 10:.1f}" width="{_BAR - 1}" height="{height:.1f}"'
        f' fill="{colour}"><title>{escape(query)}: {value:+.3f}</title></rect>'
    )
