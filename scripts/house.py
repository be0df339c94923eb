"""Print what the house looks like: modules, functions, density and complexity, by room.

    python scripts/house.py [--markdown]

Lines are physical lines. A thousand of them may hold 45 comprehensions and ternaries together;
a block is complex above 10, as radon counts it: branches, boolean operators and comprehensions.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from radon.complexity import cc_visit_ast

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "litsearch"
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
WIDEST = 100  # columns
MOST_COMPLEX = 10


@dataclass(frozen=True, slots=True)
class Module:
    """What was counted in one module."""

    room: str
    name: str
    lines: int
    functions: tuple[int, ...]  # lines of each
    comprehensions: int
    ternaries: int
    nested: int
    wide: int
    complex: int  # blocks above MOST_COMPLEX


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a room, or of the whole house."""

    name: str
    modules: int
    lines: int
    median_module: float
    longest_module: int
    median_function: float
    longest_function: int
    density: float  # comprehensions and ternaries a 1,000 lines
    nested: int
    wide: int
    complex: int


def main() -> int:
    """Print a row a room and one for the whole."""
    modules = list(read_modules())
    rows = [*rows_of(modules), row_of("the house", modules)]

    for line in table(rows, markdown="--markdown" in sys.argv):
        print(line)
    return 0


def read_modules(only: str = "") -> Iterator[Module]:
    """Yield every module of the package, or of one room, counted."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        room = place.parts[0] if len(place.parts) > 1 else "ground"
        if not only or room == only:
            yield count(room, place.as_posix(), path.read_text("utf-8"))


def count(room: str, name: str, text: str) -> Module:
    """Count what one module holds."""
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    comprehensions = [node for node in nodes if isinstance(node, COMPREHENSIONS)]
    functions = [node for node in nodes if isinstance(node, FUNCTIONS)]
    return Module(
        room=room,
        name=name,
        lines=text.count("\n"),
        functions=tuple((node.end_lineno or 0) - node.lineno + 1 for node in functions),
        comprehensions=len(comprehensions),
        ternaries=sum(isinstance(node, ast.IfExp) for node in nodes),
        nested=sum(is_nested(node) for node in comprehensions),
        wide=sum(len(line) > WIDEST for line in text.splitlines()),
        complex=sum(block.complexity > MOST_COMPLEX for block in cc_visit_ast(tree)),
    )


def is_nested(comprehension: ast.AST) -> bool:
    """Tell whether a comprehension holds another one."""
    inside = (node for node in ast.walk(comprehension) if node is not comprehension)
    return any(isinstance(node, COMPREHENSIONS) for node in inside)


def rows_of(modules: Sequence[Module]) -> list[Row]:
    """Return the figures of every room."""
    rooms: dict[str, list[Module]] = {}
    for module in modules:
        rooms.setdefault(module.room, []).append(module)
    return [row_of(name, rooms[name]) for name in sorted(rooms)]


def row_of(name: str, modules: Sequence[Module]) -> Row:
    """Add up the modules of a room."""
    lines = sum(module.lines for module in modules)
    lengths = [length for module in modules for length in module.functions] or [0]
    shortened = sum(module.comprehensions + module.ternaries for module in modules)
    return Row(
        name=name,
        modules=len(modules),
        lines=lines,
        median_module=statistics.median(module.lines for module in modules),
        longest_module=max(module.lines for module in modules),
        median_function=statistics.median(lengths),
        longest_function=max(lengths),
        density=1000 * shortened / max(lines, 1),
        nested=sum(module.nested for module in modules),
        wide=sum(module.wide for module in modules),
        complex=sum(module.complex for module in modules),
    )


def table(rows: Sequence[Row], *, markdown: bool = False) -> Iterator[str]:
    """Yield the lines of a table."""
    heads = ("room", "modules", "lines", "median", "longest", "function", "longest", "density")
    heads = (*heads, "nested", "wide", "complex")
    yield line_of(heads, markdown=markdown)
    if markdown:
        yield line_of(["---"] * len(heads), markdown=True)

    for row in rows:
        sizes = (row.modules, row.lines, row.median_module, row.longest_module)
        functions = (row.median_function, row.longest_function)
        faults = (row.density, row.nested, row.wide, row.complex)
        cells = [f"{figure:.0f}" for figure in (*sizes, *functions, *faults)]
        yield line_of([row.name, *cells], markdown=markdown)


def line_of(cells: Sequence[str], *, markdown: bool) -> str:
    """Return one line of a table."""
    if markdown:
        return f"| {' | '.join(cells)} |"
    return "  ".join(cell.rjust(10) for cell in cells)


if __name__ == "__main__":
    sys.exit(main())
