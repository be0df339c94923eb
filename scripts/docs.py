#!/usr/bin/env python3
"""Write what of docs/ can be read from the program itself, between two marks of a file.

The tour of the modules and the reasons of the dependencies go into docs/architecture.md, the
settings into docs/configuration.md. With --check nothing is written; the exit code says whether all
of it is up to date. With --figures, which takes a minute, the figures of the house are counted too.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "litsearch"
ROOMS = (
    *("lists", "works", "fetch", "extract", "clusters", "index", "stores", "models"),
    *("retrieval", "answers", "evaluation", "app", "views", "cli", "server"),
)
SETTING = re.compile(
    r"^# (?P<key>\w+) = (?P<default>\"[^\"]*\"|\[.*?\]|[^\s#]+)\s*(?:# (?P<comment>.*))?$"
)
REQUIREMENT = re.compile(r'"(?P<name>[\w.-]+)[^"]*"(?P<more>[^#\n]*?)(?:\s+# (?P<reason>.*))?$')


def tour() -> str:
    """Return a list of all modules, by room, each with the first sentence of its docstring."""
    return "\n".join(_tour())


def _tour() -> Iterator[str]:
    yield "**The ground**, which imports no room:\n"
    yield from (_line(path, SOURCE) for path in sorted(SOURCE.glob("*.py")))
    for room in ROOMS:
        folder = SOURCE / room
        if folder.is_dir():
            yield f"\n**`{room}/`**: {first_sentence(folder / '__init__.py')}\n"
            paths = sorted(path for path in folder.rglob("*.py") if path != folder / "__init__.py")
            yield from (_line(path, folder) for path in paths)


def _line(path: Path, folder: Path) -> str:
    name = path.relative_to(folder).as_posix().removesuffix("__init__.py") or "__init__.py"
    return f"- `{name}`: {first_sentence(path)}"


def first_sentence(path: Path) -> str:
    """Return the first sentence of a module's docstring."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=\.)\s+(?=[A-Z])", paragraph)[0]


def settings() -> str:
    """Return a table for each section of config/litsearch.toml: key, default and meaning."""
    lines: list[str] = []
    for line in (ROOT / "config" / "litsearch.toml").read_text("utf-8").splitlines():
        setting = SETTING.match(line)
        if line.startswith("["):
            lines += ["", f"## `{line}`", "", "| key | default | is |", "|---|---|---|"]
        elif setting:
            comment = (setting["comment"] or "").replace("|", "\\|")
            lines.append(f"| `{setting['key']}` | `{setting['default']}` | {comment} |")
    return "\n".join(lines).strip()


def dependencies() -> str:
    """Return a table of what is installed and why, from the comments in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"]]
    for extra, names in project["optional-dependencies"].items():
        wanted += [f"{name} [{extra}]" for name in names]

    rows = []
    for requirement in wanted:
        name = re.split(r"[<>=\[\s]", requirement)[0]
        extra = re.search(r" \[(\w+)\]$", requirement)
        where = f"extra `{extra[1]}`: " if extra else ""
        rows.append(f"| {name} | {where}{reason(text, name)} |")
    return "\n".join(["| library | for |", "|---|---|", *rows])


def reason(text: str, name: str) -> str:
    """Return the comment beside a dependency. Raises ValueError when there is none."""
    match = re.search(rf'^.*"{re.escape(name)}[<>=\[].*?#\s*(.+)$', text, re.MULTILINE)
    if match is None:
        raise ValueError(f"pyproject.toml gives no reason for {name}, in a comment beside it.")
    return match[1]


def between(text: str, mark: str, new: str) -> str:
    """Return a text with what stands between two marks replaced. Raises ValueError without exactly
    one such place.
    """
    pattern = rf"(<!-- {mark} -->\n).*?(<!-- end of {mark} -->)"
    replaced, places = re.subn(
        pattern, lambda match: f"{match[1]}\n{new}\n\n{match[2]}", text, flags=re.DOTALL
    )
    if places != 1:
        raise ValueError(f"There are {places} places for {mark}, not one.")
    return replaced


def figures() -> str:
    """Return what the house looks like by room, and how many modules four trips through it enter.

    It takes a minute, and changes with every line: so it is written on request, and not checked.
    """
    import house
    import trips

    modules = list(house.read_modules())
    rows = [*house.rows_of(modules), house.row_of("the house", modules)]
    return "\n".join([*house.table(rows, markdown=True), "", *trips.table()])


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "docs/architecture.md": {"tour": tour, "dependencies": dependencies},
    "docs/configuration.md": {"settings": settings},
}


def main() -> None:
    """Write every part, or check that each is up to date."""
    if "--figures" in sys.argv:
        PARTS["docs/architecture.md"]["figures"] = figures
    stale = []
    for name, parts in PARTS.items():
        path = ROOT / name
        text = new = path.read_text("utf-8")
        for mark, make in parts.items():
            new = between(new, mark, make())
        if new != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(new, "utf-8")

    if stale and "--check" in sys.argv:
        sys.exit(f"{', '.join(stale)}: run scripts/docs.py")


if __name__ == "__main__":
    main()
