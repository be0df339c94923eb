"""Which way the doors open: read from the imports themselves."""

import ast
from dataclasses import dataclass
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
    "storage",
}
ADAPTER_ROOMS = ("lists.", "fetch.sites.", "extract.", "index.vectors.", "models.", "stores.")
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
}
# What a room may know of the others, besides the ground; the street runs from lists to answers.
MAY_KNOW = {
    "lists": set(),
    "works": {"fetch.api_client"},
    "fetch": set(),
    "extract": set(),
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
        "index.matches",
        "index.catalog_passages",
    },
    # retrieval.spelling: slips of the pen are mended as in search
    "answers": {"index.catalog", "index.generation", "retrieval.spelling"},
    "evaluation": set(),
}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = (
            ".".join(path.relative_to(ROOT).with_suffix("").parts)
            .removesuffix("__init__")
            .rstrip(".")
        )
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


MODULES = modules()


def imports(tree: ast.Module) -> set[str]:
    """Full names of everything imported, also within functions."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(name: str) -> set[str]:
    """The modules of ours that a module imports, without "litsearch."."""
    found = set()
    for full in imports(MODULES[name]):
        if full.split(".")[0] == "litsearch":
            parts = full.split(".")[1:]
            while parts and ".".join(parts) not in MODULES:
                parts = parts[:-1]
            if parts:
                found.add(".".join(parts))
    return found


def is_adapter(name: str) -> bool:
    """Tell whether a module offers what a socket asks for, rather than a piece that adapters share."""
    if not name.startswith(ADAPTER_ROOMS):
        return False
    if name.startswith(("index.vectors.", "models.", "stores.")):
        return name in ADAPTERS_BY_NAME
    defined = {node.name for node in ast.walk(MODULES[name]) if isinstance(node, ast.FunctionDef)}
    assigned = {node.id for node in ast.walk(MODULES[name]) if isinstance(node, ast.Name)}
    return bool({"accepts", "fetch"} <= defined or {"SUFFIXES", "MEDIA_TYPES"} & assigned)


def room(name: str) -> str:
    return name.split(".")[0]


ADAPTERS = sorted(name for name in MODULES if is_adapter(name))


def test_there_are_adapters_of_every_kind() -> None:
    rooms = {name.rpartition(".")[0] for name in ADAPTERS}
    assert rooms >= {"lists", "fetch.sites", "extract", "index.vectors", "models", "stores"}


@pytest.mark.parametrize("name", sorted(GROUND))
def test_the_ground_imports_no_room(name: str) -> None:
    assert ours(name) <= GROUND


@pytest.mark.parametrize("name", ADAPTERS)
def test_adapters_know_the_ground_and_the_pieces_of_their_room(name: str) -> None:
    others = ours(name) - (GROUND - {"config"})
    assert not {other for other in others if other in WALKERS or other == "config"}
    assert {room(other) for other in others} <= {room(name)}


@pytest.mark.parametrize("name", sorted(WALKERS))
def test_walkers_load_no_heavy_library_and_no_adapter(name: str) -> None:
    assert not {full.split(".")[0] for full in imports(MODULES[name])} & HEAVY
    assert not ours(name) & set(ADAPTERS)


@pytest.mark.parametrize("name", sorted(name for name in MODULES if room(name) in MAY_KNOW))
def test_rooms_know_only_what_they_may(name: str) -> None:
    strangers = {other for other in ours(name) if room(other) not in {room(name), *GROUND}}
    assert strangers <= MAY_KNOW[room(name)]


def test_only_app_picks_adapters() -> None:
    for name in MODULES:
        if room(name) != "app":
            picked = ours(name) & set(ADAPTERS)
            assert {room(adapter) for adapter in picked} <= {room(name)}, name


def test_only_the_doors_import_app() -> None:
    for name in MODULES:
        if room(name) not in {"", "cli", "server", "app", "views"}:  # "": the public names
            assert not {other for other in ours(name) if room(other) == "app"}, name


def test_nothing_is_pickled() -> None:
    for name, tree in MODULES.items():
        assert not {full.split(".")[0] for full in imports(tree)} & {
            "pickle",
            "shelve",
            "marshal",
            "dill",
        }, name


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


CEILINGS = {
    "extract": Ceiling(density=48.5),
}
ROWS = {row.name: row for row in house.rows_of(list(house.read_modules()))}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_room_reads_well(name: str) -> None:
    row, most = ROWS[name], CEILINGS.get(name, Ceiling())
    assert row.longest_module <= most.module
    assert row.longest_function <= most.function
    assert row.density <= most.density
    assert row.nested <= most.nested
    assert row.wide <= most.wide
    assert row.complex <= most.complex
