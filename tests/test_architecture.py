"""Which way the doors open: read from the imports themselves."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import house
import pytest

import litsearch

ROOT = Path(litsearch.__file__).parent
GROUND = {
    "types",
    "errors",
    "protocols",
    "config",
    "text",
    "patterns",
    "languages",
    "sentences",
    "reports",
    "subprocesses",
    "untrusted",
    "storage",
}
ADAPTER_ROOMS = (
    "lists.",
    "fetch.sites.",
    "extract.",
    "index.vectors.",
    "models.",
    "stores.",
    "clusters.",
)
ADAPTERS_BY_NAME = {
    "index.vectors.exact",
    "index.vectors.flat",
    "index.vectors.ivf",
    "models.bert",
    "models.cross_encoders",
    "models.llama_cpp",
    "models.onnx",
    "models.generators.llama_cpp",
    "models.generators.openai",
    "models.sentence_transformers",
    "stores.lance",
    "stores.qdrant",
    "clusters.ray",
}
WALKERS = {"ingest", "index.build", "retrieval.search", "answers.answer"}
HEAVY = {
    "torch",
    "faiss",
    "httpx",
    "trafilatura",
    "onnxruntime",
    "sentence_transformers",
    "transformers",
    "lxml",
    "pypdf",
    "pypdfium2",
    "fastapi",
    "uvicorn",
    "llama_cpp",
    "tokenizers",
    "rich",
    "lancedb",
    "pyarrow",
    "qdrant_client",
    "ray",
    "grpc",
}
# What a room may know of the others, besides the ground; the street runs from lists to answers.
MAY_KNOW = {
    "lists": set(),
    "works": {"fetch.api_client"},
    "fetch": set(),
    "extract": set(),
    "clusters": set(),
    "index": set(),
    "models": set(),
    "retrieval": set(),
    # what a remote library keeps of its sources is a catalog, and a copy begins with a local one
    "stores": {
        "index.bm25",
        "index.catalog",
        "index.catalog_rows",
        "index.catalog_writer",
        "index.cosines",
        "index.generation",
        "index.manifest",
        "index.publish",
        "index.catalog_passages",
    },
    # retrieval.spelling: slips of the pen are mended as in search
    "answers": {"index.catalog", "index.cosines", "index.generation", "retrieval.spelling"},
    "evaluation": set(),
}


def name_of(path: Path) -> str:
    """Return the name of a module within litsearch; "" for the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts).removesuffix("__init__").rstrip(".")


# Names alone: to parse every module takes seconds, which is left to the tests that need it.
PATHS = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}


@cache
def tree_of(name: str) -> ast.Module:
    return ast.parse(PATHS[name].read_text("utf-8"))


@cache
def imports(name: str) -> frozenset[str]:
    """Full names of everything imported, also within functions."""
    names: set[str] = set()
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def libraries(name: str) -> set[str]:
    """Every package of which a module imports something."""
    return {full.partition(".")[0] for full in imports(name)}


@cache
def ours(name: str) -> frozenset[str]:
    """The modules of ours that a module imports, without "litsearch."."""
    others = set()
    for full in imports(name):
        if full.split(".")[0] == "litsearch":
            parts = full.split(".")[1:]
            while parts and ".".join(parts) not in PATHS:
                parts = parts[:-1]
            if parts:
                others.add(".".join(parts))
    return frozenset(others)


def is_adapter(name: str) -> bool:
    """Tell whether a module offers what a socket asks for, rather than a piece that adapters share."""
    if not name.startswith(ADAPTER_ROOMS):
        return False
    if name.startswith(("index.vectors.", "models.", "stores.", "clusters.")):
        return name in ADAPTERS_BY_NAME
    nodes = list(ast.walk(tree_of(name)))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    return bool({"accepts", "fetch"} <= functions or {"SUFFIXES", "MEDIA_TYPES"} & names)


@cache
def adapters() -> frozenset[str]:
    return frozenset(filter(is_adapter, PATHS))


def room(name: str) -> str:
    return name.split(".")[0]


def test_there_are_adapters_of_every_kind() -> None:
    rooms = {name.rpartition(".")[0] for name in adapters()}
    assert rooms >= {
        "lists",
        "fetch.sites",
        "extract",
        "index.vectors",
        "models",
        "stores",
        "clusters",
    }


@pytest.mark.parametrize("name", sorted(GROUND))
def test_the_ground_imports_no_room(name: str) -> None:
    assert ours(name) <= GROUND


def test_adapters_know_the_ground_and_the_pieces_of_their_room() -> None:
    for name in adapters():
        others = ours(name) - (GROUND - {"config"})
        assert not others & {*WALKERS, "config"}, name
        assert {room(other) for other in others} <= {room(name)}, name


