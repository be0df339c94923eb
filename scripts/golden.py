"""Record what litsearch says of a library, and compare it with what it said before.

    python scripts/golden.py record LIBRARY QUESTIONS FOLDER [--lists FILE ...] [--documents FILE
    ...] python scripts/golden.py compare FOLDER_BEFORE FOLDER_NOW

`record` writes the JSON of parse, extract, sources, search, ask and why into FOLDER, one file a
command, with scores rounded to five digits. QUESTIONS is a file as `eval --questions` reads it.
`compare` prints every record that differs and exits with 1 if one does. A move inside the house
changes none; a change on purpose changes just those that it is about.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

DIGITS = 5  # of scores
CLOCKS = {"took_ms", "seconds", "milliseconds", "timings", "generation", "built", "library", "path"}


def main() -> int:
    """Record or compare, as the arguments say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)

    recording = commands.add_parser("record")
    recording.add_argument("library", type=Path)
    recording.add_argument("questions", type=Path)
    recording.add_argument("folder", type=Path)
    recording.add_argument("--lists", type=Path, nargs="*", default=[])
    recording.add_argument("--documents", type=Path, nargs="*", default=[])

    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("now", type=Path)

    args = parser.parse_args()
    if args.command == "compare":
        return compare(args.before, args.now)
    record(args.library, args.questions, args.folder, args.lists, args.documents)
    return 0


def record(
    library: Path, questions: Path, folder: Path, lists: Sequence[Path], documents: Sequence[Path]
) -> None:
    """Write one JSON file a command into the folder: a record by the name of its input."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [
        json.loads(line)["question"]
        for line in questions.read_text("utf-8").splitlines()
        if line.strip()
    ]

    write(folder / "parse.json", {path.name: litsearch("parse", str(path)) for path in lists})
    write(
        folder / "extract.json", {path.name: litsearch("extract", str(path)) for path in documents}
    )
    write(folder / "sources.json", {"sources": litsearch("--library", str(library), "sources")})

    for command in ("search", "ask"):
        write(folder / f"{command}.json", each(library, command, texts))

    first = json.loads((folder / "search.json").read_text("utf-8"))
    write(folder / "why.json", {text: why(library, first[text], text) for text in texts})


def each(library: Path, command: str, texts: Sequence[str]) -> dict[str, object]:
    """Run a command once for every text, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda text: litsearch("--library", str(library), command, text), texts)
        return dict(zip(texts, answers, strict=True))


def why(library: Path, results: object, text: str) -> object:
    """Explain where the last hit of a search stands."""
    hits = results.get("hits") if isinstance(results, dict) else None
    if not hits:
        return None
    return litsearch("--library", str(library), "why", hits[-1]["source"]["id"], text)


def litsearch(*arguments: str) -> object:
    """Run litsearch with --json and return what it printed, made comparable."""
    command = [sys.executable, "-m", "litsearch", *arguments, "--json"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    try:
        return plain(json.loads(done.stdout))
    except ValueError:
        rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return plain(rows) if rows else {"exit": done.returncode, "stderr": done.stderr}


def plain(value: object) -> object:
    """Round scores and leave out what differs from run to run."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key not in CLOCKS}
    return value


def write(path: Path, records: object) -> None:
    """Write records as indented JSON, in the order of their names."""
    path.write_text(
        json.dumps(records, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )


def compare(before: Path, now: Path) -> int:
    """Print the records that differ and return 1 if one does."""
    differing = 0
    for path in sorted(before.glob("*.json")):
        then, since = (
            json.loads(path.read_text("utf-8")),
            json.loads((now / path.name).read_text("utf-8")),
        )
        for name in sorted({*then, *since}):
            places = list(differences(then.get(name), since.get(name)))
            if places:
                differing += 1
                print(f"{path.stem}: {name}: {'; '.join(places[:5])}")
    print(f"{differing} records differ")
    return int(differing > 0)


def differences(then: object, since: object, where: str = "") -> Iterator[str]:
    """Yield the places at which two records differ."""
    if isinstance(then, dict) and isinstance(since, dict):
        for key in sorted({*then, *since}):
            yield from differences(then.get(key), since.get(key), f"{where}.{key}")
    elif isinstance(then, list) and isinstance(since, list) and len(then) == len(since):
        for number, (old, new) in enumerate(zip(then, since, strict=True)):
            yield from differences(old, new, f"{where}[{number}]")
    elif then != since:
        yield f"{where}: {str(then)[:60]!r} -> {str(since)[:60]!r}"


if __name__ == "__main__":
    sys.exit(main())
