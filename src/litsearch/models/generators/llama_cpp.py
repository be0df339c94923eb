"""Any GGUF model through llama.cpp, in a process of its own: native code can crash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from litsearch.errors import LitsearchError
from litsearch.models.generators.gguf import describe, find_gguf
from litsearch.models.generators.settings import GeneratorSettings
from litsearch.models.subprocess_generator import SubprocessGenerator
from litsearch.protocols import Generator
from litsearch.reports import Finding

NEEDS, PACKAGE = "llama_cpp", "llama-cpp-python"
INSTALL = "pip install 'litsearch[llm]'"


def open_generator(settings: GeneratorSettings) -> Generator:
    """Start a process that loads the model, and return at once. Raises ModelUnavailable."""
    path = find_gguf(settings.model, settings.folder)
    process = SubprocessGenerator(f"llama_cpp:{describe(path)}", partial(_load, path))
    process.start()  # it loads while the library is searched
    return process


def is_set_up(settings: GeneratorSettings, *, chosen: bool) -> bool:
    """Return True when llama-cpp-python is installed, and the settings name a file."""
    folder = settings.folder or Path()
    there = Path(settings.model).is_file() or (folder / settings.model).is_file()
    return find_spec(NEEDS) is not None and bool(settings.model) and (chosen or there)


def findings(settings: GeneratorSettings, *, chosen: bool) -> Iterator[Finding]:
    """Yield whether llama-cpp-python and a model are there. What is not chosen may be missing."""
    if find_spec(NEEDS) is None:
        message = "llama-cpp-python is not installed; --generator llama_cpp needs it."
        yield Finding("llama_cpp", not chosen, message, f"Install it with: {INSTALL}")
    else:
        installed = version("llama-cpp-python")
        yield Finding("llama_cpp", True, f"llama-cpp-python {installed} is installed.")
    try:
        path = find_gguf(settings.model if chosen else "", settings.folder)
        megabytes = path.stat().st_size / 1e6
        yield Finding("GGUF model", True, f"{describe(path)}, {megabytes:,.0f} MB, {path}.")
    except LitsearchError as error:
        yield Finding("GGUF model", not chosen, str(error), error.hint)


def _load(path: Path) -> Generator:
    # Threads that wait by spinning made a token take 307 ms on two busy cores, and 92 ms when they
    # sleep.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from litsearch.models.llama_cpp import LlamaCpp

    return LlamaCpp(path)