@pytest.mark.parametrize("name", sorted(WALKERS))
def test_walkers_load_no_heavy_library_and_no_adapter(name: str) -> None:
    assert not libraries(name) & HEAVY
    assert not ours(name) & adapters()


@pytest.mark.parametrize("name", sorted(MAY_KNOW))
def test_rooms_know_only_what_they_may(name: str) -> None:
    for module in PATHS:
        if room(module) == name:
            strangers = {other for other in ours(module) if room(other) not in {name, *GROUND}}
            assert strangers <= MAY_KNOW[name], module


def test_only_app_picks_adapters() -> None:
    for name in PATHS:
        if room(name) != "app":
            picked = ours(name) & adapters()
            assert {room(adapter) for adapter in picked} <= {room(name)}, name


def test_only_the_doors_import_app() -> None:
    for name in PATHS:
        if room(name) not in {"", "cli", "server", "app", "views"}:  # "": the public names
            assert not {other for other in ours(name) if room(other) == "app"}, name


def test_nothing_is_pickled() -> None:
    for name in PATHS:
        assert not libraries(name) & {"pickle", "shelve", "marshal", "dill"}, name


# How the code is written, by room, as `scripts/house.py` counts it. These only ever go down.


@dataclass(frozen=True)
class Ceiling:
    """The most that a room may have; the usual is what every room is to come to."""

    module: int = 350  # lines of the longest
    function: int = 45
    density: float = 45  # comprehensions and ternaries a 1,000 lines
    nested: int = 0  # comprehensions within comprehensions
    wide: int = 0  # lines of more than 100 columns
    complex: int = 0  # blocks above complexity 10, by radon


@pytest.mark.parametrize("name", sorted({room(name) for name in PATHS if "." in name} | {"ground"}))
def test_a_room_reads_well(name: str) -> None:
    row, most = house.row_of(name, list(house.read_modules(name))), Ceiling()
    assert row.modules
    assert row.longest_module <= most.module
    assert row.longest_function <= most.function
    assert row.density <= most.density
    assert row.nested <= most.nested
    assert row.wide <= most.wide
    assert row.complex <= most.complex


MODULES = 363  # of the house, which a stranger walks through


def test_the_house_is_no_larger_than_it_was() -> None:
    assert len(PATHS) <= MODULES


# A variable is named by what it is, with a noun of the field, not by what was done to it.
PRIVATE_WORDS = set(
    "found kept given said told seen known wanted named asked meant taken got one".split()
)


def variables(tree: ast.Module) -> set[str]:
    """Return what the functions of a module call their parameters and variables."""
    names: set[str] = set()
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in (part for function in functions for part in ast.walk(function)):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def test_variables_are_nouns() -> None:
    for module in PATHS:
        assert not variables(tree_of(module)) & PRIVATE_WORDS, module


LONG = 5  # lines of a function that says by itself what it does


def undescribed(tree: ast.Module) -> set[str]:
    """Return the public functions without a docstring, those within functions too."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {
        node.name
        for node in functions
        if not node.name.startswith("_")
        and (node.end_lineno or 0) - node.lineno >= LONG
        and ast.get_docstring(node) is None
    }


def test_public_functions_say_what_they_do() -> None:
    for module in PATHS:
        assert not undescribed(tree_of(module)), module


def test_the_places_that_the_docs_name_are_there() -> None:
    text = (ROOT.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    places = re.findall(r"`((?:[\w]+/)*[\w]+(?:\.py|/))`", text.partition("## Figures")[0])
    assert len(places) > 40
    roots = (ROOT, ROOT.parents[1], ROOT.parents[1] / "src")
    missing = [name for name in places if not any((root / name).exists() for root in roots)]
    assert not missing


def test_what_programs_within_the_tests_import_is_there() -> None:
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        for program in _programs(path):
            for name in _imported(program):
                assert _is_there(name), f"{path.name} runs a program that imports {name}"


def _programs(path: Path) -> Iterator[ast.Module]:
    """Yield the programs that a file has as strings: no type checker reads them."""
    text = path.read_text("utf-8")
    if '"-c"' not in text:
        return
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=str(value)) if "litsearch" in value:
                with suppress(SyntaxError):
                    yield ast.parse(value)


def _imported(program: ast.Module) -> Iterator[str]:
    for node in ast.walk(program):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_there(name: str) -> bool:
    """True for a module, and for a name that stands in one."""
    if not name.startswith("litsearch."):
        return True
    room, _, last = name.partition(".")[2].rpartition(".")
    place = ROOT / room.replace(".", "/")
    if (place / last).is_dir() or (place / f"{last}.py").exists():
        return True
    module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return module.exists() and last in module.read_text("utf-8")
