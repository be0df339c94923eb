"""Which way the doors open: read from the imports themselves."""

import ast
from pathlib import Path

import pytest

import litsearch

ROOT = Path(litsearch.__file__).parent
HALL = {"types", "errors", "protocols", "config", "subprocesses", "text"}
ADAPTER_ROOMS = (
    "lists.",
    "fetch.sites.",
    "extract.",
    "index.vectors.",
    "models.",
)
WALKERS = {"sources.ingest", "index.build", "retrieval.search", "answers.answer"}
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
}
# What a room may know of the others, besides the hall; the street runs from lists to answers.
MAY_KNOW = {
    "lists": set(),
    "sources": set(),
    "library": set(),
    "models": set(),
    "retrieval": {"index.catalog", "index.generation"},
    "answers": {"index.catalog", "index.generation"},
    "evaluation": set(),
}


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix("__init__").rstrip(".")
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
    """A module of an adapter room that offers what its socket asks for, rather than a piece that adapters share."""
    if not name.startswith(ADAPTER_ROOMS):
        return False
    if name.startswith(("index.vectors.", "models.")):
        return True
    defined = {node.name for node in ast.walk(MODULES[name]) if isinstance(node, ast.FunctionDef)}
    assigned = {node.id for node in ast.walk(MODULES[name]) if isinstance(node, ast.Name)}
    return bool({"accepts", "fetch"} <= defined or {"SUFFIXES", "MEDIA_TYPES"} & assigned)


def room(name: str) -> str:
    return name.split(".")[0]


ADAPTERS = sorted(name for name in MODULES if is_adapter(name))


def test_there_are_adapters_of_every_kind() -> None:
    rooms = {name.rpartition(".")[0] for name in ADAPTERS}
    assert rooms >= {"lists", "fetch.sites", "extract", "index.vectors", "models"}


@pytest.mark.parametrize("name", sorted(HALL))
def test_the_hall_imports_no_room(name: str) -> None:
    assert ours(name) <= HALL


@pytest.mark.parametrize("name", ADAPTERS)
def test_adapters_know_the_hall_and_the_pieces_of_their_room(name: str) -> None:
    others = ours(name) - (HALL - {"config"})
    assert not {other for other in others if other in ADAPTERS or other in WALKERS or other == "config"}
    assert {room(other) for other in others} <= {room(name)}


@pytest.mark.parametrize("name", sorted(WALKERS))
def test_walkers_load_no_heavy_library_and_no_adapter(name: str) -> None:
    assert not {full.split(".")[0] for full in imports(MODULES[name])} & HEAVY
    assert not ours(name) & set(ADAPTERS)


@pytest.mark.parametrize("name", sorted(name for name in MODULES if room(name) in MAY_KNOW))
def test_rooms_know_only_what_they_may(name: str) -> None:
    strangers = {other for other in ours(name) if room(other) not in {room(name), *HALL}}
    assert strangers <= MAY_KNOW[room(name)]


def test_only_wiring_loads_adapters() -> None:
    for name in MODULES:
        if room(name) != "app":
            assert not ours(name) & (set(ADAPTERS) - {name}), name


def test_only_doors_and_wiring_import_wiring() -> None:
    for name in MODULES:
        if room(name) not in {"doors", "cli", "server", "app"}:
            assert not {other for other in ours(name) if room(other) == "app"}, name


def test_nothing_is_pickled() -> None:
    for name, tree in MODULES.items():
        assert not {full.split(".")[0] for full in imports(tree)} & {"pickle", "shelve", "marshal", "dill"}, name
