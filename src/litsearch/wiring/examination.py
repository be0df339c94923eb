"""What doctor looks at: settings, lists, models and index, each with the command that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from litsearch.config import Config, find_library, load_config
from litsearch.errors import LitsearchError
from litsearch.library.generation import open_current
from litsearch.models import bi_encoder
from litsearch.types import Finding
from litsearch.wiring.lists import list_files, read_list
from litsearch.wiring.models import export_folder
from litsearch.wiring.vectors import load_vectors


def examine(named: Path | None) -> list[Finding]:
    """Everything that can be checked of a library, whatever else is wrong with it."""
    try:
        library = find_library(named)
        config = load_config(library)
    except LitsearchError as error:
        return [_bad("settings", error)]
    rooms = (_lists(library), _embedder(config), _index(library / "index", config))
    return [Finding("settings", True, f"The library is {library}."), *(found for room in rooms for found in room)]


def _lists(library: Path) -> Iterator[Finding]:
    try:
        files = list_files(library, [])
    except LitsearchError as error:
        yield _bad("lists", error)
        return
    for path in files:
        try:
            yield Finding("list", True, f"{path} names {len(read_list(path, library))} works.")
        except LitsearchError as error:
            yield _bad("list", error)


def _embedder(config: Config) -> Iterator[Finding]:
    try:
        folder = bi_encoder.find_model(config.embedder.model)
        about = bi_encoder.describe(folder, config.embedder.query_prefix, config.embedder.passage_prefix)
        yield Finding("embedder", True, f"{config.embedder.model}: {about.dim} numbers a vector, {folder}.")
    except LitsearchError as error:
        yield _bad("embedder", error)


def _index(index: Path, config: Config) -> Iterator[Finding]:
    try:
        generation = open_current(index, load_vectors)
        damaged = generation.check()
        counts = generation.catalog.counts()
    except LitsearchError as error:
        yield _bad("index", error)
        return
    if damaged:
        yield Finding("index", False, f"Damaged: {', '.join(damaged)}.", "Run `litsearch build`.")
    else:
        summary = ", ".join(f"{count} {name}" for name, count in counts.items())
        yield Finding("index", True, f"Generation {generation.id}: {summary}; every checksum is right.")
    facts = generation.manifest.facts
    if facts.model != config.embedder.model:
        yield Finding("index", False, f"It was made with the embedder {facts.model}.", "Run `litsearch build`.")
    exported = export_folder(index, facts.embedder)
    broken = bi_encoder.check_export(exported) if exported.exists() else []
    if broken:
        yield Finding(
            "query embedder", False, f"{exported} is damaged: {', '.join(broken)}.", "Run `litsearch build --full`."
        )


def _bad(check: str, error: LitsearchError) -> Finding:
    return Finding(check, False, str(error), error.hint)
